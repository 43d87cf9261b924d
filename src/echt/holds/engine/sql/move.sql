-- Carrying out movements, in one call and one transaction.
--
-- 1. Locks, each kind in the order of its keys: accounts, balances, positions, holds; a batch takes those that it may
--    need before its first movement. Who waits for an earlier lock holds none that comes later.
-- 2. What is read to decide is read after the locks, by statements of their own: a statement that waited sees its own
--    old snapshot of every other table.
-- 3. A key that is known gives its kept answer; with another digest it gives `conflict`.
-- 4. Free units go first, then held ones, the oldest first. What is got for them carries the held share, rounded up, split
--    by cumulative proportion, so that the parts add up to it.
-- 5. The postings of a transfer are written in one statement and sum to zero in each asset.

DO $type$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_type WHERE typname = 'holds_movement') THEN
        CREATE TYPE holds_movement AS (
            transfer uuid, account uuid, operation text, "bit" integer, counts text, key text, digest text,
            other uuid, house boolean, pays_asset smallint, pays_units numeric, pays_fee numeric,
            gets_asset smallint, gets_units numeric, gets_fee numeric, held jsonb, reference uuid, returns uuid,
            asks boolean, restarts boolean, happened_at timestamptz
        );
    END IF;
END
$type$;

CREATE OR REPLACE FUNCTION holds_move(p_movements jsonb, p_now timestamptz, p_skew integer, p_fees uuid)
RETURNS jsonb LANGUAGE plpgsql AS $move$
DECLARE
    movements holds_movement[];
    answers jsonb[] := '{}';
    m holds_movement;
    l record;
BEGIN
    IF jsonb_array_length(p_movements) = 1 THEN
        m := jsonb_populate_record(NULL::holds_movement, p_movements->0);
        RETURN jsonb_build_array(holds_carry_out(m, p_now, p_skew, p_fees));
    END IF;
    SELECT array_agg(jsonb_populate_record(NULL::holds_movement, told)) INTO movements
        FROM jsonb_array_elements(p_movements) AS told;
    FOR l IN SELECT DISTINCT account FROM unnest(movements) ORDER BY 1 LOOP
        PERFORM 1 FROM wallets_account WHERE id = l.account FOR NO KEY UPDATE;
    END LOOP;
    FOR l IN
        SELECT touched.account, touched.asset, bool_or(touched.credited) AS credited FROM unnest(movements) AS x
        CROSS JOIN LATERAL (VALUES
            (x.account, x.pays_asset, false), (x.account, x.gets_asset, true),
            (CASE WHEN NOT x.house THEN x.other END, x.pays_asset, true)
        ) AS touched(account, asset, credited)
        WHERE touched.account IS NOT NULL AND touched.asset IS NOT NULL
        GROUP BY 1, 2 ORDER BY 1, 2
    LOOP
        PERFORM holds_lock_balance(l.account, l.asset, l.credited);
    END LOOP;
    IF EXISTS (SELECT 1 FROM unnest(movements) WHERE restarts) THEN -- what may get a later end, in the order of its keys
        PERFORM 1 FROM holds_hold WHERE id IN (
            SELECT position.hold_id FROM unnest(movements) AS x
            JOIN wallets_balance b ON b.account_id = x.account AND b.asset_id = x.pays_asset
            JOIN holds_holdposition position ON position.balance_id = b.id
            WHERE position.remaining > 0 AND position.release_at > p_now AND position.restart_hours > 0
        ) ORDER BY id FOR NO KEY UPDATE;
    END IF;
    FOREACH m IN ARRAY movements LOOP
        answers := answers || holds_carry_out(m, p_now, p_skew, p_fees);
    END LOOP;
    RETURN to_jsonb(answers);
END
$move$;

-- The balance, locked; made where it is missing and about to be credited.
CREATE OR REPLACE FUNCTION holds_lock_balance(
    p_account uuid, p_asset smallint, p_credited boolean, OUT id bigint, OUT posted numeric
) LANGUAGE plpgsql AS $lock$
BEGIN
    SELECT b.id, b.posted INTO id, posted FROM wallets_balance b
        WHERE b.account_id = p_account AND b.asset_id = p_asset FOR NO KEY UPDATE;
    IF NOT FOUND AND p_credited THEN
        INSERT INTO wallets_balance (account_id, asset_id, posted, version) VALUES (p_account, p_asset, 0, 0)
            ON CONFLICT (account_id, asset_id) DO NOTHING;
        SELECT b.id, b.posted INTO id, posted FROM wallets_balance b
            WHERE b.account_id = p_account AND b.asset_id = p_asset FOR NO KEY UPDATE;
    END IF;
END
$lock$;

