"""Where the server listens, and what follows from it where the operator has not said otherwise.

Passkeys work for names, not for numbers, so `localhost` is the address of an installation for oneself; the other names
of this machine are answered too.
"""

import errno
import json
import os
import socket
import time
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from echt.site.config import Settings

EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104
HERE = ("localhost", "127.0.0.1", "[::1]")
PATIENCE = 10.0
"""Seconds that an earlier server may take to let go of the port."""


class PortTaken(Exception):
    """Somebody else listens there."""


@dataclass(frozen=True)
class Address:
    """Host and port of the server."""

    host: str
    port: int

    @property
    def bind(self) -> str:
        return f"{self._bracketed(self.host)}:{self.port}"

    @property
    def origin(self) -> str:
        """How a browser on this machine gets here."""
        host = "localhost" if self.host in EVERYWHERE else self._bracketed(self.host)
        return f"http://{host}:{self.port}"

    def apply(self) -> str:
        """Make this the origin of the pages, unless a setting names one; the origin that counts."""
        web = Settings().web
        if "origin" not in web.model_fields_set:
            os.environ["ECHT_WEB_ORIGIN"] = self.origin
        if "hosts" not in web.model_fields_set and self._is_here():
            os.environ["ECHT_WEB_HOSTS"] = json.dumps(HERE)
        return Settings().web.origin

    def wait_until_free(self) -> None:
        """Wait for the port.

        Raises:
            PortTaken: it is still taken after `PATIENCE`.
        """
        deadline = time.monotonic() + PATIENCE
        while not self._is_free():
            if time.monotonic() > deadline:
                raise PortTaken(f"Port {self.port} of {self.host} is taken. Choose another with --port.")
            time.sleep(0.2)

    def answers(self) -> bool:
        """Whether our web server is up and answers."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        connection = HTTPConnection(host, self.port, timeout=2)
        try:
            connection.request("GET", "/healthz", headers={"Host": urlsplit(Settings().web.origin).netloc})
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def _is_free(self) -> bool:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                if error.errno == errno.EADDRINUSE:
                    return False
                raise
        return True

    def _is_here(self) -> bool:
        return self.host in EVERYWHERE or self._bracketed(self.host) in HERE

    @staticmethod
    def _bracketed(host: str) -> str:
        return f"[{host}]" if ":" in host else host
