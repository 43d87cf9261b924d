"""What the page of a case shows its reader: what their role permits, and what they gave a reason for."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.functional import Promise

from echt.accounts.models import User
from echt.desk.answers import reader
from echt.desk.identity import check_rows, compare, duplicates, plates, words
from echt.desk.identity.decisions_told import pending_for, told
from echt.desk.identity.forms import DecisionForm, HoldForm, LookForm, RevokeForm, TextForm
from echt.desk.identity.kept import is_gone, with_what_is_kept
from echt.desk.identity.numbers import number_of
from echt.desk.identity.reason_choices import groups_of
from echt.desk.identity.trail import trail_of
from echt.desk.identity.visits import reason_of
from echt.identity import sla
from echt.identity.actions.looking import look_at_data
from echt.identity.decision_rules import needs_second
from echt.identity.levels import LABELS as LEVELS
from echt.identity.levels import Level
from echt.identity.models import Case
from echt.identity.models.decisions import Verdict
from echt.identity.models.screening import HitState
from echt.identity.permissions import Permission, may
from echt.identity.selectors import grant_of
from echt.identity.states import AT_DESK, State


def context_of(request: HttpRequest, case: Case, **forms: Any) -> dict[str, Any]:
    """The page. Showing the data is a look, and recorded as one."""
    actor = reader(request)
    why = reason_of(request, case.pk) if may(actor, Permission.PICTURES_LOOK) else ""
    if why:
        look_at_data(actor=actor, case_id=case.pk, why=why)
    gone = is_gone(case)
    with_what_is_kept([case.document], "typed", "read")
    return {
        "case": case,
        "number": number_of(case.pk),
        **_head(case, actor),
        **_rights(case, actor, looking=bool(why)),
        **_evidence(case, shown=bool(why), gone=gone),
        **_around(case),
        **_forms(case, forms),
        "pending": pending_for(case, actor),
    }


def _head(case: Case, actor: User) -> dict[str, Any]:
    kind, icon = words.STATE_LOOKS[State(case.state)]
    holder = case.claimant()
    level = grant_of(case.applicant)
    return {
        "state_word": words.STATES[State(case.state)],
        "state_kind": kind,
        "state_icon": icon,
        "level_word": LEVELS[Level(case.level)],
        "country": words.country(case.document.country),
        "document": words.kind(case.document.kind),
        "residence": words.country(case.residence),
        "holds_level": LEVELS[Level(level.level)] if level else LEVELS[Level.NONE],
        "is_mine": holder == actor,
        "holder": holder.display if holder and holder != actor else "",
        "is_late": sla.is_late(case),
        "is_warned": sla.is_warned(case),
        "stands": case.state == State.ON_HOLD,
    }


def _rights(case: Case, actor: User, *, looking: bool) -> dict[str, Any]:
    decides = may(actor, Permission.CASES_DECIDE)
    at_desk = State(case.state) in AT_DESK
    return {
        "looking": looking,
        "may_look": may(actor, Permission.PICTURES_LOOK),
        "may_decide": decides and at_desk,
        "may_note": decides,
        "may_hits": may(actor, Permission.HITS_DECIDE),
        "may_revoke": may(actor, Permission.LEVELS_REVOKE) and _is_revocable(case),
        "in_review": case.state == State.IN_REVIEW,
        "may_hold": decides and case.state in {State.IN_REVIEW, State.PROPOSED},
        "may_resume": decides and case.state == State.ON_HOLD,
    }


def _is_revocable(case: Case) -> bool:
    return case.state == State.APPROVED and case.grants.filter(revoked_at=None).exists()


def _evidence(case: Case, *, shown: bool, gone: bool) -> dict[str, Any]:
    rows = check_rows.rows_of(case)
    holds, open_ = check_rows.counts_of(rows)
    return {
        "sides": plates.sides_of(case),
        "pair": plates.pair_of(case) if case.level == Level.ADVANCED else None,
        "strip": plates.strip_of(case),
        "columns": compare.columns_of(case),
        "rows": compare.rows_of(case, shown=shown),
        "checks": rows,
        "checks_hold": holds,
        "checks_open": open_,
        "data_gone": gone,
        "approval_waits": case.state == State.IN_REVIEW and not gone and needs_second(case, Verdict.APPROVE, ()),
    }


def _around(case: Case) -> dict[str, Any]:
    made = with_what_is_kept(case.decisions.order_by("-proposed_at", "-pk"), "note", "message")
    decisions = [told(decision) for decision in made]
    hits = case.hits.order_by("state", "-score", "pk")
    return {
        "hits": [(hit, *words.HITS[HitState(hit.state)]) for hit in with_what_is_kept(hits, "shown")],
        "duplicates": duplicates.panel_of(case),
        "trail": trail_of(case),
        "notes": with_what_is_kept(case.notes.select_related("author").order_by("-at", "-pk"), "text"),
        "decisions": [it for it in decisions if it.decision.decided_at or it.decision.voided_at],
        "earlier": _earlier(case),
    }


def _earlier(case: Case) -> list[tuple[UUID, str, Promise, Promise, datetime]]:
    others = Case.objects.filter(applicant=case.applicant_id).exclude(pk=case.pk).order_by("-created_at", "-pk")
    return [
        (it.pk, number_of(it.pk), LEVELS[Level(it.level)], words.STATES[State(it.state)], it.created_at)
        for it in others
    ]


def _forms(case: Case, given: dict[str, Any]) -> dict[str, Any]:
    version = {"version": case.version}
    forms = {
        "look_form": LookForm(auto_id="look_%s"),
        "decision_form": DecisionForm(initial=version, auto_id="decision_%s"),
        "revoke_form": RevokeForm(auto_id="revoke_%s"),
        "note_form": TextForm(auto_id="note_%s"),
        "hold_form": HoldForm(initial=version, auto_id="hold_%s"),
        "reject_form": TextForm(auto_id="reject_%s"),
        **given,
    }
    bound = [forms["decision_form"], forms["revoke_form"]]
    chosen = {value for form in bound for value in (form["reasons"].value() or [])}
    return {**forms, "groups": groups_of(case, chosen)}
