"""The page of a hold at the desk, and every step on it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from echt import clock
from echt.audit.selectors import history_of
from echt.holds.access import seen_of
from echt.holds.actions.appealing import make_appeal
from echt.holds.actions.changing import freeze
from echt.holds.actions.proposing import propose_claw_back, propose_release
from echt.holds.causes import Cause
from echt.holds.models import AppealFile, Hold, HoldState, Proposal
from echt.holds.numbers import number_of
from tests.holds import worlds

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("travel")]


@pytest.fixture
def hold(account, usdt):
    """A hold whose firm part is over."""
    terms = worlds.bought(account, usdt, 500_000_000, hours=72)
    Hold.objects.filter(pk=terms.hold).update(acquired_at=clock.now().replace(day=20), marks=["large"], score=20)
    return Hold.objects.get(pk=terms.hold)


def page_of(client, hold, status=200):
    answer = client.get(f"/desk/holds/{hold.pk}/")
    assert answer.status_code == status
    return answer.content.decode()


def post(client, hold, step, **values):
    values.setdefault("seen", seen_of(Hold.objects.get(pk=hold.pk)))
    return client.post(f"/desk/holds/{hold.pk}/{step}/", values, follow=True)


def test_the_page_tells_what_was_bought_where_it_is_and_what_was_tried(desk, hold, account, usdt, btc):
    worlds.no_limits()
    worlds.rate(usdt, 1)
    worlds.asset("EUR", 2, "fiat")
    worlds.rate(worlds.asset("EUR", 2, "fiat"), 1)
    worlds.convert(account, (usdt, 200_000_000), (btc, 300_000))
    assert not worlds.withdraw(account, btc, 300_000).allowed
    page = page_of(desk, hold)
    for words in (
        number_of(hold.pk),
        "500.000000 USDT",
        "300.000000",
        "0.00300000",
        "300.00\N{NO-BREAK SPACE}EUR",
        "The purchase is large.",
        "Withdrawal",
        "became",
        "Freeze",
        "Propose an early release",
    ):
        assert words in page, words
    assert "Propose a claw-back" not in page


def test_freeze_unfreeze_extend(desk, hold):
    page = post(desk, hold, "freeze", cause="payment", words="No money came.").content.decode()
    assert "Frozen. The customer gets a message." in page
    assert "No money came." in page
    assert "Propose a claw-back" in page
    assert Hold.objects.get().state == HoldState.FROZEN
    assert "No longer frozen" in post(desk, hold, "unfreeze", words="It came.").content.decode()
    end = Hold.objects.get().release_at
    assert "Held longer" in post(desk, hold, "extend", hours="48", cause="origin", words="Asked.").content.decode()
    assert Hold.objects.get().release_at.timestamp() == end.timestamp() + 48 * 3600


@pytest.mark.parametrize(
    ("step", "values"),
    [
        ("freeze", {"cause": "", "words": "Why."}),
        ("freeze", {"cause": "payment", "words": ""}),
        ("extend", {"hours": "5", "cause": "payment", "words": "Why."}),
        ("release", {"words": ""}),
        ("claw-back", {"words": ""}),
    ],
)
def test_a_step_that_misses_something_is_shown_again(desk, hold, step, values):
    assert post(desk, hold, step, **values).status_code == 422
    assert hold.events.count() == 1
    assert not Proposal.objects.exists()


def test_a_stale_page_is_refused_with_a_sentence(desk, hold, rosa):
    seen = seen_of(hold)
    freeze(actor=rosa, hold_id=hold.pk, cause=Cause.CHECK, words="Signs.")
    answer = post(desk, hold, "unfreeze", words="Clarified.", seen=seen)
    assert answer.status_code == 409
    assert "Another person was faster" in answer.content.decode()
    assert Hold.objects.get().state == HoldState.FROZEN


def test_two_people_release(desk, hold, rosa, client_of):
    page = post(desk, hold, "release", words="In order.").content.decode()
    assert "You proposed this yourself" in page
    proposal = Proposal.objects.get()
    agree = f"/desk/proposals/{proposal.pk}/agree/"
    assert desk.post(agree, {"seen": seen_of(hold)}).status_code == 403
    other = client_of(rosa)
    assert "If you agree, 500.000000" in page_of(other, hold)
    assert "Released." in other.post(agree, {"seen": seen_of(hold)}, follow=True).content.decode()
    assert Hold.objects.get().state == HoldState.RELEASED_EARLY


def test_reject_and_take_back(desk, hold, olga, rosa, client_of):
    first = propose_release(actor=olga, hold_id=hold.pk, words="In order.")
    values = {"seen": seen_of(hold), "words": "Not yet."}
    answer = client_of(rosa).post(f"/desk/proposals/{first.pk}/reject/", values, follow=True)
    assert "Rejected." in answer.content.decode()
    second = propose_release(actor=olga, hold_id=hold.pk, words="Now it is.")
    answer = desk.post(f"/desk/proposals/{second.pk}/take-back/", follow=True).content.decode()
    assert "taken back" in answer
    assert "Not yet." in answer


def test_a_claw_back_tells_what_is_missing(hold, olga, rosa, client_of, account, usdt, btc):
    worlds.rate(usdt, 1)
    worlds.rate(btc, 50_000)
    worlds.convert(account, (usdt, 250_000_000), (btc, 400_000))
    freeze(actor=olga, hold_id=hold.pk, cause=Cause.CHARGEBACK, words="Charged back.")
    proposal = propose_claw_back(actor=olga, hold_id=hold.pk, words="For good.")
    answer = client_of(rosa).post(f"/desk/proposals/{proposal.pk}/agree/", {"seen": seen_of(Hold.objects.get())})
    assert answer.status_code == 302
    page = page_of(client_of(rosa), hold)
    assert "50.000000 USDT" in page
    assert "The customer owes this." in page


@pytest.mark.django_db(transaction=True)
def test_an_appeal_is_shown_with_a_reason_and_its_document_saved_never_opened(desk, hold, customer, theo, client_of):
    make_appeal(actor=customer, hold_id=hold.pk, words="I am in a hurry.", documents=[b"%PDF-1.7 <script>"])
    file = AppealFile.objects.get()
    document = f"/desk/appeals/documents/{file.pk}/"
    assert "I am in a hurry." not in page_of(desk, hold)
    assert desk.get(document).headers["Location"] == f"/desk/holds/{hold.pk}/"
    assert client_of(theo).get(document).status_code == 404

    desk.post(f"/desk/holds/{hold.pk}/look/", {"words": "To answer it."})
    assert "I am in a hurry." in page_of(desk, hold)
    answer = desk.get(document)
    assert answer.content == b"%PDF-1.7 <script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    looks = [entry for entry in history_of(hold.pk) if entry.event == "appeal.looked_at"]
    assert {look.details["words"] for look in looks} == {"To answer it."}

    refuse = f"/desk/appeals/{file.appeal_id}/refuse/"
    values = {"seen": seen_of(hold), "words": "It shows nothing."}
    assert "Refused." in desk.post(refuse, values, follow=True).content.decode()


def test_who_only_reads_sees_no_step_and_can_take_none(hold, theo, mara, customer, client_of):
    reading = client_of(theo)
    assert "does not decide" in page_of(reading, hold)
    for step in ("freeze", "unfreeze", "extend", "release", "claw-back", "look"):
        assert post(reading, hold, step, words="Why.", cause="check", hours="24").status_code == 404
    page_of(client_of(mara), hold, status=404)
    customer.role = "risk_officer"
    customer.save()
    assert hold.events.count() == 1


def test_a_page_asks_no_more_for_many_steps(desk, hold, account, usdt, btc, django_assert_max_num_queries):
    for _time in range(15):
        worlds.convert(account, (usdt, 10_000_000), (btc, 10_000))
    page_of(desk, hold)
    with django_assert_max_num_queries(40):
        page_of(desk, hold)


def test_the_customer_reads_their_hold_and_asks(customer, stranger, hold, client_of):
    client = client_of(customer)
    address = f"/wallets/holds/{hold.pk}/"
    page = client.get(address).content.decode()
    assert "500,000000" in page
    assert client_of(stranger).get(address).status_code == 404
    assert client_of(stranger).get(f"{address}appeal/").status_code == 404
    assert client.get(f"{address}appeal/").status_code == 200
    assert client.post(f"{address}appeal/", {"words": ""}).status_code == 422
    picture = SimpleUploadedFile("a.gif", b"GIF89a")
    assert client.post(f"{address}appeal/", {"words": "Bitte.", "documents": [picture]}).status_code == 422
    files = [SimpleUploadedFile(f"{n}.pdf", b"%PDF-1.7") for n in range(2)]
    answer = client.post(f"{address}appeal/", {"words": "Bitte.", "documents": files}, follow=True)
    assert answer.status_code == 200
    assert AppealFile.objects.count() == 2
    assert client.get(f"{address}appeal/").headers["Location"] == address
    client.post(f"{address}appeal/withdraw/")
    assert client.get(f"{address}appeal/").status_code == 200
