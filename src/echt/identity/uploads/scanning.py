"""Scanners for harmful files. They see the bytes as they came, before anything opens them.

1. What a scanner knows as harmful is refused, also where re-making the picture would have made it harmless.
2. A scanner that is set and does not answer refuses: nothing passes unseen because of a fault.
"""

import re
import socket
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

BLOCK = 1 << 16
SECONDS = 10.0
MOST_ANSWER = 1024


class ScannerSilent(Exception):
    """The scanner cannot be reached, or does not say clearly that the file is clean."""


class Scanner(Protocol):
    """Something that knows harmful files."""

    def scan(self, content: bytes) -> str:
        """What it is called, where it is harmful; the empty text where nothing is known.

        Raises:
            ScannerSilent: there is no answer.
        """


@dataclass(frozen=True)
class Signature:
    """What a harmful file looks like. `needle` is looked for first, because that is quick."""

    needle: bytes
    pattern: re.Pattern[bytes]

    def __init__(self, needle: bytes, pattern: bytes) -> None:
        object.__setattr__(self, "needle", needle)
        object.__setattr__(self, "pattern", re.compile(pattern, re.DOTALL))

    def fits(self, content: bytes) -> bool:
        return self.needle in content and bool(self.pattern.search(content))


SIGNATURES = {
    "test file of the EICAR": Signature(
        b"EICAR-" + b"STANDARD",
        rb"X5O!P%@AP\[4\\PZX54\(P\^\)7CC\)7\}\$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!\$H\+H\*",
    ),
    "program for Windows": Signature(b"This program ", rb"MZ.{60,400}?This program (?:cannot|must) be run"),
    "program for Linux": Signature(b"\x7fELF", rb"\x7fELF[\x01\x02][\x01\x02]\x01.\x00{7,8}[\x01-\x04]"),
    "program for Java": Signature(b"META-INF/", rb"PK\x03\x04.{26}META-INF/"),
    "macro of an office document": Signature(b"vbaProject", rb"PK\x03\x04.{26}(?:word|xl|ppt)/vbaProject\.bin"),
    "code for a web server": Signature(
        b"<?",
        rb"<\?(?:[pP][hH][pP]\b|=)[^\0]{0,400}?(?i:\b(?:eval|assert|system|exec|shell_exec|passthru|popen|proc_open"
        rb"|base64_decode|include)\b|\$_(?:GET|POST|REQUEST|COOKIE)\b)",
    ),
}
"""What has no business in a photo, by names of ours. A small scanner: it stands in where no other is set."""


@dataclass(frozen=True)
class SignatureScanner:
    """Looks for `SIGNATURES`. Needs nothing else and is always on."""

    def scan(self, content: bytes) -> str:
        return next((name for name, signature in SIGNATURES.items() if signature.fits(content)), "")


@dataclass(frozen=True)
class ClamdScanner:
    """A clamd at `address`: the path of its socket, or `host:port`. It is sent the bytes, never a path."""

    address: str
    seconds: float = SECONDS

    def scan(self, content: bytes) -> str:
        try:
            with closing(self._connection()) as connection:
                connection.sendall(b"zINSTREAM\0")
                for start in range(0, len(content), BLOCK):
                    block = content[start : start + BLOCK]
                    connection.sendall(len(block).to_bytes(4, "big") + block)
                connection.sendall(bytes(4))
                return _verdict(_answer(connection))
        except OSError as problem:
            raise ScannerSilent("The virus scanner cannot be reached.") from problem

    def _connection(self) -> socket.socket:
        host, colon, port = self.address.rpartition(":")
        if colon and port.isdecimal() and not self.address.startswith("/"):
            return socket.create_connection((host.strip("[]"), int(port)), timeout=self.seconds)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(self.seconds)
        try:
            connection.connect(self.address)
        except OSError:
            connection.close()
            raise
        return connection


@dataclass(frozen=True)
class Both:
    """Several scanners, one after the other; the first finding counts."""

    scanners: Sequence[Scanner]

    def scan(self, content: bytes) -> str:
        return next((found for scanner in self.scanners if (found := scanner.scan(content))), "")


def scanner_at(address: str) -> Scanner:
    """Our own scanner, and after it the clamd at this address where there is one."""
    own = SignatureScanner()
    return Both([own, ClamdScanner(address)]) if address else own


def _answer(connection: socket.socket) -> bytes:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < MOST_ANSWER:
        more = connection.recv(MOST_ANSWER)
        if not more:
            break
        answer += more
    return answer


def _verdict(answer: bytes) -> str:
    """The daemon says `stream: OK`, or `stream: NAME FOUND`; everything else is an error."""
    words = answer.rstrip(b"\0\n").decode("utf-8", "replace").removeprefix("stream: ")
    if words == "OK":
        return ""
    if words.endswith(" FOUND"):
        return words.removesuffix(" FOUND")
    raise ScannerSilent("The virus scanner did not give a verdict.")
