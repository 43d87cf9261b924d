from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone, translation
from hypothesis import example, given
from hypothesis import strategies as st

from echt.ui import formats

NOW = datetime(2026, 11, 22, 12, 36, tzinfo=UTC)
SPACE = "\u00a0"
WHOLE_NUMBERS = st.integers(min_value=-(10**60), max_value=10**60)
MARKS = {"de": (".", ","), "en": (",", ".")}


@pytest.fixture(autouse=True)
def _sunday_in_berlin():
    with time_machine.travel(NOW, tick=False), timezone.override("Europe/Berlin"):
        yield


def read_back(text, language):
    """The number that a reader of this language reads."""
    group, point = MARKS[language]
    return Decimal(text.replace(group, "").replace(point, "."))


@pytest.mark.parametrize("language", ["de", "en"])
@given(value=WHOLE_NUMBERS, decimals=st.integers(0, 24))
@example(value=10**40 + 1, decimals=18)
@example(value=-1, decimals=24)
@example(value=2**63, decimals=8)
def test_rule_1_a_reader_reads_exactly_the_amount(language, value, decimals):
    with translation.override(language):
        text = formats.amount(value, decimals)

    assert read_back(text, language) == Decimal((value < 0, tuple(map(int, str(abs(value)))), -decimals))


@given(value=WHOLE_NUMBERS.filter(bool), decimals=st.integers(1, 24))
def test_rule_1_an_amount_has_all_its_decimals_and_groups_of_three(value, decimals):
    with translation.override("de"):
        whole, _, part = formats.amount(value, decimals).partition(",")

    assert len(part) == decimals
    assert all(len(group) == 3 for group in whole.split(".")[1:])
    assert 1 <= len(whole.split(".")[0].removeprefix("-")) <= 3


@given(value=WHOLE_NUMBERS, decimals=st.integers(0, 24))
def test_rule_1_money_shows_the_same_digits(value, decimals):
    with translation.override("de"):
        assert formats.money(value, decimals, "EUR") == f"{formats.amount(value, decimals)}{SPACE}€"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", ["0.01354000 BTC", "6,204.500000 USDC", "€48,217.06", "-€0.05", "0", "€0"]),
        ("de", ["0,01354000 BTC", "6.204,500000 USDC", "48.217,06 €", "-0,05 €", "0", "0 €"]),
    ],
)
def test_amounts_as_people_read_them(language, shown):
    with translation.override(language):
        amounts = [
            formats.amount(1354000, 8, "BTC"),
            formats.amount(6204500000, 6, "USDC"),
            formats.money(4821706, 2, "EUR"),
            formats.money(-5, 2, "EUR"),
            formats.amount(0, 8),
            formats.money(0, 2, "EUR"),
        ]
    assert [amount.replace(SPACE, " ") for amount in amounts] == shown


DAYS = [
    (timedelta(hours=-3, minutes=-55), "today, 09:41", "heute, 09:41"),
    (timedelta(hours=-19, minutes=-29), "yesterday, 18:07", "gestern, 18:07"),
    (timedelta(hours=17, minutes=36), "tomorrow, 07:12", "morgen, 07:12"),
    (timedelta(hours=-47, minutes=-31), "Fri 20 Nov, 14:05", "Fr. 20. Nov., 14:05"),
    (timedelta(days=-264), "Tue 3 Mar, 13:36", "Di. 3. März, 13:36"),
    (timedelta(days=40), "1 Jan 2027, 13:36", "1. Jan. 2027, 13:36"),
]


@pytest.mark.parametrize(("shift", "english", "german"), DAYS)
def test_rule_2_a_moment_is_told_as_the_readers_calendar_has_it(shift, english, german):
    with translation.override("en"):
        assert formats.day_and_time(NOW + shift) == english
    with translation.override("de"):
        assert formats.day_and_time(NOW + shift) == german


def test_rule_2_the_day_is_that_of_the_readers_place():
    moment = NOW - timedelta(hours=13)

    with translation.override("en"):
        assert formats.day_and_time(moment) == "today, 00:36"
        with timezone.override("America/New_York"):
            assert formats.day_and_time(moment) == "yesterday, 18:36"


