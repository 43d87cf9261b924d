"""The gate: one question, before money moves."""

from django.http import HttpRequest

from echt.accounts.access import Absent
from echt.api import answers
from echt.api.amounts import units_of
from echt.api.assets import called
from echt.api.routing import asks
from echt.api.schemas.gate import GateAnswer, Question
from echt.api.scopes import Scope
from echt.wallets.gate import gate
from echt.wallets.moving import HOUSES


@asks("/gate/ask", Scope.GATE_ASK, gives=GateAnswer, tag="gate")
def ask_gate(request: HttpRequest, told: Question) -> GateAnswer:  # noqa: ARG001
    """Ask whether an account may move so much of an asset by an operation now.

    Advice, with every reason, how much may move now, and when the rest may. Nothing is kept and nothing is reserved:
    what binds is the answer to the movement, which is judged again under lock.
    """
    asset = called(told.asset, "/asset")
    units = units_of(told.amount, asset, "/amount")
    if told.account in HOUSES:
        raise Absent
    try:
        answer = gate().ask(account=told.account, operation=told.operation, asset=asset.pk, units=units)
    except LookupError as error:
        raise Absent from error
    return answers.told(answer, account=told.account, operation=told.operation, asset=asset)
