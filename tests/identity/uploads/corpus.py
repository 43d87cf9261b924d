"""Hostile and broken uploads, by name. Each says what may come of it: a clean picture, or one of some refusals.

`HIDDEN` stands in whatever must not survive. `NEUTRAL`: a clean picture, or none; both are well.
"""

import io
import random
import struct
import zipfile
import zlib
from dataclasses import dataclass

from PIL import Image

from echt.identity.uploads.reasons import Reason
from tests.identity.uploads.drawing import (
    SIZE,
    after_header,
    after_start,
    box,
    camera_exif,
    chunk,
    drawn,
    exif,
    header,
    heic,
    jpeg,
    png,
    png_of,
    saved,
    segment,
    webp,
    webp_of,
    wide_profile,
    with_frame,
)

HIDDEN = b"HIDDEN-7f3a"
SCRIPT = b"<script>alert('" + HIDDEN + b"')</script>"
PHP = b"<?php system($_GET['c']); // " + HIDDEN + b" ?>"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-" + b"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CLEAN = "clean"
BROKEN = (Reason.DAMAGED,)
NEUTRAL = (CLEAN, Reason.DAMAGED)
LAVISH = (CLEAN, Reason.DAMAGED, Reason.TOO_DEMANDING)
OTHER = (Reason.WRONG_TYPE,)
UNKNOWN = (Reason.NOT_A_PICTURE,)
LARGE = (Reason.TOO_MANY_PIXELS,)


@dataclass(frozen=True)
class Sample:
    content: bytes
    allowed: tuple[object, ...] = (CLEAN,)


def zipped(name, content=HIDDEN):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    return out.getvalue()


def animated(kind, **options):
    frames = [drawn().rotate(angle) for angle in (0, 90, 180)]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100, **options)


def many_pictures():
    """A JPEG with a second one behind it, as phones write it (MPF)."""
    second = Image.new("RGB", SIZE, "green")
    return saved(drawn(), "MPO", save_all=True, append_images=[second])


def idat(width, height, channels=3, fill=b"\x80"):
    return chunk(b"IDAT", zlib.compress((b"\0" + fill * width * channels) * height, 9))


END = chunk(b"IEND", b"")


