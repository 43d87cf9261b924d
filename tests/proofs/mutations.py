"""Every single change of a proof file that a forger, a bug or a bad disk could make: a walk over all its places.

A change has a name that says where and what; whoever sees a test fail can repeat it by hand.
"""

import json
from dataclasses import dataclass

HEX = set("0123456789abcdef")
TOO_LARGE = 2**127


@dataclass(frozen=True)
class Raw:
    """JSON that no value of Python writes, as text: `2.0`, `1e0`, an object with one key twice."""

    text: str


def dumped(value):
    """JSON as the reference writes it, and `Raw` as it stands."""
    if isinstance(value, Raw):
        return value.text
    if isinstance(value, dict):
        return "{" + ",".join(f"{dumped(key)}:{dumped(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(dumped, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def every_change(proof, other):
    """`(name, content)` for every single change of `proof`; `other` is another customer's of the same tree."""
    original = dumped(proof)
    seen = {original}
    for name, changed in _all(proof, other):
        text = dumped(changed)
        if text not in seen:
            seen.add(text)
            yield name, text.encode("utf-8", "surrogatepass")


def _all(proof, other):
    for path, value in _places(proof):
        for what, new in changes_of(value):
            yield f"{_named(path)}: {what}", replaced(proof, path, new)
    for path, value in _places(other):
        if path and _has(proof, path):
            yield f"{_named(path)}: of another customer", replaced(proof, path, value)
    for what, note in changes_of_note(proof["statement"]):
        yield f"statement: {what}", proof | {"statement": note}
    for what, line in _changes_inside(proof["statement"]):
        yield f"statement: {what}", proof | {"statement": line}
    for what, note in changes_of_note(proof["log"]["checkpoint"]) if proof["log"] else ():
        yield f"log.checkpoint: {what}", replaced(proof, ("log", "checkpoint"), note)


def _changes_inside(note):
    """Every change inside the statement, the signatures left as they are."""
    line, rest = note.split("\n", 1)
    statement = json.loads(line)
    for path, value in _places(statement):
        for what, new in changes_of(value):
            yield f"{_named(path)}: {what}", f"{dumped(replaced(statement, path, new))}\n{rest}"


def _places(value, path=()):
    yield path, value
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in steps:
        yield from _places(inner, (*path, step))


def _has(value, path):
    for step in path:
        try:
            value = value[step]
        except (IndexError, KeyError, TypeError):
            return False
    return True


def _named(path):
    return ".".join(map(str, path)) or "file"


def replaced(value, path, new):
    """A copy of the value with another one at the path."""
    if not path:
        return new
    copy = value.copy()
    copy[path[0]] = replaced(value[path[0]], path[1:], new)
    return copy


def changes_of(value):
    """`(what, another value)` for what can become of one value."""
    kinds = {str: _of_text, bool: _of_whole, int: _of_whole, dict: _of_object, list: _of_list, type(None): _of_null}
    yield from kinds[type(value)](value)
    if value is not None:
        yield "null", None


def _of_null(_):
    yield from (("empty text", ""), ("zero", 0), ("empty object", {}), ("empty list", []), ("false", False))
    yield "hex", "0" * 64


def _of_whole(number):
    yield from ((f"bit {bit}", number ^ (1 << bit)) for bit in range(5))
    yield from (("+1", number + 1), ("-1", number - 1), ("negative", -number - 1), ("text", str(number)))
    yield from (("2^53", 2**53), ("2^31", 2**31), ("true", True), ("list", [number]))
    yield from (("fraction", Raw(f"{number}.0")), ("exponent", Raw(f"{number}e0")), ("NaN", Raw("NaN")))
    yield from (("minus nought", Raw("-0")), ("leading nought", Raw(f"0{number}")))


def _of_text(text):
    yield from (("cut", text[:-1]), ("empty", ""), ("space before", " " + text), ("line feed behind", text + "\n"))
    yield from (("list", [text]), ("object", {"text": text}), ("nought behind", text + "\0"), ("x behind", text + "x"))
    yield "lone surrogate", Raw('"\\ud800"')
    if text.isdecimal() and text.isascii():
        yield from _of_numeral(text)
    elif len(text) == 64 and set(text) <= HEX:
        yield from _of_hex(text)


def _of_numeral(text):
    number = int(text)
    yield from ((what, str(new)) for what, new in (("+1", number + 1), ("-1", number - 1), ("negative", -number - 1)))
    yield from (("2^127", str(TOO_LARGE)), ("2^127-1", str(TOO_LARGE - 1)), ("2^128", str(2 * TOO_LARGE + number)))
    yield from (("leading nought", "0" + text), ("plus", "+" + text), ("fraction", text + ".0"), ("minus", "-" + text))
    yield from (("a number", number), ("other digits", text.translate({48 + n: 0xFF10 + n for n in range(10)})))
    yield "first digit", str(9 - int(text[0])) + text[1:]


def _of_hex(text):
    for place in (0, 31, 63):
        yield f"digit {place}", text[:place] + f"{int(text[place], 16) ^ 1:x}" + text[place + 1 :]
    yield from (
        ("upper case", text.upper()),
        ("cut byte", text[:-2]),
        ("byte more", text + "00"),
        ("noughts", "0" * 64),
    )


def _of_object(members):
    for name in members:
        yield f"without {name}", {other: value for other, value in members.items() if other != name}
        yield f"{name} renamed", {(f"{other}_" if other == name else other): value for other, value in members.items()}
        yield f"{name} twice", Raw(dumped(members)[:-1] + f",{dumped(name)}:{dumped(members[name])}}}")
    yield from (("a field more", members | {"zzz": None}), ("a field more before", members | {"": 1}))
    yield from (("list", [members]), ("text", "x"), ("empty", {}))


def _of_list(entries):
    for place in range(len(entries)):
        yield f"without {place}", entries[:place] + entries[place + 1 :]
        yield f"{place} twice", entries[: place + 1] + entries[place:]
    for place in range(len(entries) - 1):
        swapped = [entries[place + 1], entries[place]]
        yield f"{place} and {place + 1} swapped", entries[:place] + swapped + entries[place + 2 :]
    yield from (
        ("backwards", entries[::-1]),
        ("empty", []),
        ("null behind", [*entries, None]),
        ("object", {"0": entries}),
    )


def changes_of_note(note):
    """Changes of a signed note's text, line by line, and of its last signature."""
    lines = note.split("\n")
    for place in range(len(lines)):
        before, line, after = lines[:place], lines[place], lines[place + 1 :]
        yield f"without line {place}", "\n".join(before + after)
        yield f"line {place} cut", "\n".join([*before, line[:-1], *after])
        yield f"line {place} with a space", "\n".join([*before, line + " ", *after])
        yield f"line {place} after an empty one", "\n".join([*before, "", line, *after])
        yield f"line {place} after a text", "\n".join([*before, "text", line, *after])
    yield from (("carriage returns", note.replace("\n", "\r\n")), ("more behind", note + "x"), ("twice", note + note))
    yield from (("a byte order mark", "\ufeff" + note), ("a hyphen for the dash", note.replace("— ", "- ")))
    if note.count("— ") == 1:
        yield from _changes_of_signature(*note.rsplit(" ", 1))


def _changes_of_signature(start, blob):
    blob = blob.removesuffix("\n")
    for place in (0, 5, 6, 40, len(blob) - 3):
        yield f"signature, digit {place}", f"{start} {blob[:place]}{_next(blob[place])}{blob[place + 1 :]}\n"
    yield "signature cut", f"{start} {blob[:-4]}\n"
    yield "signature longer", f"{start} {blob[:-4]}AAAA{blob[-4:]}\n"
    yield "signature without its padding", f"{start} {blob.rstrip('=')}\n"
    yield "signature with padding more", f"{start} {blob}=\n"
    yield "signature with unused bits", f"{start} {blob[:-2]}{_next(blob[-2])}{blob[-1]}\n"
    yield "signature with a space", f"{start} {blob[:20]} {blob[20:]}\n"
    yield "signature in the other alphabet", f"{start} {blob.replace('+', '-').replace('/', '_')}\n"
    yield "signer renamed", f"{start}x {blob}\n"


def _next(digit):
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return alphabet[(alphabet.find(digit) + 1) % 64]
