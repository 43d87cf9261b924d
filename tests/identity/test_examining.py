"""The automatic checks of a submitted case and what follows: the rules of `examining`, `looking` and `duplicates`."""

from datetime import timedelta

import pytest

from echt.identity import dates, duplicates, looking
from echt.identity.documents import DocumentKind
from echt.identity.examining import automatic, every
from echt.identity.findings import Band, Fault, LivenessOutcome, PictureVerdict, Reading, Source
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import LevelGrant, Picture
from echt.identity.models.cases import CheckKind, Outcome, PictureState
from echt.identity.models.decisions import Decision
from echt.identity.selectors import PATIENCE, checks_of, level_of
from echt.identity.states import State
from tests.identity import making
from tests.identity.fakes import JPEG, reading
from tests.identity.making import add, choose, everything, fresh, submit

pytestmark = pytest.mark.django_db

OTHER = JPEG + b"other"


def outcomes(case):
    return {kind: Outcome(check.outcome) for kind, check in checks_of(fresh(case)).items()}


def outcome(case, kind):
    return outcomes(case)[kind]


def details(case, kind):
    return checks_of(fresh(case))[kind].details


def reviewed(lena, machines, **changed):
    """A case at the desk whose document says something else than Lena typed."""
    machines.reading = reading(**changed)
    return making.in_review(lena)


def test_every_check_is_made_once_and_kept_with_provider_and_figures(lena, travel):
    making.a_list()
    case = making.in_review(lena, travel, Level.ADVANCED)

    assert outcomes(case) == dict.fromkeys(CheckKind, Outcome.HOLDS)
    assert case.checks.count() == len(CheckKind)
    assert all(check.provider for check in case.checks.all())
    assert details(case, CheckKind.FACE)["alike_from"] == 0.4


def test_primary_looks_at_no_face(lena):
    case = making.in_review(lena)

    assert outcome(case, CheckKind.FACE) is Outcome.NOT_APPLICABLE
    assert details(case, CheckKind.LIVENESS) == {"because": "level"}


# One by one -------------------------------------------------------------------------------------------------


def test_quality_a_doubt_is_a_doubt(lena, machines):
    machines.verdicts[making.FRONT] = PictureVerdict(doubts=(Fault.PHOTOCOPY,))

    assert outcome(making.in_review(lena), CheckKind.QUALITY) is Outcome.DOUBT


def test_quality_a_picture_nobody_has_looked_at_is_looked_at_then(lena, travel, machines):
    case = making.with_document(lena)
    machines.verdicts[OTHER] = PictureVerdict(faults=(Fault.GLARE,))
    add(case, content=OTHER)
    travel.shift(PATIENCE)
    submit(case)
    Picture.objects.filter(case=case, replaced_at=None).update(state=PictureState.WAITING.value)

    every.examine(case.pk, 1)

    assert outcome(case, CheckKind.QUALITY) is Outcome.FAILS
    assert fresh(case).read


def test_zone_a_wrong_check_digit_fails(lena, machines):
    machines.reading = Reading(
        fields=machines.reading.fields,
        mrz_lines=machines.reading.mrz_lines,
        mrz_format="TD3",
        check_digits={"number": True, "composite": False},
    )

    assert outcome(making.in_review(lena), CheckKind.ZONE) is Outcome.FAILS


def test_zone_one_that_should_be_there_and_was_not_read_is_a_doubt(lena, machines):
    machines.reading = Reading(fields={Source.PRINT: reading().fields[Source.PRINT]})

    assert outcome(making.in_review(lena), CheckKind.ZONE) is Outcome.DOUBT


def test_zone_a_document_without_one_needs_none(lena, machines):
    machines.reading = Reading(fields={Source.PRINT: reading().fields[Source.PRINT]})
    case = choose(making.begun(lena), DocumentKind.DRIVING_LICENCE)
    for item, content in ((Item.FRONT, making.FRONT), (Item.BACK, making.BACK)):
        add(case, item, content)
    making.look()
    making.confirm(case)
    submit(case)
    making.look()

    assert outcome(case, CheckKind.ZONE) is Outcome.NOT_APPLICABLE


def test_consistency_sources_that_contradict_each_other_fail(lena, machines):
    print_ = {**reading().fields[Source.PRINT], "born_on": "1991-07-28"}
    machines.reading = Reading(
        fields={Source.MRZ: reading().fields[Source.MRZ], Source.PRINT: print_},
        mrz_lines=reading().mrz_lines,
        mrz_format="TD3",
        check_digits=reading().check_digits,
    )

    assert outcome(making.in_review(lena), CheckKind.CONSISTENCY) is Outcome.FAILS


