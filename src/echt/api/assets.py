"""Assets as the API names them: by their code.

Code and decimals of an asset never change, so a process remembers them; one that it does not know yet is looked up.
"""

import time
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from echt.api.problems import invalid
from echt.wallets.models import Asset

FOR_SECONDS = 10.0


@dataclass(frozen=True)
class Known:
    pk: int
    code: str
    decimals: int
    is_fiat: bool


class _Memory:
    by_code: dict[str, Known] = {}
    by_pk: dict[int, Known] = {}
    until = 0.0


def called(code: str, pointer: str) -> Known:
    """The asset of a request.

    Raises:
        Problem: there is none.
    """
    found = _fresh().by_code.get(code) or _read().by_code.get(code)
    if found is None:
        raise invalid(pointer, "asset_unknown", _("There is no such asset."))
    return found


def asset_of(pk: int) -> Known:
    """An asset of the database."""
    return _fresh().by_pk.get(pk) or _read().by_pk[pk]


def forget(**_signal: Any) -> None:
    """An asset was added or changed."""
    _Memory.until = 0.0


def _fresh() -> type[_Memory]:
    return _Memory if _Memory.until > time.monotonic() else _read()


def _read() -> type[_Memory]:
    found = [Known(it.pk, it.code, it.decimals, it.is_fiat) for it in Asset.objects.all()]
    _Memory.by_code = {known.code: known for known in found}
    _Memory.by_pk = {known.pk: known for known in found}
    _Memory.until = time.monotonic() + FOR_SECONDS
    return _Memory
