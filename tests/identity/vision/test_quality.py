"""The rules of `quality`, on drawn documents that look photographed."""

from datetime import date
from functools import cache

import numpy as np
import pytest

from echt.identity.documents import DocumentKind, Side
from echt.identity.findings import Fault, PictureVerdict
from echt.identity.findings_json import to_json, verdict_from
from echt.identity.providers import Expected
from echt.identity.specimens import Person, document, draw
from echt.identity.vision.carriers import ORIENTATION, OUTLINE, default_folder
from echt.identity.vision.quality import HIDES, ORDER, _Findings, _verdict, judge
from tests.identity.photographs import jpeg, photograph, scan

EXPECTED = Expected(kind=DocumentKind.ID_CARD, side=Side.FRONT, country="UTO")
SCAN = Expected(kind=DocumentKind.ID_CARD, side=Side.BACK, country="UTO", scan=True)
PERSON = Person(surname="Lindqvist", given_names="Ines", born_on=date(1984, 3, 9), sex="F", nationality="UTO", face=7)

needs_models = pytest.mark.skipif(
    not all((default_folder() / model.file).is_file() for model in (OUTLINE, ORIENTATION)),
    reason="the models are not there: run echt models install",
)


@cache
def card(side=Side.FRONT):
    return draw(document(DocumentKind.ID_CARD, PERSON, issued_on=date(2023, 5, 2)), side)


def judged(seed, fault=None, *, strength=None, turn=0):
    picture, truth = photograph(card(), seed, fault=fault, strength=strength, size=(1440, 1080))
    return judge(jpeg(picture.rotate(-90 * turn, expand=True)), expected=EXPECTED), truth


def test_a_file_that_is_no_picture_is_refused_as_such():
    assert judge(b"no picture", expected=EXPECTED).faults == (Fault.UNREADABLE_FILE,)


def test_rule_1_what_is_near_a_threshold_is_a_doubt_and_what_is_beyond_a_fault():
    findings = _Findings()
    findings.at_most("blur", 0.40, 0.45, Fault.BLURRED, doubt=0.37)
    assert _verdict(findings).doubts == (Fault.BLURRED,)
    assert _verdict(findings).accepted

    findings.at_most("blur", 0.50, 0.45, Fault.BLURRED, doubt=0.37)
    assert _verdict(findings).faults == (Fault.BLURRED,)
    assert not _verdict(findings).measures["blur"].ok


def test_the_most_helpful_fault_comes_first_and_hides_what_follows_from_it():
    findings = _Findings()
    findings.faults = {Fault.GLARE, Fault.BLURRED, Fault.CORNER_CUT}
    assert _verdict(findings).faults == (Fault.CORNER_CUT, Fault.BLURRED, Fault.GLARE)
    findings.faults = {Fault.SCREENSHOT, Fault.BLURRED}
    assert _verdict(findings).faults == (Fault.SCREENSHOT,)
    assert set(HIDES) <= set(ORDER)


@pytest.mark.parametrize("turn", [0, 1, 2])
@pytest.mark.slow
@needs_models
def test_rule_2_a_whole_document_is_taken_whichever_way_up(turn):
    verdict, truth = judged(4, turn=turn)
    assert verdict.accepted
    assert verdict.turn == -turn % 4
    assert np.abs(np.array(verdict.corners) - np.array(truth.quad)).max() < 0.02


@pytest.mark.slow
@needs_models
def test_rule_2_a_cut_document_is_refused_and_a_cut_corner_named():
    verdict, truth = judged(5, Fault.CORNER_CUT, strength=0.6)
    assert verdict.faults[0] is Fault.CORNER_CUT
    assert verdict.cut
    assert set(verdict.cut) <= set(truth.cut)


@pytest.mark.parametrize(
    ("fault", "strength"),
    [
        (Fault.BLURRED, 0.8),
        (Fault.GLARE, 0.8),
        (Fault.TOO_DARK, 0.8),
        (Fault.TOO_BRIGHT, 0.8),
        (Fault.TOO_SMALL, 0.5),
        (Fault.PHOTOCOPY, 0.8),
        (Fault.SCREENSHOT, 0.9),
    ],
)
@pytest.mark.slow
@needs_models
def test_rule_3_a_fault_is_named(fault, strength):
    verdict, _truth = judged(4, fault, strength=strength)
    assert fault in verdict.faults


@pytest.mark.slow
@needs_models
def test_rule_4_where_no_document_is_nothing_else_is_said():
    verdict, _truth = judged(36, Fault.NOT_A_DOCUMENT)
    assert verdict.faults == (Fault.NOT_A_DOCUMENT,)
    assert verdict.corners is None


@pytest.mark.slow
@needs_models
def test_rule_2_a_scan_needs_no_corners_but_whole_print():
    whole, _truth = scan(card(Side.BACK), 3)
    cut, _truth = scan(card(Side.BACK), 3, cut=0.1)
    assert judge(jpeg(whole), expected=SCAN).accepted
    refused = judge(jpeg(cut), expected=SCAN)
    assert Fault.CORNER_CUT in refused.faults
    assert refused.cut == (0, 3)


@pytest.mark.slow
@needs_models
def test_a_verdict_can_be_stored():
    verdict, _truth = judged(4)
    again = verdict_from(to_json(verdict))
    assert isinstance(again, PictureVerdict)
    assert again.measures == dict(verdict.measures)
