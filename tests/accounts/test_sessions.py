"""Sessions: the rules of `sessions`, the list of them, ending them."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError

from echt.accounts.models import Session
from echt.accounts.selectors import sessions_of
from echt.accounts.sessions import SessionStore, digest_of, opened
from tests.accounts.steps import state_of, text_of, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1 Version/19.0 Mobile Safari/604.1"


def stored(**data):
    session = SessionStore()
    session.update(data)
    session.save()
    return session


def test_trap_9_the_table_holds_a_digest_never_the_key(database_text):
    session = stored(colour="blue")

    assert Session.objects.get().pk == digest_of(session.session_key)
    assert session.session_key not in database_text()


def test_trap_9_what_the_table_holds_opens_no_session():
    stored(colour="blue")

    thief = SessionStore(session_key=Session.objects.get().pk)

    assert thief.load() == {}
    assert thief.session_key is None


def test_rule_1_the_key_of_the_cookie_opens_it():
    assert SessionStore(session_key=stored(colour="blue").session_key)["colour"] == "blue"


def test_rule_2_the_data_are_sealed(database_text):
    stored(code="483920-canary")

    assert "canary" not in database_text()
    assert b"canary".hex() not in database_text()


def test_rule_2_data_moved_to_another_row_open_nothing():
    one, other = stored(colour="blue"), stored(colour="red")
    rows = [Session.objects.get(pk=digest_of(session.session_key)) for session in (one, other)]

    assert opened(rows[0].pk, rows[1].session_data) == {}


@pytest.mark.parametrize("data", ["", "zz", "00", "00" * 64])
def test_rule_2_changed_data_open_nothing(data):
    assert opened("digest", data) == {}


def test_rule_3_a_row_names_its_owner(lena, client_of):
    client_of(lena)

    assert Session.objects.get().owner == lena


def test_a_session_that_has_ended_is_not_brought_back_by_its_next_answer(lena):
    session = stored(colour="blue")
    Session.objects.all().delete()

    with pytest.raises(UpdateError):
        session.save()
    assert not Session.objects.exists()


def test_a_session_is_over_at_its_end(travel):
    session = stored(colour="blue")
    travel.move_to(Session.objects.get().expire_date)

    assert SessionStore(session_key=session.session_key).load() == {}


# the list and its buttons -------------------------------------------------------------------------------------


@pytest.fixture
def here(lena, client_of):
    return _browser(client_of(lena), FIREFOX, "Firefox", "Linux", "203.0.113.7")


@pytest.fixture
def phone(lena, client_of):
    return _browser(client_of(lena), IPHONE, "Safari", "iPhone", "198.51.100.9")


def _browser(client, agent, browser, system, address):
    from echt import clock

    session = client.session
    now = clock.now().timestamp()
    session.update({"where": {"browser": browser, "system": system, "ip": address}, "started": now, "seen": now})
    session.save()
    client.defaults["HTTP_USER_AGENT"] = agent
    return client


def digest(client):
    return digest_of(client.session.session_key)


def alive(client):
    return Session.objects.filter(pk=digest(client)).exists()


def test_the_page_lists_devices_with_this_one_first(here, phone):
    page = text_of(here.get(url("security")))

    assert page.index("Firefox on Linux") < page.index("Safari on iPhone")
    assert "This device" in page
    assert "198.51.100.9" in page


def test_a_session_that_was_idle_too_long_is_not_listed(lena, here, phone, travel):
    travel.shift(timedelta(minutes=29))
    here.get(url("security"))
    travel.shift(timedelta(minutes=1))

    assert len(sessions_of(lena, key=here.session.session_key)) == 1


def test_one_session_is_ended(here, phone):
    here.post(url("session_end"), {"session": digest(phone)})

    assert not alive(phone)
    assert alive(here)
    assert phone.get(url("security")).status_code == 302


def test_this_session_is_ended_by_signing_out_only(here):
    here.post(url("session_end"), {"session": digest(here)})

    assert alive(here)


def test_somebody_elses_session_is_as_absent_as_none(here, stranger, client_of):
    foreign = client_of(stranger)
    before = state_of()

    answers = [here.post(url("session_end"), {"session": name}, follow=True) for name in (digest(foreign), "none", "")]

    assert alive(foreign)
    assert all("That session had already ended." in text_of(answer) for answer in answers)
    assert state_of() == before


def test_all_others_end_and_this_one_stays(here, phone, stranger, client_of):
    foreign = client_of(stranger)

    answer = here.post(url("sessions_end_others"), follow=True)

    assert "1 session is ended." in text_of(answer)
    assert [alive(client) for client in (here, phone, foreign)] == [True, False, True]


def test_the_dialog_says_which_devices_are_signed_out(here, phone):
    page = here.get(url("security")).content.decode()
    dialog = page[page.index('id="end-others"') :]

    assert "Safari on iPhone" in dialog
    assert "Firefox on Linux" not in dialog


def test_alone_there_is_nothing_to_end(here):
    assert "End all other sessions" not in text_of(here.get(url("security")))
