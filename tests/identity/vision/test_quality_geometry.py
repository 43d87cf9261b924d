"""Corners, edges, lines, sharpness and light, on shapes that are drawn here."""

import io
from datetime import date
from functools import cache

import cv2
import numpy as np
import pytest
from PIL import Image

from echt.identity.documents import DocumentKind
from echt.identity.specimens import document, draw, people
from echt.identity.vision import contrast, copies, corners, edges, finding, lettering, segments
from echt.identity.vision.dewarping import dewarp
from echt.identity.vision.light import light
from echt.identity.vision.opening import Unreadable, opened, turned
from echt.identity.vision.sharpness import blur
from tests.identity.photographs import jpeg

SIZE = 320
CARD = np.array([[0.2, 0.25], [0.8, 0.3], [0.78, 0.7], [0.18, 0.66]])
HIGHER = np.array([[0.2, 0.25], [0.8, 0.28], [0.79, 0.79], [0.19, 0.76]])


def mask(shape, size=SIZE):
    drawn = np.zeros((size, size), np.float32)
    cv2.fillConvexPoly(drawn, np.rint(np.asarray(shape) * size).astype(np.int32), 1.0)
    return drawn


def near(found, wanted, by=0.012):
    return found is not None and np.abs(found - np.asarray(wanted)).max() < by


def scene(shape=CARD, *, size=(960, 720), ground=(70, 60, 50), card=(220, 226, 230)):
    picture = np.full((size[1], size[0], 3), ground, np.uint8)
    cv2.fillConvexPoly(picture, np.rint(shape * np.array(size)).astype(np.int32), card)
    return picture


def test_corners_of_a_shape_come_from_its_upper_left_clockwise():
    assert near(corners.quad(mask(CARD)), CARD)


def test_an_empty_mask_has_no_corners():
    assert corners.quad(np.zeros((SIZE, SIZE), np.float32)) is None


def test_a_corner_that_is_cut_off_is_found_outside():
    beyond = np.array([[0.3, 0.2], [1.08, 0.5], [0.8, 0.9], [0.1, 0.6]])
    found = corners.quad(mask(_clipped(beyond)))
    assert found is not None
    assert found[1, 0] > 1.02
    assert near(np.delete(found, 1, axis=0), np.delete(beyond, 1, axis=0), by=0.02)


def _clipped(shape):
    """The part of a shape that is in the picture."""
    frame = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    _area, part = cv2.intersectConvexConvex(shape.astype(np.float32), frame)
    return part[:, 0]


def test_a_thumb_that_holds_the_document_does_not_move_its_corners():
    held = mask(CARD)
    cv2.rectangle(held, (0, 130), (70, 160), 1.0, -1)
    assert near(corners.quad(held), CARD, by=0.02)


def test_a_turn_of_the_picture_turns_the_corners():
    once = corners.turned_corners(CARD, 1)
    assert np.allclose(once[1], [1 - CARD[0, 1], CARD[0, 0]])
    assert np.allclose(corners.turned_corners(CARD, 4), CARD)


def test_the_skew_of_a_level_document_is_nothing():
    level = np.array([[0.1, 0.1], [0.9, 0.1], [0.9, 0.8], [0.1, 0.8]])
    assert corners.skew(level, (1000, 700)) == pytest.approx(0)
    assert corners.skew(CARD, (1000, 700)) > 3


def test_sides_move_to_the_edges_that_are_there():
    moved = CARD + np.array([[0.008, 0.006], [-0.006, 0.008], [0.004, -0.008], [0.006, 0.004]])
    found = edges.snapped(scene(), moved)
    assert near(found.corners, CARD, by=0.004)
    assert min(found.support) > 0.9


def test_a_side_without_an_edge_has_no_support():
    picture = scene()
    picture[:, 480:] = picture[360, 300]
    assert min(edges.snapped(picture, CARD).support) < 0.2


def test_four_lines_find_a_document_whose_outline_is_unclear():
    unclear = cv2.GaussianBlur(mask(CARD), (0, 0), 12) * 0.9
    assert near(segments.quad_of_lines(scene(HIGHER), np.maximum(unclear, mask(HIGHER) * 0.8)), HIGHER, by=0.02)


def test_lines_alone_are_no_document():
    striped = np.full((720, 960, 3), 90, np.uint8)
    striped[::40] = 220
    assert segments.quad_of_lines(striped, np.zeros((SIZE, SIZE), np.float32)) is None


