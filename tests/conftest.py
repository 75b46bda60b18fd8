"""Settings of the test run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.postgres import Postgres

# Examples are the same in every run: a green main stays green. Searching for new ones is a
# developer's run with --hypothesis-profile=explore.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile("fixed")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server, started where the first test of a process asks for it."""
    from tests.postgres import postgres_server

    with postgres_server() as server:
        yield server
