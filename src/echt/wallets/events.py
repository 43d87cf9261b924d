"""What people do with money, and staff with assets.

That a balance changed is no event of the record: the ledger itself is append-only, and keeps every answer of the gate.
"""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Event(StrEnum):
    """What happened, as `subject.past_participle`; the value is stored, so it is never renamed."""

    ADDRESS_ADDED = "address.added"
    ADDRESS_REMOVED = "address.removed"
    PURCHASE_BEGUN = "purchase.begun"
    PURCHASE_COMPLETED = "purchase.completed"
    PURCHASE_FAILED = "purchase.failed"
    PURCHASE_CHARGED_BACK = "purchase.charged_back"
    MONEY_SENT = "money.sent"
    MONEY_SOLD = "money.sold"
    GIFT_GIVEN = "gift.given"
    GIFT_CLAIMED = "gift.claimed"
    GIFT_TAKEN_BACK = "gift.taken_back"
    WITHDRAWAL_REQUESTED = "withdrawal.requested"
    WITHDRAWAL_CANCELLED = "withdrawal.cancelled"
    WITHDRAWAL_SENT = "withdrawal.sent"
    WITHDRAWAL_FAILED = "withdrawal.failed"
    DEPOSIT_ENTERED = "deposit.entered"
    ASSET_ADDED = "asset.added"
    ASSET_CHANGED = "asset.changed"
    NETWORK_CHANGED = "network.changed"
    HISTORY_IMPORTED = "ledger.imported"


LABELS: dict[Event, Promise] = {
    Event.ADDRESS_ADDED: _("Address added"),
    Event.ADDRESS_REMOVED: _("Address removed"),
    Event.PURCHASE_BEGUN: _("Purchase begun"),
    Event.PURCHASE_COMPLETED: _("Purchase completed"),
    Event.PURCHASE_FAILED: _("Purchase failed"),
    Event.PURCHASE_CHARGED_BACK: _("Payment charged back"),
    Event.MONEY_SENT: _("Sent to a customer"),
    Event.MONEY_SOLD: _("Sold for fiat money"),
    Event.GIFT_GIVEN: _("Gift made"),
    Event.GIFT_CLAIMED: _("Gift claimed"),
    Event.GIFT_TAKEN_BACK: _("Gift taken back"),
    Event.WITHDRAWAL_REQUESTED: _("Withdrawal requested"),
    Event.WITHDRAWAL_CANCELLED: _("Withdrawal cancelled"),
    Event.WITHDRAWAL_SENT: _("Withdrawal sent"),
    Event.WITHDRAWAL_FAILED: _("Withdrawal failed"),
    Event.DEPOSIT_ENTERED: _("Deposit entered"),
    Event.ASSET_ADDED: _("Asset added"),
    Event.ASSET_CHANGED: _("Asset changed"),
    Event.NETWORK_CHANGED: _("Network changed"),
    Event.HISTORY_IMPORTED: _("History imported"),
}
