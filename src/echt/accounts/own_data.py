"""What accounts, the record and the ledger keep about a person, for the person: the parts of the export."""

from typing import Any

from echt.accounts.actions.closing import exports
from echt.accounts.factors import app_of, passkeys_of, recovery_codes_left
from echt.accounts.models import User
from echt.accounts.selectors import codes_of, sessions_of
from echt.audit.selectors import history_of
from echt.mail.selectors import messages_of

EVERYTHING = 10**9


def register_exports() -> None:
    exports.update(account=account, sign_in=sign_in, history=history, messages=messages)


def account(user: User) -> dict[str, Any]:
    return {
        "address": user.address,
        "nickname": user.nickname,
        "language": user.language,
        "time_zone": user.zone,
        "created_at": user.created_at,
        "settings_locked_until": user.settings_locked_until,
        "anti_phishing_codes": [
            {"code": code.value, "from": code.valid_from, "until": code.valid_until} for code in codes_of(user)
        ],
        "pauses_of_payments": list(user.freezes.values("reason", "begins_at", "ends_at")),
    }


def sign_in(user: User) -> dict[str, Any]:
    app = app_of(user)
    return {
        "password_changed_at": user.password_changed_at,
        "authenticator_app_since": app.created_at if app else None,
        "passkeys": [{"name": key.wrap().name, "since": key.created_at} for key in passkeys_of(user)],
        "recovery_codes_left": recovery_codes_left(user),
        "sessions": [
            {"began": open_.began, "seen": open_.seen, **open_.where.details()} for open_ in sessions_of(user, key=None)
        ],
        "known_devices": list(user.devices.values("created_at", "seen_at")),
    }


def history(user: User) -> list[dict[str, Any]]:
    entries = history_of(user.pk, limit=EVERYTHING)
    return [{"at": entry.at, "event": entry.event, "details": entry.details} for entry in entries]


def messages(user: User) -> list[dict[str, Any]]:
    return [
        {
            "number": message.number,
            "kind": message.kind,
            "subject": message.subject_line,
            "to": message.address,
            "created_at": message.created_at,
            "sent_at": message.sent_at,
            "state": message.state,
            "text": message.text,
        }
        for message in messages_of(user)
    ]
