"""The servers that are posted to, each with its own idea of what a key and an id are."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import NetworkName
from bot.sandbox.world import XDialect


@dataclass(frozen=True, slots=True)
class Personality:
    """One kind of server."""

    name: str
    network: NetworkName
    flavour: str = "mastodon-4.5"
    dialect: XDialect = "2.166"


PERSONALITIES = {
    personality.name: personality
    for personality in (
        Personality("mastodon-4.5", NetworkName.MASTODON),
        Personality("mastodon-4.6", NetworkName.MASTODON, "mastodon-4.6"),
        Personality("gotosocial", NetworkName.MASTODON, "gotosocial"),
        Personality("snac", NetworkName.MASTODON, "snac"),
        Personality("takahe", NetworkName.MASTODON, "takahe"),
        Personality("x-2.166", NetworkName.X),
        Personality("x-2.167", NetworkName.X, dialect="2.167"),
    )
}
"""By name."""
