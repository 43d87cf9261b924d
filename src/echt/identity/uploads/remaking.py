"""A picture made anew from its pixels. Runs in the confined process alone (`child`).

1. Only pixels pass: they are painted on a fresh canvas, which knows nothing of the file they came from.
2. The picture stands upright, in sRGB, on white where it was transparent, and no side is longer than `LONGEST`.
3. It is a JPEG of quality 92 with colours in full resolution, without description, profile, preview or comment.
"""

import io
from dataclasses import dataclass, field
from typing import cast

from PIL import Image, ImageCms

from echt.identity.uploads.opening import opened
from echt.identity.uploads.origin import facts_of, tags_of
from echt.identity.uploads.reasons import Reason, Unfit

LONGEST = 4096
QUALITY = 92
MOST_PROFILE = 2_000_000
SRGB = ImageCms.createProfile("sRGB")
ORIENTATION = 0x0112
Turn = Image.Transpose
UPRIGHT = {
    2: Turn.FLIP_LEFT_RIGHT,
    3: Turn.ROTATE_180,
    4: Turn.FLIP_TOP_BOTTOM,
    5: Turn.TRANSPOSE,
    6: Turn.ROTATE_270,
    7: Turn.TRANSVERSE,
    8: Turn.ROTATE_90,
}
DIRECT = {"L", "RGB", "CMYK"}
SPACES = {"L": "GRAY", "RGB": "RGB", "CMYK": "CMYK"}


@dataclass(frozen=True, kw_only=True)
class Remade:
    """The new picture, and what the old file said of itself."""

    jpeg: bytes = field(repr=False)
    width: int
    height: int
    origin: dict[str, str]


def remade(content: bytes) -> Remade:
    """The picture anew.

    Raises:
        Unfit: with the reason.
    """
    image = opened(content)
    origin = facts_of(image)
    try:
        canvas = _canvas(image)
        jpeg = _jpeg(canvas)
    except MemoryError:
        raise Unfit(Reason.TOO_DEMANDING) from None
    except Exception:  # noqa: BLE001  # whatever is odd about its pixels, the answer is one of ours
        raise Unfit(Reason.DAMAGED) from None
    return Remade(jpeg=jpeg, width=canvas.width, height=canvas.height, origin=origin)


def _canvas(image: Image.Image) -> Image.Image:
    turn = UPRIGHT.get(tags_of(image).get(ORIENTATION, 1))
    profile = image.info.get("icc_profile")
    plain = _in_plain_colours(image)
    plain.thumbnail((LONGEST, LONGEST), Image.Resampling.BICUBIC, reducing_gap=2.0)
    if turn is not None:
        plain = plain.transpose(turn)
    plain = _in_srgb(_on_white(plain), profile)
    canvas = Image.new("RGB", plain.size)
    canvas.paste(plain)
    return canvas


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """Grey, RGB, CMYK, or RGBA: eight bits each, without a palette."""
    if image.mode.startswith("I"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in DIRECT else image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image.getchannel("A"))
    return white


def _in_srgb(image: Image.Image, profile: object) -> Image.Image:
    """Through the file's own profile, where it has a usable one; otherwise its numbers count as they are."""
    try:
        source = _usable(profile, image.mode)
        if source is not None:
            return cast("Image.Image", ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB"))
    except Exception:  # noqa: BLE001, S110  # a damaged profile is no reason to refuse the picture
        pass
    return image.convert("RGB")


def _usable(profile: object, mode: str) -> ImageCms.ImageCmsProfile | None:
    if not isinstance(profile, bytes) or not 0 < len(profile) <= MOST_PROFILE:
        return None
    found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    described = found.profile.profile_description or ""
    if found.profile.xcolor_space.strip() != SPACES[mode] or "sRGB" in described:
        return None
    return found


def _jpeg(canvas: Image.Image) -> bytes:
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()
