"""docs/crash-windows.md and the tests are the same list."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "crash-windows.md"
ROW = re.compile(r"^\|.*\| `(\w+)` \|$", re.MULTILINE)
FILES = [*sorted((ROOT / "tests" / "windows").glob("test_windows_*.py"))]
FILES += [ROOT / "tests" / "ledger" / "test_windows.py"]


def tried() -> list[str]:
    """The names of all tests of a window, without `test_`."""
    return [
        node.name.removeprefix("test_")
        for file in FILES
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


def test_each_row_has_its_test_and_each_test_its_row() -> None:
    """What the table promises is tried; what is tried stands in the table."""
    rows = ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    assert len(rows) > 50
    assert sorted(rows) == sorted(tried())
