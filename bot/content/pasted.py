"""What word processors leave behind in files of settings: curly quotes, special blanks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bot.content.files import Folder, Refused
from bot.yamlfile.problems import Problem

_CURLY = re.compile("[“”„‟‘’‚‛«»]")


def with_hints(root: Path, problems: Iterable[Problem]) -> list[Problem]:
    """Name what word processors leave behind, on the lines where something is wrong.

    Curly quotes and special blanks look right to a person, and like any letter to YAML.
    """
    lines: dict[str, list[str]] = {}
    hinted = []
    for problem in problems:
        if problem.severity == "error":
            if problem.path not in lines:
                lines[problem.path] = _lines(root / problem.path)
            hint = _hint(lines[problem.path], problem.line)
            hinted.append(replace(problem, text=problem.text + hint))
        else:
            hinted.append(problem)
    return hinted


def _hint(lines: list[str], number: int) -> str:
    # A setting that is not one is often noticed only on the line below it.
    for n in (number, number - 1):
        line = lines[n - 1] if 0 < n <= len(lines) else ""
        if "\u00a0" in line:
            column = line.index("\u00a0") + 1
            return (
                f"; line {n}, column {column} is a special blank, as Word makes them: type it anew"
            )
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    if _CURLY.search(line) and ":" in line:
        return '; these are curly quotes, which are letters to YAML: use straight ones (")'
    return ""


def _lines(path: Path) -> list[str]:
    """Read a file's lines, if it is one that we would have read anyway."""
    try:
        with Folder.root(path.parent) as folder:
            return folder.read(path.name).decode("utf-8", "replace").splitlines()
    except (Refused, OSError, RuntimeError):
        return []
