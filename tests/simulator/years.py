"""Years of a schedule in one zone, in virtual time: every slot once, or skipped for a reason.

    python -m tests.simulator --years 10       in each of twelve zones

What runs is the real `refresh` on a real `Store`, and the watch over the clock. What is made up is
time: ticks at irregular moments, days of downtime, clocks set by an hour, a month or a year and
put right after seconds or hours, reboots, and a government that changes the zone's rules.
"""

from __future__ import annotations

import importlib.resources
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from bot.jobs.refresh import refresh
from bot.model import Account, Delivery, Draft, Message, NetworkName, Pick, Schedule, State
from tests.ledger.machine import HOUR, MINUTE, SECOND, Machine
from tests.plan.desk import catalog, message, schedule
from tests.simulator.ledgers import SharedLedger

if TYPE_CHECKING:
    from bot.jobs.drafting import Drafter

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",  # changes at midnight
    "America/Havana",  # at midnight
    "Asia/Beirut",  # at midnight
    "Africa/Cairo",  # at midnight
    "Africa/Casablanca",  # goes back for Ramadan
    "Asia/Kathmandu",  # +05:45
    "Australia/Lord_Howe",  # by half an hour
    "Pacific/Chatham",  # +12:45
    "Pacific/Apia",
)
FIRST = 2026
DAY = timedelta(days=1)
MASTO = Account("masto", NetworkName.MASTODON)

LATE = 12 * HOUR
"""How late a post may go out: nearly twice as long as the longest time between two ticks."""

TIMES = ("00:00", "00:30", "02:15", "09:00")
"""Where clocks change, and one that nothing happens to."""


class Wrong(AssertionError):
    """A slot that was lost, made twice, or given another moment."""


@dataclass
class Years:
    """What came of it, counted."""

    slots: int = 0
    planned: int = 0
    ticks: int = 0
    jumps: int = 0
    reboots: int = 0
    downtimes: int = 0
    rule_changes: int = 0
    in_doubt: int = 0
    """Ticks at which the clock was not believed."""
    skipped: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[tuple[str, int]]:
        """The counts, with their names for a table."""
        return [
            ("ticks", self.ticks),
            ("clock steps", self.jumps),
            ("ticks by a clock in doubt", self.in_doubt),
            ("reboots", self.reboots),
            ("spans of downtime", self.downtimes),
            ("changes of a zone's rules", self.rule_changes),
            ("slots", self.slots),
            ("planned, once each", self.planned),
            *(
                (f"skipped: {reason.removeprefix('missed: ')}"[:41], n)
                for reason, n in sorted(self.skipped.items())
            ),
        ]


def say(message: Message, account: Account, turn: int, _: datetime) -> Draft:
    """A message that never repeats itself."""
    text = f"{message.id} for the {turn}. time"
    return Draft(account.name, account.network, text, "en", len(text), 280)


def daily(zone: ZoneInfo) -> Schedule:
    """Fires on every day of the zone."""
    more = {"accounts": (MASTO.name,), "pick": Pick.ROTATE, "late": LATE}
    return schedule("daily", *TIMES, zone=zone, **more)


def elsewhere(zone: ZoneInfo, at: datetime, hours: int) -> ZoneInfo:
    """The zone after a decree: no more clock changes, and an offset that is hours from today's."""
    offset = round((at.astimezone(zone).utcoffset() or timedelta(0)) / HOUR) + hours
    name = f"GMT{-max(-12, min(offset, 14)):+d}" if offset else "GMT"
    file = importlib.resources.files("tzdata") / "zoneinfo" / "Etc" / name
    with file.open("rb") as rules:
        return ZoneInfo.from_file(rules, key=zone.key)


