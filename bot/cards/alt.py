"""Alt text: what the card says, for those who cannot see it.

Made from the words, figures and dates themselves, in the card's language; emoji that are
left out of the picture stay in. Name, logo and hashtag of the campaign are not repeated
(the account and the post say them); an address that only the picture shows is.
"""

from __future__ import annotations

import regex

from bot.cards import wording
from bot.cards.brandbar import printed
from bot.model import CardKind, CardSpec

_STOP = regex.compile(r"[.!?…。！？][\"'”»)\]]*$")
_SENTENCE = regex.compile(r".*[.!?…。！？][\"'”»)\]]*(?=\s)", regex.DOTALL)
_BREAKABLE = regex.compile(r"[^\S\u00A0\u202F]+")
_WORD = regex.compile(r".*[^\s,;:–—-](?=[\s,;:–—-])", regex.DOTALL)


def alt_text(spec: CardSpec, limit: int) -> str:
    """Say what the card says in at most `limit` characters.

    A text that is longer ends after a sentence, or after a word with an ellipsis.
    """
    parts = [_one_line(part) for part in _PARTS[spec.kind](spec)]
    parts = [_one_line(spec.words.get("kicker", "")), *parts, printed(spec.look.link)]
    return shortened(" ".join(_stopped(part) for part in parts if part), limit)


def shortened(text: str, limit: int) -> str:
    """Cut `text` to `limit` characters so that it ends cleanly."""
    if len(text) <= limit:
        return text
    if limit < 2:
        return "…"[: max(0, limit)]
    # The character after the limit shows whether a word or sentence ends right at it.
    sentence = _SENTENCE.match(text[: limit + 1])
    if sentence and len(sentence[0]) >= limit // 2:
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


def _one_line(text: str) -> str:
    return _BREAKABLE.sub(" ", text).strip()


def _stopped(part: str) -> str:
    return part if _STOP.search(part) else part + "."


def _quote(spec: CardSpec) -> list[str]:
    words = spec.words
    quote = _one_line(wording.unquoted(words.get("quote", "")))
    said = wording.phrase(spec.language, "quoted", text=quote)
    who = ", ".join(w for w in (words.get("attribution", ""), words.get("role", "")) if w)
    return [f"{said} – {who}" if who else said]


def _petition(spec: CardSpec) -> list[str]:
    lead = wording.phrase(spec.language, "petition") if not spec.words.get("kicker") else ""
    target = spec.words.get("target", "")
    standing, day = wording.progress(spec)
    return [
        " · ".join(part for part in (lead, target) if part),
        spec.words.get("headline", ""),
        f"{standing} ({day})" if day else standing,
    ]


def _event(spec: CardSpec) -> list[str]:
    words = spec.words
    place = words.get("place", "") or ", ".join(spec.places)
    return [words.get("headline", ""), words.get("date", "") or wording.when(spec), place]


def _statistic(spec: CardSpec) -> list[str]:
    words = spec.words
    source = words.get("source", "")
    return [
        " ".join(part for part in (words.get("figure", ""), words.get("label", "")) if part),
        wording.phrase(spec.language, "source", source=source) if source else "",
    ]


def _announcement(spec: CardSpec) -> list[str]:
    return [spec.words.get("headline", ""), spec.words.get("body", "")]


_PARTS = {
    CardKind.QUOTE: _quote,
    CardKind.PETITION: _petition,
    CardKind.EVENT: _event,
    CardKind.STATISTIC: _statistic,
    CardKind.ANNOUNCEMENT: _announcement,
}
