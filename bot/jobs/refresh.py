"""Turns the slots that have come since the last look into rows of the ledger.

The watermark says up to which moment slots were turned into rows; it moves in the same
transaction that writes them, so a slot is never lost between two ticks or two processes.

A schedule's hours are of its own zone, and governments change what a zone is: with a new tzdata
package, usually while the bot is down. Where a zone's clocks are ahead of what they were thought
to be, hours that lay before the watermark have never come: the watermark is the same moment by
another clock. So the zones' offsets at the watermark are kept beside it, and such hours are looked
at again. Where they are behind, hours come again, and their slots have their rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from bot.jobs.clearing import Gate
from bot.jobs.drafting import Drafter
from bot.jobs.looking_back import notice
from bot.model import Catalog, PastPost, Post
from bot.plan import plan
from bot.slots import slots
from bot.store import Store

LOOK_BACK = timedelta(days=31)
"""Slots missed longer ago than this are not even written down as missed."""

BEFORE_START = timedelta(minutes=5)
"""People switch the bot on and then write "now" into a file."""

_INSTANT = timedelta(microseconds=1)
_NOTHING = timedelta(0)


def plan_span(
    catalog: Catalog,
    store: Store | None,
    drafter: Drafter,
    start: datetime,
    end: datetime,
    earlier: Iterable[PastPost] = (),
    *,
    history_before: datetime | None = None,
    fixed_from: datetime | None = None,
    now: datetime | None = None,
    spent_before: Mapping[tuple[str, str], Decimal] | None = None,
    moved: Mapping[str, timedelta] | None = None,
) -> list[Post]:
    """Plan all posts with `start <= at < end` on top of what the ledger holds.

    `history_before` leaves out what the ledger holds from that moment on; `fixed_from` and
    `now` are as in `plan.plan`. `earlier` and `spent_before` come on top of the ledger.
    `moved` says of zones by how much earlier than `start` their slots begin.
    """
    history = [*earlier, *(store.history(history_before) if store else ())]
    reach = moved or {}
    found = [
        slot
        for schedule in catalog.schedules
        for slot in slots(schedule, start - reach.get(schedule.zone.key, _NOTHING), end)
    ]
    start -= max(reach.values(), default=_NOTHING)
    spent = dict(spent_before or {})
    if store is not None:
        for month, usd in store.spent_by_month(posting_only=True, before=history_before).items():
            spent[month] = spent.get(month, Decimal(0)) + usd
    return plan(catalog, found, start, end, history, drafter, spent, fixed_from=fixed_from, now=now)


def refresh(
    catalog: Catalog,
    store: Store,
    drafter: Drafter,
    now: datetime,
    earlier: Sequence[PastPost] = (),
    spent_before: Mapping[tuple[str, str], Decimal] | None = None,
    before_start: timedelta = BEFORE_START,
    gate: Gate | None = None,
) -> list[Post]:
    """Write a row for each post that came due since the last look, `now` included.

    The very first look starts at `now`: a bot that is switched on does not catch up on hours
    at which it was not there. A message with a time of its own may come late, but not from
    more than `before_start` before that first look: on a machine that is set up anew it may
    have gone out already.

    `gate` leaves out what may not go out. A message with a time of its own is not lost by that:
    it goes out as soon as it may, if that is not too late.
    """
    notice(store, now)
    end = now + _INSTANT
    start = store.watermark()
    fixed_from = None
    if start is None:
        start = now
    elif start >= end:
        return []
    else:
        fixed_from = max((store.began() or now) - before_start, now - catalog.fixed_late)
    known = store.offsets()
    moved = _moved(catalog, start, known)
    start = max(start, now - LOOK_BACK)
    offsets = {zone: offset for zone, offset in _offsets(catalog, end) if known.get(zone) != offset}
    if not moved and not _anything_due(catalog, start, end, fixed_from or start):
        store.enqueue([], now, watermark=end, offsets=offsets)
        return []
    posts = plan_span(
        gate.cleared(now) if gate else catalog,
        store,
        drafter,
        start,
        end,
        earlier,
        fixed_from=fixed_from,
        now=now,
        spent_before=spent_before,
        moved=moved,
    )
    if gate is not None:
        posts = gate.stamped(posts)
    store.enqueue(posts, now, watermark=end, offsets=offsets)
    return posts


def _offsets(catalog: Catalog, at: datetime) -> Iterator[tuple[str, timedelta]]:
    """Give the UTC offset of each schedule's zone at a moment, by the rules in force now."""
    for zone in {schedule.zone.key: schedule.zone for schedule in catalog.schedules}.values():
        yield zone.key, at.astimezone(zone).utcoffset() or _NOTHING


def _moved(
    catalog: Catalog, watermark: datetime, known: Mapping[str, timedelta]
) -> dict[str, timedelta]:
    """Say by how much the clocks of zones are ahead of what they were thought to be."""
    return {
        zone: offset - known[zone]
        for zone, offset in _offsets(catalog, watermark)
        if offset > known.get(zone, offset)
    }


def _anything_due(catalog: Catalog, start: datetime, end: datetime, fixed_from: datetime) -> bool:
    """Tell, without reading the ledger's history, whether a look at it is worth while."""
    return any(slots(schedule, start, end) for schedule in catalog.schedules) or any(
        m.at is not None and fixed_from <= m.at < end for m in catalog.messages.values()
    )


def next_slot(catalog: Catalog, after: datetime, within: timedelta) -> datetime | None:
    """Find the next moment after `after` at which a schedule fires or a fixed post is due."""
    end = after + within
    start = after + _INSTANT
    moments = [s.at for schedule in catalog.schedules for s in slots(schedule, start, end)]
    moments += [
        m.at.astimezone(UTC)
        for m in catalog.messages.values()
        if m.at is not None and start <= m.at < end
    ]
    return min(moments, default=None)
