"""Never twice, never lost: what Hypothesis makes up, and a seeded fault that it must catch."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.ledger.histories import BlindHistories, Histories
from tests.simulator.simulation import Wrong

SEARCH = settings(
    max_examples=40,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],  # each example is hours of a real ledger's life
)


def test_hypothesis_finds_no_history_that_goes_wrong() -> None:
    """Each delivery ends posted once, or given up with a reason, whatever happens."""
    run_state_machine_as_test(Histories, settings=SEARCH)


def test_hypothesis_catches_a_bot_that_retries_blindly() -> None:
    """The seeded fault: a search that cannot find this could not find anything."""
    # Long ones: what is generated depends on which modules are loaded, and luck is to be had often.
    search = settings(
        SEARCH,
        max_examples=400,
        stateful_step_count=35,
        phases=[Phase.generate],
        derandomize=True,
    )
    with pytest.raises(Wrong, match="was posted"):
        run_state_machine_as_test(BlindHistories, settings=search)
