"""From a movement as a request describes it to one as the ledger does.

1. Each operation has one shape: what it needs, what it may not have, and which account of the house is the other side.
2. Whatever does not fit is a mistake of the request, told with its place; then nothing of the whole request is done.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from echt.accounts.access import Absent
from echt.api.amounts import units_of
from echt.api.assets import Known, called
from echt.api.problems import Problem, invalid
from echt.api.schemas.movements import MovementAsked, Part
from echt.wallets.house import House
from echt.wallets.moving import HOUSES, Coins, Movement
from echt.wallets.operations import Operation


@dataclass(frozen=True)
class Shape:
    """What an operation needs. `house` None: the other side is another customer."""

    house: House | None
    pays: bool = True
    gets: bool = False


SHAPES: dict[Operation, Shape] = {
    Operation.WITHDRAW: Shape(House.CUSTODY),
    Operation.WITHDRAW_FIAT: Shape(House.CUSTODY),
    Operation.SEND: Shape(None),
    Operation.SELL_P2P: Shape(None),
    Operation.SELL: Shape(House.TRADING, gets=True),
    Operation.CONVERT: Shape(House.TRADING, gets=True),
    Operation.TRADE: Shape(House.TRADING, gets=True),
    Operation.GIFT: Shape(House.GIFTS),
    Operation.CLAIM: Shape(House.GIFTS, pays=False, gets=True),
    Operation.FEE: Shape(House.FEES),
}


def movement_of(told: MovementAsked, *, key: str, pointer: str = "") -> tuple[Movement, Known]:
    """The movement, and the asset in which its answer is told.

    Raises:
        Absent: the other account is one of the house.
        Problem: rule 2.
    """
    shape = SHAPES[told.operation]
    _require(told, shape, pointer)
    pays, gets = _coins(told.pays, f"{pointer}/pays"), _coins(told.gets, f"{pointer}/gets")
    if pays and gets and pays.asset == gets.asset:
        raise invalid(f"{pointer}/gets/asset", "same_asset", _("What is paid and what is got are different assets."))
    other = shape.house.pk if shape.house else told.to
    assert other is not None  # `_require` has looked
    movement = Movement(account=told.account, operation=told.operation, key=key, other=other, pays=pays, gets=gets)
    part = told.pays or told.gets
    assert part is not None
    return movement, called(part.asset, pointer)


def _require(told: MovementAsked, shape: Shape, pointer: str) -> None:
    """Rule 1."""
    for name, part, wanted in (("pays", told.pays, shape.pays), ("gets", told.gets, shape.gets)):
        if wanted and part is None:
            raise _missing(f"{pointer}/{name}")
        if part and not wanted:
            raise _not_here(f"{pointer}/{name}")
    if shape.house and told.to:
        raise _not_here(f"{pointer}/to")
    if shape.house is None and told.to is None:
        raise _missing(f"{pointer}/to")
    if told.to in HOUSES:
        raise Absent
    if told.to == told.account:
        raise invalid(f"{pointer}/to", "same_account", _("Nobody moves money to themselves."))


def _missing(pointer: str) -> Problem:
    return invalid(pointer, "missing", _("This operation needs it."))


def _not_here(pointer: str) -> Problem:
    return invalid(pointer, "not_here", _("This operation does not have it."))


def _coins(part: Part | None, pointer: str) -> Coins | None:
    if part is None:
        return None
    asset = called(part.asset, f"{pointer}/asset")
    units = units_of(part.amount, asset, f"{pointer}/amount")
    fee = units_of(part.fee, asset, f"{pointer}/fee", may_be_zero=True)
    return Coins(asset=asset.pk, units=units, fee=fee)
