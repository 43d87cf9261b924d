"""The public log of statements: a tree that only grows (RFC 6962), in a folder that any web server can publish (C2SP).

1. What a checkpoint covers never changes: no file that it needs is replaced by one with other content.
2. The checkpoint is written last and in one step: an append that is interrupted anywhere was either not made or made.
3. One writer at a time; another is refused.
4. Who appends must hold the folder that the newest checkpoint stands for: signed by the same key for the same origin,
   with tiles that lead to its root, and nothing beyond it but what an interrupted append leaves.
5. A new checkpoint is signed only after it was shown to continue the one before.
6. The same entry as the last is not appended again.
7. A proof leaves this room only after it was verified against the checkpoint that it is for.
"""
