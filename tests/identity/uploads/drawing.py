"""Pictures for tests, drawn here: small, and each with colours that can be recognised afterwards."""

import io
import struct
import zlib

from PIL import Image, ImageCms

SIZE = (96, 80)
LEFT, RIGHT = (200, 40, 40), (40, 60, 200)


def drawn(mode="RGB", size=SIZE):
    """The left half red, the right half blue."""
    image = Image.new("RGB", size, LEFT)
    image.paste(RIGHT, (size[0] // 2, 0, *size))
    return image.convert(mode)


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def jpeg(**options):
    return saved(drawn(), "JPEG", **options)


def png(image=None, **options):
    return saved(image or drawn(), "PNG", **options)


def webp(image=None, **options):
    return saved(image or drawn(), "WEBP", **options)


def heic(image=None, **options):
    import pillow_heif

    pillow_heif.register_heif_opener()
    return saved(image or drawn(), "HEIF", **options)


def segment(marker, body):
    """A segment of a JPEG."""
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def after_start(content, *segments):
    """A JPEG with further segments at its beginning."""
    return content[:2] + b"".join(segments) + content[2:]


def with_frame(content, *, width=None, height=None, marker=None, precision=None):
    """A JPEG whose frame says something else than is true."""
    place = content.index(b"\xff\xc0")
    changed = bytearray(content)
    if marker is not None:
        changed[place + 1] = marker
    if precision is not None:
        changed[place + 4] = precision
    if height is not None:
        changed[place + 5 : place + 7] = struct.pack(">H", height)
    if width is not None:
        changed[place + 7 : place + 9] = struct.pack(">H", width)
    return bytes(changed)


def chunk(name, body, crc=None):
    """A chunk of a PNG."""
    true = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", true if crc is None else crc)


def header(width, height, depth=8, colour=2, interlaced=0):
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced))


def png_of(*chunks):
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def after_header(content, *chunks):
    """A PNG with further chunks after its header."""
    return content[:33] + b"".join(chunks) + content[33:]


def webp_of(*chunks):
    body = b"WEBP" + b"".join(
        name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def box(name, body=b""):
    """A box of a HEIC."""
    return struct.pack(">I", len(body) + 8) + name + body


def exif(*entries, orientation=None, extra=b""):
    """A TIFF structure, little-endian: entries are (tag, type, count, value of four bytes)."""
    listed = [*entries, *([(0x0112, 3, 1, struct.pack("<HH", orientation, 0))] if orientation else [])]
    body = struct.pack("<H", len(listed))
    body += b"".join(struct.pack("<HHI", tag, kind, count) + value for tag, kind, count, value in listed)
    return b"II*\0" + struct.pack("<I", 8) + body + struct.pack("<I", 0) + extra


def camera_exif(**said):
    """What a camera writes, through Pillow."""
    tags = Image.Exif()
    names = {"make": 0x010F, "model": 0x0110, "software": 0x0131, "orientation": 0x0112}
    for name, value in said.items():
        if name in names:
            tags[names[name]] = value
    if "taken_at" in said:
        tags.get_ifd(0x8769)[0x9003] = said["taken_at"]
    if "comment" in said:
        tags.get_ifd(0x8769)[0x9286] = said["comment"]
    if "gps" in said:
        tags.get_ifd(0x8825).update(said["gps"])
    return tags.tobytes()


def wide_profile():
    """A profile in which the same numbers mean stronger colours: sRGB's with its first two columns stretched."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for name in (b"rXYZ", b"gXYZ"):
        entry = profile.index(name)
        offset = struct.unpack(">I", profile[entry + 4 : entry + 8])[0] + 8
        x, y, z = struct.unpack(">iii", profile[offset : offset + 12])
        profile[offset : offset + 12] = struct.pack(">iii", x * 12 // 10, y, z)
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "wide".encode("utf-16-be"))
