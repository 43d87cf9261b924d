"""Characters that a reader was not sure of. The rules are those of `doubts.py` and of `zone.py`."""

import numpy as np
import pytest

from echt.identity.mrz import Format, parse
from echt.identity.vision import reading, rows, text, zone
from echt.identity.vision.doubts import distinct, most_likely, settled
from echt.identity.vision.lines import Line
from tests.identity.mrz.zones import eriksson


def cells(line, **doubts):
    """A line that was read for sure, but for `at_12="08"`: the first of these, perhaps the second."""
    sure = [{character: 0.99} for character in line]
    for place, (taken, perhaps) in doubts.items():
        sure[int(place.removeprefix("at_"))] = {taken: 0.6, perhaps: 0.3}
    return sure


RIGHT = eriksson(number="AO1234567")


def test_what_was_read_for_sure_is_taken_as_it_is():
    found = settled([cells(line) for line in RIGHT])

    assert [each.lines for each in found] == [RIGHT]


def test_rule_1_a_character_is_replaced_by_what_the_reader_thought_possible():
    found = settled([cells(RIGHT[0]), cells(RIGHT[1], at_1="0O")])

    assert [each.lines for each in found] == [RIGHT]
    assert not found[0].repaired


def test_rule_1_what_the_reader_did_not_think_possible_is_not_tried():
    spoilt = RIGHT[1].replace("AO", "AQ")

    assert settled([cells(RIGHT[0]), cells(spoilt, at_4="38")]) == []


def test_rule_1_what_is_hardly_possible_is_not_tried():
    right = eriksson(number="AB1234567")
    line = cells(right[1])
    line[1] = {"8": 0.99, "B": 0.009}

    assert settled([cells(right[0]), line]) == []


def test_rule_1_o_and_0_are_always_possible_for_each_other():
    found = settled([cells(RIGHT[0]), cells(RIGHT[1].replace("AO", "A0"))])

    assert [each.lines for each in found] == [RIGHT]


def test_rule_2_two_ways_are_both_named():
    """Both noughts weigh the same, three places apart, so the digit cannot tell which of them is a letter."""
    twice = eriksson(number="O120567")
    found = settled([cells(twice[0]), cells(twice[1].replace("O1", "01"), at_0="0O", at_3="0O")])

    assert sorted(each.number for each in found) == ["012O567", "O120567"]


def test_rule_2_zones_that_differ_in_names_alone_say_the_same():
    other = parse(eriksson(number="AO1234567", surname="Erikssen"))

    assert distinct([parse(RIGHT), other]) == [parse(RIGHT)]


def test_the_likeliest_of_each_cell():
    assert most_likely(cells("AB1", at_2="1I")) == "AB1"


# A zone in a picture ------------------------------------------------------------------------------------------


def row(said, down, *, sure=0.99):
    wide = 20.0 * len(said)
    return Line(box=np.array([[0, down], [wide, down], [wide, down + 30], [0, down + 30.0]]) + 5, text=said, sure=sure)


PICTURE = np.zeros((400, 1000, 3), np.uint8)


@pytest.fixture
def second(monkeypatch):
    """What the readers say when they are asked again; each time the same."""

    def answer(lines, zones=("", "")):
        said = iter(zones)
        monkeypatch.setattr(text, "spelled", lambda pieces: list(lines)[-len(pieces) :])
        monkeypatch.setattr(zone, "read_line", lambda *_: next(said))

    return answer


def test_zone_rule_1_a_zone_that_holds_is_not_read_again(second):
    second(None)

    assert zone.zone(PICTURE, [row(RIGHT[0], 0), row(RIGHT[1], 50)]).lines == RIGHT


def test_zone_rule_2_doubts_are_settled_by_check_digits(second):
    second([cells(RIGHT[0]), cells(RIGHT[1], at_1="0O")])
    read = zone.zone(PICTURE, [row(RIGHT[0], 0), row(RIGHT[1].replace("AO", "A0"), 50)])

    assert read.lines == RIGHT
    assert read.valid


def test_zone_rule_3_where_several_ways_hold_the_first_reading_stands(second):
    twice = eriksson(number="O120567")
    spoilt = twice[1].replace("O1", "01")
    second([cells(twice[0]), cells(spoilt, at_0="0O", at_3="0O")])
    read = zone.zone(PICTURE, [row(twice[0], 0), row(spoilt, 50)])

    assert read.lines == (twice[0], spoilt)
    assert not read.checks["number"]


def test_zone_rule_4_the_model_of_zones_is_believed_where_all_digits_hold(second):
    lost = RIGHT[1][:20] + RIGHT[1][22:]
    second([cells(RIGHT[0]), cells(lost)], RIGHT)

    assert zone.zone(PICTURE, [row(RIGHT[0], 0), row(lost, 50)]).lines == RIGHT


def test_zone_rule_4_it_is_not_believed_where_a_number_would_have_to_be_repaired(second):
    wrong = RIGHT[1].replace("AO", "AB")
    japan = eriksson(issuer="JPN", number="XS1234567")
    second([cells(japan[0]), cells(wrong)], (japan[0], japan[1].replace("XS", "X5")))

    assert not zone.zone(PICTURE, [row(japan[0], 0), row(wrong, 50)]).valid


def shows(monkeypatch, lines):
    """The picture has these lines, and no others."""
    said = {id(line.box): line for line in lines}
    monkeypatch.setattr(text, "boxes", lambda _: [line.box for line in lines])
    monkeypatch.setattr(text, "recognised", lambda _, boxes: [said[id(box)] for box in boxes if id(box) in said])


@pytest.mark.parametrize("bottom", [0.4, 0.1])
def test_a_zone_is_read_although_the_corners_leave_it_outside(monkeypatch, bottom):
    """Here under `bottom`, the share of the picture’s height to which the document is taken to reach."""
    shown = [row("DATE OF BIRTH", down) for down in (0, 10, 20)]
    shown += [row(RIGHT[0], 100), row(RIGHT[1], 150), row("F", 200)]
    shows(monkeypatch, shown)
    monkeypatch.setattr(text, "spelled", lambda pieces: [[] for _ in pieces])
    monkeypatch.setattr(zone, "read_line", lambda *_: "")
    corners = np.array([[0, 0], [1, 0], [1, bottom], [0, bottom]])

    seen = reading._seen(reading.Placed(pixels=PICTURE, corners=corners), None)

    assert seen.zone.lines == RIGHT
    assert list(seen.lines) == shown


def test_what_lies_beside_a_document_without_a_zone_is_left_out(monkeypatch):
    shown = [row("DATE OF BIRTH", down) for down in (0, 10, 20)] + [row("ANOTHER CARD", 300)]
    shows(monkeypatch, shown)
    corners = np.array([[0, 0], [1, 0], [1, 0.5], [0, 0.5]])

    seen = reading._seen(reading.Placed(pixels=PICTURE, corners=corners), None)

    assert seen.zone is None
    assert list(seen.lines) == shown[:3]


def test_of_two_places_for_a_missing_line_the_one_that_is_read_more_surely_is_taken(monkeypatch):
    upper, lower = eriksson(Format.TD3)
    unsure = upper.replace("ERIKSSON", "ERIRSSON")
    monkeypatch.setattr(text, "recognised", lambda *_: [row(upper, 100, sure=0.99), row(unsure, 104, sure=0.97)])

    found = rows.with_neighbours(PICTURE, [row(lower, 150)])

    assert [each.text for each in found] == [upper, lower]
