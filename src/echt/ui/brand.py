"""What the operator's brand puts into a page: its colour, its mark, the QR code of its address.

Colour and mark have the hash of their content in their address, so that a browser may keep them for good.
"""

from functools import cache
from hashlib import sha256
from io import BytesIO
from xml.etree import ElementTree as ET  # `_drawing` refuses entities

import segno
from django.templatetags.static import static
from django.urls import reverse

from echt.ui.settings import brand_settings, web_settings

SVG = "http://www.w3.org/2000/svg"
LARGEST_MARK = 32 * 1024
DRAWING = frozenset(
    {
        "circle",
        "defs",
        "ellipse",
        "g",
        "line",
        "path",
        "polygon",
        "polyline",
        "rect",
        "svg",
        "symbol",
        "title",
        "use",
    }
)
INK_BINDS = " --primary: var(--ink); --primary-firm: var(--ink-soft); --on-primary: var(--ground);"


class MarkRefused(ValueError):
    """The file with the brand's mark cannot be used; the message says why."""


def stylesheet() -> bytes:
    """The brand's colour as tokens; it follows `tokens.css` in the page."""
    brand = brand_settings()
    ink = INK_BINDS if brand.red else ""
    return f"@layer tokens {{\n  :root {{ --brand: {brand.colour};{ink} }}\n}}\n".encode()


@cache
def mark() -> bytes:
    """The operator's mark as an SVG that both stands alone and holds the symbol `brand`.

    Raises:
        MarkRefused: there is no such file, or it is more than a plain drawing.
    """
    path = brand_settings().mark
    if path is None:
        raise MarkRefused("No mark is set.")
    try:
        return _with_symbol(path.read_bytes())
    except OSError as error:
        raise MarkRefused(f"The mark cannot be read: {error}") from error


@cache
def qr() -> bytes:
    """The QR code of the site's address: black on white in both appearances, so that every camera reads it."""
    drawing = BytesIO()
    segno.make(f"{web_settings().origin}/", error="m", micro=False).save(
        drawing,
        kind="svg",
        border=4,
        dark="#000",
        light="#fff",
        svgclass=None,
        lineclass=None,
        omitsize=True,
        nl=False,
    )
    return drawing.getvalue()


def digest(content: bytes) -> str:
    """The part of a file's address that changes with its content."""
    return sha256(content).hexdigest()[:16]


def stylesheet_url() -> str:
    return reverse("ui:brand", args=[digest(stylesheet())])


def mark_url() -> str:
    """The mark as a picture of its own: the page's icon."""
    return reverse("ui:mark", args=[digest(mark())]) if brand_settings().mark else static("ui/mark.svg")


def symbol_url() -> str:
    """The mark for `<use href>`, which takes the colour of the text around it."""
    return f"{mark_url()}#brand" if brand_settings().mark else f"{static('ui/icons.svg')}#brand"


def _with_symbol(source: bytes) -> bytes:
    drawing = _drawing(source)
    box = drawing.get("viewBox")
    if not box:
        raise MarkRefused("The mark has no viewBox, so that nobody knows its size.")
    whole = ET.Element(f"{{{SVG}}}svg", {"viewBox": box})
    symbol = ET.SubElement(whole, f"{{{SVG}}}symbol", {"id": "brand", "viewBox": box})
    symbol.extend(drawing)
    ET.SubElement(whole, f"{{{SVG}}}use", {"href": "#brand"})
    ET.register_namespace("", SVG)
    return ET.tostring(whole)


def _drawing(source: bytes) -> ET.Element:
    if len(source) > LARGEST_MARK:
        raise MarkRefused(f"The mark is larger than {LARGEST_MARK // 1024} kB.")
    if b"<!DOCTYPE" in source or b"<!ENTITY" in source:
        raise MarkRefused("The mark declares a document type; remove it.")
    try:
        drawing = ET.fromstring(source)  # noqa: S314  # no document type, hence no entities
    except ET.ParseError as error:
        raise MarkRefused(f"The mark is not an SVG file: {error}") from error
    for element in drawing.iter():
        _refuse_more_than_drawing(element)
    return drawing


def _refuse_more_than_drawing(element: ET.Element) -> None:
    namespace, _, name = element.tag.rpartition("}")
    if namespace != f"{{{SVG}" or name not in DRAWING:
        raise MarkRefused(f"The mark holds more than a plain drawing: <{name}>.")
    for attribute, value in element.items():
        plain = attribute.rpartition("}")[2].lower()
        if plain == "style" or plain.startswith("on") or (plain == "href" and not value.startswith("#")):
            raise MarkRefused(f"The mark holds more than a plain drawing: {plain}.")
