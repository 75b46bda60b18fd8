"""What is said already: texts of messages, of submissions that wait, and of posts."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from bot.content import frontmatter
from bot.content.files import Refused
from bot.content.messages import SETTINGS
from bot.intake.room import Room
from bot.model import Catalog
from bot.store import Store
from bot.text import NearIndex, TextError, decode, normalise

_ADDED = regex.compile(r"(?:\s+(?:[#＃][\p{L}\p{M}\p{N}_]+|https?://\S+))+\s*\Z")
"""Hashtags and links at a text's end, which are added to a post and tell no texts apart."""


@dataclass(slots=True)
class Earlier:
    """Finds the same and nearly the same words among all that was said; follows what is new."""

    _catalog: Catalog | None = None
    _exact: dict[str, str] = field(default_factory=dict)
    _near: NearIndex[str] = field(default_factory=NearIndex)
    _posted: set[tuple[str, str]] = field(default_factory=set)
    _waiting: dict[str, dict[str, int]] = field(default_factory=dict)
    """By campaign, the files read, with their time."""

    def follow(self, catalog: Catalog, store: Store, room: Room) -> None:
        """Take in what came since the last look."""
        if catalog is not self._catalog:
            self._start(catalog)
        for post in store.history():
            if (post.slot, post.account) not in self._posted:
                self._posted.add((post.slot, post.account))
                self.add(post.message or post.slot, post.text)
        self._read_waiting(room)

    def add(self, name: str, text: str) -> None:
        """Remember a text under the id of what says it."""
        if not text.strip():
            return
        if self._exact.setdefault(key_of(text), name) == name:
            self._near.add(name, text)

    def same(self, text: str) -> str | None:
        """Name what says these very words already."""
        return self._exact.get(key_of(text))

    def near(self, text: str) -> str | None:
        """Name what says nearly these words already."""
        found = self._near.query(text, limit=1)
        return found[0][0] if found else None

    def _start(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._exact, self._near = {}, NearIndex()
        self._posted, self._waiting = set(), {}
        for message in catalog.messages.values():
            for text in (message.text, *message.per_network.values(), *message.variants):
                self.add(message.id, text)

    def _read_waiting(self, room: Room) -> None:
        known = self._waiting.setdefault(room.campaign, {})
        there = {}
        for entry in room.waiting.scan():
            if entry.name.endswith((".md", ".txt")) and not entry.name.startswith("."):
                there[entry.name] = entry.stat(follow_symlinks=False).st_mtime_ns
        gone = {name for name in known if name not in there}
        if gone:
            ids = {f"{room.campaign}/{name.rpartition('.')[0]}" for name in gone}
            self._exact = {key: name for key, name in self._exact.items() if name not in ids}
        for name, changed in there.items():
            if known.get(name) != changed:
                self.add(f"{room.campaign}/{name.rpartition('.')[0]}", _body(room, name))
        self._waiting[room.campaign] = there


def _body(room: Room, name: str) -> str:
    try:
        text = decode(room.waiting.read(name)).replace("\r\n", "\n")
        return frontmatter.split(text, SETTINGS).body
    except (FileNotFoundError, Refused, TextError, frontmatter.BadHead):
        return ""


def key_of(text: str) -> str:
    """Reduce a text to what it says, without what is added to it."""
    return normalise(_ADDED.sub("", text)) or normalise(text)
