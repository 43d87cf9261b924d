"""The catalogue by the rules of its package, and well-known facts."""

import pytest
from django.utils.translation import override

from echt.identity.catalogue import countries, is_issued, kinds_of, least_age, name_of, sides_of, zone_of, zones_of
from echt.identity.catalogue.catalogue import _FACTS
from echt.identity.documents import DocumentKind, Side
from echt.identity.mrz import Format
from echt.identity.mrz.countries import ALPHA2

PASSPORT, CARD = DocumentKind.PASSPORT, DocumentKind.ID_CARD
LICENCE, PERMIT = DocumentKind.DRIVING_LICENCE, DocumentKind.RESIDENCE_PERMIT


@pytest.mark.parametrize("alpha3", ["", "QQQ", "UTO", "XXA", "deu", "ATA", "GLP"])
def test_rule_1_what_it_does_not_have_issues_nothing(alpha3):
    assert kinds_of(alpha3) == ()
    assert sides_of(alpha3, PASSPORT) == ()
    assert zone_of(alpha3, PASSPORT) is None


def test_rule_2_a_zone_is_told_only_where_all_have_it():
    assert zone_of("DEU", CARD) is Format.TD1
    assert zone_of("IND", CARD) is None
    assert zone_of("DEU", LICENCE) is None


@pytest.mark.parametrize("alpha3", ["AUS", "CAN", "DNK", "GBR", "JPN", "NZL", "USA"])
def test_countries_without_an_identity_card(alpha3):
    assert not is_issued(alpha3, CARD)
    assert is_issued(alpha3, PASSPORT)
    assert is_issued(alpha3, LICENCE)


def test_germany_has_all_and_a_card_of_two_sides():
    assert kinds_of("DEU") == (CARD, PASSPORT, LICENCE, PERMIT)
    assert sides_of("DEU", CARD) == (Side.FRONT, Side.BACK)


def test_a_passport_is_one_page_everywhere():
    issuing = [country.alpha3 for country in countries() if is_issued(country.alpha3, PASSPORT)]
    assert len(issuing) > 200
    assert {sides_of(alpha3, PASSPORT) for alpha3 in issuing} == {(Side.FRONT,)}
    assert {zone_of(alpha3, PASSPORT) for alpha3 in issuing} == {Format.TD3}


def test_cards_that_are_still_valid_may_have_another_zone():
    assert zones_of("FRA", CARD) == (Format.TD1, Format.IDFRA)
    assert zones_of("ROU", CARD) == (Format.TD1, Format.TD2)
    assert zones_of("IND", CARD) == ()


def test_every_country_issues_something():
    assert all(kinds_of(country.alpha3) for country in countries())


def test_kosovo_is_there():
    kosovo = next(country for country in countries() if country.alpha3 == "RKS")
    assert (kosovo.alpha2, kosovo.name) == ("XK", "Kosovo")
    assert zone_of("RKS", CARD) is Format.TD1


def test_names_are_in_the_readers_language_and_in_its_order():
    with override("de"):
        names = [country.name for country in countries()]
        assert name_of("DEU") == "Deutschland"
    assert names.index("Oman") < names.index("Österreich") < names.index("Pakistan")
    with override("en"):
        assert name_of("DEU") == "Germany"
    assert name_of("QQQ") == "QQQ"


def test_excluded_countries_are_not_enabled():
    served = {country.alpha3: country.enabled for country in countries(excluded=["PRK"])}
    assert served["PRK"] is False
    assert sum(not enabled for enabled in served.values()) == 1


def test_ages():
    assert least_age("DEU") == 18
    assert least_age("SGP") == 21


def test_every_code_of_the_file_is_a_code():
    named = set(_FACTS["ages"]) | set(_FACTS["elsewhere"])
    for kind in DocumentKind:
        facts = _FACTS[kind.value]
        named |= set(facts["not_issued"])
        for zones in (facts.get("zones", {}), facts.get("earlier", {})):
            for listed in zones.values():
                assert sorted(listed) == list(listed)
                assert not set(listed) & set(facts["not_issued"])
                named |= set(listed)
    assert named <= set(ALPHA2)
    assert set(filter(None, _FACTS["elsewhere"].values())) <= {country.alpha3 for country in countries()}
