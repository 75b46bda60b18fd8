"""What Mastodon's routes share: the caller by token, and the rate limits."""

from __future__ import annotations

from datetime import timedelta

from flask import g, request

from bot.sandbox.limits import Allowance, Rule
from bot.sandbox.mastodon.errors import Refused, bad_token
from bot.sandbox.records import SandboxAccount
from bot.sandbox.world import World

ALL = Rule("all", 300, timedelta(minutes=5))
MEDIA = Rule("media", 30, timedelta(minutes=30))
DELETE = Rule("delete", 30, timedelta(minutes=30))
POSTS = Rule("posts", 300, timedelta(hours=3))


def token() -> str:
    """Return the bearer token of the request at hand, or an empty text."""
    header = request.headers.get("Authorization", "")
    return header[7:] if header.lower().startswith("bearer ") else ""


def claimed(world: World) -> str | None:
    """Name the account of the token at hand, if it is one."""
    found = world.store.one(
        "SELECT account FROM tokens WHERE network = 'mastodon' AND kind = 'access' AND token = ?",
        token(),
    )
    return None if found is None else found["account"]


def allowed(world: World, *rules: Rule) -> SandboxAccount:
    """Return who calls, and count the call under `rules` and the limit for all calls.

    Raises:
        Refused: 401 (or what the flavour says) for a bad token, 429 above a limit.
    """
    name = claimed(world)
    account = None if name is None else world.account("mastodon", name)
    if account is None:
        raise bad_token(world.flavour.bad_token)
    count(world, account.name, *rules)
    return account


def count(world: World, caller: str, *rules: Rule) -> None:
    """Count a call; the headers show the tightest limit.

    Raises:
        Refused: 429 above a limit.
    """
    now = world.now()
    found = [world.windows.count(f"mastodon/{caller}", rule, now) for rule in (ALL, *rules)]
    g.allowance = min(found, key=lambda allowance: allowance.remaining)
    if any(allowance.exceeded for allowance in found):
        refused = Refused(429, "Too many requests")
        refused.headers = rate_headers(world)
        raise refused


def rate_headers(world: World) -> dict[str, str]:
    """Return Mastodon's rate-limit headers for the request at hand."""
    allowance: Allowance | None = g.get("allowance")
    if allowance is None or not world.flavour.rate_headers:
        return {}
    return {
        "X-RateLimit-Limit": str(allowance.limit),
        "X-RateLimit-Remaining": str(allowance.remaining),
        "X-RateLimit-Reset": f"{allowance.reset:%Y-%m-%dT%H:%M:%S.%f}Z",
    }
