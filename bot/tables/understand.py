"""Finds the header of a table, and tells what its columns stand for."""

from __future__ import annotations

from typing import Final

from bot.reasons import Reason
from bot.tables.model import (
    Cell,
    Column,
    Fault,
    Grid,
    Heading,
    Line,
    Tool,
    Typed,
    Understood,
    column_letter,
)
from bot.tables.moments import Moment, Unclear, read_date
from bot.tables.names import column_named, plain
from bot.tables.separated import HEADER_WITHIN

_BUFFER: Final = frozenset(("text", "imageurl", "tags", "postingtime"))
"""The header that Buffer's bulk upload asks for."""
_HOOTSUITE: Final = (Column.DATE, Column.TEXT, Column.LINK)
"""What Hootsuite's bulk composer asks for, without a header."""


def understand(grid: Grid) -> Understood:
    """Find the header among the first lines: the one with most columns that are known.

    One of them must be the text. Where there is none, the file may be one for Hootsuite.
    """
    best, most = None, 0
    for index, line in enumerate(grid.lines[:HEADER_WITHIN]):
        known = {found[0] for cell in line.cells if (found := column_named(words(cell)))}
        if Column.TEXT in known and len(known) > most:
            best, most = index, len(known)
    if best is None:
        return _without_header(grid)
    return _with_header(grid, best)


def words(cell: Cell) -> str:
    """Return what a cell shows, as text."""
    if isinstance(cell, Typed):
        return cell.value.replace("T", " ").removesuffix(" 00:00:00")
    return cell


def _with_header(grid: Grid, header: int) -> Understood:
    line = grid.lines[header]
    names = [" ".join(words(cell).split())[:200] for cell in line.cells]
    found = [column_named(name) for name in names]
    tool = Tool.BUFFER if {plain(name) for name in names} >= _BUFFER else None
    places: dict[Column, int] = {}
    faults = []
    for index in sorted(range(len(names)), key=lambda i: (found[i] or (Column.NOTES, 0))[1]):
        column = (found[index] or (None,))[0]
        if column in (None, Column.NOTES):
            continue
        if index in grid.hidden_columns:
            reason = Reason.of("table-hidden-column")
            faults.append(Fault(reason, heading=names[index], refuses=False))
        elif tool is Tool.BUFFER and plain(names[index]) == "tags":
            continue  # labels among Buffer's users; its posts do not show them
        elif column in places:
            reason = Reason.of("table-column-twice", other=names[places[column]])
            faults.append(Fault(reason, heading=names[index], refuses=False))
        elif column is not None:
            places[column] = index
    taken = {index: column for column, index in places.items()}
    for index, one in enumerate(found):
        if one and (one[0] is Column.NOTES or (tool and plain(names[index]) == "tags")):
            taken[index] = Column.NOTES
    headings = tuple(
        Heading(column_letter(index), name, taken.get(index)) for index, name in enumerate(names)
    )
    if Column.TEXT not in places:  # its column is there, but hidden
        faults.append(Fault(_no_text(names)))
    return Understood(headings, places, header, tool, tuple(faults))


def _without_header(grid: Grid) -> Understood:
    if grid.lines and _for_hootsuite(grid.lines[0]):
        headings = tuple(
            Heading(column_letter(index), "", column) for index, column in enumerate(_HOOTSUITE)
        )
        places = {column: index for index, column in enumerate(_HOOTSUITE)}
        return Understood(headings, places, None, Tool.HOOTSUITE)
    first = next((line for line in grid.lines if len(line.cells) > 1), None)
    first = first or (grid.lines[0] if grid.lines else None)
    if first is None:
        return Understood((), faults=(Fault(Reason.of("table-empty")),))
    names = [" ".join(words(cell).split()) for cell in first.cells]
    return Understood((), faults=(Fault(_no_text(names)),))


def _no_text(names: list[str]) -> Reason:
    shown = [name[:30] for name in names if name][:8]
    return Reason.of("table-no-text-column", found=", ".join(shown))


def _for_hootsuite(line: Line) -> bool:
    if not 2 <= len(line.cells) <= len(_HOOTSUITE):
        return False
    day, text = line.cells[0], line.cells[1]
    if isinstance(day, Typed):
        dated = day.kind == "moment" and "T" in day.value
    else:
        found = read_date(day.strip()) if day.strip() else None
        dated = isinstance(found, Moment | Unclear) and bool(found.clock)
    return dated and isinstance(text, str) and bool(text.strip())
