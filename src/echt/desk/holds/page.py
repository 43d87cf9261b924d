"""What the page of a hold shows its reader: what their role may read, and the steps that are possible now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import ngettext

from echt import clock
from echt.accounts.models import User
from echt.desk.answers import reader
from echt.desk.holds.forms import HOURS, AnswerForm, CauseForm, ExtendForm, LookForm, SeenForm, WordsForm
from echt.desk.holds.trail import entries_of, missing_in, trail_of
from echt.desk.holds.words import CHANNELS, PROPOSALS, kind_of
from echt.desk.identity.visits import reason_of
from echt.holds import risk
from echt.holds.access import seen_of
from echt.holds.actions.looking import look_at_appeals
from echt.holds.actions.proposing import firm_until
from echt.holds.facts import facts_of
from echt.holds.models import Appeal, AppealState, Hold, HoldState, Proposal, ProposalKind
from echt.holds.numbers import number_of
from echt.holds.permissions import Permission, may
from echt.holds.telling import Part, cause_of, parts_of
from echt.holds.worth import worth
from echt.identity.levels import LABELS as LEVELS
from echt.ui.formats import amount, exact
from echt.wallets.models import Asset, Purchase, Transfer
from echt.wallets.models.ledger import Outcome
from echt.wallets.models.purchases import Channel
from echt.wallets.operations import LABELS as OPERATIONS
from echt.wallets.operations import Operation
from echt.wallets.settings import wallets_settings

FEW = 10
"""Other holds and refused attempts that the page lists."""


@dataclass(frozen=True, kw_only=True)
class Valued:
    """A part with what it is worth in the reference currency; "" where no price says it."""

    part: Part
    value: str


def context_of(request: HttpRequest, hold: Hold, **forms: BaseForm) -> dict[str, Any]:
    """The page. Showing an appeal is a look, and recorded as one."""
    actor, parts, entries = reader(request), parts_of(hold), entries_of(hold)
    held = [part for part in parts if not part.is_free]
    is_open = bool(held) and hold.state in {HoldState.RUNNING, HoldState.FROZEN}
    return {
        **head_of(hold, is_open=is_open),
        **_purchase(hold),
        "valued": [Valued(part=part, value=_value(part.units, part.asset)) for part in parts],
        "missing": missing_in(entries),
        "marks": [(risk.LABELS[mark], risk.SENTENCES[mark]) for mark in risk.known(hold.marks)],
        "trail": trail_of(hold, entries),
        **_around(hold),
        **_appeals(request, hold, actor),
        **_steps(hold, actor, held, is_open=is_open),
        **_forms(hold, forms),
    }


def head_of(hold: Hold, *, is_open: bool) -> dict[str, Any]:
    """Which hold it is, and how it stands."""
    frozen = hold.state == HoldState.FROZEN
    return {
        "hold": hold,
        "number": number_of(hold.pk),
        "channel": CHANNELS[Channel(hold.channel)],
        "score_kind": kind_of(hold.score),
        "is_open": is_open,
        "is_frozen": frozen,
        "cause": cause_of(hold),
        "firm_until": firm_until(hold),
        "is_firm": firm_until(hold) > clock.now(),
    }


def _purchase(hold: Hold) -> dict[str, Any]:
    found = Purchase.objects.select_related("currency").filter(pk=hold.purchase).first() if hold.purchase else None
    facts = facts_of(hold.account)
    return {
        "purchase": found,
        "paid": _paid(found),
        "level": LEVELS.get(facts.level, facts.level),  # type: ignore[call-overload]
        "country": facts.country,
        "customer": hold.account.owner.display if hold.account.owner else hold.account.reference or "",
    }


def _paid(purchase: Purchase | None) -> str:
    if purchase is None or purchase.paid is None or purchase.currency is None:
        return ""
    return amount(purchase.paid, purchase.currency.decimals, purchase.currency.code)


def _value(units: int, asset: Asset) -> str:
    reference = Asset.objects.filter(code=wallets_settings().reference).first()
    value = worth(units, asset, in_=reference) if reference else None
    return amount(value, reference.decimals, reference.code) if reference and value is not None else ""


def _around(hold: Hold) -> dict[str, Any]:
    """The customer's other holds, and what they tried to move since the purchase."""
    others = Hold.objects.filter(account=hold.account_id).exclude(pk=hold.pk).select_related("asset")
    refused = Transfer.objects.filter(
        account=hold.account_id, outcome=Outcome.REFUSED.value, at__gte=hold.acquired_at
    ).order_by("-at")
    now = clock.now()
    return {
        "others": [(it, number_of(it.pk), it.release_at > now) for it in others.order_by("-acquired_at")[:FEW]],
        "refused": [_told(transfer) for transfer in refused[:FEW]],
    }


