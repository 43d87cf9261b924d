"""How long things are kept, and how they go: the rules of `retention`; and the end of levels: those of `expiry`."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from echt import clock
from echt.accounts.events import Event as AccountEvent
from echt.audit.record import record
from echt.identity import expiry, retention
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case, Challenge, Picture
from echt.identity.selectors import current_picture, grant_of, level_of
from echt.identity.states import State
from echt.vault import files
from echt.vault.errors import Destroyed
from echt.vault.models import DataKey, PrivateFile
from echt.vault.purposes import Purpose
from tests.identity import making
from tests.identity.making import everything, fresh

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def has_key(person, purpose=Purpose.BIOMETRIC):
    return DataKey.objects.filter(subject=person.pk, purpose=purpose, destroyed_at=None).exists()


def faces_of(case):
    return Picture.objects.filter(case=case, item=Item.FACE).exclude(file=None).count()


# Lapsing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "days"), [(State.DRAFT, 30), (State.RETURNED, 14)])
def test_rule_1_what_is_left_lying_lapses_at_its_time(lena, travel, state, days):
    case = making.with_everything(lena) if state is State.DRAFT else making.returned(making.in_review(lena), Item.FRONT)
    travel.shift(days * DAY - timedelta(seconds=1))
    assert retention.lapse() == 0
    travel.shift(1)

    assert retention.lapse() == 1
    before = everything()
    assert retention.lapse() == 0

    assert fresh(case).state == State.LAPSED
    assert everything() == before
    assert making.begun(lena) != case


def test_rule_1_each_change_begins_the_time_anew(lena, travel):
    case = making.with_everything(lena)
    travel.shift(20 * DAY)
    making.confirm(case, surname="Wolf")
    travel.shift(20 * DAY)

    assert retention.lapse() == 0


def test_rule_1_a_case_with_us_never_lapses(lena, travel):
    making.in_review(lena)
    travel.shift(400 * DAY)

    assert retention.lapse() == 0


# Faces ------------------------------------------------------------------------------------------------------


@pytest.fixture
def decided(lena, travel):
    """An advanced case, approved now."""
    return fresh(making.granted(making.in_review(lena, travel, Level.ADVANCED)).case)


def test_rule_2_faces_go_with_their_key_and_everything_else_stays(lena, decided, travel):
    travel.shift(30 * DAY - timedelta(seconds=1))
    assert retention.forget() == 0
    assert faces_of(decided)
    travel.shift(1)

    assert retention.forget() == 1
    before = everything()
    assert retention.forget() == 0

    assert everything() == before
    assert not has_key(lena)
    assert not faces_of(decided)
    assert not Challenge.objects.filter(findings__isnull=False).exists()
    assert not Challenge.objects.filter(camera__isnull=False).exists()
    assert not PrivateFile.objects.filter(purpose=Purpose.BIOMETRIC, discarded_at=None).exists()
    assert files.content_of(current_picture(decided, Item.FRONT).file) == making.FRONT
    assert level_of(lena) is Level.ADVANCED
    assert making.events(lena)[-1] == "biometrics.destroyed"


def test_rule_2_the_key_stays_while_another_case_needs_it(lena, decided, travel):
    grant = grant_of(lena)
    grant.revoked_at = clock.now()
    grant.save()
    travel.shift(20 * DAY)
    other = making.with_everything(lena, travel, Level.ADVANCED)
    travel.shift(10 * DAY)

    assert retention.forget_faces() == 0

    assert not faces_of(decided)
    assert faces_of(other)
    assert files.content_of(current_picture(other, Item.FACE).file)
    assert has_key(lena)
    retention.lapse()
    travel.shift(60 * DAY)
    retention.lapse()
    travel.shift(30 * DAY)
    assert retention.forget_faces() == 1
    assert not has_key(lena)


def test_rule_2_a_lapsed_draft_counts_as_over_too(lena, travel):
    case = making.with_everything(lena, travel, Level.ADVANCED)
    travel.shift(30 * DAY)
    retention.lapse()
    travel.shift(30 * DAY)

    assert retention.forget_faces() == 1
    assert not faces_of(case)


def test_rule_2_what_somebody_begins_anew_afterwards_gets_a_new_key(lena, decided, travel):
    grant = grant_of(lena)
    grant.revoked_at = clock.now()
    grant.save()
    travel.shift(30 * DAY)
    retention.forget_faces()

    case = making.with_everything(lena, travel, Level.ADVANCED)

    assert faces_of(case)
    assert has_key(lena)


# What was not approved --------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN])
def test_rule_3_pictures_and_data_of_what_was_not_approved_go(lena, travel, state):
    case = making.closed(making.in_review(lena), state)
    travel.shift(90 * DAY - timedelta(seconds=1))
    assert retention.forget() == 0
    travel.shift(1)

    assert retention.forget() == 1
    before = everything()
    assert retention.forget() == 0

    case = fresh(case)
    assert everything() == before
    assert (case.read, case.typed, case.number_index) == (None, None, "")
    assert not case.pictures.exclude(file=None).exists()
    assert not PrivateFile.objects.filter(discarded_at=None).exists()
    assert {check.details for check in case.checks.all()} == {None}
    assert {check.outcome for check in case.checks.all()}


def test_rule_3_what_was_approved_stays(lena, travel):
    case = fresh(making.granted(making.in_review(lena)).case)
    travel.shift(400 * DAY)

    retention.forget()

    assert fresh(case).typed
    assert files.content_of(current_picture(case, Item.FRONT).file)


# Closed accounts --------------------------------------------------------------------------------------------


def close(person):
    with transaction.atomic():
        record(AccountEvent.ACCOUNT_CLOSED, actor=person, subject=person.pk)
        person.is_active = False
        person.save()


def test_rule_4_a_closed_account_is_forgotten_after_years(lena, travel):
    case = fresh(making.granted(making.in_review(lena)).case)
    close(lena)
    travel.move_to(datetime(2031, 11, 22, 11, 59, tzinfo=UTC))
    assert retention.forget_closed_accounts() == 0
    travel.move_to(datetime(2031, 11, 22, 12, 0, tzinfo=UTC))

    assert retention.forget_closed_accounts() == 1
    assert retention.forget_closed_accounts() == 0

    assert fresh(case).typed is None
    assert not PrivateFile.objects.filter(discarded_at=None).exists()
    assert not any(has_key(lena, purpose) for purpose in retention.OF_PERSON)
    assert has_key(lena, Purpose.HISTORY)


def test_rule_4_an_account_that_is_open_is_not_forgotten(lena, travel):
    making.granted(making.in_review(lena))
    travel.shift(4000 * DAY)

    assert retention.forget_closed_accounts() == 0


def test_rule_5_what_changes_between_the_look_and_the_lock_stays(lena, travel, monkeypatch):
    case = making.with_everything(lena)
    travel.shift(30 * DAY)
    lock = retention.lock_case

    def changed_meanwhile(pk):
        Case.objects.filter(pk=pk).update(changed_at=clock.now())
        return lock(pk)

    monkeypatch.setattr(retention, "lock_case", changed_meanwhile)

    assert retention.lapse() == 0
    assert fresh(case).state == State.DRAFT


# The end of levels ------------------------------------------------------------------------------------------

END = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture
def held(lena):
    return making.granted(making.in_review(lena), ends_at=END)


def test_expiry_rule_1_a_level_ends_at_its_instant_and_no_job_has_to_run(lena, held, travel):
    travel.move_to(END - timedelta(microseconds=1))
    assert level_of(lena) is Level.PRIMARY
    travel.move_to(END)

    assert level_of(lena) is Level.NONE
    assert level_of(lena, at=END - timedelta(seconds=1)) is Level.PRIMARY


def test_expiry_rule_2_notice_before_and_after_once_each(lena, held, travel):
    expiry.warn()
    assert "identity.level_ends" not in making.mails(lena)
    travel.move_to(END - 30 * DAY)
    for _time in range(2):
        expiry.warn()
        expiry.tell_ended()
    assert making.mails(lena).count("identity.level_ends") == 1
    assert "identity.level_ended" not in making.mails(lena)
    travel.move_to(END)
    for _time in range(2):
        expiry.warn()
        expiry.tell_ended()

    assert making.mails(lena).count("identity.level_ends") == 1
    assert making.mails(lena).count("identity.level_ended") == 1
    assert making.events(lena).count("level.expired") == 1


def test_expiry_rule_2_who_has_verified_anew_gets_no_notice(lena, held, travel):
    travel.move_to(END - 20 * DAY)
    making.granted(making.in_review(lena), ends_at=END + 400 * DAY)

    expiry.warn()
    travel.move_to(END)
    expiry.tell_ended()

    assert not {"identity.level_ends", "identity.level_ended"} & {*making.mails(lena)}
    assert level_of(lena) is Level.PRIMARY


def test_expiry_rule_2_a_level_that_was_taken_back_or_an_account_that_is_closed_gets_no_notice(lena, held, travel):
    held.revoked_at = clock.now()
    held.save()
    travel.move_to(END)

    assert (expiry.warn(), expiry.tell_ended()) == (0, 0)


def test_what_was_destroyed_is_said_to_be(lena, held, travel):
    from echt.identity.own_data import identity
    from echt.vault.shred import destroy_keys

    told = identity(lena)
    assert told["applications"][0]["confirmed"]["surname"] == "Wolff"
    assert "screening" not in str(told)
    destroy_keys(lena.pk, purposes=[Purpose.IDENTITY])

    with pytest.raises(Destroyed):
        _ = fresh(held.case).typed
    assert identity(lena)["applications"][0]["confirmed"] == "destroyed"
