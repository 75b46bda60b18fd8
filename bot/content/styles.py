"""The styles that content names: whether there are such, and what is wrong with their files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot.cards.layout import problems, styles
from bot.model import Campaign, Message
from bot.yamlfile.problems import Problem, listed, quoted, suggestion


def unknown(root: Path, style: str) -> str | None:
    """Say that there is no such style; None where there is."""
    known = styles(root)
    if style in known:
        return None
    hint = suggestion(style, known) or (f"; there are {listed(known)}" if known else "")
    return f"there is no style {quoted(style)}{hint}"


def faults(root: Path, campaigns: Iterable[Campaign], messages: Iterable[Message]) -> list[Problem]:
    """List what is wrong with the styles in use, so that it is told once and at its place.

    Without this, each message's card would be refused with the whole list.
    """
    used = {campaign.brand.style for campaign in campaigns}
    used |= {m.card.style for m in messages if m.card is not None and m.card.style is not None}
    return [problem for style in sorted(used) for problem in problems(root, style)]
