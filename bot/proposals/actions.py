"""Which of the campaign's own actions a passage is for. None is ever made up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.model import Action, ActionKind, Campaign
from bot.proposals.about import About
from bot.proposals.reading import Note
from bot.text import normalise

_LEAST_LETTERS = 4
_BY_TITLE = 4
"""Points for an action whose source or title is the document itself."""
_BY_LINK = 5
_BY_KIND = 3
_ENOUGH = 3
_TO_READERS = (ActionKind.PETITION, ActionKind.LETTER)
"""Kinds that a document is written for; a sentence without a call of its own is said for them."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An action, or none; `doubt` is what the reviewer should know."""

    action: Action | None = None
    doubt: str = ""


@dataclass(slots=True)
class Matcher:
    """Matches passages of one document with one campaign's actions."""

    campaign: Campaign
    about: About
    notes: Sequence[Note]
    today: date
    _words: dict[str, frozenset[str]] = field(default_factory=dict)
    _own: frozenset[str] = frozenset()
    _main: Choice | None = None

    def __post_init__(self) -> None:
        """Learn by which words the actions differ from each other."""
        all_words = {
            name: _words_of(*action.title.values(), *action.target.values())
            for name, action in self.campaign.actions.items()
        }
        common = Counter(word for words in all_words.values() for word in words)
        many = max(1, len(all_words) // 2)
        self._words = {
            name: frozenset(w for w in words if common[w] <= many)
            for name, words in all_words.items()
        }
        self._own = frozenset(
            name for name, action in self.campaign.actions.items() if self._is_own(action)
        )

    def for_call(self, kind: ActionKind | None, text: str, addresses: Sequence[str]) -> Choice:
        """Choose for a call: by its link, what it asks for, and the words it shares."""
        candidates = [a for a in self.campaign.actions.values() if kind is None or a.kind is kind]
        if kind is None:
            linked = [a for a in candidates if a.link and _leads_to(a.link, addresses)]
            return Choice(linked[0]) if len(linked) == 1 else self.main()
        return self._best(candidates, text, addresses, of_kind=True)

    def main(self) -> Choice:
        """Choose the action that the document as a whole is for, if it is for one."""
        if self._main is None:
            self._main = self._for_all()
        return self._main

    def _for_all(self) -> Choice:
        candidates = [a for a in self.campaign.actions.values() if a.kind in _TO_READERS]
        own = [a for a in candidates if a.id in self._own]
        if own:
            return self._best(own, self.about.title, (), of_kind=True)
        target = " ".join(n.text for n in self.notes if n.what in ("target", "recipients"))
        return self._best(candidates, f"{self.about.title} {target}", (), of_kind=False)

    def _best(
        self, candidates: Sequence[Action], text: str, addresses: Sequence[str], *, of_kind: bool
    ) -> Choice:
        said = _words_of(text, self.about.title)
        ranked = sorted(
            ((self._points(a, said, addresses, of_kind), a) for a in candidates),
            key=lambda one: -one[0],
        )
        if not ranked or ranked[0][0] < _ENOUGH:
            return Choice()
        points, action = ranked[0]
        rivals = [a.id for p, a in ranked[1:] if p == points]
        if rivals:
            names = " or ".join([action.id, *rivals])
            return Choice(None, f"it may be for {names}: write which as `action:`")
        if points == _BY_KIND:
            return Choice(
                action,
                f"taken to be for {action.id}, the campaign's only {action.kind}"
                if len(candidates) == 1
                else f"taken to be for {action.id}",
            )
        return Choice(action)

    def _points(
        self, action: Action, said: frozenset[str], addresses: Sequence[str], of_kind: bool
    ) -> int:
        points = _BY_KIND if of_kind else 0
        points += _BY_TITLE if action.id in self._own else 0
        points += _BY_LINK if action.link and _leads_to(action.link, addresses) else 0
        return points + min(3, len(said & self._words[action.id]))

    def _is_own(self, action: Action) -> bool:
        """Whether the action was made from this document: its title is there word for word."""
        title = normalise(self.about.title)
        if len(title) < 12:
            return False
        titles = (normalise(t) for t in action.title.values())
        return title in normalise(action.source or "") or title in titles


def _words_of(*texts: str) -> frozenset[str]:
    return frozenset(
        word for text in texts for word in normalise(text).split() if len(word) >= _LEAST_LETTERS
    )


def _leads_to(link: str, addresses: Sequence[str]) -> bool:
    bare = link.rstrip("/").removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return any(
        a.rstrip("/").removeprefix("https://").removeprefix("http://").removeprefix("www.") == bare
        for a in addresses
    )