def test_consistency_a_document_of_another_country_fails(lena, machines):
    fields = {**reading().fields[Source.MRZ], "issuer": "POL"}
    machines.reading = Reading(
        fields={**reading().fields, Source.MRZ: fields},
        mrz_lines=("IDPOL".ljust(30, "<"), "".ljust(30, "<"), "WOLFF<<LENA".ljust(30, "<")),
        mrz_format="TD1",
        check_digits=reading().check_digits,
    )
    case = making.in_review(lena)

    assert outcome(case, CheckKind.CONSISTENCY) is Outcome.FAILS
    assert details(case, CheckKind.CONSISTENCY)["remarks"] == ["issuer_differs", "kind_differs"]


def test_typed_another_name_than_the_document_fails(lena, machines):
    case = reviewed(lena, machines, surname="Schmidt")

    assert outcome(case, CheckKind.TYPED) is Outcome.FAILS
    assert details(case, CheckKind.TYPED)["fields"]["surname"]["read"] == "Schmidt"


def test_typed_what_could_not_be_read_is_a_doubt(lena, machines):
    machines.reading = Reading()

    assert outcome(making.in_review(lena), CheckKind.TYPED) is Outcome.DOUBT


@pytest.fixture
def unread(lena, travel, machines):
    """A submitted case of which nothing could be read before."""
    machines.break_at = "read"
    case = choose(making.begun(lena))
    add(case)
    making.look()
    making.confirm(case)
    travel.shift(PATIENCE)
    return submit(case)


def test_what_could_not_be_read_before_is_read_with_the_checks(unread, machines):
    machines.break_at = ""

    every.examine(unread.pk, 1)

    assert outcome(unread, CheckKind.TYPED) is Outcome.HOLDS


def test_every_rule_3_a_reader_that_breaks_holds_up_nothing_and_nothing_holds_for_want_of_it(unread):
    every.examine(unread.pk, 1)

    found = outcomes(unread)
    assert fresh(unread).state == State.IN_REVIEW
    assert {found[kind] for kind in (CheckKind.ZONE, CheckKind.CONSISTENCY, CheckKind.TYPED)} == {Outcome.DOUBT}
    assert found[CheckKind.DUPLICATE] is Outcome.HOLDS


def test_expiry_the_earlier_of_two_dates_counts(lena, machines):
    case = reviewed(lena, machines, expires_on="2026-11-21")

    assert outcome(case, CheckKind.EXPIRY) is Outcome.FAILS
    assert dates.has_expired(case)


def test_expiry_without_a_date_is_a_doubt(lena, machines):
    machines.reading = Reading()
    case = making.with_document(lena)
    making.confirm(case, expires_on="")
    submit(case)
    making.look()

    assert outcome(case, CheckKind.EXPIRY) is Outcome.DOUBT


@pytest.mark.parametrize(("born", "expected"), [("2008-11-22", Outcome.HOLDS), ("2008-11-23", Outcome.FAILS)])
def test_age_on_the_birthday_one_is_old_enough(lena, machines, born, expected):
    machines.reading = reading(born_on=born)
    case = making.with_document(lena)
    making.confirm(case, born_on=born)
    submit(case)
    making.look()

    assert outcome(case, CheckKind.AGE) is expected


def test_age_the_later_date_of_birth_counts_and_the_setting_raises_it(lena, machines, set_identity):
    set_identity(age=21)
    case = reviewed(lena, machines, born_on="2007-01-01")

    assert outcome(case, CheckKind.AGE) is Outcome.FAILS
    assert details(case, CheckKind.AGE)["least"] == 21


def test_age_of_one_born_on_29_february():
    born = dates.date_of("2008-02-29")

    assert dates.age_on(dates.date_of("2026-02-28"), born=born) == 17
    assert dates.age_on(dates.date_of("2026-03-01"), born=born) == 18


@pytest.mark.parametrize(
    ("band", "expected"),
    [
        (Band.ALIKE, Outcome.HOLDS),
        (Band.UNSURE, Outcome.DOUBT),
        (Band.UNLIKE, Outcome.FAILS),
        (Band.NOT_COMPARED, Outcome.DOUBT),
    ],
)
def test_face_each_band(lena, travel, machines, band, expected):
    machines.band = band

    assert outcome(making.in_review(lena, travel, Level.ADVANCED), CheckKind.FACE) is expected


