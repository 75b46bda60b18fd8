"""What is said already, so that the same file twice imports nothing twice."""

from __future__ import annotations

from pathlib import Path

from bot.content import Loaded
from bot.content.returned import returned_texts
from bot.model import Catalog, Message, NetworkName
from bot.plan import accounts_for
from bot.text import NearIndex, normalise

_ANYWHERE = "anywhere"


class Said:
    """Finds the same words for the same account, and nearly the same words."""

    def __init__(self, root: Path, loaded: Loaded) -> None:
        self._catalog = loaded.catalog
        self._same: dict[tuple[str, str], str] = {}
        self._near: NearIndex[str] = NearIndex()
        for message in (*loaded.catalog.messages.values(), *loaded.waiting.values()):
            self.add(message.id, message)
        for campaign in loaded.catalog.campaigns:
            for name, text in returned_texts(root, campaign):
                self._same.setdefault((normalise(text), _ANYWHERE), name)

    def add(self, name: str, message: Message) -> None:
        """Remember a message under `name`."""
        places = places_of(self._catalog, message)
        for text in (message.text, *message.per_network.values(), *message.variants):
            if text:
                self._near.add(name, text)
                for place in places:
                    self._same.setdefault((normalise(text), place), name)

    def same(self, message: Message) -> str | None:
        """Name what says these very words where this message would."""
        key = normalise(message.text)
        places = (*sorted(places_of(self._catalog, message)), _ANYWHERE)
        return next((self._same[key, p] for p in places if (key, p) in self._same), None)

    def near(self, message: Message) -> str | None:
        """Name what says nearly the same."""
        found = self._near.query(message.text, limit=1)
        return found[0][0] if found else None


def places_of(catalog: Catalog, message: Message) -> set[str]:
    """Name the accounts that a message may go to; X sees all of an organisation's as one."""
    return {
        "x" if account.network is NetworkName.X else f"@{account.name}"
        for account in accounts_for(catalog, message)
    } or {"nowhere yet"}
