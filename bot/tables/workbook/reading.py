"""Has a workbook read in a process of its own: own memory and time limits, no environment."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from bot.reasons import Reason
from bot.tables.model import MOST_COLUMNS, MOST_ROWS, Cell, Fault, Grid, Line, Typed

MEMORY: Final = 400 * 2**20
"""Address space of the reading process, in bytes."""
SECONDS: Final = 10
"""Time it may work."""
_WAIT: Final = 60
"""Seconds by the clock: on a busy machine ten seconds of work take longer."""


def read_workbook(raw: bytes, name: str) -> Grid:
    """Read the first sheet of an .xlsx or .ods file that can be seen; `name` is for its faults."""
    limits = map(str, (MOST_ROWS, MOST_COLUMNS, MEMORY, SECONDS))
    # -I: neither the environment nor the current folder has a say in what it imports.
    command = [sys.executable, "-I", str(Path(__file__).parent), *limits]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and file, numbers only
            command, input=raw, capture_output=True, timeout=_WAIT, env={}, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return _refused(Reason.of("table-takes-too-much"))
    if done.returncode != 0:  # ended by a limit, or by the library's own fault
        return _refused(Reason.of("table-takes-too-much"))
    answer: dict[str, Any] = json.loads(done.stdout)
    if "code" in answer:
        return _refused(_reason(answer["code"], answer["params"], name))
    return Grid(
        lines=tuple(_line(*line) for line in answer["lines"]),
        faults=_others(answer["sheet"], answer["others"]),
        sheet=answer["sheet"],
        hidden_columns=frozenset(answer["hidden_columns"]),
        from_1904=answer["from_1904"],
    )


def _line(number: int, cells: list[str | list[str]], formulas: list[int], hidden: bool) -> Line:
    typed: list[Cell] = [cell if isinstance(cell, str) else Typed(*cell) for cell in cells]
    while typed and typed[-1] == "":
        typed.pop()
    return Line(number, tuple(typed), frozenset(formulas), hidden)


def _others(sheet: str, others: list[str]) -> tuple[Fault, ...]:
    if not others:
        return ()
    names = ", ".join(others)
    reason = Reason.of("table-other-sheets", sheet=sheet, others=names)
    return (Fault(reason, refuses=False),)


def _reason(code: str, params: dict[str, int], name: str) -> Reason:
    match code:
        case "table-unreadable-kind":
            return Reason.of("table-unreadable-kind", name=name)
        case "table-locked":
            return Reason.of("table-locked")
        case "table-no-sheet":
            return Reason.of("table-no-sheet")
        case "table-takes-too-much":
            return Reason.of("table-takes-too-much")
        case "table-too-many-rows":
            return Reason.of("table-too-many-rows", most=params["most"])
        case "table-too-many-columns":
            return Reason.of("table-too-many-columns", most=params["most"])
        case "table-far-row":
            return Reason.of("table-far-row", n=params["n"])
        case _:
            return Reason.of("table-damaged")


def _refused(reason: Reason) -> Grid:
    return Grid((), (Fault(reason),))
