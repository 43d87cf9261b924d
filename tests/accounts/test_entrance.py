"""Signing up, signing in, resetting the password: the whole way through the pages."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from echt import clock
from echt.accounts.actions.locking import lock_account
from echt.accounts.actions.provisioning import provision
from echt.accounts.lock_links import new_lock_link
from echt.accounts.models import Freeze, FreezeReason, Role, Session, User
from echt.accounts.where import Where
from echt.mail.models import Message

pytestmark = pytest.mark.django_db

ADDRESS = "stranger@posteo.example"
PASSWORD = "four quiet herons walk"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def browser():
    return Client(headers={"user-agent": FIREFOX})


@pytest.fixture
def anna():
    return provision(address="anna@posteo.example", password=PASSWORD, language="en")


def code_in(message):
    return re.search(r"\b\d{8}\b", message.text.replace(" ", "")).group()


def newest(kind=None):
    messages = Message.objects.filter(kind=kind) if kind else Message.objects.all()
    return messages.order_by("created_at").last()


def sign_up(browser, address=ADDRESS, password=PASSWORD):
    return browser.post(reverse("account_signup"), {"email": address, "password1": password})


def sign_in(browser, address="anna@posteo.example", password=PASSWORD):
    return browser.post(reverse("account_login"), {"login": address, "password": password})


def is_signed_in(browser):
    return "_auth_user_id" in browser.session


def app_code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, int(clock.now().timestamp()) // 30))


# signing up ---------------------------------------------------------------------------------------------------


def test_a_stranger_signs_up_with_a_code_from_the_mailbox(browser):
    answer = sign_up(browser)
    assert answer.url == reverse("account_email_verification_sent")
    assert not is_signed_in(browser)

    answer = browser.post(answer.url, {"code": code_in(newest("account.confirm_address"))})

    assert is_signed_in(browser)
    assert answer.url == reverse("accounts:security")
    assert EmailAddress.objects.get().verified


def test_the_page_of_the_code_shows_the_masked_address(browser):
    page = browser.get(sign_up(browser).url)

    assert "s•••••@posteo.example" in page.content.decode()
    assert ADDRESS not in page.content.decode()


def test_a_wrong_code_signs_nobody_in_and_three_end_the_attempt(browser):
    confirm = sign_up(browser).url
    right = code_in(newest())
    wrong = "00000000" if right != "00000000" else "00000001"

    for _ in range(2):
        page = browser.post(confirm, {"code": wrong})
        assert "That code does not fit" in page.content.decode()
    assert browser.post(confirm, {"code": wrong}).status_code == 302
    browser.post(confirm, {"code": right})

    assert not is_signed_in(browser)
    assert not EmailAddress.objects.get().verified


def test_a_code_is_good_for_ten_minutes(browser, travel):
    confirm = sign_up(browser).url
    code = code_in(newest())
    travel.shift(timedelta(minutes=10, seconds=1))

    browser.post(confirm, {"code": code})

    assert not is_signed_in(browser)


def test_a_new_code_can_be_asked_for(browser, travel):
    confirm = sign_up(browser).url
    travel.shift(timedelta(seconds=30))

    browser.post(confirm, {"action": "resend"})
    browser.post(confirm, {"code": code_in(newest())})

    assert Message.objects.filter(kind="account.confirm_address").count() == 2
    assert is_signed_in(browser)


def test_an_address_that_has_an_account_gets_the_same_answer_and_another_mail(browser, anna):
    fresh = sign_up(browser)
    known = sign_up(Client(), address="ANNA@posteo.example")

    assert (known.status_code, known.url) == (fresh.status_code, fresh.url)
    assert newest().kind == "account.already_registered"
    assert User.objects.count() == 2


def test_a_known_address_is_told_once_an_hour_however_often_somebody_tries(anna, travel):
    for _ in range(3):
        sign_up(Client(), address="anna@posteo.example")
    assert Message.objects.filter(kind="account.already_registered").count() == 1

    travel.shift(timedelta(hours=1, seconds=1))
    sign_up(Client(), address="anna@posteo.example")

    assert Message.objects.filter(kind="account.already_registered").count() == 2


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "too short"),
        ("password1234", "too common"),
        ("stranger is my name", "must not contain our name, your name"),
        ("I love Nordlicht so", "must not contain our name, your name"),
    ],
)
def test_a_weak_password_is_refused_with_its_sentence_and_nothing_happens(browser, password, sentence):
    page = sign_up(browser, password=password).content.decode()

    assert sentence in page
    assert f'value="{ADDRESS}"' in page
    assert f'value="{password}"' not in page
    assert (User.objects.count(), Message.objects.count()) == (0, 0)


@pytest.mark.parametrize("address", ["", "nonsense", "a@b", "two@at@signs.example", "x" * 300 + "@b.example"])
def test_what_is_no_address_is_refused_and_kept_in_the_field(browser, address):
    answer = sign_up(browser, address=address)

    assert answer.status_code == 200
    assert answer.context["form"].errors["email"]
    assert User.objects.count() == 0


# signing in ---------------------------------------------------------------------------------------------------


def test_the_first_sign_in_of_an_account_needs_no_confirmed_device(browser, anna):
    sign_in(browser)

    assert is_signed_in(browser)


def test_an_unknown_device_is_held_until_a_code_from_the_mailbox_confirms_it(browser, anna):
    sign_in(browser)
    other = Client(headers={"user-agent": CHROME})

    held = sign_in(other)
    assert held.url == reverse("account_confirm_login_code")
    assert not is_signed_in(other)
    other.post(held.url, {"code": code_in(newest("security.confirm_device"))})

    assert is_signed_in(other)
    assert newest().kind == "security.new_device"
    assert "Chrome on Windows" in newest().text


def test_a_known_device_is_not_held_again(browser, anna):
    sign_in(browser)
    browser.post(reverse("account_logout"))

    sign_in(browser)

    assert is_signed_in(browser)


def test_wrong_password_and_unknown_address_get_the_same_sentence(browser, anna):
    wrong = sign_in(browser, password="not the password at all").content.decode()
    unknown = sign_in(Client(), address="nobody@posteo.example").content.decode()

    for page in (wrong, unknown):
        assert "Mail address and password do not belong together" in page
    assert 'value="anna@posteo.example"' in wrong
    assert "not the password at all" not in wrong


def test_ten_wrong_passwords_close_the_door_even_for_the_right_one(browser, anna):
    for _ in range(10):
        sign_in(Client(), password="wrong wrong wrong")

    page = sign_in(browser)

    assert "Too many attempts" in page.content.decode()
    assert not is_signed_in(browser)


def test_a_second_factor_is_asked_for_and_taken(browser, anna):
    TOTP.activate(anna, SECRET)

    asked = sign_in(browser)
    assert asked.url == reverse("mfa_authenticate")
    assert not is_signed_in(browser)
    browser.post(asked.url, {"code": app_code()})

    assert is_signed_in(browser)


def test_a_wrong_second_factor_signs_nobody_in(browser, anna):
    TOTP.activate(anna, SECRET)
    asked = sign_in(browser)
    right = app_code()

    page = browser.post(asked.url, {"code": "000000" if right != "000000" else "000001"})

    assert "That code does not fit" in page.content.decode()
    assert not is_signed_in(browser)


def test_trap_3_an_app_code_works_once(browser, anna, travel):
    travel.move_to("2026-11-22T12:00:01+00:00")
    TOTP.activate(anna, SECRET)
    code = app_code()
    browser.post(sign_in(browser).url, {"code": code})
    other = Client(headers={"user-agent": FIREFOX})

    other.post(sign_in(other).url, {"code": code})
    travel.shift(timedelta(seconds=44))
    other.post(reverse("mfa_authenticate"), {"code": code})

    assert is_signed_in(browser)
    assert not is_signed_in(other)


def test_trap_2_the_seed_of_an_app_is_sealed_in_the_table(anna):
    TOTP.activate(anna, SECRET)

    stored = Authenticator.objects.get().data["secret"]

    assert SECRET not in stored
    assert TOTP(Authenticator.objects.get()).validate_code(app_code())


def test_trap_6_every_mail_of_the_library_is_one_of_ours(browser, anna):
    sign_up(browser)
    sign_up(Client(), address="anna@posteo.example")
    Client().post(reverse("account_reset_password"), {"email": "anna@posteo.example"})

    kinds = list(Message.objects.order_by("created_at").values_list("kind", flat=True))

    assert kinds == ["account.confirm_address", "account.already_registered", "security.reset_password"]


def test_law_5_no_table_holds_an_address_in_clear(browser, anna, database_text):
    sign_up(browser)

    assert ADDRESS not in database_text()
    assert "anna@posteo" not in database_text()


# sessions -----------------------------------------------------------------------------------------------------


def test_a_session_ends_after_half_an_hour_without_activity(browser, anna, travel):
    sign_in(browser)
    travel.shift(timedelta(minutes=30))

    answer = browser.get(reverse("accounts:security"))

    assert answer.url.startswith(reverse("account_login"))
    assert not Session.objects.filter(owner=anna).exists()


def test_a_session_ends_after_twelve_hours_however_busy(browser, anna, travel):
    sign_in(browser)
    for _ in range(30):
        travel.shift(timedelta(minutes=25))
        last = browser.get(reverse("accounts:security"))

    assert last.status_code == 302


def test_a_session_ends_when_another_browser_shows_its_cookie(browser, anna):
    sign_in(browser)

    answer = browser.get(reverse("accounts:security"), headers={"user-agent": CHROME})

    assert answer.status_code == 302
    assert not Session.objects.filter(owner=anna).exists()


def test_signing_out_ends_the_session_on_the_server(browser, anna):
    sign_in(browser)
    key = browser.cookies["session"].value

    answer = browser.post(reverse("account_logout"))
    browser.cookies["session"] = key

    assert "cache" in answer.headers["Clear-Site-Data"]
    assert browser.get(reverse("accounts:security")).status_code == 302


def test_staff_can_do_nothing_before_they_have_a_second_factor(browser):
    provision(address="desk@posteo.example", password=PASSWORD, role=Role.REVIEWER)
    sign_in(browser, address="desk@posteo.example")

    assert browser.get(reverse("accounts:security")).status_code == 200
    assert browser.get(reverse("mail:messages")).url == reverse("accounts:security")


# the reset ----------------------------------------------------------------------------------------------------


def reset(browser, address="anna@posteo.example", password="five loud geese are flying"):
    confirm = browser.post(reverse("account_reset_password"), {"email": address}).url
    new = browser.post(confirm, {"code": code_in(newest("security.reset_password"))}).url
    return browser.post(new, {"password1": password})


def test_a_reset_by_code_ends_all_sessions_and_pauses_outgoing_money(browser, anna):
    sign_in(browser)
    other = Client()

    reset(other)
    anna.refresh_from_db()

    assert anna.check_password("five loud geese are flying")
    assert not Session.objects.filter(owner=anna).exists()
    assert newest().kind == "security.password_reset"
    freeze = Freeze.objects.get(owner=anna)
    assert freeze.reason == FreezeReason.PASSWORD_RESET
    assert freeze.ends_at - freeze.begins_at == timedelta(hours=24)


def test_a_reset_does_not_go_around_the_second_factor(browser, anna):
    TOTP.activate(anna, SECRET)

    reset(browser)
    asked = sign_in(browser, password="five loud geese are flying")

    assert asked.url == reverse("mfa_authenticate")
    assert not is_signed_in(browser)


def test_a_reset_of_an_unknown_address_looks_the_same_and_sends_nothing(browser, anna):
    known = Client().post(reverse("account_reset_password"), {"email": "anna@posteo.example"})
    count = Message.objects.count()
    unknown = browser.post(reverse("account_reset_password"), {"email": "nobody@posteo.example"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert browser.get(unknown.url).status_code == 200
    assert Message.objects.count() == count


def test_no_mailbox_is_flooded_with_reset_codes(anna):
    answers = [Client().post(reverse("account_reset_password"), {"email": "anna@posteo.example"}) for _ in range(8)]

    assert answers[-1].status_code == 429
    assert Message.objects.filter(kind="security.reset_password").count() == 6


def test_a_locked_account_signs_nobody_in_until_its_password_is_reset(browser, anna):
    sign_in(browser)
    lock_account(link=new_lock_link(anna), where=Where())

    assert sign_in(browser).url == reverse("accounts:locked")
    assert not is_signed_in(browser)
    reset(browser)
    anna.refresh_from_db()

    assert anna.locked_at is None
    freeze = Freeze.objects.get(owner=anna)
    assert freeze.reason == FreezeReason.RECOVERED
    assert freeze.ends_at - freeze.begins_at == timedelta(hours=72)
