"""Movements of money."""

from typing import Literal
from uuid import UUID

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from echt.api.problems import Code
from echt.api.schemas.basics import Amount, Asked, AssetCode, Given
from echt.api.schemas.gate import Moved
from echt.wallets.operations import Operation

ACCOUNT = "0193a2f0-7c1e-7cc3-9b1a-2f6a0c2f7e11"
WITHDRAWAL: JsonDict = {
    "account": ACCOUNT,
    "operation": "withdraw",
    "pays": {"asset": "BTC", "amount": "0.5", "fee": "0.0001"},
}
Movable = Literal[
    Operation.WITHDRAW,
    Operation.WITHDRAW_FIAT,
    Operation.SEND,
    Operation.SELL,
    Operation.SELL_P2P,
    Operation.GIFT,
    Operation.CLAIM,
    Operation.CONVERT,
    Operation.TRADE,
    Operation.FEE,
]


class Part(Asked):
    asset: AssetCode
    amount: Amount
    fee: Amount = Field(default="0", description="Goes to the house: paid in addition, or taken off before.")


class MovementAsked(Asked):
    """`pays`: what leaves; `gets`: what comes in, net. A sale, conversion or trade has both, a claim only `gets`."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                WITHDRAWAL,
                {
                    "account": ACCOUNT,
                    "operation": "trade",
                    "pays": {"asset": "USDT", "amount": "100"},
                    "gets": {"asset": "BTC", "amount": "0.00114285"},
                },
            ]
        }
    )

    account: UUID
    operation: Movable
    pays: Part | None = None
    gets: Part | None = None
    to: UUID | None = Field(default=None, description="The other customer's account: for `send` and `sell_p2p` alone.")


class BatchAsked(Asked):
    """Up to a hundred movements, each with a result of its own."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"movements": [WITHDRAWAL]}]})

    movements: list[MovementAsked] = Field(min_length=1, max_length=100)


class Result(Given):
    """What became of one movement of a batch."""

    status: Literal["done", "refused", "key_reused"]
    answer: Moved | None = Field(description="null where the key was used before.")


class Batch(Given):
    """Each movement stands for itself: one that is refused keeps no other from being done. In their order."""

    results: list[Result]


class Refusal(Given):
    """A problem with the gate's answer."""

    type: str
    title: str
    status: int
    detail: str
    code: Literal[Code.REFUSED]
    answer: Moved
