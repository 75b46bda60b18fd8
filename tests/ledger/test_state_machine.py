"""Never twice, never lost: random histories, and a seeded fault that they must catch.

Hypothesis shrinks what it finds; plain seeds go through more that matters in the same time.
To search further: `python -m tests.ledger.test_state_machine FIRST LAST`.
"""

from __future__ import annotations

import random
import sys

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.ledger.histories import ACCOUNTS, ERRORS, FAULTS, SPANS, BlindRetries, Histories

SEEDS = 40


def live(history: Histories, seed: int) -> str | None:
    """Live through the history of a seed; say what went wrong, if anything did."""
    moments = random.Random(seed)  # noqa: S311 - the same histories each time, no secrets
    wrong = None
    history.duplicates(refuses=moments.random() < 0.5)
    try:
        for _ in range(moments.randrange(3, 12)):
            _happen(history, moments)
            history.never_twice()
    except AssertionError as error:
        wrong = str(error)
    try:
        history.teardown()
    except AssertionError as error:
        wrong = wrong or str(error)
    return wrong


def _happen(history: Histories, moments: random.Random) -> None:
    span, off = moments.choice(SPANS), moments.choice(ERRORS)
    match moments.choices(range(7), weights=(10, 10, 2, 2, 3, 1, 2))[0]:
        case 0:
            history.queue(
                account=moments.choice(sorted(ACCOUNTS)),
                lasting=moments.random() < 0.5,
                twin=moments.random() < 0.4,
                copies=moments.choice((1, 1, 2)),
                parts=moments.choice((0, 0, 0, 1, 2)),
                faults=moments.choices(FAULTS, k=moments.randrange(4)),
            )
        case 1:
            history.run(crash_after=moments.choice((None, moments.randrange(60))), span=span)
        case 2:
            history.stand_still(span)
        case 3:
            history.pause(span)
        case 4:
            history.set_clock(off)
        case 5:
            history.reboot(off)
        case _:
            history.answer()


def test_no_history_makes_a_post_twice_or_loses_one() -> None:
    """Each delivery ends posted once, or given up with a reason, whatever happens."""
    wrong = {seed: live(Histories(), seed) for seed in range(SEEDS)}
    assert not any(wrong.values()), {seed: text for seed, text in wrong.items() if text}


def test_hypothesis_finds_none_either() -> None:
    """The same machine, driven by what Hypothesis makes up."""
    search = settings(
        max_examples=15, stateful_step_count=15, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Histories, settings=search)


def test_the_same_histories_catch_a_bot_that_retries_blindly() -> None:
    """The seeded fault: a test that cannot find this could not find anything."""
    wrong = [live(BlindRetries(), seed) for seed in range(SEEDS)]
    assert any("was posted 2 times" in text for text in wrong if text)


if __name__ == "__main__":
    for number in range(int(sys.argv[1]), int(sys.argv[2])):
        if found := live(Histories(), number):
            print(f"seed {number}: {found}")  # noqa: T201 - a developer's search
