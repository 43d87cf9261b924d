"""Second factors: authenticator app, passkeys, recovery codes.

1. An app's code is taken once, and only in its own half minute.
2. A recovery code is taken once; the table holds only its Argon2 hash.
3. Secrets of apps are sealed (`adapter.FactorAdapter`).
"""

import secrets

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password
from django.utils.translation import gettext_lazy as _

from echt.accounts.models import RecoveryCode, User

RECOVERY_CODES = 10
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 10
WRONG_CODE = _(
    "That code does not fit. Take the one that your app shows now, or a recovery code you have not used yet."
)


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user).exists())


def app_of(user: User) -> Authenticator | None:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).first()


def passkeys_of(user: User) -> list[Authenticator]:
    found = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return list(found.order_by("created_at", "pk"))


def unused_code(user: User, code: str) -> RecoveryCode | None:
    """The unused recovery code that this is, locked; the caller marks it as used (rule 2)."""
    plain = plain_code(code)
    if len(plain) != LENGTH:
        return None
    unused = RecoveryCode.objects.select_for_update().filter(owner=user, used_at=None)
    return next((kept for kept in unused if check_password(plain, kept.digest)), None)


def recovery_codes_left(user: User) -> int:
    return RecoveryCode.objects.filter(owner=user, used_at=None).count()


def new_recovery_codes() -> list[str]:
    """Ten codes of ten symbols (49 bits each), in two groups for the eye."""
    made = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(RECOVERY_CODES)]
    return [f"{code[:5]}-{code[5:]}" for code in made]


def hashed(code: str) -> str:
    return make_password(plain_code(code))


def plain_code(code: str) -> str:
    """A recovery code without what people type into it."""
    return "".join(code.lower().split()).replace("-", "")
