"""Puts dates and times as they were written into a zone, and says where clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.content.times import When
from bot.slots import in_zone
from bot.yamlfile.sheet import Sheet
from bot.yamlfile.yamlmap import Loc


def moment(sheet: Sheet, loc: Loc, when: When, zone: ZoneInfo, *, to_end: bool = False) -> datetime:
    """Find the moment that the setting at `loc` means, in `zone`.

    A date without a time is the midnight it begins with, or (`to_end`) the one it ends with.
    A time that the clocks jump over, or pass twice, is warned about.
    """
    if when.clock is None:
        day = when.day + timedelta(days=1) if to_end else when.day
        return in_zone(datetime.combine(day, time()), zone)
    if when.offset is not None:
        return datetime.combine(when.day, when.clock, when.offset).astimezone(zone)
    naive = datetime.combine(when.day, when.clock)
    found = in_zone(naive, zone)
    if found.replace(tzinfo=None) != naive:
        text = f"{naive:%H:%M} does not exist in {zone} on {naive:%Y-%m-%d}, when the clocks go "
        sheet.warning(loc, f"{text}forward; {found:%H:%M} ({found:%z}) is used")
    elif found.utcoffset() != found.replace(fold=1).utcoffset():
        text = f"{naive:%H:%M} comes twice in {zone} on {naive:%Y-%m-%d}, when the clocks go back; "
        sheet.warning(loc, f"{text}the first ({found:%z}) is used")
    return found


def bound(
    sheet: Sheet, loc: Loc, when: When | None, zone: ZoneInfo, *, to_end: bool = False
) -> datetime | None:
    """Find a moment to compare with, in UTC: within one zone Python compares wall clocks."""
    return moment(sheet, loc, when, zone, to_end=to_end).astimezone(UTC) if when else None
