"""Keeps the accounts' connections open, and knows which accounts can be used."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import RLock

from bot.model import Account
from bot.networks.base import Network
from bot.settings import SettingsError

log = logging.getLogger("bot")


@dataclass(slots=True)
class Connections:
    """One connection for each account; several threads may ask."""

    connect: Callable[[Account], Network]
    _open: dict[str, tuple[Account, Network]] = field(default_factory=dict)
    _without_keys: set[Account] = field(default_factory=set)
    _lock: RLock = field(default_factory=RLock)

    def network(self, account: Account) -> Network:
        """Give the connection of an account; a new one where the account has changed.

        Raises:
            SettingsError: its credentials are missing.
        """
        with self._lock:
            known = self._open.get(account.name)
            if known is None or known[0] != account:
                known = self._open[account.name] = (account, self.connect(account))
            return known[1]

    def usable(self, accounts: Mapping[str, Account]) -> dict[str, Network]:
        """The accounts that can be used, by name; those without credentials are left out."""
        usable: dict[str, Network] = {}
        with self._lock:
            for name, account in accounts.items():
                try:
                    usable[name] = self.network(account)
                except SettingsError as error:
                    if account not in self._without_keys:  # said once, not at every tick
                        log.warning("%s", error)
                        self._without_keys.add(account)
        return usable