-- One movement. Its locks come in the order that a batch has taken them in already.
CREATE OR REPLACE FUNCTION holds_carry_out(m holds_movement, p_now timestamptz, p_skew integer, p_fees uuid)
RETURNS jsonb LANGUAGE plpgsql AS $carry$
DECLARE
    a record;
    kept record;
    judged record;
    v_payer bigint;
    v_posted numeric;
    v_free numeric;
    v_getter bigint;
    v_at timestamptz := coalesce(m.happened_at, p_now);
    v_total numeric := coalesce(m.pays_units + m.pays_fee, 0);
    v_target bigint;
    v_after numeric;
    v_other_after numeric;
    v_got_after numeric;
BEGIN
    SELECT owner_id, institution_until INTO a FROM wallets_account WHERE id = m.account FOR NO KEY UPDATE;
    SELECT id, digest, answer INTO kept FROM wallets_transfer WHERE account_id = m.account AND key = m.key;
    IF FOUND THEN
        RETURN CASE WHEN kept.digest = m.digest
            THEN jsonb_build_object('transfer', kept.id, 'replayed', true, 'answer', kept.answer)
            ELSE '{"conflict": true}'::jsonb END;
    END IF;

    -- The balances in the order of account and asset.
    IF NOT m.house AND m.other < m.account THEN
        PERFORM holds_lock_balance(m.other, m.pays_asset, true);
    END IF;
    IF m.gets_asset < m.pays_asset THEN
        v_getter := (holds_lock_balance(m.account, m.gets_asset, true)).id;
    END IF;
    IF m.pays_asset IS NOT NULL THEN
        SELECT id, posted INTO v_payer, v_posted FROM holds_lock_balance(m.account, m.pays_asset, false);
    END IF;
    IF m.gets_asset IS NOT NULL AND v_getter IS NULL THEN
        v_getter := (holds_lock_balance(m.account, m.gets_asset, true)).id;
    END IF;
    IF NOT m.house AND m.other > m.account THEN
        PERFORM holds_lock_balance(m.other, m.pays_asset, true);
    END IF;

    SELECT * INTO judged FROM holds_judge(
        m.account, a.owner_id, a.institution_until, coalesce(m.pays_asset, m.gets_asset), v_total,
        coalesce(m.pays_units, m.gets_units), m.pays_asset IS NOT NULL, v_payer, coalesce(v_posted, 0),
        CASE WHEN m.asks THEN m."bit" ELSE 0 END, CASE WHEN m.asks THEN m.counts END, p_now, p_skew);
    INSERT INTO wallets_transfer (id, account_id, key, digest, operation, outcome, answer, reference, at)
        VALUES (m.transfer, m.account, m.key, m.digest, m.operation,
                CASE WHEN judged.allowed THEN 'done' ELSE 'refused' END, judged.answer, m.reference, v_at);
    IF NOT judged.allowed THEN
        RETURN jsonb_build_object('transfer', m.transfer, 'answer', judged.answer);
    END IF;

    IF m.gets_asset IS NOT NULL THEN
        UPDATE wallets_balance SET posted = posted + m.gets_units, version = version + 1
            WHERE id = v_getter RETURNING posted INTO v_got_after;
        v_target := v_getter;
    END IF;
    IF m.pays_asset IS NOT NULL THEN
        UPDATE wallets_balance SET posted = posted - v_total, version = version + 1
            WHERE id = v_payer RETURNING posted INTO v_after;
        IF NOT m.house THEN
            UPDATE wallets_balance SET posted = posted + m.pays_units, version = version + 1
                WHERE account_id = m.other AND asset_id = m.pays_asset RETURNING id, posted INTO v_target, v_other_after;
        END IF;
        -- A clock that stepped back shows units as held that were spent when they were free: then nothing is free.
        v_free := greatest(0, v_posted - judged.held_all);
        IF v_total > v_free THEN
            PERFORM holds_follow(
                v_payer, v_total - v_free, v_total, v_target,
                coalesce(m.gets_units, m.pays_units), CASE WHEN m.asks THEN m."bit" ELSE 0 END, m.transfer, m.restarts,
                p_now);
        END IF;
    END IF;

    INSERT INTO wallets_posting (transfer_id, account_id, asset_id, amount, after, at)
        SELECT m.transfer, side.account, side.asset, side.amount, side.after, v_at FROM (VALUES
            (m.account, m.pays_asset, -v_total, v_after),
            (m.other, m.pays_asset, m.pays_units, v_other_after),
            (p_fees, m.pays_asset, m.pays_fee, NULL),
            (m.other, m.gets_asset, -(m.gets_units + m.gets_fee), NULL),
            (m.account, m.gets_asset, m.gets_units, v_got_after),
            (p_fees, m.gets_asset, m.gets_fee, NULL)
        ) AS side(account, asset, amount, after)
        WHERE side.asset IS NOT NULL AND side.amount <> 0;

    IF m.asks AND m.counts IS NOT NULL AND judged.sats IS NOT NULL THEN
        INSERT INTO holds_usage (transfer, account_id, counts, sats, at)
            VALUES (m.transfer, m.account, m.counts, judged.sats, p_now);
    END IF;
    IF m.returns IS NOT NULL THEN
        UPDATE holds_usage SET returned_at = p_now WHERE transfer = m.returns AND returned_at IS NULL;
    END IF;
    IF m.held IS NOT NULL THEN
        PERFORM holds_place(m.held, m.account, v_getter, m.gets_asset, m.gets_units, m.transfer, v_at);
    END IF;
    RETURN jsonb_build_object('transfer', m.transfer, 'answer', judged.answer);
