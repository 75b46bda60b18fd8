"""What to look at before one says yes to a message."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.approving import Item
from bot.content.links import ascii_host, in_text, written_host
from bot.model import Account, Campaign, Catalog, Deed, Message, NetworkName, Refusal
from bot.plan import in_quiet_hours, is_quiet_day
from bot.text import NearIndex, mentions, personal

LINK_NOT_ALLOWED = "a link to "
NAME_CALLED = "calls "
"""How the errors begin that a reviewer may set aside (`bot.content`)."""
_OLD = timedelta(days=180)
"""Facts older than this are worth a look where the campaign says nothing of it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at; with `stops` it must be mended before a yes."""

    text: str
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Host:
    """A host that a message links to."""

    written: str
    ascii: str
    """As the network looks it up: letters of other scripts as `xn--…`."""
    allowed: bool


def texts_of(message: Message) -> tuple[str, ...]:
    """All the wordings of a message."""
    return (message.text, *message.per_network.values(), *message.variants, *message.thread)


def hosts(message: Message, foreign: Sequence[str]) -> list[Host]:
    """List the hosts a message links to; `foreign` are those that are not the campaign's."""
    found: dict[str, Host] = {}
    addresses = [address for text in texts_of(message) for address in in_text(text)]
    for address in dict.fromkeys((*addresses, *((message.link,) if message.link else ()))):
        try:
            host = written_host(address)
        except ValueError:
            continue  # an error of its file says so
        found[host] = Host(host, ascii_host(host), host not in foreign)
    return list(found.values())


def called(message: Message) -> list[str]:
    """List the names that a message calls."""
    return list(dict.fromkeys(name for text in texts_of(message) for name in mentions(text)))


def private(texts: Iterable[str]) -> list[str]:
    """Name the e-mail addresses, telephone and account numbers in some texts."""
    found = [f"{one.what}, {text[one.start : one.end]}" for text in texts for one in personal(text)]
    return list(dict.fromkeys(found))


class Repeats:
    """Knows what all messages and submissions say."""

    def __init__(self) -> None:
        self._index: NearIndex[str] = NearIndex()
        self._known: set[tuple[str, str]] = set()

    def learn(self, messages: Iterable[Message]) -> None:
        """Take in what is not known yet."""
        for message in messages:
            for text in texts_of(message):
                if text and (message.id, text) not in self._known:
                    self._known.add((message.id, text))
                    self._index.add(message.id, text)

    def near(self, message: Message, known: Mapping[str, Message]) -> str:
        """Name the nearest other message, among those `known` to be there still."""
        best: tuple[float, str] | None = None
        for text in texts_of(message):
            for name, similarity in self._index.query(text) if text else ():
                if name != message.id and name in known and (best is None or similarity > best[0]):
                    best = similarity, name
        return best[1] if best else ""


def findings(
    item: Item, catalog: Catalog, now: datetime, foreign: Sequence[str], near: str
) -> list[Finding]:
    """List what to look at, what stops it first.

    Args:
        item: what is to be approved.
        catalog: what it is judged against.
        now: the moment.
        foreign: hosts it links to that are not its campaign's.
        near: the message that it nearly repeats, if any.
    """
    message = item.message
    campaign = catalog.campaigns[message.campaign]
    found = [_of_file(p.line, _with_key(p.text), stops=True) for p in item.errors]
    found += _of_drafts(item)
    found += [_of_file(p.line, p.text) for p in item.problems if p.severity == "warning"]
    for host in hosts(message, foreign):
        # While one is not allowed, its error names it.
        if host.ascii != host.written or not (host.allowed or item.errors):
            spelled = "" if host.ascii == host.written else f", looked up as {host.ascii}"
            found.append(Finding(f"links to {host.written}{spelled}"))
    if near and not any(near in p.text for p in item.errors):
        found.append(Finding(f"says nearly the same as {near}"))
    found += [Finding(f"holds {what}: may it be public?") for what in private(texts_of(message))]
    found += map(Finding, _of_facts(message, campaign, now))
    found += map(
        Finding, _of_time(message, [catalog.accounts[a] for a in item.drafts], catalog, now)
    )
    if item.came is not None and item.came.detail.get("warnings"):
        found += map(Finding, item.came.detail["warnings"].split("\n"))
    aside = [entry for entry in item.log if entry.deed is Deed.SET_ASIDE][-1:]
    for entry in aside:
        why = entry.detail.get("why", "")
        found.append(Finding(f"{entry.by} set it aside{f': {why}' if why else ''}"))
    return list(dict.fromkeys(found))


def _with_key(text: str) -> str:
    """Say of an error that a key ends which one that is."""
    if text.startswith(LINK_NOT_ALLOWED):
        return f"{text}; l allows it"
    return f"{text}; m allows it" if text.startswith(NAME_CALLED) else text


def _of_file(line: int, text: str, *, stops: bool = False) -> Finding:
    return Finding(f"{text} (line {line})" if line > 1 else text, stops)


def _of_drafts(item: Item) -> Iterator[Finding]:
    nowhere = all(isinstance(draft, Refusal) for draft in item.drafts.values())
    if not item.drafts:
        yield Finding("no account says it: name its accounts, or let a schedule draw it")
    for account, draft in item.drafts.items():
        if isinstance(draft, Refusal):
            yield Finding(f"does not go out on {account}: {draft.reason}", stops=nowhere)
        else:
            yield from (Finding(f"on {account}: {warning}") for warning in draft.warnings)
        for number, variant in enumerate(item.variants[account], 1):
            if isinstance(variant, Refusal):
                yield Finding(f"variant {number} does not go out on {account}: {variant.reason}")


def _of_facts(message: Message, campaign: Campaign, now: datetime) -> Iterator[str]:
    day = facts_of(message, campaign)
    if day is not None:
        age = now.date() - day
        if age > (campaign.approval.second_look or _OLD):
            yield f"its facts are of {day}: are they true still?"


def facts_of(message: Message, campaign: Campaign) -> date | None:
    """Tell of which day a message's facts are, where that is known."""
    action = campaign.actions.get(message.action) if message.action else None
    return message.as_of or (action.as_of if action else None)


def _of_time(
    message: Message, accounts: Sequence[Account], catalog: Catalog, now: datetime
) -> Iterator[str]:
    if message.true_until is not None and message.true_until <= now:
        yield "it is no longer true, so it never goes out"
    if message.at is None:
        return
    if message.at + catalog.fixed_late < now:
        yield "its time is past, and too long ago for it to go out late: s gives it another"
    elif message.at < now:
        yield "its time is past: it goes out as soon as it is approved"
    yield from against(message.at, accounts, catalog)
    if sum(account.network is NetworkName.X for account in accounts) > 1:
        yield "it has several X accounts to go to; only the first posts it"


def against(at: datetime, accounts: Sequence[Account], catalog: Catalog) -> Iterator[str]:
    """Say why accounts would post nothing at `at`."""
    local = at.astimezone(catalog.zone)
    if is_quiet_day(catalog, local.date()):
        yield f"{local:%a %Y-%m-%d} is a quiet day: nothing is posted"
        return
    for account in accounts:
        if in_quiet_hours(account, local.time()):
            yield (
                f"{local:%H:%M} is in the quiet hours of {account.name} "
                f"({account.quiet_from:%H:%M}-{account.quiet_to:%H:%M})"
            )
