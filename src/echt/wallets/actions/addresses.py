"""The address book: where withdrawals may go.

1. An address is checked by its network's rule before anything else, and kept in one form (`addressing`).
2. It is added with a proof for exactly this address on exactly this network; a second factor where there is one.
3. It can be withdrawn to when `address_delay` hours have passed, by comparison; the owner is told at once by mail.
4. What looks like an address that the book has or had is added only after that was pointed out.
5. The account's row is the lock of its book.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from echt import clock
from echt.accounts.access import lock_user
from echt.accounts.actions.notices import notify
from echt.accounts.models import User
from echt.accounts.step_up import Sensitive, StepUp
from echt.accounts.where import Where
from echt.audit.record import record
from echt.vault.index import blind_index
from echt.wallets import addressing
from echt.wallets.access import account_of, lock_account, own_address
from echt.wallets.events import Event
from echt.wallets.models import Account, Address, Network
from echt.wallets.models.withdrawals import OVER
from echt.wallets.outgoing import mail_facts
from echt.wallets.outgoing_mails import AddressAdded
from echt.wallets.refusals import AddressBookFull, AddressInUse, AddressKnown, LooksAlike, NotOffered
from echt.wallets.settings import wallets_settings

MOST = 200
"""Addresses in one book."""
NEVER_ALIKE = frozenset({"sepa"})
"""Rules of which honest addresses often begin and end alike: accounts at the same bank."""


def require_addable(*, actor: User, network: Network, value: str, compared: bool) -> str:
    """The address in its one form, if it could be added now.

    Raises:
        AddressWrong, AddressKnown, AddressBookFull, LooksAlike, NotOffered: see the classes.
    """
    if not network.is_active or not network.asset.is_active:
        raise NotOffered
    value = addressing.checked(network.rule, value)
    account = account_of(actor)
    present = account.addresses.filter(removed_at=None)
    if present.filter(network=network, index=index_of(value)).exists():
        raise AddressKnown
    if present.count() >= MOST:
        raise AddressBookFull
    if not compared:
        _point_out(account, network, value)
    return value


def add_address(
    *, actor: User, network: Network, value: str, label: str, compared: bool, step_up: StepUp, where: Where
) -> Address:
    """Put an address into the book; `compared`: the person has compared it with one that looks alike.

    Raises:
        AddressWrong, AddressKnown, AddressBookFull, LooksAlike, NotOffered: see the classes.
        StepUpRequired: no fresh proof for exactly this address.
        SettingsLocked: the settings lock holds.
    """
    with transaction.atomic():
        user = lock_user(actor)
        account = lock_account(account_of(user).pk)
        value = require_addable(actor=user, network=network, value=value, compared=compared)
        step_up.require(Sensitive.ADD_ADDRESS, network=f"{network.asset.code}, {network.name}", address=value)
        now = clock.now()
        made = account.addresses.create(
            subject=user.pk,
            network=network,
            value=value,
            label=label,
            index=index_of(value),
            added_at=now,
            active_from=now + timedelta(hours=wallets_settings().address_delay),
        )
        record(
            Event.ADDRESS_ADDED,
            actor=actor,
            subject=user.pk,
            address=str(made.pk),
            network=network.pk,
            **where.details(),
        )
        _tell(user, made, where)
        return made


def remove_address(*, actor: User, address_id: UUID, where: Where) -> None:
    """Take an address out of the book. Added again it waits again.

    Raises:
        Absent: there is no such address.
        AddressInUse: see the class.
    """
    with transaction.atomic():
        user = lock_user(actor)
        lock_account(account_of(user).pk)
        address = own_address(actor, address_id)
        if address.withdrawals.exclude(state__in=[state.value for state in OVER]).exists():
            raise AddressInUse
        address.removed_at = clock.now()
        address.save(update_fields=["removed_at"])
        record(Event.ADDRESS_REMOVED, actor=actor, subject=user.pk, address=str(address.pk), **where.details())


def index_of(value: str) -> str:
    """By which the same address is found in whatever book."""
    return blind_index(value, purpose="wallets.address")


def shortened(value: str) -> str:
    """Its ends, where people compare; enough to recognise it in a list."""
    return value if len(value) <= 20 else f"{value[:10]}…{value[-8:]}"  # noqa: PLR2004


def _point_out(account: Account, network: Network, value: str) -> None:
    """Rule 4; removed addresses count too."""
    if network.rule in NEVER_ALIKE:
        return
    used = account.addresses.filter(network__rule=network.rule)
    other = addressing.looks_like(value, [address.value for address in used])
    if other is not None:
        raise LooksAlike(other)


def _tell(user: User, made: Address, where: Where) -> None:
    facts = [(_("Network"), f"{made.network.asset.code}, {made.network.name}"), (_("Address"), shortened(made.value))]
    notify(AddressAdded, user, where=where, told=mail_facts(user, facts))
