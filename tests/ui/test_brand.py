from xml.etree import ElementTree as ET

import pytest

from echt.ui import brand, context

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{}</svg>'
PLAIN = SVG.format('<path d="M0 0h24v24z" fill="currentColor"/>')

pytestmark = pytest.mark.urls("tests.ui.urls")


@pytest.fixture
def marked(chosen, tmp_path):
    """A brand whose mark is this file."""

    def mark(source):
        path = tmp_path / "mark.svg"
        path.write_text(source)
        brand.mark.cache_clear()
        chosen(brand={"mark": path})

    yield mark
    brand.mark.cache_clear()


def test_the_colour_follows_the_tokens_and_leaves_danger_alone(chosen):
    chosen(brand={"colour": "oklch(0.5 0.2 275)", "red": False})

    assert brand.stylesheet() == b"@layer tokens {\n  :root { --brand: oklch(0.5 0.2 275); }\n}\n"


def test_another_colour_has_another_address(chosen):
    chosen(brand={"colour": "#123456"})
    first = brand.stylesheet_url()
    chosen(brand={"colour": "#123457"})

    assert brand.stylesheet_url() != first


def test_a_mark_stands_alone_and_can_be_used_in_the_colour_of_the_text(marked, anonymous):
    marked(PLAIN)
    answer = anonymous.get(brand.mark_url())
    whole = ET.fromstring(answer.content)

    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert whole[0].get("id") == "brand"
    assert whole[1].get("href") == "#brand"
    assert brand.symbol_url() == f"{brand.mark_url()}#brand"


def test_without_a_mark_the_demos_stands_there():
    assert brand.mark_url().startswith("/static/ui/mark.")
    assert brand.symbol_url().endswith("#brand")


@pytest.mark.parametrize(
    "source",
    [
        SVG.format("<script>alert(1)</script>"),
        SVG.format('<path d="M0 0" onload="alert(1)"/>'),
        SVG.format('<path d="M0 0" style="fill:url(//evil.example)"/>'),
        SVG.format("<foreignObject/>"),
        SVG.format('<image href="https://evil.example/x.png"/>'),
        SVG.format('<use xmlns:x="http://www.w3.org/1999/xlink" x:href="https://evil.example/x.svg#a"/>'),
        '<!DOCTYPE svg [<!ENTITY a "a">]>' + PLAIN,
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "<html/>",
        "no markup",
        SVG.format("<!--" + "x" * brand.LARGEST_MARK + "-->"),
    ],
    ids=["script", "handler", "style", "foreign", "image", "link", "entity", "no size", "html", "text", "large"],
)
def test_a_mark_that_is_more_than_a_drawing_is_refused(marked, source):
    marked(source)

    with pytest.raises(brand.MarkRefused):
        brand.mark()


def test_the_qr_code_is_that_of_the_sites_address(chosen, monkeypatch):
    made = []
    make = brand.segno.make
    monkeypatch.setattr(brand.segno, "make", lambda text, **options: made.append(text) or make(text, **options))
    brand.qr.cache_clear()
    brand.qr()

    assert made == ["http://localhost:8000/"]


def test_the_brands_name_has_a_bold_part(chosen):
    chosen(brand={"name": "Nordlicht Exchange", "short": "Nordlicht"})
    assert context.frame()["brand"].rest == "Exchange"

    chosen(brand={"name": "Ahorn", "short": "Ahorn"})
    assert context.frame()["brand"].rest == ""
