"""How the petitions' counts stand: the newest, of when, from where, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.counting import good_until, why_not
from bot.model import SOURCE, Action, Campaign, Catalog, PetitionCount
from bot.store import SourceState, Store

IN_FILE = "campaign.yaml"
"""Who told a count that stands in the campaign's file."""


@dataclass(frozen=True, slots=True)
class PetitionStatus:
    """How one petition's count stands."""

    campaign: str
    action: str
    count: int | None
    goal: int | None
    as_of: date | None
    good_until: datetime | None
    by: str
    """Who told it: a person, `campaign.yaml`, or `count_from` where the bot read it."""
    source: str
    not_shown: str
    """Why texts and cards go without it; empty where they have it."""
    trouble: str
    """What is wrong with its source."""
    next_read: datetime | None

    def shape(self, zone: ZoneInfo) -> dict[str, Any]:
        """The status as JSON."""

        def local(moment: datetime | None) -> str | None:
            return moment.astimezone(zone).isoformat() if moment is not None else None

        return {
            "campaign": self.campaign,
            "action": self.action,
            "count": self.count,
            "goal": self.goal,
            "as_of": self.as_of.isoformat() if self.as_of is not None else None,
            "good_until": local(self.good_until),
            "by": self.by or None,
            "source": self.source or None,
            "not_shown": self.not_shown or None,
            "trouble": self.trouble or None,
            "next_read": local(self.next_read),
        }

    def line(self) -> str:
        """The status for a person."""
        parts = [f"{self.campaign}/{self.action}: "]
        if self.count is not None:
            goal = f" of {self.goal:,}" if self.goal is not None else ""
            parts[0] += f"{self.count:,}{goal} as of {self.as_of}, {self._told()}"
            if self.not_shown:
                parts.append(f"NOT SHOWN: {self.not_shown}")
        else:
            parts[0] += self.not_shown
        if self.trouble:
            parts.append(f"its source: {self.trouble}")
        return "; ".join(parts)

    def _told(self) -> str:
        if self.by == SOURCE:
            return f"read from {self.source}"
        return f"by {self.by} ({self.source})" if self.source else f"by {self.by}"


def petition_statuses(
    catalog: Catalog, store: Store | None, now: datetime
) -> Iterator[PetitionStatus]:
    """Tell of each petition that is not over and has a count, or a source of one.

    `catalog` has the newest counts over it.
    """
    told = {(c.campaign, c.action): c for c in store.petition_counts()} if store else {}
    states = {(s.campaign, s.action): s for s in store.source_states()} if store else {}
    for campaign in catalog.campaigns.values():
        for action in campaign.actions.values():
            over = action.true_until is not None and now >= action.true_until
            if over or (action.count is None and action.count_from is None):
                continue
            key = (campaign.id, action.id)
            yield _status(campaign, action, told.get(key), states.get(key), now)


def _status(
    campaign: Campaign,
    action: Action,
    told: PetitionCount | None,
    state: SourceState | None,
    now: datetime,
) -> PetitionStatus:
    read = state if action.count_from is not None else None
    ours = told is not None and (told.number, told.as_of) == (action.count, action.count_as_of)
    by, source = (told.by, told.source) if told is not None and ours else (IN_FILE, "")
    return PetitionStatus(
        campaign=campaign.id,
        action=action.id,
        count=action.count,
        goal=action.goal,
        as_of=action.count_as_of,
        good_until=good_until(action, campaign),
        by="" if action.count is None else by,
        source=source,
        not_shown=why_not(action, campaign, now),
        trouble=read.trouble if read is not None else "",
        next_read=read.next_at if read is not None else None,
    )
