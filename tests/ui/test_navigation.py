import pytest

from echt.ui import navigation
from echt.ui.audience import Audience
from echt.ui.navigation import Entry, Register
from tests.ui.people import CUSTOMER, STAFF, STRANGER

pytestmark = pytest.mark.urls("tests.ui.urls")


def entry(name, order=0, audience=Audience.ANYONE):
    return Entry(id=name, label=name, icon="home", url_name="ui:landing", order=order, audience=audience)


@pytest.fixture
def register():
    return Register()


def test_entries_stand_in_their_order_then_in_that_of_their_addition(register):
    for item in (entry("c", 2), entry("a", 1), entry("b", 1)):
        register.add(item)

    assert [item.id for item in register] == ["a", "b", "c"]


def test_an_id_is_given_once(register):
    register.add(entry("home"))

    with pytest.raises(ValueError, match="already"):
        register.add(entry("home"))
    assert len(list(register)) == 1


@pytest.mark.parametrize(
    ("reader", "ids"),
    [
        (None, ["anyone"]),
        (STRANGER, ["anyone"]),
        (CUSTOMER, ["anyone", "customer"]),
        (STAFF, ["anyone", "customer", "staff"]),
    ],
)
def test_a_reader_sees_what_the_reader_may_open(register, reader, ids):
    for audience in (Audience.ANYONE, Audience.CUSTOMER, Audience.STAFF):
        register.add(entry(str(audience), audience=audience))

    assert [item.id for item in register.for_reader(reader)] == ids


def test_every_installation_has_a_home():
    home = next(item for item in navigation.areas if item.id == "home")

    assert home.url == "/"
