"""Cards drawn ahead while a person reads, and made small for the terminal."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PIL import Image

from bot.jobs.drafting import Drafter
from bot.model import Account, Draft, Message
from bot.review import inline
from bot.review.inline import Protocol

_MOST = (800, 800)
"""Dots; a terminal shows no more of a card, and ssh has less to carry."""
_CELL = (8, 16)
"""Dots of a cell where the terminal does not tell: better too small than too large."""


class Pictures:
    """Draws in a thread of its own; `with` ends it.

    `lock` must be held by whoever else lays cards out meanwhile: the typesetting of `bot.cards`
    keeps fonts open that two threads cannot use at once.
    """

    def __init__(self, root: Path, protocol: Protocol) -> None:
        self.lock = threading.Lock()
        self.protocol = protocol
        self.cell = _CELL
        self.arrived = 0
        """How many pictures became ready to be shown."""
        self._root = root
        self._wanted: list[tuple[Drafter, datetime, Message, Sequence[Account]]] = []
        self._small: dict[Path, Image.Image | None] = {}
        self._painted: dict[tuple[Path, int, int], str] = {}
        self._room = (0, 0)
        """The lines and columns that were asked for last: the next picture is made for them."""
        self._news = threading.Condition()
        self._ending = False
        self._thread = threading.Thread(target=self._work, name="pictures", daemon=True)

    def __enter__(self) -> Pictures:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._news:
            self._ending = True
            self._news.notify()
        self._thread.join()

    def want(
        self,
        drafter: Drafter,
        now: datetime,
        messages: Sequence[tuple[Message, Sequence[Account]]],
    ) -> None:
        """Ask for these messages' pictures, in this order, instead of all asked for earlier."""
        with self._news:
            self._wanted = [(drafter, now, message, accounts) for message, accounts in messages]
            self._news.notify()

    def paint(self, path: Path, rows: int, columns: int) -> str:
        """Give what shows a picture in so many lines; "" where it is not ready."""
        image = self._small.get(path)
        if image is None:
            return ""
        self._room = (rows, columns)
        key = (path, rows, columns)
        if key not in self._painted:
            self._painted[key] = self._encoded(image, rows, columns)
        return self._painted[key]

    def _encoded(self, image: Image.Image, rows: int, columns: int) -> str:
        match self.protocol:
            case Protocol.KITTY:
                return inline.kitty(inline.png_of(image), rows)
            case Protocol.ITERM:
                return inline.iterm(inline.png_of(image), rows)
            case Protocol.SIXEL:
                copy = image.copy()
                copy.thumbnail((self.cell[0] * (columns - 2), self.cell[1] * rows))
                return inline.sixel(copy)
            case Protocol.NONE:
                return ""

    def _work(self) -> None:
        while True:
            with self._news:
                while not self._wanted and not self._ending:
                    self._news.wait()
                if self._ending:
                    return
                drafter, now, message, accounts = self._wanted.pop(0)
            for account in accounts:
                with self.lock:
                    made = drafter(message, account, 0, now)
                if isinstance(made, Draft) and made.picture is not None:
                    self._make_small(made.picture.path)

    def _make_small(self, path: Path) -> None:
        if self.protocol is Protocol.NONE or path in self._small:
            return
        try:
            content = (self._root / path).read_bytes()
            image = inline.small(content, _MOST)
            if (room := self._room) != (0, 0):
                self._painted[path, *room] = self._encoded(image, *room)
            self._small[path] = image
        except (OSError, ValueError):
            self._small[path] = None  # its file is named all the same
        self.arrived += 1
