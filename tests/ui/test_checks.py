import pytest

from echt.ui import brand, checks


def found(check):
    return [message.id for message in check()]


@pytest.fixture(autouse=True)
def _mark_read_anew():
    brand.mark.cache_clear()
    yield
    brand.mark.cache_clear()


@pytest.mark.parametrize("check", [checks.messages, checks.frames, checks.proxies, checks.mark, checks.zone])
def test_the_defaults_pass(check):
    assert found(check) == []


def test_trap_11_messages_in_a_cookie_are_refused(settings):
    settings.MESSAGE_STORAGE = "django.contrib.messages.storage.fallback.FallbackStorage"

    assert found(checks.messages) == ["ui.E001"]


def test_trap_10_one_header_against_framing_is_not_enough(settings):
    settings.X_FRAME_OPTIONS = "SAMEORIGIN"
    assert found(checks.frames) == ["ui.E002"]

    settings.X_FRAME_OPTIONS = "DENY"
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"frame-ancestors": ["'self'"]}}
    assert found(checks.frames) == ["ui.E002"]


def test_trap_7_two_numbers_of_proxies_are_refused(chosen):
    chosen(web={"proxies": 3})

    assert found(checks.proxies) == ["ui.E003"]


def test_the_order_of_the_doors_is_held(settings):
    settings.MIDDLEWARE = list(checks.ORDER)
    assert found(checks.order) == []

    settings.MIDDLEWARE = list(reversed(checks.ORDER))
    assert found(checks.order) == ["ui.E004"]

    settings.MIDDLEWARE = checks.ORDER[1:]
    assert found(checks.order) == ["ui.E004"]


def test_a_mark_that_cannot_be_used_is_named_at_start(chosen, tmp_path):
    chosen(brand={"mark": tmp_path / "absent.svg"})

    assert found(checks.mark) == ["ui.E005"]


def test_an_unknown_time_zone_is_named_at_start(chosen):
    chosen(web={"zone": "Europe/Atlantis"})

    assert found(checks.zone) == ["ui.E006"]


@pytest.mark.parametrize(
    ("on", "origin", "warned"),
    [(True, "https://x.example", True), (True, "http://127.0.0.1", False), (False, "https://x.example", False)],
)
def test_a_demo_in_the_open_is_warned_of(chosen, on, origin, warned):
    chosen(demo={"on": on}, web={"origin": origin})

    assert found(checks.demo) == (["ui.W001"] if warned else [])
