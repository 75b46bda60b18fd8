"""Posts -> a sheet: grouped by day and message, numbered, summed up, cut where it must be."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path

from bot.model import Draft, Message, Post, in_language
from bot.proof.dates import days_of, hour, span
from bot.proof.nouns import Bill, Cut, Day, Embedded, Entry, LeftOut, Material, Preview, Sheet
from bot.proof.pictures import ROOM
from bot.proof.preview import preview
from bot.proof.questions import Numbered, questions, reasons
from bot.text import normalise

MOST = 3_900_000
"""Characters that the page may take. The span is cut at the day that would pass it."""
_PER_POST = 2_000
"""Characters of markup around one post, its share of its entry included."""
_PER_LEFT_OUT = 500
_FRAME = 40_000
"""Style, summary and all that is there once."""

_Slots = dict[str, list[Post]]


def sheet(material: Material, *, most: int = MOST, room: int = ROOM) -> Sheet:
    """Put the sheet together: a pure function of `material`.

    Args:
        material: what it is made of.
        most: characters that the page may take, roughly; at least one day is on it.
        room: of these, for the pictures of that first day.
    """
    zone = material.catalog.zone
    by_day: defaultdict[date, _Slots] = defaultdict(dict)
    for post in material.posts:
        slots = by_day[post.at.astimezone(zone).date()]
        slots.setdefault(post.slot, []).append(post)
    kept, marks = _fitting(by_day, material, most, room)
    maker = _Maker(material, marks)
    days = [maker.day(day, by_day[day]) for day in kept]
    _, last = days_of(material.start, material.end, zone)
    names = {p.campaign for d in kept for of in by_day[d].values() for p in of}
    planned = [n.post for n in maker.numbered]
    shown = {mark: material.pictures[path] for path, mark in marks.items()}
    return Sheet(
        code=_code(maker.numbered),
        campaigns=[_name(material, c) for c in sorted(names or material.catalog.campaigns)],
        zone=zone,
        start=material.start.astimezone(zone),
        end=material.end.astimezone(zone),
        made=material.made.astimezone(zone),
        accounts=_accounts(material, [p for d in kept for of in by_day[d].values() for p in of]),
        days=days,
        questions=questions(maker.numbered, material),
        reasons=reasons(days),
        bills=_bills(maker.numbered, material),
        cut=_cut(by_day, kept, last),
        pictures={m: e.address for m, e in shown.items() if isinstance(e, Embedded)},
        first=min((p.at for p in planned), default=None),
    )


class _Maker:
    """Makes the days one after the other; the numbers run through."""

    def __init__(self, material: Material, marks: Mapping[Path, str]) -> None:
        self._material = material
        self._marks = marks
        self._numbers = count(1)
        self.numbered: list[Numbered] = []

    def day(self, day: date, slots: _Slots) -> Day:
        """Make the entries of a day; slots that stay empty come after them."""
        entries: list[Entry] = []
        empty: list[LeftOut] = []
        begun = len(self.numbered)
        for posts in slots.values():
            planned = [(p, p.draft) for p in posts if p.draft is not None]
            out = [_left_out(p, self._material) for p in posts if p.draft is None]
            if planned:
                entries.append(self._entry(planned, out))
            else:
                empty += out
        made = self.numbered[begun:]
        return Day(
            day=day,
            entries=entries,
            left_out=empty,
            counts=Counter(n.post.account for n in made),
            cost_usd=sum((n.draft.cost_usd for n in made), Decimal(0)),
        )

    def _entry(self, planned: Sequence[tuple[Post, Draft]], out: Sequence[LeftOut]) -> Entry:
        number = next(self._numbers)
        previews: list[Preview] = []
        said: dict[str, str] = {}
        for place, (post, draft) in enumerate(planned):
            ref = f"{number}{_letters(place)}" if len(planned) > 1 else str(number)
            text = normalise("\n".join((draft.text, *draft.thread)))
            made = preview(post, draft, ref, self._material, self._marks, said.get(text, ""))
            said.setdefault(text, ref)
            previews.append(made)
            self.numbered.append(Numbered(post, draft, made))
        post, draft = planned[0]
        message = self._material.catalog.messages.get(post.message or "")
        until = message.true_until if message is not None else None
        zone = self._material.catalog.zone
        return Entry(
            number=number,
            at=post.at.astimezone(zone),
            name=(post.message or "").split("/", 1)[-1],
            path=message.path if message is not None else post.message or "",
            campaign=_name(self._material, post.campaign),
            language=draft.language,
            schedule=_schedule(post, self._material),
            source=_source(message),
            true_until=until.astimezone(zone) if until is not None else None,
            previews=previews,
            left_out=out,
        )


def _fitting(
    by_day: Mapping[date, _Slots], material: Material, most: int, room: int
) -> tuple[list[date], dict[Path, str]]:
    """Choose the days that fit, the first one in any case, and name their pictures' classes."""
    kept: list[date] = []
    marks: dict[Path, str] = {}
    taken = _FRAME
    for day in sorted(by_day):
        posts = [post for of in by_day[day].values() for post in of]
        fresh = _new_pictures(posts, material, marks)
        more = sum(map(_weight, posts)) + sum(fresh.values())
        if kept and taken + more > most:
            break
        kept.append(day)
        for path, size in fresh.items():
            if len(kept) > 1 or room >= size:
                room -= size
                marks[path] = f"c{len(marks) + 1}"
        taken += more
    return kept, marks


