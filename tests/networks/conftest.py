"""Fixtures of more than one module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.networks.planted import ME
from tests.networks.scripted import Scripted, scripted


@pytest.fixture
def server() -> Iterator[Scripted]:
    """Run a scripted server that knows who we are."""
    with scripted() as running:
        running.script.update(ME)
        yield running
