"""What a message carries besides its words: a card, or a picture, or a poll."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from bot.content import pictures
from bot.content.references import some
from bot.content.shapes import CardShape, MessageHead
from bot.model import CardKind, CardWords, Poll
from bot.yamlfile.sheet import Sheet

_CARD_WORDS: Final = {
    CardKind.QUOTE: ("quote", "attribution", "role", "kicker"),
    CardKind.PETITION: ("headline", "target", "kicker"),
    CardKind.EVENT: ("headline", "date", "place", "kicker"),
    CardKind.STATISTIC: ("figure", "label", "source", "kicker"),
    CardKind.ANNOUNCEMENT: ("headline", "body", "kicker"),
}
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
    try:
        return pictures.find(root, head.image, str(PurePosixPath(sheet.path).parent)), alt
    except ValueError as error:
        sheet.error(("image",), str(error))
        return None, alt


def card(sheet: Sheet, head: MessageHead) -> CardWords | None:
    """Read the words of the message's card."""
    if head.card is None:
        return None
    words = _words(head.card)
    if head.card.kind == "none":
        if words:
            sheet.error(("card",), f'"none" is no card, but there are words: {some(words)}')
        return None
    kind = CardKind(head.card.kind)
    for name in words:
        if name not in _CARD_WORDS[kind]:
            text = f"a {kind} card has no such words; it has {', '.join(_CARD_WORDS[kind])}"
            sheet.error(("card", name), text, at_key=True)
    return CardWords(kind, words)


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
    return shape.model_dump(exclude={"kind"}, exclude_none=True)
