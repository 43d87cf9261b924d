"""The other half of a proof of reserves: whose addresses these are, what is on them, and whether it is enough.

`addresses` is the published list, `signatures` says who controls an address, `verification` puts both together,
`balances` and `nodes` compare the list with the chains, `ratio` with what customers are owed. What a signature of
control proves and what not is in `docs/reserves.md`.
"""
