"""What the sandbox's tests stand on: a clock, accounts of their own, the real clients."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

import requests
import tweepy
from mastodon import Mastodon
from PIL import Image
from requests_oauthlib import OAuth1

from bot.sandbox import Fault, Sandbox, SandboxPost

START = datetime(2022, 2, 21, 9, 0, tzinfo=UTC)
NETWORKS = ("x", "mastodon")
PATIENCE = 10.0
"""Seconds that a client waits before a test fails; no test waits that long when all is well."""


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def forward(self, **span: float) -> datetime:
        """Move on by `timedelta(**span)`."""
        self.now += timedelta(**span)
        return self.now


class Detour(requests.Session):
    """Leads tweepy to the sandbox: its base address is a literal inside its `request`."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        """Change the address before the request is signed."""
        request.url = str(request.url).replace("https://api.twitter.com", self.url)
        return super().prepare_request(request)


@dataclass(frozen=True)
class Stage:
    """A sandbox and one account on each network, used by no other test."""

    sandbox: Sandbox
    clock: Clock
    name: str
    http: requests.Session
    x: tweepy.Client
    mastodon: Mastodon

    @classmethod
    @contextmanager
    def on(cls, sandbox: Sandbox, clock: Clock, name: str = "campaign") -> Iterator[Self]:
        """Make a pair of accounts on a running sandbox, and clients for them."""
        for network in ("x", "mastodon"):
            sandbox.add_account(network, name, display_name=f"The {name}")
        with ExitStack() as stack:
            client = x_client(sandbox.x_credentials(name))
            client.session.close()
            client.session = stack.enter_context(Detour(sandbox.x_url))
            mastodon = Mastodon(
                access_token=sandbox.mastodon_token(name),
                api_base_url=sandbox.mastodon_url,
                mastodon_version="4.6.0",
                version_check_mode="created",
                ratelimit_method="throw",
                request_timeout=PATIENCE,
                session=stack.enter_context(requests.Session()),
            )
            http = stack.enter_context(requests.Session())
            yield cls(sandbox, clock, name, http, client, mastodon)

    def posts(self, network: str) -> list[SandboxPost]:
        """List the account's posts on `network`."""
        return self.sandbox.posts(network, self.name)

    def fail(
        self,
        network: str,
        operation: str,
        kind: str,
        *,
        times: int | None = 1,
        after: int = 0,
        **options: object,
    ) -> Fault:
        """Ask for a fault that only this account meets."""
        return self.sandbox.faults.add(
            network, operation, kind, account=self.name, times=times, after=after, **options
        )

    # --- plain HTTP, for what the clients hide ------------------------------------------------

    def call_x(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        params: Mapping[str, str] | None = None,
        files: Mapping[str, bytes] | None = None,
        data: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Send a signed request to X."""
        keys = self.sandbox.x_credentials(self.name)
        auth = OAuth1(
            keys["API_KEY"], keys["API_SECRET"], keys["ACCESS_TOKEN"], keys["ACCESS_SECRET"]
        )
        return self.http.request(
            method,
            self.sandbox.x_url + path,
            auth=auth,
            json=json,
            params=params,
            files=files,
            data=data,
            timeout=PATIENCE,
        )

    def call_mastodon(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        params: Mapping[str, str] | None = None,
        files: Mapping[str, bytes] | None = None,
        data: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        text: str | None = None,
    ) -> requests.Response:
        """Send a request with the account's token to Mastodon."""
        token = {"Authorization": f"Bearer {self.sandbox.mastodon_token(self.name)}"}
        return self.http.request(
            method,
            self.sandbox.mastodon_url + path,
            headers={**token, **(headers or {})},
            json=json,
            params=params,
            files=files,
            data=data if text is None else text,
            timeout=PATIENCE,
        )

    def upload_x(self, content: bytes | None = None) -> str:
        """Upload a picture to X and return its id."""
        answer = self.call_x("POST", "/2/media/upload", json=as_json(content or png()))
        answer.raise_for_status()
        return str(answer.json()["data"]["id"])


def post(stage: Stage, network: str, text: str = "hello") -> requests.Response:
    """Post over plain HTTP, so that nothing is hidden by a client."""
    if network == "x":
        return stage.call_x("POST", "/2/tweets", json={"text": text})
    return stage.call_mastodon("POST", "/api/v1/statuses", data={"status": text})


def x_client(keys: Mapping[str, str]) -> tweepy.Client:
    """Make a tweepy client from a sandbox's credentials."""
    return tweepy.Client(
        consumer_key=keys["API_KEY"],
        consumer_secret=keys["API_SECRET"],
        access_token=keys["ACCESS_TOKEN"],
        access_token_secret=keys["ACCESS_SECRET"],
    )


def as_json(content: bytes) -> dict[str, str]:
    """Word an upload to X as JSON."""
    return {"media": base64.b64encode(content).decode(), "media_category": "tweet_image"}


def png(width: int = 40, height: int = 30, kind: str = "PNG") -> bytes:
    """Make a small picture."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#14213d").save(buffer, kind)
    return buffer.getvalue()
