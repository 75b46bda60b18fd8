"""A campaign's week in a minute: the whole pipeline against the sandbox, on a stepping clock.

Everything is real but the time and the other end: the same planner, ledger, cards, tweepy
and Mastodon.py, speaking HTTP to two loopback servers. The ledger is thrown away afterwards.
The clock jumps from one due moment to the next, so nothing waits and nothing is skipped.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from bot.app import Bot, open_bot
from bot.jobs.clearing import Clearance
from bot.jobs.drafting import known_limits, limits_of
from bot.jobs.refresh import next_slot
from bot.model import Catalog, Delivery, Limits, NetworkName, PastPost, PetitionCount, State
from bot.sandbox import Sandbox, SandboxPost
from bot.sandboxed import connect_to
from bot.settings import Settings
from bot.store import NoDatabase, Store


class SteppingClock:
    """A clock that stands still until it is moved, and never goes back."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)

    def __call__(self) -> datetime:
        """Tell the time."""
        return self._now

    def advance(self, to: datetime) -> None:
        """Move to `to`, or stay where that is past."""
        self._now = max(self._now, to.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A delivery of the rehearsal and what stands on the sandbox's timeline for it."""

    delivery: Delivery
    post: SandboxPost | None
    """None where it did not go out."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A rehearsal in figures."""

    posts: int
    by_network: dict[str, int]
    skipped: int
    skipped_because: dict[str, int]
    failed: int
    in_doubt: int
    cards: int
    cost_usd: Decimal
    """What X would have charged for posting (not for reading engagement)."""
    metered_usd: Decimal
    """All that X would have charged, by the sandbox's own meter."""
    samples: int


class Rehearsal:
    """A rehearsal under way; use `rehearsal()`."""

    def __init__(self, bot: Bot, sandbox: Sandbox, clock: SteppingClock, end: datetime) -> None:
        self.bot = bot
        self.sandbox = sandbox
        self._clock = clock
        self._end = end

    def run(self, progress: Callable[[Delivery], None] = lambda _: None) -> None:
        """Go through the span; `progress` hears of each delivery that has come to an end."""
        told: set[int] = set()
        while True:
            self.bot.tick()
            # A delivery that goes on for longer is told of at the end, by the summary.
            since = self._clock() - timedelta(days=1)
            for delivery in self.bot.store.deliveries(since=since):
                if delivery.state not in (State.QUEUED, State.SENDING) and delivery.id not in told:
                    told.add(delivery.id)
                    progress(delivery)
            moment = self._next_moment()
            if moment is None:
                return
            self._clock.advance(moment)

    def _next_moment(self) -> datetime | None:
        now = self._clock()
        moments = [
            next_slot(self.bot.catalog, now, self._end - now) if now < self._end else None,
            self.bot.store.next_due(now),
            self.bot.store.next_sample_due(self.bot.catalog.sample_after, now),
        ]
        return min((m for m in moments if m is not None and m < self._end), default=None)

    def results(self) -> list[Rehearsed]:
        """Every delivery with the post that the sandbox holds for it, in order of time."""
        posts = {(p.network, p.account, p.id): p for p in self.sandbox.posts()}
        rehearsed = []
        for delivery in self.bot.store.deliveries():
            post = None
            if delivery.receipt is not None:
                key = (delivery.network.value, delivery.account, delivery.receipt.remote_id)
                post = posts[key]
                self._same_picture(delivery, post)
            rehearsed.append(Rehearsed(delivery, post))
        return sorted(rehearsed, key=lambda r: (r.delivery.due, r.delivery.account, r.delivery.id))

    def _same_picture(self, delivery: Delivery, post: SandboxPost) -> None:
        """Hold what arrived against what was planned, byte for byte."""
        picture = delivery.draft.picture
        if picture is None:
            return
        planned = sha256((self.bot.settings.root / picture.path).read_bytes()).hexdigest()
        arrived = [sha256(m.file.read_bytes()).hexdigest() for m in post.media]
        if arrived != [planned]:
            raise AssertionError(f"delivery {delivery.id}: the picture that arrived is another one")

    def summary(self) -> Summary:
        """Sum the rehearsal up."""
        deliveries = list(self.bot.store.deliveries())
        sent = [d for d in deliveries if d.state is State.SENT]
        skipped = [d for d in deliveries if d.state is State.SKIPPED]
        return Summary(
            posts=len(sent),
            by_network={n.value: sum(d.network is n for d in sent) for n in NetworkName},
            skipped=len(skipped),
            skipped_because=dict(Counter(d.reason for d in skipped).most_common()),
            failed=sum(d.state is State.FAILED for d in deliveries),
            in_doubt=sum(d.state is State.IN_DOUBT for d in deliveries),
            cards=len({d.draft.picture.path for d in sent if d.draft.picture}),
            cost_usd=sum((d.draft.cost_usd for d in sent if d.part == 0), Decimal(0)),
            metered_usd=sum((c.usd for c in self.sandbox.charges()), Decimal(0)),
            samples=len(list(self.bot.store.samples())),
        )


@contextmanager
def rehearsal(
    settings: Settings, catalog: Catalog, start: datetime, days: int, *, page_port: int = 0
) -> Iterator[Rehearsal]:
    """Set up a rehearsal of `days` days from `start` in a throw-away folder.

    `catalog` is what the content says, which the caller has read to know its zone.
    What the real ledger holds from before `start` counts as history, as it does in a plan.
    """
    clock = SteppingClock(start)
    # Days are those of the calendar, on nights that clocks change as well.
    end = (start + timedelta(days=days)).astimezone(UTC)
    with tempfile.TemporaryDirectory(prefix="loudhailer-rehearsal-") as folder:
        scratch = Path(folder)
        here = replace(
            settings,
            environment={
                **settings.environment,
                "DATABASE_URL": "",
                "LOUDHAILER_DATA": folder,
                "LOUDHAILER_PAUSE_FILE": str(scratch / "PAUSE"),
            },
        )
        before = _before(settings, catalog, start)
        limits = [limits_of(a, before.limits.get(a.name)) for a in catalog.accounts.values()]
        with Sandbox(
            scratch / "sandbox.db",
            clock=clock,
            page_port=page_port,
            zone=catalog.zone,
            # As generous as the most generous of the real servers: drafts keep to their own.
            characters=max((of.characters for of in limits), default=500),
            alt_characters=max((of.alt_characters for of in limits), default=1500),
        ) as sandbox:
            connect = connect_to(sandbox, clock, catalog.campaigns)
            with open_bot(here, clock, connect_with=connect, sandbox=True) as bot:
                bot.watch_clock = bot.asks_limits = bot.draws_ahead = False
                bot.before_start = timedelta(0)
                bot.earlier, bot.spent_before = before.posts, before.spent
                bot.clearance = before.clearance
                bot.known_counts = lambda: before.counts
                bot.look_at_counts()
                for name, known in before.limits.items():
                    bot.store.save_limits(name, known, start)
                yield Rehearsal(bot, sandbox, clock, end)


@dataclass(frozen=True, slots=True)
class _Before:
    """What the real ledger holds from before the span, and what people approved until now."""

    clearance: Clearance
    posts: tuple[PastPost, ...] = ()
    limits: Mapping[str, Limits] = field(default_factory=dict)
    spent: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)
    counts: Sequence[PetitionCount] = ()


def _before(settings: Settings, catalog: Catalog, start: datetime) -> _Before:
    try:
        with Store.open(settings.database_url, create=False) as real:
            return _Before(
                Clearance(settings.root, real).detached(catalog),
                tuple(real.history(start)),
                known_limits(real, catalog),
                real.spent_by_month(posting_only=True, before=start),
                real.petition_counts(before=start),
            )
    except NoDatabase:
        return _Before(Clearance(settings.root, None))
