"""Why outgoing money pauses, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.accounts.models import FreezeReason

REASONS: dict[FreezeReason, Promise] = {
    FreezeReason.PASSWORD_RESET: _("password reset"),
    FreezeReason.PASSWORD_CHANGED: _("password changed"),
    FreezeReason.FACTOR_REMOVED: _("second factor removed"),
    FreezeReason.RECOVERED: _("locked account opened again"),
    FreezeReason.FACTOR_ADDED: _("new second factor"),
}
