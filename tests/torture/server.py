"""The sandbox in a process of its own: it outlives the bots, and kills them at its own points.

Beside what it is asked to kill, it does to every seventh request what networks do: loses the
answer, says 500 about a post that it made, resets, hangs, lags.
"""

from __future__ import annotations

import os
import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path
from typing import Any

from bot.model import Account, NetworkName
from bot.networks.base import Network
from bot.networks.registry import connect
from bot.sandbox import Sandbox, SandboxPost
from bot.sandbox.faults import Fault, Faults
from tests.torture.campaign import ACCOUNTS
from tests.torture.personalities import Personality
from tests.torture.points import NUMBER, ON_THE_WIRE
from tests.torture.shared import Shared

PATIENCE = 0.4
"""Seconds that a bot waits for an answer. A slow machine makes more timeouts, no other ones."""

_LOST_ANSWERS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("hang_after", {"seconds": None}),
    ("reset_after", {}),
    ("reset_after", {}),
    ("error_after", {"status": 502, "html": True}),
    ("error_after", {"status": 500}),
    ("broken_body", {}),
    ("cut_body", {}),
    ("empty_body", {}),
    ("null_body", {}),
    ("html_body", {}),
    ("bad_rate_limit_header", {}),
)
_NOT_DONE: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("hang_before", {"seconds": None}),
    ("reset_before", {}),
    ("server_error", {"status": 500}),
    ("server_error", {"status": 503, "html": True}),
    ("server_error", {"status": 522, "html": True}),
    ("rate_limited", {"reset": 90}),
    ("rate_limited", {"reset": None}),
)
_TROUBLES: Mapping[str, tuple[tuple[str, Mapping[str, Any]], ...]] = {
    "post": (
        *_LOST_ANSWERS,
        *_NOT_DONE,
        ("replay_500", {}),
        ("unauthorized", {}),
        ("latency", {"seconds": 0.02}),
    ),
    "upload": (*_LOST_ANSWERS, *_NOT_DONE, ("slow_media", {"seconds": 10})),
    "timeline": (*_LOST_ANSWERS, *_NOT_DONE, ("timeline_lag", {"seconds": 45})),
}
_OTHER_TROUBLES = (*_LOST_ANSWERS, *_NOT_DONE)


class TorturingFaults(Faults):
    """Faults drawn for each request, and deaths at the points on the wire."""

    def __init__(self, shared: Shared, rng: random.Random, share: float) -> None:
        super().__init__()
        self._shared = shared
        self._rng = rng
        self._share = share
        self._drawing = threading.Lock()
        self.struck_at_random = 0

    def take(self, network: str, operation: str, account: str | None) -> list[Fault]:  # noqa: ARG002 - whoever asks
        """Say what happens to a request; perhaps its client dies of it."""
        for stage in ("lost", "received", "done"):
            name = f"{operation}: {stage}"
            if name in ON_THE_WIRE and self._shared.is_due(NUMBER[name]):
                return self._kill(NUMBER[name], stage, network, operation)
        with self._drawing:
            # Servers are asked for their limits once a day: rarely enough.
            share = min(3 * self._share, 1) if operation == "instance" else self._share
            if self._rng.random() >= share:
                return []
            kind, options = self._rng.choice(_TROUBLES.get(operation, _OTHER_TROUBLES))
            self.struck_at_random += 1
        return [_fault(network, operation, kind, options)]

    def _kill(self, point: int, stage: str, network: str, operation: str) -> list[Fault]:
        if stage != "done":
            self._shared.kill(point)
            return [_fault(network, operation, "reset_before", {})] if stage == "lost" else []
        held = _fault(network, operation, "hang_after", {"seconds": None})

        def kill_when_done() -> None:
            # A refused request is never "done": then the process lives on.
            if held.begun.wait(2.0):
                self._shared.kill(point)

        threading.Thread(target=kill_when_done, daemon=True).start()
        return [held]


def _fault(network: str, operation: str, kind: str, options: Mapping[str, Any]) -> Fault:
    return Fault(0, network, operation, kind, None, 1, 0, options)


@dataclass(frozen=True, slots=True)
class ServerAt:
    """Where a sandbox is, and how to speak to it as a network and behind its back."""

    personality: Personality
    url: str
    secrets: Mapping[str, Mapping[str, str]]
    address: str

    def connect(self, shared: Shared, account: Account) -> Network:
        """Connect as a bot does."""
        from dataclasses import replace

        at = replace(account, server=self.url)
        return connect(at, self.secrets[account.name], timeout=PATIENCE, clock=shared.clock)

    def settle(self) -> None:
        """Wait until the server has done all that was ever asked of it."""
        self._ask("settle")

    def posts(self) -> list[SandboxPost]:
        """List what really stands there."""
        posts: list[SandboxPost] = self._ask("posts")
        return posts

    def faults(self) -> int:
        """Say how many faults struck at random."""
        number: int = self._ask("faults")
        return number

    def stop(self) -> None:
        """End it."""
        self._ask("stop")

    def _ask(self, what: str) -> Any:
        with Client(self.address, family="AF_UNIX") as line:
            line.send(what)
            return line.recv()


def serve(
    shared: Shared,
    personality: Personality,
    folder: Path,
    seed: str,
    share: float,
    ready: Connection,
) -> None:
    """Be the server until told to stop; `ready` gets the ServerAt."""
    faults = TorturingFaults(shared, random.Random(seed), share)  # noqa: S311 - repeatable trouble
    network = personality.network
    with Sandbox(
        folder / "sandbox.db",
        clock=shared.clock,
        faults=faults,
        flavour=personality.flavour,
        x_dialect=personality.dialect,
        rate_limits=False,
    ) as sandbox:
        for name in ACCOUNTS:
            sandbox.add_account(network.value, name, bot=True)
        x = network is NetworkName.X
        at = ServerAt(
            personality,
            sandbox.x_url if x else sandbox.mastodon_url,
            {
                name: sandbox.x_credentials(name)
                if x
                else {"ACCESS_TOKEN": sandbox.mastodon_token(name)}
                for name in ACCOUNTS
            },
            f"\0loudhailer-torture-{os.getpid()}",
        )
        with Listener(at.address, family="AF_UNIX", backlog=8) as listener:
            ready.send(at)
            ready.close()
            while _answer(listener, sandbox, faults):
                pass


def _answer(listener: Listener, sandbox: Sandbox, faults: TorturingFaults) -> bool:
    """Answer one question; tell whether more may come."""
    with listener.accept() as line:
        try:
            what = line.recv()
            answer: object = None
            if what == "settle":
                sandbox.settle(30)
            elif what == "posts":
                answer = sandbox.posts()
            elif what == "faults":
                answer = faults.struck_at_random
            line.send(answer)
        except (EOFError, OSError):
            return True  # who asked was killed meanwhile
    return bool(what != "stop")
