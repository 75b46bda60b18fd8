"""Alt text: what the card says, for those who cannot see it.

Made from the words, figures and dates themselves, in the card's language; emoji stay in. Name,
logo and hashtag of the campaign are not repeated (the account and the post say them); an
address that only the picture shows is. What a photo shows, only its author can say: that
description comes first, then the words on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import regex

from bot.cards.words.locales import comma, in_brackets, locale_of
from bot.cards.words.phrases import phrase
from bot.cards.words.wording import fields
from bot.model import CardKind, CardSpec

_CLOSING = "[\"'”“»›)\\]」』）]*"
_STOP = regex.compile(rf"(?:[.!?…。！？؟۔।॥]{_CLOSING}|[,:;،؛，、：；])$")
"""What a part may end with as it stands, the comma of a salutation included."""
_SENTENCE = regex.compile(rf".*(?:[.!?…؟۔।॥]{_CLOSING}(?=\s)|[。！？]{_CLOSING})", regex.DOTALL)
_BREAKABLE = regex.compile(r"[^\S\u00A0\u202F]+")
_WORD = regex.compile(r".*[^\s,;:–—-](?=[\s,;:–—-])", regex.DOTALL)

_LINES: Final[Mapping[CardKind, Sequence[str]]] = {
    CardKind.QUOTE: ("kicker", "said"),
    CardKind.PETITION: ("addressed", "headline", "standing"),
    CardKind.EVENT: ("kicker", "headline", "when", "places"),
    CardKind.STATISTIC: ("kicker", "counted", "source_line"),
    CardKind.LETTER: ("label", "headline", "to_line", "salutation", "body"),
    CardKind.ANNOUNCEMENT: ("kicker", "headline", "body"),
    CardKind.PHOTO: ("kicker", "headline", "body", "credit_line"),
    CardKind.POSTER: ("kicker", "headline", "body"),
}
"""What is said of each kind, in this order: `words.fields`, and what `_joined` adds."""


def alt_text(spec: CardSpec, limit: int, shows: str = "") -> str:
    """Say what the card shows and says in at most `limit` characters.

    A text that is longer ends after a sentence, or after a word with an ellipsis. `shows` is
    the author's description of a photo; words that it has already are not said again.
    """
    words = {**fields(spec)}
    words |= _joined(spec, words)
    shows = _one_line(shows)
    parts = [_one_line(words.get(name, "")) for name in (*_LINES[spec.kind], "link")]
    known = shows.casefold()
    said = [shows, *(part for part in parts if part.casefold() not in known or not shows)]
    return shortened(_sentences(spec.language, said), limit)


def shortened(text: str, limit: int) -> str:
    """Cut `text` to `limit` characters so that it ends cleanly."""
    if len(text) <= limit:
        return text
    if limit < 2:
        return "…"[: max(0, limit)]
    # The character after the limit shows whether a word or sentence ends right at it.
    sentence = _SENTENCE.match(text[: limit + 1])
    if sentence and limit // 2 <= len(sentence[0]) <= limit:
        return sentence[0]
    word = _WORD.match(text[:limit])
    if word and len(word[0]) >= limit // 2:
        return word[0] + "…"
    graphemes, kept = regex.findall(r"\X", text), ""
    for grapheme in graphemes:
        if len(kept) + len(grapheme) > limit - 1:
            break
        kept += grapheme
    return kept.rstrip() + "…"


def _joined(spec: CardSpec, words: Mapping[str, str]) -> Mapping[str, str]:
    """Put together what a card shows in several pieces and a sentence says in one."""
    language = spec.language
    locale = locale_of(language)
    label = words.get("kicker") or words.get("petition") or words.get("letter", "")
    standing, day = words.get("standing", ""), words.get("day", "")
    who = _all_of(comma(locale), words, "attribution", "role")
    quote = _one_line(words.get("quote", ""))
    said = phrase(language, "quoted", text=quote) if quote else ""
    return {
        "label": label,
        "addressed": " · ".join(filter(None, (label, words.get("target", "")))),
        "standing": f"{standing}{in_brackets(day, locale)}" if day else standing,
        "said": " – ".join(filter(None, (said, who))),
        "counted": _all_of(" ", words, "figure", "label"),
    }


def _all_of(between: str, words: Mapping[str, str], *names: str) -> str:
    return between.join(words[name] for name in names if name in words)


def _sentences(language: str, parts: Sequence[str]) -> str:
    """Put parts one after the other, each ended as the language ends a sentence."""
    stop = phrase(language, "stop")
    mark, blank = stop.rstrip(), stop[len(stop.rstrip()) :]
    return blank.join(
        part if _STOP.search(part) else part + mark for part in parts if part
    ).rstrip()


def _one_line(text: str) -> str:
    return _BREAKABLE.sub(" ", text.replace("\u2060", "")).strip()
