"""The address book."""

from datetime import timedelta

import pytest
from django.db import connection

from echt import clock
from echt.accounts.step_up import StepUpRequired
from echt.wallets.access import Absent
from echt.wallets.actions import addresses
from echt.wallets.models import Address, Network
from echt.wallets.refusals import AddressInUse, AddressKnown, LooksAlike, NotOffered
from tests.accounts.steps import HERE, asks_for_proof
from tests.wallets.exchanging import text_of
from tests.wallets.leaving import ETHER, GENESIS, SEGWIT, TAPROOT, add, post, request, sent, state

BOOK = "/wallets/addresses/"


@pytest.fixture
def ethereum(world):
    return Network.objects.create(asset=world["ETH"], code="ethereum", name="Ethereum", rule="ethereum")


def typed(where, **changed):
    return {"network": str(where.pk), "value": SEGWIT, "label": "Ledger"} | changed


def test_rule_2_it_asks_for_a_proof_of_exactly_this_address(lena, bitcoin, browser):
    answer = browser.post(BOOK, typed(bitcoin))

    assert asks_for_proof(answer)
    assert SEGWIT in text_of(answer)
    assert not Address.objects.exists()


def test_rule_2_the_proof_is_bound_to_address_and_network(lena, bitcoin):
    asked = {}

    class Asking:
        def require(self, sensitive, **params):
            asked.update(params)
            raise StepUpRequired(sensitive, params)

    before = state()
    with pytest.raises(StepUpRequired):
        addresses.add_address(
            actor=lena, network=bitcoin, value=SEGWIT, label="x", compared=False, step_up=Asking(), where=HERE
        )
    assert asked == {"network": "BTC, Bitcoin", "address": SEGWIT}
    assert state() == before


def test_rule_3_it_waits_and_its_owner_is_told_at_once(lena, bitcoin, browser):
    assert post(browser, BOOK, **typed(bitcoin)).status_code == 302

    made = Address.objects.get()
    assert made.active_from == clock.now() + timedelta(hours=24)
    mail = sent("address_added").get()
    assert "/lock/" in mail.text
    assert "23 h" in text_of(browser.get(BOOK)) or "24 h" in text_of(browser.get(BOOK))


def test_rule_3_the_delay_ends_by_comparison(lena, bitcoin, client_of, travel):
    add(lena, bitcoin)
    travel.shift(timedelta(hours=24))

    assert "Can be used" in text_of(client_of(lena).get(BOOK))


def test_value_and_name_are_sealed(lena, bitcoin):
    made = add(lena, bitcoin, label="Grandmother")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM wallets_address")
        row = repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in cursor.fetchone()])
    assert SEGWIT not in row
    assert "Grandmother" not in row
    assert made.index == addresses.index_of(SEGWIT)


def test_an_address_is_in_a_book_once_and_after_its_removal_again(lena, bitcoin):
    made = add(lena, bitcoin)
    with pytest.raises(AddressKnown):
        add(lena, bitcoin, SEGWIT.upper())

    addresses.remove_address(actor=lena, address_id=made.pk, where=HERE)

    assert add(lena, bitcoin).active_from == clock.now() + timedelta(hours=24)


def test_rule_4_a_look_alike_is_pointed_out_and_added_when_it_was_compared(lena, ethereum, browser):
    add(lena, ethereum, ETHER)
    poisoned = "0x5aaeb6053f3e94c9b9a09f336694000000001beaed"[:34] + ETHER[-8:].lower()
    assert len(poisoned) == 42
    fields = typed(ethereum, value=poisoned)
    before = state()

    answer = post(browser, BOOK, **fields)

    assert answer.status_code == 422
    assert "looks like one that you have used" in text_of(answer)
    assert ETHER in text_of(answer)
    assert poisoned in text_of(answer)
    assert state() == before
    assert post(browser, BOOK, **fields, compared="on").status_code == 302


def test_rule_4_a_removed_address_counts_too(lena, ethereum):
    made = add(lena, ethereum, ETHER)
    addresses.remove_address(actor=lena, address_id=made.pk, where=HERE)
    with pytest.raises(LooksAlike):
        add(lena, ethereum, "0x5aaeb6053f3e94c9b9a09f336694000000001beaed"[:34] + ETHER[-8:].lower())


def test_a_closed_network_takes_none(lena, bitcoin):
    bitcoin.is_active = False
    with pytest.raises(NotOffered):
        add(lena, bitcoin)


def test_an_address_of_somebody_else_is_not_there(lena, stranger, bitcoin, client_of):
    made = add(lena, bitcoin)
    before = state()

    assert client_of(stranger).post(f"{BOOK}{made.pk}/remove/").status_code == 404
    with pytest.raises(Absent):
        addresses.remove_address(actor=stranger, address_id=made.pk, where=HERE)
    assert state()[:-2] == before[:-2]


NONSENSE = [
    {"network": "99999"},
    {"network": "nonsense"},
    {"network": ""},
    {"value": ""},
    {"value": "nonsense"},
    {"value": "x" * 5000},
    {"value": ETHER},
    {"value": "a\0b"},
    {"label": ""},
    {"label": "x" * 41},
    {"label": "\u202egnihtemos"},
]


def test_nonsense_is_answered_in_a_sentence_and_kept(lena, bitcoin, browser):
    for changed in NONSENSE:
        before = state()

        answer = post(browser, BOOK, **typed(bitcoin, **changed))

        assert answer.status_code == 422
        assert state() == before


def test_the_settings_lock_stops_it(lena, bitcoin, browser):
    lena.settings_locked_until = clock.now() + timedelta(days=1)
    lena.save()

    assert post(browser, BOOK, **typed(bitcoin)).status_code == 403
    assert not Address.objects.exists()


def test_several_addresses_stand_in_the_book(lena, bitcoin, browser):
    for value in (GENESIS, SEGWIT, TAPROOT):
        add(lena, bitcoin, value)

    page = text_of(browser.get(BOOK))

    assert all(value in page for value in (GENESIS, SEGWIT, TAPROOT))


def test_one_with_a_running_withdrawal_stays(lena, address, rich, folder):
    request(lena, address)
    with pytest.raises(AddressInUse):
        addresses.remove_address(actor=lena, address_id=address.pk, where=HERE)
