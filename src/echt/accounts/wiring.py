"""What accounts fill in for the rooms below: seal of the record, language switch, menu, landing page."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from echt.accounts.actions.profile import change_language
from echt.accounts.models import User
from echt.accounts.navigation import register_navigation
from echt.accounts.own_data import register_exports
from echt.accounts.own_rows import register_rows
from echt.audit.sealer import DetailsChanged, KeyDestroyed, register_sealer
from echt.mail.places import code_page
from echt.ui.landing import Pillar, add_pillar
from echt.ui.reader import on_language_chosen
from echt.vault.purposes import Purpose
from echt.vault.seal import Destroyed, Tampered, seal, unseal


class HistorySealer:
    """Seals the details of an event under the key of whom it is about."""

    def seal(self, plain: bytes, subject: UUID | None, context: str) -> bytes:
        return seal(plain, purpose=Purpose.HISTORY, subject=subject, context=context)

    def unseal(self, sealed: bytes, subject: UUID | None, context: str) -> bytes:
        try:
            return unseal(sealed, purpose=Purpose.HISTORY, subject=subject, context=context)
        except Destroyed as gone:
            raise KeyDestroyed from gone
        except Tampered as changed:
            raise DetailsChanged from changed


def remember_language(user: object, language: str) -> None:
    if isinstance(user, User):
        change_language(actor=user, language=language)


PILLARS = (
    Pillar(
        title=_("Your mail carries your word"),
        text=_("You choose a short code. It stands at the top of every mail from us, and nowhere else."),
        words=_("Set up your code"),
        url_name="accounts:code",
        order=10,
    ),
    Pillar(
        title=_("Every message has a number"),
        text=_("Look it up here, or compare it with the list of everything that we ever sent you."),
        words=_("Your messages"),
        url_name="mail:messages",
        order=20,
    ),
    Pillar(
        title=_("Your account answers to you"),
        text=_("Passkeys, devices, a lock that nobody can talk us out of: every change is told and recorded."),
        words=_("Your security"),
        url_name="accounts:security",
        order=30,
    ),
)


def connect() -> None:
    register_sealer(HistorySealer())
    on_language_chosen(remember_language)
    register_navigation()
    register_rows()
    register_exports()
    code_page.register("accounts:code")
    for pillar in PILLARS:
        add_pillar(pillar)
