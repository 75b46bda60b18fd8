"""Which words stand on a message's share card, and in which shape it is drawn.

A message may name its card's kind and words. Where it names none, its action decides: a
petition shows its progress, an event its date and places, a letter to whom it goes; anything
else becomes an announcement of the text's first sentence.
"""

from __future__ import annotations

from dataclasses import replace

import regex

from bot.model import (
    CARD_SIZES,
    Action,
    ActionKind,
    Campaign,
    CardKind,
    CardSpec,
    CardWords,
    Look,
    Message,
    in_language,
    items_in_language,
)

HEADLINE_AT_MOST = 110
"""Characters of a first sentence that still make a headline."""

SHORT_HEADLINE = 45
"""Up to so many characters a headline leaves room, and often a question, for another line."""

BODY_AT_MOST = 120

_URL = regex.compile(r"https?://\S+")
_TAG_MARK = regex.compile(r"(?<!\w)#(?=\w)")
_SENTENCE_END = regex.compile(r"(?<=[.!?…؟۔।])\s+|(?<=[。！？])\s*|\n+")
_BY_ACTION = {
    ActionKind.PETITION: CardKind.PETITION,
    ActionKind.EVENT: CardKind.EVENT,
    ActionKind.LETTER: CardKind.LETTER,
}
_WIDE = CARD_SIZES[0]


def card_spec(
    message: Message,
    campaign: Campaign,
    body: str,
    printed_link: str | None,
    size: tuple[int, int] = _WIDE,
) -> CardSpec | None:
    """Put the card's words and look together; None where the message goes without a card.

    `body` is the wording in use; `printed_link` the address to print on the card, where the
    account carries links there; `size` what its account shows best, in pixels.
    """
    if not message.wants_card or message.image is not None or message.poll is not None:
        return None
    action = campaign.actions.get(message.action) if message.action else None
    card = message.card or CardWords(_default_kind(action))
    width, height = card.size or size
    spec = CardSpec(
        kind=card.kind,
        language=message.language,
        words=_words(message, card, action, campaign, body),
        look=Look(
            brand=campaign.brand,
            hashtag=_hashtag(message, campaign),
            link=_printed(printed_link) if printed_link else "",
        ),
        width=width,
        height=height,
        style=card.style or campaign.brand.style,
        image=card.image,
        focus=card.focus,
    )
    if action is not None and card.kind is CardKind.PETITION:
        return replace(spec, goal=action.goal, count=action.count, as_of=action.count_as_of)
    if action is not None and card.kind is CardKind.EVENT:
        return replace(
            spec,
            starts=action.starts,
            ends=action.ends,
            all_day=action.all_day,
            places=items_in_language(action.places, message.language),
        )
    return spec


def _default_kind(action: Action | None) -> CardKind:
    kind = _BY_ACTION.get(action.kind) if action is not None else None
    return kind or CardKind.ANNOUNCEMENT


def _words(
    message: Message, card: CardWords, action: Action | None, campaign: Campaign, body: str
) -> dict[str, str]:
    """The author's words, and what the action and the message's text add to them."""
    language = message.language
    words = {name: text for name, text in card.words.items() if text}
    if card.kind is CardKind.STATISTIC and message.source:
        words.setdefault("source", message.source)
    title = in_language(action.title, language) if action is not None else ""
    if card.kind in (CardKind.PETITION, CardKind.EVENT) and action is not None:
        target = in_language(action.target, language)
        words = _filled({"headline": title, "target": target}) | words
    elif card.kind is CardKind.LETTER:
        words = _letter(action, language, campaign) | words
        if "headline" not in words:
            words = _sentences(body) | words
        words.setdefault("headline", in_language(campaign.name, language))
    elif card.kind is CardKind.ANNOUNCEMENT:
        if message.card is None:
            words = _to_follow(action, title) or _sentences(body)
        words.setdefault("headline", title or in_language(campaign.name, language))
    return words


def _filled(words: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in words.items() if text}


def _letter(action: Action | None, language: str, campaign: Campaign) -> dict[str, str]:
    """What a letter's action says in the card's language.

    What is written but once is in the campaign's first language; a card in another goes without
    it rather than in two languages.
    """
    if action is None:
        return {}
    first = campaign.languages[0] if campaign.languages else language
    same = language.split("-")[0] == first.split("-")[0]
    said = {
        "headline": (action.title, in_language(action.title, language)),
        "to": (action.recipients, "; ".join(items_in_language(action.recipients, language))),
        "salutation": (action.salutation, in_language(action.salutation, language)),
    }
    return _filled({name: text for name, (by, text) in said.items() if same or set(by) - {""}})


def _to_follow(action: Action | None, title: str) -> dict[str, str]:
    """Whom to follow, which only the action knows."""
    if action is None or action.kind is not ActionKind.FOLLOW or not action.handles:
        return {}
    return {"headline": title, "body": "  ".join(action.handles)}


def _sentences(body: str) -> dict[str, str]:
    """Make a headline of a text's first sentence, and of the second what stands below it.

    Gives nothing where the first is too long to be read at a glance.
    """
    plain = _TAG_MARK.sub("", _URL.sub("", body)).strip()
    first, *rest = (part.strip() for part in _SENTENCE_END.split(plain, maxsplit=2))
    if not 0 < len(first) <= HEADLINE_AT_MOST:
        return {}
    if len(first) > SHORT_HEADLINE or not rest or not 0 < len(rest[0]) <= BODY_AT_MOST:
        return {"headline": first}
    return {"headline": first, "body": rest[0]}


def _hashtag(message: Message, campaign: Campaign) -> str:
    """The one hashtag that stands on the card."""
    unwanted = {tag.casefold() for tag in message.without_hashtags}
    tags = (*campaign.hashtags, *message.hashtags, *campaign.rotating_hashtags)
    return next((tag for tag in tags if tag.casefold() not in unwanted), "")


def _printed(link: str) -> str:
    """An address as people write it on a poster."""
    return link.removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
