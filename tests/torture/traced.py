"""A bot whose system calls are traced: see test_write_order.py. Argument: a JSON object.

{"root": ..., "server": ..., "secrets": {...}, "network": ..., "synchronous": "NORMAL" or null}
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.pool import Pool

from bot.app import open_bot
from bot.model import Account, State
from bot.networks.base import Network
from bot.networks.registry import connect
from bot.rehearsal import SteppingClock
from bot.settings import Settings
from tests.torture.campaign import FIRST


def main(asked: dict[str, str]) -> int:
    """Post a campaign that is due; 0 when all of it stands there."""
    clock = SteppingClock(FIRST - timedelta(seconds=1))
    if asked["synchronous"]:
        # After our own settings: as if somebody had taken the common default instead.
        event.listen(
            Pool, "checkout", lambda dbapi, *_: dbapi.execute("PRAGMA synchronous = NORMAL")
        )

    def connect_account(account: Account) -> Network:
        secrets = json.loads(asked["secrets"])
        return connect(replace(account, server=asked["server"]), secrets, clock=clock)

    settings = Settings(Path(asked["root"]), {})
    with open_bot(settings, clock, connect_with=connect_account) as bot:
        bot.watch_clock = bot.draws_ahead = False
        for _ in range(8):
            bot.tick()
            clock.advance(clock() + timedelta(minutes=3))
        return 0 if all(d.state is State.SENT for d in bot.store.deliveries()) else 1


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
