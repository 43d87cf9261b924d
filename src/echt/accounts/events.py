"""What happens to accounts."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Event(StrEnum):
    """What happened, as `subject.past_participle`; the value is stored, so it is never renamed."""

    ACCOUNT_CREATED = "account.created"
    ADDRESS_CONFIRMED = "address.confirmed"
    SIGNED_IN = "session.started"
    SIGNED_OUT = "session.ended"
    SIGN_IN_REFUSED = "session.refused"
    SESSIONS_ENDED = "sessions.ended"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105
    PASSWORD_RESET = "password.reset"  # noqa: S105
    APP_ADDED = "authenticator_app.added"
    APP_REMOVED = "authenticator_app.removed"
    PASSKEY_ADDED = "passkey.added"
    PASSKEY_REMOVED = "passkey.removed"
    RECOVERY_CODES_MADE = "recovery_codes.made"
    RECOVERY_CODE_USED = "recovery_code.used"
    CODE_SET = "code.set"
    CODE_CHANGED = "code.changed"
    CODE_REVEALED = "code.revealed"
    ACCOUNT_LOCKED = "account.locked"
    ACCOUNT_UNLOCKED = "account.unlocked"
    SETTINGS_LOCKED = "settings.locked"
    PROFILE_CHANGED = "profile.changed"
    DATA_EXPORTED = "data.exported"
    ACCOUNT_CLOSED = "account.closed"
    MONEY_FROZEN = "money.frozen"


LABELS: dict[Event, Promise] = {
    Event.ACCOUNT_CREATED: _("Account created"),
    Event.ADDRESS_CONFIRMED: _("Mail address confirmed"),
    Event.SIGNED_IN: _("Signed in"),
    Event.SIGNED_OUT: _("Signed out"),
    Event.SIGN_IN_REFUSED: _("Sign-in refused"),
    Event.SESSIONS_ENDED: _("Sessions ended"),
    Event.PASSWORD_CHANGED: _("Password changed"),
    Event.PASSWORD_RESET: _("Password reset"),
    Event.APP_ADDED: _("Authenticator app added"),
    Event.APP_REMOVED: _("Authenticator app removed"),
    Event.PASSKEY_ADDED: _("Passkey added"),
    Event.PASSKEY_REMOVED: _("Passkey removed"),
    Event.RECOVERY_CODES_MADE: _("Recovery codes made"),
    Event.RECOVERY_CODE_USED: _("Recovery code used"),
    Event.CODE_SET: _("Anti-phishing code set"),
    Event.CODE_CHANGED: _("Anti-phishing code changed"),
    Event.CODE_REVEALED: _("Anti-phishing code shown"),
    Event.ACCOUNT_LOCKED: _("Account locked"),
    Event.ACCOUNT_UNLOCKED: _("Account unlocked"),
    Event.SETTINGS_LOCKED: _("Security settings locked"),
    Event.PROFILE_CHANGED: _("Profile changed"),
    Event.DATA_EXPORTED: _("Data exported"),
    Event.ACCOUNT_CLOSED: _("Account closed"),
    Event.MONEY_FROZEN: _("Outgoing money paused"),
}
