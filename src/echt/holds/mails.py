"""The mails about holds. Each names the cause by its code, until when the coins are held, and what unblocks them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Self
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from echt.holds.causes import SENTENCES, UNBLOCKS, Cause
from echt.holds.models import FOREVER, Hold
from echt.holds.numbers import number_of
from echt.mail.kinds import Mail, Stream
from echt.mail.parts import Button, Facts, Paragraph, Part
from echt.mail.recipient import Recipient
from echt.mail.targets import page
from echt.ui.formats import amount, exact
from echt.wallets.models import Asset

EXAMPLE_AT = datetime.fromisoformat("2026-11-22T08:41:00+00:00")
EXAMPLE_HOLD = UUID("0193a1b2-c3d4-7e5f-8a9b-0c1d7f3a91c2")


class Kind(StrEnum):
    """A kind of mail, as `subject.what_happened`; the value is stored, so it is never renamed."""

    FROZEN = "holds.frozen"
    UNFROZEN = "holds.unfrozen"
    EXTENDED = "holds.extended"
    RELEASED = "holds.released_early"
    CLAWED_BACK = "holds.clawed_back"
    APPEAL_RECEIVED = "holds.appeal_received"
    APPEAL_REFUSED = "holds.appeal_refused"


@dataclass(frozen=True, kw_only=True)
class OfHold(Mail):
    """A mail about a hold: what was bought, and until when it is held."""

    stream = Stream.TRANSACTIONAL
    hold: UUID
    units: int
    decimals: int
    code: str
    acquired_at: datetime
    release_at: datetime

    @classmethod
    def about(cls, hold: Hold, to: Recipient, **values: Any) -> Self:
        """The mail to the owner about this hold."""
        asset = hold.asset
        return cls(
            to=to,
            hold=hold.pk,
            units=hold.amount,
            decimals=asset.decimals,
            code=asset.code,
            acquired_at=hold.acquired_at,
            release_at=hold.release_at,
            **values,
        )

    @classmethod
    def example(cls, to: Recipient) -> Self:
        return cls(
            to=to,
            hold=EXAMPLE_HOLD,
            units=4_200_000,
            decimals=8,
            code="BTC",
            acquired_at=EXAMPLE_AT,
            release_at=EXAMPLE_AT.replace(day=25),
            **cls.more,
        )

    more: ClassVar[Mapping[str, Any]] = {}
    """What the example needs besides."""

    @property
    def what(self) -> str:
        return amount(self.units, self.decimals, self.code)

    @property
    def end(self) -> str:
        return _("no end yet: until we have clarified it") if self.release_at >= FOREVER else exact(self.release_at)

    def facts(self, *more: tuple[str, str]) -> Facts:
        rows = [
            (pgettext("money", "Hold"), number_of(self.hold)),
            (_("Bought"), f"{self.what}, {exact(self.acquired_at)}"),
        ]
        return Facts([*rows, *more])

    def button(self, label: str = "", *, appeal: bool = False) -> Button:
        return Button(label or _("Open the hold"), page(f"/wallets/holds/{self.hold}/{'appeal/' if appeal else ''}"))


@dataclass(frozen=True, kw_only=True)
class WithCause(OfHold):
    """What the desk did, and why, as a code (`causes`)."""

    cause: Cause
    more = {"cause": Cause.PAYMENT}
    free_to: ClassVar[Promise | str] = gettext_lazy("You can trade and convert these coins meanwhile.")

    def told(self) -> list[Part]:
        return [
            Paragraph(f"{SENTENCES[self.cause]}", lead=_("Why?")),
            self.facts((_("Code"), self.cause.value), (_("Held until"), self.end)),
            Paragraph(f"{UNBLOCKS[self.cause]} {self.free_to}".strip(), lead=_("What can you do?")),
        ]


@dataclass(frozen=True, kw_only=True)
class HoldFrozen(WithCause):
    kind = Kind.FROZEN
    label = gettext_lazy("Holds: purchase frozen")
    more = {"cause": Cause.CHARGEBACK}

    @classmethod
    def example(cls, to: Recipient) -> Self:
        made = super().example(to)
        return cls(**{**made.__dict__, "release_at": FOREVER})

    def subject(self) -> str:
        return _("We have frozen coins that you bought")

    def preview(self) -> str:
        return _("They may not leave until we have clarified something.")

    def body(self) -> list[Part]:
        opening = _("coins that you bought may not leave your account until we have clarified something.")
        return [Paragraph(opening), *self.told(), self.button(_("Send us words and documents"), appeal=True)]


@dataclass(frozen=True, kw_only=True)
class HoldUnfrozen(OfHold):
    kind = Kind.UNFROZEN
    label = gettext_lazy("Holds: purchase no longer frozen")

    def subject(self) -> str:
        return _("Your coins are no longer frozen")

    def preview(self) -> str:
        return _("The end that they had before counts again.")

    def body(self) -> list[Part]:
        return [
            Paragraph(_("we have clarified what we had to. The end that your coins had before counts again.")),
            self.facts((_("Free from"), self.end)),
            self.button(),
        ]


@dataclass(frozen=True, kw_only=True)
class HoldExtended(WithCause):
    kind = Kind.EXTENDED
    label = gettext_lazy("Holds: purchase held longer")

    def subject(self) -> str:
        return _("Coins that you bought are held longer")

    def preview(self) -> str:
        return _("You see the new end here, and what you can do.")

    def body(self) -> list[Part]:
        opening = _("coins that you bought are held longer than we told you when you bought them.")
        return [Paragraph(opening), *self.told(), self.button(_("Ask for an earlier release"), appeal=True)]


@dataclass(frozen=True, kw_only=True)
class HoldReleased(OfHold):
    kind = Kind.RELEASED
    label = gettext_lazy("Holds: purchase released early")
    asked: bool = False
    more = {"asked": True}

    def subject(self) -> str:
        return _("Your coins are free")

    def preview(self) -> str:
        return _("We have released them before their time.")

    def body(self) -> list[Part]:
        asked = _("you asked for an earlier release, and two people have agreed: the coins are free.")
        unasked = _("we have released your coins before their time: two people have agreed.")
        return [
            Paragraph(asked if self.asked else unasked),
            self.facts((_("Free since"), self.end)),
            self.button(),
        ]


@dataclass(frozen=True, kw_only=True)
class HoldClawedBack(WithCause):
    kind = Kind.CLAWED_BACK
    label = gettext_lazy("Holds: purchase taken back")
    taken: tuple[tuple[int, int, str], ...] = field(default=())
    """Of each asset: units, decimals, code."""
    more = {"cause": Cause.CHARGEBACK, "taken": ((4_200_000, 8, "BTC"),)}

    @classmethod
    def about(cls, hold: Hold, to: Recipient, *, units: Mapping[Asset, int] | None = None, **values: Any) -> Self:
        taken = tuple((amount_, asset.decimals, asset.code) for asset, amount_ in (units or {}).items())
        return super().about(hold, to, taken=taken, **values)

    def subject(self) -> str:
        return _("We have taken back coins of a purchase")

    def preview(self) -> str:
        return _("The payment of this purchase was taken back.")

    def body(self) -> list[Part]:
        amounts = ", ".join(amount(*parts) for parts in self.taken)
        return [
            Paragraph(_("two people have decided to take back what a purchase left in your account.")),
            Paragraph(f"{SENTENCES[self.cause]}", lead=_("Why?")),
            self.facts(
                (_("Code"), self.cause.value),
                (pgettext("money", "Taken back"), amounts),
                (_("When"), exact(self.release_at)),
            ),
            Paragraph(
                _("Write to us, with a confirmation of your bank that the payment stands."),
                lead=_("Is this wrong?"),
            ),
            self.button(),
        ]


@dataclass(frozen=True, kw_only=True)
class AppealReceived(OfHold):
    kind = Kind.APPEAL_RECEIVED
    label = gettext_lazy("Holds: request for earlier release received")

    def subject(self) -> str:
        return _("We have your request for an earlier release")

    def preview(self) -> str:
        return _("A person looks at it, and we write to you.")

    def body(self) -> list[Part]:
        return [
            Paragraph(_("your request for an earlier release is with us. A person looks at it, and we write to you.")),
            self.facts((_("Held until"), self.end)),
            Paragraph(
                _("Change your password, and withdraw the request on the page of the hold."),
                lead=_("Did you not ask for anything?"),
            ),
            self.button(),
        ]


@dataclass(frozen=True, kw_only=True)
class AppealRefused(OfHold):
    kind = Kind.APPEAL_REFUSED
    label = gettext_lazy("Holds: request for earlier release refused")
    words: str
    more = {"words": "The statement does not show the payment."}

    def subject(self) -> str:
        return _("Your coins are not released earlier")

    def preview(self) -> str:
        return _("We have looked at your request. You see here why, and until when they are held.")

    def body(self) -> list[Part]:
        return [
            Paragraph(_("we have looked at your request for an earlier release. The coins stay held until their end.")),
            Paragraph(self.words, lead=_("Our team writes:")),
            self.facts((_("Held until"), self.end)),
            Paragraph(
                _("If you have other documents, you can ask again. At their end the coins are free by themselves."),
                lead=_("What can you do?"),
            ),
            self.button(_("Ask again"), appeal=True),
        ]
