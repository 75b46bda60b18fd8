"""What the contract tests stand on: a network, and a look at what really arrived there."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol, Self

import requests
import tweepy
from PIL import Image

from bot.model import Account, Draft, NetworkName, Picture
from bot.networks._http import Wire
from bot.networks.base import Network
from bot.networks.registry import connect
from bot.sandbox import Sandbox, SandboxPost

START = datetime(2022, 2, 21, 9, 0, tzinfo=UTC)
ALT = "A hand-written sign: “Journalism is not a crime” & more"


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def forward(self, **span: float) -> datetime:
        """Move on by `timedelta(**span)`; return the new time."""
        self.now += timedelta(**span)
        return self.now


@dataclass(frozen=True)
class Arrived:
    """A post as the network holds it."""

    id: str
    text: str
    pictures: int
    alt: str | None
    reply_to: str | None


class Stage(Protocol):
    """One network with one account on it."""

    network: Network
    clock: Clock
    secrets: Mapping[str, str]

    def arrived(self) -> list[Arrived]:
        """List the posts the network holds, oldest first."""
        ...

    def lose_answer(self) -> None:
        """Let the next post be made, and its answer be lost."""
        ...

    def delete(self, remote_id: str) -> None:
        """Delete a post."""
        ...

    def draft(self, text: str = "Free Assange now", *, pictured: bool = False) -> Draft:
        """Make a draft for the account."""
        ...


@dataclass(frozen=True)
class SharedSandbox:
    """One sandbox for all tests of a module; each test has an account of its own on it."""

    sandbox: Sandbox
    clock: Clock

    @classmethod
    @contextmanager
    def open(cls, folder: Path, **settings: Any) -> Iterator[Self]:
        """Start a sandbox in `folder`."""
        clock = Clock()
        with Sandbox(folder / "sandbox.db", clock=clock, **settings) as sandbox:
            yield cls(sandbox, clock)


class SandboxStage:
    """An account of its own on the sandbox, over HTTP."""

    def __init__(self, shared: SharedSandbox, network: NetworkName) -> None:
        self.sandbox, self.clock = shared.sandbox, shared.clock
        self.name = network
        self.clock.now = START
        number = len(self.sandbox.accounts(network))
        self.username = f"campaign{number}"
        self.sandbox.add_account(
            network, self.username, username=self.username, display_name="A campaign"
        )
        server = self.sandbox.x_url if network is NetworkName.X else self.sandbox.mastodon_url
        self.account = Account(self.username, network, server=server)
        if network is NetworkName.X:
            self.secrets = self.sandbox.x_credentials(self.username)
        else:
            self.secrets = {"ACCESS_TOKEN": self.sandbox.mastodon_token(self.username)}
        self.network = self.connect()

    def connect(self, timeout: float = 10.0) -> Network:
        """Connect anew."""
        return connect(self.account, self.secrets, timeout=timeout, clock=self.clock)

    def posts(self) -> list[SandboxPost]:
        """List the account's posts as the sandbox holds them."""
        return self.sandbox.posts(self.name, self.username)

    def arrived(self) -> list[Arrived]:
        """List what the sandbox holds."""
        return [
            Arrived(
                post.id,
                post.text,
                len(post.media),
                post.media[0].alt if post.media else None,
                post.reply_to,
            )
            for post in self.posts()
        ]

    def fail(self, operation: str, kind: str, **options: Any) -> None:
        """Ask the sandbox for a fault, once."""
        self.sandbox.faults.add(self.name, operation, kind, account=self.username, **options)

    def lose_answer(self) -> None:
        """Reset the connection once the post is stored."""
        self.fail("post", "reset_after")

    def delete(self, remote_id: str) -> None:
        """Delete a post as its owner would."""
        if self.name is NetworkName.MASTODON:
            token = self.secrets["ACCESS_TOKEN"]
            requests.delete(
                f"{self.sandbox.mastodon_url}/api/v1/statuses/{remote_id}",
                headers={"Authorization": f"Bearer {token}"},
                timeout=10,
            ).raise_for_status()
            return
        client = tweepy.Client(
            consumer_key=self.secrets["API_KEY"],
            consumer_secret=self.secrets["API_SECRET"],
            access_token=self.secrets["ACCESS_TOKEN"],
            access_token_secret=self.secrets["ACCESS_SECRET"],
        )
        client.session.close()
        client.session = Wire(self.sandbox.x_url, instead_of="https://api.twitter.com", timeout=10)
        client.delete_tweet(remote_id)

    def draft(self, text: str = "Free Assange now", *, pictured: bool = False) -> Draft:
        """Make a draft for the account."""
        return make_draft(self.name, text, pictured=pictured)


def make_draft(
    network: NetworkName, text: str = "Free Assange now", *, pictured: bool = False
) -> Draft:
    """Make a draft for the account `main`."""
    picture = Picture(Path("images/cards/x.png"), "image/png", ALT) if pictured else None
    return Draft("main", network, text, "en", len(text), 280, picture=picture)


def png() -> bytes:
    """Make a small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "#14213d").save(buffer, "PNG")
    return buffer.getvalue()
