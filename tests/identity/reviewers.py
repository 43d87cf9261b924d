"""People of the desk, each with a second factor."""

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from echt.accounts.actions.provisioning import provision
from echt.accounts.models import Role, User

PASSWORD = "correct horse battery staple"


def a_colleague(name: str, role: Role = Role.REVIEWER, language: str = "en") -> User:
    person = provision(
        address=f"{name}@desk.example", password=PASSWORD, role=role, language=language, nickname=name.title()
    )
    TOTP.activate(person, generate_totp_secret())
    return person
