"""A document's sentences and what each of them is: a call, a demand, a statement, a question.

What belongs to the page and not to what it says (a byline, a form, `filed under`) is set apart
first, and so are an organiser's own lines (`Salutation: …`), which are kept as notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

import regex

from bot.model import ActionKind
from bot.proposals.dates import Dated, dates
from bot.proposals.document import Document, Paragraph, Part, Place
from bot.proposals.figures import Figure, figures
from bot.proposals.quotations import quotations
from bot.proposals.sentences import sentences
from bot.proposals.words import Vocabulary
from bot.proposals.words.vocabulary import NOTHING
from bot.text import Personal, personal


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and its traits. `number` is its place among all of the document's."""

    number: int
    paragraph: int
    start: int
    end: int
    text: str
    place: Place
    calls: bool = False
    """Whether it asks its reader to do something."""
    kind: ActionKind | None = None
    """What a call asks for, where its words tell."""
    demands: bool = False
    leans: bool = False
    """Whether it needs the sentence before it to be understood."""
    passing: str = ""
    """The word by which it is true for a while only."""
    of_one: bool = False
    usable: bool = True
    """False for what holds personal data, speaks of the page's layout, or is a fragment."""
    heading: bool = False
    """Whether it stands as a line of its own without an end, as headings and addresses do."""
    dates: tuple[Dated, ...] = ()
    figures: tuple[Figure, ...] = ()
    addresses: tuple[str, ...] = ()
    """Where the links in it lead."""

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return self.text.rstrip("\"'”’»“)").endswith("?")

    @property
    def exclaims(self) -> bool:
        """Whether it ends in an exclamation mark."""
        return self.text.rstrip("\"'”’»“)").endswith("!")


@dataclass(frozen=True, slots=True)
class Note:
    """An organiser's own line: `target`, `salutation`, `recipients`, or a `caution`."""

    what: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says, sentence by sentence."""

    document: Document
    words: Vocabulary
    paragraphs: tuple[Paragraph, ...]
    """Without those that belong to the page."""
    sentences: tuple[Sentence, ...]
    notes: tuple[Note, ...]
    personal: tuple[tuple[str, Place], ...]
    """What is left out because it concerns a person alone, and where."""
    left_out: tuple[tuple[str, Place], ...]
    """Paragraphs that belong to the page."""


_Found = TypeVar("_Found", Dated, Figure)


@dataclass(frozen=True, slots=True)
class _Patterns:
    calls: tuple[tuple[ActionKind | None, regex.Pattern[str]], ...]
    calls_at_end: regex.Pattern[str]
    cautions: regex.Pattern[str]
    things: tuple[tuple[ActionKind | None, regex.Pattern[str]], ...]
    demands: regex.Pattern[str]
    addressed: regex.Pattern[str]
    leaning: regex.Pattern[str]
    passing: regex.Pattern[str]
    of_one: regex.Pattern[str]
    layout: regex.Pattern[str]
    furniture: regex.Pattern[str]
    form: regex.Pattern[str]
    notes: tuple[tuple[str, regex.Pattern[str]], ...]


_OPENING = r"[\p{Ps}\p{Pi}\"'„‚¿¡•*\s]*"
_HAS_END = regex.compile(r"[.!?…:;。！？][\p{Pe}\p{Pf}\"'”’]*$")
_TEMPLATE = regex.compile(r"[{%]{1,2}[\w .]{1,40}[}%]{1,2}")
"""`Dear {name}`: a form letter's field, and to us perhaps a placeholder."""
_FRAGMENT = regex.compile(r"[\p{Ps}\p{Pi}\"'„‚¿¡•*\s]*\p{Ll}")
_LONGEST_FIELD = 240
"""What is longer is no longer the label or the small print of a form's field."""
_LONGEST_LINE = 90
_MOST_QUOTES = 200
"""In one paragraph; what has more is no text for people."""
_TO_LETTERS = 8
"""A sentence of fewer letters says nothing by itself."""


@lru_cache(maxsize=16)
def _patterns(words: Vocabulary) -> _Patterns:
    edge, back = r"(?!\p{L})", r"(?<!\p{L})"
    lead = rf"(?i)^{_OPENING}(?:(?:{words.lead_ins}),?\s+){{0,3}}"
    follows = rf"{edge}(?!\s+(?:{words.no_call}){edge})"

    def anywhere(alternatives: str) -> regex.Pattern[str]:
        return regex.compile(rf"(?i){back}(?:{alternatives}){edge}")

    def first(alternatives: str) -> regex.Pattern[str]:
        return regex.compile(rf"(?i)^{_OPENING}(?:{alternatives}){edge}")

    return _Patterns(
        calls=tuple(
            (kind, regex.compile(rf"{lead}(?:{verbs}){follows}"))
            for kind, verbs in words.calls.items()
        ),
        calls_at_end=regex.compile(rf"(?i){back}(?:{words.calls_at_end})\s*!$"),
        cautions=regex.compile(rf"(?i)(?:^|[.:]\s*){_OPENING}(?:{words.cautions}){edge}"),
        things=tuple((kind, anywhere(nouns)) for kind, nouns in words.things.items()),
        demands=anywhere(words.demands),
        addressed=regex.compile(
            rf"^{_OPENING}(?:\p{{Lu}}[\p{{L}}.'’\-]*\s){{0,3}}\p{{Lu}}[\p{{L}}'’\-]*,\s+"
            rf"(?i:{words.calls.get(None, NOTHING)}){edge}"
        ),
        leaning=first(words.leaning),
        passing=anywhere(words.passing),
        of_one=anywhere(words.of_one),
        layout=anywhere(words.layout),
        furniture=regex.compile(rf"(?i)^{_OPENING}(?:{words.furniture})"),
        form=regex.compile(rf"(?i)^{_OPENING}(?:{words.form})"),
        notes=tuple(
            (what, regex.compile(rf"(?i)^{_OPENING}(?:{names})\s*:\s*(?=\S)"))
            for what, names in (
                ("target", words.target),
                ("salutation", words.salutation),
                ("recipients", words.recipients),
            )
        ),
    )


