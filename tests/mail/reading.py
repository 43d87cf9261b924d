"""Reading a mail the way a mail program does."""

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

URL = re.compile(r"https?://\S+")


class Page(HTMLParser):
    """The visible text of an HTML mail, its links, and whatever it would load."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.preview = ""
        self.links: list[str] = []
        self.loads: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[tuple[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag not in {"meta", "br", "img", "link", "base"}:
            self._open.append((tag, values.get("class")))
        if tag == "a":
            self.links.append(values["href"])
        if (
            tag in {"img", "link", "script", "iframe", "object", "video", "audio", "embed", "source"}
            or {"src", "background"} & values.keys()
        ):
            self.loads.append((tag, values))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tags = [tag for tag, _ in self._open]
        if "head" in tags or not data.strip():
            return
        if any(name == "pre" for _, name in self._open):
            self.preview += data
        else:
            self.words.append(" ".join(data.split()))


def parsed(content: bytes) -> EmailMessage:
    mail = message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def text_of(mail: EmailMessage) -> str:
    return mail.get_body(("plain",)).get_content()


def html_of(mail: EmailMessage) -> str:
    return mail.get_body(("html",)).get_content()


def links_in_text(text: str) -> list[str]:
    return URL.findall(text)
