from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
import time_machine

from echt import clock
from echt.vault.ids import random_token, uuid7


def test_the_clock_gives_aware_utc():
    with time_machine.travel(datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2030, 1, 2, 3, 4, 5, tzinfo=UTC)
        assert clock.now().tzinfo is UTC


def test_uuid7_has_the_layout_of_rfc_9562():
    with time_machine.travel(datetime(2022, 2, 22, 19, 22, 22, tzinfo=UTC), tick=False):
        made = uuid7()

    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.hex[:12] == "017f22e279b0"  # the time of the example in appendix A.6


def test_uuid7_sorts_by_time_within_a_millisecond():
    with time_machine.travel(datetime(2030, 1, 1, tzinfo=UTC), tick=False) as traveller:
        first = uuid7()
        traveller.shift(0.000_010)
        assert uuid7() > first


def test_uuid7_does_not_repeat_when_the_clock_stands_still():
    with time_machine.travel(datetime(2030, 1, 1, tzinfo=UTC), tick=False):
        assert len({uuid7() for _ in range(1000)}) == 1000


def test_rule_3_identifiers_of_one_instant_rise_whichever_thread_makes_them():
    with time_machine.travel(datetime(2030, 1, 1, tzinfo=UTC), tick=False):
        alone = [uuid7() for _ in range(10_000)]
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(lambda _: [uuid7() for _ in range(1000)], range(4)))

    assert alone == sorted(set(alone))
    assert all(made == sorted(made) and made[0] > alone[-1] for made in together)
    assert len({each for made in together for each in made}) == 4000


def test_a_token_is_safe_in_an_address_and_long_enough():
    assert len(random_token()) == 43
    assert len(random_token(128)) == 22
    assert random_token() != random_token()


@pytest.mark.parametrize("bits", [0, 64, 127, 129])
def test_rule_2_a_token_that_could_be_guessed_is_refused(bits):
    with pytest.raises(ValueError, match="at least 128 bits"):
        random_token(bits)
