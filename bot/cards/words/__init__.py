"""All words of a card: the author's, and those made of its figures, dates and places.

    fields(spec)          every word by its name, for templates
    share_reached(spec)   how far a petition's bar reaches
    places(spec)          an event's places, one by one
    recipients(spec)      a letter's addressees, one by one
    alt_text(spec, …)     what the card says, for those who cannot see it

Phrases stand in `languages/`, one file each: adding a language is adding a file. Numbers,
dates and lists come from Babel (Unicode CLDR).
"""

from __future__ import annotations

from bot.cards.words.alt import alt_text
from bot.cards.words.wording import (
    fields,
    places,
    progress,
    recipients,
    share_reached,
    unquoted,
    when,
)

__all__ = [
    "alt_text",
    "fields",
    "places",
    "progress",
    "recipients",
    "share_reached",
    "unquoted",
    "when",
]
