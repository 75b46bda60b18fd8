"""Reads CSV and its kin: text with a separator between cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import Final

import regex

from bot.reasons import Reason
from bot.tables.model import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Fault, Grid, Line
from bot.tables.moments import read_date
from bot.tables.names import column_named
from bot.text import TextError, decode

SEPARATORS: Final = (";", ",", "\t", "|")
HEADER_WITHIN: Final = 10
"""Lines with words among which the header is looked for; above it people put titles."""

# csv stops in the middle of a longer cell and goes on as if a row began there; how long a cell
# may be is told where rows are read.
csv.field_size_limit(MOST_BYTES)

_SEP_LINE = regex.compile(r"\"?sep=(.)\"?[;,\t|]*(?:\r\n|\r|\n|$)", regex.IGNORECASE)
_END = "\0end"
"""A last line of our own: where it is missing, a quotation mark was never closed."""


def read_separated(raw: bytes) -> Grid:
    """Read a file of cells with commas, semicolons, tabs or bars between them.

    The separator is the one with which the header has the most columns that are known;
    Excel's first line `sep=;` decides by itself, and does not count as a line.
    """
    try:
        text = decode(raw)
    except TextError as error:
        if b"\0" in raw:
            return _refused(Reason.of("table-damaged"))
        return _refused(Reason.of("table-not-utf8", n=error.line or 1))
    text = text.replace("\0", "")
    separator = None
    if found := _SEP_LINE.match(text):
        separator, text = found[1], text[found.end() :]
    if not text.strip():
        return _refused(Reason.of("table-empty"))
    return _grid(text, separator or _separator(text))


def _separator(text: str) -> str:
    def sureness(separator: str) -> tuple[int, int, int]:
        known = dates = cells = 0
        for line in islice(_filled(text, separator), HEADER_WITHIN):
            columns = {found[0] for cell in line if (found := column_named(cell))}
            known = max(known, len(columns))
            dates += isinstance(read_date(line[0][:60].strip() or "-"), tuple)
            cells = max(cells, len(line)) if len(line) <= MOST_COLUMNS else cells
        return known, dates, cells

    # The first 64 KB will do: a hostile file has no end of line at all.
    text = text[: 2**16]
    return max(SEPARATORS, key=sureness)


def _filled(text: str, separator: str) -> Iterator[list[str]]:
    return (line for line in _lines(text, separator) if any(cell.strip() for cell in line))


def _lines(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _grid(text: str, separator: str) -> Grid:
    lines: list[Line] = []
    broken = []
    for number, cells in enumerate(_lines(f"{text}\n{_END}", separator), start=1):
        if cells == [_END]:
            break
        if cells and cells[-1].endswith(_END):
            broken.append(number)
            break
        while cells and not cells[-1].strip():
            cells.pop()
        if not cells:
            continue
        if len(cells) > MOST_COLUMNS:
            return _refused(Reason.of("table-too-many-columns", most=MOST_COLUMNS))
        if len(lines) > MOST_ROWS + HEADER_WITHIN:
            return _refused(Reason.of("table-too-many-rows", most=MOST_ROWS))
        lines.append(Line(number, tuple(cells)))
    if broken:
        # Somewhere a mark is missing, so any cell that runs over lines may be two cells in one.
        broken += [line.number for line in lines if any("\n" in str(c) for c in line.cells)]
    faults = tuple(Fault(Reason.of("table-open-quote"), number) for number in sorted(broken))
    return Grid(tuple(x for x in lines if x.number not in broken), faults, strict_width=True)


def _refused(reason: Reason) -> Grid:
    return Grid((), (Fault(reason),))