def test_liveness_an_anomaly_is_a_doubt(lena, travel, machines):
    machines.flags = ("virtual_camera",)

    assert outcome(making.in_review(lena, travel, Level.ADVANCED), CheckKind.LIVENESS) is Outcome.DOUBT


def test_screening_without_a_list_never_holds(lena):
    assert outcome(making.in_review(lena), CheckKind.SCREENING) is Outcome.DOUBT


# Duplicates -------------------------------------------------------------------------------------------------


def test_duplicates_rule_3_another_persons_open_case_counts(lena, stranger):
    making.with_document(stranger, content=OTHER)
    case = making.in_review(lena)

    assert outcome(case, CheckKind.DUPLICATE) is Outcome.FAILS
    assert details(case, CheckKind.DUPLICATE)["people"] == [str(stranger.pk)]


def test_duplicates_rule_3_another_persons_level_counts_until_it_is_taken_back(lena, stranger, travel):
    grant = making.granted(making.in_review(stranger))
    case = making.in_review(lena)
    assert outcome(case, CheckKind.DUPLICATE) is Outcome.FAILS
    assert duplicates.others_with_number(case) == {stranger.pk}

    LevelGrant.objects.filter(pk=grant.pk).update(revoked_at=grant.begins_at)

    assert duplicates.others_with_number(case) == set()


def test_duplicates_rule_3_a_refused_case_counts_no_more(lena, stranger):
    making.closed(making.in_review(stranger), State.REFUSED)

    assert duplicates.others_with_number(making.in_review(lena)) == set()


def test_duplicates_ones_own_cases_do_not_count(lena, travel):
    making.in_review(lena)
    case = making.in_review(lena, travel, Level.ADVANCED)

    assert outcome(case, CheckKind.DUPLICATE) is Outcome.HOLDS


def test_duplicates_the_setting_allows_more_and_says_so(lena, stranger, set_identity):
    set_identity(accounts=2)
    making.with_document(stranger, content=OTHER)
    case = making.in_review(lena)

    assert outcome(case, CheckKind.DUPLICATE) is Outcome.DOUBT
    assert details(case, CheckKind.DUPLICATE)["measures"]["accounts"] == {"value": 2, "threshold": 2, "ok": True}


def test_duplicates_the_very_same_file_of_somebody_else_is_a_doubt(lena, stranger, machines):
    machines.reading = reading(number="X00000000")
    case = making.with_document(stranger)
    making.confirm(case, number="X00000000")
    machines.reading = reading()
    case = making.in_review(lena)

    assert outcome(case, CheckKind.DUPLICATE) is Outcome.DOUBT
    assert details(case, CheckKind.DUPLICATE)["by_file"] == 1


# What breaks, and what comes twice --------------------------------------------------------------------------


def test_every_rule_3_one_that_breaks_does_not_hold_up_the_others(lena, travel, machines):
    case = submit(making.with_everything(lena, travel, Level.ADVANCED))
    machines.break_at = "compare"
    making.look()

    assert fresh(case).state == State.IN_REVIEW
    assert outcome(case, CheckKind.FACE) is Outcome.ERROR
    assert details(case, CheckKind.FACE) == {"error": "ValueError"}
    assert outcome(case, CheckKind.TYPED) is Outcome.HOLDS


def test_every_rule_1_examining_twice_is_examining_once(lena):
    case = making.in_review(lena)
    before = everything()

    every.examine(case.pk, 1)

    assert everything() == before


def test_every_rule_1_two_workers_at_once_write_once(lena, travel, machines):
    case = submit(making.with_everything(lena, travel, Level.ADVANCED))
    machines.before = lambda _name: every.examine(case.pk, 1)

    every.examine(case.pk, 1)

    assert case.checks.count() == len(CheckKind)
    assert making.events(case) == ["case.examined"]


def test_every_rule_1_a_worker_that_dies_has_written_nothing(lena, travel, machines):
    case = submit(making.with_everything(lena, travel, Level.ADVANCED))

    def die(_name):
        raise KeyboardInterrupt

    machines.before = die
    with pytest.raises(KeyboardInterrupt):
        every.examine(case.pk, 1)
    assert not case.checks.exists()
    making.look()

    assert fresh(case).state == State.IN_REVIEW
    assert case.checks.count() == len(CheckKind)


def test_every_rule_1_checks_of_an_attempt_that_is_over_are_not_written(lena):
    case = making.returned(making.in_review(lena), Item.FRONT)
    add(case)
    making.look()
    submit(case)
    before = everything()

    every.examine(case.pk, 1)

    assert everything() == before


