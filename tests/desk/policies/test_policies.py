"""The pages of holding policies."""

from datetime import timedelta

import pytest
from django.utils.html import escape

from echt import clock
from echt.holds.actions.exemptions import agree_exemption, propose_exemption
from echt.holds.models import Exemption, Policy
from echt.wallets.operations import ALL_RESTRICTED, RESTRICTED
from tests.holds.policies.test_policies import longer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]

ALL = [operation.value for operation in RESTRICTED]
VERSION = {"hours": 96, "firm_hours": 24, "restricts": ALL, "reason": "Card fraud has grown.", "seen": 1}
MADE = {"name": "card-germany", "channel": "card", "country": "DEU", "hours": 24, "firm_hours": 0, "restricts": ALL}
ASKED = {"channel": "card", "level": "none", "risk": "normal", "country": "DEU"}


def text_of(answer, status=200):
    assert answer.status_code == status
    return answer.content.decode()


def test_the_list_shows_what_is_in_force(desk):
    page = text_of(desk.get("/desk/policies/"))

    assert "72\u00a0h (T+3)" in page
    assert all(name in page for name in ("card", "bank", "processor", "p2p"))
    assert "Not everybody can buy" not in page


def test_the_list_warns_where_no_policy_applies_to_all(desk):
    Policy.objects.filter(name="bank").update(valid_until=clock.now())

    assert "Not everybody can buy by every channel" in text_of(desk.get("/desk/policies/"))


def test_a_new_policy(desk, olga):
    answer = desk.post("/desk/new-policy/", {**MADE, "reason": "A bank asks for it."})

    assert answer.headers["Location"] == "/desk/policies/card-germany/"
    made = Policy.objects.get(name="card-germany")
    assert (made.channel, made.country, made.hours, made.made_by, made.restricts) == (
        "card",
        "DEU",
        24,
        olga,
        ALL_RESTRICTED,
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"reason": ""}, "Please fill this in."),
        ({"restricts": []}, "Choose what may not be done with what is held."),
        ({"country": ""}, "card applies to the same already."),
        ({"firm_hours": 25}, "at most as long as the hold itself"),
        ({"hours": "ten"}, "Please enter a whole number."),
    ],
)
def test_a_new_policy_that_will_not_do(desk, values, words):
    page = text_of(desk.post("/desk/new-policy/", {**MADE, "reason": "Because.", **values}), 422)

    assert words in page
    assert Policy.objects.count() == 4


def test_a_new_version_and_its_history(desk):
    answer = desk.post("/desk/policies/card/change/", VERSION, follow=True)

    page = text_of(answer)
    assert "The new version is in force." in page
    assert "96\u00a0h (T+4)" in page
    assert "Card fraud has grown." in page
    assert "Olga" in page
    assert Policy.objects.get(name="card", valid_until=None).version == 2


def test_a_new_version_says_how_many_holds_it_extended(desk, hold):
    hold.policy = Policy.objects.get(name="card")
    hold.save(update_fields=["policy"])

    page = text_of(desk.post("/desk/policies/card/change/", {**VERSION, "extends_open": "on"}, follow=True))

    assert "1 open hold was extended." in page


def test_who_was_outrun_is_told_and_nothing_changes(desk, rosa):
    longer(rosa, hours=48)

    page = text_of(desk.post("/desk/policies/card/change/", VERSION), 409)

    assert "Somebody else has changed this policy" in page
    assert Policy.objects.get(name="card", valid_until=None).hours == 48


def test_ending_a_policy_needs_words(desk):
    text_of(desk.post("/desk/policies/p2p/end/", {"seen": 1}), 422)
    assert Policy.objects.get(name="p2p").valid_until is None

    page = text_of(desk.post("/desk/policies/p2p/end/", {"seen": 1, "reason": "No longer offered."}, follow=True))
    assert "Not everybody can buy by every channel" in page


def test_readers_see_no_forms_and_change_nothing(theo, client_of):
    reads = client_of(theo)

    assert "New version" not in text_of(reads.get("/desk/policies/card/"))
    assert reads.post("/desk/policies/card/change/", VERSION).status_code == 404
    assert reads.get("/desk/new-policy/").status_code == 404
    assert Policy.objects.count() == 4


