"""Says in plain words what a YAML parser stumbled over, and what usually causes that.

libyaml reports where it noticed; a person wants the place where the mistake was made: the
quote that opens and never closes, the colon without its space, the tab.
"""

from __future__ import annotations

import re

import yaml

from bot.yamlfile.problems import quoted

Finding = tuple[int, int, str]
"""Line and column, both from 0, and what to say."""

_BREAKS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_NO_SPACE = re.compile(r"\s*(?:-\s+)?[\w-]+:(?=[^\s/])")
_LISTED_HASHTAG = re.compile(r"[\[{,]\s*(#\S+)")
_CLOSING = {"[": "]", "{": "}"}


def explain(error: yaml.YAMLError, text: str) -> Finding:
    """Turn PyYAML's error about `text` into a place and a sentence."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return _bad_character(error, text)
    lines = [*_BREAKS.split(text), ""]
    at = error.problem_mark or error.context_mark
    if at is None:
        return 0, 0, f"this is not valid YAML: {error.problem or error}"
    line, column = min(at.line, len(lines) - 1), at.column
    found = _tab(lines, line)
    if found is None and error.context_mark is not None:
        found = _unclosed(error, lines)
    return found or _at_mark(error.problem or "", lines, line, column)


def without_space(line: str) -> str | None:
    """Return a `name:value` that was meant as a setting with its space put in, else None."""
    missing = _NO_SPACE.match(line)
    return f"{missing[0].strip()} {line[missing.end() :].strip()}" if missing else None


def _bad_character(error: yaml.YAMLError, text: str) -> Finding:
    position = getattr(error, "position", None)
    if not isinstance(position, int):
        return 0, 0, f"this is not valid YAML: {error}"
    before = _BREAKS.split(text[:position])
    sign = ord(text[position]) if position < len(text) else 0
    return len(before) - 1, len(before[-1]), f"character U+{sign:04X} cannot be used here"


def _tab(lines: list[str], line: int) -> Finding | None:
    """Find a tab among the spaces that indent the line, or the one before."""
    for number in (line, line - 1):
        indent = re.match(r"\s*", lines[number] if number >= 0 else "")
        if indent and "\t" in indent[0]:
            return number, indent[0].index("\t"), "a tab indents this line; use spaces instead"
    return None


def _unclosed(error: yaml.MarkedYAMLError, lines: list[str]) -> Finding | None:
    """Report a quote or bracket where it was opened."""
    context = error.context or ""
    start = error.context_mark
    if start is None or start.line >= len(lines):
        return None
    opened = lines[start.line][start.column : start.column + 1]
    if context == "while scanning a quoted scalar":
        where = (start.line, start.column)
        return *where, f"this quote {opened} is never closed; put {opened} at the end of the text"
    if context.startswith("while parsing a flow") and opened in _CLOSING:
        where = (start.line, start.column)
        if hashtag := _hashtag(lines, *where):
            return hashtag
        at = error.problem_mark
        if at is not None and at.line == start.line and at.column < len(lines[at.line]):
            return at.line, at.column, f'a comma or "{_CLOSING[opened]}" is missing before this'
        advice = f'close it with "{_CLOSING[opened]}", or put a text that begins so in quotes'
        return *where, f'this "{opened}" is never closed; {advice}'
    if context == "while parsing a flow node":
        above = reversed(range(start.line + 1))
        return next((found for n in above if (found := _hashtag(lines, n, 0))), None)
    if context == "while scanning a simple key":
        if fixed := without_space(lines[start.line]):
            return start.line, lines[start.line].index(":"), no_space(fixed)
        return start.line, start.column, 'a setting is written "name: value", with a colon'
    return None


def _hashtag(lines: list[str], line: int, column: int) -> Finding | None:
    """Find a hashtag in a list on this line, which has cut the list off as a comment."""
    if found := _LISTED_HASHTAG.search(lines[line], column):
        word = found[1].rstrip(",]}")
        return (
            line,
            found.start(1),
            f'"#" begins a comment in YAML; put hashtags in quotes: {quoted(word)}',
        )
    return None


def no_space(fixed: str) -> str:
    """Say what `without_space` found."""
    return f"a space is missing after the colon: {quoted(fixed)}"


def _at_mark(problem: str, lines: list[str], line: int, column: int) -> Finding:
    """Explain what stands at the place where the parser stopped."""
    here = lines[line]
    sign = here[column : column + 1]
    if problem == "found character that cannot start any token":
        word = here[column:].strip()
        return line, column, f'a text cannot begin with "{sign}"; put it in quotes: {quoted(word)}'
    if "escape" in problem or "hexdecimal" in problem:
        advice = r"write \\ for one, or use single quotes"
        return line, column, f'a backslash in "double quotes" begins a code; {advice}'
    for number in (line, line - 1):
        fixed = without_space(lines[number]) if number >= 0 else None
        if fixed and "mapping values" in problem:
            return number, lines[number].index(":"), no_space(fixed)
    if "mapping values" in problem:
        if ": " in here[:column]:
            return line, column, 'a text with ": " in it needs quotes around it'
        return line, column, "this line is indented too far, or the line before needs quotes"
    if "block sequence" in problem:
        return line, column, "a list with dashes begins on the line below its name"
    if "did not find expected" in problem:
        before = here[:column].rstrip()[-1:]
        if before and before in "\"'":
            advice = "within '…' write '' for an apostrophe, or put the text in \"…\""
            return line, column, f"the text goes on after its closing quote; {advice}"
        if before and before in "]}":
            start = "[" if before == "]" else "{"
            return line, column, f'a text that begins with "{start}" needs quotes around it'
        return line, column, "settings of one group begin in the same column; check the spaces"
    return line, column, f"this is not valid YAML: {problem}"
