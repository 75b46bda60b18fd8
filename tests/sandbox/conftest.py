"""Fixtures of the sandbox's tests."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from bot.sandbox import Sandbox
from tests.sandbox.stage import START, Clock, Stage

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Sandbox, Clock]]:
    """One sandbox for a module's tests: starting one takes longer than most of them."""
    clock = Clock()
    folder = tmp_path_factory.mktemp("sandbox")
    with Sandbox(folder / "sandbox.db", clock=clock) as sandbox:
        yield sandbox, clock


@pytest.fixture
def stage(shared: tuple[Sandbox, Clock]) -> Iterator[Stage]:
    """Accounts of the test's own on the shared sandbox, and the clock at its start."""
    sandbox, clock = shared
    clock.now = START
    with Stage.on(sandbox, clock, f"c{next(_NUMBERS)}") as made:
        yield made
    sandbox.faults.clear()
