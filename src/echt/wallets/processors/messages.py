"""The body of a callback in our own form, for the sandbox and for processors that can be told how to write.

```json
{"event": "evt_1", "happened": "completed", "reference": "…", "at": "2026-11-27T12:00:00+00:00",
 "currency": "EUR", "paid": "210000", "failure": ""}
```
"""

import json
from datetime import datetime, timedelta
from typing import Any

from echt import clock
from echt.ui.formats import iso
from echt.wallets.exact import checked
from echt.wallets.failures import Failure
from echt.wallets.processors.contract import Happened, Malformed, Told

LONGEST = 120
DIGITS = 78
AHEAD = timedelta(minutes=5)


def write(told: Told) -> bytes:
    """The event as it goes over the line."""
    row = {
        "event": told.event,
        "happened": told.happened.value,
        "reference": told.reference,
        "at": iso(told.at),
        "currency": told.currency,
        "paid": str(told.paid),
        "failure": told.failure.value if told.happened is Happened.FAILED else "",
    }
    return json.dumps(row).encode()


def read(body: bytes) -> Told:
    """The event that a body tells.

    Raises:
        Malformed: it tells none.
    """
    try:
        row = json.loads(body)
        return _told(row) if isinstance(row, dict) else _refuse()
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Malformed from None


def _told(row: dict[str, Any]) -> Told:
    return Told(
        event=_word(row["event"]),
        happened=Happened(row["happened"]),
        reference=_word(row["reference"]),
        at=_moment(row["at"]),
        paid=_units(row.get("paid", "0")),
        currency=str(row.get("currency", ""))[:12],
        failure=Failure(row["failure"]) if row.get("failure") else Failure.DECLINED,
    )


def _word(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST or not value.isprintable():
        raise Malformed
    return value


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(str(value))
    if moment.tzinfo is None or moment > clock.now() + AHEAD:
        raise Malformed
    return moment


def _units(value: object) -> int:
    if not isinstance(value, str) or not value.isascii() or not value.isdigit() or len(value) > DIGITS:
        raise Malformed
    return checked(int(value))


def _refuse() -> Told:
    raise Malformed
