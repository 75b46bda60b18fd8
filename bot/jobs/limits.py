"""Asks servers what they accept: how long a text, how large a picture."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.model import Limits
from bot.networks.base import Network, NetworkError
from bot.store import Store

log = logging.getLogger("bot")

LIMITS_LAST = timedelta(days=1)
"""How long the limits read from a server are taken as they were."""

LIMITS_RETRY = timedelta(minutes=15)
"""How long a server that did not tell its limits is left alone."""

_AT_A_TIME = 16
"""Servers that are asked side by side: a service may have only so many threads."""


@dataclass(slots=True)
class LimitsReader:
    """Keeps what the ledger knows of the servers' limits fresh."""

    store: Store
    _asked: dict[str, datetime] = field(default_factory=dict)
    """When each server that did not answer was asked."""

    def read(
        self, networks: Mapping[str, Network], now: datetime, only: Collection[str] | None = None
    ) -> None:
        """Ask servers for their limits where what we know is old; many at a time.

        A server that does not answer is not asked again for a while: it must not hold up the
        others at every tick.
        """
        asked = [
            (name, network)
            for name, network in networks.items()
            if (only is None or name in only) and self._are_old(name, now)
        ]
        if not asked:
            return
        with ThreadPoolExecutor(min(len(asked), _AT_A_TIME), thread_name_prefix="limits") as pool:
            for name, limits in pool.map(lambda pair: (pair[0], _limits(*pair)), asked):
                if limits is None:
                    self._asked[name] = now
                else:
                    self.store.save_limits(name, limits, now)

    def never_asked(self, accounts: Collection[str]) -> list[str]:
        """The accounts of which nothing is known, and whose servers were not asked yet."""
        return [
            name for name in accounts if name not in self._asked and self.store.limits(name) is None
        ]

    def _are_old(self, name: str, now: datetime) -> bool:
        asked = self._asked.get(name)
        if asked is not None and timedelta(0) <= now - asked < LIMITS_RETRY:
            return False
        known = self.store.limits(name)
        return known is None or now - known[1] >= LIMITS_LAST


def _limits(name: str, network: Network) -> Limits | None:
    try:
        return network.limits()
    except NetworkError as error:
        log.warning("%s: limits not read, using what is known: %s", name, error)
        return None
