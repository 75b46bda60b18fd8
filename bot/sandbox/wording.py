"""Links, hashtags and mentions in a post's text, cut into pieces for HTML and JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bot.sandbox.records import NetworkKey
from bot.text import mastodon_entities, x_entities

Kind = Literal["text", "url", "hashtag", "mention"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: plain, or a link, hashtag or mention with its sign."""

    kind: Kind
    text: str
    value: str = ""
    """The link's address, the tag without #, the handle without @."""
    start: int = 0
    """In characters (code points) of the entire text."""


def pieces(network: NetworkKey, text: str) -> Iterator[Piece]:
    """Cut `text` at what `network` makes links of. Joined, the pieces are `text` again."""
    find = x_entities if network == "x" else mastodon_entities
    at = 0
    for entity in sorted(find(text), key=lambda entity: entity.start):
        kind = str(entity.kind)
        if entity.start < at or kind not in ("url", "hashtag", "mention"):
            continue
        if entity.start > at:
            yield Piece("text", text[at : entity.start], start=at)
        shown = text[entity.start : entity.end]
        yield Piece(_kind(kind), shown, entity.value, entity.start)
        at = entity.end
    if at < len(text):
        yield Piece("text", text[at:], start=at)


def _kind(kind: str) -> Kind:
    if kind == "url":
        return "url"
    return "hashtag" if kind == "hashtag" else "mention"


def address(piece: Piece) -> str:
    """Return where a link goes; X also links bare domains, which lack a scheme."""
    url = piece.value or piece.text
    return url if url.lower().startswith(("http://", "https://")) else f"http://{url}"


def has_link(network: NetworkKey, text: str) -> bool:
    """Tell whether `network` sees a link in `text`."""
    return any(piece.kind == "url" for piece in pieces(network, text))


_TELLTALE = {
    "en": "the and of to is for with we our are this that you from your",
    "es": "el los las y para con por una del es que su nuestra hoy más",
    "pt": "o os as e para com por uma do da não é que nossa hoje mais você",
    "fr": "le les et pour avec une des du est que nous notre dans sur pas",
    "de": "der die das und für mit ein eine ist nicht wir auf den von",
    "it": "il gli e per con una del della è che non nostra di",
}
_SCRIPTS = (
    ("ar", "\u0600", "\u06ff"),
    ("he", "\u0590", "\u05ff"),
    ("ja", "\u3040", "\u30ff"),
    ("ko", "\uac00", "\ud7af"),
    ("hi", "\u0900", "\u097f"),
    ("el", "\u0370", "\u03ff"),
    ("ru", "\u0400", "\u04ff"),
    ("zh", "\u4e00", "\u9fff"),
)


def guess_language(text: str) -> str:
    """Guess a language the way X labels posts, roughly: `und` where there is no telling.

    X's API takes no language, so its timeline has nothing better to filter by.
    """
    letters = [letter for letter in text if letter.isalpha()]
    for tag, first, last in _SCRIPTS:
        if sum(first <= letter <= last for letter in letters) * 3 > len(letters) > 0:
            return tag
    words = [word.strip(".,;:!?¡¿«»“”\"'()").lower() for word in text.split()]
    scores = {
        tag: sum(word in telltale.split() for word in words) for tag, telltale in _TELLTALE.items()
    }
    best = max(scores, key=lambda tag: scores[tag])
    return best if scores[best] else "und"
