"""Excel's workbooks (.xlsx): ECMA-376."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.tables.workbook.parts import Attributes, Limits, Reach, Refused, Sheet, number, stream
else:  # this folder is all that there is to import from
    from parts import Attributes, Limits, Reach, Refused, Sheet, number, stream

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)


def scan_xlsx(parts: zipfile.ZipFile, limits: Limits) -> Sheet:
    """Look through the first worksheet that can be seen."""
    sheets: list[tuple[str, str]] = []
    from_1904 = False

    def workbook(name: str, attributes: Attributes) -> None:
        nonlocal from_1904
        kind = name.rpartition(" ")[2]
        if kind == "sheet" and attributes.get("state", "visible") == "visible":
            ids = [value for key, value in attributes.items() if key.endswith(" id")]
            sheets.append((attributes.get("name", ""), ids[0] if ids else ""))
        elif kind == "workbookPr":
            from_1904 = attributes.get("date1904", "0") in ("1", "true")

    targets: dict[str, str] = {}

    def relations(_: str, attributes: Attributes) -> None:
        if attributes.get("Type", "").endswith("/worksheet"):
            target = attributes.get("Target", "")
            place = target[1:] if target.startswith("/") else f"xl/{target}"
            targets[attributes.get("Id", "")] = place

    stream(parts, "xl/workbook.xml", workbook)
    stream(parts, "xl/_rels/workbook.xml.rels", relations)
    seen = [(name, targets[place]) for name, place in sheets if place in targets]
    if not seen:
        raise Refused("table-no-sheet")
    sheet = Sheet(seen[0][0], [name for name, _ in seen[1:]], from_1904)
    _xlsx_cells(parts, seen[0][1], sheet, limits)
    return sheet


def _xlsx_cells(parts: zipfile.ZipFile, part: str, sheet: Sheet, limits: Limits) -> None:
    reach = Reach(sheet, limits)
    row = column = 0
    broken = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal row, column, broken
        space, _, kind = name.rpartition(" ")
        if space not in _SPACES:
            return
        if kind == "row":
            row, column = number(attributes.get("r"), row + 1), -1
            if attributes.get("hidden") in ("1", "true"):
                sheet.hidden_rows.add(row)
        elif kind == "c":
            place = _place(attributes.get("r", ""))
            row, column = place or (row, column + 1)
            broken = attributes.get("t") == "e"
        elif kind in ("v", "is", "f"):
            reach.add(row, column)
            if kind == "f" or broken:
                sheet.formulas.setdefault(row, set()).add(column)
        elif kind == "col" and attributes.get("hidden") in ("1", "true"):
            first = number(attributes.get("min"), 1)
            last = min(number(attributes.get("max"), first), limits.columns)
            sheet.hidden_columns.update(range(first - 1, last))
        elif kind == "mergeCell":
            corners = [_place(corner) for corner in attributes.get("ref", "").split(":")]
            if len(corners) == 2 and corners[0] and corners[1]:
                sheet.merged.append((corners[0][1], corners[0][0], corners[1][0]))

    stream(parts, part, start)


def _place(name: str) -> tuple[int, int] | None:
    """Read `B3` as row 3, column 1."""
    found = _CELL.fullmatch(name)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1
