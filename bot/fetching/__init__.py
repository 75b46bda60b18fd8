"""Reads an address that somebody wrote into a file: only what is public, small and quick.

    addresses   which IP addresses are on the public internet
    https       one GET, to an address that was looked at, within a time and a size
    document    its answer as JSON, within bounds

The address may be wrong, its server hostile, and its name may lead into our own network.
"""

from __future__ import annotations

from bot.fetching.addresses import is_public
from bot.fetching.document import parse
from bot.fetching.errors import FetchError
from bot.fetching.https import Fetcher

__all__ = ["FetchError", "Fetcher", "is_public", "parse"]
