"""The check of the catalogues finds what is wrong with them; ours have nothing wrong."""

from pathlib import Path
from textwrap import dedent

import pytest

from tools import messages
from tools.texts import texts_in_code, texts_in_template
from tools.translations import complaints

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


@pytest.fixture
def room(tmp_path: Path) -> Path:
    (tmp_path / "mail" / "locale" / "de" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "mail" / "__init__.py").touch()
    return tmp_path / "mail"


def told(room: Path, code: str, catalogue: str) -> list[str]:
    (room / "texts.py").write_text(code)
    messages.catalogue_path(room, "de").write_text(HEAD + dedent(catalogue))
    return [str(complaint).replace(str(room), "") for complaint in complaints([room])]


def test_a_text_with_its_translation_is_fine(room):
    assert told(room, '_("Yes %(a)s")', 'msgid "Yes %(a)s"\nmsgstr "Ja %(a)s"') == []


def test_a_missing_text_is_named_with_its_file(room):
    (complaint,) = told(room, '_("Yes")', "")

    assert complaint.startswith("/texts.py: has no translation in ")
    assert complaint.endswith(": 'Yes'")


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ('msgid "Yes"\nmsgstr ""', "has no translation"),
        ('#, fuzzy\nmsgid "Yes"\nmsgstr "Ja"', "unsure"),
        ('msgid "Yes"\nmsgstr "Ja"\n\nmsgid "No"\nmsgstr "Nein"', "nowhere in the room"),
        ('msgid "Yes"\nmsgstr "Ja %(b)s"', "other placeholders"),
        ('msgctxt "vote"\nmsgid "Yes"\nmsgstr "Ja"', "has no translation"),
    ],
)
def test_what_is_wrong_is_said(room, entry, what):
    assert any(what in complaint for complaint in told(room, '_("Yes")', entry))


def test_every_plural_form_is_wanted(room):
    code = 'ngettext("%(n)s day", "%(n)s days", n)'
    whole = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s Tag"\nmsgstr[1] "%(n)s Tage"'

    assert told(room, code, whole) == []
    assert told(room, code, whole.replace("%(n)s Tage", ""))


def test_two_translations_of_one_text_are_named(room, tmp_path):
    told(room, '_("Yes")', 'msgid "Yes"\nmsgstr "Ja"')
    other = tmp_path / "ui"
    (other / "locale" / "de" / "LC_MESSAGES").mkdir(parents=True)
    (complaint,) = [
        *told(other, '_("Yes")', 'msgid "Yes"\nmsgstr "Jawohl"'),
        *map(str, complaints([room, other])),
    ]

    assert "is translated otherwise in" in complaint


def test_update_adds_new_texts_and_drops_unused_ones_and_keeps_translations(room):
    told(room, '_("Yes")\n_("New")', 'msgid "Yes"\nmsgstr "Ja"\n\nmsgid "Old"\nmsgstr "Alt"')

    messages.update([room])
    written = messages.catalogue_path(room, "de").read_text()

    assert 'msgid "Yes"\nmsgstr "Ja"' in written
    assert 'msgid "New"\nmsgstr ""' in written
    assert "Old" not in written


def test_update_changes_nothing_the_second_time(room):
    told(room, '_("Yes")', 'msgid "Yes"\nmsgstr "Ja"')
    messages.update([room])
    first = messages.catalogue_path(room, "de").read_bytes()

    messages.update([room])

    assert messages.catalogue_path(room, "de").read_bytes() == first


def test_compile_writes_what_gettext_reads(room):
    import gettext

    told(room, '_("Yes")', 'msgid "Yes"\nmsgstr "Ja"')

    messages.compile_all([room])

    assert gettext.translation("django", room / "locale", ["de"]).gettext("Yes") == "Ja"


def test_texts_are_found_in_templates_with_context_plural_and_as_arguments():
    source = """
        {# {% translate "a comment" %} #}<p title="{% translate "It's" context "short" %}">it's (free)
        {% blocktranslate with name=user.name count n=items|length trimmed context "list" %}
          One item for {{ name }}
        {% plural %}
          {{ n }} items for {{ name }}
        {% endblocktranslate %}
        {% state "success" _("Active (now)") %}{{ x|default:_("Nobody") }}
    """

    found = [(text.context, text.singular, text.plural) for text in texts_in_template(source, Path("page.html"))]

    assert found == [
        ("short", "It's", None),
        ("list", "One item for %(name)s", "%(n)s items for %(name)s"),
        (None, "Active (now)", None),
        (None, "Nobody", None),
    ]


def test_texts_are_found_in_code_by_every_function_of_translation():
    source = '_("a" "b")\ngettext_lazy("c")\npgettext("d", "e")\nnpgettext("f", "g", "h", n)\n_(x)\nother("i")'

    found = [(text.context, text.singular, text.plural) for text in texts_in_code(source, Path("x.py"))]

    assert found == [(None, "ab", None), (None, "c", None), ("d", "e", None), ("f", "g", "h")]


def test_our_catalogues_have_every_text():
    assert [str(complaint) for complaint in complaints(messages.rooms_of(messages.ROOMS))] == []
