"""What a document says of itself: its title, whose it is, and of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import regex

from bot.proposals.dates import dates
from bot.proposals.document import Paragraph, Part, Place
from bot.proposals.names import is_body, runs
from bot.proposals.reading import Reading

_LONGEST_TITLE = 140
_LONGEST_BYLINE = 80
_FIRST = 12
"""Paragraphs from the top in which a title, a byline and an organisation's own line stand."""
_FIRST_LINES = 4
"""Of these, one that is no heading may be the title."""
_QUOTE_MARKS = frozenset('“„«»‚"')
_LEFT_OF_BYLINE = 45
"""Characters in a byline besides its date."""


@dataclass(frozen=True, slots=True)
class About:
    """The document's title, organisation and day; empty or None where it does not say."""

    title: str = ""
    organisation: str = ""
    published: date | None = None
    bylines: frozenset[int] = frozenset()
    """Paragraphs that only say who and when."""
    dated_at: Place | None = None

    def source(self, day_in_words: str) -> str:
        """Name the document as a source: `Amnesty International, “How can I help”, 4 May 2021`."""
        title = f"“{self.title.rstrip(' :')}”" if self.title else ""
        return ", ".join(filter(None, (self.organisation, title, day_in_words)))


def about(reading: Reading) -> About:
    """Find what the document says of itself."""
    document = reading.document
    title = document.title if " " in document.title else _title(reading) or document.title
    organisation = document.organisation or _own_line(reading) or _speaks_as(reading)
    published, at, bylines = _published(reading)
    if document.published is not None:
        published, at = document.published, None
    return About(title, organisation, published, bylines, at)


def _title(reading: Reading) -> str:
    first = reading.paragraphs[:_FIRST]
    headings = [p for p in first if p.part is Part.HEADING]
    for paragraph in (*headings, *first[:_FIRST_LINES]):
        text = paragraph.text
        words = len(text.split())
        if words <= 2 or len(text) > _LONGEST_TITLE or text.endswith((":", ".", ",")):
            continue
        if not _QUOTE_MARKS.intersection(text) and not dates(text, reading.words):
            return text
    return ""


def _own_line(reading: Reading) -> str:
    """An organisation's name that stands alone at the top or at the end, as a signature."""
    for paragraph in (*reading.paragraphs[:_FIRST], *reading.paragraphs[-3:]):
        text = paragraph.text
        if len(text) <= _LONGEST_BYLINE and (dated := dates(text, reading.words)):
            text = text[: dated[0].start].rstrip(" ,·|–—-")  # `Amnesty International, 4 May 2021`
        found = runs(text, reading.words) if len(text) <= _LONGEST_BYLINE else []
        if (
            len(found) == 1
            and found[0].text == text
            and " " in text
            and is_body(text, reading.words)
        ):
            return text
    return ""


def _speaks_as(reading: Reading) -> str:
    """`As the International Peoples’ Assembly (IPA) we …`."""
    opening = regex.compile(rf"(?i)(?:^|[.!?]\s)(?:{reading.words.we_of})\s+")
    for paragraph in reading.paragraphs[:60]:
        for match in opening.finditer(paragraph.text):
            rest = paragraph.text[match.end() : match.end() + 120]
            found = runs(rest, reading.words)
            if found and found[0].start <= 4 and is_body(found[0].text, reading.words):
                return found[0].text
    return ""


def _published(reading: Reading) -> tuple[date | None, Place | None, frozenset[int]]:
    """The day in a byline, or in what belongs to the page (`posted on …`), and the bylines."""
    found: date | None = None
    at: Place | None = None
    bylines = set()
    for number, paragraph in enumerate(reading.paragraphs[:_FIRST]):
        text = paragraph.text
        in_it = dates(text, reading.words)
        if len(text) > _LONGEST_BYLINE or "--" in text or not (in_it or _is_broken_date(paragraph)):
            continue
        if in_it and len(text) - (in_it[0].end - in_it[0].start) > _LEFT_OF_BYLINE:
            continue
        if text.endswith(("!", ".", ":")) and len(text) > 40:
            continue
        bylines.add(number)
        if found is None and in_it and (day := in_it[0].day_if_certain):
            found, at = day, paragraph.place(in_it[0].start, in_it[0].end)
    if found is None:
        for text, place in reading.left_out:
            days = [day for d in dates(text, reading.words) if (day := d.day_if_certain)]
            if days:
                return days[0], place, frozenset(bylines)
    return found, at, frozenset(bylines)


_BROKEN = regex.compile(r"[?\W\d]+")


def _is_broken_date(paragraph: Paragraph) -> bool:
    """A line that lost its letters on the way: `?????? 15, 2022`."""
    return bool(_BROKEN.fullmatch(paragraph.text))
