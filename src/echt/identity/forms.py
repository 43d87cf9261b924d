"""Forms of the applicant's pages. Whether something may be chosen or can be right, the actions say."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt.identity.catalogue import Country
from echt.identity.documents import DATES, TYPED, DocumentKind, Field
from echt.identity.uploads.kinds import MOST_BYTES
from echt.identity.uploads.reasons import Reason
from echt.identity.uploads.refusals import SENTENCES
from echt.identity.wording import FIELDS, KINDS
from echt.ui.forms import Form

ACCEPTED = "image/jpeg,image/png,image/webp,image/heic,image/heif"


class CountryField(forms.ChoiceField):
    """A country: one types its first letters, or searches as the device does it. The likeliest one stands on top."""

    def __init__(self, label: Any, **more: Any) -> None:
        sentence = gettext_lazy("Choose a country or region from the list.")
        super().__init__(label=label, error_messages={"required": sentence, "invalid_choice": sentence}, **more)

    def offer(self, countries: Iterable[Country], *, likely: str = "") -> None:
        served = [(country.alpha3, country.name) for country in countries if country.enabled]
        first = [pair for pair in served if pair[0] == likely]
        groups = [(_("Probably"), first), (_("All countries and regions"), served)] if first else served
        self.choices = [("", _("Choose …")), *groups]


class DocumentForm(Form):
    country = CountryField(gettext_lazy("Country or region that issued it"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of document"),
        choices=[(kind.value, KINDS[kind]) for kind in DocumentKind],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the documents.")},
    )

    def __init__(self, *args: Any, countries: Iterable[Country], likely: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        assert isinstance(field, CountryField)
        field.offer(countries, likely=likely)


class ResidenceForm(Form):
    country = CountryField(gettext_lazy("Country in which you live"))

    def __init__(self, *args: Any, countries: Iterable[Country], likely: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["country"]
        assert isinstance(field, CountryField)
        field.offer(countries, likely=likely)


class DataForm(Form):
    """What the document says, one field each of `TYPED`."""

    surname = forms.CharField(
        help_text=gettext_lazy("If your document has only one name, enter it here."),
        error_messages={"required": gettext_lazy("Enter the name as the document has it.")},
    )
    given_names = forms.CharField(required=False)
    number = forms.CharField(error_messages={"required": gettext_lazy("Enter the number of the document.")})
    born_on = forms.CharField(error_messages={"required": gettext_lazy("Enter the date of birth.")})
    expires_on = forms.CharField(
        required=False,
        help_text=gettext_lazy("Leave it empty if your document has no such date."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in TYPED:
            self.fields[field.value].label = str(FIELDS[field])
        for name in (field.value for field in DATES):
            self.fields[name].widget = forms.DateInput(attrs={"type": "date", "class": "input short"})
        for name in ("surname", "given_names", "number"):
            self.fields[name].widget.attrs |= {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        self.fields["number"].widget.attrs["class"] = "input short mono"

    @property
    def typed(self) -> dict[Field, str]:
        return {field: str(self.cleaned_data.get(field.value, "")) for field in TYPED}


class ConsentForm(Form):
    agreed = forms.BooleanField(
        label=gettext_lazy("I agree that my biometric data are processed as it is written here."),
        error_messages={"required": gettext_lazy("Tick the box to agree, or choose the way without the face check.")},
    )


class PhotoForm(Form):
    """A picture from the disk; the server counts its bytes and opens it."""

    file = forms.FileField(
        label=gettext_lazy("Photo or scan"),
        help_text=gettext_lazy("JPEG, PNG, WebP or HEIC, up to 10 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED, "data-file": ""}),
        error_messages={
            "required": gettext_lazy("Choose a file, or use the camera."),
        },
    )
    scan = forms.BooleanField(label=gettext_lazy("It is a scan: the document fills the whole picture."), required=False)

    def __init__(self, *args: Any, too_big: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        messages = self.fields["file"].error_messages
        messages["empty"] = str(SENTENCES[Reason.EMPTY])
        if too_big:
            messages["required"] = str(SENTENCES[Reason.TOO_BIG])

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(str(SENTENCES[Reason.TOO_BIG]))
        return file


class AddForm(forms.Form):
    """What a browser module says of an upload that has come."""

    item = forms.CharField()
    upload = forms.UUIDField()
    scan = forms.BooleanField(required=False)


class AnswerForm(forms.Form):
    """What a browser module says of the answer to a challenge."""

    challenge = forms.UUIDField()
    upload = forms.UUIDField()
    camera = forms.CharField(required=False, max_length=200, strip=True)


class SubmitForm(forms.Form):
    version = forms.IntegerField(min_value=0)
