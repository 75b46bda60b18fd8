"""The settings of a message: its front matter."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from bot.content.fields import (
    Allowed,
    ByNetwork,
    CardName,
    CardSize,
    Day,
    Focus,
    Hashtag,
    Host,
    Language,
    Link,
    Many,
    Network,
    PositiveDuration,
    Required,
    Text,
    VisibilityName,
    When,
    YesNo,
    within,
)
from bot.yamlfile.shape import Shape


class CardShape(Shape):
    """A share card and its words; what is left out comes from the action."""

    kind: CardName
    headline: Text | None = Field(default=None, description="All but quote and statistic.")
    body: Text | None = Field(
        default=None, description="Announcement, letter, photo, poster: below the headline."
    )
    quote: Text | None = Field(default=None, description="Quote.")
    attribution: Text | None = Field(default=None, description="Quote: who said it.")
    role: Text | None = Field(default=None, description="Quote: who that is.")
    figure: Text | None = Field(default=None, description="Statistic.")
    label: Text | None = Field(default=None, description="Statistic: what the figure counts.")
    source: Text | None = Field(default=None, description="Statistic: where it is from.")
    date: Text | None = Field(default=None, description="Event.")
    place: Text | None = Field(default=None, description="Event.")
    target: Text | None = Field(default=None, description="Petition: whom it is addressed to.")
    to: Annotated[tuple[Text, ...], Many] | None = Field(
        default=None, description="Letter: to whom it goes."
    )
    salutation: Text | None = Field(default=None, description="Letter: Dear Minister,")
    image: Text | None = Field(
        default=None, description="Photo: what the words stand on. Quote: a portrait."
    )
    focus: Focus | None = Field(
        default=None, description="What of the image stays in view: 40% 30%, or left top."
    )
    credit: Text | None = Field(default=None, description="Photo: who took it.")
    kicker: Text | None = Field(default=None, description="All: a small line above.")
    style: Text | None = Field(default=None, description="Instead of the campaign's.")
    size: CardSize | None = Field(default=None, description="Instead of the account's.")


def _as_card(value: object) -> object:
    """Take a card's kind alone for a card without words of its own."""
    return {"kind": value} if isinstance(value, str) else value


Card: TypeAlias = Annotated[
    CardShape, BeforeValidator(_as_card, json_schema_input_type=CardShape | CardName)
]


class PollShape(Shape):
    """A question's answers; the question is the text."""

    options: tuple[Text, ...]
    runs: PositiveDuration = Field(alias="for", description="How long it is open: 1d.")
    multiple: YesNo | None = Field(default=None, description="Whether several may be chosen.")


class MessageHead(Shape):
    """The front matter of a message; all of it is optional."""

    action: Text | None = Field(
        default=None, description="An action of campaign.yaml, by its name."
    )
    language: Language | None = None
    link: Link | None = Field(default=None, description="Instead of the action's link.")
    hashtags: Annotated[tuple[Hashtag, ...], Many] | None = None
    without_hashtags: Annotated[tuple[Hashtag, ...], Many] | None = Field(
        default=None, description="The campaign's hashtags that this message does not carry."
    )
    card: Card | None = Field(default=None, description="none, a kind, or a kind with its words.")
    image: Text | None = Field(default=None, description="A picture instead of a card; needs alt.")
    alt: Text | None = Field(
        default=None, description="What the picture shows, for who cannot see it."
    )
    alt_text: Text | None = Field(default=None, description="The same as alt.")
    content_warning: Text | None = None
    visibility: VisibilityName | None = Field(default=None, description="Mastodon only.")
    accounts: Annotated[tuple[Text, ...], Many] | None = Field(
        default=None, description="Only for these accounts of schedules.yaml."
    )
    networks: Annotated[tuple[Network, ...], Many] | None = None
    text: Annotated[dict[Network, Text], ByNetwork] | None = Field(
        default=None, description="A text of its own per network, instead of the one below."
    )
    variants: Annotated[tuple[Text, ...], Many] | None = Field(
        default=None, description="Other wordings, for when it comes round again."
    )
    at: When | None = Field(default=None, description="Goes out then: 2022-02-25 10:00")
    not_before: When | None = None
    true_until: When | None = Field(default=None, description="A date counts to its end.")
    source: Text | None = None
    as_of: Day | None = None
    poll: PollShape | None = None
    thread: Annotated[tuple[Text, ...], Many] | None = Field(
        default=None, description="The posts that follow the first one."
    )
    weight: Annotated[int, within(1, 1000)] | None = None
    approval: Required | None = Field(
        default=None, description="Goes out only once somebody has approved it: required."
    )
    allow_links: Annotated[tuple[Host, ...], Many] | None = Field(
        default=None, description="Hosts that this message may link to besides the campaign's."
    )
    mentions: Allowed | None = Field(
        default=None, description="The @names in it were looked at and may stand: allowed."
    )
