"""Reads a spreadsheet's bytes into rows, with all that is wrong told by row and column.

bytes -> separated.py or workbook/ -> Grid -> understand.py -> columns -> here: Table
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from bot.reasons import Reason
from bot.tables.cells import Cells, line_cells
from bot.tables.model import (
    MOST_BYTES,
    MOST_ROWS,
    Column,
    DateOrder,
    Fault,
    Grid,
    Line,
    Row,
    Table,
    Understood,
)
from bot.tables.moments import Moment, orders_of
from bot.tables.names import plain
from bot.tables.separated import read_separated
from bot.tables.understand import understand, words
from bot.tables.workbook import read_workbook

SUFFIXES: Final = (".csv", ".tsv", ".xlsx", ".ods")
"""Names of files that are read."""
_WORKBOOKS: Final = (".xlsx", ".ods", ".xlsm", ".xls", ".xlsb")
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_TOTALS: Final = {
    *("total", "totals", "subtotal", "sum", "totales", "suma", "soma", "totaux", "somme"),
    *("summe", "gesamt", "gesamtsumme", "totale", "totali", "somma"),
}


def read(raw: bytes, name: str, order: DateOrder | None = None) -> Table:
    """Read a spreadsheet: .csv, .tsv, .xlsx or .ods. Never raises for what is in it.

    Args:
        raw: the file's bytes.
        name: its name, without or with folders; for what is told of it, and for its kind.
        order: how 4/12/2026 is meant where no date of the file settles it.

    Returns:
        Its rows and its faults; `Table.refused` where it could not be read at all.
    """
    grid = _grid(raw, PurePath(name).name)
    if any(fault.row is None and fault.refuses for fault in grid.faults):
        return Table(faults=grid.faults, sheet=grid.sheet)
    if not grid.lines and not grid.faults:
        return Table(faults=(Fault(Reason.of("table-empty")),), sheet=grid.sheet)
    known = understand(grid)
    faults = grid.faults + known.faults
    if any(fault.refuses for fault in known.faults):
        return Table(known.headings, (), faults, known.tool, grid.sheet)
    return _table(grid, known, faults, order)


def _grid(raw: bytes, name: str) -> Grid:
    if len(raw) > MOST_BYTES:
        reason = Reason.of("table-too-large", most=MOST_BYTES // 2**20)
    elif raw.startswith(_ZIP):
        return read_workbook(raw, name)
    elif raw.startswith(_OLE):
        # An encrypted .xlsx is stored like an old .xls, with the words in UTF-16.
        locked = "EncryptedPackage".encode("utf-16-le") in raw
        reason = Reason.of("table-locked") if locked else Reason.of("table-old-excel")
    elif name.lower().endswith(_WORKBOOKS):
        reason = Reason.of("table-damaged") if raw.strip() else Reason.of("table-empty")
    elif not name.lower().endswith(SUFFIXES):
        reason = Reason.of("table-unreadable-kind", name=name)
    else:
        return read_separated(raw)
    return Grid((), (Fault(reason),))


def _table(
    grid: Grid, known: Understood, faults: tuple[Fault, ...], order: DateOrder | None
) -> Table:
    start = 0 if known.header is None else known.header + 1
    lines = grid.lines[start:]
    refused = None
    if len(lines) > MOST_ROWS:
        refused = Fault(Reason.of("table-too-many-rows", most=MOST_ROWS))
    elif not lines and not any(fault.row for fault in faults):
        refused = Fault(Reason.of("table-no-rows"))
    if refused:
        return Table(known.headings, (), (*faults, refused), known.tool, grid.sheet)
    read_lines = [line_cells(line, grid, known) for line in lines]
    orders = orders_of(found for cells in read_lines for found in (cells.day, cells.clock))
    orders |= {order} if order else set()
    settled = next(iter(orders)) if len(orders) == 1 else None
    rows = []
    told = list(_titles(grid, start))
    for line, cells in zip(lines, read_lines, strict=True):
        wrong = list(_faults(line, cells, known, settled))
        told += wrong
        if not wrong:
            rows.append(_row(line, cells, settled))
    # Grid's own faults name rows, too; all are told in the order of the file.
    everything = sorted((*faults, *told), key=lambda fault: fault.row or 0)
    return Table(known.headings, tuple(rows), tuple(everything), known.tool, grid.sheet, settled)


def _titles(grid: Grid, header: int) -> Iterator[Fault]:
    """Tell of what stands above the header: it is no row, but must not vanish unseen."""
    for line in grid.lines[: max(header - 1, 0)]:
        yield Fault(Reason.of("table-left-out"), line.number, refuses=False)


def _faults(
    line: Line, cells: Cells, known: Understood, order: DateOrder | None
) -> Iterator[Fault]:
    number = line.number
    if line.hidden:
        yield Fault(Reason.of("table-hidden-row"), number, refuses=False)
        return
    if _is_no_post(line, cells, known):
        yield Fault(Reason.of("table-left-out"), number, refuses=False)
        return
    for column, reason in cells.refusals:
        yield Fault(reason, number, _heading(known, column))
    if Column.TEXT not in cells.texts and Column.TEXT not in dict(cells.refusals):
        yield Fault(Reason.of("table-no-text"), number, _heading(known, Column.TEXT))
    if any(column in (Column.DATE, Column.TIME) for column, _ in cells.refusals):
        return  # half of it is unknown
    when = cells.when(order)
    if isinstance(when, tuple) and not isinstance(when, Moment):
        column, reason = when
        yield Fault(reason, number, _heading(known, column))


def _is_no_post(line: Line, cells: Cells, known: Understood) -> bool:
    """Tell whether a line is a sum, the header once more, or has nothing of a post."""
    text = cells.texts.get(Column.TEXT, "")
    place = known.places[Column.TEXT]
    if known.header is not None and text and place < len(line.cells):
        same = plain(text) == plain(known.headings[place].name)
        if same and all(
            plain(words(cell)) == plain(heading.name)
            for cell, heading in zip(line.cells, known.headings, strict=False)
        ):
            return True
    if cells.of_a_post:
        return False
    sums = any(plain(words(cell)) in _TOTALS for cell in line.cells)
    return sums or not (text or cells.refusals)


def _row(line: Line, cells: Cells, order: DateOrder | None) -> Row:
    when = cells.when(order)
    found = dict(cells.texts)
    if isinstance(when, Moment):
        if when.day:
            found[Column.DATE] = when.day
        if when.clock:
            found[Column.TIME] = when.clock
    return Row(line.number, found, cells.others)


def _heading(known: Understood, column: Column | None) -> str:
    if column is None or column not in known.places:
        return ""
    heading = known.headings[known.places[column]]
    return heading.name or heading.letter
