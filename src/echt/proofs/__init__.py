"""The engine of proof of reserves: hashing, trees, proofs, statements, logs, and other exchanges' formats.

Plain Python: no Django, no clock, no network, no other room. `verify` needs the standard library alone. The norm of the
format `echt/1` is in `docs/proofs.md`.
"""
