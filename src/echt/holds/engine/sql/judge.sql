-- The gate's rules, once for all who ask on PostgreSQL: `holds_ask` without a lock, `holds_move` under it.
-- The same rules in Python: `judging.py`; `tests/holds/engine` holds the two together.

CREATE OR REPLACE FUNCTION holds_iso(p_moment timestamptz) RETURNS text LANGUAGE sql STABLE AS $iso$
    SELECT CASE WHEN p_moment < '9999-01-01' THEN
        to_char(p_moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
    END
$iso$;

CREATE OR REPLACE FUNCTION holds_reason(p_code text, p_until timestamptz DEFAULT NULL) RETURNS jsonb
LANGUAGE sql STABLE AS $reason$
    SELECT jsonb_build_object('code', p_code, 'until', holds_iso(p_until))
$reason$;

-- The reasons with one more, which stands among them once.
CREATE OR REPLACE FUNCTION holds_with(p_reasons jsonb[], p_code text) RETURNS jsonb[] LANGUAGE sql STABLE AS $with$
    SELECT CASE WHEN holds_reason(p_code) = ANY(p_reasons) THEN p_reasons ELSE p_reasons || holds_reason(p_code) END
$with$;

-- What units are worth in satoshis, rounded up; or why nobody can say.
CREATE OR REPLACE FUNCTION holds_value(
    p_asset smallint, p_units numeric, p_now timestamptz, OUT sats numeric, OUT trouble text
) LANGUAGE plpgsql STABLE AS $value$
DECLARE
    a record;
BEGIN
    SELECT asset.code, ('1' || repeat('0', asset.decimals))::numeric AS unit, own.value, own.good_until INTO a
        FROM wallets_asset asset LEFT JOIN wallets_rate own ON own.asset_id = asset.id WHERE asset.id = p_asset;
    IF a.code = 'BTC' THEN
        sats := p_units;
        RETURN;
    END IF;
    SELECT CASE WHEN a.good_until <= p_now OR coin.good_until <= p_now THEN 'price_stale' END,
           div(p_units * a.value * 100000000 + a.unit * coin.value - 1, a.unit * coin.value)
        INTO trouble, sats FROM wallets_asset asset JOIN wallets_rate coin ON coin.asset_id = asset.id
        WHERE asset.code = 'BTC';
    IF trouble IS NOT NULL THEN
        sats := NULL;
    ELSIF sats IS NULL THEN
        trouble := 'price_missing';
    END IF;
END
$value$;

-- When so many satoshis have room in a limit again, without any further use; null: never by waiting.
CREATE OR REPLACE FUNCTION holds_room_at(
    p_account uuid, p_counts text, p_window interval, p_over numeric, p_now timestamptz
) RETURNS timestamptz LANGUAGE sql STABLE AS $room$
    SELECT min(at) + p_window FROM (
        SELECT at, sum(sats) OVER (ORDER BY at) AS back FROM holds_usage
        WHERE account_id = p_account AND counts = p_counts AND returned_at IS NULL AND at > p_now - p_window
    ) AS uses WHERE back >= p_over
$room$;

-- `held_all`: units of the balance that any hold keeps, for who carries the movement out.
CREATE OR REPLACE FUNCTION holds_judge(
    p_account uuid, p_owner uuid, p_institution timestamptz, p_asset smallint,
    p_total numeric, p_units numeric, p_pays boolean, p_balance bigint, p_posted numeric,
    p_bit integer, p_counts text, p_now timestamptz, p_skew integer,
    OUT answer jsonb, OUT allowed boolean, OUT sats numeric, OUT held_all numeric
) LANGUAGE plpgsql AS $judge$
DECLARE
    reasons jsonb[] := '{}';
    rooms jsonb[] := '{}';
    v_held numeric := 0;
    v_movable numeric;
    v_release timestamptz;
    v_until timestamptz;
    v_level text := '';
    v_country text := '';
    v_trouble text;
    v_known boolean := false;
    v_over boolean := false;
    v_never boolean := false;
    v_room timestamptz;
    l record;
BEGIN
    held_all := 0;
    IF p_pays THEN
        SELECT coalesce(sum(remaining), 0), coalesce(sum(remaining) FILTER (WHERE restricts & p_bit <> 0), 0),
               min(release_at) FILTER (WHERE restricts & p_bit <> 0)
            INTO held_all, v_held, v_release FROM holds_holdposition
            WHERE balance_id = p_balance AND remaining > 0 AND release_at > p_now;
    END IF;
    IF p_bit <> 0 THEN
        IF p_skew > 0 AND abs(extract(epoch FROM statement_timestamp() - p_now)) > p_skew THEN
            reasons := reasons || holds_reason('clock');
        END IF;
        SELECT max(ends_at) INTO v_until FROM accounts_freeze
            WHERE owner_id = p_owner AND begins_at <= p_now AND ends_at > p_now;
        IF v_until IS NOT NULL THEN
            reasons := reasons || holds_reason('frozen', v_until);
        END IF;
    END IF;
    v_movable := greatest(0, p_posted - v_held);
    IF p_pays AND p_total > p_posted THEN
        reasons := reasons || holds_reason('insufficient');
    ELSIF p_pays AND p_total > v_movable THEN
        SELECT min(release_at) INTO v_until FROM (
            SELECT release_at, sum(remaining) OVER (ORDER BY release_at) AS freed FROM holds_holdposition
            WHERE balance_id = p_balance AND remaining > 0 AND release_at > p_now AND restricts & p_bit <> 0
        ) AS ends WHERE v_movable + freed >= p_total;
        reasons := reasons || holds_reason('held', v_until);
    END IF;

    IF p_counts IS NOT NULL THEN
        IF p_owner IS NOT NULL THEN
            SELECT g.level, coalesce(taken.country, c.country) INTO v_level, v_country
                FROM identity_levelgrant g JOIN identity_case c ON c.id = g.case_id
                LEFT JOIN identity_case taken ON taken.id = c.reuses_id
                WHERE g.applicant_id = p_owner AND g.begins_at <= p_now
                    AND (g.revoked_at IS NULL OR g.revoked_at > p_now) AND (g.ends_at IS NULL OR g.ends_at > p_now)
                ORDER BY g.level = 'advanced' DESC, g.ends_at DESC NULLS FIRST, g.id DESC LIMIT 1;
        END IF;
        v_country := coalesce(v_country, '');
        v_level := CASE WHEN p_institution > p_now THEN 'institution' ELSE coalesce(nullif(v_level, ''), 'none') END;
        SELECT worth.sats, worth.trouble INTO sats, v_trouble FROM holds_value(p_asset, p_units, p_now) AS worth;

        FOR l IN
            SELECT bound."level", bound."window", bound.sats, (
                SELECT coalesce(sum(u.sats), 0) FROM holds_usage u
                WHERE u.account_id = p_account AND u.counts = p_counts AND u.returned_at IS NULL
                    AND u.at > p_now - make_interval(hours => bound."window")
            ) AS used FROM holds_limit bound
            WHERE bound.valid_until IS NULL AND bound.counts = p_counts
                AND (bound."level" = v_level OR bound."level" = '') AND (bound.country = '' OR bound.country = v_country)
            ORDER BY bound."window", bound.sats NULLS LAST, bound.id
        LOOP
            v_known := v_known OR l."level" <> '';
            rooms := rooms || jsonb_build_object('window', l."window", 'sats', l.sats::text, 'used', l.used::text);
            IF l.sats = 0 THEN
                reasons := holds_with(reasons, 'level');
            ELSIF l.sats IS NOT NULL AND v_trouble IS NOT NULL THEN
                reasons := holds_with(reasons, v_trouble);
            ELSIF l.sats IS NOT NULL AND l.used + sats > l.sats THEN
                v_over := true;
                IF sats > l.sats THEN
                    v_never := true;
                ELSE
                    v_room := greatest(v_room, holds_room_at(
                        p_account, p_counts, make_interval(hours => l."window"), l.used + sats - l.sats, p_now));
                END IF;
            END IF;
        END LOOP;
        IF NOT v_known THEN
            reasons := reasons || holds_reason('limit_missing');
        END IF;
        IF v_over THEN
            reasons := reasons || holds_reason('limit', CASE WHEN v_never THEN NULL ELSE v_room END);
        END IF;
    END IF;

    allowed := cardinality(reasons) = 0;
    answer := jsonb_build_object(
        'allowed', allowed, 'asset', p_asset, 'units', p_units::text, 'reasons', to_jsonb(reasons),
        'posted', p_posted::text, 'held', v_held::text, 'movable', v_movable::text,
        'next_release_at', holds_iso(v_release), 'level', v_level, 'sats', sats::text, 'rooms', to_jsonb(rooms),
        'evaluated_at', holds_iso(p_now)
    );
END
$judge$;

CREATE OR REPLACE FUNCTION holds_ask(
    p_account uuid, p_asset smallint, p_units numeric, p_pays boolean, p_bit integer, p_counts text,
    p_now timestamptz, p_skew integer
) RETURNS jsonb LANGUAGE sql AS $ask$
    SELECT (holds_judge(a.id, a.owner_id, a.institution_until, p_asset, p_units, p_units, p_pays,
                        b.id, CASE WHEN p_pays THEN coalesce(b.posted, 0) ELSE 0 END, p_bit, p_counts, p_now, p_skew)).answer
    FROM wallets_account a LEFT JOIN wallets_balance b ON b.account_id = a.id AND b.asset_id = p_asset
    WHERE a.id = p_account
$ask$;
