"""The applicant's pages: the ways through them, and what each state shows."""

import json
import re
from datetime import timedelta
from http import HTTPStatus
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from echt import clock
from echt.identity import consents
from echt.identity.findings import Fault, LivenessOutcome, PictureVerdict
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.models import Case, Decision, Picture
from echt.identity.states import State
from tests.identity import making
from tests.identity.cases import add_grant
from tests.identity.fakes import JPEG, LENA

DATA = {field.value: value for field, value in LENA.items()}


@pytest.fixture
def browser(lena, client_of):
    """Her browser, in which she is signed in."""
    return client_of(lena)


def at(page, case, *more):
    return reverse(f"identity:{page}", args=[case.pk, *more])


def photo():
    return {"file": SimpleUploadedFile("front.jpg", making.FRONT, "image/jpeg")}


def text_of(answer):
    """What the page says, without markup."""
    told = re.sub(r"<(script|style|svg|template).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", told).replace("&#x27;", "'").split())


# Ways ---------------------------------------------------------------------------------------------------------


def test_the_way_to_the_level_primary_without_a_script(browser, lena):
    answer = browser.post(reverse("identity:begin", args=["primary"]), follow=True)
    case = lena.cases.get()
    assert answer.redirect_chain[-1][0] == at("document", case)

    answer = browser.post(at("document", case), {"country": "DEU", "kind": "passport"}, follow=True)
    assert answer.redirect_chain[-1][0] == at("photo", case, "front")
    answer = browser.post(at("photo", case, "front"), photo(), follow=True)
    assert "We are looking at it" in text_of(answer)
    making.look()
    assert "The photo is good" in text_of(browser.get(at("photo", case, "front")))

    answer = browser.get(at("case", case), follow=True)
    assert answer.redirect_chain[-1][0] == at("data", case)
    assert 'value="C01X00T47"' in answer.content.decode()
    assert "Read from the machine-readable lines; its check digit is right" in text_of(answer)
    answer = browser.post(at("data", case), DATA, follow=True)
    assert answer.redirect_chain[-1][0] == at("check", case)
    assert "28 July 1990" in text_of(answer)

    answer = browser.post(at("check", case), {"version": making.fresh(case).version}, follow=True)
    assert answer.redirect_chain[-1][0] == at("case", case)
    assert making.fresh(case).state == State.CHECKING
    assert "left" in text_of(answer)
    assert "You can close the page" in text_of(answer)


def test_the_way_to_the_level_advanced_with_the_document_of_before(browser, lena, travel):
    making.granted(making.in_review(lena))
    browser.post(reverse("identity:begin", args=["advanced"]))
    case = lena.cases.get(level="advanced")

    assert "Passport, Germany" in text_of(browser.get(at("document", case)))
    answer = browser.post(at("document", case), {"reuse": "yes"}, follow=True)
    assert answer.redirect_chain[-1][0] == at("residence", case)
    answer = browser.post(at("residence", case), {"country": "AUT"}, follow=True)
    assert answer.redirect_chain[-1][0] == at("consent", case)
    answer = browser.post(at("consent", case), {"agreed": "on", "version": consents.VERSION})
    assert answer.url == at("face", case)
    assert browser.get(at("face", case)).status_code == HTTPStatus.OK

    told = browser.post(at("challenge", case)).json()
    assert len(told["movements"]) == 3
    assert all(movement["text"] for movement in told["movements"])
    travel.shift(timedelta(seconds=8))
    upload = making.uploaded(lena, making.container_of(making.frames()), Item.FACE)
    answered = browser.post(at("answer", case), {"challenge": told["challenge"], "upload": upload, "camera": "Front"})
    assert answered.json() == {}
    assert browser.get(at("state", case)).json()["face"] == {"challenge": None, "sentence": ""}
    making.look()

    state = browser.get(at("state", case)).json()
    assert state["face"] == {"challenge": told["challenge"], "sentence": ""}
    assert state["next"] == at("check", case)
    assert "as verified before" in text_of(browser.get(at("check", case)))


def test_the_way_without_the_face_check(browser, lena):
    case = making.with_document(lena, Level.ADVANCED)
    browser.post(at("residence", case), {"country": "DEU"})

    answer = browser.post(at("consent", case), {"without": "yes"}, follow=True)

    assert answer.redirect_chain[-1][0] == at("check", case)
    assert making.fresh(case).without_face
    assert not lena.consents.exists()


