"""The bar at the foot of every card: logo and name, and the hashtag or the link."""

from __future__ import annotations

from bot.cards.drawable import settable
from bot.cards.errors import TooLongError
from bot.cards.sheet import SMALLEST, THIRD, LogoPlace, Sheet
from bot.model import Look

LOGO_SIDE = 72
_SIZES = (THIRD, 26, SMALLEST)
_PILL_HEIGHT = 60
_PILL_PADDING = 26
_GAP = 36


def brand_bar(look: Look, sheet: Sheet) -> None:
    """Set the bar, and move the sheet's bottom above it.

    The link, where there is one, stands to the right as a button and the hashtag goes below
    the name; a long one has a line of its own above them. A link is printed in full or not
    at all: half an address leads nowhere.

    Raises:
        CardError: one of them cannot be drawn, or is too long.
    """
    strong = sheet.face("strong")
    name = settable("brand name", look.brand.name, strong)
    tag = settable("hashtag", "#" + look.hashtag.lstrip("#") if look.hashtag else "", strong)
    link = settable("link", printed(look.link), strong)
    side = sheet.px(LOGO_SIDE)
    x, top = sheet.left, sheet.bottom - side
    if look.brand.logo is not None:
        sheet.logo = LogoPlace(x, top, side)
        x += side + sheet.px(24)
    right = sheet.left + sheet.room
    button = _button(sheet, link, right - x - _left_width(sheet, name, tag), top + side / 2)
    if button:
        right -= button
    elif link:
        top = _own_line(sheet, link, top)
    middle = sheet.bottom - side / 2
    if button and tag:
        size = _one_line(sheet, "brand name", name, right - x)
        small = _one_line(sheet, "hashtag", tag, right - x, (26, SMALLEST))
        sheet.line(name, "strong", size, x, middle - sheet.px(9), "ink")
        sheet.line(tag, "strong", small, x, middle + sheet.px(28), "accent")
    else:
        size = _one_line(sheet, "hashtag", tag, (right - x) * 0.75)
        width = strong.width(tag) * size
        baseline = middle + strong.cap_height * size / 2
        sheet.line(tag, "strong", size, right - width, baseline, "accent")
        gap = width + sheet.px(_GAP) if tag else 0
        size = _one_line(sheet, "brand name", name, right - x - gap)
        sheet.line(name, "strong", size, x, baseline, "ink")
    rule = top - sheet.px(28)
    sheet.shape(sheet.left, rule, sheet.room, max(1, round(sheet.px(2))), "rule")
    sheet.bottom = rule - sheet.px(34)


def printed(link: str) -> str:
    """Shorten an address to what is printed: without its scheme, `www.` and closing slash."""
    for start in ("https://", "http://", "www."):
        link = link.removeprefix(start)
    return link.rstrip("/")


def _left_width(sheet: Sheet, name: str, tag: str) -> float:
    strong = sheet.face("strong")
    widest = max(strong.width(name) * sheet.size(THIRD), strong.width(tag) * sheet.size(26))
    return widest + sheet.px(_GAP)


def _button(sheet: Sheet, link: str, room: float, middle: float) -> float:
    """Set the link as a button at the right; returns the width it took, 0 if it has no room."""
    strong, padding = sheet.face("strong"), sheet.px(_PILL_PADDING)
    for size in map(sheet.size, _SIZES):
        width = strong.width(link) * size + 2 * padding
        if link and width <= room:
            height = sheet.px(_PILL_HEIGHT)
            x = sheet.left + sheet.room - width
            sheet.shape(x, middle - height / 2, width, height, "fill", height / 2)
            baseline = middle + strong.x_height * size / 2 + 0.06 * size
            sheet.line(link, "strong", size, x + padding, baseline, "on_fill")
            return width + sheet.px(_GAP)
    return 0.0


def _own_line(sheet: Sheet, link: str, top: float) -> float:
    """Set a long link on a line above the bar; returns where the bar now begins."""
    size = _one_line(sheet, "link", link, sheet.room)
    sheet.line(link, "strong", size, sheet.left, top - sheet.px(30), "accent")
    return top - sheet.px(30) - sheet.face("strong").cap_height * size


def _one_line(
    sheet: Sheet, label: str, text: str, room: float, sizes: tuple[int, ...] = _SIZES
) -> int:
    """Find the first of `sizes` at which `text` fits `room`.

    Raises:
        TooLongError: it fits at none.
    """
    strong = sheet.face("strong")
    for size in map(sheet.size, sizes):
        if strong.width(text) * size <= room:
            return size
    smallest = sheet.size(sizes[-1])
    keep = len(text)
    while keep and strong.width(text[:keep]) * smallest > room:
        keep -= 1
    raise TooLongError(label, len(text), len(text) - keep)
