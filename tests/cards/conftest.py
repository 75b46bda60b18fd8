"""A root of its own for each test that writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cards.examples import scratch_root


@pytest.fixture
def root() -> Iterator[Path]:
    """Give a root with the shipped logo."""
    with scratch_root() as folder:
        yield folder
