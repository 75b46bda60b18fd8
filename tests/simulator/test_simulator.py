"""Histories by seed: never twice, never lost, and the faults that they must find."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from tests.ledger.machine import MINUTE
from tests.simulator.faulty import BlindRetries, Stubborn
from tests.simulator.hub import Fate, Tally
from tests.simulator.ledgers import SharedLedger
from tests.simulator.seeds import live
from tests.simulator.simulation import EAGER, Simulation, Wrong

PIECES = 10
EACH = 200
"""Seeds in each piece: 2,000 in all. `make simulate` goes through 10,000."""


@pytest.fixture(scope="module")
def ledger() -> Iterator[SharedLedger]:
    """One database for all of them."""
    made = SharedLedger()
    yield made
    made.close()


@pytest.mark.parametrize("piece", range(PIECES))
def test_no_history_makes_a_post_twice_or_loses_one(ledger: SharedLedger, piece: int) -> None:
    """Each delivery ends posted once, or given up with a reason, whatever happens."""
    seeds = range(piece * EACH, (piece + 1) * EACH)
    tally = Tally()
    wrong = {seed: live(seed, ledger, tally) for seed in seeds}
    assert not any(wrong.values()), {seed: text for seed, text in wrong.items() if text}
    assert tally.crashes > EACH / 3, "so few crashes say little"
    assert tally.posts > EACH


def test_the_same_seed_is_the_same_history(ledger: SharedLedger) -> None:
    """What went wrong once can be looked at as often as one likes."""
    first, second = Tally(), Tally()
    for tally in (first, second):
        for seed in (0, 1):
            live(seed, ledger, tally)
    assert first == second


def test_a_bot_that_retries_blindly_is_caught(ledger: SharedLedger) -> None:
    """The seeded fault: histories that cannot find this could not find anything."""
    wrong = (live(seed, ledger, kind=BlindRetries) for seed in range(EACH))
    assert any("was posted 2 times" in text for text in wrong if text)


def taken_over(ledger: SharedLedger, kind: type[Simulation]) -> None:
    """One of two workers stands still as its call is about to be made, for four times its lease."""
    history = kind(ledger, Random(1), workers=2)  # noqa: S311 - the same each time
    try:
        history.come_due(EAGER.name, lasting=True, faults=[])
        history.fate(0, Fate(stop_at_call=True, stop_for=12 * MINUTE))
        history.live(20 * MINUTE)
        history.finish()
    finally:
        history.close()


def test_a_worker_that_wakes_up_makes_no_post_twice(ledger: SharedLedger) -> None:
    """The other took its post over, looked for it, and sent it."""
    taken_over(ledger, Simulation)


def test_a_worker_that_calls_all_the_same_is_caught(ledger: SharedLedger) -> None:
    """The seeded fault for it: nobody asks whether its lease holds."""
    with pytest.raises(Wrong, match="was posted 2 times"):
        taken_over(ledger, Stubborn)
