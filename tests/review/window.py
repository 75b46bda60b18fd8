"""A terminal window with `bot review` in it, at which a test sits like a person."""

from __future__ import annotations

import codecs
import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.e2e.world import environment

_PICTURE = re.compile(r"\x1b_G.*?\x1b\\|\x1b\]1337;.*?\x07|\x1bP.*?\x1b\\", re.DOTALL)
_ESCAPE = re.compile(r"\x1b\[[?>0-9;]*[A-Za-z]")
WITHIN = 30
"""Seconds in which anything must happen, on a machine that has much else to do."""


class Window:
    """What is on the screen, and the keyboard."""

    def __init__(self, fd: int, process: subprocess.Popen[bytes]) -> None:
        self._fd = fd
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")  # a read may end anywhere
        self.process = process
        self.raw = ""
        """All that was ever written."""

    def size(self, columns: int, rows: int) -> None:
        """Make the window larger or smaller."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self._fd, keys.encode())

    @property
    def screen(self) -> str:
        """What is on the screen now; a frame that is not whole yet does not count."""
        if "\x1b[H" not in self.raw:
            return self.raw.replace("\r", "")
        whole = self.raw.rpartition("\x1b[J")[0]
        frame = _PICTURE.sub("", whole.rpartition("\x1b[H")[2])
        return _ESCAPE.sub("", frame).replace("\r", "")

    def until(self, words: str, *, not_words: str = "") -> str:
        """Wait until the screen shows some words, and others no more."""
        deadline = time.monotonic() + WITHIN
        while words not in self.screen or (not_words and not_words in self.screen):
            if not self.read(deadline - time.monotonic()):
                raise AssertionError(f"{words!r} was never shown:\n{self.screen}")
        return self.screen

    def pause(self) -> None:
        """Do nothing for as long as a person needs to read: a yes at once is a key held down."""
        until = time.monotonic() + 0.8
        while (left := until - time.monotonic()) > 0:
            self.read(left)

    def until_written(self, pattern: str) -> list[str]:
        """Wait until something was written to the terminal, seen or not."""
        deadline = time.monotonic() + WITHIN
        while not (found := re.findall(pattern, self.raw, re.DOTALL)):
            if not self.read(deadline - time.monotonic()):
                raise AssertionError(f"{pattern!r} was never written:\n{self.screen}")
        return found

    def do(self, keys: str, words: str, *, not_words: str = "") -> str:
        """Press keys and wait for what comes of it."""
        self.press(keys)
        return self.until(words, not_words=not_words)

    def end(self, keys: str = "") -> str:
        """Press the last keys; give what is said when all is over."""
        if keys:
            self.press(keys)
        deadline = time.monotonic() + WITHIN
        while self.read(deadline - time.monotonic()):
            pass
        assert self.process.wait(WITHIN) == 0, self.screen
        return self.raw.rpartition("\x1b[?1049l")[2].replace("\r", "")

    def read(self, seconds: float) -> bool:
        """Read what was written, if anything is within some seconds."""
        if not select.select([self._fd], [], [], max(0, seconds))[0]:
            return False
        try:
            data = os.read(self._fd, 65536)
        except OSError:  # on Linux, that is how the other end closes
            return False
        self.raw += self._decoder.decode(data)
        return bool(data)


@contextmanager
def review(
    root: Path, *options: str, env: Mapping[str, str] | None = None, columns: int = 100
) -> Iterator[Window]:
    """Run `bot review` in a window."""
    here, there = os.openpty()
    given = {"TERM": "xterm-256color", "TERM_PROGRAM": "", "TMUX": "", "STY": "", **(env or {})}
    process = subprocess.Popen(  # noqa: S603 # our own program
        [sys.executable, "-m", "bot", "review", "--by", "Ana", "--images", "none", *options],
        cwd=root,
        stdin=there,
        stdout=there,
        stderr=there,
        env=environment(**given),
        start_new_session=True,
    )
    window = Window(here, process)
    window.size(columns, 45)
    os.close(there)
    try:
        yield window
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        os.close(here)
