"""Every published sample gets the answer that is written down for it, and the command gives the same."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from echt.proofs.verify import Knowledge, Report, Verdict, verify
from echt.proofs.verify.content import Content
from echt.proofs.verify.formats import FORMATS
from tests.proofs.verify.formats.makers import SAMPLES

EXPECTED = json.loads((SAMPLES / "expected.json").read_text())
BROUGHT = {"needs", "credential", "account", "nonce", "note"}


def brought(entry: str) -> tuple[str, dict[str, str]]:
    """The file, and what the person brings: by the words of the entry, or by its members."""
    name, _, also = entry.partition(" with ")
    members = dict(EXPECTED[name])
    if also.startswith("credential "):
        members["credential"] = also.removeprefix("credential ")
    elif also:
        members["needs"] = also
    return name, {key: value for key, value in members.items() if key in BROUGHT - {"note"}}


def answer_on(entry: str) -> Report:
    name, members = brought(entry)
    second = members.pop("needs", None)
    statement = None if second is None else (SAMPLES / second).read_bytes()
    return verify((SAMPLES / name).read_bytes(), Knowledge(statement=statement, **members))


@pytest.mark.parametrize("entry", EXPECTED)
def test_every_sample_gets_the_answer_that_is_expected(entry):
    answer = answer_on(entry).as_json()

    wanted = {key: value for key, value in EXPECTED[entry].items() if key not in BROUGHT}
    assert {key: answer[key] for key in wanted} == wanted


@pytest.mark.parametrize("entry", EXPECTED)
def test_every_answer_has_three_parts_for_people_in_both_languages(entry):
    report = answer_on(entry)

    parts = {step.title: step.passed for step in report.steps if step.title in {"Hashes", "Numbers", "Format"}}
    assert list(parts) == ["Hashes", "Numbers", "Format"]
    assert list(parts.values()) == [report.hashes == "chain", report.numbers == "sane", report.format_sound]
    assert all(step.detail and step.detail_de and step.title_de for step in report.steps)
    assert report.verdict is Verdict.VERIFIED or report.reasons


@pytest.mark.parametrize("entry", EXPECTED)
def test_a_sample_is_recognised_by_exactly_one_format(entry):
    content = Content((SAMPLES / brought(entry)[0]).read_bytes())

    assert [known.names for known in FORMATS if known.recognises(content)] == [(EXPECTED[entry]["format"],)]


def test_only_a_verdict_says_verified():
    for entry in EXPECTED:
        report = answer_on(entry)
        said = [*(reason.text for reason in report.reasons), *(step.detail for step in report.steps)]
        assert report.verdict is Verdict.VERIFIED or not any("verified" in text for text in said)


def test_the_whole_tree_of_okx_is_no_plain_yes_although_every_sum_was_recomputed():
    report = answer_on("okx_user_info_file.json")

    assert (report.format_sound, report.verdict) == (False, Verdict.CONSISTENT_ONLY)
    assert report.extra["leaves"] == 21
    assert report.extra["total"] == {"BTC": "0.00005", "ETH": "0.1", "USDT": "1.42045977"}


def test_people_can_compare_what_must_be_the_same_for_all():
    told = {step.title: step.detail for step in answer_on("okx_user_info_file.json").steps}

    assert told["Root"] == "9e98ebde32ef22ded88a5fb2d5e53d76ed57cb9c6b2c966f250721defe6ab041"
    assert told["Fingerprint of the whole list (SHA-256)"].startswith("19b14f5944b897da")


def test_a_whole_tree_needs_its_list():
    report = verify((SAMPLES / "okx_user_info_file.json").read_bytes())

    assert report.verdict is Verdict.CANNOT_READ
    assert [reason.code for reason in report.reasons] == ["form.second_file"]


@pytest.mark.parametrize("name", sorted({brought(entry)[0] for entry in EXPECTED}))
def test_a_sample_with_any_byte_in_the_middle_turned_over_never_raises_nor_becomes_verified(name):
    content = (SAMPLES / name).read_bytes()
    step = max(1, len(content) // 40)

    for at in range(0, len(content), step):
        spoilt = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        assert verify(spoilt).verdict is not Verdict.VERIFIED


COMMANDS = [
    "mexc.json",
    "mexc_root_total_changed.json",
    "okx_user_info_file.json",
    "swissborg_user.json with credential 20000f995b5305144c082ad3443bf4dc",
    "bitmex_tree.csv",
]


@pytest.mark.slow
@pytest.mark.parametrize("entry", COMMANDS)
def test_the_command_answers_alike(entry):
    name, members = brought(entry)
    second = members.pop("needs", None)
    options = [f"--{key}={value}" for key, value in members.items()]
    options += [] if second is None else [f"--statement={SAMPLES / second}"]

    ran = subprocess.run(
        [sys.executable, "-m", "echt.site", "proofs", "verify", str(SAMPLES / name), "--json", *options],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[4] / "src")},
        timeout=60,
    )

    assert json.loads(ran.stdout) == json.loads(json.dumps(answer_on(entry).as_json()))
    assert ran.returncode == answer_on(entry).verdict.exit_code
