"""Policies, limits and assets at the desk: axe looks at each page, in both languages."""

from collections.abc import Iterator

import pytest

from tests.browser.accessibility import Examiner
from tests.browser.desk_steps import Desk, desk

pytestmark = pytest.mark.browser

ADMINISTRATOR = "desk@demo.example"
ASKED = "?person=&country=DEU&level=primary&risk=normal&channel=card&amount="
PAGES = {
    "policies": "policies/",
    "policy": "policies/card/",
    "policy-make": "new-policy/",
    "policy-trial": f"policy-trial/{ASKED}",
    "exemptions": "exemptions/",
    "limits": "limits/?person=anna%40demo.example",
    "limit-change": "limits/change/?level=none&counts=outgoing&window=24",
    "assets": "assets/",
    "asset": "assets/BTC/",
    "asset-add": "assets/add/",
}


def test_the_pages_of_rules_are_accessible(axe_script, browser, product, visit):
    assert Examiner(axe_script, "en").faults_along(*along(desk(visit, browser, product, ADMINISTRATOR))) == {}


def along(at: Desk):
    return at.page, look(at)


def look(at: Desk) -> Iterator[str]:
    for name, path in PAGES.items():
        answer = at.page.goto(f"{at.product.origin}/desk/{path}")
        assert answer is not None
        assert answer.status in {200, 422}, name
        yield name
