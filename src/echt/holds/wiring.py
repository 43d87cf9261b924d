"""What holds fill in for the rooms below: the gate, what may move, what a level gives, what a chargeback does."""

from echt.accounts import history
from echt.accounts.actions.closing import exports
from echt.holds.actions.chargebacks import on_chargeback
from echt.holds.benefits import benefits_of
from echt.holds.engine import HoldsGate
from echt.holds.events import LABELS
from echt.holds.own_data import holds
from echt.holds.standing import HoldsStanding
from echt.identity.benefits import register_benefits
from echt.wallets import chargebacks
from echt.wallets.gate import register_gate
from echt.wallets.standing import register_standing


def connect() -> None:
    """Called once, when the product starts."""
    history.register(LABELS)
    exports["holds"] = holds
    register_benefits(benefits_of)
    register_gate(HoldsGate())
    register_standing(HoldsStanding())
    chargebacks.register(on_chargeback)
