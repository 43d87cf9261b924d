"""SMTP (RFC 5321).

1. A mail is accepted when the server has answered 2xx to its end, and at no other moment. What goes wrong afterwards,
   at `QUIT`, changes nothing.
2. `starttls` and `tls` verify the server's certificate, and never fall back to clear text.
3. A refusal (5xx) of the recipient or of the mail is final. A refusal of us, at greeting, encryption, sign-in or
   sender, is the operator's to mend and is tried again.
4. What is kept of an answer is its code; the text often holds the address.
"""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from echt.mail.envelope import Envelope
from echt.mail.settings import MailSettings
from echt.mail.transport import NoAnswer, Permanent, Temporary

PERMANENT_FROM = 500
ACCEPTED = range(200, 300)


class SmtpTransport:
    def __init__(self, settings: MailSettings, *, trust: ssl.SSLContext | None = None) -> None:
        self.settings = settings
        self.trust = trust or ssl.create_default_context()

    def deliver(self, envelope: Envelope, *, handing_over: Callable[[], None]) -> str:
        with _translated(), self._session() as session:
            _expect(session.mail(envelope.sender), "MAIL", refusal=Temporary)
            _expect(session.rcpt(envelope.recipient), "RCPT", refusal=Permanent)
            handing_over()
            return _expect(_data(session, envelope.content), "DATA", refusal=Permanent)

    @contextmanager
    def _session(self) -> Iterator[smtplib.SMTP]:
        """A session, encrypted and signed in as the settings say; how the server takes its end is of no interest."""
        session = self._connect()
        try:
            self._prepare(session)
            yield session
            _leave(session)
        finally:
            session.close()

    def _connect(self) -> smtplib.SMTP:
        place = (self.settings.host, self.settings.port)
        if self.settings.security == "tls":
            return smtplib.SMTP_SSL(*place, timeout=self.settings.timeout, context=self.trust)
        return smtplib.SMTP(*place, timeout=self.settings.timeout)

    def _prepare(self, session: smtplib.SMTP) -> None:
        session.ehlo_or_helo_if_needed()
        if self.settings.security == "starttls":
            session.starttls(context=self.trust)
            session.ehlo_or_helo_if_needed()
        if self.settings.user:
            session.login(self.settings.user, self.settings.password.get_secret_value())


def _leave(session: smtplib.SMTP) -> None:
    """Say goodbye; whether the server answers is of no interest."""
    try:
        session.quit()
    except (smtplib.SMTPException, OSError):
        return


def _data(session: smtplib.SMTP, content: bytes) -> tuple[int, bytes]:
    """The reply to the mail's end, or to the wish to send it where that is not granted."""
    try:
        return session.data(content)
    except smtplib.SMTPDataError as problem:
        return problem.smtp_code, problem.smtp_error if isinstance(problem.smtp_error, bytes) else b""


def _expect(reply: tuple[int, bytes], step: str, *, refusal: type[Permanent | Temporary]) -> str:
    """The reply in short.

    Raises:
        refusal: the server answers 5xx.
        Temporary: it asks for patience.
    """
    code, text = reply
    short = f"{step} {code} {_enhanced(text)}".strip()
    if code in ACCEPTED:
        return short
    raise (refusal if code >= PERMANENT_FROM else Temporary)(short)


def _enhanced(text: bytes) -> str:
    """The enhanced status code (RFC 3463) at the beginning of a reply, if there is one."""
    first = text.decode("ascii", "replace").partition(" ")[0]
    return first if first.replace(".", "").isdigit() and first.count(".") == 2 else ""  # noqa: PLR2004


@contextmanager
def _translated() -> Iterator[None]:
    """Everything that the network or the library throws is temporary (rule 3); its text stays behind (rule 4)."""
    try:
        yield
    except smtplib.SMTPResponseException as problem:
        raise Temporary(f"{type(problem).__name__} {problem.smtp_code}") from problem
    except (smtplib.SMTPException, OSError) as problem:
        raise NoAnswer(type(problem).__name__) from problem
