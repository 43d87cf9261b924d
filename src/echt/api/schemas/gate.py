"""The gate's question and answer."""

from datetime import datetime
from uuid import UUID

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from echt.api.schemas.basics import Amount, Asked, AssetCode, Bitcoin, Given, Told
from echt.wallets.answers import Code
from echt.wallets.operations import Operation

ASKED: JsonDict = {
    "account": "0193a2f0-7c1e-7cc3-9b1a-2f6a0c2f7e11",
    "operation": "withdraw",
    "asset": "BTC",
    "amount": "0.5",
}


class Question(Asked):
    """Whether an account may move so much by an operation now."""

    model_config = ConfigDict(json_schema_extra={"examples": [ASKED]})

    account: UUID
    operation: Operation
    asset: AssetCode
    amount: Amount = Field(description="What is to move, fee included.")


class Reason(Given):
    code: Code
    until: datetime | None = Field(description="When it is over by itself; null: not by waiting, or nobody knows.")
    detail: str


class Room(Given):
    """A limit over a rolling window, valued in Bitcoin."""

    window_hours: int
    limit: Bitcoin | None = Field(description="null: no limit.")
    used: Bitcoin
    left: Bitcoin | None


class GateAnswer(Given):
    """Advice: what binds is the answer to the movement, which is judged again under lock."""

    allowed: bool
    account: UUID
    operation: Operation
    asset: str
    amount: Told
    reasons: list[Reason]
    posted: Told = Field(description="The balance, held units included.")
    held: Told = Field(description="Of it, what holds keep from this operation.")
    movable: Told = Field(description="Of it, what this operation could move now, holds alone considered.")
    next_release_at: datetime | None
    level: str
    limits: list[Room]
    evaluated_at: datetime


class Moved(GateAnswer):
    """The answer to a movement; it is kept with the transfer, and binds."""

    transfer: UUID
