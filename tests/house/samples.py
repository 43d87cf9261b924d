"""An example for each parameter of an address, so that the walk can go everywhere.

A new address with a parameter needs a line here. `owned` says that what it shows belongs to somebody, and that everybody
else must be told that it is not there.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from echt import clock
from echt.accounts.actions.provisioning import provision
from echt.accounts.lock_links import new_lock_link
from echt.accounts.models import User
from echt.holds.actions.appealing import make_appeal
from echt.holds.models import Exemption, Hold, Limit, Proposal, ProposalKind
from echt.identity.evidence import digest_of
from echt.identity.items import Item
from echt.identity.models import Case, Decision
from echt.identity.models.decisions import Verdict
from echt.identity.states import State
from echt.identity.uploads import parts
from echt.mail import kinds
from echt.mail.models import Message
from echt.mail.send import send
from echt.ui import brand
from echt.wallets.access import account_of
from echt.wallets.models import Purchase
from echt.work.worker import run_until_idle
from tests.accounts.soft_authenticator import SoftAuthenticator
from tests.holds import worlds
from tests.house import samples_of_leaving
from tests.identity.cases import a_case, add_hit
from tests.identity.reviewers import a_colleague

Values = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """Makes what the address shows, for this owner, and says with which values to ask for it."""

    make: Callable[[User], Values]
    owned: bool = False


def message(owner: User) -> Message:
    kind = next(iter(kinds.registry.values()))
    with transaction.atomic():
        return send(kind.example(owner))


def number(owner: User) -> Values:
    return {"number": message(owner).number}


def kept_mail(owner: User) -> Values:
    """A mail in the local outbox: its key is the name of its file."""
    message(owner)
    run_until_idle()
    newest = max(Path(settings.DATA, "outbox").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return {"key": newest.stem}


def passkey(owner: User) -> Values:
    request = {"rp": {"id": "testserver"}, "user": {"id": str(owner.pk)}, "challenge": ""}
    credential = json.loads(SoftAuthenticator().create(request))
    made = Authenticator.objects.create(
        user=owner, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": credential}
    )
    return {"pk": made.pk}


def draft(owner: User) -> Case:
    """An application that its owner is still gathering."""
    running = Case.objects.filter(applicant=owner, state=State.DRAFT).first()
    return running or a_case(owner, state=State.DRAFT)


def own_case(owner: User) -> Values:
    return {"case": draft(owner).pk}


def own_photo(owner: User) -> Values:
    return {"case": draft(owner).pk, "item": Item.FRONT.value}


def own_picture(owner: User) -> Values:
    return {"picture": draft(owner).pictures.filter(item=Item.FRONT).latest("pk").pk}


def own_upload(owner: User) -> Values:
    return {"upload": parts.begin(actor=owner, item=Item.FRONT, size=7).pk}


def at_desk(state: State = State.IN_REVIEW) -> Case:
    """Somebody else's application: nobody sees their own at the desk."""
    applicant = provision(address=f"{uuid4().hex}@example.org", password=f"pass {uuid4().hex}", language="en")
    return a_case(applicant, state=state)


def case_at_desk(_owner: User) -> Values:
    return {"case": at_desk().pk}


def proposal_at_desk(_owner: User) -> Values:
    case = at_desk(State.PROPOSED)
    made = Decision.objects.create(
        case=case,
        applicant_id=case.applicant_id,
        attempt=case.attempt,
        verdict=Verdict.APPROVE.value,
        evidence=digest_of(case),
        proposed_by=a_colleague(uuid4().hex),
    )
    return {"decision": made.pk}


def picture_at_desk(_owner: User) -> Values:
    return {"picture": at_desk().pictures.filter(item=Item.FRONT).latest("pk").pk}


def hit_at_desk(_owner: User) -> Values:
    return {"hit": add_hit(at_desk()).pk}


