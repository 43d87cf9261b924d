"""JSON in the one form of RFC 8785, so that the same value always gives the same bytes and the same hash.

Numbers are whole numbers below 2^53 here (`strict_json`), which are written as they are; the rest of RFC 8785 is about
other numbers. Names are ordered by their UTF-16 code units.
"""

from __future__ import annotations

import json

from echt.proofs.verify.strict_json import Json


def canonical_json(value: Json) -> bytes:
    """The bytes of the value."""
    return _canonical_text(value).encode()


def _canonical_text(value: Json) -> str:
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{_canonical_text(name)}:{_canonical_text(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_canonical_text, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
