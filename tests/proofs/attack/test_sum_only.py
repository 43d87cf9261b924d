"""An exchange owes 5, 7, 3 and 6, shows a total of 7, and gives each of the four a proof that the exchange's rule accepts.

In seven published formats a parent's hash is taken of both children's hashes and of the *sum*, not of each child's
amount. So what a customer is told of the neighbour's balance is bound by nothing: the customer who is owed 5 is told
that the neighbour holds 2, the one who is owed 7 that the neighbour holds 0, and the parent holds 7 for both.
`sum_only` draws it and builds the files. Whoever looks at one file alone cannot tell; it takes two customers who
compare what they were told of each other. Our verifier must therefore call no file of these formats verified, however
well its hashes chain.
"""

import pytest

from echt.proofs.verify import Knowledge, Verdict, verify
from tests.proofs.attack.sum_only import EXCHANGES, forge

OWED = [5, 7, 3, 6]


@pytest.mark.parametrize("name", EXCHANGES)
def test_four_files_valid_by_the_exchange_s_rule_with_a_third_of_the_total_are_consistent_only(name):
    for forged in forge(EXCHANGES[name], OWED):
        report = verify(forged.file, Knowledge(statement=forged.published))
        assert report.format == name
        assert (report.hashes, report.numbers, report.format_sound) == ("chain", "sane", False)
        assert report.verdict == Verdict.CONSISTENT_ONLY
        assert "format.sum_only" in [reason.code for reason in report.reasons]
        assert float(report.amounts["USDT"]) == forged.owed


@pytest.mark.parametrize("name", EXCHANGES)
def test_sixteen_customers_can_be_shown_the_balance_of_the_richest_as_the_total(name):
    owed = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3]
    reports = [verify(forged.file, Knowledge(statement=forged.published)) for forged in forge(EXCHANGES[name], owed)]
    assert {report.verdict for report in reports} == {Verdict.CONSISTENT_ONLY}


@pytest.mark.parametrize("name", [name for name in EXCHANGES if name != "hotcoin"])
def test_a_published_root_that_was_typed_in_does_not_make_a_forged_file_verified(name):
    for forged in forge(EXCHANGES[name], OWED):
        roots = {member for member in forged.file.decode().split('"') if len(member) in {16, 32, 64}}
        verdicts = {verify(forged.file, Knowledge(root=root)).verdict for root in roots}
        assert verdicts == {Verdict.CONSISTENT_ONLY, Verdict.NOT_VERIFIED}


@pytest.mark.parametrize("name", EXCHANGES)
def test_the_attack_is_not_seen_by_looking_for_balances_below_zero(name):
    for forged in forge(EXCHANGES[name], OWED):
        assert b'"-' not in forged.file
