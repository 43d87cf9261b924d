"""Questions to a node by JSON-RPC over HTTP: the `Transport` of `echt.proofs.reserves.nodes`.

1. Only the address that the operator gave is asked: no redirect is followed, no proxy of the environment is used.
2. An answer has a limit in size and in time; what is larger or later counts as no answer.
3. Name and password come from a file, never from the address, where every user of the machine could read them.
4. Numbers keep all their digits: an amount never becomes a float.
"""

import json
from base64 import b64encode
from collections.abc import Sequence
from decimal import Decimal
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener

from echt.proofs.refusals import Refused
from echt.proofs.reserves.balances import Unavailable, Unreachable
from echt.proofs.reserves.nodes import Json, not_understood

MOST_BYTES = 64 * 2**20
SECONDS = 60.0
PLAIN = (HTTPStatus.OK, HTTPStatus.INTERNAL_SERVER_ERROR, HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_FOUND)
"""Statuses under which nodes send answers; Bitcoin Core sends its errors with 404 and 500."""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Nowhere else (rule 1)."""


class JsonRpc:
    """A node at an address. `secret` is `name:password`, as Bitcoin Core has it in its cookie file."""

    def __init__(
        self, url: str, *, secret: str | None = None, seconds: float = SECONDS, most_bytes: int = MOST_BYTES
    ) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise Refused(f"The node's address must begin with http:// or https://, not {url[:60]!r}.")
        if parts.username or parts.password:
            raise Refused("Put the node's name and password into a file (--node-secret), not into its address.")
        self._url, self._seconds, self._most_bytes = url, seconds, most_bytes
        self._name = parts.hostname
        self._headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if secret is not None:
            self._headers["Authorization"] = "Basic " + b64encode(secret.strip().encode()).decode()
        self._opener = build_opener(ProxyHandler({}), _NoRedirect())
        self._count = 0

    def call(self, method: str, params: Sequence[Json]) -> Json:
        """The result that the node gives.

        Raises:
            Unreachable: there is no node there, or not one that lets us ask.
            Unavailable: it gives no result to this question.
        """
        self._count += 1
        question = {"jsonrpc": "2.0", "id": self._count, "method": method, "params": list(params)}
        body = json.dumps(question, default=_no_decimals).encode()
        answer = _parsed(self._send(Request(self._url, body, self._headers)))  # noqa: S310 - the scheme is checked
        return self._result(answer, method)

    def _send(self, request: Request) -> bytes:
        try:
            with self._opener.open(request, timeout=self._seconds) as response:
                return self._read(response)
        except HTTPError as error:
            with error:
                if error.code not in PLAIN:
                    raise Unreachable(f"The node at {self._name} answers with HTTP status {error.code}.") from None
                return self._read(error)
        except (URLError, OSError, HTTPException) as error:
            why = error.reason if isinstance(error, URLError) else error
            raise Unreachable(f"The node at {self._name} does not answer: {why or type(error).__name__}.") from None

    def _read(self, response: IO[bytes]) -> bytes:
        content = response.read(self._most_bytes + 1)
        if len(content) > self._most_bytes:
            raise Unavailable(f"The node at {self._name} sent more than {self._most_bytes} bytes.")
        return content

    def _result(self, answer: Json, method: str) -> Json:
        if not isinstance(answer, dict) or answer.get("id") != self._count:
            raise not_understood(answer)
        error = answer.get("error")
        if error is not None:
            message = error.get("message") if isinstance(error, dict) else error
            raise Unavailable(f"The node at {self._name} refuses {method}: {str(message)[:200]}")
        if "result" not in answer:
            raise not_understood(answer)
        return answer["result"]


def _parsed(content: bytes) -> Json:
    try:
        value: Json = json.loads(content, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise not_understood(content[:60]) from None
    return value


def _no_decimals(value: Any) -> None:
    raise TypeError(f"{value!r} is not part of a question.")
