"""What a spreadsheet says: its columns, its rows, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from bot.reasons import Reason

MOST_BYTES: Final = 4 * 2**20
"""Bytes of a file that is read."""
MOST_ROWS: Final = 5_000
"""Rows below the header that are read."""
MOST_COLUMNS: Final = 256
LONGEST_CELL: Final = 32_767
"""Letters in a cell, as many as Excel allows."""


class Column(StrEnum):
    """The columns that are understood; the value is the name of one in docs and catalogs."""

    DATE = "date"
    TIME = "time"
    TEXT = "text"
    LINK = "link"
    IMAGE = "image"
    ALT = "alt"
    NETWORKS = "networks"
    ACCOUNT = "account"
    LANGUAGE = "language"
    TIMEZONE = "timezone"
    ACTION = "action"
    HASHTAGS = "hashtags"
    CAMPAIGN = "campaign"
    SOURCE = "source"
    CREDIT = "credit"
    NOTES = "notes"
    """Remarks among the team, which are left where they are."""


class Tool(StrEnum):
    """A program whose own layout a file has."""

    BUFFER = "Buffer"
    HOOTSUITE = "Hootsuite"


class DateOrder(StrEnum):
    """How 4/12/2026 is meant in a file where no date tells."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column as the person named it: its letter, its words, and what it is taken for."""

    letter: str
    name: str
    column: Column | None
    """None: not understood; its cells are kept in `Row.others`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that can be taken.

    `number` is the one its program shows beside it. `cells` are cleaned and never empty; a
    `DATE` is `YYYY-MM-DD`, a `TIME` is `HH:MM`, with the offset (`14:00+01:00`) if one was
    written, and a time never comes without a date. All else is as it was written.
    """

    number: int
    cells: Mapping[Column, str]
    others: Mapping[str, str] = field(default_factory=dict)
    """Cells of columns that are not understood, by their headings."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a file, or with one of its rows.

    Without `row` it is about the whole file. A row with a fault that `refuses` is not among
    the table's rows; a file with one has none. Each line of the file that has anything in it is
    either a row or has a fault that names it.
    """

    reason: Reason
    row: int | None = None
    heading: str = ""
    """The column, as the person named it."""
    refuses: bool = True
    """False: something to know, and nothing to mend; a row is taken, or rightly left out."""

    @property
    def place(self) -> Reason | None:
        """Where it is, to be said before the reason: `Row 7, column “Date”`."""
        if self.row is None:
            return Reason.of("table-column", heading=self.heading) if self.heading else None
        if not self.heading:
            return Reason.of("table-row", n=self.row)
        return Reason.of("table-row-column", n=self.row, heading=self.heading)


@dataclass(frozen=True, slots=True)
class Table:
    """A spreadsheet as it was understood."""

    headings: tuple[Heading, ...] = ()
    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    tool: Tool | None = None
    """The program it was written for, where its layout tells."""
    sheet: str = ""
    """The sheet that was read; empty for CSV."""
    date_order: DateOrder | None = None
    """What the dates' own column or the caller said of 4/12/2026; None if nothing did."""

    @property
    def refused(self) -> bool:
        """Whether nothing of the file could be taken."""
        return any(fault.row is None and fault.refuses for fault in self.faults)


# --- between the readers of files and the reader of tables -----------------------------------


@dataclass(frozen=True, slots=True)
class Typed:
    """A workbook's cell that is no text.

    `kind` is `moment` (ISO 8601: a date, a time, or both) or `number`.
    """

    kind: str
    value: str


Cell: TypeAlias = str | Typed


@dataclass(frozen=True, slots=True)
class Line:
    """A line of cells as it lies in a file; empty ones at its end are cut off."""

    number: int
    cells: tuple[Cell, ...]
    formulas: frozenset[int] = frozenset()
    """Which of the cells are worked out by the program."""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A file's cells before anybody asked what they mean."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...] = ()
    sheet: str = ""
    hidden_columns: frozenset[int] = frozenset()
    strict_width: bool = False
    """Whether a line longer than the header is a sign of a text without quotation marks."""
    from_1904: bool = False
    """Whether numbers count days from 1904 instead of 1900."""


@dataclass(frozen=True, slots=True)
class Understood:
    """Which line is the header, and what its columns are."""

    headings: tuple[Heading, ...]
    places: Mapping[Column, int] = field(default_factory=dict)
    header: int | None = None
    """Index of the header among the lines; None where there is none."""
    tool: Tool | None = None
    faults: tuple[Fault, ...] = ()


def column_letter(index: int) -> str:
    """Name a column as spreadsheets do: A, B, …, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
