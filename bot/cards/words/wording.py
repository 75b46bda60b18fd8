"""The words of a card by their names, those that its author wrote and those that are made.

kind          made
quote         quote, open_quote, close_quote
petition      petition, standing, day, percent, count, goal
event         when, hour, weekday, day_number, month, year, place, places
statistic     source_line
letter        letter, to_line
photo         credit_line
any           name, hashtag, link
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.cards.words import dates
from bot.cards.words.locales import listed, locale_of, number, percent
from bot.cards.words.phrases import phrase, phrase_locale
from bot.model import CardKind, CardSpec

_MARKS = '"“”„‟«»‹›「」『』《》〈〉״'
_APOSTROPHES = "'‘’‚"


def fields(spec: CardSpec) -> Mapping[str, str]:
    """Give all words of a card by name; one that there is nothing to say for is not there.

    A word of the author's takes the place of the made one: a `date` that of `when` and of the
    calendar leaf's words, a `place` that of `places`.
    """
    made = {
        "name": spec.look.brand.name,
        "hashtag": "#" + spec.look.hashtag.lstrip("#") if spec.look.hashtag else "",
        "link": printed(spec.look.link),
        **_MAKERS.get(spec.kind, _nothing)(spec),
    }
    words = {name: text.strip() for name, text in {**spec.words, **made}.items()}
    return {name: text for name, text in words.items() if text}


def unquoted(text: str) -> str:
    """Take a quotation out of quotation marks around the whole of it."""
    text = text.strip()
    inner = text[1:-1].strip()
    paired = len(text) > 2 and all(end in _MARKS + _APOSTROPHES for end in (text[0], text[-1]))
    return inner if paired and inner and not any(mark in inner for mark in _MARKS) else text


def printed(link: str) -> str:
    """Shorten an address to what is printed: without its scheme, `www.` and closing slash."""
    for start in ("https://", "http://", "www."):
        link = link.removeprefix(start)
    return link.rstrip("/")


def quotation_marks(language: str) -> tuple[str, str]:
    """The marks that open and close a quotation in `language`, without the blanks within."""
    opening, _, closing = phrase(language, "quoted", text="\n").partition("\n")
    return opening.strip(), closing.strip()


def progress(spec: CardSpec) -> tuple[str, str]:
    """Say a petition's standing and the day it is from, as two lines; either may be empty.

    A count is only shown with its date. Without one (and for a count of nought, which says
    nothing yet) the goal stands alone.
    """
    language, locale = spec.language, phrase_locale(spec.language)
    goal = "" if spec.goal is None else number(spec.goal, locale)
    if not spec.count or spec.as_of is None:
        return (phrase(language, "goal", spec.goal, goal=goal) if goal else ""), ""
    count = number(spec.count, locale)
    day = phrase(language, "as_of", date=dates.day(spec.as_of, locale))
    if spec.goal is None:
        return phrase(language, "counted", spec.count, count=count), day
    if spec.count <= spec.goal:
        return phrase(language, "progress", spec.goal, count=count, goal=goal), day
    return phrase(language, "reached", spec.count, count=count, goal=goal), day


def share_reached(spec: CardSpec) -> float | None:
    """Tell how much of its goal a petition has reached, 0 to 1; None where no bar is drawn."""
    if not spec.count or not spec.goal or spec.as_of is None:
        return None
    return min(1.0, spec.count / spec.goal)


def when(spec: CardSpec) -> str:
    """Say when an event is: in the author's words, else by its dates."""
    return spec.words.get("date", "").strip() or dates.when(spec)


def places(spec: CardSpec) -> tuple[str, ...]:
    """Where an event is: the author's one place, else all of the action's."""
    own = spec.words.get("place", "").strip()
    return (own,) if own else tuple(place.strip() for place in spec.places if place.strip())


def recipients(spec: CardSpec) -> tuple[str, ...]:
    """To whom a letter goes; `to` has them with a semicolon between."""
    parts = spec.words.get("to", "").replace("；", ";").replace("؛", ";").split(";")
    return tuple(part.strip() for part in parts if part.strip())


# --- what is made, by kind ---------------------------------------------------------------


def _nothing(_spec: CardSpec) -> Mapping[str, str]:
    return {}


def _quote(spec: CardSpec) -> Mapping[str, str]:
    opening, closing = quotation_marks(spec.language)
    quote = unquoted(spec.words.get("quote", ""))
    return {"quote": quote, "open_quote": opening, "close_quote": closing}


def _petition(spec: CardSpec) -> Mapping[str, str]:
    locale = phrase_locale(spec.language)
    standing, day = progress(spec)
    made = {"petition": phrase(spec.language, "petition"), "standing": standing, "day": day}
    if spec.goal is not None:
        made["goal"] = number(spec.goal, locale)
    if spec.count and spec.as_of is not None:
        made["count"] = number(spec.count, locale)
        # Under one percent, and with four digits, it says less than the count does.
        if spec.goal and spec.goal <= spec.count * 100 < spec.goal * 1000:
            made["percent"] = percent(spec.count, spec.goal, locale)
    return made


def _event(spec: CardSpec) -> Mapping[str, str]:
    joined = listed(places(spec), locale_of(spec.language))
    made = {"when": when(spec), "place": joined, "places": joined}
    if not spec.words.get("date", "").strip():
        made |= {"hour": dates.hour(spec), **dates.leaf(spec)}
    return made


def _statistic(spec: CardSpec) -> Mapping[str, str]:
    source = spec.words.get("source", "").strip()
    return {"source_line": phrase(spec.language, "source", source=source) if source else ""}


def _letter(spec: CardSpec) -> Mapping[str, str]:
    names = "; ".join(recipients(spec))
    return {
        "letter": phrase(spec.language, "letter"),
        "to_line": phrase(spec.language, "to", names=names) if names else "",
    }


def _photo(spec: CardSpec) -> Mapping[str, str]:
    name = spec.words.get("credit", "").strip()
    return {"credit_line": phrase(spec.language, "credit", name=name) if name else ""}


_MAKERS = {
    CardKind.QUOTE: _quote,
    CardKind.PETITION: _petition,
    CardKind.EVENT: _event,
    CardKind.STATISTIC: _statistic,
    CardKind.LETTER: _letter,
    CardKind.PHOTO: _photo,
}
