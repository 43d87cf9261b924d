"""Locking one's own security settings for 1 to 30 days."""

from datetime import timedelta

import pytest

from echt import clock
from echt.accounts.actions.locking import lock_settings
from echt.accounts.models import User
from tests.accounts.steps import HERE, Fresh, asks_for_proof, kinds_sent, state_of, text_of, url
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


@pytest.mark.parametrize("days", [1, 7, 30])
def test_it_holds_for_so_many_days_to_the_instant(lena, days):
    until = lock_settings(actor=lena, days=days, step_up=Fresh(), where=HERE)

    assert until - clock.now() == timedelta(days=days)
    assert kinds_sent() == ["security.settings_locked"]


@pytest.mark.parametrize("days", [-1, 0, 31])
def test_other_numbers_are_refused_and_nothing_changes(lena, days):
    before = state_of()

    with pytest.raises(ValueError, match=str(days)):
        lock_settings(actor=lena, days=days, step_up=Fresh(), where=HERE)
    assert state_of() == before


@pytest.mark.parametrize("typed", ["0", "31", "", "seven", "1.5"])
def test_the_page_says_which_numbers_there_are_and_keeps_what_was_typed(browser, typed):
    before = state_of()

    answer = browser.post(url("lock_settings"), {"days": typed, "known": "on", "proof_password": PASSWORD})

    assert answer.status_code == 422
    assert "whole number" in text_of(answer) or "Enter a number of days from 1 to 30." in text_of(answer)
    assert not typed or f'value="{typed}"' in answer.content.decode()
    assert state_of() == before


def test_one_must_know_that_nobody_can_shorten_it(browser):
    answer = browser.post(url("lock_settings"), {"days": "7", "proof_password": PASSWORD})

    assert answer.status_code == 422
    assert "Please tick this box" in text_of(answer)


def test_it_is_asked_for_a_proof_of_exactly_so_many_days(browser, lena):
    asked = browser.post(url("lock_settings"), {"days": "7", "known": "on"})
    assert asks_for_proof(asked)
    assert "7 days" in text_of(asked)

    browser.post(url("lock_settings"), {"days": "7", "known": "on", "proof_password": PASSWORD})

    assert User.objects.get(pk=lena.pk).settings_locked
    page = text_of(browser.get(url("security")))
    assert "Nobody can change anything until" in page


def test_nobody_can_shorten_it(browser, lena):
    until = lock_settings(actor=lena, days=30, step_up=Fresh(), where=HERE)

    browser.post(url("lock_settings"), {"days": "1", "known": "on", "proof_password": PASSWORD})

    assert User.objects.get(pk=lena.pk).settings_locked_until == until
