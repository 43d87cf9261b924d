"""What every form of ours has: our classes on its inputs, and sentences that say what to do.

Extend `Form`, also beside a library's form: `class SignInForm(Form, LoginForm)`. Django joins help and error
to the input (`aria-describedby`, `aria-invalid`); `{% field form.name %}` draws them.
"""

from collections import ChainMap
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NO_TEXT = _("Please type this by hand: what was pasted holds a character that is no text.")
JOINER = "\u200d"
"""Holds the parts of an emoji together."""


class Form(forms.Form):
    """A form in our look."""

    sentences: ClassVar[dict[str, str | Promise]] = {
        "required": _("Please fill this in."),
        "invalid_choice": _("Please choose one of the answers given."),
        "max_length": _("Please shorten this to %(limit_value)s characters: now it has %(show_value)s."),
        "null_characters_not_allowed": NO_TEXT,
    }
    sentences_by_field: ClassVar[dict[type[forms.Field], dict[str, str | Promise]]] = {
        forms.BooleanField: {"required": _("Please tick this box to go on.")},
        forms.EmailField: {"invalid": _("This mail address is not complete. It looks like name@example.com.")},
        forms.IntegerField: {
            "invalid": _("Please enter a whole number."),
            "min_value": _("Please enter at least %(limit_value)s."),
            "max_value": _("Please enter at most %(limit_value)s."),
        },
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # as Django's
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _dress(field.widget)
            _say(field, self._sentences_for(field))

    def _sentences_for(self, field: forms.Field) -> dict[str, str | Promise]:
        closer = [own for kind, own in self.sentences_by_field.items() if isinstance(field, kind)]
        return dict(ChainMap(*closer, self.sentences))


def one_line(text: str) -> None:
    """A validator: refuse control characters and marks of direction, which turn around what stands beside them."""
    if not text.replace(JOINER, "").isprintable():
        raise ValidationError(NO_TEXT)


def _dress(widget: forms.Widget) -> None:
    """Give the input our class. A placeholder goes: it vanishes while one types, and the label stays."""
    widget.attrs.pop("placeholder", None)
    wanted = _class_of(widget)
    present = widget.attrs.get("class", "").split()
    if wanted and wanted not in present:
        widget.attrs["class"] = " ".join([wanted, *present])


def _class_of(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple | forms.HiddenInput):
        return ""
    if isinstance(widget, forms.Select):
        return "select"
    return "textarea" if isinstance(widget, forms.Textarea) else "input"


def _say(field: forms.Field, sentences: dict[str, str | Promise]) -> None:
    """Our sentence where the field has Django's; one that the form chose itself stays."""
    for code, sentence in sentences.items():
        if field.error_messages.get(code) in _djangos(field, code):
            field.error_messages[code] = sentence  # type: ignore[assignment]  # lazy text is text


def _djangos(field: forms.Field, code: str) -> list[object]:
    classes = [kind for kind in type(field).__mro__ if issubclass(kind, forms.Field)]
    return [kind.default_error_messages.get(code) for kind in classes]
