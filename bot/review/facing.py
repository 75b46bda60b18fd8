"""An item -> the rows that show it to a person who says whether it goes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.approving import Item
from bot.model import AuditEntry, Catalog, Deed, Draft, NetworkName, Poll, Refusal
from bot.review.differing import changes
from bot.review.findings import Finding, facts_of
from bot.review.rows import Look, Row, Span, head, quoted, row

NETWORKS = {NetworkName.X: "X", NetworkName.MASTODON: "Mastodon"}
_BLANK = Row()
_LEAD = 2


@dataclass(frozen=True, slots=True)
class Setting:
    """What an item is shown against."""

    catalog: Catalog
    now: datetime
    findings: Sequence[Finding] = ()


def facing(item: Item, setting: Setting) -> list[Row]:
    """Show an item: what to look at, what changed, the posts, its time, its card."""
    parts = (
        list(_about(item, setting)),
        list(_findings(setting.findings)),
        list(_changes(item, setting)),
        *_posts(item),
        list(_variants(item)),
        list(_time(item, setting)),
        *_cards(item),
    )
    rows: list[Row] = []
    for part in filter(None, parts):
        rows += [*([_BLANK] if rows else []), *part]
    return rows


def _about(item: Item, setting: Setting) -> Iterator[Row]:
    message, zone = item.message, setting.catalog.zone
    yield row(item.reason or "It is approved, and its file was not moved yet: a moves it.")
    if item.people > 1:
        yes = f"{' and '.join(item.approved_by)} said yes" if item.approved_by else "nobody yet"
        yield row(f"{item.people} people must say yes; {yes}.")
    came = item.came
    if came is not None:
        yield row(_came(came, setting.now, setting))
    for entry in item.log[-4:]:
        if entry.deed in (Deed.EDITED, Deed.ALLOWED, Deed.SCHEDULED, Deed.APPROVED):
            at = f"{entry.at.astimezone(zone):%a %Y-%m-%d %H:%M}"
            what = entry.detail.get("what") or entry.detail.get("at") or ""
            yield row(f"{entry.deed} by {entry.by}, {at}{f': {what}' if what else ''}", Look.FAINT)
    where = [message.path, message.language or "no language"]
    if message.action:
        where.append(f"for {message.action}")
    if message.source:
        where.append(f"source: {message.source}")
    yield row(", ".join(where), Look.FAINT)


def _came(entry: AuditEntry, now: datetime, setting: Setting) -> str:
    how = "sent by" if entry.deed is Deed.RECEIVED else "drafted by"
    at = entry.at.astimezone(setting.catalog.zone)
    more = "".join(
        f", {name} {' '.join(value.split())}" if name != "file" else f", {value}"
        for name, value in entry.detail.items()
        if name not in ("warnings", "picture") and value
    )
    return f"{how} {entry.by}, {at:%a %Y-%m-%d %H:%M} ({ago(now - entry.at)}){more}"


_UNITS = ((1_051_200, 525_600, "year"), (2880, 1440, "day"), (120, 60, "hour"), (1, 1, "minute"))
"""From how many minutes on which unit is used, and how many minutes it has."""


def ago(span: timedelta) -> str:
    """Say roughly how long ago, or in how long, something is."""
    ahead = span < timedelta(0)
    minutes = int(abs(span).total_seconds() // 60)
    for least, length, unit in _UNITS:
        if minutes >= least:
            number = minutes // length
            words = f"{number} {unit}{'' if number == 1 else 's'}"
            return f"in {words}" if ahead else f"{words} ago"
    return "now"


def _findings(found: Sequence[Finding]) -> Iterator[Row]:
    if not found:
        return
    stops = sum(one.stops for one in found)
    yield head("Look at this", f"{stops} must be mended or allowed first" if stops else "")
    for one in found:
        look = Look.WRONG if one.stops else Look.CARE
        lead = "x" if one.stops else "!"
        yield Row(((one.text, look),), indent=_LEAD, lead=lead)


def _changes(item: Item, setting: Setting) -> Iterator[Row]:
    before = item.approved_before
    if before is None:
        return
    at = f"{before.at.astimezone(setting.catalog.zone):%a %Y-%m-%d %H:%M}"
    yield head(f"Changed since {before.by} approved it", at)
    for change in changes(before.detail, item.fingerprint.parts, setting.catalog.zone):
        yield row(f"{change.what}:")
        yield Row(change.spans, bar=True)


# --- the posts ---------------------------------------------------------------------------


def _posts(item: Item) -> Iterator[list[Row]]:
    """Show each post once, under the accounts that post it word by word."""
    made = [draft for draft in item.drafts.values() if isinstance(draft, Draft)]
    if not made:
        said = dict.fromkeys((*item.message.per_network.values(), item.message.text))
        yield [head("As it is written"), *map(quoted, filter(None, said))]
    for drafts in _grouped(made):
        rows = [_counted(draft) for draft in drafts]
        first = drafts[0]
        if first.content_warning:
            rows += [row("content warning:", Look.STRONG), quoted(first.content_warning)]
            rows.append(row("and behind it:", Look.STRONG))
        rows.append(quoted(first.text))
        for number, (text, length) in enumerate(
            zip(first.thread, first.thread_lengths, strict=True), 2
        ):
            rows.append(row(f"part {number} of the thread, {length}/{first.limit}", Look.STRONG))
            rows.append(quoted(text))
        if first.poll is not None:
            rows += _poll(first.poll)
        yield rows


def _grouped(drafts: Iterable[Draft]) -> list[list[Draft]]:
    groups: dict[object, list[Draft]] = {}
    for draft in drafts:
        poll = draft.poll and (draft.poll.options, draft.poll.duration, draft.poll.multiple)
        key = (draft.text, draft.thread, draft.content_warning, poll, draft.visibility)
        groups.setdefault(key, []).append(draft)
    return list(groups.values())


def _counted(draft: Draft) -> Row:
    spans: list[Span] = [
        (f"{NETWORKS[draft.network]}  {draft.account}", Look.STRONG),
        (f"  {draft.length}/{draft.limit}", Look.PLAIN),
    ]
    if draft.network is NetworkName.X:
        spans.append((f"  ${draft.cost_usd:.3f}", Look.PLAIN))
    if draft.visibility != "public":
        spans.append((f"  {draft.visibility}", Look.PLAIN))
    return Row(tuple(spans))


def _poll(poll: Poll) -> Iterator[Row]:
    several = ", several answers" if poll.multiple else ""
    hours = poll.duration.total_seconds() / 3600
    yield row(f"poll, open for {hours:g} hours{several}", Look.STRONG)
    for option in poll.options:
        yield quoted(f"( ) {option}")


def _variants(item: Item) -> Iterator[Row]:
    said: dict[tuple[int, str], list[Draft]] = {}
    for drafts in item.variants.values():
        for number, draft in enumerate(drafts, 1):
            if isinstance(draft, Draft):
                said.setdefault((number, draft.text), []).append(draft)
    for (number, text), same in sorted(said.items(), key=lambda one: one[0][0]):
        counts = ", ".join(f"{d.account} {d.length}/{d.limit}" for d in same)
        yield head(f"When it comes round again, {number}", counts)
        yield quoted(text)


# --- time and card -----------------------------------------------------------------------


def _time(item: Item, setting: Setting) -> Iterator[Row]:
    message, zone = item.message, setting.catalog.zone
    if message.at is not None:
        local = message.at.astimezone(zone)
        when = f"{local:%a %Y-%m-%d %H:%M} {zone} ({ago(setting.now - message.at)})"
        yield Row((("Goes out  ", Look.STRONG), (when, Look.PLAIN)))
    else:
        yield Row((("Goes out  ", Look.STRONG), ("when its schedule draws it", Look.PLAIN)))
    if message.not_before is not None:
        yield row(f"not before {message.not_before.astimezone(zone):%a %Y-%m-%d %H:%M}")
    if message.true_until is not None:
        until = message.true_until.astimezone(zone)
        yield row(f"true until {until:%a %Y-%m-%d %H:%M} ({ago(setting.now - until)})")
    facts = facts_of(message, setting.catalog.campaigns[message.campaign])
    if facts is not None:
        yield row(f"facts as of {facts}")


def _cards(item: Item) -> Iterator[list[Row]]:
    """Show each picture once, with its alt text."""
    shown: dict[tuple[Path, str], list[str]] = {}
    bare: list[str] = []
    for name, draft in item.drafts.items():
        if isinstance(draft, Refusal):
            continue
        if draft.picture is None:
            bare.append(name)
        else:
            shown.setdefault((draft.picture.path, draft.picture.alt), []).append(name)
    for (path, alt), accounts in shown.items():
        of = f"of {', '.join(accounts)}" if len(shown) > 1 or bare else ""
        yield [
            head("Picture" if item.message.image else "Card", of),
            row(path.as_posix(), Look.FAINT),
            row("alt text:", Look.STRONG),
            quoted(alt),
            Row(picture=path),
        ]
    if bare:
        yield [row(f"No card on {', '.join(bare)}." if shown else "It goes without a card.")]


def pictures(item: Item) -> list[Path]:
    """List an item's picture files, by their paths from the root."""
    drafts = [d for d in item.drafts.values() if isinstance(d, Draft)]
    return list(dict.fromkeys(d.picture.path for d in drafts if d.picture is not None))
