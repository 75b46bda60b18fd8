"""The long-running process: wakes when something is due, and at least every 15 seconds.

APScheduler is only the alarm clock: one recurring job that is never run twice at a time and
never dropped for being late. What is due is decided by the ledger, so a missed alarm, a
restart or `kill -9` lose nothing. A tick hands out the accounts that have something due: to
threads of this process (`bot.lanes`), or to any number of machines (`bot.crew`).
"""

from __future__ import annotations

import logging
import os
import socket
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Event, Lock, Thread
from time import monotonic

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.alerts import telling
from bot.app import Bot
from bot.crew import Crew
from bot.intake import Intake
from bot.intake.watch import keep_answering
from bot.jobs.refresh import next_slot
from bot.lanes import Lanes
from bot.metrics import serving
from bot.process import Supervisor
from bot.pulse import Pulse
from bot.store import StoreError

log = logging.getLogger("bot.daemon")

AT_LEAST_EVERY = timedelta(seconds=15)
_SETTLED = timedelta(seconds=2)
"""How long after a change of content it is looked at again, to be taken if it rests."""
_SHORTEST = timedelta(milliseconds=200)
_LAST_READING = 6.0
"""Seconds that a reading in hand is waited for at the end; it has five."""
_JOB = "tick"


def run(
    bot: Bot,
    stop: Event,
    every: timedelta = AT_LEAST_EVERY,
    *,
    inboxes: bool = True,
    supervisor: Supervisor | None = None,
) -> None:
    """Work until `stop` is set; the call in hand is finished first.

    It looks at least once in `every` for what has changed. With `inboxes` it answers what
    volunteers save as well, in a thread of its own, so that no flood of files holds up a post.
    The caller holds `sole_worker` and sets `stop` on SIGTERM (`bot.process`). `supervisor` hears
    that it has started, of each tick that came to its end, and that it stops.
    """
    supervisor = supervisor or Supervisor("")
    began = bot.clock()
    spread = Crew(bot, stop) if bot.lease else Lanes(lambda account: bot.serve(stop, account))
    if doubt := bot.clock_doubt():
        log.error("%s", doubt)
    for delivery in bot.store.interrupted(began) if not doubt else ():
        log.warning(
            "delivery %s to %s was interrupted: looking whether it went out",
            delivery.id,
            delivery.account,
        )
    scheduler = BackgroundScheduler(timezone=UTC)
    setting_alarm = Lock()
    pulse = Pulse(began)

    def tick() -> None:
        if stop.is_set():
            return
        started = monotonic()
        try:
            pulse.leads = _tick(bot, stop, spread, began)
            if pulse.trouble:
                log.info("working again")
            pulse.ticked(bot.clock(), monotonic() - started)
        except StoreError as error:
            # Told once: a full disk is full at every tick.
            if str(error) != pulse.trouble:
                log.error("nothing can be posted: %s", error)
            pulse.troubled(str(error), bot.clock())
        except Exception:
            # One bad tick must not end the daemon; the next one starts from the ledger.
            log.exception("this tick failed; the next one is in %s", every)
        supervisor.alive()  # whatever came of it: only one that never ends needs a restart
        wait = _until_due(bot, every)
        with setting_alarm:
            if not stop.is_set():
                # The moment itself: a trigger whose start has just passed fires one interval later.
                scheduler.modify_job(_JOB, next_run_time=datetime.now(UTC) + wait)

    names = ", ".join(bot.networks())
    log.info("started: posting as %s; next: %s", names, _next_due(bot, began) or "nothing yet")

    scheduler.add_job(
        tick,
        IntervalTrigger(seconds=max(1, int(every.total_seconds())), timezone=UTC),
        id=_JOB,
        next_run_time=datetime.now(UTC),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    audit = bot.clearance.source or bot.store
    answering = Thread(
        target=keep_answering,
        args=(Intake(bot.settings.root, bot.store, audit), lambda: bot.catalog, bot.clock, stop),
        name="intake",
    )
    counting = Thread(target=_count, args=(bot, stop, every), daemon=True, name="counts")
    spread.open()
    try:
        scheduler.start()
        if bot.fetch is not None:
            counting.start()
        if inboxes:
            answering.start()
        supervisor.ready()
        with serving(bot, pulse), telling(bot, pulse, stop):
            while not stop.wait(1.0):
                _never_far(scheduler, every)
    finally:
        supervisor.stopping()
        # APScheduler waits for a tick in hand with that lock held which setting an alarm takes:
        # none is set from here on, or each would wait for the other.
        with setting_alarm:
            stop.set()
        if scheduler.running:
            scheduler.shutdown(wait=True)
        spread.close()
        if counting.is_alive():
            counting.join(_LAST_READING)
        if answering.is_alive():
            answering.join()
    log.info("stopped")


def _tick(bot: Bot, stop: Event, spread: Crew | Lanes, began: datetime) -> bool:
    """Do what is due; of several machines one plans, and all take what it hands out.

    Returns:
        whether this is the one that plans.
    """
    if isinstance(spread, Crew):
        spread.follow_accounts()
        doubt = bot.clock_doubt()
        if doubt or not spread.leads():
            if not doubt:  # what follows is dated; the one that leads does it in its tick
                spread.take_stock()
            bot.reload()
            return False
    bot.tick(stop, spread.hand_out)
    _beat(bot, began)
    return True


def _count(bot: Bot, stop: Event, every: timedelta) -> None:
    """Keep the petitions' counts fresh, beside the posting: their servers may hang."""
    while not stop.is_set():
        try:
            bot.read_counts(stop)
        except StoreError as error:  # each tick has the same trouble, and tells of it
            log.debug("petitions' counts: %s", error)
        except Exception:
            log.exception("reading the petitions' counts failed; the next try is in %s", every)
        stop.wait(every.total_seconds())


def _never_far(scheduler: BackgroundScheduler, every: timedelta) -> None:
    """Set the alarm anew where the wall clock was set back, which would put it off as long.

    APScheduler goes by the wall clock; `stop.wait` does not.
    """
    now = datetime.now(UTC)
    job = scheduler.get_job(_JOB)
    if job is not None and job.next_run_time > now + every + _SHORTEST:
        log.warning("the clock was set back: looking now")
        scheduler.modify_job(_JOB, next_run_time=now)


def _until_due(bot: Bot, every: timedelta) -> timedelta:
    """Tell how long nothing is due; `every` at the most.

    Due is also what a machine leaves behind that is gone, the moment its lease lapses.
    """
    now = bot.clock()
    due: list[datetime | None] = [next_slot(bot.catalog, now, every)]
    with suppress(StoreError):  # the tick has told of it
        due.append(bot.store.next_due(now))
        due.append(bot.store.next_lapse(now) if bot.lease else None)
    soon = _SETTLED if bot.settling else every
    wait = min([soon, *(moment - now for moment in due if moment is not None)])
    return max(wait, _SHORTEST)


def _next_due(bot: Bot, now: datetime) -> datetime | None:
    return bot.store.next_due(now) or next_slot(bot.catalog, now, timedelta(days=7))


def _beat(bot: Bot, began: datetime) -> None:
    now = bot.clock()
    bot.store.beat(
        pid=os.getpid(),
        host=socket.gethostname(),
        started=began,
        tick=now,
        next_due=_next_due(bot, now),
        mode="sandbox" if bot.sandbox else "real",
    )