def flood(width, height):
    """A tiny PNG that says it is huge, and is."""
    row = zlib.compressobj(9)
    body = b"".join(row.compress(bytes(1 + width // 8)) for _ in range(min(height, 2000))) + row.flush()
    return png_of(header(width, height, 1, 0), chunk(b"IDAT", body), END)


def interlaced():
    """Adam7: seven passes, each a small picture."""
    starts = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    pixels, rows = drawn().load(), b""
    for left, top, right, down in starts:
        for y in range(top, SIZE[1], down):
            rows += b"\0" + b"".join(bytes(pixels[x, y]) for x in range(left, SIZE[0], right))
    return png_of(header(*SIZE, interlaced=1), chunk(b"IDAT", zlib.compress(rows)), END)


def looped_exif():
    """Directories that name each other, and themselves, as the next one."""
    itself = struct.pack("<I", 8)
    body = struct.pack("<H", 3)
    for tag in (0x8769, 0x8825, 0xA005):
        body += struct.pack("<HHI", tag, 4, 1) + itself
    return b"Exif\0\0" + b"II*\0" + itself + body + itself


def exif_bomb():
    """A tag that says it has four thousand million values."""
    return b"Exif\0\0" + exif((0x010F, 2, 0xFFFFFFFF, struct.pack("<I", 8)), (0x9286, 7, 0x7FFFFFFF, bytes(4)))


def split_profile(profile):
    pieces = [profile[start : start + 60_000] for start in range(0, len(profile), 60_000)]
    return [
        segment(0xE2, b"ICC_PROFILE\0" + bytes([number, len(pieces)]) + piece) for number, piece in enumerate(pieces, 1)
    ]


def vp8x(width, height, flags=0):
    return b"VP8X", bytes([flags, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")


def webp_data():
    """The one chunk of a plain WebP."""
    plain = webp()
    return plain[12:16], plain[20 : 20 + struct.unpack("<I", plain[16:20])[0]]


def huge_heic():
    """A HEIC whose property says 60000 x 60000."""
    good = heic()
    place = good.index(b"ispe") + 8
    return good[:place] + struct.pack(">II", 60000, 60000) + good[place + 8 :]


def jpegs():
    plain, progressive = jpeg(quality=90), jpeg(progressive=True, quality=90)
    gps = camera_exif(gps={1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)}, software=HIDDEN.decode())
    tables = plain.index(b"\xff\xc4")
    return {
        "jpeg plain": Sample(plain),
        "jpeg progressive": Sample(progressive),
        "jpeg grey": Sample(saved(drawn("L"), "JPEG")),
        "jpeg cmyk": Sample(saved(drawn("CMYK"), "JPEG")),
        "jpeg said to be arithmetic coded": Sample(with_frame(plain, marker=0xC9), NEUTRAL),
        "jpeg said to be lossless": Sample(with_frame(plain, marker=0xC3), BROKEN),
        "jpeg said to have twelve bits": Sample(with_frame(plain, precision=12), NEUTRAL),
        "jpeg and zip": Sample(plain + zipped("a.txt")),
        "jpeg and jar": Sample(plain + zipped("META-INF/MANIFEST.MF")),
        "jpeg and script after it": Sample(plain + SCRIPT),
        "jpeg and a second jpeg": Sample(plain + after_start(plain, segment(0xFE, HIDDEN))),
        "jpeg with html in a comment": Sample(after_start(plain, segment(0xFE, b"<html><body>" + SCRIPT))),
        "jpeg with php in a comment": Sample(after_start(plain, segment(0xFE, PHP))),
        "jpeg with eicar in a comment": Sample(after_start(plain, segment(0xFE, HIDDEN + EICAR))),
        "jpeg with php in its exif": Sample(jpeg(exif=camera_exif(model="<?php eval($_POST[0]);" + HIDDEN.decode()))),
        "jpeg with a position": Sample(jpeg(exif=gps)),
        "jpeg with a preview": Sample(after_start(plain, segment(0xE1, b"Exif\0\0" + exif(extra=plain + HIDDEN)))),
        "jpeg with xmp": Sample(
            after_start(plain, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + SCRIPT))
        ),
        "jpeg with iptc": Sample(
            after_start(plain, segment(0xED, b"Photoshop 3.0\0008BIM\4\4\0\0\0\0\0\x10" + HIDDEN))
        ),
        "jpeg with a profile": Sample(jpeg(icc_profile=wide_profile())),
        "jpeg with a profile of garbage": Sample(jpeg(icc_profile=HIDDEN * 100)),
        "jpeg with a profile of ten megabytes": Sample(after_start(plain, *split_profile(HIDDEN * 700_000))),
        "jpeg with a profile that lies about its tags": Sample(
            jpeg(icc_profile=wide_profile()[:128] + b"\xff" * 4 + wide_profile()[132:])
        ),
        "jpeg with a profile in pieces that are missing": Sample(
            after_start(plain, *split_profile(bytes(200_000))[1:])
        ),
        "jpeg turned by exif": Sample(jpeg(exif=camera_exif(orientation=6))),
        "jpeg turned in an impossible way": Sample(jpeg(exif=camera_exif(orientation=77))),
        "jpeg with exif that goes in circles": Sample(after_start(plain, segment(0xE1, looped_exif()))),
        "jpeg with exif that claims four gigabytes": Sample(after_start(plain, segment(0xE1, exif_bomb()))),
        "jpeg with exif cut off": Sample(after_start(plain, segment(0xE1, b"Exif\0\0II*\0\xff\xff"))),
        "jpeg with twenty thousand comments": Sample(after_start(plain, *[segment(0xFE, HIDDEN)] * 20_000)),
        "jpeg with a megabyte of fill bytes": Sample(plain[:2] + b"\xff" * 1_000_000 + plain[2:], NEUTRAL),
        "jpeg with two pictures": Sample(many_pictures()),
        "jpeg without its last byte": Sample(plain[:-1], NEUTRAL),
        "jpeg without its end": Sample(plain[:-2] + SCRIPT, NEUTRAL),
        "jpeg cut in half": Sample(plain[: len(plain) // 2], BROKEN),
        "jpeg without pixels": Sample(plain[: plain.index(b"\xff\xda") + 10], BROKEN),
        "jpeg of four bytes": Sample(plain[:4], BROKEN),
        "jpeg of nothing but its magic": Sample(b"\xff\xd8\xff", BROKEN),
        "jpeg with a segment longer than the file": Sample(plain[:2] + b"\xff\xe1\xff\xff" + plain[2:], BROKEN),
        "jpeg with a segment of length nought": Sample(plain[:2] + b"\xff\xe1\0\0" + plain[2:], NEUTRAL),
        "jpeg taller than it is": Sample(with_frame(plain, height=4000), NEUTRAL),
        "jpeg of 65535 x 65535": Sample(with_frame(plain, width=65535, height=65535), LARGE),
        "jpeg of no height": Sample(with_frame(plain, height=0), (Reason.DAMAGED, Reason.TOO_SMALL)),
        "jpeg of one pixel": Sample(saved(drawn(size=(1, 1)), "JPEG"), (Reason.TOO_SMALL,)),
        "jpeg of a line": Sample(saved(drawn(size=(5000, 2)), "JPEG"), (Reason.TOO_SMALL,)),
        "jpeg without code tables": Sample(plain[:tables] + plain[tables:].replace(b"\xff\xc4", b"\xff\xef"), NEUTRAL),
        "jpeg with broken code tables": Sample(plain[: tables + 5] + b"\xff" * 16 + plain[tables + 21 :], BROKEN),
        "jpeg with noise for pixels": Sample(
            plain[: plain.index(b"\xff\xda") + 14] + random.Random(1).randbytes(5000) + b"\xff\xd9", NEUTRAL
        ),
        "jpeg after a blank line": Sample(b"\r\n" + plain, UNKNOWN),
        "jpeg within html": Sample(b"<html>" + plain, OTHER),
    }


def pngs():
    plain, deep = png(), Image.new("I;16", SIZE, 0x8000)
    palette = drawn().quantize(8)
    seen_through = drawn("RGBA")
    seen_through.putalpha(128)
    text = b"Comment\0"
    bomb = zlib.compress(bytes(100_000_000), 9)
    at_end = plain[:-12]
    return {
        "png plain": Sample(plain),
        "png of sixteen bits": Sample(png(deep)),
        "png of sixteen bits a colour": Sample(
            png_of(header(*SIZE, 16), idat(*SIZE, channels=6), END),
        ),
        "png with a palette that has a hole": Sample(png(palette, transparency=0)),
        "png with php for a palette": Sample(
            png_of(header(*SIZE, 8, 3), chunk(b"PLTE", PHP.ljust(48)[:48]), idat(*SIZE, channels=1, fill=b"\1"), END)
        ),
        "png of one bit": Sample(png(drawn("1"))),
        "png of grey with a veil": Sample(png(drawn("LA"))),
        "png half seen through": Sample(png(seen_through)),
        "png with one colour seen through": Sample(png(drawn(), transparency=(200, 40, 40))),
        "png interlaced": Sample(interlaced()),
        "png and script": Sample(plain + SCRIPT),
        "png and javascript from its first byte": Sample(
            after_header(plain, chunk(b"tEXt", text + b"*/alert(1)/*" + HIDDEN))
        ),
        "png with xmp": Sample(after_header(plain, chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SCRIPT))),
        "png with exif": Sample(after_header(plain, chunk(b"eXIf", camera_exif(software=HIDDEN.decode())[6:]))),
        "png with a name of the author": Sample(after_header(plain, chunk(b"tEXt", b"Author\0" + HIDDEN))),
        "png with data of nobody's kind": Sample(after_header(plain, chunk(b"teSt", HIDDEN * 10))),
        "png with a text of eight megabytes": Sample(
            after_header(plain, chunk(b"tEXt", text + bytes(8_000_000))), NEUTRAL
        ),
        "png with a text that unpacks to 100 megabytes": Sample(
            after_header(plain, chunk(b"zTXt", text + b"\0" + bomb)), NEUTRAL
        ),
        "png with a second such text": Sample(after_header(plain, chunk(b"iTXt", text + b"\1\0\0\0" + bomb)), NEUTRAL),
        "png with a profile that unpacks to 100 megabytes": Sample(
            after_header(plain, chunk(b"iCCP", b"x\0\0" + bomb)), NEUTRAL
        ),
        "png with ninety texts of a megabyte": Sample(
            after_header(plain, *[chunk(b"zTXt", text + b"\0" + zlib.compress(bytes(900_000), 9))] * 90), NEUTRAL
        ),
        "png with thirty thousand chunks": Sample(
            after_header(plain, *[chunk(b"tEXt", text + HIDDEN)] * 30_000), NEUTRAL
        ),
        "png of thirty thousand empty pixel chunks": Sample(
            png_of(header(*SIZE), *[chunk(b"IDAT", b"")] * 30_000, idat(*SIZE), END), NEUTRAL
        ),
        "png whose pixels unpack to 100 megabytes": Sample(
            png_of(header(*SIZE), chunk(b"IDAT", zlib.compress(bytes(100_000_000), 9)), END), LAVISH
        ),
        "png of 20000 x 20000": Sample(flood(20_000, 20_000), LARGE),
        "png one pixel above the limit": Sample(png_of(header(8000, 5001), idat(10, 10), END), LARGE),
        "png of four thousand million a side": Sample(png_of(header(0xFFFFFFFF, 0xFFFFFFFF), END), (*LARGE, *BROKEN)),
        "png of no width": Sample(png_of(header(0, 80), idat(1, 80), END), (Reason.TOO_SMALL, Reason.DAMAGED)),
        "png taller than it is": Sample(png_of(header(96, 4000), idat(*SIZE), END), NEUTRAL),
        "png wider than it is": Sample(png_of(header(9600, 80), idat(*SIZE), END), NEUTRAL),
        "png with a wrong sum of its header": Sample(plain[:29] + b"\0\0\0\0" + plain[33:], BROKEN),
        "png with a wrong sum of its pixels": Sample(at_end[:-4] + b"\0\0\0\0" + END, NEUTRAL),
        "png with a chunk longer than the file": Sample(after_header(plain, b"\xff\xff\xff\xfftEXt"), BROKEN),
        "png without a header": Sample(png_of(idat(*SIZE), END), BROKEN),
        "png with two headers": Sample(after_header(plain, header(5000, 5000)), NEUTRAL),
        "png without pixels": Sample(png_of(header(*SIZE), END), BROKEN),
        "png without an end": Sample(at_end, NEUTRAL),
        "png without its last byte": Sample(plain[:-1], NEUTRAL),
        "png cut in half": Sample(png(Image.effect_noise((300, 300), 80))[:20_000], BROKEN),
        "png of eight bytes": Sample(plain[:8], BROKEN),
        "png of a depth that does not exist": Sample(png_of(header(*SIZE, 7), idat(*SIZE), END), BROKEN),
        "png that moves": Sample(animated("PNG"), (Reason.ANIMATED,)),
        "png said to move and without frames": Sample(
            after_header(plain, chunk(b"acTL", struct.pack(">II", 0x7FFFFFFF, 0))), (Reason.ANIMATED, *NEUTRAL)
        ),
    }


def webps():
    plain, told = webp(), camera_exif(software=HIDDEN.decode())
    return {
        "webp plain": Sample(plain),
        "webp without loss, seen through": Sample(webp(drawn("RGBA"), lossless=True)),
        "webp with exif and xmp": Sample(webp(exif=told, xmp=SCRIPT)),
        "webp and script": Sample(plain + SCRIPT),
        "webp with data of nobody's kind": Sample(webp_of(vp8x(*SIZE), webp_data(), (b"evil", HIDDEN))),
        "webp that moves": Sample(animated("WEBP"), (Reason.ANIMATED,)),
        "webp cut in half": Sample(plain[: len(plain) // 2], BROKEN),
        "webp of twenty bytes": Sample(plain[:20], BROKEN),
        "webp of 16384 x 16384": Sample(webp_of(vp8x(16384, 16384), webp_data()), LARGE),
        "webp whose frame is larger than its canvas": Sample(webp_of(vp8x(64, 64), webp_data()), NEUTRAL),
        "webp without loss of 16384 x 16384": Sample(
            webp_of((b"VP8L", b"\x2f" + (16383 | 16383 << 14).to_bytes(4, "little") + bytes(20))), LARGE
        ),
        "webp with a chunk longer than the file": Sample(plain[:16] + b"\xff\xff\xff\x7f" + plain[20:], BROKEN),
    }


def heics():
    plain = heic()
    brands = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    return {
        "heic plain": Sample(plain),
        "heic with exif": Sample(heic(exif=camera_exif(software=HIDDEN.decode()))),
        "heic and script": Sample(plain + SCRIPT),
        "heic cut in half": Sample(plain[: len(plain) // 2], BROKEN),
        "heic without its last byte": Sample(plain[:-1], NEUTRAL),
        "heic of 60000 x 60000": Sample(huge_heic(), (*LARGE, *BROKEN)),
        "heic of brands alone": Sample(brands, BROKEN),
        "heic of noise": Sample(brands + random.Random(2).randbytes(5000), BROKEN),
        "heic of boxes in boxes": Sample(brands + nested(500), BROKEN),
        "heic with pixels of noise": Sample(
            plain[: plain.index(b"mdat") + 12] + random.Random(3).randbytes(2000), NEUTRAL
        ),
        "heic sequence": Sample(plain.replace(b"ftypheic", b"ftyphevc"), (Reason.ANIMATED,)),
        "avif": Sample(saved(drawn(), "AVIF"), OTHER),
        "avif with a general brand": Sample(box(b"ftyp", b"mif1\0\0\0\0mif1avifmiaf") + bytes(200), OTHER),
        "mp4": Sample(box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41") + box(b"moov", bytes(100)), OTHER),
    }


def nested(depth):
    body = b""
    for _ in range(depth):
        body = box(b"meta", bytes(4) + body)
    return body


def others():
    pdf = b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF"
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    return {
        "nothing": Sample(b"", (Reason.EMPTY,)),
        "one byte": Sample(b"\xff", UNKNOWN),
        "ten megabytes and a byte": Sample(jpeg() + bytes(10_000_001 - len(jpeg())), (Reason.TOO_BIG,)),
        "ten megabytes": Sample(jpeg() + bytes(10_000_000 - len(jpeg()))),
        "gif": Sample(saved(drawn(), "GIF"), OTHER),
        "gif that moves": Sample(animated("GIF"), OTHER),
        "gif and jar": Sample(saved(drawn(), "GIF") + zipped("META-INF/MANIFEST.MF"), OTHER),
        "gif and javascript": Sample(b"GIF89a/*" + bytes(8) + b"*/=1;alert(1)", OTHER),
        "bmp": Sample(saved(drawn(), "BMP"), OTHER),
        "tiff": Sample(saved(drawn(), "TIFF"), OTHER),
        "ico": Sample(saved(drawn(size=(64, 64)), "ICO"), OTHER),
        "psd": Sample(b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 80, 96, 8, 3) + bytes(12), OTHER),
        "jpeg 2000": Sample(saved(drawn(), "JPEG2000"), OTHER),
        "jpeg xl": Sample(b"\xff\x0a" + bytes(30), OTHER),
        "eps": Sample(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 96 80\n(%pipe%id) (w) file\n", OTHER),
        "eps with a preview": Sample(b"\xc5\xd0\xd3\xc6" + bytes(40), OTHER),
        "svg": Sample(svg, OTHER),
        "svg after a declaration": Sample(b"\xef\xbb\xbf<?xml version='1.0'?>\n" + svg, OTHER),
        "xml that reads a file": Sample(
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', OTHER
        ),
        "html": Sample(b"  <!DOCTYPE html><title>x</title>" + SCRIPT, OTHER),
        "pdf": Sample(pdf, OTHER),
        "pdf with a jpeg in it": Sample(pdf + jpeg(), OTHER),
        "pdf after a jpeg's magic": Sample(b"\xff\xd8\xff\xe0" + pdf, BROKEN),
        "zip": Sample(zipped("a.txt"), OTHER),
        "office document": Sample(zipped("word/vbaProject.bin"), OTHER),
        "zip with a jpeg's name in it": Sample(zipped("../../photo.jpg", jpeg()), OTHER),
        "gzip": Sample(b"\x1f\x8b\x08" + bytes(20), OTHER),
        "rtf": Sample(b"{\\rtf1 text}", OTHER),
        "program for windows": Sample(b"MZ" + bytes(58) + b"This program cannot be run in DOS mode", OTHER),
        "program for linux": Sample(b"\x7fELF\2\1\1" + bytes(60), OTHER),
        "sound": Sample(b"RIFF" + struct.pack("<I", 40) + b"WAVEfmt " + bytes(32), OTHER),
        "film": Sample(b"\x1aE\xdf\xa3" + bytes(60), OTHER),
        "shell script": Sample(b"#!/bin/sh\nid\n", UNKNOWN),
        "text": Sample(b"This is me.", UNKNOWN),
        "text called a picture": Sample(b"photo.jpg\0.php", UNKNOWN),
        "imagemagick script": Sample(b"push graphic-context\nimage over 0,0 0,0 'https://example.org/x'\n", UNKNOWN),
        "netpbm": Sample(b"P6\n96 80\n255\n" + bytes(96 * 80 * 3), UNKNOWN),
        "pcx": Sample(saved(drawn(), "PCX"), UNKNOWN),
        "pickle": Sample(b"\x80\x04cos\nsystem\n(S'id'\ntR.", UNKNOWN),
        "noise": Sample(random.Random(4).randbytes(100_000), UNKNOWN),
        "zeroes": Sample(bytes(100_000), UNKNOWN),
    }


def corpus():
    """Every sample by its name."""
    return {**jpegs(), **pngs(), **webps(), **heics(), **others()}
