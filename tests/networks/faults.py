"""What every network over HTTP makes of each kind of trouble, at each step of its work."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.model import Receipt
from bot.networks.base import NetworkError, OutcomeUnknown, Rejected, TryLater
from bot.networks.registry import connect
from tests.networks.contract import NetworkContract
from tests.networks.stage import START, SandboxStage, png


@dataclass(frozen=True)
class Trouble:
    """One kind of fault and what it means on the post."""

    kind: str
    on_post: type[NetworkError]
    options: Mapping[str, object] = field(default_factory=dict)
    person: bool = False
    until: timedelta | None = None
    stored: bool = False

    def __str__(self) -> str:
        return "-".join([self.kind, *(f"{k}={v}" for k, v in self.options.items())])


HANG = {"seconds": None}
"""Until we give up: without a timeout of ours these tests never end."""

ANSWERED = [
    Trouble("bad_request", Rejected),
    Trouble("unprocessable", Rejected),
    Trouble("unauthorized", TryLater, person=True),
    Trouble("payment", TryLater, person=True),
    Trouble("suspended", TryLater, person=True),
    Trouble("rate_limited", TryLater, {"reset": 90}, until=timedelta(seconds=90)),
    Trouble("rate_limited", TryLater, {"reset": None}),
]
UNSURE = [
    Trouble("server_error", OutcomeUnknown, {"status": 500}),
    Trouble("server_error", OutcomeUnknown, {"status": 503, "html": True}),
    Trouble("server_error", OutcomeUnknown, {"status": 522, "html": True}),
    Trouble("hang_before", OutcomeUnknown, HANG),
    Trouble("reset_before", OutcomeUnknown),
    Trouble("hang_after", OutcomeUnknown, HANG, stored=True),
    Trouble("reset_after", OutcomeUnknown, stored=True),
    Trouble("error_after", OutcomeUnknown, {"status": 502, "html": True}, stored=True),
    Trouble("broken_body", OutcomeUnknown, stored=True),
    Trouble("cut_body", OutcomeUnknown, stored=True),
    Trouble("empty_body", OutcomeUnknown, stored=True),
    Trouble("null_body", OutcomeUnknown, stored=True),
    Trouble("html_body", OutcomeUnknown, stored=True),
]
ALL = [*ANSWERED, *UNSURE]
READING = [trouble for trouble in ALL if trouble.kind != "hang_after"]
"""Where nothing is stored, one way of hanging is like the other."""


class FaultContract(NetworkContract):
    """The contract, and faults over HTTP. A subclass gives the fixture `stage`."""

    uploads: tuple[str, ...] = ("upload",)
    """The sandbox's operations that come before the post of a picture."""

    @pytest.mark.parametrize("trouble", ALL, ids=str)
    def test_trouble_with_the_post(self, stage: SandboxStage, trouble: Trouble) -> None:
        """Each answer to a post means: no, not yet, or maybe; maybe wherever it may be stored."""
        stage.fail("post", trouble.kind, **trouble.options)
        error = _raised(stage, trouble.on_post, patience=_patience(trouble.kind))
        assert len(stage.arrived()) == trouble.stored
        _check_waiting(stage, error, trouble)

    @pytest.mark.parametrize("trouble", ALL, ids=str)
    def test_trouble_with_the_upload(self, stage: SandboxStage, trouble: Trouble) -> None:
        """Trouble before the post leaves no doubt: nothing was posted."""
        expected = TryLater if trouble.on_post is OutcomeUnknown else trouble.on_post
        for operation in self.uploads:
            stage.fail(operation, trouble.kind, **trouble.options)
            error = _raised(stage, expected, pictured=True, patience=_patience(trouble.kind))
            _check_waiting(stage, error, trouble)
        assert stage.arrived() == []

    @pytest.mark.parametrize("trouble", READING, ids=str)
    def test_trouble_with_the_timeline(self, stage: SandboxStage, trouble: Trouble) -> None:
        """A timeline that cannot be read is never "not there"."""
        stage.network.publish(stage.draft(), None, "key-1")
        network = stage.connect(_patience(trouble.kind))
        stage.fail("timeline", trouble.kind, **trouble.options)
        if trouble.kind == "bad_request" and stage.name == "x":
            stage.fail("timeline", trouble.kind)  # there we ask again, with other field names
        with pytest.raises(TryLater):
            network.find(stage.draft(), START)
        stage.clock.forward(minutes=2)  # a limit that said until when is kept
        assert network.find(stage.draft(), START) is not None

    @pytest.mark.parametrize("trouble", READING, ids=str)
    def test_trouble_with_counts(self, stage: SandboxStage, trouble: Trouble) -> None:
        """Counts that cannot be read are an error, not a deleted post."""
        receipt = stage.network.publish(stage.draft(), None, "key-1")
        network = stage.connect(_patience(trouble.kind))
        operation = "timeline" if stage.name == "x" else "measure"
        stage.fail(operation, trouble.kind, **trouble.options)
        if trouble.kind == "bad_request" and stage.name == "x":
            stage.fail(operation, trouble.kind)
        with pytest.raises(TryLater):
            network.measure([receipt])
        stage.clock.forward(minutes=2)
        assert set(network.measure([receipt])) == {receipt.remote_id}

    def test_rejected_duplicate(self, stage: SandboxStage) -> None:
        """A duplicate is refused for good."""
        stage.fail("post", "forbidden_duplicate")
        _raised(stage, Rejected)

    def test_malformed_rate_limit_header(self, stage: SandboxStage) -> None:
        """A malformed header beside a true success does not cost us the receipt."""
        stage.fail("post", "bad_rate_limit_header")
        receipt = stage.network.publish(stage.draft(), None, "key-1")
        assert [post.id for post in stage.arrived()] == [receipt.remote_id]

    def test_refused_connection(self, stage: SandboxStage) -> None:
        """Where no connection was made nothing was posted, so it may be tried again."""
        with socket.socket() as bound:
            bound.bind(("127.0.0.1", 0))  # not listening
            server = f"http://127.0.0.1:{bound.getsockname()[1]}"
            account = replace(stage.account, server=server)
            network = connect(account, stage.secrets, clock=stage.clock)
            for call in (
                lambda: network.publish(stage.draft(), None, "key-1"),
                lambda: network.publish(stage.draft(pictured=True), png(), "key-1"),
                lambda: network.find(stage.draft(), START),
                lambda: network.measure([Receipt("1", "")]),
            ):
                with pytest.raises(TryLater, match="cannot be reached") as caught:
                    call()
                assert not caught.value.needs_person

    def test_revoked_credentials(self, stage: SandboxStage) -> None:
        """A person is asked for where the network no longer knows the credentials."""
        stage.sandbox.revoke(stage.name, stage.username)
        error = _raised(stage, TryLater)
        assert isinstance(error, TryLater)
        assert error.needs_person


def _patience(kind: str) -> float:
    """Seconds until we give up: few where the server hangs on purpose."""
    return 0.5 if kind.startswith("hang") else 10


def _raised(
    stage: SandboxStage,
    expected: type[NetworkError],
    *,
    pictured: bool = False,
    patience: float = 10,
) -> NetworkError:
    """Publish, and return the error that it must raise."""
    network = stage.connect(patience)
    with pytest.raises(expected) as caught:
        network.publish(stage.draft(pictured=pictured), png() if pictured else None, "key-1")
    assert type(caught.value) is expected
    assert caught.value.__cause__ is not None
    return caught.value


def _check_waiting(stage: SandboxStage, error: NetworkError, trouble: Trouble) -> None:
    if isinstance(error, TryLater):
        assert error.needs_person == trouble.person
        assert error.until == (None if trouble.until is None else stage.clock.now + trouble.until)
