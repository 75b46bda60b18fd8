"""A desk at each kind of server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.networks.stage import SharedSandbox
from tests.windows.desk import POSTING, Desk


@pytest.fixture(scope="session")
def sandboxes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], SharedSandbox]]:
    """Sandboxes by kind, each started when it is first asked for."""
    started: dict[str, SharedSandbox] = {}
    with ExitStack() as stack:

        def give(kind: str) -> SharedSandbox:
            flavour = "mastodon-4.6" if kind == "x" else kind  # one sandbox is both networks
            if flavour not in started:
                folder = tmp_path_factory.mktemp(flavour)
                started[flavour] = stack.enter_context(SharedSandbox.open(folder, flavour=flavour))
            return started[flavour]

        yield give


@pytest.fixture
def desk_at(
    sandboxes: Callable[[str], SharedSandbox], tmp_path: Path
) -> Iterator[Callable[[str], Desk]]:
    """Give a desk at one kind of server."""
    made: list[Desk] = []

    def give(kind: str) -> Desk:
        made.append(Desk(kind, tmp_path, sandboxes(kind)))
        return made[-1]

    yield give
    for desk in made:
        desk.close()


@pytest.fixture(params=POSTING)
def desk(request: pytest.FixtureRequest, desk_at: Callable[[str], Desk]) -> Desk:
    """A desk at each kind of server in turn."""
    return desk_at(request.param)
