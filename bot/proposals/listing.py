"""The list of what was found, for the person who looks through it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.proposals.about import About
from bot.proposals.dates import clocks
from bot.proposals.names import is_role, names
from bot.proposals.proposal import Finding, FindingKind
from bot.proposals.reading import Reading, Sentence
from bot.proposals.spoken import Spoken
from bot.text import masked, x_entities

_MOST = 200
"""Findings of a kind; a document with more is not listed to its end."""
_SHOWN = 160


def listing(
    reading: Reading,
    own: About,
    quotes: list[Spoken],
    link_problem: Callable[[str], str | None],
) -> Iterator[Finding]:
    """Give what was found, by kind and in the document's order; each name and link once.

    What concerns a person alone is not shown here either.
    """
    for one in _found(reading, own, quotes, link_problem):
        if one.kind is FindingKind.LINK:
            yield one
        else:
            yield replace(one, text=masked(one.text), detail=masked(one.detail))


def _found(
    reading: Reading,
    own: About,
    quotes: list[Spoken],
    link_problem: Callable[[str], str | None],
) -> Iterator[Finding]:
    for one in quotes[:_MOST]:
        yield Finding(FindingKind.QUOTATION, one.text, one.place, _of_quote(one))
    said = [s for s in reading.sentences if s.paragraph not in own.bylines]
    yield from _first(
        Finding(FindingKind.CALL, s.text, s.place, str(s.kind or "")) for s in said if s.calls
    )
    yield from _first(_dates(reading, said))
    yield from _first(
        Finding(
            FindingKind.FIGURE,
            f.text,
            s.place,
            f"nothing yet, or a counter not loaded: {s.text}" if f.zero else s.text,
        )
        for s in said
        for f in s.figures
    )
    yield from _names(reading, said)
    yield from _first(_links(reading, link_problem))
    for note in reading.notes:
        yield Finding(FindingKind.NOTE, note.text, note.place, note.what)
    for text, place in reading.left_out[:_MOST]:
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        yield Finding(FindingKind.LEFT_OUT, shown, place, "part of the page")


def _first(found: Iterator[Finding]) -> Iterator[Finding]:
    for count, one in enumerate(found):
        if count >= _MOST:
            return
        yield one


def _of_quote(one: Spoken) -> str:
    if one.speaker is None:
        return "nobody named as its speaker" if not one.is_phrase else "a phrase"
    who = f"{one.speaker.name}, {one.speaker.role}" if one.speaker.role else one.speaker.name
    return "; ".join((who, *one.notes))


def _dates(reading: Reading, said: list[Sentence]) -> Iterator[Finding]:
    for sentence in said:
        times = clocks(sentence.text, reading.words)
        for dated in sentence.dates:
            text = reading.paragraphs[sentence.paragraph].text[dated.start : dated.end]
            day = dated.day_if_certain
            detail = day.isoformat() if day else "no year is given"
            if dated.clock is not None:
                detail += f", {dated.clock:%H:%M} {dated.zone or '(no zone given)'}"
            elif len(times) == 1:
                detail += f", {times[0]}"
            yield Finding(FindingKind.DATE, text, sentence.place, detail)


def _names(reading: Reading, said: list[Sentence]) -> Iterator[Finding]:
    """Each name once, with how often; people only where a role or a second mention is there.

    A private person who is named once (a supporter, somebody's neighbour) is not put on a list.
    """
    starts: dict[int, set[int]] = {}
    for sentence in said:
        starts.setdefault(sentence.paragraph, set()).add(sentence.start)
    counts: dict[str, int] = {}
    first: dict[str, Finding] = {}
    for number, begin in starts.items():
        paragraph = reading.paragraphs[number]
        for name in names(paragraph.text, reading.words, frozenset(begin)):
            if name.start < paragraph.lead:
                continue
            counts[name.text] = counts.get(name.text, 0) + 1
            if name.text not in first:
                kind = FindingKind.PLACE if name.kind == "place" else FindingKind.NAME
                place = paragraph.place(name.start, name.end)
                first[name.text] = Finding(kind, name.text, place, name.kind)
    shown = 0
    for text, finding in first.items():
        if finding.detail == "person" and counts[text] < 2 and not _is_public(text, reading):
            continue
        shown += 1
        if shown > _MOST:
            return
        times = f", {counts[text]} times" if counts[text] > 1 else ""
        yield Finding(
            finding.kind, finding.text, finding.place, f"{finding.detail}{times}".strip(", ")
        )


def _is_public(name: str, reading: Reading) -> bool:
    for paragraph in reading.paragraphs[:200]:
        at = paragraph.text.find(name)
        if at >= 0:
            before = paragraph.text[max(0, at - 40) : at].split(".")[-1]
            behind = paragraph.text[at + len(name) :][:60].split(".")[0]
            return is_role(f"{before} {behind}".replace(",", " "), reading.words)
    return False


def _links(reading: Reading, link_problem: Callable[[str], str | None]) -> Iterator[Finding]:
    seen: set[tuple[str, str]] = set()
    for paragraph in reading.paragraphs:
        found = [(FindingKind.LINK, k.address, k.start, k.end) for k in paragraph.links]
        kinds = {
            "url": FindingKind.LINK, "mention": FindingKind.HANDLE, "hashtag": FindingKind.HASHTAG,
        }  # fmt: skip
        for entity in x_entities(paragraph.text):
            if entity.kind in kinds:
                sign = {"mention": "@", "hashtag": "#"}.get(entity.kind, "")
                found.append((kinds[entity.kind], sign + entity.value, entity.start, entity.end))
        for kind, text, start, end in found:
            key = (kind, text.casefold())
            if key in seen:
                continue
            seen.add(key)
            detail = ""
            if kind is FindingKind.LINK:
                address = text if "://" in text else f"https://{text}"
                detail = link_problem(address) or "allowed"
            yield Finding(kind, text, paragraph.place(start, end), detail)
