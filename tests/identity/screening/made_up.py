"""Made-up persons for lists, and how the same name is spelled elsewhere. Nobody of this exists."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_GIVEN = {
    "de": "Wilhelm Jürgen Käthe Lieselotte Matthias Ursula Björn Annegret Detlef Friederike Götz Hannelore",
    "ru": "Grigoriy Anatoliy Yekaterina Lyudmila Zhanna Nikolay Dmitriy Yuriy Tatyana Vyacheslav Svetlana Yelena",
    "ar": "Muhammad Abdulrahman Yusuf Khalid Fatima Ibrahim Mustafa Nour Hussein Qasim Aisha Saeed",
    "es": "Concepción José Guadalupe Ángel Íñigo Ximena Joaquín Belén Ramón Estefanía Begoña Andrés",
    "zh": "Xiaoming Jianguo Yuehua Zhiqiang Meiling Guoliang Xiuying Haoran Wenjing Zihan Lifen Qiang",
    "sw": "Baraka Wanjiru Chukwuemeka Oluwaseun Kwabena Abena Tendai Ngozi Folasade Themba Amahle Kofi",
}
GIVEN = {culture: names.split() for culture, names in _GIVEN.items()}
_HEADS = {
    "de": "Brack Dorn Eschen Falken Gruben Hollen Kessel Lauben Morgen Nessel Quellen Rauen Sommer Tannen",
    "ru": "Belo Cherni Dobro Gora Khlebo Krasni Lugo Medve Ozero Pushka Shchegl Tikho Volko Zhuravl",
    "ar": "Bakhit Dhahab Ghazal Hadid Jamil Khayyal Nahas Qasab Rashid Shatir Tawil Wazan Zahran Faruq",
    "es": "Alame Barqui Carras Cereze Enci Higue Jara Laure Manza Noga Oliva Rome Robl Saúc",
    "zh": "Zh Ch Sh X Q Li Gu Hu Ji Ta Wa Ya Zu Xi",
    "sw": "Mba Nku Oke Adé Kwa Mwa Ndi Oyé Sé Uzo Chi Ezé Olu Ama",
}
HEADS = {culture: names.split() for culture, names in _HEADS.items()}
_TAILS = {
    "de": "thal müller berger stein hoff feldt bach heimer wald kamp rieder stätter",
    "ru": "nov rev shin lev ev tsev chenko kov vskiy gin mov ritskiy",
    "ar": "i awi ani iyya ouri a uddin idi aoui ian oush ery",
    "es": "da lejo rreño nilla ruela ñeda zábal rín ssoto dilla guera tegui",
    "zh": "ang eng ong ao ou en uan iang ai ing uo ian",
    "sw": "kunle nda tuma goro bili yemi lani wole zani konde rongo deji",
}
TAILS = {culture: names.split() for culture, names in _TAILS.items()}
INNER = (("bdfgklmnprstvz", "aeiou"), ("bdfgklmnprstvz", "aeiou", "bdfgklmnprstvz", "aeiou"))
COUNTRY = {"de": "DEU", "ru": "RUS", "ar": "JOR", "es": "ESP", "zh": "CHN", "sw": "NGA"}


@dataclass(frozen=True)
class MadeUp:
    given: tuple[str, ...]
    surname: str
    born: str
    country: str
    culture: str

    @property
    def name(self) -> str:
        return " ".join((*self.given, self.surname))


def person(chance: random.Random, *, varied: bool = False) -> MadeUp:
    """Somebody with one or two given names; in some cultures with a particle or a second surname."""
    culture = chance.choice(list(GIVEN))
    given = tuple(chance.sample(GIVEN[culture], chance.choice((1, 1, 2))))
    born = f"{chance.randint(1940, 2004)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    return MadeUp(given, _surname(culture, chance, varied=varied), born, COUNTRY[culture], culture)


def _surname(culture: str, chance: random.Random, *, varied: bool) -> str:
    inner = "".join(chance.choice(part) for part in chance.choice(INNER)) if varied else ""
    name = chance.choice(HEADS[culture]) + inner + chance.choice(TAILS[culture])
    if culture == "ar":
        return f"{chance.choice(('al-', 'Al ', '', ''))}{name}"
    if culture == "es":
        return f"{name} {chance.choice(HEADS[culture])}{chance.choice(TAILS[culture])}"
    if culture == "sw":
        return name + chance.choice(("", "", "bu", "di", "fu", "ra"))
    return f"von {name}" if culture == "de" and chance.random() < 0.1 else name


def transliterated(who: MadeUp, chance: random.Random) -> str:
    """As another transliteration writes it: up to three changes that change no sound."""
    name = who.name
    habits = [pair for pair in HABITS if pair[0] in name]
    for before, after in chance.sample(habits, min(3, len(habits))):
        name = name.replace(before, after)
    return name


HABITS = (
    ("iy", "y"), ("iy", "ij"), ("Ye", "E"), ("Yu", "Iu"), ("Yu", "Ju"), ("ya", "ia"), ("yu", "iu"), ("zh", "j"), ("Zh", "J"),
    ("kh", "h"), ("Kh", "H"), ("shch", "sch"), ("Shch", "Sch"), ("ov", "off"), ("ev", "eff"), ("ts", "tz"), ("ch", "tch"),
    ("Muhammad", "Mohammed"), ("Muhammad", "Mohamed"), ("Yusuf", "Youssef"), ("Hussein", "Husain"), ("Ibrahim", "Ebrahim"),
    ("Saeed", "Said"), ("Mustafa", "Moustapha"), ("Aisha", "Aicha"), ("Qasim", "Kassem"), ("Nour", "Nur"), ("Khalid", "Khaled"),
    ("q", "k"), ("Q", "K"), ("ou", "u"), ("u", "ou"), ("dh", "d"), ("Dh", "D"), ("gh", "g"), ("w", "v"), ("i", "y"),
    ("ü", "u"), ("ü", "ue"), ("ö", "o"), ("ä", "ae"), ("ß", "ss"), ("é", "e"), ("ñ", "n"), ("al-", "al "), ("al-", "el-"),
    ("al-", ""), ("Abdulrahman", "Abd al-Rahman"), ("Abdulrahman", "Abdurrahman"), ("x", "ks"), ("ck", "k"), ("ff", "f"),
)  # fmt: skip


def turned(who: MadeUp, chance: random.Random) -> str:
    """The surname first."""
    return chance.choice((f"{who.surname} {' '.join(who.given)}", f"{who.surname.upper()}, {' '.join(who.given)}"))


def mistyped(who: MadeUp, chance: random.Random) -> str:
    """One slip in one word."""
    return _slip(who.name, chance, 1)


def mistyped_twice(who: MadeUp, chance: random.Random) -> str:
    """A slip in each of two words."""
    return _slip(who.name, chance, 2)


def without_middle_name(who: MadeUp, _chance: random.Random) -> str:
    return f"{who.given[0]} {who.surname}"


def with_middle_name(who: MadeUp, chance: random.Random) -> str:
    return " ".join((*who.given, chance.choice(GIVEN[who.culture]), who.surname))


def without_second_surname(who: MadeUp, _chance: random.Random) -> str:
    return " ".join((*who.given, who.surname.split()[0] if who.culture == "es" else who.surname))


def run_together(who: MadeUp, _chance: random.Random) -> str:
    """Without hyphens, blanks between surnames or particles."""
    return " ".join((*who.given, who.surname.replace("-", "").replace(" ", "")))


def all_at_once(who: MadeUp, chance: random.Random) -> str:
    """Another transliteration, a slip, and the surname first."""
    words = _slip(transliterated(who, chance), chance, 1).split()
    return " ".join(words[1:] + words[:1])


def _slip(name: str, chance: random.Random, count: int) -> str:
    words = name.split()
    long = [place for place, word in enumerate(words) if len(word) > 3] or list(range(len(words)))
    for place in chance.sample(long, min(count, len(long))):
        words[place] = _edited(words[place], chance)
    return " ".join(words)


def _edited(word: str, chance: random.Random) -> str:
    at = chance.randrange(max(len(word) - 1, 1))
    letter = chance.choice("abcdefghiklmnoprstuvz")
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + letter + word[at + 1 :],
            word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
        )
    )


VARIANTS: dict[str, Callable[[MadeUp, random.Random], str]] = {
    "another transliteration": transliterated,
    "surname first": turned,
    "one slip": mistyped,
    "two slips in two words": mistyped_twice,
    "middle name missing": without_middle_name,
    "further middle name": with_middle_name,
    "second surname missing": without_second_surname,
    "written together": run_together,
    "transliteration, slip and order": all_at_once,
}


def persons(seed: int, count: int, *, varied: bool = False) -> Iterator[MadeUp]:
    """Always the same ones. Varied: with syllables in their surnames, as many as a list of a million needs."""
    chance = random.Random(seed)
    return (person(chance, varied=varied) for _ in range(count))
