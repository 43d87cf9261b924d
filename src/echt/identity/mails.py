"""The mails of identification. None of them says what a document says, and none names a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from echt.identity.items import LABELS as ITEMS
from echt.identity.items import Item
from echt.identity.levels import LABELS as LEVELS
from echt.identity.levels import Level, last_day
from echt.identity.reasons import CONTACT, GENERAL, TEXTS, Reason
from echt.identity.settings import identity_settings
from echt.mail.kinds import Mail, Stream
from echt.mail.parts import Button, Facts, Note, Paragraph, Part
from echt.mail.recipient import Recipient
from echt.mail.targets import page
from echt.ui.formats import date, day_and_time, exact

PAGE = "/identification/"
EXAMPLE_AT = datetime.fromisoformat("2026-11-22T08:41:00+00:00")
EXAMPLE_END = datetime.fromisoformat("2027-03-01T00:00:00+00:00")
EXAMPLE_SHOWN = (
    {"reason": Reason.INCOMPLETE.value, "item": Item.FRONT.value},
    {"reason": Reason.NAME_MISMATCH.value, "item": Item.DATA.value},
)


class Kind(StrEnum):
    """A kind of mail, as `subject.what_happened`; the value is stored, so it is never renamed."""

    CASE_SUBMITTED = "identity.case_submitted"
    CASE_APPROVED = "identity.case_approved"
    CASE_RETURNED = "identity.case_returned"
    CASE_REFUSED = "identity.case_refused"
    LEVEL_ENDS = "identity.level_ends"
    LEVEL_ENDED = "identity.level_ended"
    LEVEL_REVOKED = "identity.level_revoked"
    CONSENT_WITHDRAWN = "identity.consent_withdrawn"


@dataclass(frozen=True, kw_only=True)
class OfLevel(Mail):
    """A mail about somebody's application for a level, or about the level."""

    stream = Stream.TRANSACTIONAL
    level: Level

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to, level=Level.ADVANCED)

    @property
    def name(self) -> str:
        return str(LEVELS[self.level])


def _to_the_page(label: str) -> Button:
    return Button(label, page(PAGE))


@dataclass(frozen=True, kw_only=True)
class CaseSubmitted(OfLevel):
    kind = Kind.CASE_SUBMITTED
    label = gettext_lazy("Identification: application received")
    due_at: datetime

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to, level=Level.PRIMARY, due_at=EXAMPLE_AT + timedelta(hours=24))

    def subject(self) -> str:
        return _("We have your application")

    def preview(self) -> str:
        return _("You hear from us by %(moment)s.") % {"moment": day_and_time(self.due_at)}

    def body(self) -> list[Part]:
        return [
            Paragraph(
                _("your application for the level %(level)s is with us. A person decides, and we write to you.")
                % {"level": self.name}
            ),
            Facts([(_("Level"), self.name), (_("Answer by"), exact(self.due_at))]),
            Paragraph(
                _("Open the page Identification and withdraw the application."), lead=_("Did you not submit anything?")
            ),
            _to_the_page(_("See where it stands")),
        ]


@dataclass(frozen=True, kw_only=True)
class CaseApproved(OfLevel):
    kind = Kind.CASE_APPROVED
    label = gettext_lazy("Identification: application approved")
    ends_at: datetime | None

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to, level=Level.ADVANCED, ends_at=EXAMPLE_END)

    def subject(self) -> str:
        return _("You are verified")

    def preview(self) -> str:
        return _("You now hold the level %(level)s.") % {"level": self.name}

    def body(self) -> list[Part]:
        until = [(_("Valid until"), date(last_day(self.ends_at)))] if self.ends_at else []
        told: list[Part] = [
            Paragraph(_("we have verified you. From now on you hold the level %(level)s.") % {"level": self.name}),
            Facts([(_("Level"), self.name), *until]),
        ]
        if self.ends_at:
            told.append(Note(_("The level ends with your document. We write to you before that.")))
        return [*told, _to_the_page(_("See what the level gives"))]


@dataclass(frozen=True, kw_only=True)
class WithReasons(OfLevel):
    """A decision that was not approval. `shown`: `{"reason", "item"}`; `message`: of the team, in its own words."""

    shown: Sequence[Mapping[str, str]] = ()
    message: str = ""

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to, level=Level.PRIMARY, shown=EXAMPLE_SHOWN, message="The lower edge is missing.")

    def because(self) -> list[Part]:
        """Each reason with what to do; the general sentence where none may be told."""
        reasons: list[Part] = [self._reason(row) for row in self.shown]
        if not reasons:
            reasons = [Paragraph(f"{GENERAL} {CONTACT}")]
        if self.message:
            reasons.append(Paragraph(self.message, lead=_("Our team adds:")))
        return reasons

    def _reason(self, row: Mapping[str, str]) -> Paragraph:
        text = TEXTS[Reason(row["reason"])]
        return Paragraph(f"{text.sentence} {text.remedy}", lead=f"{ITEMS[Item(row['item'])]}:")


