"""What a message carries besides its words: a card, or a picture, or a poll."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from bot.content import pictures, styles
from bot.content.references import some
from bot.content.shapes import CardShape, MessageHead
from bot.model import CardKind, CardWords, Poll
from bot.yamlfile.sheet import Sheet
from bot.yamlfile.yamlmap import Loc

_CARD_WORDS: Final = {
    CardKind.QUOTE: ("quote", "attribution", "role", "kicker", "image", "focus"),
    CardKind.PETITION: ("headline", "target", "kicker"),
    CardKind.EVENT: ("headline", "date", "place", "kicker"),
    CardKind.STATISTIC: ("figure", "label", "source", "kicker"),
    CardKind.LETTER: ("headline", "to", "salutation", "body", "kicker"),
    CardKind.ANNOUNCEMENT: ("headline", "body", "kicker"),
    CardKind.PHOTO: ("headline", "body", "kicker", "image", "focus", "credit"),
    CardKind.POSTER: ("headline", "body", "kicker"),
}
_LOOKS: Final = frozenset(("style", "size"))
"""What any card may have besides."""
_NO_WORDS: Final = _LOOKS | {"kind", "image", "focus"}
_MOST_OPTIONS = 4  # on X, and on Mastodon where its server does not say otherwise


def wants_card(head: MessageHead) -> bool:
    """Tell whether a card may be drawn: not beside a picture or a poll, nor against a `none`."""
    return not (head.image or head.poll or (head.card and head.card.kind == "none"))


def picture(sheet: Sheet, head: MessageHead, root: Path) -> tuple[Path | None, str | None]:
    """Find the message's own picture, relative to the root, and the alt text of any picture."""
    if head.alt and head.alt_text:
        sheet.error(("alt_text",), 'says the same as "alt"; keep one of them', at_key=True)
    alt = head.alt or head.alt_text
    if head.image is None:
        if alt and not wants_card(head):
            key = "alt" if head.alt else "alt_text"
            sheet.warning((key,), "describes a picture, but there is none", at_key=True)
        return None, alt
    if not alt:
        text = 'needs "alt": what the picture shows, for people who cannot see it'
        sheet.error(("image",), text, at_key=True)
    if _asks_for_card(head):
        sheet.error(("image",), 'stands instead of a card: keep "image" or "card"', at_key=True)
    return _found(sheet, ("image",), head.image, root), alt


def card(sheet: Sheet, head: MessageHead, root: Path) -> CardWords | None:
    """Read the words and the look of the message's card."""
    shape = head.card
    if shape is None:
        return None
    given = [name for name in CardShape.model_fields if getattr(shape, name) is not None][1:]
    if shape.kind == "none":
        if given:
            sheet.error(("card",), f'"none" is no card, but there are words: {some(given)}')
        return None
    kind = CardKind(shape.kind)
    for name in given:
        if name not in _LOOKS and name not in _CARD_WORDS[kind]:
            text = f"a {kind} card has no such setting; it has {', '.join(_CARD_WORDS[kind])}"
            sheet.error(("card", name), text, at_key=True)
    if shape.style and (reason := styles.unknown(root, shape.style)):
        sheet.error(("card", "style"), reason)
    return CardWords(
        kind,
        _words(shape),
        style=shape.style,
        image=_card_image(sheet, head, shape, kind, root),
        focus=shape.focus,
        size=shape.size,
    )


def _card_image(
    sheet: Sheet, head: MessageHead, shape: CardShape, kind: CardKind, root: Path
) -> Path | None:
    """Find a card's picture, and make sure that somebody says what it shows."""
    if shape.image is None:
        if kind is CardKind.PHOTO:
            sheet.error(("card",), 'a photo card needs its "image": images/photos/…')
        elif shape.focus:
            sheet.error(("card", "focus"), 'needs an "image" to look at', at_key=True)
        return None
    if kind is CardKind.PHOTO and not (head.alt or head.alt_text):
        text = 'needs "alt" (not indented): what the photo shows, for people who cannot see it'
        sheet.error(("card", "image"), text, at_key=True)
    if kind is CardKind.QUOTE and not (shape.attribution or head.alt or head.alt_text):
        sheet.error(("card", "image"), 'needs "attribution": whom it shows', at_key=True)
    return _found(sheet, ("card", "image"), shape.image, root)


def _found(sheet: Sheet, loc: Loc, written: str, root: Path) -> Path | None:
    try:
        return pictures.find(root, written, str(PurePosixPath(sheet.path).parent))
    except ValueError as error:
        sheet.error(loc, str(error))
        return None


def poll(sheet: Sheet, head: MessageHead) -> Poll | None:
    """Read the message's poll."""
    if head.poll is None:
        return None
    options = head.poll.options
    if not 2 <= len(options) <= _MOST_OPTIONS:
        text = f"there are {len(options)}; a poll has 2 to {_MOST_OPTIONS}"
        sheet.error(("poll", "options"), text)
    if len({option.casefold() for option in options}) < len(options):
        sheet.error(("poll", "options"), "two of them are the same")
    if head.image or _asks_for_card(head):
        other = "image" if head.image else "card"
        text = f'networks show no picture with a poll: keep "poll" or "{other}"'
        sheet.error(("poll",), text, at_key=True)
    return Poll(options, head.poll.runs, multiple=bool(head.poll.multiple))


def _asks_for_card(head: MessageHead) -> bool:
    return head.card is not None and head.card.kind != "none"


def _words(shape: CardShape) -> Mapping[str, str]:
    words: dict[str, str] = shape.model_dump(exclude={*_NO_WORDS, "to"}, exclude_none=True)
    if shape.to:
        words["to"] = "; ".join(shape.to)
    return words
