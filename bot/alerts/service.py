"""Starts, beside a daemon, the threads that its settings ask for."""

from __future__ import annotations

import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from threading import Event, Thread

from bot.alerts.addresses import open_addresses
from bot.alerts.heartbeat import Heartbeat, keep_pinging
from bot.alerts.looking import Looker
from bot.alerts.teller import Teller, keep_telling
from bot.app import Bot
from bot.pulse import Pulse
from bot.settings import SettingsError

log = logging.getLogger("bot.alerts")

_LAST_WORDS = 2.0
"""Seconds that a sending in hand is waited for at the end."""


def speaker(*, sandbox: bool) -> str:
    """Name the one who speaks, for titles: which machine, and whether it is the sandbox."""
    mark = " [sandbox]" if sandbox else ""
    return f"Loudhailer on {socket.gethostname()}{mark}"


@contextmanager
def telling(bot: Bot, pulse: Pulse, stop: Event) -> Iterator[None]:
    """Tell the operator what happens, and ping, while the daemon works.

    A setting that cannot be used is told of in the log, and is no reason not to post.
    """
    threads = [*_teller(bot, pulse, stop), *_heartbeat(bot, pulse, stop)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        for thread in threads:
            thread.join(_LAST_WORDS)


def _teller(bot: Bot, pulse: Pulse, stop: Event) -> Iterator[Thread]:
    try:
        urls = bot.settings.alert_urls
    except SettingsError as error:
        log.error("%s", error)
        return
    if not urls:
        return

    def tell() -> None:
        addresses, problems = open_addresses(urls)  # loads Apprise, which takes its time
        for problem in problems:
            log.error("%s", problem)
        if not len(addresses):
            return
        name = speaker(sandbox=bot.sandbox)
        looker = Looker(bot, pulse, socket.gethostname())
        teller = Teller(looker, addresses, bot.clock, name, _digest_at(bot))
        keep_telling(teller, stop)

    yield Thread(target=tell, name="alerts", daemon=True)


def _digest_at(bot: Bot) -> time | None:
    try:
        return bot.settings.digest_at
    except SettingsError as error:
        log.error("%s", error)
        return None


def _heartbeat(bot: Bot, pulse: Pulse, stop: Event) -> Iterator[Thread]:
    try:
        url = bot.settings.heartbeat_url
    except SettingsError as error:
        log.error("%s", error)
        return
    if url and not bot.sandbox:  # the sandbox's life says nothing about the real daemon's
        yield Thread(
            target=keep_pinging, args=(Heartbeat(url), pulse, stop), name="heartbeat", daemon=True
        )
