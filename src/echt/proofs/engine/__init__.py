"""From balances to a published root and back to one customer's proof.

Two passes. The first (`spill`) turns balances into leaves, and puts these aside by the first bits of their ids. The
second (`partition`) takes one part after the other, orders its leaves into buckets and hashes these. What is above the
buckets (`top`) is small. Memory does not grow with the number of accounts.

`local` does this on every core of one machine, `spark` on a cluster, with the same two functions.
"""
