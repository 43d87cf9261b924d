"""The mark on pictures: over every part, so that no crop is without it."""

from io import BytesIO

import pytest
from PIL import Image, ImageChops

from echt.desk.identity.watermark import marked

WORDS = "Mara 2026-11-22T12:00:00Z 7F3A-91C2"


def a_picture(size=(1200, 800)):
    out = BytesIO()
    Image.new("RGB", size, (60, 90, 90)).save(out, "JPEG", quality=95)
    return out.getvalue()


def opened(content):
    return Image.open(BytesIO(content)).convert("L")


def test_rule_1_every_third_of_the_picture_carries_it():
    plain, shown = opened(a_picture()), opened(marked(a_picture(), words=WORDS))
    difference = ImageChops.difference(plain, shown).point(lambda value: 255 if value > 12 else 0)

    for left in range(0, 1200, 400):
        for top in range(0, 800, 400):
            assert difference.crop((left, top, left + 400, top + 400)).getbbox(), (left, top)


def test_it_leaves_most_of_the_picture_as_it_is():
    difference = ImageChops.difference(opened(a_picture()), opened(marked(a_picture(), words=WORDS)))
    touched = sum(count for value, count in enumerate(difference.histogram()) if value > 12)

    assert 0.005 < touched / (1200 * 800) < 0.2


@pytest.mark.parametrize("size", [(8, 8), (3000, 400), (400, 3000)])
def test_every_shape_keeps_its_size(size):
    assert opened(marked(a_picture(size), words=WORDS)).size == size


def test_a_part_is_cut_out_with_a_margin_inside_the_picture():
    part = opened(marked(a_picture(), words=WORDS, part=((0.0, 0.5), (0.2, 1.0))))

    assert part.size == (300, 500)