def a_hold(owner: User) -> Hold:
    """Coins of this person under a hold that can be released and asked for."""
    terms = worlds.bought(account_of(owner), worlds.asset(), 1_000_000, hours=72)
    Hold.objects.filter(pk=terms.hold).update(acquired_at=clock.now() - timedelta(hours=30))
    return Hold.objects.get(pk=terms.hold)


def own_hold(owner: User) -> Values:
    return {"hold": a_hold(owner).pk}


def somebodys_hold() -> Hold:
    """Somebody else's hold: nobody meets their own at the desk."""
    return a_hold(provision(address=f"{uuid4().hex}@example.org", password=f"pass {uuid4().hex}", language="en"))


def hold_at_desk(_owner: User) -> Values:
    return {"hold": somebodys_hold().pk}


def release_at_desk(_owner: User) -> Values:
    made = Proposal.objects.create(
        hold=somebodys_hold(),
        kind=ProposalKind.RELEASE.value,
        reason="In order.",
        proposed_by=a_colleague(uuid4().hex),
    )
    return {"proposal": made.pk}


def appeal_at_desk(_owner: User) -> Values:
    hold = somebodys_hold()
    assert hold.account.owner
    return {"appeal": make_appeal(actor=hold.account.owner, hold_id=hold.pk, words="Please.").pk}


def document_at_desk(_owner: User) -> Values:
    hold = somebodys_hold()
    assert hold.account.owner
    appeal = make_appeal(actor=hold.account.owner, hold_id=hold.pk, words="Please.", documents=[b"%PDF-1.7"])
    return {"file": appeal.files.get().pk}


def exemption_at_desk(owner: User) -> Values:
    """An exemption that somebody proposed for a customer."""
    made = Exemption.objects.create(
        account=somebodys_hold().account, reason="Known.", ends_at=clock.now() + timedelta(days=1), proposed_by=owner
    )
    return {"exemption": made.pk}


def own_purchase(owner: User) -> Values:
    """A purchase that waits for its payment at the sandbox."""
    coin, currency = worlds.asset("BTC", 8), worlds.asset("EUR", 2, "fiat")
    made = Purchase.objects.create(
        account=account_of(owner),
        channel="card",
        asset=coin,
        amount=1_000_000,
        currency=currency,
        paid=50_250,
        processor="sandbox-card",
        processor_reference=uuid4().hex,
    )
    return {"purchase": made.pk}


def account_for_api(owner: User) -> Values:
    return {"account": account_of(owner).pk}


def own_address(owner: User) -> Values:
    return {"address": samples_of_leaving.address(owner).pk}


def own_withdrawal(owner: User) -> Values:
    return {"withdrawal": samples_of_leaving.withdrawal(owner).pk}


def own_gift(owner: User) -> Values:
    return {"gift": samples_of_leaving.gift(owner)[0].pk}


def gift_link(owner: User) -> Values:
    return {"secret": samples_of_leaving.gift(owner)[1]}


