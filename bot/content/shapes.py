"""The settings that each kind of file knows, as pydantic models and JSON Schemas.

    schedules.yaml          SchedulesFile
    campaign.yaml           CampaignFile
    messages/*.md           MessageHead, the front matter

Nothing here looks beyond one file, or at two settings together: that is done where the
models become bot.model's classes (schedules.py, campaigns.py, messages.py). `None` is "not
given"; the defaults are bot.model's.
"""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BeforeValidator, Field

from bot.content.fields import (
    ActionKindName,
    ByNetwork,
    CardName,
    CardSize,
    Clock,
    Colour,
    Cron,
    Day,
    Duration,
    Focus,
    Handle,
    Hashtag,
    Host,
    Identifier,
    Language,
    Link,
    LinkPlaceName,
    LocalList,
    LocalText,
    Many,
    MissedName,
    Money,
    Network,
    PickName,
    PositiveDuration,
    QuietHours,
    Server,
    Text,
    VisibilityName,
    Weekdays,
    When,
    WhenInDoubt,
    YesNo,
    Zone,
    within,
)
from bot.yamlfile.shape import Shape

# --- schedules.yaml ----------------------------------------------------------------------


class LimitsShape(Shape):
    """How much an account may post and spend."""

    posts_per_day: Annotated[int, within(1, 1000)] | None = None
    monthly_cap_usd: Money | None = Field(default=None, description="What X may cost in a month.")
    least_gap: Duration | None = Field(
        default=None, description="Least time between two posts: 30m."
    )
    characters: Annotated[int, within(1, 100_000)] | None = Field(
        default=None, description="Another limit than the network's own, for paying X accounts."
    )


class AccountShape(Shape):
    """One of your own accounts on a network."""

    network: Network
    server: Server | None = Field(
        default=None, description="For Mastodon: https://mastodon.example"
    )
    language: Language | None = Field(default=None, description="For messages that name none.")
    languages: Annotated[tuple[Language, ...], Many] | None = Field(
        default=None, description="Only messages in these; all where it is left out."
    )
    limits: LimitsShape | None = None
    quiet_hours: QuietHours | None = Field(
        default=None, description='No posts then: "23:00-07:00".'
    )
    links: LinkPlaceName | None = Field(
        default=None, description="Links in the text, or on the card."
    )
    card_size: CardSize | None = Field(
        default=None, description="Of its cards, where the network's usual one is not wanted."
    )
    visibility: VisibilityName | None = Field(default=None, description="Mastodon only.")
    when_in_doubt: WhenInDoubt | None = Field(
        default=None, description="When nobody can tell whether a post went out: ask or resend."
    )


class ScheduleShape(Shape):
    """When to post from which campaign, to which accounts."""

    campaign: Text = Field(description="The folder's name in content/.")
    accounts: Annotated[tuple[Text, ...], Many]
    days: Weekdays | None = Field(
        default=None, description="[mon, wed], daily, weekdays, weekends."
    )
    times: Annotated[tuple[Clock, ...], Many] | None = Field(default=None, description='["09:00"]')
    cron: Cron | None = Field(
        default=None, description='Instead of days and times: "0 9 * * mon-fri".'
    )
    timezone: Zone | None = None
    pick: PickName | None = Field(default=None, description="How to draw the next message.")
    late: Duration | None = Field(default=None, description="How late a post may still go out: 2h.")
    missed: MissedName | None = Field(
        default=None, description="What becomes of posts it slept through."
    )
    jitter: Duration | None = Field(
        default=None, description="Up to this much later, at random: 10m."
    )
    languages: Annotated[tuple[Language, ...], Many] | None = None
    actions: Annotated[tuple[Text, ...], Many] | None = None
    starts: When | None = Field(default=None, alias="from")
    until: When | None = None


class PricesShape(Shape):
    """What X charges, in US dollars, where that has changed."""

    post: Money | None = None
    post_with_link: Money | None = None
    alt_text: Money | None = None
    read: Money | None = None


class SchedulesFile(Shape):
    """When posts go out, and to which accounts."""

    timezone: Zone = Field(description="Your time zone by its IANA name: Europe/London.")
    near_repeat: Duration | None = Field(
        default=None, description="Warn about nearly the same words within this time: 14d."
    )
    fixed_late: Duration | None = Field(
        default=None, description="How late a message with a time of its own may still go out: 2h."
    )
    samples: Annotated[tuple[PositiveDuration, ...], Many] | None = Field(
        default=None, description="When engagement is counted after a post: [15m, 1h, 1d]."
    )
    prices: PricesShape | None = None
    accounts: dict[Identifier, AccountShape] = Field(default_factory=dict)
    schedules: dict[Identifier, ScheduleShape] = Field(default_factory=dict)


# --- campaign.yaml -----------------------------------------------------------------------


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
    recipients: LocalList | None = Field(default=None, description="Letter.")
    salutation: LocalText | None = Field(default=None, description="Letter.")
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
    actions: dict[Identifier, ActionShape] = Field(default_factory=dict)


# --- messages ----------------------------------------------------------------------------


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
