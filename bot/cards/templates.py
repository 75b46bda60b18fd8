"""The five kinds of card, each one function that fills a sheet.

    kicker            what it is about, small, in the accent colour
    MAIN WORDS        as large as fills the room
    details           who said it, how far it is, when and where
    ───────────
    logo  name   #hashtag  or  link

Three sizes of type on a card: the main words, 36 and 28 px.
"""

from __future__ import annotations

from bot.cards import wording
from bot.cards.brandbar import brand_bar
from bot.cards.drawable import drawable, obstacle, settable
from bot.cards.errors import CardError
from bot.cards.sheet import SECOND, SMALLEST, THIRD, Sheet
from bot.model import CardKind, CardSpec

VERSION = 2
"""Raise it with every change that alters a picture: it is part of the pictures' names."""

_SMALL = (THIRD, 26, SMALLEST)


def lay_out(spec: CardSpec, sheet: Sheet) -> None:
    """Fill `sheet` with the card of `spec`.

    Raises:
        CardError: a word is missing, cannot be drawn or does not fit.
    """
    brand_bar(spec.look, sheet)
    _KINDS[spec.kind](spec, sheet)


def _needed(spec: CardSpec, field: str) -> str:
    words = spec.words.get(field, "")
    if not words.strip():
        raise CardError(f"a {spec.kind} card needs its {field}: add `{field}:` under `card:`")
    return words


def _kicker(spec: CardSpec, sheet: Sheet) -> None:
    """Set the small line on top: the author's, else a mark that holds its place."""
    if words := spec.words.get("kicker", ""):
        sheet.from_top("kicker", words, "strong", "accent", sizes=_SMALL, most=2, after=34)
    else:
        sheet.shape(sheet.left, sheet.top, sheet.px(64), sheet.px(8), "fill")
        sheet.top += sheet.px(8 + 34)


def _headline(spec: CardSpec, sheet: Sheet, largest: int = 150, *, middle: bool = False) -> None:
    sheet.main(
        "headline",
        _needed(spec, "headline"),
        "display",
        "ink",
        sizes=(44, largest),
        leading=1.08,
        middle=middle,
    )


# --- the kinds ---------------------------------------------------------------------------


def _quote(spec: CardSpec, sheet: Sheet) -> None:
    quote = wording.unquoted(_needed(spec, "quote"))
    serif, size = sheet.face("serif"), sheet.size(190)
    # The mark's ink is the upper part of its line: from 0.70 to 0.36 em above the baseline.
    top = sheet.top
    sheet.line("“", "serif", size, sheet.left - 0.02 * size, top + 0.70 * size, "accent")
    if kicker := spec.words.get("kicker"):
        sheet.top += 0.11 * size
        sheet.from_top("kicker", kicker, "strong", "accent", sizes=_SMALL, indent=96)
    sheet.top = top + 0.42 * size
    placed = len(sheet.lines)
    if role := spec.words.get("role"):
        sheet.from_bottom("role", role, "plain", "muted", sizes=_SMALL, before=12, indent=32)
    if name := spec.words.get("attribution"):
        sheet.from_bottom(
            "attribution",
            name,
            "strong",
            "ink",
            sizes=(SECOND, 32, THIRD),
            indent=32,
        )
    _side_bar(sheet, placed, after=34)
    # Where the serif lacks a letter the whole quotation goes into the sans.
    covered = obstacle(drawable(quote, serif), serif) is None
    sheet.main(
        "quote",
        quote,
        "serif" if covered else "display",
        "ink",
        sizes=(36, 112),
        leading=1.16,
        middle=True,
    )


def _side_bar(sheet: Sheet, placed: int, after: float) -> None:
    """Set an accent bar beside the indented lines, which are those from number `placed` on."""
    lines = sheet.lines[placed:]
    if not lines:
        return
    top = min(line.box[1] for line in lines)
    bottom = max(line.baseline for line in lines)
    top, bottom = top - sheet.px(6), bottom + sheet.px(6)
    sheet.shape(sheet.left, top, sheet.px(8), bottom - top, "fill")
    sheet.bottom = top - sheet.px(after)


