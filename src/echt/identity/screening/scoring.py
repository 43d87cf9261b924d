"""How like a person an entry is: 0 to 100.

1. The words of both names are paired, the most alike first, in whatever order they stand. Two words are alike by the
   share of letters that need no editing, of the folded or (less a little) of the loose words; below `ALIKE` they do not
   pair. A word weighs as its length, up to 8 letters; a particle weighs little.
2. The name’s score is 100 x (3/4 of the share of the name that is covered better + 1/4 of the other share). So a
   middle name that one side lacks costs a few points.
3. Where only one word pairs, though both names have several, the score is at most `ONE_WORD`.
4. The same letters with other gaps (`Abd al Rahman`, `Abdulrahman`) count as much as their likeness as a whole.
5. The entry’s best name counts. Only from `NAMED` on do birth and country matter: they raise no other name.
6. Birth: the same day +6; the year where only that is known, or day and month exchanged, +3; years up to `YEARS` apart
   0, or -5 where both days are known; further apart -15.
   Country: one in common +2; none in common -2. What one side does not say changes nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from echt.identity.screening.countries import is_known
from echt.identity.screening.folding import PARTICLES, loose, words

ALIKE = 0.7
ONE_WORD = 60.0
NAMED = 75.0
HEAVIEST = 8
LIGHT = 1.0
LOOSELY = 0.97
JOINED = 0.97
LEAST_JOINED = 88.0
YEARS = 2
SAME_DAY, SAME_YEAR, OTHER_DAY, OTHER_YEAR = 6.0, 3.0, -5.0, -15.0
SAME_COUNTRY, OTHER_COUNTRY = 2.0, -2.0


@dataclass(frozen=True)
class Person:
    """Whom to look for: all spellings of the name that we know, dates of birth, countries as alpha-3."""

    names: tuple[str, ...]
    born: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


def score(person: Person, names: Sequence[str], born: Sequence[str], countries: Sequence[str]) -> int:
    """By the rules above."""
    named = max((likeness(words(ours), words(theirs)) for ours in person.names for theirs in names), default=0.0)
    if named < NAMED:
        return round(named)
    return round(min(100.0, named + birth(person.born, born) + common(person.countries, countries)))


def likeness(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    """How alike two names are, by their words."""
    if not ours or not theirs:
        return 0.0
    return max(_by_words(ours, theirs), _by_letters(ours, theirs))


def _by_words(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    pairs = _pairs(ours, theirs)
    our_share = sum(alike * _weight(ours[i]) for alike, i, _j in pairs) / sum(map(_weight, ours))
    their_share = sum(alike * _weight(theirs[j]) for alike, _i, j in pairs) / sum(map(_weight, theirs))
    named = 100 * (0.75 * max(our_share, their_share) + 0.25 * min(our_share, their_share))
    heavy = sum(ours[i] not in PARTICLES for _alike, i, _j in pairs)
    if heavy < 2 and max(len(ours), len(theirs)) > 1:  # noqa: PLR2004  (rule 3)
        return min(named, ONE_WORD)
    return named


def _pairs(ours: tuple[str, ...], theirs: tuple[str, ...]) -> list[tuple[float, int, int]]:
    found = [
        (alike, i, j)
        for i, our in enumerate(ours)
        for j, their in enumerate(theirs)
        if (alike := word(our, their)) >= ALIKE
    ]
    pairs, taken, given = [], set(), set()
    for alike, i, j in sorted(found, reverse=True):
        if i not in taken and j not in given:
            taken.add(i)
            given.add(j)
            pairs.append((alike, i, j))
    return pairs


@lru_cache(maxsize=65536)
def word(ours: str, theirs: str) -> float:
    """How alike two words are, 0 to 1."""
    if ours == theirs:
        return 1.0
    close = OSA.normalized_similarity(ours, theirs)
    closer = LOOSELY * OSA.normalized_similarity(loose(ours), loose(theirs))
    return max(close, closer)


def _weight(text: str) -> float:
    return LIGHT if text in PARTICLES else float(min(len(text), HEAVIEST))


def _by_letters(ours: tuple[str, ...], theirs: tuple[str, ...]) -> float:
    together = "".join(map(loose, ours))
    turns = ("".join(map(loose, theirs[turn:] + theirs[:turn])) for turn in range(min(len(theirs), 4)))
    best = max(fuzz.ratio(together, turned, score_cutoff=LEAST_JOINED) for turned in turns)
    return JOINED * best


def birth(ours: Iterable[str], theirs: Sequence[str]) -> float:
    """What dates of birth add or take away."""
    return max((_birth(our, their) for our in ours for their in theirs), default=0.0)


def _birth(ours: str, theirs: str) -> float:
    whole = len(ours) > len("1970") and len(theirs) > len("1970")
    if whole and ours == theirs:
        return SAME_DAY
    if (whole and _exchanged(ours) == theirs) or (not whole and ours[:4] == theirs[:4]):
        return SAME_YEAR
    if abs(int(ours[:4]) - int(theirs[:4])) > YEARS:
        return OTHER_YEAR
    return OTHER_DAY if whole else 0.0


def _exchanged(date: str) -> str:
    year, month, day = date.split("-")
    return f"{year}-{day}-{month}"


def common(ours: Iterable[str], theirs: Sequence[str]) -> float:
    """What countries add or take away."""
    our_codes, their_codes = set(filter(is_known, ours)), set(filter(is_known, theirs))
    if not our_codes or not their_codes or len(their_codes) < len(set(theirs)):
        return 0.0
    return SAME_COUNTRY if our_codes & their_codes else OTHER_COUNTRY
