"""What an applicant reads on the page of an item that is asked for again, and where nothing may be told."""

import pytest
from django.urls import reverse

from echt.identity.actions import applying
from echt.identity.items import Item
from echt.identity.levels import Level
from echt.identity.reasons import CONTACT, GENERAL, TEXTS, Reason
from echt.identity.states import State
from tests.identity import making
from tests.identity.test_pages import at, photo, text_of

UNREADABLE = str(TEXTS[Reason.UNREADABLE].sentence)
GOOD = "The photo is good Go on"


@pytest.fixture
def browser(lena, client_of):
    return client_of(lena)


def test_a_photo_that_is_asked_for_again_is_not_called_good_until_another_one_is(browser, lena):
    case = making.returned(making.in_review(lena), Item.FRONT)
    page = at("photo", case, "front")
    before = text_of(browser.get(page))
    browser.post(page, photo())
    making.look()
    after = text_of(browser.get(page))

    assert UNREADABLE in before
    assert GOOD not in before
    assert UNREADABLE not in after
    assert GOOD in after


def test_of_a_document_that_was_taken_over_the_reasons_about_its_photos_stand_where_it_is_chosen(browser, lena):
    making.granted(making.in_review(lena))
    case = making.begun(lena, Level.ADVANCED)
    applying.reuse_document(actor=lena, case_id=case.pk)
    case = making.returned(making.closed(making.closed(case, State.CHECKING), State.IN_REVIEW), Item.FRONT)

    assert UNREADABLE in text_of(browser.get(at("document", case)))


def test_with_a_document_its_photos_and_data_are_asked_for_too(browser, lena):
    making.returned(making.in_review(lena), Item.DOCUMENT)

    told = text_of(browser.get(reverse("identity:overview")))

    assert "Give the document once more, with its photos and data." in told


def test_who_is_refused_for_what_must_not_be_told_reads_the_general_sentence_alone(browser, lena):
    case = making.in_review(lena)
    case.reasons = []
    case.save()
    making.closed(case, State.REFUSED)

    told = text_of(browser.get(reverse("identity:overview")))

    assert f"{GENERAL} {CONTACT}" in told
    assert "The reason stands here" not in told