class OneZone:
    """The bot and its machine through a span, in one zone."""

    def __init__(
        self,
        ledger: SharedLedger,
        zone: ZoneInfo,
        start: datetime,
        chance: Random,
        counts: Years,
        *,
        watches_clock: bool = True,
        remembers_offsets: bool = True,
    ) -> None:
        self._store = ledger.emptied()
        self._machine = Machine(true=start, booted=start - DAY)
        self._chance = chance
        self._counts = counts
        self.start = start
        self._watches_clock = watches_clock
        self._remembers_offsets = remembers_offsets
        self._rules = [(start, zone)]
        self._worked: list[datetime] = []
        """When there was a tick that planned, in order."""
        self._catalog = catalog([message("m")], [daily(zone)], MASTO, near_repeat=timedelta(0))

    @property
    def _zone(self) -> ZoneInfo:
        return self._rules[-1][1]

    def tick(self) -> None:
        """What the daemon does each time it wakes, as far as planning goes."""
        self._counts.ticks += 1
        now = self._machine.clock()
        believed = self._store.note_clock(now, *self._machine.boot()).believed
        if self._watches_clock and not believed:
            self._counts.in_doubt += 1
            return
        self._worked.append(self._machine.true)
        if not self._remembers_offsets:
            self._forget_offsets()
        refresh(self._catalog, self._store, cast("Drafter", say), now)

    def _forget_offsets(self) -> None:
        with self._store._write() as connection:
            connection.exec_driver_sql("DELETE FROM marks WHERE name LIKE 'offset of %'")

    def live(self, end: datetime, *, often: timedelta = 3 * HOUR) -> None:
        """Tick at irregular moments until then, and let something happen now and then."""
        while self._machine.true < end:
            self.tick()
            self._machine.true += self._chance.random() * 2 * often
            if self._chance.random() < 0.04:
                self._something_happens()

    def tick_until(self, end: datetime, *, every: timedelta) -> None:
        """Tick regularly until then, and let nothing happen."""
        while self._machine.true < end:
            self.tick()
            self._machine.true += every

    def _something_happens(self) -> None:
        chance, machine = self._chance, self._machine
        match chance.randrange(5):
            case 0:
                self._counts.downtimes += 1
                machine.true += chance.choice((3 * HOUR, DAY, 12 * DAY))
            case 1:
                self.jump(chance.choice((-365 * DAY, -HOUR, HOUR, 30 * DAY, 365 * DAY)), 3)
            case 2:  # it stays so, and is believed
                self.jump(chance.choice((-HOUR, -30 * DAY, HOUR)), 40)
            case 3:
                self._counts.reboots += 1
                machine.true += 2 * MINUTE
                machine.booted = machine.true
            case _ if len(self._rules) < 2:
                self._counts.rule_changes += 1
                machine.true += chance.choice((0 * HOUR, 3 * HOUR, DAY))
                self.decree(chance.choice((-2, -1, 1, 2)))

    def decree(self, hours: int) -> None:
        """A government changes its clocks, and tzdata follows: the next tick has the new rules."""
        self._rules.append((self._machine.true, elsewhere(self._zone, self._machine.true, hours)))
        self._catalog = replace(self._catalog, schedules=(daily(self._zone),))

    def jump(self, by: timedelta, minutes: int) -> None:
        """Set the clock wrong for a while, and then put it right."""
        self._counts.jumps += 2
        self._machine.off = by
        for _ in range(minutes):
            self.tick()
            self._machine.true += MINUTE
        self._machine.off = timedelta(0)
        for _ in range(7):
            self.tick()
            self._machine.true += MINUTE - SECOND

    # --- what must hold ------------------------------------------------------------------

    def check(self) -> None:
        """Every slot of the span has its one row.

        Raises:
            Wrong: it has none, or more, or another moment.
        """
        self._machine.true += HOUR
        for _ in range(8):  # until the clock is believed again, whatever happened last
            self.tick()
            self._machine.true += MINUTE
        rows: dict[str, Delivery] = {}
        for row in self._store.deliveries():
            if row.slot in rows:
                raise Wrong(f"{row.slot} has two rows")
            rows[row.slot] = row
        for slot, moments in self._expected():
            self._counts.slots += 1
            found = rows.get(slot)
            if found is None:
                raise Wrong(f"{slot} ({moments[0].isoformat()}) is lost")
            if found.due not in moments:
                raise Wrong(f"{slot} is due at {found.due}, not at {moments}")
            if found.state is State.SKIPPED:
                self._is_skipped_rightly(found, moments)
                self._counts.skipped[found.reason] += 1
            else:
                self._counts.planned += 1

    def _is_skipped_rightly(self, row: Delivery, moments: list[datetime]) -> None:
        """Nothing was running at that hour means that nothing was.

        By one of the rules that were in force: when the decree came its hour may have been another.
        """
        if not row.reason.startswith("missed") or all(map(self._worked_at, moments)):
            raise Wrong(f"{row.slot} is skipped, though the bot worked: {row.reason}")

    def _worked_at(self, moment: datetime) -> bool:
        """Tell whether it planned within what the schedule calls late."""
        after = bisect_left(self._worked, moment)
        late = self._worked[after : after + 1]
        return bool(late) and late[0] < moment + LATE - HOUR

    def _expected(self) -> Iterator[tuple[str, list[datetime]]]:
        """Every local day's hours, with their moments by each of the rules that were in force."""
        end = self._machine.true - HOUR
        day = self.start.astimezone(self._zone).date()
        while day <= end.astimezone(self._zone).date():
            for text in TIMES:
                moments = [
                    moment_of(day, time.fromisoformat(text), zone) for _, zone in self._rules
                ]
                if all(self.start < moment < end for moment in moments):
                    yield f"daily|{day}|{text}", moments
            day += DAY


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """When a wall clock shows this for the first time; else just as long after the gap.

    Found by looking at the clock, not by asking the library to put an hour into a zone.
    """
    wanted = datetime.combine(day, at)
    guess = wanted.replace(tzinfo=UTC) - 15 * HOUR
    last: datetime | None = None
    for quarter in range(30 * 4 + 1):
        moment = guess + quarter * 15 * MINUTE
        shown = moment.astimezone(zone).replace(tzinfo=None)
        if shown == wanted:
            return moment
        if shown > wanted:
            assert last is not None
            before = last.astimezone(zone).replace(tzinfo=None)
            return last + (wanted - before)
        last = moment
    raise AssertionError(f"{zone.key} never comes to {wanted}")


def changes(zone: ZoneInfo, year: int) -> list[datetime]:
    """The days of a year on which the zone's offset changes."""
    days = [datetime(year, 1, 1, tzinfo=UTC) + n * DAY for n in range(366)]
    return [
        d for d in days if d.astimezone(zone).utcoffset() != (d + DAY).astimezone(zone).utcoffset()
    ]


def hostile(ledger: SharedLedger, name: str, year: int, counts: Years) -> None:
    """A year of a zone in which everything happens: two halves, each with a ledger of its own.

    Raises:
        Wrong: a slot was lost, doubled or moved.
    """
    for month in (1, 7):
        start = datetime(year, month, 1, tzinfo=UTC)
        chance = Random(f"{name} {start}")  # noqa: S311 - the same year each time
        world = OneZone(ledger, ZoneInfo(name), start, chance, counts)
        world.live(start + 184 * DAY)
        world.check()
