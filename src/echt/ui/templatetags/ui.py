"""The components as template tags. The head of each template in `ui/components/` says what it takes.

Block tags end with `end` and their name: `{% notice "warning" %} … {% endnotice %}`.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.forms.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext

from echt.ui import formats
from echt.ui import remaining as countdown

register = template.Library()

STATE_ICONS = {
    "success": "check-circle",
    "warning": "warning",
    "danger": "x-circle",
    "info": "info",
    "running": "rotate",
    "": "minus-circle",
}
NOTICE_ICONS = STATE_ICONS | {"": "info"}

register.filter("amount", formats.amount)
register.filter("masked_address", formats.masked_address)
register.filter("initials", formats.initials)
register.filter("in_words", formats.in_words)
register.filter("day", formats.date)
register.filter("ago", formats.ago)


def _component(name: str, /, **context: object) -> SafeString:
    return mark_safe(render_to_string(f"ui/components/{name}.html", context).strip())  # noqa: S308  # our own template


# Words and signs ------------------------------------------------------------------------------------------


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """A drawing; hidden from screen readers unless it has a label."""
    return _component("icon", name=name, size=size, label=label)


@register.simple_tag
def state(kind: str, word: str, icon: str = "") -> SafeString:
    """State of a thing, always icon and word. Kinds: success, warning, danger, info, neutral."""
    kind = _kind(kind)
    return _component("state", kind=kind, word=word, icon=icon or STATE_ICONS[kind])


@register.simple_tag
def badge(kind: str, word: str, icon: str = "") -> SafeString:
    return _component("badge", kind=_kind(kind), word=word, icon=icon)


@register.simple_tag
def avatar(initials: str = "", size: str = "") -> SafeString:
    return _component("avatar", initials=initials, size=size)


@register.simple_tag
def code_chip(value: str, masked: bool = False, echo: bool = False) -> SafeString:
    """The anti-phishing code; masked, the page does not hold it."""
    return _component("code_chip", value="••••••" if masked else value, masked=masked, echo=echo)


@register.simple_tag(name="hash")
def hash_(value: str, label: str = "") -> SafeString:
    """A hash in groups of four, with its copy button."""
    label = label or gettext("Copy the hash")
    return _component("hash", value=value, groups=formats.groups_of_four(value), label=label)


@register.simple_tag
def copy(value: str, label: str) -> SafeString:
    return _component("copy", value=value, label=label)


@register.simple_tag
def moment(at: datetime, exact: bool = False, both: bool = False, ago: bool = False) -> SafeString:
    """A time as one says it, with the exact one in its title. `exact`: the exact one alone; `both`: beside it."""
    full = formats.exact(at)
    words = full if exact else formats.ago(at) if ago else formats.day_and_time(at)
    return _component("moment", iso=formats.iso(at), words=words, exact=full, both=both and not exact)


@register.simple_tag
def remaining(until: datetime, **options: Any) -> SafeString:  # typed there
    """A countdown; with `since` (or `share`) it has a bar. Options as in `echt.ui.remaining`."""
    return _component("remaining", **countdown.remaining(until, **options))


@register.simple_tag
def toast(text: str, kind: str = "success") -> SafeString:
    return _component("toast", text=text, kind=kind, icon=STATE_ICONS[_kind(kind)])


@register.simple_tag
def back(url: str, words: str) -> SafeString:
    return _component("back", url=url, words=words)


@register.simple_tag
def dialog_close(id: str, words: str) -> SafeString:  # noqa: A002  # as it reads in a template
    return _component("dialog_close", id=id, words=words)


# Forms ----------------------------------------------------------------------------------------------------


@register.simple_tag
def field(bound: BoundField, after: str = "") -> SafeString:
    """Label, help, input and error of one field."""
    kind = bound.widget_type
    optional = not bound.field.required and kind != "checkbox"
    return _component("field", field=bound, kind=kind, optional=optional, after=after)


@register.simple_tag
def fields(form: BaseForm) -> SafeString:
    """All fields of a form, after what is wrong with it as a whole."""
    return _component("fields", form=form)


# Lists ----------------------------------------------------------------------------------------------------


@register.simple_tag
def facts(items: Iterable[Any], keep: bool = False) -> SafeString:
    return _component("facts", items=items, keep=keep)


@register.simple_tag
def checks(items: Iterable[dict[str, Any]]) -> SafeString:
    """What is verified, one after the other; each item a dictionary."""
    dressed = [{**item, "icon": item.get("icon") or STATE_ICONS[item.get("kind", "")]} for item in items]
    return _component("checks", items=dressed)


@register.simple_tag
def figures(items: Iterable[Any], big: bool = False) -> SafeString:
    return _component("figures", items=items, big=big)


@register.simple_tag
def steps(label: str, items: Iterable[Any]) -> SafeString:
    return _component("steps", label=label, items=items)


@register.simple_tag
def segmented(label: str, items: Iterable[Any]) -> SafeString:
    return _component("segmented", label=label, items=items)


@register.simple_tag
def tabs(label: str, items: Iterable[Any]) -> SafeString:
    return _component("tabs", label=label, items=items)


@register.simple_tag
def table(caption: str, heads: Iterable[Any], rows: Iterable[Any]) -> SafeString:
    return _component("table", caption=caption, heads=heads, rows=rows)


@register.simple_tag
def pager(newer: str = "", older: str = "") -> SafeString:
    return _component("pager", newer=newer, older=older)


# Around content -------------------------------------------------------------------------------------------


@register.simple_block_tag
def section(content: str, title: str, text: str = "", id: str = "") -> SafeString:  # noqa: A002
    return _component("section", content=content, title=title, text=text, id=id or slugify(title))


@register.simple_block_tag
def rows(content: str) -> SafeString:
    return _component("rows", content=content)


@register.simple_block_tag
def row(
    content: str,
    icon: str,
    title: str,
    text: str = "",
    kind: str = "",
    word: str = "",
    state_icon: str = "",
) -> SafeString:
    kind = _kind(kind)
    return _component(
        "row",
        content=content,
        icon=icon,
        title=title,
        text=text,
        kind=kind,
        word=word,
        state_icon=state_icon or STATE_ICONS[kind],
    )


@register.simple_block_tag
def notice(content: str, kind: str = "", title: str = "", icon: str = "", level: int = 2) -> SafeString:
    """A message about the whole page."""
    kind = _kind(kind)
    return _component("notice", content=content, kind=kind, title=title, icon=icon or NOTICE_ICONS[kind], level=level)


@register.simple_block_tag
def empty(content: str, icon: str, title: str, text: str) -> SafeString:
    return _component("empty", content=content, icon=icon, title=title, text=text)


@register.simple_block_tag
def dialog(content: str, id: str, title: str, size: str = "", open: bool = False) -> SafeString:  # noqa: A002
    return _component("dialog", content=content, id=id, title=title, size=size, open=open)


@register.simple_block_tag
def more(content: str, title: str, open: bool = False) -> SafeString:  # noqa: A002
    return _component("more", content=content, title=title, open=open)


def _kind(word: str) -> str:
    """The class of a state; neutral has none.

    Raises:
        TemplateSyntaxError: there is no such state.
    """
    kind = "" if word == "neutral" else word
    if kind not in STATE_ICONS:
        raise template.TemplateSyntaxError(f"There is no state {word!r}; there are {', '.join(STATE_ICONS)}.")
    return kind
