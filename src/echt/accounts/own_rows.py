"""The rows that accounts themselves have on the security page."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from echt.accounts.factors import RECOVERY_CODES, app_of, has_second_factor, passkeys_of, recovery_codes_left
from echt.accounts.models import User
from echt.accounts.security_rows import Row, Section, register
from echt.ui.formats import date, day_and_time

FEW = 3


def register_rows() -> None:
    """Called once, when the product starts."""
    register(Section.SIGN_IN, password, order=10)
    register(Section.SIGN_IN, passkeys, order=20)
    register(Section.SIGN_IN, authenticator_app, order=30)
    register(Section.SIGN_IN, recovery_codes, order=40)
    register(Section.ADVANCED, anti_phishing_code, order=10)
    register(Section.ADVANCED, settings_lock, order=90)
    register(Section.ACCOUNT, history, order=10)
    register(Section.ACCOUNT, own_data, order=20)
    register(Section.ACCOUNT, closing, order=30)


def password(user: User) -> Row:
    return Row(
        icon="key",
        title=_("Password"),
        text=_("Last changed on %(day)s") % {"day": date(user.password_changed_at)},
        kind="success",
        word=_("Set"),
        action=_("Change"),
        url=reverse("accounts:password"),
        is_on=True,
    )


def passkeys(user: User) -> Row:
    names = [passkey.wrap().name for passkey in passkeys_of(user)]
    told = ngettext("%(count)s passkey: %(names)s", "%(count)s passkeys: %(names)s", len(names))
    return Row(
        icon="passkey",
        title=_("Passkeys"),
        text=told % {"count": len(names), "names": ", ".join(names)}
        if names
        else _("Sign in with your fingerprint, your face or a security key."),
        kind="success" if names else "",
        word=_("Active") if names else _("Off"),
        action=_("Manage") if names else _("Set up"),
        url=reverse("accounts:passkeys" if names else "accounts:passkey_add"),
        is_on=bool(names),
    )


def authenticator_app(user: User) -> Row:
    app = app_of(user)
    return Row(
        icon="phone",
        title=_("Authenticator app"),
        text=_("Six-digit codes as a second factor, since %(day)s") % {"day": date(app.created_at)}
        if app
        else _("Six-digit codes from an app on your phone, as a second factor"),
        kind="success" if app else "",
        word=_("Active") if app else _("Off"),
        action=_("Manage") if app else _("Set up"),
        url=reverse("accounts:authenticator" if app else "accounts:authenticator_add"),
        is_on=app is not None,
    )


def recovery_codes(user: User) -> Row:
    left = recovery_codes_left(user)
    kind, word = _kept(left)
    return Row(
        icon="file",
        title=_("Recovery codes"),
        text=_recovery_text(user, left),
        kind=kind,
        word=word,
        action=_("Renew") if left else _("Make"),
        url=reverse("accounts:recovery_codes") if has_second_factor(user) else "",
        is_on=left > 0,
    )


def _recovery_text(user: User, left: int) -> str:
    if not has_second_factor(user):
        return _("In case you lose your devices. They belong to a second factor: set one up first.")
    if not left:
        return _("In case you lose your devices")
    told = _("In case you lose your devices. %(left)s of %(all)s are left")
    return told % {"left": left, "all": RECOVERY_CODES}


def _kept(left: int) -> tuple[str, str]:
    """Kind and word of the state."""
    if not left:
        return "", _("None")
    return ("success", _("Made")) if left > FEW else ("warning", _("Few left"))


def anti_phishing_code(user: User) -> Row:
    current = user.codes.filter(valid_until=None).first()
    return Row(
        icon="mail-check",
        title=_("Anti-phishing code"),
        text=_("It stands at the beginning of every genuine message from us, since %(day)s.")
        % {"day": date(current.valid_from)}
        if current
        else _("A word that only you and we know. It stands at the beginning of every genuine message from us."),
        kind="success" if current else "warning",
        word=_("Set") if current else _("Still missing"),
        action=_("Change") if current else _("Set up"),
        url=reverse("accounts:code"),
        primary=current is None,
        is_on=current is not None,
    )


def settings_lock(user: User) -> Row:
    until = user.settings_locked_until if user.settings_locked else None
    return Row(
        icon="lock",
        title=_("Lock security settings"),
        text=_("Nobody can change anything until %(moment)s.") % {"moment": day_and_time(until)}
        if until
        else _("For 1 to 30 days nobody can change anything, not even our support at your request."),
        kind="info" if until else "",
        word=_("On") if until else _("Off"),
        action="" if until else _("Lock"),
        url="" if until else reverse("accounts:lock_settings"),
    )


def history(_user: User) -> Row:
    return Row(
        icon="history",
        title=_("History"),
        text=_("Every sign-in and every change"),
        action=_("View"),
        url=reverse("accounts:history"),
    )


def own_data(_user: User) -> Row:
    return Row(
        icon="download",
        title=_("My data"),
        text=_("Everything that we keep about you, as a file"),
        action=_("Export"),
        url=reverse("accounts:data"),
    )


def closing(_user: User) -> Row:
    return Row(
        icon="x-circle",
        title=_("Close account"),
        text=_("For good. Nobody can sign in to it any more"),
        action=_("Close"),
        url=reverse("accounts:close"),
    )
