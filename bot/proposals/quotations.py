"""What stands within quotation marks: “…”, „…“, «…», »…«, ‘…’, ‚…‘ and typed straight ones.

One pass over the marks with a stack of those that are open. A mark that could be several things
(an apostrophe, a German closing mark that opens in English) is read by what stands beside it.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

_MARK = regex.compile("[“”„‟«»‹›‘’‚\"'「」『』]")
_CLOSERS = {
    "“": "”", "„": "“”", "‟": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "‘": "’", "‚": "‘’",
    '"': '"', "'": "'", "’": "’", "”": "”", "「": "」", "『": "』",
}  # fmt: skip
_ONLY_OPEN = frozenset("„‟‚「『")
_MAY_OPEN = frozenset("“«‹‘\"'»›”")
_SINGLE = frozenset("'’‘")
_BEFORE_OPENING = frozenset("([{¿¡-–—/:;,.…>*_|“„«‹‘‚»\"'")
_DEEPEST = 8
"""Quotations within quotations that are told apart; deeper marks are words."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """`text[start:end]` is what stands between the marks, without the white space beside them."""

    start: int
    end: int
    opening: str
    closing: str
    opened: int
    closed: int
    """Where its marks are."""
    doubtful: bool = False
    """Its closing mark may be an apostrophe."""


@dataclass(slots=True)
class _Open:
    mark: str
    at: int
    maybe: int = -1
    """Where it is closed, if what stands there is no apostrophe."""


def quotations(text: str) -> tuple[list[Quotation], list[int]]:
    """Find the outermost quotations in a paragraph, and the marks that open one but close none.

    A quotation inside another is part of it; one behind a mark that nothing closes stands by
    itself. Linear in the text's length: at most `_DEEPEST` open marks are looked at for each mark.
    """
    closed: list[Quotation] = []
    stack: list[_Open] = []
    left: list[_Open] = []
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        if _is_apostrophe(text, at, mark):
            continue
        if (level := _closes(stack, text, at, mark)) is not None:
            if _may_be_apostrophe(text, at, mark):
                stack[level].maybe = at
                continue
            opened = stack[level]
            left += stack[level + 1 :]
            del stack[level:]
            closed += _between(text, opened, at)
        elif _opens(text, at, mark) and len(stack) < _DEEPEST:
            stack.append(_Open(mark, at))
    unclosed = []
    for opened in (*left, *stack):
        if opened.maybe >= 0:
            closed += _between(text, opened, opened.maybe)
        elif opened.mark not in _SINGLE:
            unclosed.append(opened.at)
    outermost: list[Quotation] = []
    for quotation in sorted(closed, key=lambda q: q.start):
        if not outermost or quotation.start > outermost[-1].end:
            outermost.append(quotation)
    return outermost, sorted(unclosed)


def _between(text: str, opened: _Open, closing: int) -> list[Quotation]:
    """Make the quotation between two marks; none if there are no words."""
    start, end = opened.at + 1, closing
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    doubtful = closing == opened.maybe
    one = Quotation(start, end, opened.mark, text[closing], opened.at, closing, doubtful)
    return [one] if start < end else []


def _beside(text: str, at: int) -> tuple[str, str]:
    return text[at - 1 : at] if at else "", text[at + 1 : at + 2]


def _is_apostrophe(text: str, at: int, mark: str) -> bool:
    before, after = _beside(text, at)
    if mark not in "'’":
        return False
    if before.isalnum() and after.isalnum():
        return True
    return mark == "’" and not before.strip() and after.isalnum()  # ’90s, ’tis


def _may_be_apostrophe(text: str, at: int, mark: str) -> bool:
    before, after = _beside(text, at)
    following = text[at + 2 : at + 3]
    return mark in "'’" and before in "sSxXzZ" and after.isspace() and following.islower()


def _closes(stack: list[_Open], text: str, at: int, mark: str) -> int | None:
    before, after = _beside(text, at)
    if not before:
        return None
    french = mark in "»›" and before in "\u00a0\u202f "
    if before.isspace() and not french:
        return None
    if mark in "\"'’" and after.isalnum():
        return None
    for level in range(len(stack) - 1, -1, -1):
        if mark in _CLOSERS[stack[level].mark] and at > stack[level].at + 1:
            return level
    return None


def _opens(text: str, at: int, mark: str) -> bool:
    before, after = _beside(text, at)
    if mark in _ONLY_OPEN:
        return True
    if mark not in _MAY_OPEN:
        return False
    french = mark in "«‹" and after in "\u00a0\u202f "
    if not after or (after.isspace() and not french):
        return False
    return not before or before.isspace() or before in _BEFORE_OPENING
