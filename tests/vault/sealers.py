"""What the processes of `test_keyring` do."""

from uuid import UUID

from echt.vault.models import DataKey
from echt.vault.purposes import Purpose
from echt.vault.seal import seal, unseal

SUBJECTS = (None, *(UUID(int=number) for number in range(4)))


def seal_some(count: int) -> list[str]:
    return [_seal(number).hex() for number in range(count)]


def open_all(sealed: list[str]) -> int:
    subjects = [SUBJECTS[number % len(SUBJECTS)] for number in range(len(sealed))]
    opened = [
        unseal(bytes.fromhex(one), purpose=Purpose.MAIL, subject=subject, context="x")
        for one, subject in zip(sealed, subjects, strict=True)
    ]
    return opened.count(b"text")


def count_keys() -> int:
    return DataKey.objects.count()


def _seal(number: int) -> bytes:
    return seal(b"text", purpose=Purpose.MAIL, subject=SUBJECTS[number % len(SUBJECTS)], context="x")
