"""The rules of `lock_links`: the link "it was not me" of every security mail."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client

from echt.accounts.actions.codes import change_code
from echt.accounts.actions.passwords import after_reset
from echt.accounts.lock_links import LIFETIME, SALT, new_lock_link
from echt.accounts.models import Freeze, FreezeReason, Session, User
from echt.audit.models import AuditEvent
from echt.mail.models import Message
from tests.accounts.steps import HERE, Fresh, kinds_sent, state_of, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


@pytest.fixture
def link(lena):
    return new_lock_link(lena)


@pytest.fixture
def anybody():
    return Client()


def is_locked(user):
    return User.objects.get(pk=user.pk).locked_at is not None


def test_rule_1_opening_the_link_explains_and_changes_nothing(anybody, lena, link):
    before = state_of()

    page = anybody.get(url("lock", link))

    assert page.status_code == 200
    assert "Lock your account?" in text_of(page)
    assert state_of() == before


def test_rule_1_the_button_locks_without_a_sign_in_and_ends_all_sessions(anybody, lena, link, client_of):
    browser = client_of(lena)

    answer = anybody.post(url("lock", link))

    assert answer.url == url("locked")
    assert is_locked(lena)
    assert not Session.objects.filter(owner=lena).exists()
    assert browser.get(url("security")).status_code == 302
    assert kinds_sent() == ["security.account_locked"]
    assert AuditEvent.objects.filter(event="account.locked", subject=lena.pk, actor=None).count() == 1


def test_rule_1_the_owner_s_own_browser_is_signed_out_too(lena, link, client_of):
    browser = client_of(lena)

    answer = browser.post(url("lock", link))

    assert answer.status_code == 302
    assert "_auth_user_id" not in browser.session


def test_rule_1_somebody_else_who_presses_it_stays_signed_in(lena, link, stranger, client_of):
    browser = client_of(stranger)

    browser.post(url("lock", link))

    assert is_locked(lena)
    assert browser.session["_auth_user_id"] == str(stranger.pk)


def test_rule_2_it_locks_once(anybody, lena, link):
    anybody.post(url("lock", link))
    after_reset(user=User.objects.get(pk=lena.pk), where=HERE)

    answer = anybody.post(url("lock", link))

    assert answer.status_code == 410
    assert not is_locked(lena)


def test_rule_2_the_first_lock_uses_up_all_older_links(anybody, lena, link):
    other = new_lock_link(lena)
    anybody.post(url("lock", other))

    assert anybody.get(url("lock", link)).status_code == 410


def test_rule_2_it_works_for_seven_days(anybody, lena, link, travel):
    travel.shift(LIFETIME)
    assert anybody.get(url("lock", link)).status_code == 200

    travel.shift(timedelta(seconds=1))
    assert anybody.get(url("lock", link)).status_code == 410


@pytest.mark.parametrize("forge", [lambda link: link[:-1], lambda link: "x" + link, lambda link: "nonsense"])
def test_rule_2_a_forged_link_locks_nothing(anybody, lena, link, forge):
    before = state_of()

    assert anybody.post(url("lock", forge(link))).status_code == 410
    assert state_of() == before


def test_rule_2_a_signature_for_something_else_locks_nothing(anybody, lena):
    other = signing.dumps([lena.pk.hex, 0], salt="something else")

    assert anybody.post(url("lock", other)).status_code == 410
    assert not is_locked(lena)


def test_rule_3_the_answer_does_not_tell_whether_there_is_an_account(anybody, lena, link):
    closed = new_lock_link(lena)
    User.objects.filter(pk=lena.pk).update(is_active=False)
    nobody = signing.dumps(["0" * 32, 0], salt=SALT)

    answers = [anybody.post(url("lock", name)) for name in (closed, nobody, "nonsense")]

    assert {answer.status_code for answer in answers} == {410}
    assert len({text_of(answer) for answer in answers}) == 1


def test_rule_3_the_page_of_a_good_link_names_nobody(anybody, lena, link):
    page = text_of(anybody.get(url("lock", link)))

    assert "Lena" not in page
    assert "example.org" not in page


def test_the_page_is_kept_by_nobody(anybody, link):
    assert anybody.get(url("lock", link)).headers["Cache-Control"] == "no-store"


def test_a_security_mail_carries_such_a_link(anybody, lena):
    change_code(actor=lena, code="Fjord7", step_up=Fresh(), where=HERE)
    change_code(actor=lena, code="Elbe42", step_up=Fresh(), where=HERE)
    notice = Message.objects.get(kind="security.code_changed")

    path = re.search(r"/lock/\S+/", notice.text.replace("=\n", ""))[0]

    assert anybody.post(path).url == url("locked")
    assert is_locked(lena)


def test_opening_it_again_with_a_new_password_counts_as_recovery(lena, link, anybody):
    anybody.post(url("lock", link))

    after_reset(user=User.objects.get(pk=lena.pk), where=HERE)

    freeze = Freeze.objects.get()
    assert freeze.reason == FreezeReason.RECOVERED
    assert freeze.ends_at - freeze.begins_at == timedelta(hours=72)
    assert not is_locked(lena)