def test_every_rule_4_people_get_what_the_machines_have_had_for_too_long(lena, travel):
    case = submit(making.with_everything(lena))
    travel.shift(every.MOST - timedelta(seconds=1))
    assert every.hand_over() == 0
    travel.shift(1)

    assert every.hand_over() == 1
    assert every.hand_over() == 0

    assert fresh(case).state == State.IN_REVIEW
    assert outcome(case, CheckKind.TYPED) is Outcome.ERROR
    assert outcome(case, CheckKind.DUPLICATE) is Outcome.HOLDS
    assert outcome(case, CheckKind.FACE) is Outcome.NOT_APPLICABLE
    making.look()
    assert case.checks.count() == len(CheckKind)


def test_looking_rule_1_a_picture_replaced_meanwhile_gets_no_verdict(lena, machines):
    case = choose(making.begun(lena))
    first = add(case)
    machines.before = lambda _name: add(case, content=OTHER)

    looking.judge(first.pk)

    first.refresh_from_db(fields=["state", "replaced_at"])
    assert first.replaced_at
    assert first.state == PictureState.WAITING


def test_looking_rule_1_what_is_read_of_a_picture_replaced_meanwhile_is_not_kept(lena, machines):
    case = choose(making.begun(lena))
    first = add(case)
    looking.judge(first.pk)
    machines.before = lambda _name: add(case, content=OTHER)

    looking.read(case.pk, [first.pk])

    assert fresh(case).read is None


# Letting clear cases pass -----------------------------------------------------------------------------------


@pytest.fixture
def clear(set_identity):
    """The operator lets clear cases pass, and lists are in force."""
    set_identity(automatic=True)
    making.a_list()


@pytest.mark.parametrize("level", [Level.PRIMARY, Level.ADVANCED])
def test_automatic_rule_2_a_clear_case_passes(lena, clear, travel, level):
    case = making.in_review(lena, travel, level)

    decision = Decision.objects.get(case=case)
    assert case.state == State.APPROVED
    assert (decision.verdict, decision.proposed_by, decision.confirmed_by) == ("approve", None, None)
    assert level_of(lena) is level
    assert "identity.case_approved" in making.mails(lena)


def test_automatic_rule_1_without_the_setting_a_person_decides(lena):
    making.a_list()

    assert making.in_review(lena).state == State.IN_REVIEW


def test_automatic_rule_1_never_beside_four_eyes(lena, clear, set_identity):
    set_identity(automatic=True, four_eyes=True)

    assert making.in_review(lena).state == State.IN_REVIEW


def test_automatic_rule_2_without_a_list_a_person_decides(lena, set_identity):
    set_identity(automatic=True)

    assert making.in_review(lena).state == State.IN_REVIEW


def test_automatic_rule_3_without_the_face_a_person_decides(lena, clear):
    case = making.with_document(lena, Level.ADVANCED)
    making.applying.choose_residence(actor=lena, case_id=case.pk, country="DEU")
    making.faces.go_without_face(actor=lena, case_id=case.pk)
    submit(case)
    making.look()

    assert fresh(case).state == State.IN_REVIEW


@pytest.mark.parametrize("kind", [kind for kind in CheckKind if kind is not CheckKind.ZONE])
@pytest.mark.parametrize("bad", [Outcome.DOUBT, Outcome.FAILS, Outcome.ERROR, Outcome.NOT_APPLICABLE, None])
def test_automatic_rule_2_anything_but_holding_stops_it(lena, clear, travel, kind, bad):
    from echt.identity.examining.material import Found

    case = making.submit(making.with_everything(lena, travel, Level.ADVANCED))
    found = {each: Found(outcome=Outcome.HOLDS, details={"band": "alike"}) for each in CheckKind}
    assert automatic.passes(case, found)
    if bad is None:
        del found[kind]
    else:
        found[kind] = Found(outcome=bad, details={"band": "alike"})

    assert not automatic.passes(case, found)


def test_automatic_rule_4_a_failed_liveness_refuses_nobody(lena, clear, travel, machines):
    machines.outcome = LivenessOutcome.INCONCLUSIVE
    case = making.with_document(lena, Level.ADVANCED)
    making.applying.choose_residence(actor=lena, case_id=case.pk, country="DEU")
    making.agreed(lena)
    for _try in range(looking.TRIES):
        making.answer(case, travel)
        making.look()
    submit(case)
    making.look()

    assert fresh(case).state == State.IN_REVIEW
