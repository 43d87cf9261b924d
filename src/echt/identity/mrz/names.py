"""Names as a machine-readable zone spells them: the transliteration that ICAO Doc 9303-3, section 6, recommends."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, product

_LATIN = {
    "Å": ("AA", "A"),
    "Ä": ("AE", "A"),
    "Æ": ("AE",),
    "Ð": ("D",),
    "Đ": ("D",),
    "Ħ": ("H",),
    "ı": ("I",),
    "Ĳ": ("IJ",),
    "ĸ": ("Q",),
    "Ł": ("L",),
    "Ŋ": ("N",),
    "Ñ": ("N", "NXX"),
    "Ö": ("OE", "O"),
    "Ø": ("OE", "O"),
    "Œ": ("OE",),
    "ẞ": ("SS",),
    "ß": ("SS",),
    "Þ": ("TH",),
    "Ŧ": ("T",),
    "Ü": ("UE", "U", "UXX"),
}
_CYRILLIC = {
    "А": ("A",),
    "Б": ("B",),
    "В": ("V",),
    "Г": ("G", "H"),
    "Ґ": ("G",),
    "Д": ("D",),
    "Ђ": ("D", "DJ"),
    "Ѓ": ("G",),
    "Е": ("E",),
    "Ё": ("E",),
    "Є": ("IE",),
    "Ж": ("ZH", "Z"),
    "З": ("Z",),
    "Ѕ": ("DZ",),
    "И": ("I", "Y"),
    "І": ("I",),
    "Ї": ("I",),
    "Й": ("I", "Y"),
    "Ј": ("J",),
    "К": ("K",),
    "Ќ": ("K", "KJ"),
    "Л": ("L",),
    "Љ": ("LJ",),
    "М": ("M",),
    "Н": ("N",),
    "Њ": ("NJ",),
    "О": ("O",),
    "П": ("P",),
    "Р": ("R",),
    "С": ("S",),
    "Т": ("T",),
    "Ћ": ("C",),
    "У": ("U",),
    "Ў": ("U",),
    "Ф": ("F",),
    "Х": ("KH", "H"),
    "Ц": ("TS", "C"),
    "Ч": ("CH", "C"),
    "Џ": ("DZ",),
    "Ш": ("SH", "S"),
    "Щ": ("SHCH", "SHT"),
    "Ъ": ("IE", "A"),
    "Ы": ("Y",),
    "Ь": ("",),
    "Э": ("E",),
    "Ю": ("IU", "YU"),
    "Я": ("IA", "YA"),
}
_GREEK = {
    "Α": ("A",),
    "Β": ("V",),
    "Γ": ("G",),
    "Δ": ("D",),
    "Ε": ("E",),
    "Ζ": ("Z",),
    "Η": ("I",),
    "Θ": ("TH",),
    "Ι": ("I",),
    "Κ": ("K",),
    "Λ": ("L",),
    "Μ": ("M",),
    "Ν": ("N",),
    "Ξ": ("X",),
    "Ο": ("O",),
    "Π": ("P",),
    "Ρ": ("R",),
    "Σ": ("S",),
    "Τ": ("T",),
    "Υ": ("Y", "U"),
    "Φ": ("F",),
    "Χ": ("CH",),
    "Ψ": ("PS",),
    "Ω": ("O",),
}
SPELLINGS = _LATIN | _CYRILLIC | _GREEK
"""The first is the recommended one; others are what some issuers print."""

MOST_SPELLINGS = 32
_DROPPED = "'’‘ʼ`´.·"
_SEPARATORS = re.compile(r"[^A-Z]+")


def transliterate(name: str) -> str:
    """In capitals A to Z, words parted by single spaces: “Jörg d’Arté-Weiß” is “JOERG DARTE WEISS”.

    What no table knows is left out: a name in Han characters alone becomes empty.
    """
    return _SEPARATORS.sub(" ", "".join(spellings[0] for spellings in _letters(name))).strip()


def spellings(name: str) -> tuple[str, ...]:
    """All ways in which issuers may spell it, the recommended first; the number is bounded."""
    ways = islice(product(*_letters(name)), MOST_SPELLINGS)
    return tuple(dict.fromkeys(_SEPARATORS.sub(" ", "".join(way)).strip() for way in ways))


def _letters(name: str) -> Iterator[tuple[str, ...]]:
    for character in unicodedata.normalize("NFC", name):
        if character not in _DROPPED:
            yield _spelt(character)


def _spelt(character: str) -> tuple[str, ...]:
    if known := SPELLINGS.get(character) or SPELLINGS.get(character.upper()):
        return known
    bare = "".join(part for part in unicodedata.normalize("NFKD", character) if not unicodedata.combining(part))
    if bare != character and bare:
        return ("".join(_spelt(part)[0] for part in bare),)
    return (character.upper() if character.isalpha() or character == " " else " ",)
