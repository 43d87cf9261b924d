"""Money moves, if the gate says yes under lock."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from echt.api import answers
from echt.api.access import require_accounts
from echt.api.assets import Known
from echt.api.idempotency import ledger_key, mark_replayed
from echt.api.movements import movement_of
from echt.api.problems import Code, Problem
from echt.api.routing import Created, answered, changes
from echt.api.schemas.gate import Moved
from echt.api.schemas.movements import Batch, BatchAsked, MovementAsked, Refusal, Result
from echt.api.scopes import Scope
from echt.wallets.answers import Answer
from echt.wallets.gate import KeyReused, gate
from echt.wallets.moving import Movement

TAG = "movements"


@changes("/movements", Scope.MOVEMENTS_WRITE, gives={201: Moved, 409: Refusal}, tag=TAG)
def move(request: HttpRequest, told: MovementAsked) -> HttpResponse:
    """Move money, if the gate says yes.

    The gate is asked again under lock, and its answer is kept with the transfer. A refusal is a problem with the code
    `refused` and the whole answer; nothing has moved then.
    """
    movement, asset = movement_of(told, key=ledger_key(request))
    require_accounts(_accounts(movement))
    answer = gate().commit(movement)
    given = _moved(answer, movement, asset)
    response = answered(Created(given)) if answer.allowed else _refused(given)
    return mark_replayed(response) if answer.replayed else response


@changes("/movements/batch", Scope.MOVEMENTS_WRITE, gives={200: Batch}, tag=TAG)
def move_all(request: HttpRequest, told: BatchAsked) -> Batch:
    """Move money up to a hundred times, in one transaction.

    Each movement has a result of its own, in their order: one that is refused keeps no other from being done. A mistake
    in one of them is a mistake of the whole request, and nothing is done.
    """
    made = [
        movement_of(one, key=ledger_key(request, place), pointer=f"/movements/{place}")
        for place, one in enumerate(told.movements)
    ]
    require_accounts(account for movement, _asset in made for account in _accounts(movement))
    found = gate().commit_all([movement for movement, _asset in made])
    return Batch(results=[_result(answer, *pair) for answer, pair in zip(found, made, strict=True)])


def _accounts(movement: Movement) -> list[UUID]:
    return [movement.account, *([] if movement.is_with_house else [movement.other])]


def _result(answer: Answer | KeyReused, movement: Movement, asset: Known) -> Result:
    if isinstance(answer, KeyReused):
        return Result(status="key_reused", answer=None)
    return Result(status="done" if answer.allowed else "refused", answer=_moved(answer, movement, asset))


def _moved(answer: Answer, movement: Movement, asset: Known) -> Moved:
    return answers.moved(answer, account=movement.account, operation=movement.operation, asset=asset)


def _refused(given: Moved) -> HttpResponse:
    return Problem(Code.REFUSED, answer=given.model_dump(mode="json")).response()
