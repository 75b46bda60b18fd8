"""X through tweepy: the contract against the sandbox in both dialects, and X's own traps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import Account, Counts, NetworkName, Poll
from bot.networks.base import OutcomeUnknown, TryLater
from bot.networks.registry import connect
from bot.networks.x import XNetwork
from tests.networks.contract import NetworkContract
from tests.networks.faults import FaultContract
from tests.networks.stage import START, Clock, SandboxStage, SharedSandbox, png


@pytest.fixture(scope="module")
def x(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedSandbox]:
    """Run X as its API description 2.166 has it."""
    with SharedSandbox.open(tmp_path_factory.mktemp("x")) as shared:
        yield shared


@pytest.fixture(scope="module")
def renamed_x(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedSandbox]:
    """Run X with the field names of its API description 2.167."""
    with SharedSandbox.open(tmp_path_factory.mktemp("x"), x_dialect="2.167") as shared:
        yield shared


@pytest.fixture
def stage(x: SharedSandbox) -> SandboxStage:
    """Set up an account on X."""
    return SandboxStage(x, NetworkName.X)


class TestX(FaultContract):
    """The contract."""

    uploads = ("upload", "alt")


class TestXRenamed(NetworkContract):
    """The contract, with the newer field names."""

    @pytest.fixture
    def stage(self, renamed_x: SharedSandbox) -> SandboxStage:
        """Set up an account on the newer X."""
        return SandboxStage(renamed_x, NetworkName.X)


def test_address_of_a_receipt(stage: SandboxStage) -> None:
    """A receipt leads to the post on the server that has it."""
    receipt = stage.network.publish(stage.draft(), None, "key")
    assert receipt.url == f"{stage.sandbox.x_url}/{stage.username}/status/{receipt.remote_id}"


def test_address_without_a_name(stage: SandboxStage) -> None:
    """Not knowing our own name does not keep a post from going out."""
    stage.fail("verify", "server_error")
    receipt = stage.network.publish(stage.draft(), None, "key")
    assert receipt.url == f"{stage.sandbox.x_url}/i/web/status/{receipt.remote_id}"


def test_usage_cap_is_no_rate_limit(stage: SandboxStage) -> None:
    """Waiting for the rate limit's reset does not help against a usage cap."""
    stage.fail("post", "usage_capped")
    with pytest.raises(TryLater, match="usage cap") as caught:
        stage.network.publish(stage.draft(), None, "key")
    assert caught.value.needs_person
    assert caught.value.until is None


def test_reading_is_counted(stage: SandboxStage) -> None:
    """Each post that X charges for reading is counted, and no more are read than needed."""
    receipts = []
    for number in range(30):
        stage.clock.forward(hours=3)
        receipts.append(stage.network.publish(stage.draft(f"Post {number}"), None, str(number)))
    assert stage.network.posts_read == 0
    before = _charged(stage)
    stage.network.measure([receipts[3], receipts[20]])
    assert stage.network.posts_read == 2
    stage.network.find(stage.draft("Post 28"), stage.clock.now - timedelta(hours=3))
    assert stage.network.posts_read == 4
    after = _charged(stage)
    assert after["read on the own timeline"] - before.get("read on the own timeline", 0) == 4
    assert after.get("read") == before.get("read")


def _charged(stage: SandboxStage) -> dict[str, int]:
    return {charge.what: charge.calls for charge in stage.sandbox.charges()}


def test_missing_metrics(stage: SandboxStage, caplog: pytest.LogCaptureFixture) -> None:
    """Metrics that X leaves out are unknown, not zero, and that is said."""
    receipt = stage.network.publish(stage.draft(), None, "key")
    stage.fail("timeline", "no_metrics")
    assert stage.network.measure([receipt]) == {receipt.remote_id: Counts()}
    assert receipt.remote_id in caplog.text


def test_poll(stage: SandboxStage) -> None:
    """A poll goes out with its options and its time."""
    poll = Poll(("Yes", "No"), timedelta(days=1))
    draft = replace(stage.draft("Will you write?"), poll=poll)
    stage.network.publish(draft, None, "key")
    (post,) = stage.posts()
    assert post.poll is not None
    assert (post.poll.options, post.poll.duration) == (("Yes", "No"), timedelta(days=1))


def test_key_cannot_be_relied_upon(stage: SandboxStage) -> None:
    """X knows no keys: the window in which one cannot post twice is zero."""
    assert stage.network.resend_window == timedelta(0)


def test_oldest_twin_wins(stage: SandboxStage) -> None:
    """Where two posts fit, the older one after the first attempt is the answer to it."""
    first = stage.network.publish(stage.draft("Twice"), None, "1")
    stage.clock.forward(hours=25)  # X's sandbox allows the same text again after a day
    stage.network.publish(stage.draft("Twice"), None, "2")
    found = stage.network.find(stage.draft("Twice"), START)
    assert found is not None
    assert found.remote_id == first.remote_id


def test_lagging_timeline(stage: SandboxStage) -> None:
    """A post that the timeline does not show yet is found by a later look."""
    stage.network.publish(stage.draft(), None, "key")
    stage.clock.forward(seconds=10)
    stage.fail("timeline", "timeline_lag", seconds=60)
    assert stage.network.find(stage.draft(), START) is None
    assert stage.network.find(stage.draft(), START) is not None


def test_no_wait_inside(stage: SandboxStage) -> None:
    """A rate limit is an answer, not a sleep inside the library."""
    network = stage.connect()
    assert isinstance(network, XNetwork)
    stage.fail("post", "rate_limited", reset=900)
    with pytest.raises(TryLater) as caught:
        network.publish(stage.draft(), None, "key")
    assert caught.value.until == START + timedelta(minutes=15)


def test_characters_of_a_paying_account() -> None:
    """25,000 characters are for paying accounts, by configuration."""
    secrets = dict.fromkeys(("API_KEY", "API_SECRET", "ACCESS_TOKEN", "ACCESS_SECRET"), "x1")
    account = Account("main", NetworkName.X, characters=25_000)
    assert connect(account, secrets, clock=Clock()).limits().characters == 25_000
    assert (
        connect(replace(account, characters=None), secrets, clock=Clock()).limits().characters
        == 280
    )


def test_alt_text_comes_before_the_post(stage: SandboxStage) -> None:
    """Where alt text cannot be set, the picture does not go out without it."""
    stage.fail("alt", "server_error")
    with pytest.raises(TryLater):
        stage.network.publish(stage.draft(pictured=True), png(), "key")
    assert stage.arrived() == []


def test_interrupted_post_leaves_no_upload_doubt(stage: SandboxStage) -> None:
    """Only the post itself leaves doubt, also when a picture came before it."""
    stage.fail("post", "reset_before")
    with pytest.raises(OutcomeUnknown):
        stage.network.publish(stage.draft(pictured=True), png(), "key")
    assert stage.network.find(stage.draft(pictured=True), START) is None
