"""Reads petitions' counts from their sources, each at its own time.

    due? ─ fetch ─ parse ─ count_at ─▶ number ─ odd? ─▶ written down
                 └──────────┴─ trouble: told once, and tried less and less often
                                             └─ waits for a person, with `bot count`

It runs beside the posting, never before it: a source that hangs makes nothing late.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Event
from urllib.parse import urlsplit

from bot.counting import next_try, odd_reading, with_counts
from bot.fetching import FetchError, parse
from bot.jsonpath import NoSuchValue, count_at, written
from bot.model import SOURCE, Action, Campaign, Catalog, CountSource, PetitionCount
from bot.store import SourceState, Store

log = logging.getLogger("bot")

Fetch = Callable[[str], bytes]
"""Reads an address; raises `FetchError`."""


@dataclass(frozen=True, slots=True)
class Sourced:
    """A petition that has a source to be read."""

    campaign: Campaign
    action: Action
    source: CountSource


def sourced(catalog: Catalog, now: datetime) -> Iterator[Sourced]:
    """The petitions whose counts are read at this time: those that are not over."""
    for campaign in catalog.campaigns.values():
        for action in campaign.actions.values():
            over = action.true_until is not None and now >= action.true_until
            if action.count_from is not None and not over:
                yield Sourced(campaign, action, action.count_from)


def read_due(
    catalog: Catalog,
    store: Store,
    fetch: Fetch,
    clock: Callable[[], datetime],
    stop: Event | None = None,
) -> int:
    """Read every source that is due, one after the other; returns how many were tried."""
    states = {(s.campaign, s.action): s for s in store.source_states()}
    tried = 0
    for one in sourced(catalog, clock()):
        if stop is not None and stop.is_set():
            break
        before = states.get((one.campaign.id, one.action.id))
        if before is not None and before.place != _place(one.source):
            before = None
        if before is not None and not _is_due(before, clock()):
            continue
        tried += 1
        try:
            number = count_at(parse(fetch(one.source.url)), one.source.path)
        except (FetchError, NoSuchValue) as error:
            after, count = _failed(one, before, str(error), clock()), None
        else:
            # A person may have counted in the meantime.
            newest = with_counts(catalog, store.petition_counts())
            action = newest.campaigns[one.campaign.id].actions[one.action.id]
            after, count = _told(replace(one, action=action), before, number, clock())
        if stop is not None and stop.is_set():
            break  # nobody waits for what comes now
        store.note_source(after, count)
        _log(one, before, after)
    return tried


def _is_due(state: SourceState, now: datetime) -> bool:
    return now >= state.next_at or now < state.tried_at  # the clock was set back


def _failed(one: Sourced, before: SourceState | None, trouble: str, now: datetime) -> SourceState:
    failures = (before.failures if before else 0) + 1
    state = _state(one, before, now, next_try(one.source.every, failures))
    return replace(state, failures=failures, trouble=trouble)


def _told(
    one: Sourced, before: SourceState | None, number: int, now: datetime
) -> tuple[SourceState, PetitionCount | None]:
    state = _state(one, before, now, one.source.every)
    campaign, action = one.campaign, one.action
    if why := odd_reading(number, action):
        command = f"bot count {action.id} {number} --campaign {campaign.id} --yes"
        trouble = f"it tells {number:,}, and {why}; if that is right: {command}"
        return replace(state, trouble=trouble, offered=number), None
    today = now.astimezone(campaign.zone).date()
    state = replace(state, read_at=now)
    if (action.count, action.count_as_of) == (number, today):
        return state, None
    host = urlsplit(one.source.url).hostname or ""  # not the address: it may hold a key
    return state, PetitionCount(campaign.id, action.id, number, today, now, SOURCE, host)


def _state(one: Sourced, before: SourceState | None, now: datetime, rest: timedelta) -> SourceState:
    return SourceState(
        campaign=one.campaign.id,
        action=one.action.id,
        place=_place(one.source),
        tried_at=now,
        read_at=before.read_at if before else None,
        next_at=now + rest,
        failures=0,
    )


def _place(source: CountSource) -> str:
    return hashlib.sha256(f"{source.url} {written(source.path)}".encode()).hexdigest()[:16]


def _log(one: Sourced, before: SourceState | None, after: SourceState) -> None:
    """Tell what has changed: a source that fails, fails at every try."""
    name = f"{one.campaign.id}/{one.action.id}"
    was = before.trouble if before else ""
    still_waits = before is not None and before.offered is not None and after.offered is not None
    if after.trouble and after.trouble != was and not still_waits:
        log.warning("the count of %s is not read: %s", name, after.trouble)
    elif was and not after.trouble:
        log.info("the count of %s is read again", name)
