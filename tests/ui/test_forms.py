import pytest
from django import forms
from django.utils import translation

from echt.ui.forms import NO_TEXT, Form


class Library(forms.Form):
    """A library's form, with its placeholder and its own sentence."""

    mail = forms.EmailField(widget=forms.EmailInput(attrs={"placeholder": "Mail", "class": "theirs"}))
    number = forms.IntegerField(error_messages={"required": "Which number?"})


class Ours(Form, Library):
    remember = forms.BooleanField()
    country = forms.ChoiceField(choices=[("DE", "Germany")])
    note = forms.CharField(widget=forms.Textarea, required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("mail", "input theirs"),
        ("number", "input"),
        ("country", "select"),
        ("note", "textarea"),
        ("remember", None),
        ("hidden", None),
    ],
)
def test_every_input_has_our_class(name, classes):
    assert Ours().fields[name].widget.attrs.get("class") == classes


def test_a_class_is_not_given_twice():
    form = Ours()
    form.fields["mail"].widget.attrs["class"] = "input"

    assert 'class="input"' in str(form["mail"])


def test_a_placeholder_goes():
    assert "placeholder" not in str(Ours()["mail"])


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "en",
            {
                "mail": "This mail address is not complete. It looks like name@example.com.",
                "number": "Please enter a whole number.",
                "remember": "Please tick this box to go on.",
                "country": "Please choose one of the answers given.",
            },
        ),
        (
            "de",
            {
                "mail": "Diese E-Mail-Adresse ist nicht vollständig. Sie sieht aus wie name@example.com.",
                "number": "Bitte geben Sie eine ganze Zahl ein.",
                "remember": "Bitte setzen Sie hier das Häkchen, um fortzufahren.",
                "country": "Bitte wählen Sie eine der Antworten aus.",
            },
        ),
    ],
)
def test_a_refusal_says_what_to_do(language, sentences):
    with translation.override(language):
        form = Ours({"mail": "lena", "number": "x", "country": "XX"})
        assert {name: errors[0] for name, errors in form.errors.items()} == sentences


@pytest.mark.parametrize(
    ("number", "mail", "sentences"),
    [
        ("0", "a" * 400, ["Please enter at least 1.", "Please shorten this to 320 characters: now it has 400."]),
        ("10", "a\0b", ["Please enter at most 9.", str(NO_TEXT)]),
    ],
)
def test_limits_are_told_in_our_words(number, mail, sentences):
    class Limited(Form):
        number = forms.IntegerField(min_value=1, max_value=9)
        mail = forms.CharField(max_length=320)

    errors = Limited({"number": number, "mail": mail}).errors
    assert [errors["number"][0], errors["mail"][0]] == sentences


def test_a_sentence_that_the_form_chose_itself_stays():
    assert Ours({}).errors["number"] == ["Which number?"]


def test_two_forms_do_not_share_their_sentences():
    Ours()

    assert Library({}).errors["mail"] == ["This field is required."]
