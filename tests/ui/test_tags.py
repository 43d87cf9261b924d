from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation

from echt.ui.forms import Form

NOW = datetime(2026, 11, 22, 12, 36, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False), timezone.override("Europe/Berlin"), translation.override("en"):
        yield


def shown(source, **context):
    return Template(source).render(Context(context))


class Sample(Form):
    name = forms.CharField(
        label="Name", help_text="As you like", widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    note = forms.CharField(label="Note", required=False)
    agreed = forms.BooleanField(label="Agreed")
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A"), ("b", "B")])
    days = forms.ChoiceField(label="Days", choices=[("7", "7 days")], widget=forms.RadioSelect)


def test_an_icon_beside_a_word_is_hidden_from_screen_readers():
    drawing = shown('{% icon "lock" %}')

    assert 'aria-hidden="true"' in drawing
    assert "/static/ui/icons." in drawing
    assert drawing.endswith('.svg#lock"/></svg>')


def test_an_icon_alone_has_words():
    assert 'aria-label="Locked"' in shown('{% icon "lock" label="Locked" %}')


@pytest.mark.parametrize(
    ("kind", "icon"),
    [
        ("success", "check-circle"),
        ("warning", "warning"),
        ("danger", "x-circle"),
        ("info", "info"),
        ("neutral", "minus-circle"),
    ],
)
def test_a_state_is_always_icon_and_word(kind, icon):
    state = shown("{% state kind word %}", kind=kind, word="Word")

    assert f"#{icon}" in state
    assert "Word" in state
    assert "neutral" not in state


def test_an_unknown_state_is_a_mistake_in_the_template():
    with pytest.raises(TemplateSyntaxError, match="There is no state 'green'"):
        shown('{% state "green" "Word" %}')


@pytest.mark.parametrize(
    "source",
    [
        '{% state "success" evil %}',
        '{% badge "info" evil %}',
        "{% avatar evil %}",
        "{% code_chip evil %}",
        "{% hash evil evil %}",
        "{% copy evil evil %}",
        "{% toast evil %}",
        "{% back evil evil %}",
        "{% notice title=evil %}{{ evil }}{% endnotice %}",
        '{% row icon="lock" title=evil text=evil word=evil %}{{ evil }}{% endrow %}',
        "{% section evil evil %}{{ evil }}{% endsection %}",
        '{% empty "lock" evil evil %}{{ evil }}{% endempty %}',
        '{% dialog "id" evil %}{{ evil }}{% enddialog %}',
        "{% more evil %}{{ evil }}{% endmore %}",
        "{% remaining later reason=evil %}",
    ],
)
def test_no_component_lets_markup_through(source):
    page = shown(source, evil="<script>'\"", later=NOW + timedelta(hours=1))

    assert "<script>" not in page
    assert "'\"" not in page


def test_a_masked_code_is_not_in_the_page():
    page = shown("{% code_chip 'Fjord7' masked=True %}")

    assert "Fjord7" not in page
    assert "••••••" in page


def test_a_hash_stands_in_groups_and_is_copied_whole():
    page = shown('{% hash "3f8ac05d9b17" %}')

    assert "3f8a c05d 9b17" in page
    assert 'data-copy="3f8ac05d9b17"' in page
    assert 'aria-label="Copy the hash"' in page


def test_a_moment_has_the_exact_time_in_its_title():
    moment = shown("{% moment at %}", at=NOW)

    assert 'datetime="2026-11-22T12:36:00Z"' in moment
    assert 'title="22 Nov 2026, 13:36 CET"' in moment
    assert ">today, 13:36<" in moment


def test_a_moment_can_be_exact_both_or_ago():
    assert ">22 Nov 2026, 13:36 CET<" in shown("{% moment at exact=True %}", at=NOW)
    assert "today, 13:36" in shown("{% moment at both=True %}", at=NOW)
    assert "22 Nov 2026, 13:36 CET</span>" in shown("{% moment at both=True %}", at=NOW)
    assert ">3 hours ago<" in shown("{% moment at ago=True %}", at=NOW - timedelta(hours=3))


def test_a_countdown():
    page = shown("{% remaining later since=now reason='Because.' %}", later=NOW + timedelta(hours=2), now=NOW)

    assert 'data-countdown="7200"' in page
    assert "2 h 00 min left" in page
    assert "until today, 15:36" in page
    assert "Because." in page


def test_a_field_joins_help_and_error_to_its_input():
    page = shown("{% field form.name %}", form=Sample({}))

    assert 'for="id_name"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_name_helptext"' in page
    assert 'id="id_name_error"' in page
    assert 'autocomplete="name"' in page
    assert "Please fill this in." in page


def test_a_field_keeps_what_was_typed():
    assert 'value="Lena"' in shown("{% field form.name %}", form=Sample({"name": "Lena"}))


def test_a_field_that_may_stay_empty_says_so():
    assert "(optional)" in shown("{% field form.note %}", form=Sample())
    assert "(optional)" not in shown("{% field form.name %}", form=Sample())


@pytest.mark.parametrize(
    ("name", "element"), [("agreed", 'type="checkbox"'), ("kind", "<select"), ("days", "<fieldset")]
)
def test_each_kind_of_field_has_its_form(name, element):
    assert element in shown("{% field field %}", field=Sample()[name])


def test_a_whole_form_begins_with_what_is_wrong_with_all_of_it():
    form = Sample({})
    form.add_error(None, "Together this does not work.")
    page = shown("{% fields form %}", form=form)

    assert page.index("Together this does not work.") < page.index("Name")


def test_filters_for_words():
    assert shown("{{ a|masked_address }}", a="lena@posteo.example") == "l•••••@posteo.example"
    assert shown("{{ n|initials }}", n="lena.wolff") == "LW"


def test_what_is_verified_has_the_icon_of_its_outcome():
    items = [{"label": "Signed", "word": "Holds", "kind": "success"}, {"label": "Logged", "word": "Waiting"}]
    page = shown("{% checks items %}", items=items)

    assert page.index("#check-circle") < page.index("Signed") < page.index("#minus-circle") < page.index("Logged")


@pytest.mark.parametrize(
    "source",
    [
        "{% facts items %}",
        "{% figures items %}",
        '{% steps "Progress" items %}',
        '{% segmented "Layout" items %}',
        '{% tabs "Parts" items %}',
        '{% table "Money" items rows %}',
    ],
)
def test_lists_show_their_items(source):
    items = [{"label": "Sent", "value": "today", "url": "#x", "word": "Sent"}]

    assert "Sent" in shown(source, items=items, rows=[[{"label": "Sent", "value": "1", "first": True}]])


def test_a_pager_without_pages_is_nothing():
    assert shown("{% pager %}") == ""
    assert 'href="?older"' in shown('{% pager older="?older" %}')
