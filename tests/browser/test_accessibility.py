"""Law 10: no page keeps anybody out. Every one is seen wide and narrow, light and dark, in German or in English."""

import pytest
from django.urls import resolve

from tests.browser.accessibility import STILL, Examiner
from tests.house.routes import routes
from tools.pages import OPEN, SIGNED_IN

pytestmark = pytest.mark.browser

PEOPLE = {"de": "anna@demo.example", "en": "ben@demo.example"}
ON_THE_WAY = {
    "account_email_verification_sent",
    "account_confirm_login_code",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "mfa_authenticate",
    "accounts:authenticator_add",
    "accounts:lock",
    "mail:check_number",
    "mail:message",
    "mail:outbox_mail",
    "mail:outbox_html",
    *(f"identity:{name}" for name in ("case", "document", "photo", "data", "residence", "consent", "face", "check")),
    "identity:withdraw",
    "wallets:asset",
    "wallets:purchase",
    "wallets:sandbox",
    *(f"wallets:{name}" for name in ("withdrawal", "gift", "gift_link")),
    *(f"desk:{name}" for name in ("queue", "case", "hits", "figures", "audit")),
    *(f"desk:{name}" for name in ("holds", "held")),
    *(f"desk:{name}" for name in ("policies", "policy", "policy_make", "policy_trial", "exemptions")),
    *(f"desk:{name}" for name in ("limits", "limit_change", "assets", "asset", "asset_add")),
    *(f"holds:{name}" for name in ("hold", "appeal")),
}
"""Pages that need something before them; `test_accessible_ways` and `test_desk` lead there."""
NOT_A_PAGE = {
    "mfa_login_webauthn",
    "account_email",
    "account_password_reset_completed",
    "accounts:code_reveal",
    "identity:picture",
    "identity:state",
    "desk:picture",
    "desk:appeal_document",
    "wallets:history_csv",
    "ui:brand",
    "ui:mark",
    "ui:qr",
    "ui:live",
    "ui:ready",
}
"""What leads on at once, and what is no HTML."""


def test_no_page_is_forgotten():
    paths = {*OPEN.values(), *SIGNED_IN.values()} - {OPEN["missing"]}
    listed = {resolve(path.partition("?")[0]).view_name for path in paths}
    shown = {route.name for route in routes() if route.declaration and "GET" in route.declaration.methods}
    shown = {name for name in shown if not name.startswith("api:")}
    assert listed | ON_THE_WAY | NOT_A_PAGE == shown


@pytest.mark.parametrize("language", ["de", "en"])
def test_pages_for_anybody(language, axe_script, product, visit):
    page = visit(language=language, **STILL)
    assert Examiner(axe_script, language).faults_of(page, half(OPEN, language, product)) == {}


@pytest.mark.parametrize("language", ["de", "en"])
def test_pages_for_customers(language, axe_script, cookies_of, product, visit):
    page = visit(storage_state=cookies_of(PEOPLE[language]), **STILL)
    assert Examiner(axe_script, language).faults_of(page, half(SIGNED_IN, language, product)) == {}
    assert page.locator("[popovertarget=me]").count() == 1


def half(pages: dict[str, str], language: str, product) -> dict[str, str]:
    """Every second page is looked at in German, the others in English."""
    return {name: product.origin + pages[name] for name in list(pages)[language == "en" :: 2]}
