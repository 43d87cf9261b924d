"""Prices in a file that somebody else keeps fresh."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from echt.wallets.prices.sources import MOST_BYTES, Observation, SourceFailed, read


@dataclass(frozen=True, kw_only=True)
class FileSource:
    """A JSON file (`sources`). Where it does not say when its prices were observed, that is when it was written."""

    name: str
    path: Path
    currency: str

    def fetch(self) -> list[Observation]:
        """See `PriceSource`."""
        try:
            with self.path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
                written = self.path.stat().st_mtime_ns
        except OSError as error:
            raise SourceFailed(f"The file cannot be read: {error.strerror}.") from None
        if len(content) > MOST_BYTES:
            raise SourceFailed("The file is too large.")
        at = datetime.fromtimestamp(written // 10**9, UTC)  # house: clock: the file's own time
        return read(content, currency=self.currency, written_at=at)
