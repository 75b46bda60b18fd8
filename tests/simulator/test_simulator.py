"""Histories by seed: never twice, never lost, and the faults that they must find."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulator.faulty import BlindRetries
from tests.simulator.hub import Tally
from tests.simulator.ledgers import SharedLedger
from tests.simulator.seeds import live

PIECES = 4
EACH = 30
"""Seeds in each piece: in all, what takes a minute. `make simulate` goes through 10,000."""


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
        for seed in range(5):
            live(seed, ledger, tally)
    assert first == second


def test_a_bot_that_retries_blindly_is_caught(ledger: SharedLedger) -> None:
    """The seeded fault: histories that cannot find this could not find anything."""
    wrong = [live(seed, ledger, kind=BlindRetries) for seed in range(EACH)]
    assert any("was posted 2 times" in text for text in wrong if text)
