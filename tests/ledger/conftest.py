"""What the ledger's tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.put_back import Campaign
from tests.ledger.world import World


@pytest.fixture(params=["sqlite", "postgres"])
def world(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[World]:
    """A world at nine o'clock with nothing queued; on either database."""
    url = request.getfixturevalue("postgres").ledger() if request.param == "postgres" else None
    made = World(tmp_path, url)
    yield made
    made.close()


@pytest.fixture
def campaign(tmp_path: Path) -> Iterator[Campaign]:
    """A campaign at nine o'clock with nothing planned, whose ledger is watched."""
    made = Campaign(tmp_path)
    yield made
    made.close()
