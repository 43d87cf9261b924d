"""What the risk desk calls things."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from echt.holds.models import ProposalKind
from echt.wallets.models.purchases import Channel

CHANNELS: dict[Channel, Promise] = {
    Channel.CARD: _("Card"),
    Channel.BANK: _("Bank transfer"),
    Channel.PROCESSOR: _("Payment service"),
    Channel.P2P: _("P2P"),
    Channel.ONCHAIN: _("Deposit"),
}
PROPOSALS: dict[ProposalKind, Promise] = {
    ProposalKind.RELEASE: _("Early release"),
    ProposalKind.CLAW_BACK: _("Claw-back"),
}
HIGH, MEDIUM = 50, 25


def kind_of(score: int) -> str:
    """How a score looks: the kind of its badge."""
    return "danger" if score >= HIGH else "warning" if score >= MEDIUM else ""