def striped(shape=CARD):
    """A card on stripes that are as light and as dark as it is."""
    picture = scene(shape)
    stripes = np.full_like(picture, (70, 200, 60))
    stripes[(np.indices(picture.shape[:2]).sum(0) // 24) % 2 == 1] = (150, 70, 160)
    inside = np.zeros(picture.shape[:2], np.uint8)
    cv2.fillConvexPoly(inside, np.rint(shape * np.array(inside.shape[::-1])).astype(np.int32), 1)
    stripes[inside == 1] = picture[inside == 1]
    return stripes


def strength(shape, picture, *, held=False):
    small = contrast.shrunk(picture)
    return contrast.set_off((np.asarray(shape) * small.shape[1::-1])[None], small, held=held)[0]


def test_a_document_is_set_off_from_a_pattern_and_a_part_of_the_pattern_is_not():
    assert strength(CARD, striped()) > 20
    assert strength(CARD + np.array([0.06, 0]), striped()) == 0
    assert strength(CARD * 0.3, striped()) == 0


def test_a_document_with_a_thumb_on_one_edge_is_set_off_for_who_expects_a_thumb():
    picture = striped()
    cv2.rectangle(picture, (0, 290), (230, 370), (200, 150, 120), -1)
    assert strength(CARD, picture) == 0
    assert strength(CARD, picture, held=True) > 20
    cv2.rectangle(picture, (720, 290), (959, 370), (200, 150, 120), -1)
    assert strength(CARD, picture, held=True) == 0


def test_the_faintest_edge_is_the_one_that_hardly_shows():
    picture = scene()
    assert contrast.faintest(CARD, picture) > 20
    picture[:, 480:] = picture[360, 300]
    assert contrast.faintest(CARD, picture) < 1


def test_a_document_is_found_by_its_colours_where_the_whole_picture_stands_out():
    found = finding.found_in(striped(HIGHER), np.ones((SIZE, SIZE), np.float32))
    assert found is not None
    assert found.by_lines
    assert near(found.corners, HIGHER)


def test_a_document_that_is_cut_off_is_not_found_whole_by_its_colours():
    beyond = HIGHER + np.array([0.25, 0])
    for stands_out in (mask(beyond), np.ones((SIZE, SIZE), np.float32)):
        found = finding.found_in(striped(beyond), stands_out)
        assert found is not None
        assert found.margins.min() < 0.006


def test_a_tile_beside_a_document_that_is_cut_off_is_not_taken_for_it():
    beyond, tile = HIGHER * 0.9 + np.array([0.5, 0.0]), HIGHER * 0.7 - np.array([0.1, 0.0])
    picture = striped(beyond)
    cv2.fillConvexPoly(picture, np.rint(tile * np.array([960, 720])).astype(np.int32), (220, 226, 230))
    assert segments.quad_of_lines(picture, mask(beyond)) is not None
    found = finding.found_in(picture, mask(beyond))
    assert found is not None
    assert found.margins.min() < 0.006


def test_a_thumb_and_a_cup_beside_the_document_do_not_slant_its_side():
    picture, beside = striped(), mask(CARD)
    cv2.rectangle(picture, (0, 310), (200, 350), (200, 150, 120), -1)
    cv2.rectangle(beside, (20, 138), (70, 155), 1.0, -1)
    cv2.circle(beside, (40, 170), 20, 1.0, -1)
    found = finding.found_in(picture, beside)
    assert found is not None
    assert near(found.corners, CARD, by=0.02)


def test_a_whole_document_is_found_with_its_margins():
    found = finding.found_in(scene(), mask(CARD))
    assert found is not None
    assert found.likeness > 0.97
    assert found.margins.min() == pytest.approx(0.18, abs=0.02)


def test_a_document_seen_straight_has_its_own_size():
    straight = dewarp(scene(), CARD)
    assert straight.shape[1] == pytest.approx(0.6 * 960, rel=0.03)
    assert (straight[20:-20, 20:-20] > 200).all()
    assert dewarp(scene(), CARD, margin=0.1).shape[1] > straight.shape[1] * 1.15


def printed(width=800, height=500):
    page = np.full((height, width, 3), 225, np.uint8)
    for row in range(60, height - 40, 44):
        cv2.putText(
            page, "SPECIMEN OF A LINE 1234567890 <<<<<<", (40, row), cv2.FONT_HERSHEY_COMPLEX, 0.9, (30, 30, 30), 2
        )
    return page


@cache
def specimen():
    card = document(DocumentKind.ID_CARD, next(people(3)), issued_on=date(2023, 5, 2))
    return np.asarray(draw(card, width=800))


@pytest.mark.parametrize("angle", [0, 22, 45, 67, 90, 135])
def test_a_camera_that_moves_blurs_whichever_way(angle):
    streak = np.zeros((31, 31), np.float32)
    reach = np.array([np.cos(np.deg2rad(angle)), np.sin(np.deg2rad(angle))]) * 8
    cv2.line(streak, *[tuple(round(float(part)) for part in 15 + sign * reach) for sign in (-1, 1)], 1.0)
    assert blur(specimen()) < 0.3
    assert blur(cv2.filter2D(specimen(), -1, streak / streak.sum())) > 0.45


def test_a_lens_out_of_focus_blurs():
    assert blur(cv2.GaussianBlur(specimen(), (0, 0), 2)) > 0.45


def test_grain_is_no_sharpness():
    soft = cv2.GaussianBlur(printed(), (0, 0), 3).astype(np.float32)
    grainy = np.clip(soft + np.random.default_rng(1).normal(0, 3, soft.shape), 0, 255).astype(np.uint8)
    assert blur(grainy) > 0.45


def test_a_blind_spot_is_glare_and_a_white_strip_is_none():
    page = printed()
    assert light(page).glare == 0
    spot = page.copy()
    cv2.circle(spot, (400, 250), 70, (255, 255, 255), -1)
    assert light(spot).glare > 0.015
    strip = page.copy()
    strip[430:480] = 255
    assert light(strip).glare == 0


def test_a_drawn_surface_is_flat_and_a_photographed_one_is_not():
    drawn = np.full((400, 400, 3), 120, np.uint8)
    noise = np.random.default_rng(1).normal(0, 2, drawn.shape)
    assert copies.flatness(drawn) == 1
    assert copies.flatness(np.clip(drawn + noise, 0, 255).astype(np.uint8)) < 0.01


def test_the_dots_of_a_screen_stand_out():
    page = printed(900, 600)
    dots = 1 + 0.08 * np.cos(2 * np.pi * np.arange(900) / 2.7)
    whole = np.array([[0.0, 0.0], [1, 0], [1, 1], [0, 1]])
    assert copies.lattice(page, whole) < copies.lattice(
        np.clip(page * dots[None, :, None], 0, 255).astype(np.uint8), whole
    )


def test_a_grey_copy_has_no_colour_whatever_the_light():
    page = printed()
    coloured = page.copy()
    coloured[50:250, 40:240] = (196, 120, 90)
    warm = np.array([1.0, 0.93, 0.84])
    assert copies.colour((page * warm).astype(np.uint8)) < 3
    assert copies.colour((coloured * warm).astype(np.uint8)) > 8


def test_a_dark_frame_around_a_page_is_a_screen():
    page = cv2.copyMakeBorder(printed(), 30, 30, 30, 30, cv2.BORDER_CONSTANT, value=(15, 15, 15))
    assert copies.bezel(page) > 100
    assert copies.bezel(printed()) == 0


def test_print_that_runs_over_an_edge_is_cut():
    page = printed()
    assert len(lettering.lines(page)) >= 8
    assert lettering.sides_cut(page) == ()
    assert lettering.sides_cut(page[:, 120:]) == (3,)


def test_a_picture_opens_the_way_up_that_the_camera_noted():
    image = Image.new("RGB", (40, 20), (200, 30, 30))
    exif = image.getexif()
    exif[274] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    assert opened(out.getvalue()).shape[:2] == (40, 20)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\xff\xd8\xff\xe0" + bytes(40)])
def test_what_is_no_picture_does_not_open(data):
    with pytest.raises(Unreadable):
        opened(data)


def test_a_cut_file_does_not_open():
    data = jpeg(Image.effect_noise((400, 300), 60).convert("RGB"))
    with pytest.raises(Unreadable):
        opened(data[: len(data) // 2])


def test_a_quarter_turn_is_clockwise():
    pixels = np.zeros((2, 3, 3), np.uint8)
    pixels[0, 0] = 9
    assert turned(pixels, 1)[0, 1, 0] == 9
