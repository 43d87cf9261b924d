"""Prices of the demo: two files in the data folder that the worker keeps fresh, so that it works without any network.

Each price walks slowly around a base: in straight lines between points that a digest of asset and time gives. So the
same instant has the same price, and nothing jumps. The second file differs a little, as another market would.
"""

import json
import os
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from echt.ui.formats import iso
from echt.wallets.settings import wallets_settings

BASES = {"BTC": 8_123_450, "ETH": 287_640, "USDT": 92, "USDC": 92, "NEAR": 214}
"""In hundredths of the reference currency, for one whole coin."""
STEP = 900
"""Seconds from one point to the next."""
PARTS = 1_000_000
WIDTH = 15_000
"""Millionths by which a price is at most away from its base."""
OTHER_WIDTH = 600
PLACES = 8
FOLDER = "demo-prices"


def files(data: Path) -> list[Path]:
    """Where the prices stand."""
    return [data.joinpath(FOLDER, name) for name in ("first-market.json", "second-market.json")]


def write(data: Path, now: datetime) -> None:
    """Write both files anew, each in one go, so that nobody reads half a file."""
    for market, path in enumerate(files(data)):
        path.parent.mkdir(mode=0o700, exist_ok=True)
        said = {
            "currency": wallets_settings().reference,
            "observed_at": iso(now),
            "prices": {code: price(code, market, now) for code in BASES},
        }
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps(said, indent=1))
        os.replace(draft, path)  # noqa: PTH105  # in one go


def price(code: str, market: int, at: datetime) -> str:
    """The price as decimal text."""
    away = _walk(code, at, WIDTH) + (_walk(f"{code} {market}", at, OTHER_WIDTH) if market else 0)
    units = BASES[code] * (PARTS + away)
    return f"{units // 10**PLACES}.{units % 10**PLACES:0{PLACES}}"


def _walk(name: str, at: datetime, width: int) -> int:
    """Millionths away from the base: between two points, as far as the time between them has passed."""
    step, passed = divmod(int(at.timestamp()), STEP)
    start, end = _point(name, step, width), _point(name, step + 1, width)
    return start + (end - start) * passed // STEP


def _point(name: str, step: int, width: int) -> int:
    drawn = int.from_bytes(sha256(f"{name} {step}".encode()).digest()[:8])
    return drawn % (2 * width + 1) - width
