"""Short ways to look at what was read."""

from __future__ import annotations

from bot.tables import Column, Table, read


def csv(text: str, name: str = "plan.csv") -> Table:
    """Read a CSV file in UTF-8."""
    return read(text.encode(), name)


def codes(table: Table) -> list[tuple[int | None, str]]:
    """Each fault as its row and its reason's code."""
    return [(fault.row, fault.reason.code) for fault in table.faults]


def column(table: Table, which: Column = Column.TEXT) -> list[str]:
    """A column's cells, empty where a row has none."""
    return [row.cells.get(which, "") for row in table.rows]


def said(table: Table) -> str:
    """All that is told of a file, in English."""
    return "\n".join(str(fault.reason) for fault in table.faults)
