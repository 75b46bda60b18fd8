"""The real terminal: raw keys in, a frame out, and all as it was before in the end."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import termios
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from bot.review.inline import ANSWER_ENDS, Protocol, answered, question
from bot.review.keys import Keys
from bot.settings import TerminalKind

_ENTER = "\x1b[?1049h\x1b[?2004h\x1b[?25l\x1b[?7l"
"""The other screen; pastes marked as such; no cursor; long lines are cut, not wrapped."""
_LEAVE = "\x1b[?7h\x1b[?25h\x1b[?2004l\x1b[?1049l"
_ANSWER_WITHIN = 0.8
"""Seconds; a terminal answers in its own time and that of an ssh connection."""
_REST_OF_A_KEY = 0.05
"""Seconds after which an escape that nothing follows is the key of that name."""


class Size(NamedTuple):
    """Of the terminal; `cell` is a cell's width and height in dots, where it tells."""

    columns: int
    rows: int
    cell: tuple[int, int] | None = None


class Terminal:
    """A terminal that is ours between `with` and its end."""

    def __init__(self, kind: TerminalKind, into: int, out: int) -> None:
        self.kind = kind
        self._in = into
        self._out = out
        self._before = termios.tcgetattr(into)
        self._keys = Keys()
        self._ready: list[str] = []
        self._closed = False

    def __enter__(self) -> Terminal:
        self._take()
        return self

    def __exit__(self, *_: object) -> None:
        self._give_back()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Give the terminal to another program; a Ctrl-C meanwhile is for that one alone."""
        before = signal.signal(signal.SIGINT, lambda *_: None)
        self._give_back()
        try:
            yield
        finally:
            self._take()
            signal.signal(signal.SIGINT, before)

    def _take(self) -> None:
        tty.setcbreak(self._in)
        mode = termios.tcgetattr(self._in)
        # Ctrl-C is a key: it never falls into the middle of a decision.
        mode[3] &= ~termios.ISIG
        mode[0] &= ~termios.IXON
        termios.tcsetattr(self._in, termios.TCSADRAIN, mode)
        self.write(_ENTER)

    def _give_back(self) -> None:
        try:
            self.write(_LEAVE)
            termios.tcsetattr(self._in, termios.TCSADRAIN, self._before)
        except OSError:
            pass  # it is gone; there is nothing to put back
        except termios.error:
            pass  # likewise

    def size(self) -> Size:
        """Tell how large it is now."""
        try:
            raw = fcntl.ioctl(self._out, termios.TIOCGWINSZ, b"\0" * 8)
        except OSError:
            return Size(80, 24)
        rows, columns, wide, high = struct.unpack("HHHH", raw)
        cell = (wide // columns, high // rows) if columns and rows and wide and high else None
        return Size(columns or 80, rows or 24, cell)

    def write(self, text: str) -> None:
        """Write what is safe and complete."""
        data = text.encode("utf-8", "replace")
        while data:
            data = data[os.write(self._out, data) :]

    def read_key(self, seconds: float) -> str:
        """Wait for a key, at most so long; "" if there came none."""
        deadline = time.monotonic() + seconds
        while not self._ready:
            if self._closed:
                return "end-of-input"
            left = max(0.0, deadline - time.monotonic())
            wait = min(left, _REST_OF_A_KEY) if self._keys.is_begun else left
            if self._more(wait):
                continue
            if self._keys.is_begun:
                self._ready += self._keys.rest()
            if left <= wait:
                break
        return self._ready.pop(0) if self._ready else ""

    def _more(self, seconds: float) -> bool:
        if not select.select([self._in], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._in, 4096)
        except OSError:
            data = b""  # the window was closed
        self._ready += self._keys.feed(data) if data else ["end-of-input"]
        self._closed = not data
        return bool(data)

    def forget_keys(self) -> None:
        """Drop what was typed before what is now on the screen could be seen."""
        self._ready.clear()
        while self._more(0):
            self._ready.clear()

    def protocol(self) -> Protocol:
        """Ask how it shows pictures."""
        asked = question(self.kind)
        if not asked:
            return answered(b"", self.kind) if self.kind.program == "iTerm.app" else Protocol.NONE
        self.write(asked)
        answer = b""
        deadline = time.monotonic() + _ANSWER_WITHIN
        while not ANSWER_ENDS.search(answer):
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._in], [], [], left)[0]:
                break
            answer += os.read(self._in, 4096)
        return answered(answer, self.kind)
