"""What there is to know of a language's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.model import ActionKind

NOTHING = "(?!)"
"""A pattern that matches nothing."""


def _none() -> Mapping[ActionKind | None, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """One language's lists; each text is a pattern of alternatives, unless it says otherwise.

    Two are the same only if they are one object, so that what is made of them can be kept.
    """

    months: tuple[str, ...] = ()
    """Twelve, each with its short forms: `january|jan`."""
    weekdays: tuple[str, ...] = ()
    """Seven from Monday on."""
    abbreviations: str = NOTHING
    """What ends with a dot that ends no sentence, without that dot."""
    starters: str = NOTHING
    """Words that surely begin a sentence, for the dot after `U.S.`"""
    ordinal_dot: bool = False
    """Whether `25.` is how one writes the twenty-fifth."""
    large_nouns: bool = False
    """Whether nouns are written large, as names are elsewhere."""
    quotes: tuple[str, str] = ("“", "”")
    """The marks to set a quotation in where its own are missing or typed straight."""

    # who says what
    saying: str = NOTHING
    """Verbs between a speaker and the words spoken, after either."""
    taking: str = NOTHING
    """Verbs by which somebody takes a stand without being quoted: rejects, has condemned."""
    according: str = NOTHING
    roles: str = NOTHING
    """What people are, as it stands next to their names: president, UN special rapporteur."""
    bodies: str = NOTHING
    """Words in the names of organisations."""
    we_of: str = NOTHING
    """What stands before an organisation that speaks of itself: `As the … we`."""
    small: str = NOTHING
    """Articles and the like, which a name does not begin with."""

    # calls to action
    calls: Mapping[ActionKind | None, str] = field(default_factory=_none)
    """Imperatives at the beginning of a sentence; None for those of no particular action."""
    calls_at_end: str = NOTHING
    """Infinitives at the end of a short call, as German has them."""
    lead_ins: str = NOTHING
    """What may stand before an imperative: please, now."""
    no_call: str = NOTHING
    """What shows, right after an imperative, that it was a noun: `demand for`, `march was`."""
    cautions: str = NOTHING
    """Imperatives not to do something."""
    things: Mapping[ActionKind | None, str] = field(default_factory=_none)
    """Nouns that tell which action a call is for."""
    demands: str = NOTHING
    """What somebody else must do: `must drop`, `we demand`."""

    # how a sentence stands
    leaning: str = NOTHING
    """First words that lean on the sentence before: he, this, but."""
    passing: str = NOTHING
    """Words that make a sentence true for a while only: currently, still, remains."""
    of_one: str = NOTHING
    """The first person singular."""
    layout: str = NOTHING
    """Words about the page itself: above, click here."""
    furniture: str = NOTHING
    """How paragraphs begin or read that belong to the page, not to what it says."""
    form: str = NOTHING
    """How a form to fill in begins."""

    # figures
    about: str = NOTHING
    """More than, almost, up to."""
    numbers: str = NOTHING
    """Numbers in words that are worth telling."""
    scales: str = NOTHING
    """Thousand, million."""
    no_unit: str = NOTHING
    """Small words that are not what a number counts."""

    # dates and places
    before_day: str = NOTHING
    before_month: str = NOTHING
    clock: str = NOTHING
    """What stands before a time of day: at, um."""
    hours: str = NOTHING
    """What stands after it: Uhr, h, o'clock."""
    at_places: str = NOTHING
    """Prepositions before a place."""

    # the organiser's own lines, `Target: …`
    target: str = NOTHING
    salutation: str = NOTHING
    recipients: str = NOTHING


UNKNOWN = Vocabulary()
