"""An SMTP server on this machine that fails as it is told, and keeps what it has answered 250 to."""

import asyncio
import ipaddress
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "echt", "letter-opener"
OK = "250 2.0.0 kept"


@dataclass
class PostOffice:
    """What happens to the next mails, and what was accepted. `plan`: for each mail in turn; when it is used up, accept."""

    plan: list[str] = field(default_factory=list)
    accepted: list[Any] = field(default_factory=list)
    seen: list[Any] = field(default_factory=list)
    signed_in: list[bool] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    port: int = 0

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.plan and self.plan[0].startswith("RCPT "):
            return self.plan.pop(0).removeprefix("RCPT ")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        mail = message_from_bytes(envelope.content, policy=default)
        self.seen.append(mail)
        step = self.plan.pop(0) if self.plan else "accept"
        if step == "drop":
            server.transport.abort()
            return "451 gone"
        if step == "slow":
            await asyncio.sleep(1.0)
            return "451 too late"
        if step == "accept, then drop":
            self.accepted.append(mail)
            server.transport.abort()
            return OK
        if step != "accept":
            return step
        self.accepted.append(mail)
        self.signed_in.append(bool(session.authenticated))
        self.encrypted.append(session.ssl is not None)
        return OK

    @property
    def numbers(self) -> list[str]:
        return [number_in(mail) for mail in self.accepted]


def number_in(mail: Any) -> str:
    return mail.get_body(("plain",)).get_content().splitlines()[1].rpartition(": ")[2]


class _RudeSMTP(SMTP):
    """Answers QUIT with an error."""

    async def smtp_QUIT(self, arg):  # noqa: N802
        await self.push("550 stay")
        self.transport.close()


class _Controller(Controller):
    rude = False

    def factory(self):
        if self.rude:
            return _RudeSMTP(self.handler, **self.SMTP_kwargs)
        return super().factory()


@contextmanager
def open_office(*plan: str, port: int = 0, rude: bool = False, **options: Any) -> Iterator[PostOffice]:
    """A server on a free port of this machine."""
    office = PostOffice(plan=list(plan))
    controller = _Controller(office, hostname="127.0.0.1", port=port or free_port(), **options)
    controller.rude = rude
    controller.start()
    office.port = controller.port
    try:
        yield office
    finally:
        controller.stop()


def free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def authenticator(server, session, envelope, mechanism, data) -> AuthResult:
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=right, handled=False)


@dataclass
class Certificate:
    """A certificate for 127.0.0.1, signed by itself."""

    folder: Path

    def __post_init__(self) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        now = datetime.now(UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(
                x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
            )
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(key, hashes.SHA256())
        )
        self.path = self.folder / "certificate.pem"
        self.path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        self.key = self.folder / "key.pem"
        self.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )

    def server(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.path, self.key)
        return context

    def client(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.path))
