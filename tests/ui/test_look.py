"""The look's own laws: tokens alone give colour, templates hold no script or style, every drawing exists, pages stay light."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2] / "src" / "echt"
STATIC = HOUSE / "ui" / "static" / "ui"
LETTERS = "letter"  # mails: their rules are copied into the elements on purpose
TEMPLATES = sorted(
    path for path in HOUSE.glob("*/templates/**/*.html") if LETTERS not in path.name and LETTERS not in path.parts
)
EVERY_PAGE = ["tokens.css", "base.css", "components.css", "pages.css", "theme.js", "main.js", "fonts/geist-latin.woff2"]
OF_ONE_PAGE = {"brands", "code"}
LIGHT = 100 * 1024  # of the 120 kB that a page may weigh, uncompressed; the rest is for its HTML


def name(path):
    return str(path.relative_to(HOUSE))


def without_comments(css):
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_hold_no_script_style_or_foreign_address(path):
    markup = re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(), flags=re.DOTALL)

    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", markup)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", markup))
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", markup)


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_name_drawings_that_exist(path):
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))

    asked = set(re.findall(r'{% icon "([^"]+)"', path.read_text()))

    assert asked <= drawn


@pytest.mark.parametrize("sheet", ["base.css", "components.css", "pages.css"])
def test_colours_come_from_the_tokens_alone(sheet):
    css = without_comments((STATIC / sheet).read_text())

    assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*;)|\b(?:oklch|rgb|hsl)a?\((?!from var)", css)


@pytest.mark.parametrize("sheet", ["base.css", "components.css", "pages.css", "style.css"])
def test_tokens_that_are_used_exist(sheet):
    tokens = set(re.findall(r"(--[a-z0-9-]+)\s*:", (STATIC / "tokens.css").read_text()))
    css = without_comments((STATIC / sheet).read_text())
    own = set(re.findall(r"(--[a-z0-9-]+)\s*:", css))

    assert set(re.findall(r"var\((--[a-z0-9-]+)", css)) <= tokens | own


def test_what_every_page_loads_is_light():
    modules = [path for path in (STATIC / "modules").glob("*.js") if path.stem not in OF_ONE_PAGE]

    weight = sum((STATIC / file).stat().st_size for file in EVERY_PAGE) + sum(path.stat().st_size for path in modules)

    assert weight < LIGHT


def test_every_module_is_loaded():
    loaded = re.findall(r'^import "\./modules/([a-z]+)\.js";$', (STATIC / "main.js").read_text(), flags=re.MULTILINE)

    assert {path.stem for path in (STATIC / "modules").glob("*.js")} == {*loaded, "page", *OF_ONE_PAGE}


def test_scripts_write_no_markup_and_name_no_foreign_address():
    for path in [STATIC / "theme.js", *(STATIC / "modules").glob("*.js")]:
        code = path.read_text()
        assert "innerHTML" not in code, path.name
        assert "http://" not in code, path.name
        assert "https://" not in code, path.name
