"""Spreads the work over any number of machines, by Procrastinate on the ledger's server.

    the planner's tick ── hand_out ──▶ jobs ──▶ a worker anywhere ──▶ Bot.serve

Procrastinate wakes and spreads; it decides nothing. Which delivery is in which state, and what
the evidence is, stands in the ledger alone: a job that it loses is handed out again at the next
tick, and one that runs twice finds that there is nothing to claim. Two rules make it fast and
fair (facts: measured):

- An account is handed over only when it has something due; far-off jobs slow every fetch, and
  one that holds its account's lock blocks all others of the account.
- `queueing_lock` is the account, so that it is not handed over twice; so is `lock`, so that one
  machine at a time serves it, one post after the other: a job for each delivery would wait for
  the next look at the queue after each. The queue is the account, too: a machine takes only the
  jobs of accounts whose keys it has.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Collection, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Event, Lock, Thread
from typing import Any, TypeVar

import procrastinate
from procrastinate import App, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.job_context import JobContext, JobResult
from procrastinate.jobs import DeleteJobCondition, Job, Status
from procrastinate.retry import RetryDecision
from procrastinate.worker import Worker

from bot.app import Bot
from bot.jobs.deliver import take_stock, tell_of
from bot.jobs.looking_back import notice
from bot.model import Delivery
from bot.store import LEASE, StoreError, StoreUnavailable, libpq_address

log = logging.getLogger("bot.crew")

PLANNING = "planning"
"""The work that one machine does at a time: plan, doubt, hand out."""

_SCHEMA = "procrastinate_" + re.sub(r"\W", "_", procrastinate.__version__)
"""Where its tables are: each version has its own, so that none needs to be migrated.

