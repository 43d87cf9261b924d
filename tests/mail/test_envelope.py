"""The bytes that leave."""

import pytest

from echt.mail.envelope import Unsendable, envelope_of
from echt.mail.recipient import Stranger
from tests.mail import kinds
from tests.mail.conftest import LENA
from tests.mail.reading import parsed


def test_rule_1_the_same_line_gives_the_same_bytes(sent):
    message = sent()
    assert envelope_of(message) == envelope_of(type(message).objects.get(pk=message.pk))


@pytest.mark.parametrize(
    ("kind", "address"),
    [(kinds.Everything, "security@mail.nordlicht.example"), (kinds.News, "news@mail.nordlicht.example")],
)
def test_headers_are_those_of_the_stream(sent, kind, address):
    message = sent(kind(to=LENA))
    envelope = envelope_of(message)
    mail = parsed(envelope.content)
    assert envelope.sender == address
    assert mail["From"] == f"Nordlicht Exchange <{address}>"
    assert (mail["To"], mail["Subject"]) == ("lena@example.org", "Neues Gerät hinzugefügt")
    assert (mail["Message-ID"], mail["X-Entity-Ref-ID"]) == (message.message_id, message.pk.hex)
    assert (mail["Auto-Submitted"], mail["Content-Language"]) == ("auto-generated", "de")
    assert mail["Date"].datetime == message.created_at.replace(microsecond=0)


def test_news_name_where_to_leave_them(sent):
    mail = parsed(envelope_of(sent(kinds.News(to=LENA))).content)
    assert mail["List-Unsubscribe"] == f"<http://localhost:8000/news/leave/{kinds.TOKEN}/>"


def test_a_domain_with_umlauts_is_written_as_the_domain_name_system_knows_it(sent):
    assert (
        envelope_of(sent(to=Stranger(address="lena@möwe.example", language="de"))).recipient
        == "lena@xn--mwe-sna.example"
    )


@pytest.mark.parametrize(
    "address",
    [
        "möwe@example.org",
        "lena@exa mple.org",
        "lena",
        "lena@example.org\r\nBcc: x@example.org",
        "a,b@example.org",
        "@example.org",
    ],
)
def test_an_address_that_no_header_can_hold_is_not_sent(sent, address):
    message = sent(to=Stranger(address=address, language="de"))
    with pytest.raises(Unsendable):
        envelope_of(message)
