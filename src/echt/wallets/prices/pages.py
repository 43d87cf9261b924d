"""Prices from an address that answers with JSON.

1. Only the address that the operator gave is asked: no redirect is followed, no proxy of the environment is used.
2. An answer has a limit in size, and in time as a whole: one that comes drop by drop is late too.
3. The answer says itself when its prices were observed: when we asked says nothing of that.
"""

import time
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from echt.wallets.prices.sources import MOST_BYTES, Observation, SourceFailed, read

WAIT = timedelta(seconds=4)
MICROSECOND = timedelta(microseconds=1)
PIECE = 2**14


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Nowhere else (rule 1)."""


@dataclass(frozen=True, kw_only=True)
class PageSource:
    """An address that is asked with GET."""

    name: str
    url: str
    currency: str
    wait: timedelta = WAIT

    def fetch(self) -> list[Observation]:
        """See `PriceSource`."""
        try:
            content = self._content()
        except HTTPError as error:
            with error:
                raise SourceFailed(f"It answered with {error.code}.") from None
        except TimeoutError:
            raise SourceFailed(f"It did not answer within {self.wait.total_seconds():g} seconds.") from None
        except (URLError, HTTPException, OSError, ValueError) as error:
            raise SourceFailed(f"It cannot be reached: {type(error).__name__}.") from None
        return read(content, currency=self.currency)

    def _content(self) -> bytes:
        request = Request(self.url, headers={"Accept": "application/json", "User-Agent": "echt"})  # noqa: S310  # `register` takes http(s) alone
        deadline = time.monotonic_ns() + 1000 * (self.wait // MICROSECOND)
        with build_opener(ProxyHandler({}), _NoRedirect()).open(request, timeout=self.wait.total_seconds()) as answer:
            if answer.status != HTTPStatus.OK:
                raise SourceFailed(f"It answered with {answer.status}.")
            return self._read(answer, deadline)

    def _read(self, answer: HTTPResponse, deadline: int) -> bytes:
        """All of it, if it is neither too much nor too late (rule 2)."""
        content = bytearray()
        while piece := answer.read1(PIECE):
            content += piece
            if len(content) > MOST_BYTES:
                raise SourceFailed("Its answer is too large.")
            if time.monotonic_ns() > deadline:
                raise TimeoutError
        return bytes(content)
