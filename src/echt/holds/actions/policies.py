"""Holding policies: making one, giving it a new version, ending it.

1. What a policy applies to is fixed with its name: a version changes the terms. No two in force apply to the same.
2. Nothing is changed or removed: the version before keeps its terms and gets an end, and holds keep the version by
   which they began.
3. A longer N concerns open holds only where the version says so (`extends_open`). Then each of them that is still held
   gets the later end, in the same transaction; no end ever comes nearer.
4. A frozen hold stays frozen: the later end counts once somebody unfreezes it.
5. Who saw another version than the one in force is refused.
"""

import re
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from echt import clock
from echt.accounts.access import Absent
from echt.accounts.models import User
from echt.audit.details import JSON
from echt.audit.record import record
from echt.holds.actions.changing import checked_words
from echt.holds.actions.longer import extend_open_holds
from echt.holds.events import Event
from echt.holds.facts import INSTITUTION
from echt.holds.models import Policy
from echt.holds.permissions import Permission, may
from echt.holds.refusals import HoldRefused, Wrong
from echt.identity.levels import Level
from echt.identity.mrz.countries import ALPHA2
from echt.wallets.models import Asset
from echt.wallets.models.ledger import Risk
from echt.wallets.models.purchases import Channel
from echt.wallets.operations import ALL_RESTRICTED

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = 60
MOST_HOURS = 365 * 24
LEVELS = (*(level.value for level in Level), INSTITUTION)


class PolicyChanged(HoldRefused):
    """Somebody was faster (rule 5)."""

    def __init__(self) -> None:
        super().__init__(_("Somebody else has changed this policy since you opened it. Nothing was done. Look again."))


@dataclass(frozen=True, kw_only=True)
class Criteria:
    """What a policy applies to; empty, or for the asset None: any."""

    channel: str = ""
    country: str = ""
    level: str = ""
    risk: str = ""
    asset_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class PolicyTerms:
    """What it says of what it applies to. `restricts`: `operations.bits_of` what may not be done."""

    hours: int
    restricts: int = ALL_RESTRICTED
    restarts: bool = False
    extends_open: bool = False
    firm_hours: int = 0


@dataclass(frozen=True, kw_only=True)
class Changed:
    """The new version, and how many open holds it made longer."""

    policy: Policy
    extended: int


def make_policy(*, actor: User, name: str, criteria: Criteria, terms: PolicyTerms, reason: str) -> Policy:
    """Put a policy in force, as the first version of its name.

    Raises:
        Absent: the actor may not.
        Wrong: what was entered will not do; the words say what to change.
    """
    reason = _checked(actor, terms, reason)
    _require(
        NAME.fullmatch(name) and len(name) <= LONGEST_NAME, _("Enter a name of small letters, digits and hyphens.")
    )
    _check_criteria(criteria)
    with transaction.atomic():
        _lock()
        taken = Policy.objects.filter(name=name).exists()
        _require(
            not taken, _("There has been a policy with this name. Choose another one, or give that a new version.")
        )
        same = Policy.objects.filter(valid_until=None, **asdict(criteria)).first()
        words = _("%(name)s applies to the same already. Give it a new version instead.")
        _require(same is None, words % {"name": same.name if same else ""})
        policy = Policy.objects.create(
            name=name, version=1, reason=reason, made_by=actor, **asdict(criteria), **asdict(terms)
        )
        record(Event.POLICY_CHANGED, actor=actor, policy=policy.name, to=_told(policy))
        return policy


def change_policy(*, actor: User, name: str, seen: int, terms: PolicyTerms, reason: str) -> Changed:
    """Put a new version in force; see rule 3 for what happens to open holds. `seen`: the version on the page.

    Raises:
        Absent: the actor may not, or none with this name is in force.
        PolicyChanged: rule 5.
        Wrong: what was entered will not do.
    """
    reason = _checked(actor, terms, reason)
    with transaction.atomic():
        before = _locked(name, seen)
        before.valid_until = clock.now()
        before.save(update_fields=["valid_until"])
        policy = Policy.objects.create(
            name=name,
            version=before.version + 1,
            valid_from=before.valid_until,
            reason=reason,
            made_by=actor,
            **asdict(criteria_of(before)),
            **asdict(terms),
        )
        longer = terms.extends_open and terms.hours > before.hours
        extended = extend_open_holds(policy, actor=actor) if longer else 0
        record(Event.POLICY_CHANGED, actor=actor, policy=policy.name, to=_told(policy), extended=extended)
        return Changed(policy=policy, extended=extended)


def end_policy(*, actor: User, name: str, seen: int, reason: str) -> Policy:
    """End a policy; holds that it began stay as they are.

    Raises:
        Absent, PolicyChanged, Wrong: as for `change_policy`.
    """
    _require_may(actor)
    reason = checked_words(reason)
    with transaction.atomic():
        policy = _locked(name, seen)
        policy.valid_until = clock.now()
        policy.save(update_fields=["valid_until"])
        record(Event.POLICY_ENDED, actor=actor, policy=name, version=policy.version, reason=reason)
        return policy


def criteria_of(policy: Policy) -> Criteria:
    return Criteria(
        channel=policy.channel,
        country=policy.country,
        level=policy.level,
        risk=policy.risk,
        asset_id=policy.asset_id,
    )


def _checked(actor: User, terms: PolicyTerms, reason: str) -> str:
    _require_may(actor)
    _require(0 <= terms.hours <= MOST_HOURS, _("Enter between 0 and %(most)s hours.") % {"most": MOST_HOURS})
    firm = _("The part that no release can cut is at most as long as the hold itself.")
    _require(0 <= terms.firm_hours <= terms.hours, firm)
    _require(0 <= terms.restricts <= ALL_RESTRICTED, _("Choose what may not be done with what is held."))
    _require(terms.restricts or not terms.hours, _("Choose what may not be done with what is held."))
    return checked_words(reason)


def _check_criteria(criteria: Criteria) -> None:
    known = (
        criteria.channel in {"", *Channel}
        and criteria.country in {"", *ALPHA2}
        and criteria.level in {"", *LEVELS}
        and criteria.risk in {"", *Risk}
        and (criteria.asset_id is None or Asset.objects.filter(pk=criteria.asset_id).exists())
    )
    _require(known, _("Choose what the policy applies to from the lists."))


def _locked(name: str, seen: int) -> Policy:
    _lock()
    policy = Policy.objects.filter(name=name, valid_until=None).first()
    if policy is None:
        raise Absent
    if policy.version != seen:
        raise PolicyChanged
    return policy


def _lock() -> None:
    """Whoever changes policies waits for the others: two changes at once could contradict each other (rule 1)."""
    list(Policy.objects.select_for_update(no_key=True).filter(valid_until=None).order_by("pk").values_list("pk"))


def _told(policy: Policy) -> dict[str, JSON]:
    return {
        "version": policy.version,
        "hours": policy.hours,
        "firm_hours": policy.firm_hours,
        "restricts": policy.restricts,
        "restarts": policy.restarts,
        "extends_open": policy.extends_open,
        "reason": policy.reason,
    }


def _require_may(actor: User) -> None:
    if not may(actor, Permission.POLICIES_CHANGE):
        raise Absent


def _require(holds: object, words: str) -> None:
    if not holds:
        raise Wrong(words)
