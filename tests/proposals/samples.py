"""What the tests of proposals share: a campaign, and a short way to propose from a text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import strategies as st

from bot.documents import read
from bot.model import Action, ActionKind, Brand, Campaign
from bot.networks.base import DEFAULT_LIMITS
from bot.proposals.propose import Proposed, propose

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"
TODAY = date(2022, 2, 16)


def action(name: str, kind: ActionKind, title: str, **more: str | datetime) -> Action:
    """Make an action with a title in one language."""
    return Action(name, kind, {"": title}, **more)  # type: ignore[arg-type] # the tests' own shorthand


RENT = Campaign(
    id="rent-strike",
    name={"": "Rent strike"},
    languages=("en", "de", "es", "fr", "pt", "it"),
    brand=Brand("Rent strike"),
    hashtags=("RentStrike",),
    rotating_hashtags=("Homes", "HousingIsAHumanRight"),
    allowed_links=("example.org",),
    actions={
        one.id: one
        for one in (
            action("sign", ActionKind.PETITION, "Freeze the rents", link="https://example.org/s"),
            action("march", ActionKind.EVENT, "March for homes", link="https://example.org/m"),
            action("follow", ActionKind.FOLLOW, "Follow us", link="https://example.org/f"),
        )
    },
)
ENDED = datetime(2021, 1, 1, tzinfo=UTC)


def link_problem(address: str) -> str | None:
    """Only example.org is allowed."""
    return None if "//example.org" in address else f"a link to {address}"


def text_problem(text: str) -> str | None:
    """Texts may not have bare links to elsewhere."""
    return "a link to evil.example" if "evil.example" in text else None


def proposed(
    text: str | bytes,
    language: str = "en",
    *,
    name: str = "page.txt",
    campaign: Campaign = RENT,
    said: Mapping[str, str] | None = None,
    today: date = TODAY,
) -> Proposed:
    """Propose from a text for the campaign above."""
    raw = text.encode() if isinstance(text, str) else text
    return propose(
        read(raw, name),
        campaign,
        language,
        limits=DEFAULT_LIMITS,
        said=said or {},
        today=today,
        link_problem=link_problem,
        text_problem=text_problem,
    )


def texts(found: Proposed) -> list[str]:
    """Give the proposals' texts."""
    return [one.text for one in found.proposals]


PROSE = st.text(
    st.sampled_from("aeinstABST .,!?…:;-–—'’‘‚“”„«»\"()\n0123 éüñçß@#/*_[]>"), max_size=300
)
"""Texts that are dense in all that rules about sentences and quotations look at."""
