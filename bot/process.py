"""What the daemon's own process keeps to itself, and how it tells systemd that it lives."""

from __future__ import annotations

import ctypes
import resource
import socket
from contextlib import suppress
from typing import Final

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
