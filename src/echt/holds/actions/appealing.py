"""The customer asks for an earlier release, with words and documents; the desk answers.

1. One appeal waits at a time, and only while something is held; how many there may be is a setting.
2. A document is a JPEG, a PNG or a PDF by its bytes, of at most 10 MB, that no scanner knows as harmful. It is sealed
   as it came, and never opened by us.
3. Granting is a release: proposed by one person, agreed to by another (`proposing`). Refusing needs words that the
   customer reads.
4. Nobody answers an appeal of their own.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from echt import clock
from echt.accounts.models import User
from echt.audit.record import record
from echt.holds.access import Absent, Locked, lock_at_desk, lock_own_hold
from echt.holds.actions.changing import checked_words
from echt.holds.events import Event
from echt.holds.mails import AppealReceived, AppealRefused
from echt.holds.models import Appeal, AppealFile, AppealState
from echt.holds.refusals import HoldRefused, NothingPending, Over, Wrong
from echt.holds.settings import holds_settings
from echt.identity.settings import identity_settings
from echt.identity.uploads.scanning import ScannerSilent, scanner_at
from echt.mail.send import send
from echt.vault import files
from echt.vault.purposes import Purpose

LONGEST = 2000
MOST_FILES = 3
MOST_BYTES = 10_000_000
KINDS = {"jpeg": b"\xff\xd8\xff", "png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-"}
"""How the files begin that are taken."""


class AppealWaits(HoldRefused):
    words = gettext_lazy("You have asked already, and we have not answered yet. You can withdraw your request.")


class AppealsUsedUp(HoldRefused):
    words = gettext_lazy("You have asked for the release of this hold as often as you may. It ends at its time.")


def make_appeal(*, actor: User, hold_id: UUID, words: str, documents: Sequence[bytes] = ()) -> Appeal:
    """Ask for an earlier release.

    Raises:
        Absent: it is not the actor's hold.
        Over, AppealWaits, AppealsUsedUp: see the classes.
        Wrong: nothing is said, or a document is not taken; the sentence says why.
    """
    words = _checked(words)
    kinds = [checked_document(content) for content in documents[: MOST_FILES + 1]]
    if len(kinds) > MOST_FILES:
        raise Wrong(_("Add at most %(most)s documents.") % {"most": MOST_FILES})
    with transaction.atomic():
        locked = lock_own_hold(actor, hold_id)
        _require_askable(locked)
        appeal = Appeal.objects.create(hold=locked.hold, subject=actor.pk, words=words)
        for kind, content in zip(kinds, documents, strict=True):
            kept = files.keep(content, purpose=Purpose.WALLET, subject=actor.pk)
            AppealFile.objects.create(appeal=appeal, file=kept, kind=kind)
        pk = str(locked.hold.pk)
        record(Event.APPEAL_MADE, actor=actor, subject=actor.pk, hold=pk, appeal=str(appeal.pk), documents=len(kinds))
        send(AppealReceived.about(locked.hold, actor))
        return appeal


def withdraw_appeal(*, actor: User, hold_id: UUID) -> Appeal:
    """Take one's request back.

    Raises:
        Absent: it is not the actor's hold.
        NothingPending: none waits.
    """
    with transaction.atomic():
        locked = lock_own_hold(actor, hold_id)
        appeal = _waiting(locked)
        appeal.state, appeal.answered_at = AppealState.WITHDRAWN.value, clock.now()
        appeal.save(update_fields=["state", "answered_at"])
        pk = str(locked.hold.pk)
        record(Event.APPEAL_WITHDRAWN, actor=actor, subject=actor.pk, hold=pk, appeal=str(appeal.pk))
        return appeal


def refuse_appeal(*, actor: User, appeal_id: UUID, words: str, seen: str | None = None) -> Appeal:
    """Answer that the hold stays; the customer reads the words.

    Raises:
        Absent: no such appeal for the actor.
        Stale, NothingPending: see the classes.
        Wrong: there are no words.
    """
    words = checked_words(words)
    with transaction.atomic():
        found = Appeal.objects.filter(pk=appeal_id).values_list("hold_id", flat=True).first()
        if found is None:
            raise Absent
        locked = lock_at_desk(actor, found, seen=seen)
        appeal = _waiting(locked)
        if appeal.pk != appeal_id:
            raise NothingPending
        appeal.state, appeal.answer = AppealState.REFUSED.value, words
        appeal.answered_by, appeal.answered_at = actor, clock.now()
        appeal.save(update_fields=["state", "answer", "answered_by", "answered_at"])
        hold = locked.hold
        record(Event.APPEAL_REFUSED, actor=actor, subject=hold.pk, hold=str(hold.pk), appeal=str(appeal.pk))
        if locked.owner:
            send(AppealRefused.about(hold, locked.owner, words=words))
        return appeal


def checked_document(content: bytes) -> str:
    """What kind of document it is (rule 2).

    Raises:
        Wrong: it is not taken.
    """
    if len(content) > MOST_BYTES:
        raise Wrong(_("A document is too large: at most 10 MB each."))
    kind = next((kind for kind, beginning in KINDS.items() if content.startswith(beginning)), "")
    if not kind:
        raise Wrong(_("A document is neither a JPEG or PNG picture nor a PDF. Save it as one of these, then add it."))
    try:
        harmful = scanner_at(identity_settings().clamd).scan(content)
    except ScannerSilent:
        raise Wrong(_("Documents cannot be checked for harmful content now. Please try again in a while.")) from None
    if harmful:
        raise Wrong(_("A document holds something harmful and was not kept. Send us another copy."))
    return kind


def _checked(words: str) -> str:
    words = words.strip()
    if not words:
        raise Wrong(_("Write down why the coins should be free earlier."))
    if len(words) > LONGEST:
        raise Wrong(_("Please shorten your words to %(most)s characters.") % {"most": LONGEST})
    return words


def _require_askable(locked: Locked) -> None:
    if not locked.held:
        raise Over
    states = list(Appeal.objects.filter(hold=locked.hold).values_list("state", flat=True))
    if AppealState.OPEN in states:
        raise AppealWaits
    if len(states) >= holds_settings().appeals:
        raise AppealsUsedUp


def _waiting(locked: Locked) -> Appeal:
    appeal = Appeal.objects.select_for_update().filter(hold=locked.hold, state=AppealState.OPEN.value).first()
    if appeal is None:
        raise NothingPending
    return appeal
