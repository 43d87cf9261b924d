"""What host and port mean for the settings."""

import json
import os
import socket

import pytest

from echt.site.address import Address, PortTaken


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    for name in ("ECHT_WEB_ORIGIN", "ECHT_WEB_HOSTS"):
        monkeypatch.setenv(name, "")
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("host", "origin", "bind"),
    [
        ("localhost", "http://localhost:8000", "localhost:8000"),
        ("127.0.0.1", "http://127.0.0.1:8000", "127.0.0.1:8000"),
        ("0.0.0.0", "http://localhost:8000", "0.0.0.0:8000"),
        ("::1", "http://[::1]:8000", "[::1]:8000"),
        ("echt.example", "http://echt.example:8000", "echt.example:8000"),
    ],
)
def test_the_origin_is_how_a_browser_here_gets_there(host, origin, bind):
    address = Address(host, 8000)

    assert address.bind == bind
    assert address.apply() == origin
    assert os.environ["ECHT_WEB_ORIGIN"] == origin


def test_every_name_of_this_machine_is_answered():
    Address("localhost", 8000).apply()

    assert json.loads(os.environ["ECHT_WEB_HOSTS"]) == ["localhost", "127.0.0.1", "[::1]"]


def test_on_a_name_of_the_network_only_that_name_is_answered():
    Address("echt.example", 8000).apply()

    assert "ECHT_WEB_HOSTS" not in os.environ


def test_the_operators_own_origin_stays(monkeypatch):
    monkeypatch.setenv("ECHT_WEB_ORIGIN", "https://echt.example")

    assert Address("localhost", 8000).apply() == "https://echt.example"


def test_an_origin_in_the_file_of_settings_stays(monkeypatch, tmp_path):
    (tmp_path / "echt.toml").write_text('[web]\norigin = "https://echt.example"\n')
    monkeypatch.setenv("ECHT_DATA", str(tmp_path))

    assert Address("localhost", 8000).apply() == "https://echt.example"
    assert "ECHT_WEB_ORIGIN" not in os.environ


def test_a_taken_port_is_named(monkeypatch):
    monkeypatch.setattr("echt.site.address.PATIENCE", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(PortTaken, match=f"{port} .* --port"):
            Address("127.0.0.1", port).wait_until_free()

    Address("127.0.0.1", port).wait_until_free()
