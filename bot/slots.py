"""When a schedule fires: its slots within a span, in its own zone.

APScheduler's CronTrigger reads the calendar; it does not do the zones. In a zone with clock
changes it misses and doubles slots (measured: 384 and 304 of 876,720), so the trigger runs
over a naive calendar that is only labelled UTC, and each wall-clock time is put into the
schedule's zone afterwards. A time that the clocks jump over is posted at the moment the
jump lands on; a time that they pass twice is posted the first time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from bot.model import Schedule, Slot, require_zone

_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")


def crontab(expression: str) -> CronTrigger:
    """Read a five-field cron expression as cron(8) does, over a naive calendar.

    APScheduler numbers weekdays from Monday = 0, cron from Sunday = 0 (and 7); a plain
    `from_crontab("0 9 * * 1")` fires on Tuesdays. Numbers are therefore turned into names.

    Raises:
        ValueError: the expression is not five valid fields.
    """
    fields = expression.split()
    if len(fields) != 5:
        raise ValueError(f"a cron expression has 5 fields, this one has {len(fields)}")
    minute, hour, day, month, weekday = fields
    return CronTrigger(
        minute=minute,
        hour=hour,
        day=day,
        month=month,
        day_of_week=_named_weekdays(weekday),
        timezone=UTC,
    )


def _named_weekdays(field: str) -> str:
    """Expand cron's weekday numbers into a list of names; leave names and `*` as they are."""
    items = []
    for item in field.lower().split(","):
        matched = re.fullmatch(r"([0-7])(?:-([0-7]))?(?:/([1-9]))?", item)
        stepped = re.fullmatch(r"\*/([1-9])", item)
        if matched:
            low, high, step = matched.groups()
            last = int(high) if high else (6 if step else int(low))
            if last < int(low):
                raise ValueError(f'weekdays "{item}" run backwards')
            items += [_WEEKDAYS[n] for n in range(int(low), last + 1, int(step or 1))]
        elif stepped:
            items += [_WEEKDAYS[n] for n in range(0, 7, int(stepped[1]))]
        else:
            items.append(item)
    return ",".join(dict.fromkeys(items))


def in_zone(naive: datetime, zone: ZoneInfo) -> datetime:
    """Put a wall-clock time into `zone`: the first of two, or just past a gap."""
    return naive.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def slots(schedule: Schedule, start: datetime, end: datetime) -> list[Slot]:
    """List the slots of `schedule` with `start <= at < end`, in order of time, in UTC.

    Two moments of one zone are compared by their wall clocks in Python, which is wrong in the
    hour that comes twice; UTC has no such hour. Two spans that touch give the slots of the
    span they form together: none twice, none lost.
    """
    require_zone("start", start)
    require_zone("end", end)
    start, end = start.astimezone(UTC), end.astimezone(UTC)
    found: dict[str, Slot] = {}
    for naive in _wall_clock_times(schedule, start - schedule.jitter, end):
        key = f"{schedule.name}|{naive:%Y-%m-%d}|{naive:%H:%M}"
        nominal = in_zone(naive, schedule.zone).astimezone(UTC)
        if schedule.starts is not None and nominal < schedule.starts:
            continue
        if schedule.ends is not None and nominal >= schedule.ends:
            continue
        later = nominal + _jitter(key, schedule.jitter)
        if start <= later < end:
            found[key] = Slot(schedule, later, key)
    return sorted(found.values(), key=lambda slot: (slot.at, slot.key))


def _wall_clock_times(schedule: Schedule, start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield naive wall-clock times around a span; the caller filters exactly."""
    # No zone has ever moved its clocks by more than a day.
    first = start.astimezone(schedule.zone).replace(tzinfo=UTC, fold=0) - timedelta(days=1)
    last = end.astimezone(schedule.zone).replace(tzinfo=UTC, fold=0) + timedelta(days=1)
    for trigger in _triggers(schedule):
        fire = trigger.get_next_fire_time(None, first)
        while fire is not None and fire <= last:
            yield fire.replace(tzinfo=None)
            fire = trigger.get_next_fire_time(None, fire + timedelta(seconds=1))


def _triggers(schedule: Schedule) -> list[CronTrigger]:
    if schedule.cron is not None:
        return [crontab(schedule.cron)]
    days = ",".join(schedule.days)
    return [
        CronTrigger(day_of_week=days, hour=t.hour, minute=t.minute, timezone=UTC)
        for t in schedule.times
    ]


def _jitter(key: str, most: timedelta) -> timedelta:
    """Give the slot its own delay, the same each time it is computed."""
    minutes = int(most / timedelta(minutes=1))
    if minutes == 0:
        return timedelta(0)
    digest = hashlib.sha256(key.encode()).digest()
    return timedelta(minutes=int.from_bytes(digest[:8]) % (minutes + 1))
