"""Petition counts that move: which is the newest, whether it may be shown, whether it is odd.

A count stands for a day. It may be shown from that day's beginning until `counts_last` after
the day's end, by the campaign's clocks; after that it says nothing of today, and neither a text
nor a card has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.model import Action, ActionKind, Campaign, Catalog, PetitionCount

JUMP = 10
"""So many times the count before is more than a petition gains between two counts."""

LEAST_JUMP = 1000
"""A small petition may well grow tenfold: it takes so many signatures more to be odd."""

BEYOND = 3
"""So many times its goal is more than petitions reach without moving it."""


def with_counts(catalog: Catalog, counts: Iterable[PetitionCount]) -> Catalog:
    """Put the newest counts over those in campaign.yaml, where those are of an earlier day.

    Everything that shows a figure reads such a catalog. A count of an action that is no
    petition, or is gone, is passed over.
    """
    newest: dict[str, dict[str, PetitionCount]] = {}
    for count in counts:
        of_campaign = newest.setdefault(count.campaign, {})
        known = of_campaign.get(count.action)
        if known is None or (count.as_of, count.at) >= (known.as_of, known.at):
            of_campaign[count.action] = count
    changed = {
        name: replace(campaign, actions=_counted(campaign.actions, newest[name]))
        for name, campaign in catalog.campaigns.items()
        if name in newest
    }
    return replace(catalog, campaigns={**catalog.campaigns, **changed}) if changed else catalog


def _counted(
    actions: Mapping[str, Action], newest: Mapping[str, PetitionCount]
) -> dict[str, Action]:
    made = dict(actions)
    for name, count in newest.items():
        action = made.get(name)
        if action is None or action.kind is not ActionKind.PETITION:
            continue
        if action.count_as_of is None or action.count_as_of <= count.as_of:
            made[name] = replace(action, count=count.number, count_as_of=count.as_of)
    return made


def good_until(action: Action, campaign: Campaign) -> datetime | None:
    """The moment after which an action's count may not be shown; None where it has none."""
    if action.count is None or action.count_as_of is None:
        return None
    return _midnight(action.count_as_of + timedelta(days=1), campaign) + campaign.counts_last


def is_good(action: Action, campaign: Campaign, at: datetime) -> bool:
    """Tell whether an action has a count that may be shown at `at`."""
    return action.count is not None and not why_not(action, campaign, at)


def why_not(action: Action, campaign: Campaign, at: datetime) -> str:
    """Say why an action's count is not shown at `at`, and what to do; "" where it is."""
    command = f"bot count {action.id} NUMBER --campaign {campaign.id}"
    until, day = good_until(action, campaign), action.count_as_of
    if until is None or day is None:
        return f'petition "{action.id}" has no count yet: {command}'
    count = f'the count of petition "{action.id}" is of {day}'
    if at < _midnight(day, campaign):
        return f"{count}, a later day"
    if at > until:
        return f"{count}, older than the {_span(campaign.counts_last)} it lasts: {command}"
    return ""


def as_shown(campaign: Campaign, at: datetime) -> Campaign:
    """The campaign with only those counts that may be shown at `at`."""
    bare = {
        name: replace(action, count=None, count_as_of=None)
        for name, action in campaign.actions.items()
        if action.count is not None and not is_good(action, campaign, at)
    }
    return replace(campaign, actions={**campaign.actions, **bare}) if bare else campaign


def as_grown(catalog: Catalog, day: date) -> Catalog:
    """The catalog with counts of `day` that are as wide as they are likely to become.

    A text that has room for 9,999 today should have it for 10,000 tomorrow.
    """
    campaigns = {
        name: replace(
            campaign, actions={key: _grown(a, day) for key, a in campaign.actions.items()}
        )
        for name, campaign in catalog.campaigns.items()
    }
    return replace(catalog, campaigns=campaigns)


def _grown(action: Action, day: date) -> Action:
    if action.kind is not ActionKind.PETITION:
        return action
    # Halfway to its goal both the count and what is missing have their full width.
    halfway = (action.goal + 1) // 2 if action.goal else 10**5 - 1
    return replace(action, count=max(halfway, action.count or 0), count_as_of=day)


def odd(number: int, action: Action) -> str:
    """Say why a person should look at a new count before it is taken; "" where none needs to.

    Signatures are not taken back, and do not come by the ten thousand at once: a figure like
    that is a slip of the hand, another petition's, or what a page shows while it loads.
    """
    known, goal = action.count, action.goal
    if known is not None and number < known:
        return f"it is less than the {known:,} of {action.count_as_of}"
    if known is not None and number > known * JUMP and number - known > LEAST_JUMP:
        return f"it is more than {JUMP} times the {known:,} of {action.count_as_of}"
    if goal is not None and number > goal * BEYOND and (known is None or known <= goal * BEYOND):
        return f"it is more than {BEYOND} times the goal of {goal:,}"
    return ""


def odd_reading(number: int, action: Action) -> str:
    """Say why a count that the bot read itself waits for a person, as `odd` does.

    Nought, too, where nothing was counted yet: a page may show it before its counter is there.
    """
    if number == 0 and action.count is None:
        return "nobody has counted before, and nought may be a page that has not loaded"
    return odd(number, action)


def next_try(every: timedelta, failures: int) -> timedelta:
    """How long a source is left alone: its own time, twice that after each failure in a row.

    No longer than a day, unless it is read less often anyway.
    """
    if not failures:
        return every
    times: int = 2 ** min(failures - 1, 12)
    return min(every * times, max(every, timedelta(days=1)))


def _midnight(day: date, campaign: Campaign) -> datetime:
    return datetime.combine(day, time(), campaign.zone).astimezone(UTC)


def _span(span: timedelta) -> str:
    for unit, name in ((timedelta(days=1), "day"), (timedelta(hours=1), "hour")):
        whole, rest = divmod(span, unit)
        if whole and not rest:
            return f"{whole} {name}" if whole == 1 else f"{whole} {name}s"
    return f"{span // timedelta(minutes=1)} minutes"
