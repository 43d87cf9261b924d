"""The anti-phishing code: the rules of `codes`, setting, changing, showing, and its history."""

from datetime import timedelta

import pytest
from django.utils import translation

from echt.accounts.actions.codes import change_code, reveal_code
from echt.accounts.codes import CodeRefused, Rule, check_code, is_short, masked, normalise
from echt.accounts.events import Event
from echt.accounts.models import User
from echt.audit.models import AuditEvent
from echt.mail.models import Message
from tests.accounts.steps import HERE, Fresh, asks_for_proof, kinds_sent, state_of, text_of, url
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

REFUSED = [
    ("", Rule.LENGTH),
    ("Fjord77", Rule.LENGTH),
    ("Fj rd", Rule.CHARACTERS),
    ("Fjörd", Rule.CHARACTERS),
    ("Fjo-d", Rule.CHARACTERS),
    ("Fjоrd", Rule.CHARACTERS),  # the third letter is Cyrillic
    ("aAaA", Rule.REPEATED),
    ("7777", Rule.REPEATED),
    ("qwerty", Rule.COMMON),
    ("QWERTY", Rule.COMMON),
    ("Nord", Rule.BRAND),
    ("xchang", Rule.BRAND),
    ("Lena7", Rule.OWN_NAME),
    ("lena9", Rule.OWN_NAME),
    ("wolff", Rule.OWN_NAME),
    ("posteo", Rule.OWN_NAME),
]


@pytest.fixture
def lena(customer):
    customer.address = "l.wolff@posteo.example"
    customer.language = "en"
    customer.save()
    return customer


def set_code(user, code):
    change_code(actor=user, code=code, step_up=Fresh(), where=HERE)


@pytest.mark.parametrize(("code", "rule"), REFUSED)
def test_each_rule_refuses_with_its_sentence_and_nothing_changes(lena, code, rule):
    before = state_of()

    with pytest.raises(CodeRefused) as refusal:
        set_code(lena, code)

    assert refusal.value.rule is rule
    assert refusal.value.sentence
    assert state_of() == before


@pytest.mark.parametrize("code", ["Fjord7", "Q7", "Ab1", "x9", "000071", "Gezeit"])
def test_other_codes_are_taken_with_their_case(lena, code):
    set_code(lena, code)

    assert lena.carried_code() == code


def test_rule_1_the_most_characters_are_a_setting(lena, settings, with_long_codes):
    set_code(lena, "blue heron at dusk")

    assert lena.carried_code() == "blue heron at dusk"
    with pytest.raises(CodeRefused) as refusal:
        set_code(lena, "x1" * 17)
    assert "32" in refusal.value.sentence


def test_rule_2_spaces_and_hyphens_stand_inside_where_the_operator_allows_them(lena, with_long_codes):
    set_code(lena, "blue-heron 7")

    with pytest.raises(CodeRefused) as refusal:
        set_code(lena, "blue-heron-")
    assert refusal.value.rule is Rule.CHARACTERS


@pytest.fixture
def with_long_codes(monkeypatch):
    from echt.accounts import codes
    from echt.accounts.settings import AccountsSettings

    monkeypatch.setattr(codes, "accounts_settings", lambda: AccountsSettings(code_length=32, code_spaces=True))


def test_rule_7_the_password_itself_is_refused(lena):
    lena.set_password("Fjord7")
    lena.save()

    with pytest.raises(CodeRefused) as refusal:
        set_code(lena, "Fjord7")
    assert refusal.value.rule is Rule.PASSWORD


@pytest.mark.parametrize("part", ["orse", "ORSE", "staple", "ect"])
def test_rule_7_a_part_of_the_password_is_refused_when_the_password_was_the_proof(lena, part):
    before = state_of()

    with pytest.raises(CodeRefused) as refusal:
        change_code(actor=lena, code=part, step_up=Fresh(password=PASSWORD), where=HERE)

    assert refusal.value.rule is Rule.PASSWORD
    assert state_of() == before


def test_rule_7_two_characters_that_happen_to_stand_in_the_password_are_no_part_of_it(lena):
    check_code("ho", owner=lena, password=PASSWORD)


def test_wide_letters_are_kept_as_plain_ones():
    assert normalise(" Ｆｊｏｒｄ７ ") == "Fjord7"


def test_a_short_code_is_taken_with_advice():
    assert [is_short(code) for code in ("abc", "abcd")] == [True, False]


def test_dots_do_not_tell_the_length():
    assert masked("a") == masked("Fjord7") == "••••••"


# setting and changing -----------------------------------------------------------------------------------------


def test_the_first_code_brings_a_test_message_with_it(lena):
    set_code(lena, "Fjord7")

    message = Message.objects.get()
    assert message.kind == "security.code_test"
    assert message.carried_code == "Fjord7"
    assert "Fjord7" in message.text
    assert "Fjord7" in message.html


def test_the_notice_of_a_change_carries_the_old_code_once_and_the_test_message_the_new_one(lena):
    set_code(lena, "Fjord7")
    Message.objects.all().delete()

    set_code(lena, "Elbe42")

    notice, test = Message.objects.order_by("created_at", "pk")
    assert (notice.kind, test.kind) == ("security.code_changed", "security.code_test")
    assert "Fjord7" in notice.text
    assert "Elbe42" not in notice.text + notice.html
    assert "Elbe42" in test.text
    assert "Fjord7" not in test.text + test.html


def test_no_subject_holds_a_code(lena):
    set_code(lena, "Fjord7")
    set_code(lena, "Elbe42")

    subjects = " ".join(message.subject_line for message in Message.objects.all())
    assert "Fjord7" not in subjects
    assert "Elbe42" not in subjects


