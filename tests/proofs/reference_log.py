"""The log of statements (RFC 6962), slow and plain, written from the norm alone; an entry is a statement's JCS bytes."""

from base64 import b64encode

from tests.proofs.reference import digest


def checkpoint(origin, entries):
    return f"{origin}\n{len(entries)}\n{b64encode(log_root(entries)).decode()}\n"


def half(count):
    return 1 << (count - 1).bit_length() - 1


def log_root(entries):
    """RFC 6962, section 2.1."""
    if len(entries) < 2:
        return digest(b"\0", entries[0]) if entries else digest()
    return digest(b"\1", log_root(entries[: half(len(entries))]), log_root(entries[half(len(entries)) :]))


def log_path(index, entries):
    if len(entries) == 1:
        return []
    left, right = entries[: (cut := half(len(entries)))], entries[cut:]
    return [*log_path(index, left), log_root(right)] if index < cut else [*log_path(index - cut, right), log_root(left)]


def log_consistency(old, entries, whole=True):
    if old == len(entries):
        return [] if whole else [log_root(entries)]
    left, right = entries[: (cut := half(len(entries)))], entries[cut:]
    if old <= cut:
        return [*log_consistency(old, left, whole), log_root(right)]
    return [*log_consistency(old - cut, right, False), log_root(left)]
