"""Amounts, moments and addresses as people read them, in the language and time zone that are active.

1. An amount is a whole number of the smallest unit, and the unit's decimals: no float, no digit lost.
2. A moment is told as the reader's calendar and clock have it; the exact form names the year and the zone.
3. Time left is rounded down to minutes: nobody is told that a thing is over before it is.
"""

import datetime as dt
from datetime import UTC, datetime, timedelta
from decimal import Decimal, localcontext

from babel import Locale
from babel.dates import format_date, format_datetime, get_timezone_name
from babel.numbers import format_currency, format_decimal
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

from echt import clock

SPACE = "\u00a0"
HIDDEN = "•••••"
MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
SECONDS_SHOWN = 5 * MINUTE
DAYS_SHOWN = 4 * DAY


# Amounts --------------------------------------------------------------------------------------------------


def amount(value: int, decimals: int, unit: str = "") -> str:
    """A whole number of smallest units, in full precision; zero is a quiet "0".

    `amount(1354000, 8, "BTC")` is "0.01354000 BTC", in German "0,01354000 BTC".
    """
    with localcontext() as wide:
        wide.prec = _digits(value, decimals)
        number = format_decimal(_scaled(value, decimals), _pattern(value, decimals), _locale())
    return f"{number}{SPACE}{unit}" if unit else number


def money(value: int, decimals: int, currency: str) -> str:
    """As `amount`, for an ISO currency, its sign where the language has it: "€48,217.06", "48.217,06 €"."""
    locale = _locale()
    pattern = locale.currency_formats["standard"].pattern.replace("#,##0.00", _pattern(value, decimals))
    with localcontext() as wide:
        wide.prec = _digits(value, decimals)
        return format_currency(_scaled(value, decimals), currency, pattern, locale, currency_digits=False)


def _scaled(value: int, decimals: int) -> Decimal:
    return Decimal((value < 0, tuple(map(int, str(abs(value)))), -decimals))


def _digits(value: int, decimals: int) -> int:
    return len(str(abs(value))) + decimals + 1


def _pattern(value: int, decimals: int) -> str:
    return f"#,##0.{'0' * decimals}" if value and decimals else "#,##0"


# Moments --------------------------------------------------------------------------------------------------


def exact(moment: datetime) -> str:
    """With year and zone: "22 Nov 2026, 09:41 CET", "22. Nov. 2026, 09:41 MEZ"."""
    return f"{_told(moment, 'd MMM y, HH:mm')} {_zone(moment)}"


def day_and_time(moment: datetime) -> str:
    """As near as one says it: "today, 09:41", "Sat 21 Nov, 14:05", with the year where it is not this one."""
    local, now = timezone.localtime(moment), timezone.localtime(clock.now())
    near = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}
    word = near.get((local.date() - now.date()).days)
    if word:
        return f"{word}, {_told(moment, 'HH:mm')}"
    return _told(moment, "EEE d MMM, HH:mm" if local.year == now.year else "d MMM y, HH:mm")


def date(moment: dt.date) -> str:
    """The day alone, for sentences: "3 March 2026", "3. März 2026". A day is the same in every time zone."""
    if not isinstance(moment, datetime):
        return format_date(moment, _in_language("d MMMM y"), _locale())
    return _told(moment, "d MMMM y")


def ago(moment: datetime) -> str:
    """How long since: "just now", "5 minutes ago", "3 hours ago", "2 days ago"."""
    seconds = int((clock.now() - moment).total_seconds())
    if seconds < MINUTE:
        return gettext("just now")
    if seconds < HOUR:
        return _counted(ngettext("%(n)s minute ago", "%(n)s minutes ago", seconds // MINUTE), seconds // MINUTE)
    if seconds < DAY:
        return _counted(ngettext("%(n)s hour ago", "%(n)s hours ago", seconds // HOUR), seconds // HOUR)
    return _counted(ngettext("%(n)s day ago", "%(n)s days ago", seconds // DAY), seconds // DAY)


def duration(time: timedelta) -> str:
    """Short: "17 h 24 min", "48 min", in the last five minutes "4:32 min"; from four days on "5 d 3 h"."""
    seconds = max(0, int(time.total_seconds()))
    minutes = seconds // MINUTE % 60
    if seconds < SECONDS_SHOWN:
        return gettext("%(time)s min") % {"time": f"{minutes}:{seconds % MINUTE:02}"}
    if seconds < HOUR:
        return gettext("%(time)s min") % {"time": minutes}
    if seconds < DAYS_SHOWN:
        return gettext("%(hours)s h %(minutes)s min") % {"hours": seconds // HOUR, "minutes": f"{minutes:02}"}
    return gettext("%(days)s d %(hours)s h") % {"days": seconds // DAY, "hours": seconds // HOUR % 24}


def in_words(time: timedelta) -> str:
    """For sentences, rounded up so that waiting this long is enough: "40 seconds", "3 minutes", "2 hours"."""
    seconds = max(1, -(-time // timedelta(seconds=1)))
    if seconds < 2 * MINUTE:
        return _counted(ngettext("%(n)s second", "%(n)s seconds", seconds), seconds)
    if seconds < 2 * HOUR:
        minutes = -(-seconds // MINUTE)
        return _counted(ngettext("%(n)s minute", "%(n)s minutes", minutes), minutes)
    hours = -(-seconds // HOUR)
    return _counted(ngettext("%(n)s hour", "%(n)s hours", hours), hours)


def _counted(sentence: str, n: int) -> str:
    return sentence % {"n": n}


def _told(moment: datetime, pattern: str) -> str:
    return format_datetime(moment, _in_language(pattern), timezone.get_current_timezone(), _locale())


def _in_language(pattern: str) -> str:
    """German puts a point behind the number of the day."""
    return pattern.replace("d MMM", "d. MMM") if get_language() == "de" else pattern


def _zone(moment: datetime) -> str:
    """The zone's short name where the language has one ("CET", "MEZ"), else its distance ("UTC+5:30")."""
    local = timezone.localtime(moment)
    name = get_timezone_name(local, width="short", locale=_locale())
    return name if name.isalpha() else _distance(local)


def _distance(local: datetime) -> str:
    minutes = (local.utcoffset() or timedelta()) // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


def _locale() -> Locale:
    """British English: the day stands before the month, and the clock has 24 hours."""
    return Locale.parse("de_DE" if get_language() == "de" else "en_GB")


# Addresses and codes --------------------------------------------------------------------------------------


def masked_address(address: str, *, domain: bool = False) -> str:
    """A mail address its owner recognises: "l•••••@posteo.example", with `domain` "l•••••@p•••••.example".

    The number of dots says nothing about the length.
    """
    name, at, host = address.rpartition("@")
    if not at:
        return _masked(address)
    return f"{_masked(name)}@{_masked_host(host) if domain else host}"


def groups_of_four(text: str) -> str:
    """A hash as one compares it: "3f8a c05d 9b17 ..."."""
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def initials(name: str) -> str:
    """The letters of an avatar: "lena.wolff" is "LW"."""
    parts = name.replace(".", " ").replace("_", " ").replace("-", " ").split()
    return "".join(part[0] for part in (parts[:1] + parts[1:][-1:])).upper()


def iso(moment: datetime) -> str:
    """For machines: UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _masked(text: str) -> str:
    return f"{text[:1]}{HIDDEN}"


def _masked_host(host: str) -> str:
    name, point, top = host.rpartition(".")
    return f"{_masked(name)}{point}{top}" if point else _masked(host)
