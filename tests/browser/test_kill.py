"""`kill -9` while mail is on its way: what was promised before is delivered after."""

import signal

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PASSWORD, Product, environment
from tests.mail.post_office import free_port, open_office
from tests.many_processes import wait_until

pytestmark = pytest.mark.browser


@pytest.fixture
def over_smtp(tmp_path):
    """An installation whose mail server is not there yet, so that its mail has to wait."""
    port = free_port()
    settings = {"TRANSPORT": "smtp", "PORT": str(port), "SECURITY": "none", "TIMEOUT": "0.5", "WAIT": "0.2"}
    named = {f"ECHT_MAIL_{name}": value for name, value in settings.items()}
    product = Product(tmp_path / "data", environment(ECHT_DEMO_PASSWORD=PASSWORD, **named))
    product.start("--demo")
    yield product, port
    product.stop()


def test_a_mail_that_waits_outlives_kill_9_and_arrives_once(over_smtp, browser: Browser):
    product, port = over_smtp
    page = browser.new_context(locale="en-GB").new_page()
    page.goto(f"{product.origin}/sign-up/")
    page.fill("#id_email", "stranger@posteo.example")
    page.fill("#id_password1", "four quiet herons walk")
    page.click("main form button.primary")
    page.wait_for_url("**/sign-up/code/")

    product.stop(signal.SIGKILL)
    with open_office(port=port) as office:
        product.start("--demo")
        wait_until(lambda: office.accepted)

        assert [mail["To"] for mail in office.accepted] == ["stranger@posteo.example"]
        page.reload()
        assert page.locator("#id_code").is_visible()
