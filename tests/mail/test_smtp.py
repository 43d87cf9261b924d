"""The SMTP transport, against a real server on this machine."""

import smtplib

import pytest
from pydantic import SecretStr

from echt.mail.envelope import Envelope
from echt.mail.settings import MailSettings
from echt.mail.transport import NoAnswer, Permanent, Temporary
from echt.mail.transport.smtp import SmtpTransport
from tests.mail.post_office import PASSWORD, USER, Certificate, authenticator, free_port, open_office

ENVELOPE = Envelope(
    key="0" * 32,
    sender="security@mail.example",
    recipient="lena@example.org",
    content=b"Subject: x\r\n\r\n.a line that begins with a point\r\nNumber: 1\r\n",
)


def settings(port, **values):
    return MailSettings(
        **{"transport": "smtp", "host": "127.0.0.1", "port": port, "security": "none", "timeout": 5, **values}
    )


def deliver(port, *, trust=None, handed_over=None, **values):
    done = [] if handed_over is None else handed_over
    return SmtpTransport(settings(port, **values), trust=trust).deliver(
        ENVELOPE, handing_over=lambda: done.append(True)
    )


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return Certificate(tmp_path_factory.mktemp("certificate"))


def test_a_mail_is_delivered_and_the_answer_kept_in_short():
    with open_office() as office:
        assert deliver(office.port) == "DATA 250 2.0.0"
        assert office.accepted[0].get_content() == ".a line that begins with a point\nNumber: 1\n".replace("\n", "\r\n")


def test_rule_1_trouble_at_quit_after_acceptance_is_no_failure():
    with open_office(rude=True) as office:
        assert deliver(office.port) == "DATA 250 2.0.0"
        assert len(office.accepted) == 1


@pytest.mark.parametrize("step", ["drop", "slow"])
def test_rule_1_no_answer_to_the_end_is_no_acceptance(step):
    handed_over = []
    with open_office(step) as office, pytest.raises(NoAnswer):
        deliver(office.port, timeout=0.3, handed_over=handed_over)
    assert handed_over == [True]


def test_connection_refused_is_temporary_and_nothing_was_handed_over():
    handed_over = []
    with pytest.raises(NoAnswer, match="ConnectionRefusedError"):
        deliver(free_port(), handed_over=handed_over)
    assert handed_over == []


def test_rule_2_starttls_encrypts(certificate):
    with open_office(tls_context=certificate.server(), require_starttls=True) as office:
        deliver(office.port, security="starttls", trust=certificate.client())
        assert office.encrypted == [True]


def test_rule_2_a_server_that_cannot_encrypt_gets_nothing():
    with open_office() as office, pytest.raises(Temporary, match="SMTPNotSupportedError"):
        deliver(office.port, security="starttls", user=USER, password=SecretStr(PASSWORD))
    assert office.seen == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_rule_2_a_certificate_that_nobody_vouches_for_gets_nothing(certificate, security):
    how = {"ssl_context": certificate.server()} if security == "tls" else {"tls_context": certificate.server()}
    port = free_port()
    office = None
    try:
        with open_office(port=port, **how) as office, pytest.raises(Temporary, match="SSLCertVerificationError"):
            deliver(port, security=security)
    except smtplib.SMTPException:
        raise AssertionError("the office did not open") from None
    assert office.seen == []


@pytest.mark.parametrize(
    ("step", "error"),
    [("RCPT 550 5.1.1 <lena@example.org> unknown", "RCPT 550 5.1.1"), ("554 5.7.1 spam", "DATA 554 5.7.1")],
)
def test_rule_3_a_refusal_of_recipient_or_mail_is_final(step, error):
    with open_office(step) as office, pytest.raises(Permanent) as refusal:
        deliver(office.port)
    assert str(refusal.value) == error
    assert office.accepted == []


@pytest.mark.parametrize("step", ["RCPT 450 4.2.1 later", "451 4.3.0 later", "421 4.3.2 closing"])
def test_rule_3_a_request_for_patience_is_temporary(step):
    with open_office(step) as office, pytest.raises(Temporary) as problem:
        deliver(office.port)
    assert not isinstance(problem.value, NoAnswer)
    assert office.accepted == []


def test_rule_3_a_refused_sign_in_is_temporary_and_a_right_one_delivers(certificate):
    how = {"authenticator": authenticator, "auth_required": True, "tls_context": certificate.server()}
    with open_office(**how) as office:
        with pytest.raises(Temporary, match="SMTPAuthenticationError 535"):
            deliver(
                office.port, security="starttls", trust=certificate.client(), user=USER, password=SecretStr("wrong")
            )
        assert office.seen == []
        deliver(office.port, security="starttls", trust=certificate.client(), user=USER, password=SecretStr(PASSWORD))
        assert office.signed_in == [True]


def test_rule_4_the_text_of_a_refusal_is_not_kept():
    with open_office("RCPT 550 5.1.1 <lena@example.org> unknown") as office, pytest.raises(Permanent) as refusal:
        deliver(office.port)
    assert "lena" not in str(refusal.value)
