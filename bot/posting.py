"""Posts one message now, at a person's word, through the same queue as everything else."""

from __future__ import annotations

import time
from collections.abc import Sequence

from bot.app import Bot
from bot.jobs.looking_back import notice
from bot.model import Account, Delivery, Message, PostState, State
from bot.plan import plan_one
from bot.settings import SettingsError
from bot.worklock import AlreadyRunning, sole_worker

WAIT_FOR_DAEMON = 60.0
"""Seconds to wait for a running daemon, which looks at the queue every 15."""


class NotPostable(SettingsError):
    """The message cannot go out on that account now; the text says why."""


def post_now(bot: Bot, message: Message, account: Account) -> list[Delivery]:
    """Queue `message` for `account` and deliver it; gives its parts as they then stand.

    Where the daemon runs, it delivers; else this process does, and touches nothing else
    that is due.

    Raises:
        NotPostable: it is not true now, does not fit, was said before, or passes the cap; or the
            clock is in doubt.
        SettingsError: the account's credentials are missing.
    """
    if doubt := bot.clock_doubt():
        raise NotPostable(doubt)
    bot.network(account.name)
    bot.read_limits([account.name])
    now = bot.clock()
    gate = bot.gate()
    found = gate.standing(message, now)
    if not found.cleared:
        raise NotPostable(f"{message.id} does not go out: {found.reason}")
    post = plan_one(
        bot.catalog, message, account, now, bot.store.history(), bot.drafter(draw=True),
        bot.store.spent_by_month(),
    )  # fmt: skip
    if post.state is PostState.SKIPPED:
        raise NotPostable(f"{message.id} on {account.name}: {post.reason}")
    notice(bot.store, now)
    ids = bot.store.enqueue(gate.stamped([post]), now)
    try:
        with sole_worker(bot.settings.data):
            bot.deliver(only=ids)
    except AlreadyRunning:
        _wait(bot, ids)
    return [bot.store.delivery(i) for i in ids]


def _wait(bot: Bot, ids: Sequence[int]) -> None:
    """Wait until the daemon has dealt with the deliveries."""
    deadline = time.monotonic() + WAIT_FOR_DAEMON
    while time.monotonic() < deadline:
        states = {bot.store.delivery(i).state for i in ids}
        if not states & {State.QUEUED, State.SENDING}:
            return
        time.sleep(0.5)