END
$carry$;

-- Units that leave a balance, and the holds that go with them. `p_target` null: they leave our customers' balances.
-- `p_taken`: of the total, the units that are held.
CREATE OR REPLACE FUNCTION holds_follow(
    p_payer bigint, p_taken numeric, p_total numeric, p_target bigint, p_received numeric, p_bit integer,
    p_transfer uuid, p_restarts boolean, p_now timestamptz
) RETURNS void LANGUAGE plpgsql AS $follow$
DECLARE
    v_left numeric := p_taken;
    v_share numeric;
    v_sum numeric := 0;
    v_given numeric := 0;
    v_units numeric;
    v_part numeric;
    v_end timestamptz;
    p record;
BEGIN
    v_share := CASE WHEN p_target IS NULL THEN 0 ELSE div(p_received * p_taken + p_total - 1, p_total) END;
    FOR p IN
        SELECT * FROM holds_holdposition
        WHERE balance_id = p_payer AND remaining > 0 AND release_at > p_now AND restricts & p_bit = 0
        ORDER BY acquired_at, hold_id FOR NO KEY UPDATE
    LOOP
        EXIT WHEN v_left = 0;
        v_units := least(v_left, p.remaining);
        v_left := v_left - v_units;
        v_sum := v_sum + v_units;
        v_part := div(v_share * v_sum, p_taken) - v_given;
        v_given := v_given + v_part;
        v_end := CASE WHEN p_restarts AND p.restart_hours > 0
            THEN greatest(p.release_at, p_now + make_interval(hours => p.restart_hours)) ELSE p.release_at END;
        UPDATE holds_holdposition SET remaining = remaining - v_units WHERE id = p.id;
        IF p_target IS NOT NULL AND v_part > 0 THEN
            INSERT INTO holds_holdposition AS known
                (hold_id, balance_id, remaining, release_at, acquired_at, restricts, restart_hours)
                VALUES (p.hold_id, p_target, v_part, v_end, p.acquired_at, p.restricts, p.restart_hours)
                ON CONFLICT (hold_id, balance_id) DO UPDATE SET
                    remaining = v_part + known.remaining,
                    release_at = greatest(known.release_at, v_end),
                    restricts = known.restricts | p.restricts
                    WHERE known.remaining > 0 AND known.release_at > p_now;
            IF NOT FOUND THEN -- what was held there is free or gone: it does not come back
                UPDATE holds_holdposition SET remaining = v_part, release_at = v_end, restricts = p.restricts
                    WHERE hold_id = p.hold_id AND balance_id = p_target;
            END IF;
            IF v_end > p.release_at THEN
                UPDATE holds_hold SET release_at = greatest(release_at, v_end) WHERE id = p.hold_id;
            END IF;
        END IF;
        INSERT INTO holds_holdevent
            (hold_id, kind, transfer, source, target, taken, given, release_at, reason, at)
            VALUES (p.hold_id, 'moved', p_transfer, p_payer, p_target, v_units, v_part, v_end, '', p_now);
    END LOOP;
END
$follow$;

-- A new hold on what was got.
CREATE OR REPLACE FUNCTION holds_place(
    p_terms jsonb, p_account uuid, p_balance bigint, p_asset smallint, p_units numeric, p_transfer uuid,
    p_at timestamptz
) RETURNS void LANGUAGE plpgsql AS $place$
DECLARE
    t record;
BEGIN
    SELECT * INTO t FROM jsonb_to_record(p_terms) AS x(
        hold uuid, policy uuid, channel text, hours integer, acquired_at timestamptz, release_at timestamptz,
        restricts integer, restart_hours integer, score smallint, marks jsonb, purchase uuid
    );
    INSERT INTO holds_hold
        (id, account_id, transfer_id, purchase, policy_id, channel, asset_id, amount, acquired_at, hours, release_at,
         state, score, marks)
        VALUES (t.hold, p_account, p_transfer, t.purchase, t.policy, t.channel, p_asset, p_units, t.acquired_at, t.hours,
                t.release_at, 'running', t.score, t.marks);
    INSERT INTO holds_holdposition (hold_id, balance_id, remaining, release_at, acquired_at, restricts, restart_hours)
        VALUES (t.hold, p_balance, p_units, t.release_at, t.acquired_at, t.restricts, t.restart_hours);
    INSERT INTO holds_holdevent (hold_id, kind, transfer, source, target, taken, given, release_at, reason, at)
        VALUES (t.hold, 'placed', p_transfer, NULL, p_balance, 0, p_units, t.release_at, '', p_at);
END
$place$;
