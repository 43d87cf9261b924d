"""The log holds no personal data, and one line an event."""

import json
import logging

from echt.site.logs import (
    GONE,
    LONGEST_TRACE,
    in_one_line,
    shortened,
    silence_templates,
    without_personal_data,
)


def cleaned(**line):
    return without_personal_data(None, "info", line)


def test_rule_1_addresses_are_taken_out_wherever_they_stand():
    line = cleaned(event="mail to lena@example.org refused", to=["<lena@example.org>", {"of": "a@b.example"}])

    assert "lena" not in json.dumps(line)
    assert line == {"event": "mail to [address] refused", "to": ["<[address]>", {"of": "[address]"}]}


def test_rule_1_addresses_are_taken_out_of_traces():
    assert "lena" not in cleaned(exception="ValueError: 'lena@example.org'")["exception"]


def test_rule_2_secrets_are_taken_out_by_name():
    line = cleaned(password="x", code="Ab12", session_key="y", details={"new_code": "z"}, job="deliver")

    assert line == {
        "password": GONE,
        "code": GONE,
        "session_key": GONE,
        "details": {"new_code": GONE},
        "job": "deliver",
    }


def test_rule_3_nobody_can_forge_a_line():
    line = in_one_line(None, "info", {"event": "refused", "level": "info", "name": "x\n12:00 info  signed in"})

    assert "\n" not in line


def test_a_trace_through_everything_is_shortened_to_its_end():
    line = shortened(None, "error", {"exception": "a" * LONGEST_TRACE + "the end"})

    assert len(line["exception"]) < LONGEST_TRACE + 10
    assert line["exception"].endswith("the end")


def test_numbers_stay_numbers():
    assert cleaned(attempt=3, again_in=0.5, on=True, code_length=4)["attempt"] == 3


def test_rule_4_templates_never_write_the_values_of_a_page(monkeypatch):
    templates = logging.getLogger("django.template")
    monkeypatch.setattr(templates, "level", logging.NOTSET)
    monkeypatch.setattr(logging.getLogger(), "level", logging.DEBUG)
    templates.manager._clear_cache()
    assert templates.isEnabledFor(logging.DEBUG)
    silence_templates()

    assert not templates.isEnabledFor(logging.DEBUG)
    assert templates.isEnabledFor(logging.INFO)
