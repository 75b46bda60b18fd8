"""Times as a person types them at a prompt, and what speaks against one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.content import times
from bot.model import Account, Catalog, Message
from bot.plan import accounts_for
from bot.review.findings import against
from bot.slots import in_zone

EXAMPLES = "2026-11-27 18:00, 18:00, tomorrow 9:30, fri 18:00"

_DAYS = times.EVERY_DAY


def read(typed: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Read a time, local to `zone`; one without a date is the next that comes.

    Raises:
        ValueError: it is none, the clocks jump over it, or it is past.
    """
    *first, clock = typed.strip().casefold().split() or [""]
    day = " ".join(first)
    local = now.astimezone(zone)
    if not day and ":" in clock and "t" not in clock:
        moment = _at(local.date(), clock, zone)
        found = moment if moment > now else _at(local.date() + timedelta(days=1), clock, zone)
    elif day in ("today", "tomorrow"):
        found = _at(local.date() + timedelta(days=day == "tomorrow"), clock, zone)
    elif day[:3] in _DAYS and day.isalpha():
        ahead = (_DAYS.index(day[:3]) - local.weekday()) % 7
        found = _at(local.date() + timedelta(days=ahead), clock, zone)
        if found <= now:
            found = _at(local.date() + timedelta(days=ahead + 7), clock, zone)
    else:
        found = _whole(typed, zone)
    if found <= now:
        raise ValueError(f"{found.astimezone(zone):%a %Y-%m-%d %H:%M} is past")
    return found


def _whole(typed: str, zone: ZoneInfo) -> datetime:
    try:
        when = times.when(typed.upper())
    except ValueError as error:
        raise ValueError(f"{error}; or write it like one of these: {EXAMPLES}") from error
    if when.clock is None:
        raise ValueError(f"say the hour as well, like {when.day} 18:00")
    if when.offset is not None:
        return datetime.combine(when.day, when.clock, when.offset)
    return _local(when.day, when.clock, zone)


def _at(day: date, clock: str, zone: ZoneInfo) -> datetime:
    return _local(day, times.time_of_day(clock), zone)


def _local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    naive = datetime.combine(day, clock)
    found = in_zone(naive, zone)
    if found.replace(tzinfo=None) != naive:
        raise ValueError(f"{naive:%H:%M} does not exist on {naive:%Y-%m-%d}: the clocks go forward")
    return found.astimezone(UTC)


def cautions(
    at: datetime,
    message: Message,
    catalog: Catalog,
    others: Iterable[tuple[datetime, str, str]],
) -> Iterator[str]:
    """Say what speaks against a time.

    Args:
        at: the time.
        message: what would go out.
        catalog: the accounts, quiet days and zone.
        others: other posts: when, on which account, which message.
    """
    accounts = accounts_for(catalog, message)
    yield from against(at, accounts, catalog)
    yield from _too_near(at, accounts, others, catalog.zone)


def _too_near(
    at: datetime,
    accounts: Sequence[Account],
    others: Iterable[tuple[datetime, str, str]],
    zone: ZoneInfo,
) -> Iterator[str]:
    gaps = {account.name: account.least_gap for account in accounts}
    for when, account, name in sorted(others):
        if account in gaps and abs(when - at) < gaps[account]:
            minutes = int(gaps[account].total_seconds() // 60)
            yield (
                f"{when.astimezone(zone):%H:%M} has {name} on {account}, "
                f"less than {minutes} min away"
            )


def untrue(at: datetime, message: Message, zone: ZoneInfo) -> str:
    """Say why a message may not be said at `at`; "" where it may."""
    if message.not_before is not None and at < message.not_before:
        return f"it is not true before {message.not_before.astimezone(zone):%a %Y-%m-%d %H:%M}"
    if message.true_until is not None and at >= message.true_until:
        return f"it is true only until {message.true_until.astimezone(zone):%a %Y-%m-%d %H:%M}"
    return ""