@dataclass(frozen=True, kw_only=True)
class CaseReturned(WithReasons):
    kind = Kind.CASE_RETURNED
    label = gettext_lazy("Identification: something is needed from you")

    def subject(self) -> str:
        return _("Something is needed for your verification")

    def preview(self) -> str:
        return _("It takes a few minutes. What was right stays as it is.")

    def body(self) -> list[Part]:
        days = identity_settings().returned_days
        return [
            Paragraph(
                _("we have looked at your application for the level %(level)s and could not finish yet.")
                % {"level": self.name}
            ),
            *self.because(),
            Button(
                _("Add what is needed"),
                page(PAGE),
                note=ngettext(
                    "What was right stays as it is. You have %(count)s day.",
                    "What was right stays as it is. You have %(count)s days.",
                    days,
                )
                % {"count": days},
            ),
        ]


@dataclass(frozen=True, kw_only=True)
class CaseRefused(WithReasons):
    kind = Kind.CASE_REFUSED
    label = gettext_lazy("Identification: application refused")

    @classmethod
    def example(cls, to: Recipient) -> Self:
        shown = ({"reason": Reason.UNDER_AGE.value, "item": Item.CASE.value},)
        return cls(to=to, level=Level.PRIMARY, shown=shown)

    def subject(self) -> str:
        return _("We could not verify you")

    def preview(self) -> str:
        return _("The message says why, and what you can do.")

    def body(self) -> list[Part]:
        return [
            Paragraph(
                _("two people have looked at your application for the level %(level)s. We cannot approve it.")
                % {"level": self.name}
            ),
            *self.because(),
            _to_the_page(_("Open Identification")),
        ]


@dataclass(frozen=True, kw_only=True)
class LevelEnds(OfLevel):
    kind = Kind.LEVEL_ENDS
    label = gettext_lazy("Identification: your level ends soon")
    ends_at: datetime

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to, level=Level.ADVANCED, ends_at=EXAMPLE_END)

    def subject(self) -> str:
        return _("Your document expires soon")

    def preview(self) -> str:
        return _("Your level ends on %(moment)s.") % {"moment": date(last_day(self.ends_at))}

    def body(self) -> list[Part]:
        return [
            Paragraph(
                _("the document with which we verified you expires. Your level %(level)s ends with it.")
                % {"level": self.name}
            ),
            Facts([(_("Level"), self.name), (_("Valid until"), date(last_day(self.ends_at)))]),
            Paragraph(_("Verify yourself with a valid document before that, and nothing changes for you.")),
            _to_the_page(_("Verify with a new document")),
        ]


@dataclass(frozen=True, kw_only=True)
class LevelEnded(OfLevel):
    kind = Kind.LEVEL_ENDED
    label = gettext_lazy("Identification: your level has ended")
    now: Level = field(default=Level.NONE)

    def subject(self) -> str:
        return _("Your level has ended")

    def preview(self) -> str:
        return _("Your document has expired. Verify yourself with a valid one.")

    def body(self) -> list[Part]:
        return [
            Paragraph(
                _("the document with which we verified you has expired, and your level %(level)s ended with it.")
                % {"level": self.name}
            ),
            Facts([(_("Your level now"), str(LEVELS[self.now]))]),
            Paragraph(_("Your money stays yours. What may leave in a day is less until you verify yourself again.")),
            _to_the_page(_("Verify with a new document")),
        ]


@dataclass(frozen=True, kw_only=True)
class LevelRevoked(OfLevel):
    kind = Kind.LEVEL_REVOKED
    label = gettext_lazy("Identification: your level was taken back")
    message: str = ""

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to, level=Level.ADVANCED, message="Please write to us.")

    def subject(self) -> str:
        return _("We have taken back your level")

    def preview(self) -> str:
        return _("You no longer hold the level %(level)s.") % {"level": self.name}

    def body(self) -> list[Part]:
        message: list[Part] = [Paragraph(self.message, lead=_("Our team adds:"))] if self.message else []
        return [
            Paragraph(_("two people have decided that you no longer hold the level %(level)s.") % {"level": self.name}),
            *message,
            Paragraph(str(CONTACT)),
            _to_the_page(_("Open Identification")),
        ]


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Mail):
    kind = Kind.CONSENT_WITHDRAWN
    stream = Stream.SECURITY
    label = gettext_lazy("Identification: consent withdrawn")
    at: datetime
    device: str

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(to=to, at=EXAMPLE_AT, device="Firefox")

    def subject(self) -> str:
        return _("Your face data are destroyed")

    def preview(self) -> str:
        return _("You have withdrawn your consent to biometrics.")

    def body(self) -> list[Part]:
        return [
            Paragraph(_("you have withdrawn your consent to the processing of biometric data.")),
            Facts([(_("When"), exact(self.at)), (_("Device"), self.device)]),
            Paragraph(
                _(
                    "The key of all pictures of your face and of everything measured on them is destroyed. Nobody can "
                    "open them any more. A running application goes on without them; your level stays as it is."
                )
            ),
            _to_the_page(_("Open Identification")),
        ]
