"""The profile: nickname, language, time zone."""

import pytest

from echt.accounts.models import User
from tests.accounts.steps import state_of, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


def test_it_shows_name_and_masked_address(browser):
    page = text_of(browser.get(url("profile")))

    assert "Lena" in page
    assert "l•••••@example.org" in page
    assert "lena@example.org" not in page


def test_it_leads_to_everything_personal(browser):
    page = browser.get(url("profile")).content.decode()
    narrow = page[page.index('<div class="only-narrow stack">') :]

    assert f'href="{url("security")}"' in narrow
    assert 'href="/messages/"' in narrow
    assert 'data-set="theme"' in narrow
    assert "Sign out" in narrow


def test_it_is_changed(browser, lena):
    answer = browser.post(url("profile"), {"nickname": "Leni", "language": "de", "zone": "America/New_York"})

    assert answer.url == url("profile")
    kept = User.objects.get(pk=lena.pk)
    assert (kept.nickname, kept.language, kept.zone) == ("Leni", "de", "America/New_York")


def test_a_nickname_and_a_zone_may_be_left_out(browser, lena):
    browser.post(url("profile"), {"nickname": "", "language": "en", "zone": ""})

    kept = User.objects.get(pk=lena.pk)
    assert (kept.nickname, kept.zone) == ("", "")
    assert kept.display == "lena"


@pytest.mark.parametrize("nickname", ["Leni 👩‍🚀", "Łucja", "שלום", "李小龍"])
def test_a_nickname_may_be_in_any_script(browser, lena, nickname):
    browser.post(url("profile"), {"nickname": nickname, "language": "en", "zone": ""})

    assert User.objects.get(pk=lena.pk).nickname == nickname


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "fr"},
        {"zone": "Moon/Crater"},
        {"zone": "../../etc/passwd"},
        {"nickname": "x" * 33},
        {"nickname": "\u202eLeni"},
        {"nickname": "Le\x1bni"},
    ],
)
def test_bad_input_is_refused_kept_in_the_form_and_changes_nothing(browser, wrong):
    before = state_of()

    answer = browser.post(url("profile"), {"nickname": "Leni", "language": "en", "zone": "", **wrong})

    assert answer.status_code == 422
    assert wrong.get("nickname", "Leni") in answer.content.decode()
    assert state_of() == before


def test_the_name_is_sealed(browser, database_text):
    browser.post(url("profile"), {"nickname": "Canary-Leni", "language": "en", "zone": ""})

    assert "Canary-Leni" not in database_text()
