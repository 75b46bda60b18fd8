"""Servers that speak the Mastodon API, and where they differ (their sources, and runs)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Flavour:
    """What a client must bear of one kind of server."""

    name: str
    version: str
    characters: int | None = 500
    """None: no limit."""
    url_length: int | None = 23
    """What an http(s) address counts as; None: in full."""
    alt_characters: int = 1500
    keys: Literal["replay", "error", "ignore"] = "replay"
    """The same Idempotency-Key twice: the first post again, a 500, or a second post."""
    ids: Literal["number", "ulid", "snac"] = "number"
    invalid: int = 422
    """Status of a validation error."""
    bad_token: int = 401
    visibility: str | None = None
    """Of posts that name none; None: the account's own default."""
    instance_v1: bool = True
    instance_v2: bool = True
    no_instance: int = 404
    """Status where it does not describe itself."""
    rate_headers: bool = True


FLAVOURS = {
    flavour.name: flavour
    for flavour in (
        Flavour("mastodon-4.5", "4.5.3"),
        # 4.6.0 to 4.6.5 answer a used key with a 500 (mastodon/mastodon issue 40399).
        Flavour("mastodon-4.6", "4.6.4", alt_characters=10_000, keys="error"),
        Flavour(
            "gotosocial",
            "0.20.3+git-sandbox",
            characters=5000,
            url_length=None,
            keys="ignore",
            ids="ulid",
            invalid=400,
            visibility="unlisted",
        ),
        Flavour("no-instance", "4.5.3", instance_v1=False, instance_v2=False),
        Flavour(
            "snac",
            "4.0.0 (not true; really snac/2.83)",
            characters=None,
            url_length=None,
            keys="ignore",
            ids="snac",
            visibility="public",
            instance_v2=False,
            rate_headers=False,
        ),
        Flavour(
            "takahe",
            "takahe/0.11.0",
            url_length=None,
            keys="ignore",
            invalid=400,
            bad_token=400,
            visibility="public",
            instance_v2=False,
            no_instance=500,
            rate_headers=False,
        ),
    )
}
"""By name."""
