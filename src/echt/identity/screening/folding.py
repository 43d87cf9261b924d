"""Names folded, so that spellings of one name meet.

1. `words`: Latin letters by ICAO 9303, small, without marks; a letter that has no Latin form stays as it is.
2. `loose`: what transliterations confuse is made equal (`kh` and `h`, `y` and `i`, `ou` and `u`, doubled letters …).
3. `keys`: what entries are found by (`ScreeningToken`): of each weighty word its consonants, its head and its tail. So
   a word is found in spite of other vowels, and of one slip: it leaves the head or the tail as it is.
"""

import re
import unicodedata
from functools import lru_cache

from echt.identity.mrz import transliterate

LONGEST = 40
END = 3
"""Letters of a head and a tail."""
_PARTICLES = """
al el ul ibn bin bint abu abou abi von van der den de del della di da do dos das du la le las los y e i
zu zum zur und af av ter ten
"""
PARTICLES = frozenset(_PARTICLES.split())
"""Small words that come and go between spellings: they weigh little, and nobody is found by them."""

_JOINING = re.compile(r"['’‘ʼʻʹ`´]")
_WORD = re.compile(r"[^\W_]+")
_CONFUSED = [
    (re.compile(pattern), into)
    for pattern, into in (
        (r"ff$", "v"),
        (r"ff", "f"),
        (r"^(?:ts|tz|cz|dz)", "z"),
        (r"(?:tsch|tch|sch|sh|ch|cz|ts|tz|dz|x(?=i))", "s"),
        (r"(?:kh|gh)", "h"),
        (r"ph", "f"),
        (r"(?:th)", "t"),
        (r"(?:dh)", "d"),
        (r"(?:ck|q|c)", "k"),
        (r"x", "ks"),
        (r"(?:dj|zh|j)", "i"),
        (r"y", "i"),
        (r"w", "v"),
        (r"z", "s"),
        (r"(?:ou|oo)", "u"),
        (r"ee", "i"),
        (r"([aou])e", r"\1"),
        (r"(.)\1+", r"\1"),
        (r"(?<=[^aeiou])h", ""),
        (r"h$", ""),
        (r"ii", "i"),
    )
]
_VOWELS = re.compile(r"(?<!^)[aeiouh]")


@lru_cache(maxsize=65536)
def words(name: str) -> tuple[str, ...]:
    """The words of a name: `Ángela d’Őr-Müller` is `angela`, `dor`, `mueller`."""
    plain = name if name.isascii() else _composed(name)
    return tuple(_latin(word) or word.casefold() for word in _WORD.findall(_JOINING.sub("", plain)))


def _composed(name: str) -> str:
    """Each letter with its marks as one, or without them where there is no such letter."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", name) if not unicodedata.combining(letter))


def _latin(word: str) -> str:
    """Without what has no Latin form; empty for a word of Han characters."""
    if word.isascii():
        return word.casefold()
    return transliterate(word).replace(" ", "").casefold()


@lru_cache(maxsize=65536)
def loose(word: str) -> str:
    """The word with what transliterations confuse made equal."""
    for confused, into in _CONFUSED:
        word = confused.sub(into, word)
    return word


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """The consonants of the loose word, behind its first letter; all vowels at its head are one."""
    bones = _VOWELS.sub("", loose(word))
    if bones[:1] in {"a", "e", "i", "o", "u"}:
        bones = "a" + bones[1:]
    return re.sub(r"(.)\1+", r"\1", bones)[:LONGEST]


def keys(word: str) -> frozenset[str]:
    """What a word is found by."""
    evened = loose(word)
    return frozenset({skeleton(word), f"^{evened[:END]}", f"{evened[-END:]}$"})


def weighty(name_words: tuple[str, ...]) -> tuple[str, ...]:
    """The words that somebody can be found by; all, where a name has none but particles."""
    return tuple(word for word in name_words if word not in PARTICLES) or name_words
