"""Quotations with their speakers, out of running text and out of blocks set as quotations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from bot.proposals.document import Part, Place
from bot.proposals.names import is_role
from bot.proposals.quotations import Quotation, quotations
from bot.proposals.reading import Reading
from bot.proposals.speakers import Speaker, signed, speaker_of
from bot.proposals.words import Vocabulary

_LEAST_WORDS = 4
"""Fewer are a title, an irony or a word that is being talked about."""
_SAME_BREATH = 200
"""Characters between two quotations of a paragraph that one speaker may have said."""
_MOST = 200


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words that somebody said, as they stand between the marks."""

    text: str
    marks: tuple[str, str]
    place: Place
    paragraph: int
    start: int
    end: int
    speaker: Speaker | None
    notes: tuple[str, ...] = ()

    @property
    def is_phrase(self) -> bool:
        """Whether it is too short to be quoted for its own sake."""
        return len(self.text.split()) < _LEAST_WORDS


def spoken(reading: Reading) -> tuple[list[Spoken], list[Place]]:
    """Find a document's quotations, and the marks that open one but close none."""
    found: list[Spoken] = []
    unclosed: list[Place] = []
    for number, paragraph in enumerate(reading.paragraphs):
        quotes, open_marks = quotations(paragraph.text)
        unclosed += [paragraph.place(at, at + 1) for at in open_marks[:20]]
        following = reading.paragraphs[number + 1] if number + 1 < len(reading.paragraphs) else None
        under = signed(following.text, reading.words) if following is not None else None
        if paragraph.part is Part.QUOTE and not quotes:
            if not signed(paragraph.text, reading.words):
                end = len(paragraph.text)
                found.append(
                    Spoken(
                        paragraph.text, ("“", "”"), paragraph.place(0, end), number, 0, end, under
                    )
                )
            continue
        found += _of_paragraph(reading, number, quotes[:_MOST], under)
    return [_with_role(one, reading) for one in found[:_MOST]], unclosed


def _of_paragraph(
    reading: Reading, number: int, quotes: list[Quotation], under: Speaker | None
) -> Iterator[Spoken]:
    paragraph, words = reading.paragraphs[number], reading.words
    before: Spoken | None = None
    for quote in quotes:
        text = paragraph.text[quote.start : quote.end]
        notes: list[str] = []
        speaker = speaker_of(paragraph.text, quote, words)
        alone = quote.start <= 2 and quote.end >= len(paragraph.text) - 2
        if speaker is None and alone:
            speaker = under
        if (
            speaker is None
            and before is not None
            and before.speaker is not None
            and quote.start - before.end <= _SAME_BREATH
        ):
            speaker = before.speaker
            notes.append("the speaker is taken from the quotation before it")
        if quote.doubtful:
            notes.append("its closing mark may be an apostrophe: see where the quotation ends")
        if text.endswith((",", " –", " —")):
            text = text.rstrip(", –—")
            notes.append("the quotation may go on behind its speaker")
        place = paragraph.place(quote.start, quote.end)
        before = Spoken(
            text, _marks(quote, words), place, number, quote.start, quote.end, speaker, tuple(notes)
        )
        yield before


def _marks(quote: Quotation, words: Vocabulary) -> tuple[str, str]:
    """The marks to set it in: its own; the language's for straight ones and French spaces."""
    if quote.opening in "\"'" or quote.opening == words.quotes[0].strip():
        return words.quotes
    return quote.opening, quote.closing


def _with_role(one: Spoken, reading: Reading) -> Spoken:
    """Look for a speaker's role where else they are named, if it is not beside the words."""
    speaker = one.speaker
    if speaker is None or speaker.role:
        return one
    pattern = regex.compile(rf"{regex.escape(speaker.name)},\s([^,.;:()]{{3,80}})[,.;]")
    for paragraph in reading.paragraphs[:400]:
        if (match := pattern.search(paragraph.text)) and is_role(match[1], reading.words):
            place = paragraph.place(match.start(1), match.end(1))
            return replace(
                one,
                speaker=replace(speaker, role=match[1].strip()),
                notes=(*one.notes, f"the role is from line {place}"),
            )
    return one
