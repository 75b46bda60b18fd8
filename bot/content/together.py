"""What can only be seen across messages: texts said twice, and messages never said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from bot.content.messages import Letter
from bot.model import Account, Message, NetworkName, Schedule
from bot.plan.guards import not_for, speaks
from bot.text import normalise
from bot.yamlfile.sheet import Sheet
from bot.yamlfile.yamlmap import Loc

_Reach: TypeAlias = Mapping[NetworkName, frozenset[str]]
"""By network, where a message may go: accounts, all X accounts being one."""


def repeats(letters: Iterable[Letter], accounts: Sequence[Account]) -> set[str]:
    """Find messages with the words of an earlier one that may go to the same account.

    X sees all of an organisation's accounts there as one. The later message of two gets an
    error; their ids are returned. Takes time in proportion to the messages.
    """
    reach = _Reaches(accounts)
    said: dict[tuple[str, str], str] = {}
    refused = set()
    for letter in letters:
        message = letter.message
        places = reach.of(message)
        fresh: set[tuple[str, str]] = set()
        for loc, words, goes_to in _wordings(message, places):
            key = normalise(words)
            mine = {(key, place) for place in goes_to}
            twin = next((said[one] for one in sorted(mine) if one in said), None)
            if twin is None and mine & fresh:
                twin = message.id
            if twin is not None:
                _tell(letter, loc, twin)
                refused.add(message.id)
            fresh |= mine
        if message.id not in refused:
            said.update(dict.fromkeys(fresh, message.id))
    return refused


def _wordings(message: Message, reach: _Reach) -> Iterable[tuple[Loc, str, frozenset[str]]]:
    """A message's texts, each with where it may go; `()` is the body."""
    body = frozenset[str]()
    for network, places in reach.items():
        if network in message.per_network:
            yield ("text", str(network)), message.per_network[network], places
        else:
            body |= places
    if body and message.text:
        yield (), message.text, body
    everywhere = frozenset[str]().union(*reach.values())
    for index, words in enumerate(message.variants):
        yield ("variants", index), words, everywhere


def _tell(letter: Letter, loc: Loc, twin: str) -> None:
    if twin == letter.message.id:
        text = "these are the message's own words once more"
    else:
        text = f"these are the words of {twin}, and both may go to the same account"
    if loc:
        letter.sheet.error(loc, text)
    else:
        letter.sheet.error_at(letter.message.line, 1, text)


class _Reaches:
    """Where messages may go; remembered, since most name no account at all."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        # Without accounts yet, each network stands for one.
        self._accounts = accounts or [Account(str(n), n) for n in NetworkName]
        self._known: dict[tuple[object, ...], _Reach] = {}

    def of(self, message: Message) -> _Reach:
        key = (message.accounts, message.networks, message.language)
        if key not in self._known:
            reach: dict[NetworkName, frozenset[str]] = {}
            for account in self._accounts:
                if not_for(message, account) is None:
                    place = "x" if account.network is NetworkName.X else f"@{account.name}"
                    reach[account.network] = reach.get(account.network, frozenset()) | {place}
            self._known[key] = reach
        return self._known[key]


def never_said(
    letters: Iterable[Letter],
    schedules: Sequence[Schedule],
    accounts: Mapping[str, Account],
    campaigns: Mapping[str, Sheet],
) -> None:
    """Warn about messages that nothing will ever send."""
    by_campaign: dict[str, list[Schedule]] = {name: [] for name in campaigns}
    for schedule in schedules:
        by_campaign.setdefault(schedule.campaign, []).append(schedule)
    drawn: dict[tuple[object, ...], bool] = {}
    waiting: dict[str, int] = {}
    for letter in letters:
        m = letter.message
        own = by_campaign.get(m.campaign, [])
        key = (m.campaign, m.language, m.action, m.accounts, m.networks, m.at is None)
        if key not in drawn:
            drawn[key] = (
                _is_fixed_somewhere(m, own, accounts) if m.at else _is_drawn(m, own, accounts)
            )
        if drawn[key]:
            continue
        if m.at:
            text = 'nobody sends it: name its "accounts", or let a schedule use its campaign'
            letter.sheet.warning(("at",), text)
        elif own:
            text = (
                'no schedule draws it (see their languages, actions, accounts), and it has no "at"'
            )
            letter.sheet.warning_at(1, 1, text)
        else:
            waiting[m.campaign] = waiting.get(m.campaign, 0) + 1
    for name, count in waiting.items():
        text = f"no schedule draws from this campaign; {count} of its messages wait for one"
        campaigns[name].warning_at(1, 1, text)


def _is_drawn(
    message: Message, schedules: Sequence[Schedule], accounts: Mapping[str, Account]
) -> bool:
    return any(
        (not s.languages or speaks(message.language, s.languages))
        and (not s.actions or message.action in s.actions)
        and any(not_for(message, accounts[name]) is None for name in s.accounts)
        for s in schedules
    )


def _is_fixed_somewhere(
    message: Message, schedules: Sequence[Schedule], accounts: Mapping[str, Account]
) -> bool:
    names = message.accounts or {name for s in schedules for name in s.accounts}
    return any(name in accounts and not_for(message, accounts[name]) is None for name in names)
