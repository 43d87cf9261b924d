import pytest

from echt.ui import landing

pytestmark = pytest.mark.urls("tests.ui.urls")


def test_the_page_stands_without_any_other_room(anonymous):
    assert "<h1>" in anonymous.get("/").content.decode()


def test_a_room_fills_the_place_of_the_look_up(anonymous):
    landing.register("ui/components/badge.html", lambda request: {"kind": "", "word": request.GET["number"]})

    assert "K7QF&amp;" in anonymous.get("/?number=K7QF%26").content.decode()


def test_the_place_is_filled_once():
    landing.register("a.html", lambda request: {})

    with pytest.raises(ValueError, match=r"already: a\.html"):
        landing.register("b.html", lambda request: {})


def test_pillars_stand_in_their_order(anonymous):
    for order, title in ((2, "Second"), (1, "First")):
        landing.add_pillar(landing.Pillar(title=title, text="Text", words="Go", url_name="ui:landing", order=order))
    page = anonymous.get("/").content.decode()

    assert page.index("First") < page.index("Second")
