"""The rules about templates of pages. Letters are written for mail programs, not for browsers."""

import re
from collections.abc import Callable, Iterator

from tools.lint.rules import Lines, Place, Rule

TAG = r"<[a-zA-Z][^<>]*?"
TEXT_OUTSIDE = re.compile(r"[A-Za-zÄÖÜäöüß]{3,}")
SPOKEN = re.compile(r"\b(?:aria-label|title|placeholder|alt)=(\"[^\"{]*[A-Za-z]{3}[^\"{]*\"|'[^'{]*[A-Za-z]{3}[^'{]*')")


def lines_of(pattern: str) -> Callable[[str], Lines]:
    """The lines on which the pattern begins."""
    compiled = re.compile(pattern, re.IGNORECASE | re.DOTALL)

    def find(source: str) -> Iterator[int]:
        bare = without_comments(source)
        return (bare.count("\n", 0, match.start()) + 1 for match in compiled.finditer(bare))

    return find


def without_comments(source: str) -> str:
    """The template with its comments blanked out, line for line."""
    pattern = r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->"
    return re.sub(pattern, _blank, source, flags=re.DOTALL)


def untranslated(source: str) -> Iterator[int]:
    """The lines with words, in text or in spoken attributes, that no translation tag holds."""
    bare = without_comments(source)
    for match in SPOKEN.finditer(bare):
        yield bare.count("\n", 0, match.start()) + 1
    for pattern in (
        r"<(\w+)\b[^<>]*\btranslate=[\"']no[\"'][^<>]*>.*?</\1>",
        r"\{% blocktrans(?:late)?\b.*?endblocktrans(?:late)? %\}",
        r"\{%.*?%\}|\{\{.*?\}\}",
        r"<(code|kbd|samp|style|script)\b.*?</\1>",
        r"<[^<>]*>",
        r"&\w+;",
    ):
        bare = re.sub(pattern, _blank, bare, flags=re.DOTALL)
    for match in TEXT_OUTSIDE.finditer(bare):
        yield bare.count("\n", 0, match.start()) + 1


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _page(place: Place) -> bool:
    return place.suffix == ".html" and "templates" in place.parts and "letter" not in place.parts


RULES = [
    Rule(
        "inline-style",
        "the pages' policy lets no inline style through. Give the element a class.",
        _page,
        lines_of(rf"{TAG}\sstyle\s*=|<style\b"),
    ),
    Rule(
        "inline-handler",
        "the pages' policy lets no inline script through. Listen in a module under static/.",
        _page,
        lines_of(rf"{TAG}\son[a-z]+\s*=|(?:href|action|src)\s*=\s*[\"']?\s*javascript:"),
    ),
    Rule(
        "inline-script",
        "the pages' policy lets no inline script through. Put it into a module under static/.",
        _page,
        lines_of(r"<script\b(?![^>]*\bsrc\s*=)"),
    ),
    Rule(
        "trusted-markup-in-template",
        "markup that is called safe is no longer escaped. Let the template make the markup.",
        _page,
        lines_of(r"\|\s*safe(?:seq)?\b|\{%\s*autoescape\s+off"),
    ),
    Rule(
        "foreign-origin",
        "nothing in a page may need a third party. Serve it from our own static/.",
        _page,
        lines_of(r"<(?:script|link|img|iframe|source|use)\b[^>]*\b(?:src|href)\s*=\s*[\"'](?:https?:)?//"),
    ),
    Rule(
        "untranslated",
        "a text outside of a translation tag is in one language only. Use translate or blocktranslate; "
        'a name that is the same in every language stands in an element with translate="no".',
        _page,
        untranslated,
    ),
]
