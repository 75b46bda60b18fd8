"""Fixtures of the intake tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import Store
from tests.intake.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Hand out a campaign with an empty inbox."""
    with Store.open(f"sqlite:///{tmp_path}/data/ledger.db") as store:
        yield World(tmp_path, store)
