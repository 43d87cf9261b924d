"""The face step in the browser: light before it, and the container of its frames."""

import itertools

import pytest
from PIL import Image, ImageDraw

from echt.identity.challenges import MOST_FRAMES, MOST_IN_ALL, frames_of
from tests.identity.browser.test_corners import frame

JPEG = b"\xff\xd8\xff"
SIZE = (120, 160)


def face(skin=(170, 130, 110), shade=None):
    image = Image.new("RGB", SIZE, (90, 95, 100))
    draw = ImageDraw.Draw(image)
    draw.ellipse((20, 25, 100, 135), fill=skin)
    for x in (45, 75):
        draw.ellipse((x - 6, 66, x + 6, 74), fill=(40, 30, 30))
    draw.rectangle((45, 105, 75, 109), fill=(120, 60, 60))
    if shade:
        draw.rectangle((0, 0, 59, 160), fill=shade)
    return image


@pytest.mark.parametrize(
    ("image", "hint"),
    [
        (face(), "good"),
        (face((120, 80, 60)), "good"),
        (Image.new("RGB", SIZE, (20, 20, 22)), "dark"),
        (Image.new("RGB", SIZE, (252, 252, 252)), "bright"),
        (face(shade=(25, 25, 25)), "uneven"),
    ],
)
def test_the_light_on_a_face(modules, image, hint):
    assert modules.call("light.js faceHintOf", frame(image)) == hint


def test_the_movements_begin_when_the_light_was_good_for_a_while(modules):
    looks = [[at, "dark" if at < 600 else "good"] for at in range(0, 2700, 150)]
    told = modules.follow("faces", looks)

    assert [one["hint"] for one in told[:3]] == ["look", "look", "dark"]
    assert next(at for (at, _), one in zip(looks, told, strict=True) if one["ready"]) == 2100


def container(modules, frames):
    return modules.call("frames.js containerOf", frames)


def test_the_server_reads_the_container_that_the_browser_makes(modules):
    frames = [[170 * number, JPEG + bytes([number]) * (1000 + number)] for number in range(14)]

    read = frames_of(container(modules, frames))

    assert [[frame.at, frame.picture] for frame in read] == frames


@pytest.mark.parametrize(("count", "size"), [(200, 1000), (80, 90_000), (300, 60_000)])
def test_what_does_not_fit_is_left_out_evenly(modules, count, size):
    made = container(modules, [[100 * number, JPEG + bytes(size)] for number in range(count)])
    read = [at for at, _ in _cut(made)]

    assert len(made) <= MOST_IN_ALL
    assert 12 <= len(read) <= MOST_FRAMES
    steps = {after - before for before, after in itertools.pairwise(read)}
    assert max(steps) - min(steps) <= 100
    assert read[-1] > 100 * count * 0.9


def test_a_frame_that_is_too_large_is_left_out(modules):
    frames = [[number, JPEG + bytes(250_000 if number == 3 else 10)] for number in range(14)]

    assert [at for at, _ in _cut(container(modules, frames))] == [0, 1, 2, *range(4, 14)]


def _cut(made):
    """The frames of a container, whatever their times."""
    place = 8
    while place < len(made):
        at, length = int.from_bytes(made[place : place + 4]), int.from_bytes(made[place + 4 : place + 8])
        yield at, made[place + 8 : place + 8 + length]
        place += 8 + length
