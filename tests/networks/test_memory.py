"""The in-memory network under the contract, and what only it can do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from bot.model import Account, Draft, NetworkName
from bot.networks.base import Network, OutcomeUnknown, TryLater
from bot.networks.memory import MemoryNetwork
from tests.networks.contract import NetworkContract
from tests.networks.stage import Arrived, Clock, make_draft


class MemoryStage:
    """The in-memory network and a look into it."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.secrets: Mapping[str, str] = {}
        self.memory = MemoryNetwork(Account("main", NetworkName.MASTODON), clock=self.clock)
        self.network: Network = self.memory

    def arrived(self) -> list[Arrived]:
        """List its posts."""
        return [
            Arrived(
                post.receipt.remote_id,
                post.draft.text,
                int(post.picture is not None),
                post.draft.picture.alt if post.draft.picture else None,
                post.draft.in_reply_to,
            )
            for post in self.memory.posts
        ]

    def lose_answer(self) -> None:
        """Let the next post be made, and its answer be lost."""
        self.memory.fail_next(OutcomeUnknown("lost"), stored=True)

    def delete(self, remote_id: str) -> None:
        """Delete a post."""
        self.memory.delete(remote_id)

    def draft(self, text: str = "Free Assange now", *, pictured: bool = False) -> Draft:
        """Make a draft for the account."""
        return make_draft(NetworkName.MASTODON, text, pictured=pictured)


@pytest.fixture
def stage() -> MemoryStage:
    """Set up a network with one account."""
    return MemoryStage()


class TestMemory(NetworkContract):
    """The contract."""


def test_key_within_its_window(stage: MemoryStage) -> None:
    """The same key posts once within the window, and again after it."""
    first = stage.network.publish(stage.draft(), None, "key")
    assert stage.network.publish(stage.draft(), None, "key") == first
    stage.clock.now += stage.network.resend_window + timedelta(seconds=1)
    assert stage.network.publish(stage.draft(), None, "key") != first
    assert len(stage.arrived()) == 2


def test_fail_before(stage: MemoryStage) -> None:
    """A fault that is not `stored` leaves nothing behind, and strikes once."""
    stage.memory.fail_next(TryLater("busy"))
    with pytest.raises(TryLater, match="busy"):
        stage.network.publish(stage.draft(), None, "key")
    assert stage.arrived() == []
    stage.network.publish(stage.draft(), None, "key")
    assert len(stage.arrived()) == 1
