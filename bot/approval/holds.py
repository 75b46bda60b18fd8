"""What matches a word that is held.

A word matches wherever its letters stand in this order, in any case and with any accents, also
within a hashtag: when news breaks, too much that waits is better than too little. A
/pattern/ is a regular expression.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

import regex

from bot.model import (
    Action,
    Campaign,
    Draft,
    Hold,
    Message,
    in_language,
    items_in_language,
)

_SECONDS = 0.1
"""A pattern that takes longer on a text counts as matching: whoever wrote it is in a hurry."""
_LONGEST = 200


class BadPattern(ValueError):
    """A pattern that cannot be held; the text says why."""


def read_pattern(written: str) -> str:
    """Check what a person wants held; returns it without blanks around it.

    Raises:
        BadPattern: it is empty, too long, or no regular expression.
    """
    pattern = written.strip()
    if len(pattern) > _LONGEST:
        raise BadPattern(f"that is {len(pattern)} characters long: at most {_LONGEST}")
    inner = pattern[1:-1] if _is_regex(pattern) else _folded(pattern)
    if not inner.strip():
        raise BadPattern('say which word, like "bot hold verdict", or a /pattern/')
    if _is_regex(pattern):
        try:
            compiled = _compiled(pattern)
        except regex.error as error:
            raise BadPattern(f"{pattern} is no pattern: {error}") from error
        if compiled.search(""):
            raise BadPattern(f"{pattern} matches everything: bot pause is for that")
    return pattern


def held_by(texts: Iterable[str], holds: Sequence[Hold]) -> Hold | None:
    """Find a hold that matches one of the texts."""
    if not holds:
        return None
    said = "\n".join(texts)
    folded = _folded(said)
    return next((hold for hold in holds if _matches(hold.pattern, said, folded)), None)


def words_of(message: Message, campaign: Campaign) -> list[str]:
    """All that a message's post could say, card and alt text included."""
    action = campaign.actions.get(message.action) if message.action else None
    card = message.card.words.values() if message.card else ()
    return [
        message.id,
        message.text,
        *message.per_network.values(),
        *message.variants,
        *message.thread,
        *card,
        *(message.poll.options if message.poll else ()),
        message.alt or "",
        message.content_warning or "",
        message.link or "",
        " ".join(f"#{tag}" for tag in (*message.hashtags, *campaign.hashtags)),
        *(_words_of_action(action, message.language) if action else ()),
    ]


def words_of_draft(draft: Draft, message: str) -> list[str]:
    """All that a queued post says."""
    return [
        message,
        draft.text,
        *draft.thread,
        draft.picture.alt if draft.picture else "",
        draft.content_warning or "",
        draft.link or "",
        *(draft.poll.options if draft.poll else ()),
    ]


def _words_of_action(action: Action, language: str) -> list[str]:
    """What a card may show of an action, in the message's language."""
    return [
        in_language(action.title, language),
        in_language(action.target, language),
        *items_in_language(action.places, language),
        *items_in_language(action.recipients, language),
    ]


def _matches(pattern: str, said: str, folded: str) -> bool:
    if not _is_regex(pattern):
        return _folded(pattern) in folded
    try:
        return _compiled(pattern).search(said, timeout=_SECONDS) is not None
    except TimeoutError:
        return True


def _is_regex(pattern: str) -> bool:
    return len(pattern) > 1 and pattern.startswith("/") and pattern.endswith("/")


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern[1:-1], regex.IGNORECASE | regex.V1)


def _folded(text: str) -> str:
    """Case, accents and kinds of white space away."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())
