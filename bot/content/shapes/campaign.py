"""The settings of campaign.yaml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.content.fields import (
    ActionKindName,
    Colour,
    Day,
    Handle,
    Hashtag,
    Host,
    Identifier,
    JsonPlace,
    Language,
    Link,
    LocalList,
    LocalText,
    Many,
    PositiveDuration,
    RequiredOrNot,
    Text,
    When,
    Zone,
    within,
)
from bot.yamlfile.shape import Shape


class HashtagsShape(Shape):
    """The campaign's hashtags, with or without `#` (in quotes when with)."""

    always: Annotated[tuple[Hashtag, ...], Many] | None = None
    rotating: Annotated[tuple[Hashtag, ...], Many] | None = None
    rotate: Annotated[int, within(0, 20)] | None = Field(
        default=None, description="How many of the rotating ones a post carries."
    )


class BrandShape(Shape):
    """How the campaign looks."""

    name: Text | None = None
    background: Colour | None = None
    ink: Colour | None = None
    accent: Colour | None = None
    logo: Text | None = Field(default=None, description="images/logos/x.png")
    picture: Text | None = Field(default=None, description="images/backgrounds/x.png")
    style: Text | None = Field(
        default=None, description="How cards are laid out: broadside, gazette, placard, your own."
    )


class CountFromShape(Shape):
    """Where the bot reads a petition's count by itself."""

    url: Link = Field(description="Answers in JSON; https, on one of the campaign's links.")
    path: JsonPlace = Field(description="Where in the answer: data.signatures.total.")
    every: PositiveDuration | None = Field(default=None, description="How often: 1h.")


class ActionShape(Shape):
    """What a reader is asked to do."""

    kind: ActionKindName
    title: LocalText | None = None
    link: Link | None = None
    target: LocalText | None = Field(default=None, description="Petition: to whom.")
    goal: Annotated[int, within(1, 10**9)] | None = Field(default=None, description="Petition.")
    count: Annotated[int, within(0, 10**9)] | None = Field(
        default=None, description="Petition: how many have signed; needs count_as_of."
    )
    count_as_of: Day | None = None
    count_from: CountFromShape | None = Field(
        default=None, description="Petition: where the count is read, instead of by hand."
    )
    recipients: LocalList | None = Field(default=None, description="Letter.")
    salutation: LocalText | None = Field(default=None, description="Letter.")
    letter: LocalText | None = Field(
        default=None, description="Letter: its text, from the salutation to the sender's name."
    )
    starts: When | None = Field(
        default=None, description="Event: a date (all day), or date and time."
    )
    ends: When | None = Field(default=None, description="Event.")
    timezone: Zone | None = Field(default=None, description="Event: where it takes place.")
    places: LocalList | None = Field(default=None, description="Event.")
    handles: Annotated[tuple[Handle, ...], Many] | None = Field(default=None, description="Follow.")
    source: Text | None = Field(default=None, description="Where its facts are from.")
    as_of: Day | None = Field(default=None, description="When they were true.")
    not_before: When | None = None
    true_until: When | None = Field(default=None, description="A date counts to its end.")


class ApprovalShape(Shape):
    """What must be approved before it goes out, and by how many."""

    messages: RequiredOrNot | None = Field(
        default=None, description="Whether the team's own messages need approval: required."
    )
    people: Annotated[int, within(1, 5)] | None = Field(
        default=None, description="How many different people must approve: 2."
    )
    second_look: PositiveDuration | None = Field(
        default=None, description="How old a message's as_of may be before it waits: 90d."
    )


class CampaignFile(Shape):
    """What is being fought for."""

    name: LocalText
    languages: Annotated[tuple[Language, ...], Many] | None = Field(
        default=None, description="The first is used for messages that name none."
    )
    timezone: Zone | None = None
    hashtags: HashtagsShape | None = None
    brand: BrandShape | None = None
    links: Annotated[tuple[Host, ...], Many] | None = Field(
        default=None, description="Where links may lead: amnesty.org (with all that ends in it)."
    )
    approval: ApprovalShape | None = None
    counts_last: PositiveDuration | None = Field(
        default=None, description="How long after its day a petition's count is shown: 7d."
    )
    actions: dict[Identifier, ActionShape] = Field(default_factory=dict)
