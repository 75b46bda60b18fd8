"""Reads one line's cells by the columns they stand in, before dates are settled."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final, TypeAlias

import regex

from bot.reasons import Reason
from bot.tables.model import (
    LONGEST_CELL,
    Cell,
    Column,
    DateOrder,
    Grid,
    Line,
    Understood,
    column_letter,
)
from bot.tables.moments import Moment, Unclear, read_date, read_time, settle
from bot.tables.understand import words
from bot.text import TextError, clean

When: TypeAlias = Moment | Unclear | Reason | None

_FORMULA = regex.compile(
    # What a spreadsheet program would work out, were it handed the cell again: =A1, @SUM(…),
    # +cmd|…; but neither "-10% …", "@amnesty …" nor "== Today ==".
    r"=\s*[\w(\"'$+\-@\[{]|[@+\-][A-Z][A-Z0-9.]*\(|[@+\-]\w+\|"
)
_FIRST_SERIAL: Final = 20_000
_LAST_SERIAL: Final = 110_000
"""Numbers that may be days since 1900 or 1904: the second half of the twentieth century and on."""
_OF_A_POST: Final = (Column.LINK, Column.IMAGE, Column.ALT)


@dataclass
class Cells:
    """What one line says, and what of it is refused."""

    texts: dict[Column, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    refusals: list[tuple[Column | None, Reason]] = field(default_factory=list)
    day: When = None
    clock: When = None

    @property
    def of_a_post(self) -> bool:
        """Whether the line has anything, beside a text, that only a post has.

        Words in the column of the dates, such as "Week 50", are a title's.
        """
        dated = any(isinstance(found, Moment | Unclear) for found in (self.day, self.clock))
        return dated or any(column in self.texts for column in _OF_A_POST)

    def when(self, order: DateOrder | None) -> Moment | tuple[Column, Reason] | None:
        """Put the date and the time together; or tell in which column something is wrong."""
        day = settle(self.day, order) if self.day is not None else None
        clock = settle(self.clock, order) if self.clock is not None else None
        if isinstance(day, Reason):
            return Column.DATE, day
        if isinstance(clock, Reason):
            return Column.TIME, clock
        days = {moment.day for moment in (day, clock) if moment and moment.day}
        clocks = {moment.clock for moment in (day, clock) if moment and moment.clock}
        if len(days) > 1:
            return Column.TIME, Reason.of("table-two-dates")
        if len(clocks) > 1:
            return Column.TIME, Reason.of("table-two-times")
        if clocks and not days:
            return Column.TIME, Reason.of("table-time-without-date")
        return Moment("".join(days), "".join(clocks)) if days else None


def line_cells(line: Line, grid: Grid, known: Understood) -> Cells:
    """Read a line. What it refuses, it tells by column; nothing stops the other columns."""
    cells = Cells()
    columns = {index: column for column, index in known.places.items()}
    for index, cell in enumerate(line.cells):
        column = columns.get(index)
        if column is None:
            if index in line.formulas and cell == "=":
                continue  # never worked out
            _other(cells, index, cell, grid, known)
            continue
        if index in line.formulas:
            cells.refusals.append((column, Reason.of("table-formula")))
            continue
        _known(cells, column, cell, grid)
    extra = sum(bool(words(cell).strip()) for cell in line.cells[len(known.headings) :])
    if extra and grid.strict_width:
        reason = Reason.of("table-too-many-cells", n=len(line.cells), most=len(known.headings))
        cells.refusals.append((None, reason))
    return cells


def _known(cells: Cells, column: Column, cell: Cell, grid: Grid) -> None:
    try:
        text = clean(words(cell)).strip()
    except TextError:
        cells.refusals.append((column, Reason.of("table-odd-signs")))
        return
    if not text:
        return
    if len(text) > LONGEST_CELL:
        cells.refusals.append((column, Reason.of("table-cell-too-long", most=LONGEST_CELL)))
    elif isinstance(cell, str) and _FORMULA.match(text):
        cells.refusals.append((column, Reason.of("table-formula")))
    elif column is Column.DATE:
        cells.day = _typed(cell, text, grid) or read_date(text)
    elif column is Column.TIME:
        cells.clock = _typed(cell, text, grid) or read_time(text)
    else:
        cells.texts[column] = text


def _other(cells: Cells, index: int, cell: Cell, grid: Grid, known: Understood) -> None:
    heading = known.headings[index] if index < len(known.headings) else None
    if index in grid.hidden_columns or (heading and heading.column is Column.NOTES):
        return
    try:
        text = clean(words(cell)).strip()[:LONGEST_CELL]
    except TextError:
        return  # of a column that nobody asked for
    if text:
        cells.others[heading.name if heading and heading.name else column_letter(index)] = text


def _typed(cell: Cell, text: str, grid: Grid) -> When:
    if isinstance(cell, str):
        return None
    if cell.kind == "moment":
        day, _, clock = cell.value.partition("T") if "-" in cell.value else ("", "", cell.value)
        midnight = bool(day) and clock == "00:00:00"
        return _in_range(Moment(day, "" if midnight else clock[:5]), text)
    number = Decimal(cell.value)
    if not number.is_finite():
        return Reason.of("table-date-unreadable", value=text)
    if 0 <= number < 1:
        return Moment("", f"{_moment(number):%H:%M}")
    if _FIRST_SERIAL <= number < _LAST_SERIAL:
        at = _moment(number, grid.from_1904)
        return Moment(f"{at:%Y-%m-%d}", f"{at:%H:%M}" if number % 1 else "")
    return Reason.of("table-date-unreadable", value=text)


def _moment(days: Decimal, from_1904: bool = False) -> datetime:
    # 1900 was no leap year, but the program that Excel had to agree with thought so.
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - local
    return start + timedelta(seconds=round(days * 86_400))


def _in_range(moment: Moment, text: str) -> Moment | Reason:
    if moment.day and not "1970" <= moment.day < "2200":
        return Reason.of("table-date-impossible", value=text)
    return moment
