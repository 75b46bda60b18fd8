"""The daemon's process: what it keeps to itself, whom it tells that it lives, what stops it."""

from __future__ import annotations

import ctypes
import logging
import os
import resource
import signal
import socket
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Event, Thread
from types import FrameType
from typing import Final

log = logging.getLogger("bot")

LAST_S = 80.0
"""Seconds that the call in hand has to come to its end; systemd gives a service 90."""

_PR_SET_DUMPABLE: Final = 4
"""prctl(2)"""


def keep_memory_private() -> None:
    """Let no core file and no other process of this user get at the keys in our memory.

    Children that are started from here are like any other; they get no keys.
    """
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, AttributeError):  # not on Linux
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


class Supervisor:
    """Tells the service manager how we are, as sd_notify(3) describes; silent without one."""

    def __init__(self, address: str) -> None:
        # An abstract address is written with @ in place of the zero byte.
        self._address = f"\0{address[1:]}" if address.startswith("@") else address

    def ready(self) -> None:
        """The service has started."""
        self._say("READY=1")

    def alive(self) -> None:
        """A round of work has come to its end; without this for WatchdogSec we are restarted."""
        self._say("WATCHDOG=1")

    def stopping(self) -> None:
        """The service is on its way out."""
        self._say("STOPPING=1")

    def _say(self, what: str) -> None:
        if not self._address:
            return
        # Whoever supervises us must not be able to stop us by going away.
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as to:
            to.setblocking(False)
            to.sendto(what.encode(), self._address)


def stop_on_signals(stop: Event, at_most: float = LAST_S) -> None:
    """Set `stop` on SIGTERM and SIGINT; a second one ends the process at once.

    So does the end of `at_most` seconds: what hangs then, a database that stands still for one,
    may hang for ever. That such an end is as sudden as a power cut is what the ledger is made for.

    Python runs a signal's handler in the midst of whatever the main thread does, with the locks
    that it holds, an Event's own among them: the handler only leaves word.
    """
    heard: SimpleQueue[int] = SimpleQueue()  # may be put to in the midst of anything, its own too

    def leave_word(number: int, _: FrameType | None) -> None:
        heard.put(number)

    def obey() -> None:
        heard.get()
        stop.set()
        _say_beside(logging.INFO, "stopping after the call in hand; a second signal stops at once")
        try:
            number = heard.get(timeout=at_most)
        except Empty:
            _say_beside(logging.ERROR, f"not stopped in {at_most:g} seconds: ended").join(1.0)
            os._exit(1)
        os._exit(128 + number)

    Thread(target=obey, name="signals", daemon=True).start()
    signal.signal(signal.SIGTERM, leave_word)
    signal.signal(signal.SIGINT, leave_word)


def _say_beside(level: int, words: str) -> Thread:
    """Log from a thread of its own: a terminal that was stopped takes nothing."""
    saying = Thread(target=log.log, args=(level, words), daemon=True)
    saying.start()
    return saying