def _new_pictures(
    posts: Sequence[Post], material: Material, marks: Mapping[Path, str]
) -> dict[Path, int]:
    """The pictures of `posts` that no earlier post has, with what they take."""
    paths = [p.draft.picture.path for p in posts if p.draft and p.draft.picture]
    found = {path: material.pictures.get(path) for path in paths if path not in marks}
    return {path: len(e.address) for path, e in found.items() if isinstance(e, Embedded)}


def _weight(post: Post) -> int:
    if post.draft is None:
        return _PER_LEFT_OUT + 2 * len(post.reason)
    alt = post.draft.picture.alt if post.draft.picture else ""
    texts = (post.draft.text, *post.draft.thread, alt, alt, *post.draft.warnings)
    return _PER_POST * (1 + len(post.draft.thread)) + 2 * sum(map(len, texts))


def _cut(by_day: Mapping[date, _Slots], kept: Sequence[date], last: date) -> Cut | None:
    missing = [day for day in sorted(by_day) if day not in set(kept)]
    if not missing:
        return None
    following = kept[-1] + timedelta(days=1)
    return Cut(
        last=kept[-1],
        next=following,
        days=(last - following).days + 1,
        posts=sum(p.draft is not None for d in missing for of in by_day[d].values() for p in of),
    )


def _bills(numbered: Sequence[Numbered], material: Material) -> list[Bill]:
    here: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for one in numbered:
        here[one.post.account, f"{one.post.at:%Y-%m}"] += one.draft.cost_usd
    bills = []
    for (name, month), usd in here.items():
        account = material.catalog.accounts.get(name)
        cap = account.monthly_cap_usd if account is not None else None
        if usd or cap is not None:
            before = material.spent.get((name, month), Decimal(0))
            bills.append(Bill(name, date.fromisoformat(f"{month}-01"), before, usd, cap))
    return bills


def _accounts(material: Material, posts: Sequence[Post]) -> list[str]:
    """The accounts of the posts, as schedules.yaml orders them."""
    named = {post.account for post in posts}
    known = [name for name in material.catalog.accounts if name in named]
    return [*known, *sorted(named.difference(known))]


def _left_out(post: Post, material: Material) -> LeftOut:
    return LeftOut(
        at=post.at.astimezone(material.catalog.zone),
        account=post.account,
        network=post.network,
        message=(post.message or "").split("/", 1)[-1],
        schedule=post.schedule or "",
        reason=post.reason,
    )


def _schedule(post: Post, material: Material) -> str:
    schedule = next((s for s in material.catalog.schedules if s.name == post.schedule), None)
    if schedule is None or schedule.zone.key == material.catalog.zone.key:
        return post.schedule or ""
    return f"{schedule.name} ({hour(post.at.astimezone(schedule.zone))} in {schedule.zone.key})"


def _source(message: Message | None) -> str:
    if message is None or not message.source:
        return ""
    as_of = f" (as of {span(message.as_of, message.as_of)})" if message.as_of else ""
    return f"{message.source}{as_of}"


def _name(material: Material, campaign: str) -> str:
    found = material.catalog.campaigns.get(campaign)
    return (in_language(found.name, "en") if found else "") or campaign


def _letters(place: int) -> str:
    """`a` to `z`, then `aa` and so on."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _code(numbered: Sequence[Numbered]) -> str:
    """Eight hex digits over all that a reader approves: the same posts, the same code."""
    whole = hashlib.sha256()
    for one in numbered:
        draft, picture, poll = one.draft, one.draft.picture, one.draft.poll
        seen = [
            one.preview.ref,
            one.post.at.isoformat(),
            one.post.account,
            draft.text,
            *draft.thread,
            draft.content_warning,
            draft.visibility,
            [*poll.options, poll.duration.total_seconds(), poll.multiple] if poll else None,
            [picture.path.as_posix(), picture.alt, picture.digest] if picture else None,
        ]
        whole.update(json.dumps(seen).encode())
    digits = whole.hexdigest()
    return f"{digits[:4]}-{digits[4:8]}"
