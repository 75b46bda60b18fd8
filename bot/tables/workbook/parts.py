"""What is looked at in workbooks of every kind. Standard library only.

XML is read as a stream by expat, without document types, so without entities, and not deeper
than real workbooks are.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat

DEEPEST = 64
MOST_PARTS = 2_000
MOST_UNPACKED = 64 * 2**20
"""Bytes of all parts of a workbook together, as it says and as it is."""

_CHUNK = 2**16

Attributes = dict[str, str]


class Refused(Exception):
    """The workbook cannot be read; the first argument is a reason's code, the second its gaps."""

    def __init__(self, code: str, **params: int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class Limits:
    """How much is read of a sheet."""

    rows: int
    columns: int


@dataclass
class Sheet:
    """What was found on a sheet; rows count from 1, columns from 0."""

    name: str
    others: list[str]
    """Sheets that can be seen, too, but are not read."""
    from_1904: bool = False
    formulas: dict[int, set[int]] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    """Cells that are one downwards: column, first row, last row."""
    filled: set[int] = field(default_factory=set)
    """Rows with anything in them."""


def stream(
    parts: zipfile.ZipFile,
    name: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] = lambda _: None,
) -> None:
    """Give each element of a part to `start` and `end`, by namespace and name."""
    depth = 0

    def begin(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise Refused("table-damaged")
        start(name, attributes)

    def finish(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(name)

    def doctype(*_: object) -> None:
        raise Refused("table-damaged")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = begin
    parser.EndElementHandler = finish
    parser.StartDoctypeDeclHandler = doctype
    left = MOST_UNPACKED
    try:
        with parts.open(name) as part:
            while chunk := part.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise Refused("table-takes-too-much")
                parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refused("table-damaged") from error


class Reach:
    """Where the sheet has something; refuses one that reaches too far."""

    def __init__(self, sheet: Sheet, limits: Limits) -> None:
        self.sheet = sheet
        self.limits = limits

    def add(self, row: int, column: int) -> None:
        """Note that this cell has something.

        Raises:
            Refused: it lies beyond the limits.
        """
        limits, filled = self.limits, self.sheet.filled
        if column >= limits.columns:
            raise Refused("table-too-many-columns", most=limits.columns)
        filled.add(row)
        if len(filled) > limits.rows + 10:  # titles and the header stand above the rows
            raise Refused("table-too-many-rows", most=limits.rows)
        if row > 4 * limits.rows:
            raise Refused("table-far-row", n=row)


def number(written: str | None, otherwise: int) -> int:
    """Read a whole number of at most nine digits."""
    digits = written or ""
    return (
        int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else otherwise
    )
