"""The process of its own in which strangers' workbooks are read: Python runs this folder.

    python -I .../workbook MOST_ROWS MOST_COLUMNS MEMORY SECONDS < file

Writes one JSON document: the cells of the first sheet that can be seen, or the code of the
reason why it cannot be read. Nothing in a workbook is worked out, run or fetched.
"""

from __future__ import annotations

import io
import json
import sys
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import python_calamine

if TYPE_CHECKING:
    from bot.tables.workbook.parts import Limits, Refused, Sheet
    from bot.tables.workbook.scan import scan
else:  # this folder is all that there is to import from, beside the library
    from parts import Limits, Refused, Sheet
    from scan import scan

_MOST_TEXT = 16 * 2**20
"""Letters of all cells together."""


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource
    except ImportError:  # not on this system: the sizes and the caller's clock remain
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(raw: bytes, limits: Limits) -> dict[str, Any]:
    sheet = scan(io.BytesIO(raw), limits)
    lines = []
    left = _MOST_TEXT
    for number, cells in enumerate(_cells(raw, sheet), start=1):
        left -= sum(len(cell) for cell in cells if isinstance(cell, str))
        if left < 0:
            raise Refused("table-takes-too-much")
        if any(cell != "" for cell in cells):
            formulas = sorted(sheet.formulas.get(number, ()))
            lines.append([number, cells, formulas, number in sheet.hidden_rows])
    return {
        "sheet": sheet.name,
        "others": sheet.others,
        "from_1904": sheet.from_1904,
        "hidden_columns": sorted(sheet.hidden_columns),
        "lines": lines,
    }


def _cells(raw: bytes, sheet: Sheet) -> list[list[Any]]:
    try:
        with python_calamine.load_workbook(io.BytesIO(raw)) as workbook:
            found = workbook.get_sheet_by_name(sheet.name)
            rows = [[_plain(cell) for cell in row] for row in found.to_python(False)]
    except python_calamine.PasswordError as error:
        raise Refused("table-locked") from error
    except (python_calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise Refused("table-damaged") from error
    for number, columns in sheet.formulas.items():
        # One that was never worked out, or could not be, still stands in its place.
        if number <= len(rows):
            row = rows[number - 1]
            row += [""] * (max(columns) + 1 - len(row))
            for column in columns:
                row[column] = row[column] or "="
    for column, first, last in sheet.merged:
        for row in rows[first : min(last, len(rows))]:
            top = rows[first - 1]
            filled = any(cell != "" for cell in row)
            if filled and column < min(len(top), len(row)) and row[column] == "":
                row[column] = top[column]
    return rows


def _plain(cell: object) -> Any:  # noqa: ANN401 # text, or a kind and a text
    if isinstance(cell, timedelta) and timedelta(0) <= cell < timedelta(days=1):
        cell = (datetime(1900, 1, 1) + cell).time()  # noqa: DTZ001 # a time of day, no moment
    if isinstance(cell, datetime | date | time):
        return ["moment", _whole_seconds(cell).isoformat()]
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        whole = cell == int(cell) if abs(cell) < 1e15 else False
        return ["number", str(int(cell)) if whole else repr(cell)]
    return str(cell) if cell else ""


def _whole_seconds(moment: datetime | date | time) -> datetime | date | time:
    """Undo what fractions of a day lose: 9:29:59.9999 is half past nine."""
    half = timedelta(milliseconds=500)
    if isinstance(moment, datetime):
        whole = (moment + half).replace(microsecond=0)
        # A time of its own is a moment on the day from which the workbook counts.
        return whole.time() if whole.year < 1905 else whole
    if isinstance(moment, time):
        day = datetime.combine(date(1900, 1, 1), moment) + half
        return day.time().replace(microsecond=0)
    return moment


def main() -> None:
    """Read standard input, write the answer."""
    rows, columns, memory, seconds = map(int, sys.argv[1:])
    raw = sys.stdin.buffer.read()
    _limit(memory, seconds)
    try:
        answer = _answer(raw, Limits(rows, columns))
    except Refused as error:
        answer = {"code": error.code, "params": error.params}
    except MemoryError:
        answer = {"code": "table-takes-too-much", "params": {}}
    # What is half a character in the file is one in ASCII JSON, too; the reader refuses it.
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