def test_a_browser_module_adds_a_picture_and_asks_for_the_verdict(browser, lena, machines):
    case = making.choose(making.begun(lena))
    cut = PictureVerdict(
        faults=(Fault.CORNER_CUT,), corners=((0.1, 0.2), (0.9, 0.2), (0.9, 1), (0.1, 1)), cut=(3,), turn=1
    )
    machines.verdicts[making.FRONT] = cut
    upload = making.uploaded(lena, making.FRONT)

    added = browser.post(at("add_picture", case), {"item": "front", "upload": upload, "scan": ""}).json()
    assert browser.get(at("state", case)).json()["items"]["front"]["state"] == "waiting"
    making.look()

    front = browser.get(at("state", case)).json()["items"]["front"]
    assert front["picture"] == added["picture"]
    assert front["state"] == "refused"
    assert front["sentences"] == [
        "The lower left corner is outside the picture. Move back a little so that all four corners are in view."
    ]
    assert front["cut"] == [3]
    assert front["corners"] == [pytest.approx(corner) for corner in ([0.2, 0.9], [0.2, 0.1], [1, 0.1], [1, 0.9])]
    assert "The lower left corner" in text_of(browser.get(at("photo", case, "front")))


# States -------------------------------------------------------------------------------------------------------


def test_the_overview_of_somebody_new(browser, lena):
    text = text_of(browser.get(reverse("identity:overview")))

    assert "You are not verified yet." in text
    assert "10 BTC" in text.replace("\xa0", " ")
    assert text.count("Verify") >= 2


def test_the_overview_of_a_running_case_has_its_clock(browser, lena, travel):
    making.in_review(lena)
    travel.shift(timedelta(hours=6))
    text = text_of(browser.get(reverse("identity:overview")))

    assert "Level Primary: In review" in text
    assert "18 h 00 min left" in text
    assert "23 Nov 2026, 13:00" in text


def test_an_application_that_takes_too_long_says_so_and_no_clock_runs(browser, lena):
    Case.objects.filter(pk=making.in_review(lena).pk).update(due_at=clock.now())
    answer = browser.get(reverse("identity:overview"))

    assert "It takes longer than we said." in text_of(answer)
    assert 'class="countdown"' not in answer.content.decode()


def test_the_overview_says_that_a_level_has_ended_and_when(browser, lena):
    now = clock.now()
    add_grant(making.in_review(lena), begins_at=now - timedelta(days=60), ends_at=now - timedelta(days=3))

    assert "Your level Primary ended on 19 November 2026" in text_of(browser.get(reverse("identity:overview")))


def test_while_an_application_is_with_us_no_button_stands_out(browser, lena):
    making.in_review(lena)

    assert "button primary" not in browser.get(reverse("identity:overview")).content.decode()


def test_a_draft_says_until_when_it_is_kept(browser, lena):
    making.begun(lena)

    assert "Kept until" in text_of(browser.get(reverse("identity:overview")))


def test_a_returned_case_names_reason_and_remedy_and_asks_for_that_alone(browser, lena):
    case = making.returned(making.in_review(lena), Item.FRONT)
    text = text_of(browser.get(reverse("identity:overview")))

    assert "The photo is not clear enough to read everything." in text
    assert "wipe the camera’s lens" in text
    assert browser.get(at("case", case)).url == at("photo", case, "front")
    assert browser.get(at("document", case)).status_code == HTTPStatus.FOUND
    assert "You can send it in 9 more times." in text_of(browser.get(at("check", case)))


def test_a_refused_case_names_the_reason_and_the_reviewers_own_words(browser, lena, staff):
    case = making.in_review(lena)
    Decision.objects.create(
        case=case,
        applicant=lena,
        attempt=1,
        verdict="refuse",
        message="Please write to us.",
        evidence="0" * 64,
        proposed_by=staff,
        decided_at=case.submitted_at,
    )
    case.reasons = [{"reason": "forgery", "item": "case"}]
    case.save()
    making.closed(case, State.REFUSED)
    text = text_of(browser.get(reverse("identity:overview")))

    assert "We could not verify you with what you sent." in text
    assert "Please write to us." in text
    assert "forg" not in text.casefold()
    assert "newest first Level Begun Over Result Primary" in text


