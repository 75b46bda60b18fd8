"""What the ledger's tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.world import World


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """A world at nine o'clock with nothing queued."""
    made = World(tmp_path)
    yield made
    made.close()
