"""The history of accounts, brought over from another ledger as CSV; the format stands in `docs/wallets.md`.

1. The whole file is checked first. If one line is wrong, nothing is taken, and every wrong line is named.
2. What is taken goes through the gate like everything else. It has happened already, so limits are not asked; a balance
   below zero is refused all the same.
3. A line is known by its `id` for ever: taken again it changes nothing, and with another content it is refused.
4. Batches are transactions of their own. What was interrupted is taken up where it ended, by running it again.
5. What would still be held is held, from its purchase on: by the policies in force, or as the customer was told.
6. Memory does not grow with the lines: what has to be remembered of all of them lies in a file of its own meanwhile.
"""