def test_the_history_has_no_gap_and_one_current_code(lena, travel):
    for code in ("Fjord7", "Elbe42", "Alster"):
        set_code(lena, code)
        travel.shift(timedelta(days=1))

    first, second, third = lena.codes.order_by("valid_from")
    assert [kept.value for kept in (first, second, third)] == ["Fjord7", "Elbe42", "Alster"]
    assert first.valid_until == second.valid_from
    assert second.valid_until == third.valid_from
    assert third.valid_until is None


def test_setting_and_changing_are_recorded_without_the_code(lena, database_text):
    set_code(lena, "Fjord7")
    set_code(lena, "Elbe42")

    assert list(AuditEvent.objects.filter(event__startswith="code.").values_list("event", flat=True)) == [
        Event.CODE_SET,
        Event.CODE_CHANGED,
    ]
    assert "Fjord7" not in database_text()
    assert "Elbe42" not in database_text()


def test_showing_the_code_is_recorded(lena):
    set_code(lena, "Fjord7")

    assert reveal_code(actor=lena, step_up=Fresh(), where=HERE) == "Fjord7"
    assert AuditEvent.objects.filter(event=Event.CODE_REVEALED, subject=lena.pk).count() == 1


# the page -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "rule"), REFUSED)
def test_the_page_says_what_is_wrong_holds_what_was_typed_and_changes_nothing(client_of, lena, code, rule):
    browser = client_of(lena)
    before = state_of()

    answer = browser.post(url("code"), {"code": code, "proof_password": PASSWORD})

    assert answer.status_code == 422
    assert CodeRefused(rule).sentence in text_of(answer)
    assert f'value="{code}"' in answer.content.decode() or not code
    assert state_of() == before


def test_a_good_code_asks_for_a_proof_of_exactly_this_code(client_of, lena):
    browser = client_of(lena)

    asked = browser.post(url("code"), {"code": "Fjord7"})
    assert asked.status_code == 200
    assert asks_for_proof(asked)
    assert 'name="code" value="Fjord7"' in asked.content.decode()
    assert lena.carried_code() is None

    done = browser.post(url("code"), {"code": "Fjord7", "proof_password": PASSWORD})
    assert done.url == url("security")
    assert lena.carried_code() == "Fjord7"
    assert "A test message with it is on its way" in text_of(browser.get(done.url))


def test_a_code_that_is_part_of_the_password_is_refused_after_the_proof_and_stands_in_the_form(client_of, lena):
    answer = client_of(lena).post(url("code"), {"code": "Orrec", "proof_password": PASSWORD})

    assert answer.status_code == 422
    assert CodeRefused(Rule.PASSWORD).sentence in text_of(answer)
    assert 'value="Orrec"' in answer.content.decode()
    assert lena.carried_code() is None


def test_a_short_code_is_saved_with_the_advice_to_take_more(client_of, lena):
    browser = client_of(lena)
    browser.post(url("code"), {"code": "Ab1", "proof_password": PASSWORD})

    assert "four or more characters" in text_of(browser.get(url("security")))


def test_the_example_is_a_real_message_with_the_code_in_its_place(client_of, lena):
    empty = client_of(lena).get(url("code"))
    assert "Sign-in on a new device" in text_of(empty)
    assert "none set yet" in text_of(empty)

    typed = client_of(lena).post(url("code"), {"code": "lena9"})
    assert "data-code-echo" in typed.content.decode()
    assert "lena9" in typed.context["example"]


def test_the_page_hides_the_present_code_until_it_is_revealed(client_of, lena):
    set_code(lena, "Fjord7")
    set_code(lena, "Elbe42")
    browser = client_of(lena)

    hidden = browser.get(url("code")).content.decode()
    assert "Fjord7" not in hidden
    assert "Elbe42" not in hidden

    assert asks_for_proof(browser.post(url("code_reveal")))
    shown = browser.post(url("code_reveal"), {"proof_password": PASSWORD})
    assert "Elbe42" in text_of(shown)
    assert "Fjord7" in text_of(shown)
    assert shown.headers["Cache-Control"] == "no-store"
    assert "Elbe42" not in browser.get(url("code")).content.decode()


def test_the_page_of_the_shown_code_leads_back_when_it_is_opened_again(client_of, lena):
    assert client_of(lena).get(url("code_reveal")).url == url("code")


def test_on_narrow_screens_the_reminder_comes_before_the_field(client_of, lena):
    reminder = client_of(lena).get(url("code")).content.decode()
    assert 'href="?step=field">Confirm' in reminder
    assert 'class="stack-l only-wide"' in reminder

    field = client_of(lena).get(url("code"), {"step": "field"}).content.decode()
    assert 'class="stack-l only-wide"' not in field
    assert 'href="?step=field"' not in field


def test_a_refused_code_shows_the_field_on_narrow_screens_too(client_of, lena):
    answer = client_of(lena).post(url("code"), {"code": "7777"})

    assert 'class="stack-l only-wide"' not in answer.content.decode()


def test_the_refusal_speaks_german_to_who_reads_german(client_of, customer):
    answer = client_of(customer).post(url("code"), {"code": "7777"})

    with translation.override("de"):
        assert CodeRefused(Rule.REPEATED).sentence in text_of(answer)


def test_nobody_elses_code_is_in_reach(client_of, lena, stranger):
    set_code(lena, "Fjord7")
    browser = client_of(stranger)

    assert "Fjord7" not in text_of(browser.post(url("code_reveal"), {"proof_password": PASSWORD}))
    assert kinds_sent() == ["security.code_test"]
    assert User.objects.get(pk=lena.pk).carried_code() == "Fjord7"
