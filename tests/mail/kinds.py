"""A kind of message that the tests of this room have for themselves, with every part in it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from echt.mail.kinds import Mail, Stream
from echt.mail.parts import Button, Facts, Link, Note, OneTimeCode, Paragraph, Part
from echt.mail.recipient import Recipient
from echt.mail.targets import Target, page

TOKEN = "tokEN-0123456789-abcdefghij-0123456789-abcdef"


class Kind(StrEnum):
    EVERYTHING = "test.everything"
    NEWS = "test.news"


@dataclass(frozen=True, kw_only=True)
class Everything(Mail):
    kind = Kind.EVERYTHING
    stream = Stream.SECURITY
    label = "Test: every part"
    token: str = TOKEN
    words: str = "Möwe & <Söhne> löschen „alles“."

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to)

    def subject(self) -> str:
        return "Neues Gerät hinzugefügt"

    def preview(self) -> str:
        return "Am 22. November um 09:41 Uhr."

    def body(self) -> list[Part]:
        return [
            Paragraph(
                self.words + " Ein langer Absatz, der über mehr als eine Zeile geht und umbrochen werden muss.",
                lead="Waren Sie das?",
            ),
            Facts([("Wann", "22. November 2026, 09:41 Uhr (MEZ)"), ("Gerät", "Firefox auf Linux " * 6)]),
            Button(
                "Das war ich nicht",
                page(f"/lock/{self.token}/", secret=self.token),
                danger=True,
                note="Sieben Tage gültig.",
            ),
            OneTimeCode("493 027"),
            Link("Hilfe", Target("https://help.example/mail?a=1&b=2")),
            Note("Eine Anmerkung."),
        ]


class News(Everything):
    kind = Kind.NEWS
    stream = Stream.NEWS
    label = "Test: news"

    def unsubscribe(self) -> Target | None:
        return page(f"/news/leave/{self.token}/", secret=self.token)
