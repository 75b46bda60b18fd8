"""Counts from the ledger when it is asked: after a restart the figures are as they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from threading import Lock

from prometheus_client import CollectorRegistry, Histogram
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

import bot
from bot.app import Bot
from bot.content.waiting import waiting_since
from bot.jobs.metering import month_start
from bot.jobs.refresh import next_slot
from bot.model import NetworkName, State
from bot.pulse import Pulse
from bot.store import StoreError

AHEAD = timedelta(days=7)

_TICKS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)
_CALLS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0)
_DELAYS = (1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 7200.0, 86400.0)


class Figures(Collector):
    """All figures of one daemon."""

    def __init__(self, bot: Bot, pulse: Pulse, registry: CollectorRegistry) -> None:
        self._bot = bot
        self._pulse = pulse
        self._upto: int | None = None
        self._one_at_a_time = Lock()
        self._ticks = Histogram(
            "loudhailer_tick_duration_seconds",
            "How long a look at the queue took.",
            buckets=_TICKS,
            registry=registry,
        )
        self._calls = Histogram(
            "loudhailer_send_latency_seconds",
            "From the claim of a post to its receipt, since the daemon's start.",
            ["account"],
            buckets=_CALLS,
            registry=registry,
        )
        self._delays = Histogram(
            "loudhailer_post_delay_seconds",
            "From a post's hour to its receipt, since the daemon's start.",
            ["account"],
            buckets=_DELAYS,
            registry=registry,
        )
        pulse.listeners = (*pulse.listeners, self._ticks.observe)
        self._read_delays()
        registry.register(self)

    def describe(self) -> Iterable[Metric]:
        """Name nothing beforehand: registering must not read the ledger."""
        return ()

    def refresh(self) -> None:
        """Take in what was posted since the last time; before the histograms are read."""
        with self._one_at_a_time:
            self._read_delays()

    def _read_delays(self) -> None:
        try:
            found = self._bot.store.delays(self._upto)
        except StoreError:
            return
        self._upto = found.upto
        for account, seconds in found.from_hour:
            self._delays.labels(account).observe(seconds)
        for account, seconds in found.from_claim:
            self._calls.labels(account).observe(seconds)

    def collect(self) -> Iterator[Metric]:
        """Count."""
        now = self._bot.clock()
        yield from self._of_process(now)
        try:
            found = list(self._of_ledger(now))
        except StoreError:
            yield _gauge("loudhailer_ledger_up", "Whether the ledger can be read.", 0)
            return
        yield _gauge("loudhailer_ledger_up", "Whether the ledger can be read.", 1)
        yield from found

    def _of_process(self, now: datetime) -> Iterator[Metric]:
        pulse = self._pulse
        info = GaugeMetricFamily(
            "loudhailer_info", "Which Loudhailer this is.", labels=["version", "mode"]
        )
        info.add_metric([bot.__version__, "sandbox" if self._bot.sandbox else "real"], 1)
        yield info
        last = pulse.last or pulse.began
        yield _gauge(
            "loudhailer_last_tick_timestamp_seconds",
            "When the daemon last did all its work.",
            last.timestamp(),
        )
        yield _gauge(
            "loudhailer_last_tick_age_seconds",
            "How long ago that is.",
            max((now - last).total_seconds(), 0.0),
        )
        yield _gauge(
            "loudhailer_submissions_waiting",
            "Submissions that wait for a person.",
            len(waiting_since(self._bot.settings.root, self._bot.catalog.campaigns)),
        )

    def _of_ledger(self, now: datetime) -> Iterator[Metric]:
        catalog, store = self._bot.catalog, self._bot.store
        figures = store.figures(now)
        by_state = GaugeMetricFamily(
            "loudhailer_deliveries", "Deliveries in the ledger.", labels=["account", "state"]
        )
        sent = CounterMetricFamily(
            "loudhailer_posts", "Posts that went out, ever.", labels=["account"]
        )
        accounts = {*catalog.accounts, *(account for account, _ in figures.deliveries)}
        for account in sorted(accounts):
            for state in State:
                count = figures.deliveries.get((account, state.value), 0)
                by_state.add_metric([account, state.value], count)
            sent.add_metric([account], figures.deliveries.get((account, State.SENT.value), 0))
        yield by_state
        yield sent
        yield _gauge(
            "loudhailer_doubts_waiting_for_person",
            "Deliveries of which only a person can tell whether they went out.",
            figures.doubts_for_person,
        )
        yield _gauge(
            "loudhailer_oldest_overdue_seconds",
            "How long the oldest queued post has been due.",
            figures.overdue.total_seconds(),
        )
        suspended = GaugeMetricFamily(
            "loudhailer_account_suspended",
            "Whether an account is not used for now, and whether it waits for a person.",
            labels=["account", "use", "needs_person"],
        )
        for (account, use), needs in sorted(figures.suspended.items()):
            suspended.add_metric([account, use, "yes" if needs else "no"], 1)
        yield suspended
        paused = GaugeMetricFamily(
            "loudhailer_paused", "Stop switches that are on.", labels=["scope"]
        )
        for scope in figures.paused:
            paused.add_metric([scope], 1)
        if self._bot.paused_by_file:
            paused.add_metric(["file"], 1)
        yield paused
        yield _gauge(
            "loudhailer_alerts_open", "Alerts that were told and are not over.", figures.alerts
        )
        doubt = self._bot.clock_doubt()
        yield _gauge("loudhailer_clock_believed", "Whether posts go by the clock.", int(not doubt))
        yield from self._money(now)
        moments = [store.next_due(now), next_slot(catalog, now, AHEAD)]
        if known := [moment for moment in moments if moment is not None]:
            yield _gauge(
                "loudhailer_next_due_timestamp_seconds",
                "When the next post, or look for one, is due.",
                min(known).timestamp(),
            )

    def _money(self, now: datetime) -> Iterator[Metric]:
        spent = GaugeMetricFamily(
            "loudhailer_spent_usd", "Dollars charged this month.", labels=["account"]
        )
        cap = GaugeMetricFamily(
            "loudhailer_cap_usd", "Dollars that may be charged a month.", labels=["account"]
        )
        begins = month_start(now)
        for account in self._bot.catalog.accounts.values():
            if account.network is not NetworkName.X:  # the others cost nothing
                continue
            usd = self._bot.store.spent(account.name, begins)
            spent.add_metric([account.name], float(usd))
            if account.monthly_cap_usd is not None:
                cap.add_metric([account.name], float(account.monthly_cap_usd))
        yield spent
        yield cap


def _gauge(name: str, help_text: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, help_text, value=value)
