"""What the browser measures of a frame, and what it says to whom one hint follows another."""

import pytest
from PIL import ImageDraw, ImageEnhance, ImageFilter

from tests.identity.browser.scenes import laid, table
from tests.identity.browser.test_corners import STRAIGHT, card, frame

SIZE = (256, 144)


@pytest.fixture(scope="module")
def scene():
    return laid(table(*SIZE), card(), STRAIGHT)


def look(modules, image):
    return modules.call("frame.js look", frame(image))


def hint(modules, seen, **options):
    return modules.call("frame.js hintOf", seen, options)


def changed(modules, image, **figures):
    return {**look(modules, image), **figures}


def test_a_good_frame_is_good(modules, scene):
    seen = look(modules, scene)

    assert hint(modules, seen) == "good"
    assert seen["width"] == pytest.approx(0.6, abs=0.02)
    assert seen["tilt"] == pytest.approx(1, abs=0.05)
    assert seen["glare"] == 0


def test_blur_is_measured(modules):
    sharp = laid(table(1280, 720), card(), STRAIGHT).crop((440, 230, 840, 490))
    figures = [
        modules.follow("blur", frame(image))
        for image in (sharp, *(sharp.filter(ImageFilter.GaussianBlur(radius)) for radius in (1, 2, 4)))
    ]

    assert figures == sorted(figures)
    assert figures[0] < 0.42
    assert figures[-1] > 0.55
    assert hint(modules, {**look(modules, laid(table(*SIZE), card(), STRAIGHT)), "blur": figures[-1]}) == "blurred"


def test_light_is_measured(modules, scene):
    dark = ImageEnhance.Brightness(scene).enhance(0.28)
    night = ImageEnhance.Brightness(scene).enhance(0.04)

    assert hint(modules, look(modules, dark)) == "dark"
    assert hint(modules, look(modules, night)) == "dark"
    assert hint(modules, changed(modules, scene, light=240)) == "bright"


def test_glare_is_a_burnt_out_spot_and_not_white_paper(modules, scene):
    spot = scene.copy()
    ImageDraw.Draw(spot).ellipse((150, 50, 186, 86), fill=(255, 255, 255))
    seen = look(modules, spot)
    paper = laid(table(*SIZE), card((250, 250, 250)), STRAIGHT)

    assert seen["glare"] > 0.03
    assert hint(modules, seen) == "glare"
    assert look(modules, paper)["glare"] == 0


def test_a_document_seen_from_the_side_is_tilted(modules):
    aslant = laid(table(*SIZE), card(), [(0.32, 0.2), (0.68, 0.2), (0.85, 0.86), (0.15, 0.86)])
    seen = look(modules, aslant)

    assert seen["tilt"] > 1.3
    assert hint(modules, seen) == "tilted"


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({"corners": None, "light": 120}, "missing"),
        ({"corners": None, "light": 10}, "dark"),
        ({"cut": [3], "width": 0.1, "light": 10}, "cut"),
        ({"width": 0.3, "tilt": 2}, "far"),
        ({"tilt": 2, "light": 10}, "tilted"),
        ({"light": 10, "glare": 0.5}, "dark"),
        ({"glare": 0.5, "blur": 0.9}, "glare"),
        ({"blur": 0.9}, "blurred"),
    ],
)
def test_the_most_helpful_hint_comes_first(modules, scene, figures, said):
    assert hint(modules, changed(modules, scene, **figures)) == said


def test_what_is_good_stays_good_a_little_longer(modules, scene):
    between = changed(modules, scene, blur=0.48)

    assert hint(modules, between) == "blurred"
    assert hint(modules, between, good=True) == "good"
    assert hint(modules, changed(modules, scene, blur=0.52), good=True) == "blurred"


def test_a_camera_of_few_pixels_must_come_closer(modules, scene):
    assert hint(modules, look(modules, scene), least=0.7) == "far"


def test_the_picture_takes_itself_after_everything_was_right_for_a_while(modules, scene):
    seen = look(modules, scene)
    told = modules.follow("documents", [[at, seen] for at in range(0, 1000, 100)])

    assert [one["ready"] for one in told] == [False] * 7 + [True] * 3
    assert [one["hint"] for one in told[:4]] == ["missing", "missing", "missing", "good"]


def test_a_hint_does_not_flicker(modules, scene):
    good, glare = look(modules, scene), changed(modules, scene, glare=0.5)
    looks = [[at, glare if at == 500 else good] for at in range(0, 1500, 100)]
    told = modules.follow("documents", looks)

    assert {one["hint"] for one in told[3:]} == {"good"}
    assert not told[10]["ready"]
    assert told[13]["ready"]


def test_a_hand_that_shakes_is_told_to_hold_still(modules, scene):
    seen = look(modules, scene)
    moved = [[x + 0.05, y] for x, y in seen["corners"]]
    looks = [[at, seen if at % 200 else {**seen, "corners": moved}] for at in range(0, 1500, 100)]
    told = modules.follow("documents", looks)

    assert not any(one["ready"] for one in told)
    assert told[-1]["hint"] == "moving"


@pytest.mark.parametrize(
    ("picture", "box", "fit", "place"),
    [
        ({"width": 1280, "height": 720}, {"width": 640, "height": 360}, "cover", [160, 90]),
        ({"width": 720, "height": 1280}, {"width": 390, "height": 600}, "cover", [97.5, 126.67]),
        ({"width": 1280, "height": 720}, {"width": 390, "height": 600}, "contain", [97.5, 245.16]),
    ],
)
def test_a_place_of_the_picture_is_drawn_where_it_is_seen(modules, picture, box, fit, place):
    assert modules.call("frame.js fitOf", picture, box) == fit
    assert modules.call("frame.js shownAt", [0.25, 0.25], picture, box) == pytest.approx(place, abs=0.01)
