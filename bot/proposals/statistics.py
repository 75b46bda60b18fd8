"""The words of a card for a figure: the figure, and what the document says it counts."""

from __future__ import annotations

import regex

from bot.proposals.figures import Figure
from bot.proposals.reading import Sentence

LONGEST_LABEL = 170
_LEAST_WORDS = 4
_RELATIVE = (
    r"(?:which|who|where|while|que|quien|donde|mientras|qui|où|onde|enquanto|che|dove|mentre)\s"
)
_CLAUSE = regex.compile(rf"[,;:–—]\s+|\s(?={_RELATIVE})")
_LEADING = regex.compile(_RELATIVE)
_BEFORE = 14
"""Letters before a figure that opens its sentence: `For more than twelve years, …`."""


def figure_card(sentence: Sentence, figure: Figure, source: str) -> dict[str, str]:
    """Make a card's words, verbatim; empty where no part of the sentence is short enough.

    `For more than twelve years, he has been …` parts into the figure and the rest; elsewhere the
    label is the sentence, or the clause with the figure.
    """
    label = _label(sentence.text, figure.start - sentence.start, figure.end - sentence.start)
    if not label:
        return {}
    card = {"kind": "statistic", "figure": figure.text, "label": label}
    return card | ({"source": source} if source else {})


def main_figure(sentences: tuple[Sentence, ...]) -> tuple[Sentence, Figure] | None:
    """Choose the figure that a passage is for: the largest number written in figures."""
    found = [(s, f) for s in sentences for f in s.figures if f.counts and not f.zero]
    return max(found, key=lambda one: _size(one[1]), default=None)


def _size(figure: Figure) -> tuple[bool, int]:
    digits = regex.sub(r"\D", "", figure.text)[:12]
    return figure.in_figures, int(digits or 0)


def _label(text: str, start: int, end: int) -> str:
    if start <= _BEFORE and text[end : end + 2] == ", ":
        rest = text[end + 2 :].rstrip(".")
        if len(rest) <= LONGEST_LABEL:
            return rest
    whole = text.rstrip(".")
    if len(whole) <= LONGEST_LABEL:
        return whole
    begin, stop = 0, len(text)
    for boundary in _CLAUSE.finditer(text):
        if boundary.end() <= start:
            begin = boundary.end()
        elif boundary.start() >= end:
            stop = boundary.start()
            break
    if relative := _LEADING.match(text, begin):
        begin = relative.end()  # `… , where he could face up to 175 years`: he could face …
    clause = text[begin:stop].rstrip(".").strip()
    enough = len(clause.replace(text[start:end], "").split()) >= _LEAST_WORDS
    return clause if enough and len(clause) <= LONGEST_LABEL else ""
