"""Gifts: coins that wait behind a link.

1. The link's secret has 256 bits, is told once, and only its digest is kept. It comes from the form's token, which the
   ledger does not have, and a key of ours: a form that is sent twice tells the same link.
2. Whoever has the link and is signed in can claim it, once, and not the giver.
3. After `gift_days` nobody claims it, by comparison, whether a job ran or not; the job brings the coins back.
4. Locks: the people who get a mail, the account of whoever acts, the gift, then the gate's. Every end of a gift is
   written under the lock of its row.
5. Words that could lead somewhere are refused: the page that shows them is ours.
"""

import hashlib
import re
from base64 import urlsafe_b64encode
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from echt import clock
from echt.accounts.access import lock_user
from echt.accounts.actions.notices import notify
from echt.accounts.models import User
from echt.accounts.step_up import Sensitive, StepUp
from echt.accounts.where import Where
from echt.audit.record import record
from echt.mail.send import send
from echt.wallets.access import Absent, account_of, lock_account, own_gift
from echt.wallets.answers import Answer
from echt.wallets.events import Event
from echt.wallets.gate import Refused, gate
from echt.wallets.house import House
from echt.wallets.models import Account, Asset, Gift
from echt.wallets.models.gifts import GiftState
from echt.wallets.moving import Coins, Movement
from echt.wallets.operations import Operation
from echt.wallets.outgoing import (
    Told,
    amount_of,
    commit,
    key_of,
    lock_people,
    mail_facts,
    require_allowed,
    row_of,
    transfer_of,
)
from echt.wallets.outgoing_mails import GiftClaimed, GiftGiven, GiftReturned, News
from echt.wallets.refusals import GiftOver, NotOffered, OwnGift, WordsRefused
from echt.wallets.settings import wallets_settings

LEADS_AWAY = re.compile(r"@|://|www\.|\w\.\w+/|\b\w[\w-]*\.(?:com|net|org|io|de|app|xyz|link|me|info)\b", re.IGNORECASE)


def require_giveable(*, actor: User, asset: Asset, units: int, words: str) -> None:
    """Whether the gift could be made, asked before it is confirmed.

    Raises:
        Refused: the gate would say no.
        WordsRefused, NotOffered: see the classes.
    """
    if not asset.is_active:
        raise NotOffered
    if LEADS_AWAY.search(words):
        raise WordsRefused
    require_allowed(account_of(actor), Operation.GIFT, asset, units)


def give(
    *, actor: User, asset: Asset, units: int, words: str, token: str, step_up: StepUp, where: Where
) -> tuple[Gift, str]:
    """Make a gift; it and the secret of its link.

    Raises:
        Refused: the gate says no.
        WordsRefused, NotOffered, FormReused: see the classes.
        StepUpRequired: no fresh proof for exactly this.
    """
    account, key, secret = account_of(actor), key_of("gift", token), _secret(actor, token)
    if (earlier := _earlier(account, key)) is not None:
        return earlier, secret
    with transaction.atomic():
        user = lock_user(actor)
        lock_account(account.pk)
        if (earlier := _earlier(account, key)) is not None:
            return earlier, secret
        require_giveable(actor=actor, asset=asset, units=units, words=words)
        step_up.require(Sensitive.GIVE_MONEY, amount=amount_of(units, asset), words=words)
        answer = commit(_gift(account, asset, units, key))
        draft = Gift(pk=row_of(account, key), account=account, subject=user.pk, asset=asset, amount=units, words=words)
        made = _write(user, draft, secret, answer, where) if answer.allowed else None
    if made is None:
        raise Refused(answer)
    return made, secret


def claim(*, actor: User, secret: str) -> Gift:
    """Take the gift behind this link (rules 2 and 3); who has claimed it already is told the same again.

    Raises:
        Absent: there is no such link.
        GiftOver, OwnGift: see the classes.
    """
    giver = behind(secret).account.owner_id
    with transaction.atomic():
        lock_people(actor.pk, giver)
        user = lock_user(actor)
        account = lock_account(account_of(user).pk)
        gift = _locked(digest=_digest(secret))
        if gift.account_id == account.pk:
            raise OwnGift
        if gift.state == GiftState.CLAIMED and gift.claimed_by_id == account.pk:
            return gift
        if not is_claimable(gift):
            raise GiftOver
        answer = gate().commit(_claim(gift, account))
        _end(gift, GiftState.CLAIMED, answer, by=account)
        record(Event.GIFT_CLAIMED, actor=actor, subject=user.pk, gift=str(gift.pk))
        _tell_giver(gift, GiftClaimed)
    return gift


