"""Is the daemon well? Asked by a monitor."""

from __future__ import annotations

import os
from pathlib import Path

from bot.app import Bot
from bot.pulse import ALIVE_WITHIN, Pulse
from bot.store import StoreError


def troubles(bot: Bot, pulse: Pulse, ledger: Path | None) -> list[str]:
    """Say what is wrong; nothing where the daemon does its work.

    Each tick writes into the ledger, so one that came to a good end shows that this is
    possible. `ledger` is its file, where it is one: whether it may be written still.
    """
    found = []
    now = bot.clock()
    last = pulse.last or pulse.began
    age = now - last
    if abs(age) >= ALIVE_WITHIN:
        found.append(f"the last tick that did its work was {int(age.total_seconds())} s ago")
    elif pulse.last is None:
        found.append("no tick has done its work yet")
    if pulse.trouble:
        found.append(pulse.trouble)
    if ledger is not None and not os.access(ledger, os.W_OK):
        found.append(f"the ledger {ledger.name} may not be written")
    try:
        if doubt := bot.clock_doubt():
            found.append(doubt)
    except StoreError as error:
        if str(error) != pulse.trouble:
            found.append(str(error))
    return found
