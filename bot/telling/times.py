"""Moments as people read them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def shown(moment: datetime, zone: ZoneInfo) -> str:
    """Write a moment with its day of the week, in `zone`."""
    return f"{moment.astimezone(zone):%a %d %b %H:%M %Z}"
