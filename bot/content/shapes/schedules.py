"""The settings of schedules.yaml."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from bot.content.fields import (
    CardSize,
    Clock,
    Cron,
    DaySpan,
    Duration,
    Identifier,
    Language,
    LinkPlaceName,
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
    Zone,
    within,
)
from bot.yamlfile.shape import Shape


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
    quiet_days: Annotated[tuple[DaySpan, ...], Many] | None = Field(
        default=None, description='No posts then: 2026-12-25, "2026-12-24 - 2027-01-02".'
    )
    accounts: dict[Identifier, AccountShape] = Field(default_factory=dict)
    schedules: dict[Identifier, ScheduleShape] = Field(default_factory=dict)