def _petition(spec: CardSpec, sheet: Sheet) -> None:
    target = spec.words.get("target", "")
    lead = spec.words.get("kicker", "") or wording.phrase(spec.language, "petition")
    kicker = f"{lead} · {target}" if target else lead
    label = "target" if target else "kicker"
    sheet.from_top(label, kicker, "strong", "accent", sizes=_SMALL, most=2, after=34)
    standing, day = wording.progress(spec)
    if standing:
        _standing(spec, sheet, standing, day)
    _headline(spec, sheet)


def _standing(spec: CardSpec, sheet: Sheet, standing: str, day: str) -> None:
    """Set the count and its date on one line, or on two where they are long; a bar above."""
    share = wording.share_reached(spec)
    placed = len(sheet.lines)
    if share is None:
        sheet.from_bottom("count", standing, "strong", "ink", sizes=(SECOND, THIRD), indent=32)
        _side_bar(sheet, placed, after=34)
        return
    strong, plain = sheet.face("strong"), sheet.face("plain")
    small, bottom = sheet.size(THIRD), sheet.bottom
    width = plain.width(settable("date", day, plain)) * small
    beside = strong.width(settable("count", standing, strong)) * sheet.size(SECOND)
    if beside + sheet.px(40) + width > sheet.room:
        sheet.from_bottom("date", day, "plain", "muted", before=14)
    else:
        x = sheet.left + sheet.room - width
        sheet.line(day, "plain", small, x, bottom - 0.24 * sheet.size(SECOND), "muted")
    sheet.from_bottom("count", standing, "strong", "ink", sizes=(SECOND, THIRD), before=26)
    thick = sheet.px(22)
    y = sheet.bottom - thick
    sheet.shape(sheet.left, y, sheet.room, thick, "track", radius=thick / 2)
    sheet.shape(sheet.left, y, max(thick, sheet.room * share), thick, "fill", thick / 2)
    sheet.bottom = y - sheet.px(34)


def _event(spec: CardSpec, sheet: Sheet) -> None:
    _kicker(spec, sheet)
    date = spec.words.get("date", "") or wording.when(spec)
    place = spec.words.get("place", "") or ", ".join(spec.places)
    placed = len(sheet.lines)
    if place:
        sheet.from_bottom(
            "place",
            place,
            "plain",
            "muted",
            sizes=(32, THIRD),
            most=2,
            before=14,
            indent=32,
        )
    if date:
        sheet.from_bottom(
            "date",
            date,
            "strong",
            "ink",
            sizes=(SECOND, 32, THIRD),
            indent=32,
        )
    _side_bar(sheet, placed, after=32)
    _headline(spec, sheet)


def _statistic(spec: CardSpec, sheet: Sheet) -> None:
    _kicker(spec, sheet)
    if source := spec.words.get("source"):
        line = wording.phrase(spec.language, "source", source=source)
        sheet.from_bottom("source", line, "plain", "muted", sizes=_SMALL, before=26)
    if label := spec.words.get("label"):
        sheet.from_bottom(
            "label",
            label,
            "strong",
            "ink",
            sizes=(48, 42, SECOND),
            most=3,
            before=34,
        )
    sheet.main(
        "figure",
        _needed(spec, "figure"),
        "display",
        "accent",
        sizes=(64, 300),
        leading=1.0,
        middle=True,
    )


def _announcement(spec: CardSpec, sheet: Sheet) -> None:
    _kicker(spec, sheet)
    if body := spec.words.get("body"):
        sheet.from_bottom(
            "body",
            body,
            "plain",
            "muted",
            sizes=(SECOND, 32, THIRD),
            most=4,
            before=44,
        )
    _headline(spec, sheet, 230)


_KINDS = {
    CardKind.QUOTE: _quote,
    CardKind.PETITION: _petition,
    CardKind.EVENT: _event,
    CardKind.STATISTIC: _statistic,
    CardKind.ANNOUNCEMENT: _announcement,
}
