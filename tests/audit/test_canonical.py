"""The canonical form is for ever: these bytes are pinned."""

from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from echt.audit.canonical import Line, digest_of, event_of, line_of

EVENT = Line(
    seq=7,
    at=datetime(2026, 11, 22, 13, 0, 0, 5, tzinfo=timezone(timedelta(hours=1))),
    event="code.set",
    actor=UUID("0190a6b5-0000-7000-8000-000000000001"),
    subject=None,
    details=b"\x00\xffsealed",
    previous=bytes(32),
    digest=bytes([1]) * 32,
)
BYTES = (
    '{"actor":"0190a6b5-0000-7000-8000-000000000001","at":"2026-11-22T12:00:00.000005Z",'
    '"details":"AP9zZWFsZWQ=",%s"event":"code.set","previous":"' + "00" * 32 + '","seq":7,"subject":null}'
)


def test_the_digest_is_that_of_these_bytes():
    assert digest_of(EVENT) == sha256(b"echt.audit.1\n" + (BYTES % "").encode()).digest()


def test_a_line_has_the_digest_among_its_members():
    assert line_of(EVENT).decode() == BYTES % ('"digest":"' + "01" * 32 + '",')


people = st.none() | st.uuids()
lines = st.builds(
    Line,
    seq=st.integers(1, 2**63 - 1),
    at=st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    event=st.text(st.characters(exclude_categories=["Cs"]), max_size=64),
    actor=people,
    subject=people,
    details=st.binary(max_size=200),
    previous=st.binary(min_size=32, max_size=32),
    digest=st.binary(min_size=32, max_size=32),
)


@given(lines)
def test_a_line_gives_its_event_again(event):
    assert event_of(line_of(event)) == event


@given(lines, lines)
def test_two_different_events_have_two_different_digests(one, other):
    same = (one.seq, one.at, one.event, one.actor, one.subject, one.details, one.previous) == (
        (other.seq, other.at, other.event, other.actor, other.subject, other.details, other.previous)
    )
    assert (digest_of(one) == digest_of(other)) is same


GOOD = line_of(EVENT)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        GOOD + b" ",
        GOOD.replace(b'"seq":7', b'"seq":true'),
        GOOD.replace(b'"seq":7', b'"seq":"7"'),
        GOOD.replace(b'"seq":7', b'"seq":7,"seq":7'),
        GOOD.replace(b'"seq":7', b'"seq":7,"more":7'),
        GOOD.replace(b',"subject":null', b""),
        GOOD.replace(b"Z", b"+00:00"),
        GOOD.replace(b"0190a6b5-", b"0190A6B5-"),
        GOOD.replace(b"AP9z", b"AP!z"),
        GOOD.replace(b"0101", b"01 01", 1),
    ],
)
def test_a_line_in_any_other_form_is_refused(line):
    with pytest.raises(ValueError):  # noqa: PT011
        event_of(line)
