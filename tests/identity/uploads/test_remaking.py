"""What a picture looks like afterwards. Runs the code of the confined process here, without its confinement."""

import io

import pytest
from PIL import Image

from echt.identity.uploads.opening import MOST_PIXELS, opened
from echt.identity.uploads.reasons import Reason, Unfit
from echt.identity.uploads.remaking import remade
from tests.identity.uploads.drawing import (
    LEFT,
    RIGHT,
    SIZE,
    camera_exif,
    drawn,
    heic,
    jpeg,
    png,
    saved,
    webp,
    wide_profile,
)


def picture(content):
    image = Image.open(io.BytesIO(remade(content).jpeg))
    image.load()
    return image


def colours(image):
    """Those in the middle of the left and of the right half."""
    return [image.getpixel((image.width * part // 4, image.height // 2)) for part in (1, 3)]


def about(found, wanted, by=14):
    return all(
        abs(one - other) <= by for pair in zip(found, wanted, strict=True) for one, other in zip(*pair, strict=True)
    )


@pytest.mark.parametrize(
    "content",
    [
        jpeg(),
        jpeg(progressive=True),
        png(),
        webp(),
        webp(lossless=True),
        heic(),
        png(drawn("RGBA")),
        png(drawn().quantize(4)),
    ],
    ids=["jpeg", "progressive", "png", "webp", "lossless", "heic", "rgba", "palette"],
)
def test_rule_1_what_it_shows_stays(content):
    image = picture(content)

    assert image.size == SIZE
    assert about(colours(image), [LEFT, RIGHT])


def test_rule_1_cmyk_becomes_the_same_colours():
    assert about(colours(picture(saved(drawn("CMYK"), "JPEG", quality=95))), [LEFT, RIGHT])


@pytest.mark.parametrize("value", [0, 0x4000, 0x8000, 0xFFFF])
def test_rule_1_sixteen_bits_become_the_same_brightness(value):
    image = picture(png(Image.new("I;16", SIZE, value)))

    assert about(colours(image), [(value >> 8,) * 3] * 2, by=3)


@pytest.mark.parametrize(("orientation", "upper_left"), [(1, LEFT), (2, RIGHT), (3, RIGHT), (4, LEFT)])
def test_rule_2_it_stands_upright_that_lay_on_its_side(orientation, upper_left):
    image = picture(jpeg(exif=camera_exif(orientation=orientation)))

    assert image.size == SIZE
    assert about([image.getpixel((10, 10))], [upper_left])


@pytest.mark.parametrize(("orientation", "top"), [(5, LEFT), (6, LEFT), (7, RIGHT), (8, RIGHT)])
def test_rule_2_it_stands_upright_that_stood_on_its_side(orientation, top):
    image = picture(jpeg(exif=camera_exif(orientation=orientation)))

    assert image.size == SIZE[::-1]
    assert about([image.getpixel((image.width // 2, 10))], [top])


@pytest.mark.parametrize("content", [png, webp, heic])
def test_rule_2_the_others_stand_upright_too(content):
    image = picture(content(exif=camera_exif(orientation=6)))

    assert image.size == SIZE[::-1]
    assert about([image.getpixel((image.width // 2, 10))], [LEFT])


@pytest.mark.parametrize(
    "image",
    [Image.new("RGBA", SIZE, (0, 0, 0, 0)), Image.new("LA", SIZE, (0, 0))],
    ids=["rgba", "la"],
)
def test_rule_2_what_is_seen_through_is_white(image):
    assert about(colours(picture(png(image))), [(255, 255, 255)] * 2, by=1)


def test_rule_2_a_colour_that_is_seen_through_is_white():
    image = picture(png(Image.new("RGB", SIZE, (1, 2, 3)), transparency=(1, 2, 3)))

    assert about(colours(image), [(255, 255, 255)] * 2, by=1)


def test_rule_2_colours_go_through_the_files_own_profile():
    plain, wide = (colours(picture(jpeg(**options))) for options in ({}, {"icc_profile": wide_profile()}))

    assert wide[0][0] > plain[0][0] + 8


def test_rule_2_no_side_is_longer_than_4096():
    image = picture(saved(drawn(size=(6000, 1500)), "JPEG"))

    assert image.size == (4096, 1024)
    assert about(colours(image), [LEFT, RIGHT])


def test_rule_3_it_is_a_jpeg_in_full_colour_resolution_of_quality_92():
    tables = Image.open(io.BytesIO(saved(drawn(), "JPEG", quality=92))).quantization
    image = picture(png())

    assert image.quantization == tables
    assert [layer[1:3] for layer in image.layer] == [(1, 1)] * 3


def test_the_limit_of_pixels_is_exact():
    just = Image.new("1", (8000, MOST_PIXELS // 8000))
    assert opened(png(just)).size == (8000, 5000)

    with pytest.raises(Unfit) as unfit:
        opened(png(Image.new("1", (8001, MOST_PIXELS // 8000))))
    assert unfit.value.reason is Reason.TOO_MANY_PIXELS


def test_what_the_file_says_of_itself_is_told():
    told = camera_exif(make="Maker", model="Model 7", software="Photo Editor 2", taken_at="2026:11:01 09:30:00")

    for content in (jpeg(exif=told), png(exif=told), webp(exif=told), heic(exif=told)):
        assert remade(content).origin == {
            "make": "Maker",
            "model": "Model 7",
            "software": "Photo Editor 2",
            "taken_at": "2026:11:01 09:30:00",
        }


def test_a_plain_file_says_nothing():
    assert remade(png()).origin == {}


@pytest.mark.parametrize(
    "content",
    [
        jpeg(exif=camera_exif(comment=b"ASCII\0\0\0Screenshot")),
        jpeg(exif=camera_exif(software="gnome-screenshot 41")),
        png(exif=camera_exif(software="Flameshot")),
    ],
)
def test_a_picture_of_a_screen_that_says_so_is_noticed(content):
    assert remade(content).origin["screenshot"]
