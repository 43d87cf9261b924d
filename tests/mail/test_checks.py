"""Settings that would be dangerous or useless together are refused at start."""

import pytest
from pydantic import SecretStr

from echt.mail import checks, places
from echt.mail.recipient import Stranger, zone_of


def ids(found):
    return [one.id for one in found]


@pytest.mark.parametrize("host", ["smtp.example", "192.0.2.1", "10.0.0.1", "::2"])
def test_mail_in_clear_to_another_machine_is_refused(set_mail, host):
    set_mail(transport="smtp", security="none", host=host)
    assert ids(checks.mail_travels_encrypted()) == ["mail.E001"]


@pytest.mark.parametrize(
    "values",
    [
        {"security": "none", "host": "127.0.0.1"},
        {"security": "none", "host": "localhost"},
        {"security": "none", "host": "::1"},
        {"security": "starttls", "host": "smtp.example"},
        {"security": "tls", "host": "smtp.example"},
    ],
)
def test_mail_to_this_machine_or_encrypted_is_fine(set_mail, values):
    set_mail(transport="smtp", **values)
    assert checks.mail_travels_encrypted() == []


def test_the_outbox_needs_no_encryption(set_mail):
    set_mail(transport="outbox", security="none", host="smtp.example")
    assert checks.mail_travels_encrypted() == []


@pytest.mark.parametrize(
    ("user", "password", "found"), [("", "", []), ("a", "b", []), ("a", "", ["mail.E002"]), ("", "b", ["mail.E002"])]
)
def test_user_and_password_go_together(set_mail, user, password, found):
    set_mail(user=user, password=SecretStr(password))
    assert ids(checks.sign_in_is_whole()) == found


def test_the_page_of_the_code_must_be_known(monkeypatch):
    assert checks.code_page_is_known() == []
    monkeypatch.setattr(places.code_page, "view", None)
    assert ids(checks.code_page_is_known()) == ["mail.E003"]
    with pytest.raises(LookupError):
        places.code_page.target()


def test_a_deployment_that_only_writes_files_is_told_so(set_mail):
    assert ids(checks.mail_leaves()) == ["mail.W001"]
    set_mail(transport="smtp")
    assert checks.mail_leaves() == []


@pytest.mark.parametrize("zone", ["", "Nowhere/Land", "../etc/passwd"])
def test_without_a_known_zone_the_installations_counts(zone):
    assert zone_of(Stranger(address="l@example.org", language="de", zone=zone)).key == "Europe/Berlin"
