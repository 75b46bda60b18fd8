"""A sheet -> its page."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.proof import dates
from bot.proof.nouns import Embedded, Sheet

POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none';"
    " form-action 'none'"
)
"""Content-Security-Policy: whatever a text might have smuggled in loads nothing, runs nothing."""
MOST_REFS = 24
"""References that one line of the summary lists."""
_PLAIN_WIDTH = 320
"""Pixels that a picture takes where a mail program has dropped the style, and it with it."""


def page(sheet: Sheet) -> str:
    """Build the page, whole: nothing else is needed to show, print or mail it."""
    first, last = dates.days_of(sheet.start, sheet.end, sheet.zone)
    numbers = [e for day in sheet.days for e in day.entries]
    example = [str(e.number) for e in numbers[:3]] + ["2", "3", "4"]
    several = next((e for e in numbers[1:3] if len(e.previews) > 1), None)
    if several is not None:
        example[several.number - 1] = several.previews[-1].ref
    return _TEMPLATES.get_template("page.html").render(
        sheet=sheet,
        span=dates.span(first, last if sheet.cut is None else sheet.cut.last),
        policy=POLICY,
        example=example,
        most_refs=MOST_REFS,
    )


def language_name(tag: str) -> str:
    """Name a language in English; the tag where nobody knows it."""
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (UnknownLocaleError, ValueError):
        return tag


def _blank(picture: Embedded) -> str:
    """An empty picture of the right shape, for `src`.

    The picture itself is a background, which several posts share: repeated in each `src` it
    would double the page. A reader that knows no backgrounds shows the alt text.
    """
    return (
        "data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'"
        f"%20width='{picture.width}'%20height='{picture.height}'/%3E"
    )


def _plain_height(picture: Embedded) -> int:
    return max(1, round(picture.height / picture.width * _PLAIN_WIDTH))


def _size(size: int) -> str:
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, round(size / 1024))} KB"


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone)


def _dollars(usd: Decimal) -> str:
    """To a tenth of a cent, as X's prices are."""
    return f"${usd:,.3f}"


def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("bot.proof"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        blank=_blank,
        cents=lambda usd: f"${usd:,.2f}",
        day=dates.in_full,
        dollars=_dollars,
        hour=dates.hour,
        language=language_name,
        local=_local,
        number=lambda n: f"{n:,}",
        plain_height=_plain_height,
        short=dates.short,
        size=_size,
        until=dates.until,
        utc=dates.in_utc,
        weekday=dates.weekday,
        zone=dates.zone_name,
    )
    made.globals.update(plain_width=_PLAIN_WIDTH)
    return made


_TEMPLATES = _templates()
