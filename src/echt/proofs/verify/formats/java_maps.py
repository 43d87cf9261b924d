"""The order in which Java's `HashMap` gives its keys, which is the order in which some exchanges hash their assets.

A key's place is its hash code, mixed with its own upper half, in a table that doubles whenever it is three quarters
full. Keys that share a place come in the order in which they were put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

JAVA_SMALLEST_TABLE = 16


def hash_map_order(keys: Iterable[str]) -> list[str]:
    """The keys as a `HashMap` into which they were put in this order gives them."""
    listed = list(keys)
    size = JAVA_SMALLEST_TABLE
    while len(listed) * 4 > size * 3:
        size *= 2
    return sorted(listed, key=lambda key: _mixed(_hash_code(key)) % size)


def hash_map_json(texts: Mapping[str, str]) -> str:
    """The map as JSON without white space; the values are JSON already."""
    return "{" + ",".join(f'"{key}":{texts[key]}' for key in hash_map_order(texts)) + "}"


def _hash_code(text: str) -> int:
    code = 0
    for character in text:
        code = (code * 31 + ord(character)) & 0xFFFFFFFF
    return code


def _mixed(code: int) -> int:
    return code ^ (code >> 16)