def take_back(*, actor: User, gift_id: UUID) -> None:
    """Bring an unclaimed gift back.

    Raises:
        Absent: there is no such gift.
        GiftOver: it was claimed.
    """
    with transaction.atomic():
        found = own_gift(actor, gift_id)
        lock_account(found.account_id)
        gift = _locked(pk=found.pk)
        if gift.state == GiftState.TAKEN_BACK:
            return
        if gift.state != GiftState.OPEN:
            raise GiftOver
        _bring_back(gift)
        record(Event.GIFT_TAKEN_BACK, actor=actor, subject=actor.pk, gift=str(gift.pk))


def bring_back_ended() -> None:
    """Bring back gifts that nobody claimed in their time (rule 3)."""
    ended = Gift.objects.filter(state=GiftState.OPEN.value, ends_at__lte=clock.now())
    for pk, account, owner in ended.values_list("pk", "account_id", "account__owner"):
        with transaction.atomic():
            lock_people(owner)
            lock_account(account)
            gift = _locked(pk=pk)
            if gift.state == GiftState.OPEN:
                _bring_back(gift)
                _tell_giver(gift, GiftReturned)


def behind(secret: str) -> Gift:
    """The gift of a link, for the page that anybody can open.

    Raises:
        Absent: there is none.
    """
    found = Gift.objects.select_related("asset", "account").filter(digest=_digest(secret)).first()
    if found is None:
        raise Absent
    return found


def is_claimable(gift: Gift) -> bool:
    return gift.state == GiftState.OPEN and clock.now() < gift.ends_at


def _secret(actor: User, token: str) -> str:
    """Rule 1."""
    told = salted_hmac("echt.wallets.gift", f"{actor.pk}:{token}", algorithm="sha256").digest()
    return urlsafe_b64encode(told).rstrip(b"=").decode()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _earlier(account: Account, key: str) -> Gift | None:
    return Gift.objects.select_related("asset").filter(pk=row_of(account, key), account=account).first()


def _locked(**which: object) -> Gift:
    found = Gift.objects.select_for_update(of=("self",)).select_related("asset").filter(**which).first()
    if found is None:
        raise Absent
    return found


def _gift(account: Account, asset: Asset, units: int, key: str) -> Movement:
    return Movement(
        account=account.pk,
        operation=Operation.GIFT,
        pays=Coins(asset=asset.pk, units=units),
        other=House.GIFTS.pk,
        reference=row_of(account, key),
        key=key,
    )


def _claim(gift: Gift, account: Account) -> Movement:
    return Movement(
        account=account.pk,
        operation=Operation.CLAIM,
        gets=Coins(asset=gift.asset_id, units=gift.amount),
        other=House.GIFTS.pk,
        reference=gift.pk,
        key=f"claim:{gift.pk}",
    )


def _write(user: User, gift: Gift, secret: str, answer: Answer, where: Where) -> Gift:
    gift.digest, gift.transfer_id, gift.given_at = _digest(secret), transfer_of(answer), clock.now()
    gift.ends_at = gift.given_at + timedelta(days=wallets_settings().gift_days)
    gift.save(force_insert=True)
    details = {"gift": str(gift.pk), "asset": gift.asset.code, "amount": str(gift.amount)}
    record(Event.GIFT_GIVEN, actor=user, subject=user.pk, **details, **where.details())
    notify(GiftGiven, user, where=where, told=_facts(gift, user))
    return gift


def _bring_back(gift: Gift) -> None:
    answer = gate().commit(
        Movement(
            account=gift.account_id,
            operation=Operation.RETURN,
            gets=Coins(asset=gift.asset_id, units=gift.amount),
            other=House.GIFTS.pk,
            reference=gift.pk,
            returns=gift.transfer_id,
            key=f"return:{gift.pk}",
            asks=False,
        )
    )
    _end(gift, GiftState.TAKEN_BACK, answer)


def _end(gift: Gift, state: GiftState, answer: Answer, *, by: Account | None = None) -> None:
    gift.state, gift.ended_at, gift.ended_by_id, gift.claimed_by = state.value, clock.now(), answer.transfer, by
    gift.save(update_fields=["state", "ended_at", "ended_by", "claimed_by"])


def _facts(gift: Gift, owner: User) -> Told:
    return mail_facts(owner, [(_("Amount"), lambda: amount_of(gift.amount, gift.asset))])


def _tell_giver(gift: Gift, mail: type[News]) -> None:
    giver = gift.account.owner
    if giver is not None and giver.is_active:
        send(mail(to=giver, told=_facts(gift, giver), address=f"/wallets/gifts/{gift.pk}/"))
