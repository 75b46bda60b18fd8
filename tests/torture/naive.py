"""The control: a loop as many a script has it. Under the same torture it must post twice.

It writes down what it has posted once it has the answer, and tries again after any failure.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from bot.content import load
from bot.model import Account, Draft, Message
from bot.networks.base import Network, NetworkError, Rejected

if TYPE_CHECKING:
    from tests.torture.life import Place

_AGAIN = timedelta(seconds=15)


def live_naively(place: Place, opened: Callable[[], None]) -> int:
    """Post the campaign until all is posted, or until killed."""
    place.shared.live()
    try:
        catalog = load(place.root).catalog
        connect = place.connect
        networks = {name: connect(account) for name, account in catalog.accounts.items()}
        opened()
        for message in catalog.messages.values():
            place.shared.jump(message.at or place.shared.clock())
            for name in message.accounts:
                _post(place, catalog.accounts[name], networks[name], message)
    except Exception:  # noqa: BLE001 - told to the parent
        place.tell("fault", traceback.format_exc().replace("\n", " / "))
        return 1
    return 0


def _post(place: Place, account: Account, network: Network, message: Message) -> None:
    done = place.root / "done"
    above: str | None = None
    for part, text in enumerate((message.text, *message.thread)):
        known = _read(place)
        name = f"{account.name} {message.id} {part}"
        if name not in known:
            draft = Draft(
                account.name, account.network, text, "en", len(text), 500, in_reply_to=above
            )
            known[name] = _until_it_works(place, network, draft)
            with done.open("a") as file:
                file.write(f"{name}\t{known[name]}\n")
                file.flush()
                os.fsync(file.fileno())
        above = known[name] or None


def _read(place: Place) -> dict[str, str]:
    done = place.root / "done"
    lines = done.read_text().splitlines() if done.exists() else []
    return dict(line.split("\t") for line in lines if "\t" in line)


def _until_it_works(place: Place, network: Network, draft: Draft) -> str:
    while True:
        try:
            return network.publish(draft, None, uuid4().hex).remote_id
        except Rejected:
            return ""
        except NetworkError:
            now: datetime = place.shared.clock()
            place.server.settle()
            place.shared.jump(now + _AGAIN)
