"""The daemon's process: what it keeps to itself, whom it tells that it lives, what stops it."""

from __future__ import annotations

import ctypes
import logging
import os
import resource
import signal
import socket
from contextlib import suppress
from queue import SimpleQueue
from threading import Event, Thread
from types import FrameType
from typing import Final

log = logging.getLogger("bot")

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


def stop_on_signals(stop: Event) -> None:
    """Set `stop` on SIGTERM and SIGINT; a second one ends the process at once.

    Python runs a signal's handler in the midst of whatever the main thread does, with the locks
    that it holds, an Event's own among them: the handler only leaves word. That the end is as
    sudden as a power cut then is what the ledger is made for.
    """
    heard: SimpleQueue[int] = SimpleQueue()  # may be put to in the midst of anything, its own too

    def leave_word(number: int, _: FrameType | None) -> None:
        heard.put(number)

    def obey() -> None:
        heard.get()
        stop.set()
        log.info("stopping after the call in hand; a second signal stops at once")
        os._exit(128 + heard.get())

    Thread(target=obey, name="signals", daemon=True).start()
    signal.signal(signal.SIGTERM, leave_word)
    signal.signal(signal.SIGINT, leave_word)