SAMPLES = {
    "ui:brand": Sample(lambda _: {"digest": brand.digest(brand.stylesheet())}),
    "mail:check_number": Sample(number),
    "mail:message": Sample(number, owned=True),
    "mail:outbox_mail": Sample(kept_mail),
    "mail:outbox_html": Sample(kept_mail),
    "accounts:passkey_remove": Sample(passkey, owned=True),
    "accounts:lock": Sample(lambda owner: {"link": new_lock_link(owner)}),
    "identity:case": Sample(own_case, owned=True),
    "identity:document": Sample(own_case, owned=True),
    "identity:data": Sample(own_case, owned=True),
    "identity:residence": Sample(own_case, owned=True),
    "identity:consent": Sample(own_case, owned=True),
    "identity:face": Sample(own_case, owned=True),
    "identity:challenge": Sample(own_case, owned=True),
    "identity:answer": Sample(own_case, owned=True),
    "identity:check": Sample(own_case, owned=True),
    "identity:withdraw": Sample(own_case, owned=True),
    "identity:state": Sample(own_case, owned=True),
    "identity:add_picture": Sample(own_case, owned=True),
    "identity:begin": Sample(lambda _: {"level": "primary"}),
    "identity:photo": Sample(own_photo, owned=True),
    "identity:picture": Sample(own_picture, owned=True),
    "identity:upload": Sample(own_upload, owned=True),
    "identity:upload_finish": Sample(own_upload, owned=True),
    "wallets:asset": Sample(lambda _: {"code": worlds.asset("BTC", 8).code}),
    "wallets:purchase": Sample(own_purchase, owned=True),
    "wallets:sandbox": Sample(own_purchase, owned=True),
    "wallets:address_remove": Sample(own_address, owned=True),
    "wallets:withdrawal": Sample(own_withdrawal, owned=True),
    "wallets:withdrawal_cancel": Sample(own_withdrawal, owned=True),
    "wallets:gift": Sample(own_gift, owned=True),
    "wallets:gift_take_back": Sample(own_gift, owned=True),
    "wallets:gift_link": Sample(gift_link),
    "wallets:gift_claim": Sample(gift_link),
    "wallets:callback": Sample(lambda _: {"processor": "sandbox-card"}),
    "desk:case": Sample(case_at_desk),
    "desk:look": Sample(case_at_desk),
    "desk:claim": Sample(case_at_desk),
    "desk:release": Sample(case_at_desk),
    "desk:decide": Sample(case_at_desk),
    "desk:preview": Sample(case_at_desk),
    "desk:revoke": Sample(case_at_desk),
    "desk:note": Sample(case_at_desk),
    "desk:hold": Sample(case_at_desk),
    "desk:resume": Sample(case_at_desk),
    "desk:confirm": Sample(proposal_at_desk),
    "desk:reject": Sample(proposal_at_desk),
    "desk:take_back": Sample(proposal_at_desk),
    "desk:picture": Sample(picture_at_desk),
    "desk:hit": Sample(hit_at_desk),
    "holds:hold": Sample(own_hold, owned=True),
    "holds:appeal": Sample(own_hold, owned=True),
    "holds:appeal_withdraw": Sample(own_hold, owned=True),
    "desk:held": Sample(hold_at_desk),
    "desk:held_look": Sample(hold_at_desk),
    "desk:held_extend": Sample(hold_at_desk),
    "desk:held_freeze": Sample(hold_at_desk),
    "desk:held_unfreeze": Sample(hold_at_desk),
    "desk:held_release": Sample(hold_at_desk),
    "desk:held_claw_back": Sample(hold_at_desk),
    "desk:proposal_agree": Sample(release_at_desk),
    "desk:proposal_reject": Sample(release_at_desk),
    "desk:proposal_take_back": Sample(release_at_desk),
    "desk:appeal_refuse": Sample(appeal_at_desk),
    "desk:appeal_document": Sample(document_at_desk),
    "desk:policy": Sample(lambda _: {"name": "card"}),
    "desk:policy_change": Sample(lambda _: {"name": "card"}),
    "desk:policy_end": Sample(lambda _: {"name": "card"}),
    "desk:exemption_agree": Sample(exemption_at_desk),
    "desk:exemption_end": Sample(exemption_at_desk),
    "desk:limit_end": Sample(lambda _: {"limit": Limit.objects.filter(valid_until=None)[0].pk}),
    "desk:asset": Sample(lambda _: {"code": worlds.asset("BTC", 8).code}),
    "desk:asset_change": Sample(lambda _: {"code": worlds.asset("BTC", 8).code}),
    "desk:asset_network": Sample(lambda _: {"code": worlds.asset("BTC", 8).code}),
    "api:read_account": Sample(account_for_api),
    "api:list_balances": Sample(account_for_api),
    "api:list_limits": Sample(account_for_api),
    "api:list_holds": Sample(account_for_api),
    "api:read_hold": Sample(own_hold),
    "api:read_purchase": Sample(own_purchase),
    "api:charge_back": Sample(own_purchase),
}

ABSENT_HERE = {
    "ui:mark": "there is no mark of the operator's own in the tests",
}
"""Addresses that the settings of the tests do not open, with the reason."""
