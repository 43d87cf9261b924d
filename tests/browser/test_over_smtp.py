"""The same story over a real SMTP conversation that goes wrong in every way: nothing is lost, nothing comes twice."""

import re
from collections import Counter

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PASSWORD, Product, environment
from tests.browser.test_first_customer import set_code
from tests.mail.post_office import free_port, number_in, open_office
from tests.many_processes import wait_until

pytestmark = pytest.mark.browser

ADDRESS = "stranger@posteo.example"


@pytest.fixture
def over_smtp(tmp_path):
    """An installation that hands its mail to a server which is not there yet."""
    port = free_port()
    product = Product(
        tmp_path / "data",
        environment(
            ECHT_DEMO_PASSWORD=PASSWORD,
            ECHT_MAIL_TRANSPORT="smtp",
            ECHT_MAIL_PORT=str(port),
            ECHT_MAIL_SECURITY="none",
            ECHT_MAIL_TIMEOUT="0.5",
            ECHT_MAIL_WAIT="0.2",
        ),
    )
    product.start("--demo")
    yield product, port
    product.stop()


def test_every_mail_arrives_once_through_refusals_drops_and_silence(over_smtp, browser: Browser):
    product, port = over_smtp
    page = browser.new_context(locale="en-GB").new_page()

    page.goto(f"{product.origin}/sign-up/")
    page.fill("#id_email", ADDRESS)
    page.fill("#id_password1", "four quiet herons walk")
    page.click("main form button.primary")  # the server is not there: the connection is refused
    wait_until(lambda: "Later" in product.said or "Postponed" in product.said)

    with open_office("drop", "slow", "451 4.3.0 not now", port=port) as office:
        wait_until(lambda: office.accepted)
        page.fill(
            "#id_code",
            re.search(r"^\s*(\d{8}|\d{4} \d{4})\s*$", text_of(office.accepted[0]), re.MULTILINE).group().strip(),
        )
        page.click("main form button.primary")
        page.wait_for_url("**/security/")

        office.plan.extend(["slow", "drop"])
        set_code(page, "wide", "Ab12")
        wait_until(lambda: len(office.accepted) == 2)
        office.plan.extend(["drop", "451 4.3.0 not now", "slow", "drop"])
        set_code(page, "wide", "Zx98")
        wait_until(lambda: len(office.accepted) == 4)

        subjects = [mail["Subject"] for mail in office.accepted]
        assert subjects[0] == "Confirm your mail address"
        assert subjects[1] == "This is how you recognise us"
        assert {*subjects[2:]} == {"Your anti-phishing code was changed", "This is how you recognise us"}
        assert {count for _, count in Counter(office.numbers).items()} == {1}
        assert len(office.seen) == 4 + 3 + 2 + 4
        assert same_identity_at_every_try(office.seen)
        carried = {mail["Subject"]: text_of(mail).splitlines()[0] for mail in office.accepted[2:]}
        assert "Ab12" in carried["Your anti-phishing code was changed"]
        assert "Zx98" in carried["This is how you recognise us"]


def text_of(mail) -> str:
    return mail.get_body(("plain",)).get_content()


def same_identity_at_every_try(seen) -> bool:
    """Each number belongs to one Message-ID, however often it was tried."""
    return len({(number_in(mail), mail["Message-ID"]) for mail in seen}) == len({number_in(mail) for mail in seen})