def _told(transfer: Transfer) -> tuple[datetime, str, str]:
    asked = _asked(transfer.answer)
    return transfer.at, str(OPERATIONS[Operation(transfer.operation)]), asked


def _asked(answer: Mapping[str, Any]) -> str:
    """How much was asked for, where the answer keeps it."""
    asset = Asset.objects.filter(pk=answer["asset"]).first() if answer.get("asset") else None
    return amount(int(answer["units"]), asset.decimals, asset.code) if asset and answer.get("units") else ""


def _appeals(request: HttpRequest, hold: Hold, actor: User) -> dict[str, Any]:
    why = reason_of(request, hold.pk) if may(actor, Permission.HOLDS_CHANGE) else ""
    found = Appeal.objects.filter(hold=hold).order_by("-made_at").prefetch_related("files__file")
    appeals = list(found if why else found.defer("words", "answer"))
    if why and appeals:
        look_at_appeals(actor=actor, hold_id=hold.pk, why=why)
    return {
        "appeals": appeals,
        "looking": bool(why),
        "open_appeal": next((appeal for appeal in appeals if appeal.state == AppealState.OPEN), None),
    }


def _steps(hold: Hold, actor: User, held: list[Part], *, is_open: bool) -> dict[str, Any]:
    """What may be done now, and what it will do."""
    pending = Proposal.objects.select_related("proposed_by").filter(hold=hold, settled_at=None).first()
    decides = may(actor, Permission.HOLDS_CHANGE)
    frozen = hold.state == HoldState.FROZEN
    return {
        "may_decide": decides,
        "pending": pending,
        "pending_kind": PROPOSALS[ProposalKind(pending.kind)] if pending else "",
        "is_own": pending is not None and pending.proposed_by_id == actor.pk,
        "may_extend": decides and is_open and not frozen,
        "may_freeze": decides and is_open and not frozen,
        "may_unfreeze": decides and is_open and frozen,
        "may_release": decides and is_open and not pending and firm_until(hold) <= clock.now(),
        "may_claw_back": decides and is_open and not pending and frozen,
        "amounts": ", ".join(amount(part.units, part.asset.decimals, part.asset.code) for part in held),
    }


def _forms(hold: Hold, given: Mapping[str, BaseForm]) -> dict[str, Any]:
    seen = {"seen": seen_of(hold)}
    made: dict[str, BaseForm] = {
        "extend_form": ExtendForm(initial=seen, auto_id="extend_%s"),
        "freeze_form": CauseForm(initial=seen, auto_id="freeze_%s"),
        "unfreeze_form": WordsForm(initial=seen, auto_id="unfreeze_%s"),
        "release_form": WordsForm(initial=seen, auto_id="release_%s"),
        "claw_back_form": WordsForm(initial=seen, auto_id="claw_back_%s"),
        "agree_form": SeenForm(initial=seen, auto_id="agree_%s"),
        "reject_form": WordsForm(initial=seen, auto_id="reject_%s"),
        "answer_form": AnswerForm(initial=seen, auto_id="answer_%s"),
        "look_form": LookForm(auto_id="look_%s"),
        **given,
    }
    _name_ends(made["extend_form"], hold)
    return made


def _name_ends(form: BaseForm, hold: Hold) -> None:
    """Say beside each choice which end it is."""
    if hold.state == HoldState.FROZEN:
        return
    form.fields["hours"].choices = [(hours, _longer(hours, hold)) for hours in HOURS]  # type: ignore[attr-defined]


def _longer(hours: int, hold: Hold) -> str:
    days = ngettext("%(n)s day", "%(n)s days", hours // 24) % {"n": hours // 24}
    return f"{days}, {exact(hold.release_at + timedelta(hours=hours))}"