def read(document: Document, words: Vocabulary) -> Reading:
    """Part a document into sentences with their traits. Linear in its length."""
    patterns = _patterns(words)
    kept: list[Paragraph] = []
    found: list[Sentence] = []
    notes: list[Note] = []
    hidden: list[tuple[str, Place]] = []
    left_out: list[tuple[str, Place]] = []
    in_form = False
    for paragraph in document.paragraphs:
        place = paragraph.place(0, len(paragraph.text))
        goes_on = paragraph.part is not Part.HEADING and len(paragraph.text) <= _LONGEST_FIELD
        in_form = (in_form and goes_on) or bool(patterns.form.match(paragraph.text))
        if in_form or patterns.furniture.match(paragraph.text):
            left_out.append((paragraph.text, place))
            continue
        if note := _note(paragraph, place, patterns):
            notes.append(note)
            continue
        secret = personal(paragraph.text)
        hidden += [(one.what, paragraph.place(one.start, one.end)) for one in secret]
        kept.append(paragraph)
        found += _sentences_of(paragraph, len(kept) - 1, len(found), words, _spans(secret))
    notes += [Note("caution", s.text, s.place) for s in found if patterns.cautions.search(s.text)]
    return Reading(
        document, words, tuple(kept), tuple(found), tuple(notes), tuple(hidden), tuple(left_out)
    )


def _spans(secret: Sequence[Personal]) -> list[tuple[int, int]]:
    """The spans alone, in order."""
    return [(one.start, one.end) for one in secret]


def _note(paragraph: Paragraph, place: Place, patterns: _Patterns) -> Note | None:
    if len(paragraph.text) > 300:
        return None
    for what, pattern in patterns.notes:
        if match := pattern.match(paragraph.text):
            return Note(what, paragraph.text[match.end() :].strip(), place)
    return None


def _sentences_of(
    paragraph: Paragraph,
    index: int,
    number: int,
    words: Vocabulary,
    secret: list[tuple[int, int]],
) -> list[Sentence]:
    patterns = _patterns(words)
    text = paragraph.text
    all_dates = dates(text, words)
    all_figures = [
        f
        for f in figures(text, words, [(d.start, d.end) for d in all_dates])
        if not _touches(secret, f.start, f.end)
    ]
    spans = sentences(text[paragraph.lead :], words)
    quoted, unclosed = quotations(text)
    torn = [(q.opened, q.closed + 1) for q in quoted] + [(at, len(text) + 1) for at in unclosed]
    found: list[Sentence] = []
    for start, end in ((s + paragraph.lead, e + paragraph.lead) for s, e in spans):
        piece = text[start:end]
        calls, kind = _call(piece, patterns)
        letters = sum(c.isalpha() for c in piece[:60])
        passing = patterns.passing.search(piece)
        found.append(
            Sentence(
                number=number + len(found),
                paragraph=index,
                start=start,
                end=end,
                text=piece,
                place=paragraph.place(start, end),
                calls=calls,
                kind=kind,
                demands=bool(patterns.demands.search(piece) or patterns.addressed.match(piece)),
                leans=bool(patterns.leaning.match(piece)) or piece.endswith(":"),
                passing=passing[0] if passing and not calls and piece[-1] != "!" else "",
                of_one=bool(patterns.of_one.search(piece)),
                usable=letters >= _TO_LETTERS
                and not _FRAGMENT.match(piece)
                and not _TEMPLATE.search(piece)
                and not _touches(secret, start, end)
                and not any(_tears(start, end, *span) for span in torn[:_MOST_QUOTES])
                and not patterns.layout.search(piece)
                and not patterns.cautions.search(piece),
                heading=_is_heading(paragraph, len(spans)),
                dates=tuple(_within(all_dates, start, end)),
                figures=tuple(_within(all_figures, start, end)),
                addresses=tuple(k.address for k in paragraph.links if start <= k.start < end),
            )
        )
    return found


def _is_heading(paragraph: Paragraph, sentences_in_it: int) -> bool:
    if paragraph.part is Part.HEADING:
        return True
    return (
        sentences_in_it == 1
        and len(paragraph.text) <= _LONGEST_LINE
        and paragraph.part is not Part.QUOTE
        and not _HAS_END.search(paragraph.text)
    )


def _within(found: Sequence[_Found], start: int, end: int) -> list[_Found]:
    return [one for one in found if start <= one.start < end]


def _tears(start: int, end: int, mark: int, last: int) -> bool:
    """Whether a sentence has one mark of a quotation, or neither, but some of its words."""
    return start < last and mark < end and not (start <= mark and last <= end)


def _touches(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(one < end and start < other for one, other in spans)


def _call(text: str, patterns: _Patterns) -> tuple[bool, ActionKind | None]:
    """Tell whether a sentence is a call, and for which kind of action."""
    if patterns.cautions.search(text):
        return False, None
    thing = _thing(text, patterns)
    matching = [kind for kind, verbs in patterns.calls if verbs.match(text)]
    if not matching:
        return bool(patterns.calls_at_end.search(text)), thing
    kind = matching[0]
    if kind is None or (kind is ActionKind.PETITION and thing is ActionKind.LETTER):
        return True, thing
    return True, kind


def _thing(text: str, patterns: _Patterns) -> ActionKind | None:
    return next((kind for kind, nouns in patterns.things if nouns.search(text)), None)
