import pytest
from hypothesis import given
from hypothesis import strategies as st

from echt.ui.client import client_address, client_network

CONNECTION = "203.0.113.9"


def asked(rf, forwarded=None, connection=CONNECTION):
    extra = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return rf.get("/", REMOTE_ADDR=connection, **extra)


def test_rule_1_without_proxies_only_the_connection_is_believed(rf):
    assert client_address(asked(rf, "6.6.6.6")) == CONNECTION


def test_rule_2_the_nth_entry_from_the_right_is_believed(rf, chosen):
    chosen(web={"proxies": 2})

    assert client_address(asked(rf, "6.6.6.6, 198.51.100.7, 10.0.0.1")) == "198.51.100.7"


def test_rule_3_a_request_around_the_proxies_gets_its_own_address(rf, chosen):
    chosen(web={"proxies": 2})

    assert client_address(asked(rf, "6.6.6.6")) == CONNECTION
    assert client_address(asked(rf)) == CONNECTION


@pytest.mark.parametrize("nonsense", ["", "unknown", "6.6.6", "6.6.6.6\x00", "evil.example", "::1::"])
def test_rule_4_what_is_not_an_address_is_not_believed(rf, chosen, nonsense):
    chosen(web={"proxies": 1})

    assert client_address(asked(rf, f"1.1.1.1,{nonsense}")) == CONNECTION


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("198.51.100.7:4711", "198.51.100.7"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("2001:0DB8:0:0::1", "2001:db8::1"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
    ],
)
def test_rule_4_an_address_has_one_form(rf, chosen, written, address):
    chosen(web={"proxies": 1})

    assert client_address(asked(rf, written)) == address


@given(forged=st.lists(st.sampled_from(["6.6.6.6", "::1", "x", "", "127.0.0.1"]), max_size=5))
def test_trap_7_nothing_a_client_writes_changes_its_address(forged):
    """The proxy appends what it saw; the client may have written anything before it."""
    from django.conf import settings
    from django.test import RequestFactory, override_settings

    web = settings.ECHT.web.model_copy(update={"proxies": 1})
    with override_settings(ECHT=settings.ECHT.model_copy(update={"web": web})):
        header = ",".join([*forged, "198.51.100.7"])
        assert client_address(asked(RequestFactory(), header)) == "198.51.100.7"


def test_trap_7_every_limit_sees_the_same_client(settings):
    """The accounts library counts proxies by a setting of its own; it must be ours."""
    assert settings.ECHT.web.proxies == settings.ALLAUTH_TRUSTED_PROXY_COUNT


def test_a_local_socket_has_no_address(rf):
    assert client_address(asked(rf, connection="")) == ""


def test_all_addresses_of_one_connection_are_one_network(rf):
    first = client_network(asked(rf, connection="2001:db8:0:1::1"))

    assert first == "2001:db8:0:1::/64"
    assert client_network(asked(rf, connection="2001:db8:0:1:ffff::9")) == first
    assert client_network(asked(rf, connection="2001:db8:0:2::1")) != first
    assert client_network(asked(rf)) == CONNECTION
