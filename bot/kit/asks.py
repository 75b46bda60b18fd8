"""An action -> what a page says of it: a petition's standing, an event's hours, a letter."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from bot.cards import words as of_cards
from bot.cards.words import dates
from bot.counting import good_until
from bot.kit.calendars import calendar
from bot.kit.choose import ends
from bot.kit.nouns import Ask, Letter, Progress, Wish
from bot.kit.phrases import Speech, language_name, words
from bot.kit.shares import MAILTO_MOST, mailto
from bot.model import (
    Action,
    ActionKind,
    CardKind,
    CardSpec,
    Look,
    in_language,
    items_in_language,
)

_ADDRESS = regex.compile(
    r"(?<![\w.+-])[A-Za-z0-9][A-Za-z0-9._+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])"
)
_SERVER = regex.compile(r"(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")


def ask(action: Action, wish: Wish, speech: Speech) -> tuple[Ask, bytes]:
    """Put together what a page says of an action, and the calendar file of an event."""
    language = speech.language
    title = in_language(action.title, language)
    places = items_in_language(action.places, language)
    spec = CardSpec(
        CardKind.PETITION if action.kind is ActionKind.PETITION else CardKind.EVENT,
        speech.tag,
        {},
        Look(wish.campaign.brand),
        goal=action.goal,
        count=action.count,
        as_of=action.count_as_of,
        starts=action.starts,
        ends=action.ends,
        all_day=action.all_day,
    )
    event = action.kind is ActionKind.EVENT and action.starts is not None
    last = [moment for moment in (action.true_until, ends(action)) if moment is not None]
    made = Ask(
        key=action.id,
        kind=action.kind.value,
        title=words(title or speech.say(action.kind.value), language if title else speech.tag),
        to=_to(action, language),
        link=_web(action.link),
        progress=_progress(spec, action, wish, speech),
        when=dates.when(spec) if event else "",
        places=places if event else (),
        calendar=f"events/{action.id}-{language.lower()}.ics" if event else "",
        handles=[(handle, profile(handle)) for handle in action.handles],
        letters=list(_letters(action, wish, speech)) if action.kind is ActionKind.LETTER else [],
        source=_source(action, speech),
        until=speech.until(min(last, default=None)),
    )
    if not event:
        return made, b""
    return made, calendar(action, wish.campaign, title or action.id, places, wish.now)


def profile(handle: str) -> str:
    """Find where an account is that has its server in its name; elsewhere nobody can tell."""
    name, _, server = handle.lstrip("@").partition("@")
    if regex.fullmatch(r"[A-Za-z0-9_.-]{1,64}", name) and _SERVER.fullmatch(server):
        return f"https://{server}/@{name}"
    return ""


def _to(action: Action, language: str) -> tuple[str, ...]:
    if action.kind is ActionKind.PETITION:
        target = in_language(action.target, language)
        return (target,) if target else ()
    return items_in_language(action.recipients, language)


def _web(link: str | None) -> str:
    """An address that is one of the web, and nothing else: it becomes a link."""
    return link if link and link.lower().startswith(("https://", "http://")) else ""


def _progress(spec: CardSpec, action: Action, wish: Wish, speech: Speech) -> Progress | None:
    if action.kind is not ActionKind.PETITION:
        return None
    standing, day = of_cards.progress(spec)
    if not standing:
        return None
    share = of_cards.share_reached(spec)
    return Progress(
        standing,
        day,
        None if share is None else int(share * 100),
        speech.until(good_until(action, wish.campaign)),
    )


def _source(action: Action, speech: Speech) -> str:
    if not action.source:
        return ""
    if action.as_of is None:
        return speech.say("source", source=action.source)
    return speech.say("source_as_of", source=action.source, date=speech.date(action.as_of))


def _letters(action: Action, wish: Wish, speech: Speech) -> Iterator[Letter]:
    """The letter in the page's language; where it has none, in all that it has."""
    first = next(iter(wish.campaign.languages), "en")
    written = {tag or first: text for tag, text in action.letter.items()}
    base = speech.language.split("-")[0]
    own = next((tag for tag in (speech.language, base) if tag in written), None)
    for tag in (own,) if own else written:
        text, salutation = written[tag], in_language(action.salutation, tag)
        to = items_in_language(action.recipients, tag)
        whole = "\n\n".join(filter(None, (salutation, text)))
        subject = in_language(action.title, tag) or in_language(wish.campaign.name, tag)
        addresses = [found[0] for one in to if (found := _ADDRESS.search(one))]
        address = mailto(addresses, subject, whole) if addresses else ""
        paste = len(address) > MAILTO_MOST
        yield Letter(
            key=f"{action.id}-{tag.lower()}",
            subject=subject,
            to=to,
            salutation=salutation,
            paragraphs=[part for part in text.split("\n\n") if part.strip()],
            words=words(whole, tag),
            language_name="" if own else language_name(tag, speech.tag),
            mailto=mailto(addresses, subject, "") if paste else address,
            paste=paste,
        )
