"""LibreOffice's workbooks (.ods): OpenDocument."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.tables.workbook.parts import Attributes, Limits, Reach, Refused, Sheet, number, stream
else:  # this folder is all that there is to import from
    from parts import Attributes, Limits, Reach, Refused, Sheet, number, stream

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "


def scan_ods(parts: zipfile.ZipFile, limits: Limits) -> Sheet:
    """Look through the first table that can be seen; a sheet is hidden by its style."""
    hidden_styles: set[str] = set()
    style = ""
    sheets: list[tuple[str, str]] = []
    reader: _OdsCells | None = None

    def start(name: str, attributes: Attributes) -> None:
        nonlocal style, reader
        if name == f"{_STYLE}style":
            style = attributes.get(f"{_STYLE}name", "")
        elif name == f"{_STYLE}table-properties":
            if attributes.get(f"{_TABLE}display") == "false":
                hidden_styles.add(style)
        elif name == f"{_TABLE}table":
            if attributes.get(f"{_TABLE}style-name", "") not in hidden_styles:
                sheets.append((attributes.get(f"{_TABLE}name", ""), ""))
                if reader is None:
                    reader = _OdsCells(Sheet(sheets[0][0], []), limits)
                    reader.reading = True
        elif reader and reader.reading and name.startswith(_TABLE):
            reader.start(name.removeprefix(_TABLE), attributes)

    def end(name: str) -> None:
        if reader and reader.reading:
            if name == f"{_TABLE}table":
                reader.reading = False
            elif name == f"{_TABLE}table-row":
                reader.end_row()

    stream(parts, "content.xml", start, end)
    if reader is None:
        raise Refused("table-no-sheet")
    reader.sheet.others = [name for name, _ in sheets[1:]]
    return reader.sheet


class _OdsCells:
    """Follows the rows and cells of a table, which may stand for many equal ones."""

    def __init__(self, sheet: Sheet, limits: Limits) -> None:
        self.sheet = sheet
        self.reading = False
        self._limits = limits
        self._reach = Reach(sheet, limits)
        self._row = 1
        self._rows = 1
        self._column = 0
        self._columns = 0

    def start(self, kind: str, attributes: Attributes) -> None:
        hidden = attributes.get(f"{_TABLE}visibility") in ("collapse", "filter")
        if kind == "table-row":
            self._rows = number(attributes.get(f"{_TABLE}number-rows-repeated"), 1)
            self._column = 0
            if hidden:
                last = min(self._row + self._rows, 4 * self._limits.rows)
                self.sheet.hidden_rows.update(range(self._row, last))
        elif kind == "table-column":
            many = number(attributes.get(f"{_TABLE}number-columns-repeated"), 1)
            if hidden:
                last = min(self._columns + many, self._limits.columns)
                self.sheet.hidden_columns.update(range(self._columns, last))
            self._columns += many
        elif kind in ("table-cell", "covered-table-cell"):
            self._cell(attributes)

    def end_row(self) -> None:
        self._row += self._rows

    def _cell(self, attributes: Attributes) -> None:
        many = number(attributes.get(f"{_TABLE}number-columns-repeated"), 1)
        formula = f"{_TABLE}formula" in attributes
        if formula or f"{_OFFICE}value-type" in attributes:
            self._reach.add(self._row, self._column + many - 1)
            self._reach.add(self._row + self._rows - 1, self._column)
            for row in range(self._row, self._row + self._rows):
                self._reach.add(row, self._column)
                if formula:
                    columns = range(self._column, self._column + many)
                    self.sheet.formulas.setdefault(row, set()).update(columns)
        down = number(attributes.get(f"{_TABLE}number-rows-spanned"), 1)
        if down > 1:
            self.sheet.merged.append((self._column, self._row, self._row + down - 1))
        self._column += many
