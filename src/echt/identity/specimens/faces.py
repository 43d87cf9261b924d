"""What a made-up face looks like, from a number: colours, proportions, hair. The same number gives the same face."""

import random
from dataclasses import dataclass

Colour = tuple[int, int, int]

SKINS: tuple[Colour, ...] = (
    (243, 212, 190),
    (232, 193, 164),
    (222, 176, 140),
    (198, 148, 110),
    (166, 116, 80),
    (128, 84, 58),
    (94, 62, 46),
)
HAIRS: tuple[Colour, ...] = (
    (28, 24, 24),
    (52, 38, 30),
    (88, 60, 40),
    (122, 84, 52),
    (176, 138, 88),
    (146, 72, 40),
    (150, 148, 146),
)
DARK_HAIRS = 2
DARK_SKINS = 3
"""Skins from this one on go with dark hair and eyes."""
IRISES: tuple[Colour, ...] = ((62, 42, 30), (84, 60, 38), (84, 106, 110), (92, 122, 150), (92, 112, 76))
CLOTHES: tuple[Colour, ...] = ((52, 60, 72), (94, 52, 56), (60, 82, 74), (120, 116, 108), (38, 40, 46), (74, 84, 120))
GROUNDS: tuple[Colour, ...] = ((206, 214, 218), (214, 214, 206), (196, 206, 214), (220, 216, 212))


@dataclass(frozen=True, kw_only=True)
class Face:
    """Proportions are shares of half the face's width or height."""

    skin: Colour
    hair: Colour
    iris: Colour
    cloth: Colour
    ground: Colour
    width: float
    jaw: float
    chin: float
    eye_gap: float
    eye_width: float
    eye_level: float
    brow_height: float
    brow_weight: float
    nose_width: float
    nose_length: float
    mouth_width: float
    lips: float
    long_hair: bool
    parting: float
    hairline: float
    beard: float
    glasses: bool
    wrinkles: float


@dataclass(frozen=True, kw_only=True)
class Pose:
    """How a face is held: `turn` and `nod` in radians, eyes and mouth from 0 (shut) to 1 (open)."""

    turn: float = 0.0
    nod: float = 0.0
    eyes: float = 0.8
    mouth: float = 0.0


FRONTAL = Pose()


def face(number: int, *, woman: bool) -> Face:
    """The face of a number."""
    chance = random.Random(number * 2 + woman)  # noqa: S311  (nothing secret: the same face each time)
    tone = chance.randrange(len(SKINS))
    darker = tone >= DARK_SKINS
    return Face(
        skin=SKINS[tone],
        hair=HAIRS[chance.randrange(DARK_HAIRS if darker else len(HAIRS))],
        iris=IRISES[chance.randrange(2 if darker else len(IRISES))],
        cloth=chance.choice(CLOTHES),
        ground=chance.choice(GROUNDS),
        width=chance.uniform(0.92, 1.08),
        jaw=chance.uniform(0.66, 0.78) if woman else chance.uniform(0.74, 0.9),
        chin=chance.uniform(0.26, 0.34) if woman else chance.uniform(0.32, 0.44),
        eye_gap=chance.uniform(0.39, 0.46),
        eye_width=chance.uniform(0.19, 0.23),
        eye_level=chance.uniform(-0.13, -0.06),
        brow_height=chance.uniform(0.13, 0.18),
        brow_weight=chance.uniform(0.022, 0.034) if woman else chance.uniform(0.034, 0.052),
        nose_width=chance.uniform(0.15, 0.21) + 0.03 * darker,
        nose_length=chance.uniform(0.34, 0.42),
        mouth_width=chance.uniform(0.29, 0.38),
        lips=chance.uniform(0.055, 0.075) if woman else chance.uniform(0.04, 0.06),
        long_hair=woman and chance.random() < 0.8,  # noqa: PLR2004
        parting=chance.uniform(-0.5, 0.5),
        hairline=chance.uniform(-0.72, -0.6),
        beard=0.0 if woman else chance.choice((0.0, 0.0, 0.25, 0.55)),
        glasses=chance.random() < 0.2,  # noqa: PLR2004
        wrinkles=chance.uniform(0.0, 0.5),
    )
