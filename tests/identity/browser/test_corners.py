"""Where the browser finds a document's corners, in pixels that the test draws."""

import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.identity.browser.scenes import laid, rgba, table

SIZE = (256, 144)
STRAIGHT = [(0.2, 0.14), (0.8, 0.14), (0.8, 0.86), (0.2, 0.86)]
PLACED = {
    "straight": STRAIGHT,
    "turned": [(0.2, 0.2), (0.79, 0.1), (0.83, 0.82), (0.23, 0.92)],
    "turned back": [(0.2, 0.08), (0.8, 0.2), (0.77, 0.92), (0.17, 0.8)],
    "from below": [(0.24, 0.2), (0.76, 0.2), (0.84, 0.86), (0.16, 0.86)],
    "far": [(0.3, 0.3), (0.62, 0.3), (0.62, 0.68), (0.3, 0.68)],
    "near": [(0.05, 0.03), (0.95, 0.03), (0.95, 0.97), (0.05, 0.97)],
}
GROUNDS = {"wood": (74, 60, 50), "black": (22, 22, 25), "grey": (120, 122, 125), "green": (60, 95, 70)}
NEAR = 0.02
"""Share of the frame by which a corner may be missed."""


def card(colour=(225, 230, 235)):
    """Something like an identity card: a portrait, lines of print."""
    image = Image.new("RGB", (600, 378), colour)
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 90, 190, 290), fill=(120, 100, 90))
    for line in range(7):
        draw.rectangle((230, 80 + 36 * line, 420 + 20 * (line % 3), 92 + 36 * line), fill=(40, 45, 60))
    return image


def frame(image):
    return {"width": image.width, "height": image.height, "data": rgba(image)}


def found(modules, image):
    return modules.follow("corners", frame(image))


def assert_near(corners, expected):
    for corner, wanted in zip(corners, expected, strict=True):
        assert corner == pytest.approx(wanted, abs=NEAR), (corners, expected)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("placed", PLACED)
def test_a_card_on_a_table_is_found(modules, placed, ground):
    scene = laid(table(*SIZE, GROUNDS[ground]), card(), PLACED[placed])

    seen = found(modules, scene)

    assert_near(seen["corners"], PLACED[placed])
    assert seen["cut"] == []


def test_a_dark_passport_on_a_light_desk_is_found(modules):
    scene = laid(table(*SIZE, (215, 210, 200)), card((70, 20, 30)), PLACED["turned"])

    assert_near(found(modules, scene)["corners"], PLACED["turned"])


def test_a_card_in_an_upright_frame_is_found(modules):
    placed = [(0.08, 0.36), (0.92, 0.35), (0.93, 0.64), (0.07, 0.65)]
    scene = laid(table(144, 256), card(), placed)

    assert_near(found(modules, scene)["corners"], placed)


def test_a_soft_picture_is_enough(modules):
    scene = laid(table(*SIZE), card(), STRAIGHT).filter(ImageFilter.GaussianBlur(1.5))

    assert_near(found(modules, scene)["corners"], STRAIGHT)


@pytest.mark.parametrize(
    ("placed", "cut"),
    [
        ([(0.1, 0.1), (0.7, 0.2), (0.65, 0.95), (-0.02, 0.86)], [3]),
        ([(0.2, 0.3), (0.8, 0.3), (0.8, 1.1), (0.2, 1.1)], [2, 3]),
        ([(0.45, 0.14), (1.1, 0.14), (1.1, 0.9), (0.45, 0.9)], [1, 2]),
        ([(-0.1, 0.14), (0.55, 0.14), (0.55, 0.9), (-0.1, 0.9)], [0, 3]),
        ([(0.2, -0.15), (0.8, -0.15), (0.8, 0.7), (0.2, 0.7)], [0, 1]),
    ],
)
def test_corners_outside_the_frame_are_named(modules, placed, cut):
    assert found(modules, laid(table(*SIZE), card(), placed))["cut"] == cut


def test_an_empty_table_shows_nothing(modules):
    for ground in GROUNDS.values():
        assert found(modules, table(*SIZE, ground)) is None


def test_lines_of_a_letter_are_no_document(modules):
    letter = Image.new("RGB", SIZE, (235, 235, 230))
    draw = ImageDraw.Draw(letter)
    for line in range(12):
        draw.line((20, 12 + 10 * line, 170 + 13 * (line % 4), 12 + 10 * line), fill=(60, 60, 60), width=2)

    assert found(modules, letter) is None