@pytest.mark.parametrize(
    ("language", "zone", "shown"),
    [
        ("en", "Europe/Berlin", "22 Nov 2026, 13:36 CET"),
        ("de", "Europe/Berlin", "22. Nov. 2026, 13:36 MEZ"),
        ("en", "America/Sao_Paulo", "22 Nov 2026, 09:36 UTC-3"),
        ("de", "Asia/Tokyo", "22. Nov. 2026, 21:36 UTC+9"),
        ("en", "Asia/Kolkata", "22 Nov 2026, 18:06 UTC+5:30"),
        ("en", "UTC", "22 Nov 2026, 12:36 UTC"),
    ],
)
def test_rule_2_the_exact_form_names_the_year_and_the_zone(language, zone, shown):
    with translation.override(language), timezone.override(zone):
        assert formats.exact(NOW) == shown


def test_rule_2_summer_time_has_its_own_name():
    with translation.override("de"):
        assert formats.exact(datetime(2026, 7, 1, 12, tzinfo=UTC)) == "1. Juli 2026, 14:00 MESZ"


def test_a_date_for_sentences():
    with translation.override("de"):
        assert formats.date(datetime(2026, 3, 3, 12, tzinfo=UTC)) == "3. März 2026"
    with translation.override("en"):
        assert formats.date(datetime(2026, 3, 3, 12, tzinfo=UTC)) == "3 March 2026"


@pytest.mark.parametrize(
    ("seconds", "english", "german"),
    [
        (0, "just now", "gerade eben"),
        (60, "1 minute ago", "vor 1 Minute"),
        (59 * 60, "59 minutes ago", "vor 59 Minuten"),
        (3 * 3600, "3 hours ago", "vor 3 Stunden"),
        (86400, "1 day ago", "vor 1 Tag"),
        (3 * 86400, "3 days ago", "vor 3 Tagen"),
    ],
)
def test_how_long_ago(seconds, english, german):
    with translation.override("en"):
        assert formats.ago(NOW - timedelta(seconds=seconds)) == english
    with translation.override("de"):
        assert formats.ago(NOW - timedelta(seconds=seconds)) == german


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, "0:00 min"),
        (272, "4:32 min"),
        (299, "4:59 min"),
        (300, "5 min"),
        (48 * 60 + 59, "48 min"),
        (2 * 3600 + 5 * 60, "2 h 05 min"),
        (66 * 3600 + 34 * 60, "66 h 34 min"),
        (96 * 3600, "4 d 0 h"),
        (30 * 86400 - 1, "29 d 23 h"),
    ],
)
def test_rule_3_time_left_is_rounded_down_and_has_seconds_only_in_the_last_five_minutes(seconds, shown):
    with translation.override("en"):
        assert formats.duration(timedelta(seconds=seconds)) == shown


@pytest.mark.parametrize(
    ("seconds", "english", "german"),
    [
        (0.2, "1 second", "1 Sekunde"),
        (40, "40 seconds", "40 Sekunden"),
        (121, "3 minutes", "3 Minuten"),
        (7201, "3 hours", "3 Stunden"),
    ],
)
def test_a_wait_in_words_is_long_enough(seconds, english, german):
    with translation.override("en"):
        assert formats.in_words(timedelta(seconds=seconds)) == english
    with translation.override("de"):
        assert formats.in_words(timedelta(seconds=seconds)) == german


@pytest.mark.parametrize(
    ("address", "own", "public"),
    [
        ("lena@posteo.example", "l•••••@posteo.example", "l•••••@p•••••.example"),
        ("a@b.c.example", "a•••••@b.c.example", "a•••••@b•••••.example"),
        ("x@localhost", "x•••••@localhost", "x•••••@l•••••"),
        ("nothing", "n•••••", "n•••••"),
        ("", "•••••", "•••••"),
    ],
)
def test_a_masked_address_is_known_to_its_owner_and_tells_no_length(address, own, public):
    assert formats.masked_address(address) == own
    assert formats.masked_address(address, domain=True) == public


@given(st.text(alphabet="0123456789abcdef", max_size=64))
def test_a_hash_in_groups_of_four_keeps_every_character(value):
    groups = formats.groups_of_four(value).split(" ")

    assert "".join(groups) == value
    assert all(len(group) == 4 for group in groups[:-1])


@pytest.mark.parametrize(
    ("name", "letters"), [("lena.wolff", "LW"), ("Jonas Ole Brandt", "JB"), ("anna", "A"), ("", ""), ("...", "")]
)
def test_the_letters_of_an_avatar(name, letters):
    assert formats.initials(name) == letters


def test_a_moment_for_machines_is_utc():
    with timezone.override("Asia/Tokyo"):
        assert formats.iso(timezone.localtime(NOW)) == "2026-11-22T12:36:00Z"
