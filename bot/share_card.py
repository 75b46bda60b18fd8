"""Which words stand on a message's share card.

A message may name its card's kind and words. Where it names none, its action decides: a
petition shows its progress, an event its date and places; anything else becomes an
announcement of the text's first sentence.
"""

from __future__ import annotations

import regex

from bot.model import (
    Action,
    ActionKind,
    Campaign,
    CardKind,
    CardSpec,
    CardWords,
    Look,
    Message,
    in_language,
)

HEADLINE_AT_MOST = 110
"""Characters of a first sentence that still make a headline."""

SHORT_HEADLINE = 45
"""Up to so many characters a headline leaves room, and often a question, for another line."""

BODY_AT_MOST = 120

_URL = regex.compile(r"https?://\S+")
_TAG_MARK = regex.compile(r"(?<!\w)#(?=\w)")
_SENTENCE_END = regex.compile(r"(?<=[.!?…。！？])\s+|\n+")
_BY_ACTION = {ActionKind.PETITION: CardKind.PETITION, ActionKind.EVENT: CardKind.EVENT}


def card_spec(
    message: Message, campaign: Campaign, body: str, printed_link: str | None
) -> CardSpec | None:
    """Put the card's words and look together; None where the message goes without a card.

    `body` is the wording in use; `printed_link` the address to print on the card, where the
    account carries links there.
    """
    if not message.wants_card or message.image is not None or message.poll is not None:
        return None
    action = campaign.actions.get(message.action) if message.action else None
    card = message.card or _default(action)
    words = {k: v for k, v in card.words.items() if v}
    look = Look(
        brand=campaign.brand,
        hashtag=_hashtag(message, campaign),
        link=_printed(printed_link) if printed_link else "",
    )
    petition = card.kind is CardKind.PETITION and action is not None
    event = card.kind is CardKind.EVENT and action is not None
    if action is not None and card.kind in (CardKind.PETITION, CardKind.EVENT):
        words.setdefault("headline", in_language(action.title, message.language))
        if target := in_language(action.target, message.language):
            words.setdefault("target", target)
    if card.kind is CardKind.STATISTIC and message.source:
        words.setdefault("source", message.source)
    if card.kind is CardKind.ANNOUNCEMENT:
        if message.card is None:
            words = _addressed(action, message.language, campaign) or _sentences(body)
        title = in_language(action.title, message.language) if action is not None else ""
        words.setdefault("headline", title or in_language(campaign.name, message.language))
    return CardSpec(
        kind=card.kind,
        language=message.language,
        words=words,
        look=look,
        goal=action.goal if petition and action else None,
        count=action.count if petition and action else None,
        as_of=action.count_as_of if petition and action else None,
        starts=action.starts if event and action else None,
        ends=action.ends if event and action else None,
        all_day=bool(event and action and action.all_day),
        places=action.places if event and action else (),
    )


def _default(action: Action | None) -> CardWords:
    kind = _BY_ACTION.get(action.kind) if action is not None else None
    return CardWords(kind or CardKind.ANNOUNCEMENT)


def _addressed(action: Action | None, language: str, campaign: Campaign) -> dict[str, str]:
    """Words that only the action knows: to whom a letter goes, whom to follow.

    Recipients are written once, in the campaign's first language; a card in another goes
    without them rather than in two languages.
    """
    if action is None:
        return {}
    title = in_language(action.title, language)
    first = campaign.languages[0] if campaign.languages else language
    same_language = language.split("-")[0] == first.split("-")[0]
    if action.kind is ActionKind.LETTER and action.recipients and same_language:
        return {"headline": title, "body": "; ".join(action.recipients)}
    if action.kind is ActionKind.FOLLOW and action.handles:
        return {"headline": title, "body": "  ".join(action.handles)}
    return {}


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