Its jobs are no loss, since what is due is handed out at every tick.
"""

_THREADS = 16
_RESOLVING = 4
"""Threads beside those: a server's name is looked up in one while all accounts' servers hang."""

_HEARTBEATS = 6
"""How often Procrastinate hears of us in the time that a lease is good for."""
_AGAIN_S = 2.0
_ANSWER_S = 20.0

T = TypeVar("T")


class _Worker(Worker):
    """One that is left for another as soon as it is told to stop, or has lost touch."""

    def __init__(self, app: App, accounts: list[str], lease_s: float, silent_s: float) -> None:
        super().__init__(
            app,
            queues=accounts,
            concurrency=_THREADS,
            delete_jobs=DeleteJobCondition.ALWAYS,
            install_signal_handlers=False,
            fetch_job_polling_interval=1.0,
            update_heartbeat_interval=lease_s / _HEARTBEATS,
            stalled_worker_timeout=silent_s,
        )
        self.left = asyncio.Event()

    def stop(self) -> None:
        """Take no more jobs."""
        self.left.set()
        super().stop()  # type: ignore[no-untyped-call] # Procrastinate's

    async def _periodic_deferrer(self) -> None:
        """Have nothing to do, for ever.

        Procrastinate watches its side tasks until the first of them ends, and this one would
        at once: a heartbeat that failed would then be the last one, and nobody would know.
        """
        await asyncio.Event().wait()

    async def _persist_job_status(
        self,
        job: Job,
        status: Status,
        retry_decision: RetryDecision | None,
        context: JobContext,
        job_result: JobResult | None,
    ) -> None:
        """Write down that a job is over.

        While it stands there as one in hand nobody else is served in its account: only the end
        of its worker sets it free.
        """
        try:
            await super()._persist_job_status(job, status, retry_decision, context, job_result)
        except Exception:
            self.stop()
            raise


class Crew:
    """Our process as one of the workers, and, while it has the lease, as the planner."""

    def __init__(self, bot: Bot, stop: Event) -> None:
        self._bot = bot
        self._stop = stop
        self._lease_s = (bot.lease.good_for if bot.lease else LEASE).total_seconds()
        # When a lease lapses, all heartbeats of its machine must be older than this.
        self._silent_s = self._lease_s * (_HEARTBEATS - 2) / _HEARTBEATS
        address, connecting = libpq_address(bot.settings.database_url)
        connecting = {**connecting, "options": f"-c search_path={_SCHEMA}"}
        self._app = App(
            connector=PsycopgConnector(conninfo=address, kwargs=connecting, min_size=1, max_size=4)
        )
        self._app.task(name="serve", pass_context=False)(self._serve)
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(ThreadPoolExecutor(_THREADS + _RESOLVING, "crew"))
        self._worker: _Worker | None = None
        self._serving: set[str] = set()
        self._served = Lock()
        self._trouble = ""
        self._accounts: list[str] = []
        self._thread = Thread(target=self._loop.run_forever, name="crew", daemon=True)
        self._working: Future[None] | None = None
        self._watcher = Thread(target=self._watch, name="takeover", daemon=True)

    def open(self) -> None:
        """Make Procrastinate's tables if they are missing, and begin to take jobs.

        Raises:
            StoreUnavailable: the server did not answer.
        """
        self._thread.start()
        self._accounts = self._usable()
        try:
            self._call(self._connect())
            # Two machines may be started for the first time at once.
            with self._bot.store.alone(timedelta(seconds=_ANSWER_S)):
                self._call(self._make_tables())
        except BaseException:
            self.close()
            raise
        self._working = asyncio.run_coroutine_threadsafe(self._keep_working(), self._loop)
        self._watcher.start()

    def close(self) -> None:
        """Finish the jobs in hand, and take no more."""
        self._stop.set()
        if self._watcher.is_alive():
            self._watcher.join()
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop_worker)
            if self._working is not None:
                with suppress(Exception):  # told of where it happened
                    self._working.result()
            with suppress(StoreUnavailable):
                self._call(self._app.close_async())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()

    # --- the planner ---------------------------------------------------------------------

    def leads(self) -> bool:
        """Take or keep the planning; tell whether it is ours.

        Raises:
            StoreError: the ledger did not answer.
        """
        lease = self._bot.lease
        return lease is not None and lease.holds() and lease.lead(PLANNING)

    def hand_out(self, accounts: Collection[str]) -> None:
        """Hand over what these accounts have due; what is handed over already stays so.

        Raises:
            StoreUnavailable: the server did not answer.
        """
        self._call(self._forget_stalled())
        for account in accounts:
            self._call(self._defer(account))

    async def _defer(self, account: str) -> None:
        job = self._app.configure_task("serve", queue=account, lock=account, queueing_lock=account)
        with suppress(AlreadyEnqueued):
            await job.defer_async(account=account)

    async def _forget_stalled(self) -> set[str]:
        """Let go of the jobs of machines that are gone: they hold their accounts' locks."""
        manager, accounts = self._app.job_manager, set()
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=self._silent_s):
            log.warning("a job for %s was left behind: it is handed out anew", job.queue)
            with suppress(ConnectorException):  # another machine was first
                await manager.finish_job(job, Status.FAILED, delete_job=True)
            accounts.add(job.queue)
        return accounts

    # --- the others ----------------------------------------------------------------------

    def _watch(self) -> None:
        """Take over from machines that are gone, the moment their leases lapse.

        Beside the ticks, which may take longer: one draws the cards of a day.
        """
        while not self._stop.is_set():
            try:
                now = self._bot.clock()
                lapse = self._bot.store.next_lapse(now)
                wait = self._lease_s if lapse is None else (lapse - now).total_seconds()
                if not self._stop.wait(wait) and lapse and not self._bot.clock_doubt():
                    self._take_over()
            except StoreError as error:  # each tick has the same trouble, and tells of it
                log.debug("nothing is taken over: %s", error)
                self._stop.wait(_AGAIN_S)
            except Exception:
                log.exception("nothing was taken over")
                self._stop.wait(_AGAIN_S)

    def take_stock(self) -> list[Delivery]:
        """Look behind, write down what is in hand, and doubt what senders that are gone left.

        Each machine does so at every tick; the planner's does as much.

        Raises:
            StoreError: the ledger did not answer, or is another one.
        """
        store, clock = self._bot.store, self._bot.clock
        notice(store, clock())
        settled = take_stock(store, clock())
        tell_of(settled)
        return settled

    def _take_over(self) -> None:
        """Doubt what they were sending, and have what they had in hand done by others."""
        for account in {d.account for d in self.take_stock()} | self._call(self._forget_stalled()):
            self._call(self._defer(account))

    # --- the worker ----------------------------------------------------------------------

    def follow_accounts(self) -> None:
        """Take the jobs of the accounts that can be used from here now."""
        accounts = self._usable()
        if accounts != self._accounts:
            self._accounts = accounts
            self._loop.call_soon_threadsafe(self._stop_worker)

    def _usable(self) -> list[str]:
        return sorted(self._bot.networks()) if self._may_work() else []

    def _may_work(self) -> bool:
        """Tell whether others must not do the work: the time is right here, and no PAUSE lies."""
        return not (self._bot.paused_by_file or self._bot.clock_doubt())

    def _serve(self, account: str) -> None:
        with self._served:
            if account in self._serving:  # by a job that was taken for left behind
                return
            self._serving.add(account)
        try:
            if self._may_work():  # else since the job was taken; it is handed out again
                self._bot.serve(self._stop, account)
        finally:
            with self._served:
                self._serving.discard(account)

    async def _connect(self) -> None:
        await self._app.open_async()

    async def _make_tables(self) -> None:
        await self._app.connector.execute_query_async(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}")
        if not await self._app.check_connection_async():
            await self._app.schema_manager.apply_schema_async()

    async def _keep_working(self) -> None:
        """Be a worker; one that is left finishes what it has in hand beside the next one."""
        working: set[asyncio.Task[None]] = set()
        while not self._stop.is_set():
            self._worker = _Worker(self._app, self._accounts, self._lease_s, self._silent_s)
            work = asyncio.create_task(self._work(self._worker))
            working.add(work)
            work.add_done_callback(working.discard)
            left = asyncio.create_task(self._worker.left.wait())
            await asyncio.wait({work, left}, return_when=asyncio.FIRST_COMPLETED)
            left.cancel()
        if working:
            await asyncio.wait(working)

    async def _work(self, worker: _Worker) -> None:
        if worker.left.is_set():  # `run` would forget that it was told
            return
        try:
            await worker.run()  # type: ignore[no-untyped-call] # Procrastinate's
            self._trouble = ""
        except Exception as error:  # noqa: BLE001 # the server is away; nothing is lost by it
            if (said := f"{type(error).__name__}: {error}") != self._trouble:
                log.warning("no jobs are taken for now: %s", said)
            self._trouble = said
            await asyncio.sleep(_AGAIN_S)

    def _stop_worker(self) -> None:
        if self._worker is not None:
            self._worker.stop()

    def _call(self, asked: Coroutine[Any, Any, T]) -> T:
        """Have something done on the crew's loop, and wait for it."""
        try:
            return asyncio.run_coroutine_threadsafe(asked, self._loop).result(_ANSWER_S)
        except (ConnectorException, TimeoutError) as error:
            cause = error.__cause__ or error
            raise StoreUnavailable(f"the server of the ledger did not answer: {cause}") from error
