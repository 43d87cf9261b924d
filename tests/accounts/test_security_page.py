"""The security page, its registry of rows, and the history."""

from datetime import timedelta

import pytest

from echt.accounts import history, security_rows
from echt.accounts.actions.codes import change_code
from echt.accounts.actions.profile import change_profile
from echt.accounts.actions.recovery_codes import make_recovery_codes
from echt.accounts.security_rows import Row, Section, protections_of, register
from echt.mail.models import Message
from tests.accounts.steps import HERE, Fresh, text_of, url, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


@pytest.fixture
def page(browser):
    return lambda name="security", **query: text_of(browser.get(url(name), query))


def test_it_counts_what_is_set_up_and_names_what_is_missing(page):
    told = page()

    assert "1 of 5 protections is set up." in told
    assert "Missing: Passkeys, Authenticator app, Recovery codes and Anti-phishing code." in told


def test_what_is_set_up_counts(lena, page):
    with_app(lena)
    make_recovery_codes(actor=lena, step_up=Fresh(), where=HERE)
    change_code(actor=lena, code="Fjord7", step_up=Fresh(), where=HERE)

    assert "4 of 5 protections are set up. Missing: Passkeys." in page()


def test_the_missing_code_is_the_one_primary_step(browser, lena):
    assert browser.get(url("security")).content.decode().count('class="button primary"') == 1

    change_code(actor=lena, code="Fjord7", step_up=Fresh(), where=HERE)
    assert browser.get(url("security")).content.decode().count('class="button primary"') == 0


def test_the_code_itself_is_not_on_the_page(browser, lena):
    change_code(actor=lena, code="Fjord7", step_up=Fresh(), where=HERE)

    assert "Fjord7" not in browser.get(url("security")).content.decode()


def test_it_leads_to_the_code(browser):
    page = browser.get(url("security")).content.decode()

    assert f'href="{url("code")}" aria-label="Set up: Anti-phishing code">Set up</a>' in page


def test_rows_of_other_rooms_stand_in_their_place(lena, page, monkeypatch):
    monkeypatch.setattr(security_rows, "_rows", {name: list(rows) for name, rows in security_rows._rows.items()})
    row = Row(icon="wallet", title="Address book", text="Only to kept addresses", is_on=True)
    register(Section.ADVANCED, lambda _user: row, order=20)

    told = page()

    assert told.index("Anti-phishing code") < told.index("Address book") < told.index("Lock security settings")
    assert row in protections_of(lena)
    assert "2 of 6 protections are set up." in told


def test_the_latest_three_messages_are_shown_with_number_and_delivery(lena, page):
    for code in ("Fjord7", "Elbe42", "Alster"):
        change_code(actor=lena, code=code, step_up=Fresh(), where=HERE)

    told = page()

    newest = Message.objects.order_by("-created_at", "-pk")
    assert [message.number in told for message in newest] == [True, True, True, False, False]
    assert "All 5 messages" in told
    assert "On its way" in told


def test_without_messages_it_says_so(page):
    assert "No messages yet" in page()


def test_nobody_elses_messages_are_shown(stranger, page):
    change_code(actor=stranger, code="Fjord7", step_up=Fresh(), where=HERE)

    assert "No messages yet" in page()


def test_recovery_codes_wait_for_a_second_factor(browser, lena):
    assert url("recovery_codes") not in browser.get(url("security")).content.decode()
    with_app(lena)
    assert url("recovery_codes") in browser.get(url("security")).content.decode()


@pytest.mark.parametrize(
    "name",
    ["security", "code", "password", "authenticator", "authenticator_add", "passkeys", "passkey_add", "recovery_codes",
     "history", "lock_settings", "data", "close", "profile"],
)  # fmt: skip
def test_who_is_not_signed_in_is_sent_to_sign_in(client, db, name):
    assert client.get(url(name)).url == f"/sign-in/?next={url(name)}"


# history ------------------------------------------------------------------------------------------------------


def test_the_history_tells_what_when_and_where(lena, page):
    change_code(actor=lena, code="Fjord7", step_up=Fresh(), where=HERE)

    told = page("history")

    assert "Anti-phishing code set" in told
    assert "Firefox on Linux" in told
    assert "203.0.113.7" in told
    assert "Account created" in told


def test_it_is_paged_and_every_event_stands_on_one_page(lena, page, monkeypatch, travel):
    monkeypatch.setattr(history, "A_PAGE", 3)
    for number in range(7):
        change_profile(actor=lena, nickname=f"Lena{number}", language="en", zone="")
        travel.shift(timedelta(minutes=1))

    seen, before = 0, None
    while True:
        found = history.page_of(lena, before=before)
        seen += len(found.lines)
        if found.older is None:
            break
        before = found.older

    assert seen == 8  # and the account's creation
    assert "Older" in page("history")
    assert "Newer" in page("history", before=before)


@pytest.mark.parametrize("before", ["x", "-1", "9" * 40, "²", ""])
def test_a_place_that_is_none_begins_at_the_newest(page, before):
    assert "Account created" in page("history", before=before)


def test_nobody_elses_history_is_shown(stranger, page):
    change_code(actor=stranger, code="Fjord7", step_up=Fresh(), where=HERE)

    assert "Anti-phishing code set" not in page("history")


def test_rooms_above_add_the_words_of_their_events(lena, page, monkeypatch):
    from enum import StrEnum

    from django.db import transaction

    from echt.audit.record import record

    class Event(StrEnum):
        GIFT_SENT = "gift.sent"

    monkeypatch.setattr(history, "_labels", dict(history._labels))
    history.register({Event.GIFT_SENT: "Gift sent"})
    with transaction.atomic():
        record(Event.GIFT_SENT, actor=lena, subject=lena.pk)

    assert "Gift sent" in page("history")
