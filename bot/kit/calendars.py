"""An event as an `.ics` file (RFC 5545), for people's own calendars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event

from bot.model import Action, Campaign

_DAY = timedelta(days=1)


def calendar(
    action: Action, campaign: Campaign, title: str, places: Sequence[str], made: datetime
) -> bytes:
    """Write an event that starts at a known moment; the same event has the same UID in each kit.

    A moment is in UTC, which every calendar shows in its owner's zone. An event of whole days
    has dates, which are the same days everywhere.
    """
    if action.starts is None:
        raise ValueError(f"{action.id} has no start")
    # By the name that stands for it here, so that a later kit corrects a date and adds none.
    uid = uuid5(NAMESPACE_URL, f"loudhailer:{campaign.id}/{action.id}")
    event = Event()
    event.add("uid", str(uid))
    event.add("dtstamp", made.astimezone(UTC))
    event.add("summary", title)
    if action.all_day:
        event.add("dtstart", action.starts.date())
        # The first day that is no longer part of it (RFC 5545, 3.6.1).
        event.add("dtend", (action.ends or action.starts).date() + _DAY)
        event.add("transp", "TRANSPARENT")
    else:
        event.add("dtstart", action.starts.astimezone(UTC))
        if action.ends is not None:
            event.add("dtend", action.ends.astimezone(UTC))
    if places:
        event.add("location", "; ".join(places))
    if action.link:
        event.add("url", action.link)
        event.add("description", action.link)
    made_by = Calendar()
    made_by.add("prodid", "-//Loudhailer//share kit//EN")
    made_by.add("version", "2.0")
    made_by.add("method", "PUBLISH")
    made_by.add_component(event)
    return bytes(made_by.to_ical())