@pytest.mark.parametrize("address", ["/desk/policies/nothing/", "/desk/policies/card-2/"])
def test_no_such_policy(desk, address):
    assert desk.get(address).status_code == 404


# The tester -----------------------------------------------------------------------------------------------


def trial(desk, status=200, **values):
    return text_of(desk.get("/desk/policy-trial/", {**ASKED, **values}), status)


def test_the_tester_says_which_counts_why_and_until_when(desk, usdt):
    Policy.objects.create(name="german", version=1, country="DEU", hours=240)
    Policy.objects.create(name="german-card", version=1, country="DEU", channel="card", hours=12)

    page = trial(desk, asset=usdt.pk, amount="250.5")

    assert "250.500000\u00a0USDT would be held for 12\u00a0h" in page
    assert "23 Nov 2026, 01:00 CET" in page
    assert page.index("german-card v1") < page.index("german v1") < page.index("card v1", page.index("german v1"))


def test_the_tester_asks_for_a_person_as_a_purchase_would(desk, customer, usdt, account):
    account.risk = "high"
    account.save(update_fields=["risk"])
    Policy.objects.create(name="high", version=1, risk="high", channel="card", hours=200)

    page = trial(desk, asset=usdt.pk, person="lena@example.org")

    assert "High risk" in page
    assert "high v1" in page


def test_the_tester_knows_exemptions(desk, olga, rosa, account, usdt):
    given = propose_exemption(
        actor=olga, account_id=account.pk, channel="", ends_at=clock.now() + timedelta(days=1), reason="Known."
    )
    agree_exemption(actor=rosa, exemption_id=given.pk)

    assert "USDT would be free at once" in trial(desk, asset=usdt.pk, person="lena@example.org")


def test_the_tester_says_where_nothing_can_be_bought_and_what_is_free(desk, usdt):
    Policy.objects.filter(name="card").update(valid_until=clock.now())

    assert "Nothing can be bought this way" in trial(desk, asset=usdt.pk)
    assert "would be free at once" in trial(desk, asset=usdt.pk, channel="onchain")


def test_the_tester_says_what_it_does_not_understand(desk, usdt):
    assert "Nobody has this mail address." in trial(desk, 422, asset=usdt.pk, person="nobody@example.org")
    assert escape("Please choose one of the answers given.") in trial(desk, 422, asset="x")
    assert "decimal places" in trial(desk, 422, asset=usdt.pk, amount="0.0000001")


# Exemptions -----------------------------------------------------------------------------------------------

EXEMPT = {"person": "lena@example.org", "channel": "card", "days": 30, "reason": "Known for years."}


def test_an_exemption_takes_two(desk, rosa, client_of, account):
    assert "Another person must agree" in text_of(desk.post("/desk/exemptions/propose/", EXEMPT, follow=True))
    exemption = Exemption.objects.get()
    agree = f"/desk/exemptions/{exemption.pk}/agree/"
    assert "You proposed this yourself." in text_of(desk.post(agree), 403)

    assert "counts from now on" in text_of(client_of(rosa).post(agree, follow=True))
    exemption.refresh_from_db()
    assert exemption.agreed_by == rosa

    page = text_of(desk.post(f"/desk/exemptions/{exemption.pk}/end/", {"reason": "Over."}, follow=True))
    assert "No exemptions" in page


def test_an_exemption_needs_somebody_with_an_account(desk, customer):
    page = text_of(desk.post("/desk/exemptions/propose/", EXEMPT), 422)

    assert "Nobody with this mail address has an account" in page
    assert not Exemption.objects.exists()


def test_ending_an_exemption_needs_words(desk, account):
    desk.post("/desk/exemptions/propose/", EXEMPT)
    exemption = Exemption.objects.get()

    text_of(desk.post(f"/desk/exemptions/{exemption.pk}/end/"), 422)
    exemption.refresh_from_db()
    assert exemption.ended_at is None
