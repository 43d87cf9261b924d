"""Cases: an application for a level, its pictures, and what the checks found."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from echt import clock
from echt.identity.items import Item
from echt.identity.levels import TO_VERIFY
from echt.identity.states import CLOSED, MOVES, OPEN, State
from echt.vault.fields import EncryptedJSONField
from echt.vault.ids import uuid7
from echt.vault.models import PrivateFile
from echt.vault.purposes import Purpose


class WrongState(Exception):
    """The case is not where this can be done: somebody was faster, or the page is old."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


class Case(models.Model):
    """An application of one person for one level. `version` counts every change of what a decision rests on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases")
    level = models.CharField(max_length=16, choices=[(level.value, level.value) for level in TO_VERIFY])
    state = models.CharField(
        max_length=16, choices=[(state.value, state.value) for state in State], default=State.DRAFT.value
    )
    attempt = models.PositiveSmallIntegerField(default=1)
    """Which submission it is, or will be; counted on when the applicant submits again."""
    version = models.PositiveIntegerField(default=1)

    country = models.CharField(max_length=3, blank=True, default="")
    kind = models.CharField(max_length=24, blank=True, default="")
    residence = models.CharField(max_length=3, blank=True, default="")
    reuses = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reused_by")
    """The approved case whose document this one takes over, without asking for it again."""
    without_face = models.BooleanField(default=False)
    """The applicant does not agree to biometrics: a person looks instead."""

    read: Any = EncryptedJSONField(purpose=Purpose.IDENTITY, subject="applicant_id", null=True)
    """What the machines read (`findings.Reading` as a dictionary); None: not read yet."""
    typed: Any = EncryptedJSONField(purpose=Purpose.IDENTITY, subject="applicant_id", null=True)
    """What the applicant confirmed or corrected, value by `Field`."""
    number_index = models.CharField(max_length=64, blank=True, default="")
    reopened = models.JSONField(default=list)
    """While returned: the items that are asked for again."""
    redone = models.JSONField(default=list)
    """Those of `reopened` that the applicant has given again."""
    reasons = models.JSONField(default=list)
    """Of the last decision, for the applicant: `[{"reason", "item"}]`."""

    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)
    submitted_at = models.DateTimeField(null=True)
    submitted_version = models.PositiveIntegerField(null=True)
    """The version that was submitted last, by which a second click on the same button is known."""
    due_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)

    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="case_state_is_known"),
            models.UniqueConstraint(
                fields=["applicant", "level"],
                condition=Q(state__in=[state.value for state in sorted(OPEN)]),
                name="one_open_case_of_a_level",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by=None, claimed_until=None)
                | Q(claimed_by__isnull=False, claimed_until__isnull=False),
                name="a_claim_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, state__in=[state.value for state in sorted(OPEN)])
                | Q(closed_at__isnull=False, state__in=[state.value for state in sorted(CLOSED)]),
                name="closed_means_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "due_at"], name="case_queue"),
            models.Index(fields=["number_index"], name="case_by_number"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def document(self) -> Case:
        """The case that holds the document: this one, or the approved one that it takes over."""
        return self.reuses or self

    @property
    def gathering(self) -> int:
        """The attempt that something given now belongs to."""
        return self.attempt + 1 if self.state == State.RETURNED else self.attempt

    def move(self, to: State) -> None:
        """Go to another state (`states`); the caller holds the row's lock and saves.

        Raises:
            WrongState: no way leads there from here.
        """
        if to not in MOVES[State(self.state)]:
            raise WrongState(State(self.state))
        self.state = to.value
        self.touch()
        if to in CLOSED:
            self.closed_at = clock.now()

    def touch(self) -> None:
        """Count a change of what a decision rests on."""
        self.version += 1
        self.changed_at = clock.now()

    def claimant(self, now: datetime | None = None) -> Any:
        """Whose it is at the desk now; None where nobody has claimed it, or the claim has ended."""
        if self.claimed_until is None or self.claimed_until <= (now or clock.now()):
            return None
        return self.claimed_by


class PictureState(StrEnum):
    """What became of a picture; the value is stored, so it is never renamed."""

    WAITING = "waiting"
    """The vision worker has not looked at it yet."""
    ACCEPTED = "accepted"
    REFUSED = "refused"
    """Something is wrong with it; the applicant takes another."""


class Picture(models.Model):
    """A picture of a case: a side of the document, the face, or a frame of the challenge (`position` 0, 1, 2 …).

    The current one of an item is the latest that is not replaced.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pictures")
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    item = models.CharField(max_length=16, choices=[(item.value, item.value) for item in Item])
    position = models.PositiveSmallIntegerField(null=True)
    """Place among the frames of a challenge; None for a picture of its own."""
    at = models.PositiveIntegerField(default=0)
    """For a frame: milliseconds since the challenge was shown, as the browser says."""
    attempt = models.PositiveSmallIntegerField(default=1)
    scan = models.BooleanField(default=False)
    """The applicant says that it is a scan, which fills the frame."""
    file = models.ForeignKey(PrivateFile, on_delete=models.PROTECT, null=True, related_name="+")
    """None once it was deleted; what it showed remains in the checks."""
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    state = models.CharField(
        max_length=16,
        choices=[(state.value, state.value) for state in PictureState],
        default=PictureState.WAITING.value,
    )
    verdict = models.JSONField(null=True)
    """`findings.PictureVerdict` as a dictionary: faults and measures, nothing personal."""
    origin: Any = EncryptedJSONField(purpose=Purpose.IDENTITY, subject="applicant_id", null=True)
    """What the file said of itself before it was re-made: camera, software, time."""
    created_at = models.DateTimeField(default=clock.now)
    judged_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "item", "replaced_at"], name="picture_current")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "item"],
                condition=Q(replaced_at=None, position=None),
                name="one_current_picture_of_an_item",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.pk}"


class CheckKind(StrEnum):
    """What was checked; the value is stored, so it is never renamed."""

    QUALITY = "quality"
    ZONE = "zone"
    CONSISTENCY = "consistency"
    TYPED = "typed"
    EXPIRY = "expiry"
    AGE = "age"
    DUPLICATE = "duplicate"
    FACE = "face"
    LIVENESS = "liveness"
    SCREENING = "screening"


class Outcome(StrEnum):
    """What a check says. None of these decides a case."""

    HOLDS = "holds"
    DOUBT = "doubt"
    FAILS = "fails"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"
    """The machine could not do it; a person looks."""


class StoredCheck(models.Model):
    """What one check found for one attempt of a case. Kept with provider, version and figures, never overwritten."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="checks")
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    attempt = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=[(kind.value, kind.value) for kind in CheckKind])
    outcome = models.CharField(max_length=16, choices=[(outcome.value, outcome.value) for outcome in Outcome])
    provider = models.CharField(max_length=200)
    details: Any = EncryptedJSONField(purpose=Purpose.IDENTITY, subject="applicant_id", null=True)
    """Figures and thresholds, as the kind's function in `examining` writes them."""
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["case", "attempt"], name="check_by_attempt")]

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome}"
