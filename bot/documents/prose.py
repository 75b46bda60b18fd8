"""Plain text and Markdown, which in files of action copy are often the same file.

Parsed by markdown-it-py, with what plain text would trip over taken out: lines that happen to be
indented are not code. Line numbers are the parser's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import regex
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.proposals.document import Builder, Document, Paragraph, Part, joined

_LONGEST_SOURCE = 300_000
_MANY_BRACKETS = 3_000
_LONGEST_HEADING = 160
_WRAPPED = 50
"""A line at least this long, without an end, goes on in the next."""
_ENDED = regex.compile(r"[.!?…:;][\p{Pe}\p{Pf}\"'*_)]*\s*$")
_LABEL = regex.compile(r"(?:\p{Lu}[\p{Lu} ]{2,40}?)\s*[–—:\-]\s+(?=[\p{Lu}\"“„«¿¡])")
_AFTER_LABEL = regex.compile(r"\s*[–—:\-]\s+")
_FRONT_MATTER = regex.compile(r"---[ ]*\n((?:[A-Za-z_]{1,30}:[^\n]*\n){1,40})---[ ]*(?:\n|$)")


@lru_cache(maxsize=2)
def _parser(*, links: bool) -> MarkdownIt:
    without = ["code", "entity", *([] if links else ["link", "image", "reference"])]
    return MarkdownIt("commonmark", {"html": True, "maxNesting": 40}).disable(without)


def read(text: str) -> Document:
    """Read a cleaned text."""
    warnings: list[str] = []
    head: dict[str, str] = {}
    if found := _FRONT_MATTER.match(text):
        for line in found[1].splitlines():
            key, _, value = line.partition(":")
            head[key.strip().lower()] = value.strip().strip("\"'")
        text = "\n" * found[0].count("\n") + text[found.end() :]
    if len(text) > _LONGEST_SOURCE:
        text = text[:_LONGEST_SOURCE]
        warnings.append(f"it is long: only its first {_LONGEST_SOURCE} characters were read")
    lines = text.split("\n")
    # The parser's time on unclosed brackets grows with their square.
    parser = _parser(links=text.count("[") < _MANY_BRACKETS)
    paragraphs = list(joined(_paragraphs(parser.parse(text), lines, warnings)))
    return Document(tuple(paragraphs), title=head.get("title", ""), warnings=tuple(warnings))


def _paragraphs(
    tokens: Sequence[Token], lines: list[str], warnings: list[str]
) -> Iterator[Paragraph]:
    quotes = items = 0
    heading = False
    for token in tokens:
        if token.type == "blockquote_open":
            quotes += 1
        elif token.type == "blockquote_close":
            quotes -= 1
        elif token.type == "list_item_open":
            items += 1
        elif token.type == "list_item_close":
            items -= 1
        elif token.type in ("heading_open", "heading_close"):
            heading = token.type == "heading_open"
        elif token.type == "html_block" and token.map:
            warnings.append(f"line {token.map[0] + 1}: HTML within the text is left out")
        elif token.type == "inline" and token.map:
            part = Part.QUOTE if quotes else Part.ITEM if items else Part.TEXT
            if heading and len(token.content) <= _LONGEST_HEADING:
                part = Part.HEADING
            yield from _inline(token, token.map[0], part, lines)


class _Cursor:
    """Where in the source the next words stand."""

    def __init__(self, lines: list[str], line: int) -> None:
        self._lines = lines
        self.line = line
        self._at = 0

    def find(self, words: str) -> int:
        """Give the column, from 1, at which some words stand from here on; 0 if not found."""
        source = self._lines[self.line] if self.line < len(self._lines) else ""
        probe = words.lstrip()[:40]
        found = source.find(probe, self._at, self._at + 400) if probe else -1
        if found < 0:
            return 0
        column = found + 1 - (len(words) - len(words.lstrip()))
        self._at = found + max(1, len(words.strip()))
        return max(1, column)

    def down(self) -> None:
        self.line, self._at = self.line + 1, 0


def _inline(token: Token, line: int, part: Part, lines: list[str]) -> Iterator[Paragraph]:
    builder, cursor = Builder(), _Cursor(lines, line)
    bold = 0
    strong, plain, lead = False, False, 0
    opened: list[tuple[int, str]] = []
    children = token.children or []
    for index, child in enumerate(children):
        if child.type in ("softbreak", "hardbreak"):
            if child.type == "hardbreak" or _breaks(lines, cursor.line, part):
                yield from _done(builder, part, strong=strong and not plain, lead=lead)
                strong, plain, lead = False, False, 0
            else:
                builder.add(" ", cursor.line + 1)
            cursor.down()
        elif child.type == "strong_open":
            bold += 1
        elif child.type == "strong_close":
            bold -= 1
            following = children[index + 1].content if index + 1 < len(children) else ""
            if not plain and not lead and (dash := _AFTER_LABEL.match(following)):
                lead = builder.length + len(dash[0].lstrip()) + (dash[0][:1].isspace())
        elif child.type == "link_open":
            opened.append((builder.length, str(child.attrGet("href") or "")))
        elif child.type == "link_close" and opened:
            start, address = opened.pop()
            if address.startswith(("http://", "https://")):
                builder.link(start, address)
        elif child.type in ("text", "code_inline", "text_special"):
            builder.add(child.content, cursor.line + 1, cursor.find(child.content))
            if child.content.strip():
                strong, plain = strong or bool(bold), plain or not bold
    yield from _done(builder, part, strong=strong and not plain, lead=lead)


def _done(builder: Builder, part: Part, *, strong: bool, lead: int) -> Iterator[Paragraph]:
    paragraph = builder.paragraph(part, strong=strong)
    if paragraph is None:
        return
    if not lead and (label := _LABEL.match(paragraph.text)):
        lead = label.end()
    yield replace(paragraph, lead=lead) if 0 < lead < len(paragraph.text) else paragraph


def _breaks(lines: list[str], line: int, part: Part) -> bool:
    """Tell whether a line break within a paragraph is one that its author meant.

    A short line without an end stands for itself (an address, a verse), unless the next one goes
    on in small letters; after a sentence's end it does not matter, but a line apart is kept so.
    """
    if part is Part.HEADING:
        return False
    here = lines[line].rstrip() if line < len(lines) else ""
    following = lines[line + 1].strip(" >*_") if line + 1 < len(lines) else ""
    if following[:1].islower():
        return False
    if following[:1] in "–—―":
        return True  # who said it, under a quotation
    if len(here) >= _WRAPPED:
        return False
    return not _ENDED.search(here[-12:]) or len(here) < _WRAPPED
