"""Each reason for which an application comes back, waits or is closed: what its applicant reads, mends and keeps.

A case is sent back several times, and each time for all reasons that there are about an item, so that few cases show
every reason.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from playwright.sync_api import expect

from echt.identity.documents import DocumentKind, Side
from echt.identity.findings import Fault
from echt.identity.items import Item
from echt.identity.reasons import CONTACT, GENERAL, TEXTS, Reason, Weight
from echt.identity.specimens import Document, document, draw, people
from echt.identity.states import State
from echt.identity.uploads.reasons import Reason as UploadReason
from echt.identity.uploads.refusals import SENTENCES
from echt.identity.wording import sentence
from tests.browser import desk_steps as steps
from tests.browser.accessibility import STILL
from tests.browser.actor import script_of
from tests.browser.conftest import Product
from tests.browser.desk_steps import NEEDS_VISION, PATIENCE, SECOND, desk
from tests.browser.people import newcomer
from tests.browser.returns import (
    Return,
    agree,
    approve,
    changed,
    expect_closed,
    expect_level,
    hand_in,
    live_in_germany,
    read_and_open,
    reads,
    refuse,
    send_back,
    show_face,
    stay_closed,
)
from tests.identity.photographs import jpeg, photograph

pytestmark = [pytest.mark.browser, NEEDS_VISION]

MESSAGE = "Please use the spelling of the document, with all given names."
DE_NARROW = {"size": "narrow", "language": "de"}
EN_WIDE = {"size": "wide", "language": "en"}
EN_NARROW = {"size": "narrow", "language": "en"}
DE_DARK = {"size": "wide", "language": "de", "theme": "dark"}

FRONT = Return(Item.FRONT, (Reason.UNREADABLE, Reason.INCOMPLETE, Reason.COPY))
BACK = Return(Item.BACK, (Reason.SIDE_MISSING, Reason.SIDES_DIFFER))
DATA = Return(Item.DATA, (Reason.NAME_MISMATCH, Reason.DATA_MISMATCH, Reason.OTHER), MESSAGE)
DOCUMENT = Return(Item.DOCUMENT, (Reason.EXPIRED, Reason.UNSUPPORTED))
FACE = Return(Item.FACE, (Reason.FACE_POOR, Reason.FACE_MISMATCH, Reason.LIVENESS_FAILED))
CLOSED = Return(Item.CASE, (Reason.USED_TOO_OFTEN, Reason.UNDER_AGE, Reason.TOO_MANY_TRIES))
UNTOLD = Return(Item.CASE, (Reason.FORGERY, Reason.SANCTIONS))

FAULTS = {
    Fault.NOT_A_DOCUMENT: 1,
    Fault.CORNER_CUT: 1,
    Fault.TOO_SMALL: 1,
    Fault.BLURRED: 1,
    Fault.GLARE: 2,
    Fault.TOO_DARK: 1,
    Fault.TOO_BRIGHT: 1,
    Fault.SCREENSHOT: 1,
    Fault.PHOTOCOPY: 2,
}
"""With the seed of a drawn picture that has it."""


def test_every_reason_is_told_in_one_of_these_tests():
    told = [*FRONT.reasons, *BACK.reasons, *DATA.reasons, *DOCUMENT.reasons, *FACE.reasons]
    closed = [*CLOSED.reasons, *UNTOLD.reasons]

    assert sorted([*told, *closed]) == sorted(Reason)
    assert {TEXTS[reason].weight for reason in told} == {Weight.RETRY}
    assert {TEXTS[reason].weight for reason in closed} == {Weight.FINAL, Weight.HOLD}


def test_photos_and_data_come_back_one_at_a_time_and_the_rest_stays(browser, product, visit, tmp_path):
    card = paper(DocumentKind.ID_CARD, 41)
    person = newcomer(browser, product, "mended", language="de")
    page = visit(storage_state=person.cookies, **DE_NARROW, **STILL)
    reviewer = desk(visit, browser, product)
    steps.begin(page, product)
    steps.choose(page, card.kind)
    steps.send(page, steps.photo_of(card, tmp_path))
    steps.send(page, steps.photo_of(card, tmp_path, Side.BACK), Side.BACK)
    steps.confirm(page, given_names="Otto", number="L00000000")
    first = hand_in(page)

    send_back(reviewer, person, FRONT)
    read_and_open(page, product, FRONT, "de")
    stay_closed(page, "document", "photo/back")
    steps.send(page, steps.photo_of(card, tmp_path))
    second = hand_in(page)
    assert changed(first, second) == {"Vorderseite des Personalausweises"}

    send_back(reviewer, person, BACK)
    read_and_open(page, product, BACK, "de")
    stay_closed(page, "document", "photo/front")
    steps.send(page, steps.photo_of(card, tmp_path, Side.BACK), Side.BACK)
    third = hand_in(page)
    assert changed(second, third) == {"Rückseite des Personalausweises"}

    send_back(reviewer, person, DATA)
    read_and_open(page, product, DATA, "de")
    stay_closed(page, "document", "photo/front", "photo/back")
    expect(page.locator("#id_given_names")).to_have_value("Otto")
    expect(page.locator("#id_born_on")).to_have_value(card.person.born_on.isoformat())
    steps.confirm(page, given_names=card.person.given_names, number=card.number)
    assert changed(third, hand_in(page)) == {"Vornamen", "Nummer des Dokuments"}

    approve(reviewer, person)
    expect_level(page, product, "Basis")


def test_another_document_and_another_look_at_the_face(browser, product, visit, tmp_path):
    old = paper(DocumentKind.PASSPORT, 43, year=2014)
    passport = paper(DocumentKind.PASSPORT, 43)
    person = newcomer(browser, product, "renewed")
    page = visit(storage_state=person.cookies, **EN_WIDE, **STILL)
    page.add_init_script(script_of(passport.person))
    reviewer = desk(visit, browser, product)
    steps.begin(page, product, level=1)
    steps.choose(page, old.kind)
    steps.send(page, steps.photo_of(old, tmp_path))
    steps.confirm(page)
    expect(page.locator("#id_expires_on_error")).to_contain_text("This document has expired.")
    steps.confirm(page, expires_on="")
    live_in_germany(page)
    agree(page)
    show_face(page)
    first = hand_in(page)

    send_back(reviewer, person, DOCUMENT)
    read_and_open(page, product, DOCUMENT, "en")
    stay_closed(page, "residence", "face")
    steps.choose(page, passport.kind)
    steps.send(page, steps.photo_of(passport, tmp_path))
    steps.confirm(page)
    second = hand_in(page)
    assert changed(first, second) == {"Data page of the passport", "Number of the document", "Valid until"}

    send_back(reviewer, person, FACE)
    read_and_open(page, product, FACE, "en")
    stay_closed(page, "document", "photo/front", "data", "residence")
    show_face(page)
    assert changed(second, hand_in(page)) == set()

    approve(reviewer, person)
    expect_level(page, product, "Advanced")


def test_what_the_machine_refuses_is_told_at_once_and_what_people_refuse_at_the_end(browser, product, visit, tmp_path):
    passport = paper(DocumentKind.PASSPORT, 47)
    person = newcomer(browser, product, "closed")
    page = visit(storage_state=person.cookies, **EN_NARROW, **STILL)
    steps.begin(page, product)
    steps.choose(page, passport.kind)
    page.wait_for_url("**/photo/front/")
    for said, file in refused_pictures(passport, tmp_path):
        page.set_input_files("#id_file", file)
        expect(page.locator("[data-faults]")).to_contain_text(said, timeout=PATIENCE)
    page.reload()
    expect(page.locator("main .notice.warning:visible")).to_contain_text(said)
    steps.send(page, steps.photo_of(passport, tmp_path))
    steps.confirm(page)
    hand_in(page)

    refuse(desk(visit, browser, product), desk(visit, browser, product, SECOND), person, CLOSED)
    expect_closed(page, product, "Not verified", "Verify")
    reads(page.locator(".case-run"), CLOSED, "en")


def test_who_may_be_on_a_list_reads_the_general_sentence_alone(browser, product, visit, tmp_path):
    passport = paper(DocumentKind.PASSPORT, 53)
    bring_list(product, passport, tmp_path)
    person = newcomer(browser, product, "listed", language="de")
    page = visit(storage_state=person.cookies, **DE_DARK, **STILL)
    reviewer = desk(visit, browser, product)
    steps.begin(page, product)
    steps.choose(page, passport.kind)
    steps.send(page, steps.photo_of(passport, tmp_path))
    steps.confirm(page)
    hand_in(page)

    reviewer.find(person.address, State.ON_HOLD)
    page.goto(f"{product.origin}/identification/")
    with translation.override("de"):
        expect(page.locator(".case-run")).to_contain_text(str(TEXTS[Reason.SANCTIONS].sentence))
    reviewer.confirm_hit()
    reviewer.take_off_hold()
    refuse(reviewer, desk(visit, browser, product, SECOND), person, UNTOLD)

    expect_closed(page, product, "Nicht verifiziert", "Verifizieren")
    with translation.override("de"):
        expect(page.locator(".case-run p").first).to_have_text(f"{GENERAL} {CONTACT}")
    expect(page.locator(".id-reasons")).to_have_count(0)


def paper(kind: DocumentKind, seed: int, *, year: int = 2025) -> Document:
    """A document of somebody whose names every reader can spell; one of another year has another number."""
    whose = (
        one for one in people(seed) if 1960 < one.born_on.year < 1995 and f"{one.surname}{one.given_names}".isascii()
    )
    return document(kind, next(whose), issued_on=date(year, 3, 1), seed=year, country="DEU")


def refused_pictures(passport: Document, folder: Path) -> Iterator[tuple[str | re.Pattern[str], Path]]:
    """What the applicant reads, and the picture for which."""
    file = folder / "letter.jpg"
    file.write_text("Dear Sir or Madam")
    yield str(SENTENCES[UploadReason.NOT_A_PICTURE]), file
    for fault, seed in FAULTS.items():
        file = folder / f"{fault}.jpg"
        file.write_bytes(jpeg(photograph(draw(passport), seed, fault=fault, strength=0.9)[0]))
        cut = fault is Fault.CORNER_CUT
        yield re.compile("corners? (is|are) outside the picture") if cut else sentence(fault, item=Item.FRONT), file


def bring_list(product: Product, passport: Document, folder: Path) -> None:
    """A sanctions list with the holder of this passport."""
    whose, file = passport.person, folder / "list.csv"
    row = f"T-1,{whose.given_names} {whose.surname},{whose.born_on},,made up"
    file.write_text(f"key,names,born,countries,remarks\n{row}\n")
    done = product.echt("screening", "import", str(file), "--name", "Test", "--kind", "sanctions", "--version", "1")
    assert done.returncode == 0, done.stderr