def test_a_held_level_shows_its_end_and_is_offered_anew_before_it(browser, lena, travel, client_of):
    case = making.in_review(lena)
    making.granted(case, ends_at=case.submitted_at + timedelta(days=100))
    text = text_of(browser.get(reverse("identity:overview")))
    assert "Your level: Primary, since 22 November 2026, until 2 March 2027." in text
    assert "Verify anew" not in text

    travel.shift(timedelta(days=80))
    assert "Verify anew" in text_of(client_of(lena).get(reverse("identity:overview")))


@pytest.mark.parametrize("state", [State.APPROVED, State.REFUSED, State.WITHDRAWN])
def test_a_closed_case_has_a_page_and_no_steps(browser, lena, state):
    case = making.closed(making.in_review(lena), state)

    assert browser.get(at("case", case)).status_code == HTTPStatus.OK
    for page in ("document", "data", "check"):
        assert browser.get(at(page, case)).url == at("case", case)


def test_while_the_machine_reads_the_page_waits_and_data_can_be_typed_by_hand(browser, lena):
    case = making.choose(making.begun(lena))
    making.add(case)

    assert "We are reading your document" in text_of(browser.get(at("data", case)))
    answer = browser.get(at("data", case), {"by-hand": "yes"})
    assert "Is that right?" in text_of(answer)


def test_a_face_step_that_failed_says_what_to_do(browser, lena, machines, travel):
    case = making.with_document(lena, Level.ADVANCED)
    making.agreed(lena)
    machines.outcome = LivenessOutcome.FAILED
    challenge = making.answer(case, travel)
    making.look()

    told = browser.get(at("state", case)).json()["face"]
    assert told["challenge"] == str(challenge.pk)
    assert told["sentence"].startswith("The movements could not be seen.")
    assert "The movements could not be seen." in text_of(browser.get(at("face", case)))


def test_withdrawing_the_consent(browser, lena):
    making.agreed(lena)
    assert "Read or withdraw" in text_of(browser.get(reverse("identity:overview")))
    assert "Withdraw consent" in text_of(browser.get(reverse("identity:consent_withdraw")))

    browser.post(reverse("identity:consent_withdraw"))

    assert not lena.consents.filter(withdrawn_at=None).exists()
    assert "None is in force." in text_of(browser.get(reverse("identity:consent_withdraw")))


def test_withdrawing_an_application(browser, lena):
    case = making.in_review(lena)
    assert "level Primary" in text_of(browser.get(at("withdraw", case)))

    answer = browser.post(at("withdraw", case), follow=True)

    assert making.fresh(case).state == State.WITHDRAWN
    assert "Your application is withdrawn." in text_of(answer)


def test_the_countries_say_which_kinds_they_do_not_issue(browser, lena):
    case = making.begun(lena)
    page = browser.get(at("document", case)).content.decode()
    kinds = json.loads(re.search(r'data-kinds-of="([^"]+)"', page)[1].replace("&quot;", '"'))

    assert kinds["GBR"] == ["passport", "driving_licence"]
    assert "DEU" not in kinds


# Pictures -----------------------------------------------------------------------------------------------------


def test_ones_own_picture_is_shown_and_to_nobody_else(browser, lena, stranger, staff, client_of):
    case = making.choose(making.begun(lena))
    picture = making.add(case)
    url = reverse("identity:picture", args=[picture.pk])

    answer = browser.get(url)
    assert answer.content == making.FRONT
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "no-store"
    assert client_of(stranger).get(url).status_code == HTTPStatus.NOT_FOUND
    assert client_of(staff).get(url).status_code == HTTPStatus.NOT_FOUND
    assert browser.get(reverse("identity:picture", args=[uuid4()])).status_code == HTTPStatus.NOT_FOUND


def test_the_camera_may_be_asked_for_where_it_is_needed_alone(browser, lena):
    case = making.choose(making.begun(lena, Level.ADVANCED))
    making.agreed(lena)

    for url in (at("photo", case, "front"), at("face", case)):
        assert "camera=(self)" in browser.get(url).headers["Permissions-Policy"]
    for url in (at("document", case), at("check", case), reverse("identity:overview")):
        assert "camera=()" in browser.get(url).headers["Permissions-Policy"]


def test_a_file_that_came_with_a_form_never_lies_on_the_disk(browser, lena, tmp_path, settings):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    case = making.choose(making.begun(lena))
    large = SimpleUploadedFile("large.jpg", JPEG + bytes(4_000_000), "image/jpeg")

    browser.post(at("photo", case, "front"), {"file": large})

    assert Picture.objects.filter(case=case).exists()
    assert list(tmp_path.iterdir()) == []
