"""Rows for benchmarks of the ledger, written straight into PostgreSQL: what a year of use would leave."""

ETHER = 10**18
FILL = """
INSERT INTO wallets_asset (code, name, kind, decimals, "order", is_active, created_at) VALUES
    ('BTC', 'Bitcoin', 'crypto', 8, 1, true, now()), ('ETH', 'Ether', 'crypto', 18, 2, true, now())
    ON CONFLICT (code) DO NOTHING;
INSERT INTO wallets_rate (asset_id, value, observed_at, good_until, sources)
    SELECT id, CASE code WHEN 'BTC' THEN 60000 ELSE 2500 END * 1000000000000000000::numeric,
           now(), now() + interval '1 year', 2
    FROM wallets_asset WHERE code IN ('BTC', 'ETH')
    ON CONFLICT (asset_id) DO UPDATE SET good_until = excluded.good_until;
INSERT INTO wallets_account (id, kind, risk, opened_at)
    SELECT gen_random_uuid(), 'customer', 'normal', now() FROM generate_series(1, %(accounts)s);
INSERT INTO wallets_balance (account_id, asset_id, posted, version)
    SELECT a.id, c.id, 1000 * 1000000000000000000::numeric, 0 FROM wallets_account a, wallets_asset c
    WHERE a.kind = 'customer' AND c.code = 'ETH';
INSERT INTO holds_hold (id, account_id, transfer_id, policy_id, channel, asset_id, amount, acquired_at, hours,
                        release_at, state, score, marks)
    SELECT gen_random_uuid(), b.account_id, gen_random_uuid(), p.id, 'card', b.asset_id, 1000000000000000000::numeric,
           now(), 72, now() + interval '72 hours', 'running', 0, '[]'
    FROM wallets_balance b, (SELECT id FROM holds_policy LIMIT 1) p, generate_series(1, %(holds)s);
INSERT INTO holds_holdposition (hold_id, balance_id, remaining, release_at, acquired_at, restricts, restart_hours)
    SELECT h.id, b.id, h.amount, h.release_at, h.acquired_at, 63, 0
    FROM holds_hold h JOIN wallets_balance b ON b.account_id = h.account_id AND b.asset_id = h.asset_id;
"""


def fill(accounts: int, holds: int) -> None:
    """So many accounts, each with a thousand ether and so many open holds of one."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(FILL % {"accounts": accounts, "holds": holds})
        cursor.execute("VACUUM ANALYZE")
