"""From the names of a file's columns, `--decimals` and `--debt` to the columns of the commitment.

A column `BTC (debt)`, or one that `--debt` names, holds what customers owe. `--decimals BTC=8` holds for both columns
of BTC. A column that `--decimals` does not name has 0 decimals.
"""

from collections.abc import Collection, Mapping, Sequence

from echt.proofs.columns import ASSET, ASSET_RULE, DEBT, MOST_COLUMNS, MOST_DECIMALS, Column, Side, checked
from echt.proofs.input.faults import Place, shown
from echt.proofs.refusals import Refused

ACCOUNT = "account"
MOST_NAMED = 5


def columns_of(
    names: Sequence[str], place: Place, *, decimals: Mapping[str, int] | None = None, debt: Collection[str] = ()
) -> tuple[Column, ...]:
    """The commitment's columns, in the order of the names that are assets.

    Raises:
        Refused: a name cannot be used, or one that was asked for is not there.
    """
    _check_wishes(decimals or {})
    assets = [asset_of(name, place) for name in names]
    if len(assets) > MOST_COLUMNS:
        raise place.refuse(f"There are {len(assets)} columns of amounts; a statement has at most {MOST_COLUMNS}.")
    _all_there("--decimals", decimals or {}, {*names, *assets}, place)
    _all_there("--debt", debt, {*names, *assets}, place)
    try:
        return checked([column_of(name, decimals or {}, debt) for name in names])
    except Refused as refused:
        raise place.refuse(str(refused)) from None


def column_of(name: str, decimals: Mapping[str, int], debt: Collection[str]) -> Column:
    """The column that a name of the file stands for."""
    asset = name.removesuffix(DEBT)
    owed = name != asset or name in debt
    return Column(asset, decimals.get(name, decimals.get(asset, 0)), Side.DEBT if owed else Side.CREDIT)


def asset_of(name: str, place: Place) -> str:
    """The asset that a name of the file stands for.

    Raises:
        Refused: it can be none.
    """
    asset = name.removesuffix(DEBT)
    if not ASSET.fullmatch(asset):
        raise place.refuse(f"The name {shown(name)} cannot be an asset: {ASSET_RULE}. Correct it.")
    return asset


def check_names(names: Sequence[str], place: Place) -> list[str]:
    """The names of the columns of amounts of a wide table, in order."""
    twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if twice:
        raise place.refuse(f"The column {shown(twice[0])} is there twice. Each column needs a name of its own.")
    if ACCOUNT not in names:
        raise place.refuse(f"There is no column “{ACCOUNT}”.{_likely(names)} It holds each customer's account number.")
    for name in names:
        if not name or name.startswith(("__index_level_", "Unnamed:")):
            raise place.refuse(f"The column {shown(name)} looks like pandas' row numbers. Write it with index=False.")
    amounts = [name for name in names if name != ACCOUNT]
    if not amounts:
        raise place.refuse(
            f"There is no column of amounts beside “{ACCOUNT}”. Each asset needs a column with its name."
        )
    return amounts


def _check_wishes(decimals: Mapping[str, int]) -> None:
    for name, number in decimals.items():
        if not 0 <= number <= MOST_DECIMALS:
            raise Refused(f"--decimals {name}={number}: 0 to {MOST_DECIMALS} decimals are possible.")


def _all_there(option: str, wanted: Collection[str], there: Collection[str], place: Place) -> None:
    missing = sorted(set(wanted) - set(there))
    if missing:
        known = sorted(there)
        names = ", ".join(known[:MOST_NAMED]) + (", …" if len(known) > MOST_NAMED else "")
        raise place.refuse(f"{option} names {shown(missing[0])}, but the columns are {names}. Correct the name.")


def _likely(names: Sequence[str]) -> str:
    for name in names:
        if name.strip().lower() in {ACCOUNT, "accounts", "account_id", "accountid", "id", "uid", "user", "user_id"}:
            return f" Rename {shown(name)} to “{ACCOUNT}”."
    return ""
