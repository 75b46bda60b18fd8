"""Settings of a template before they are checked: each value with its place in its file.

A template may take over another one, and a part of it may be set otherwise where it stands;
so values of several places come together in one element, and each keeps its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.cards.layout.values import CLASSES, OTHER
from bot.yamlfile.problems import Problem, quoted, suggestion
from bot.yamlfile.yamlmap import Document, Loc, Place, Tree

Values: TypeAlias = "dict[str, Raw] | list[Raw] | str | None"


@dataclass(frozen=True, slots=True)
class Raw:
    """A value where it stands."""

    value: Values
    path: str
    place: Place

    @property
    def group(self) -> dict[str, Raw]:
        """Its settings; none where it is something else."""
        return self.value if isinstance(self.value, dict) else {}

    def plain(self) -> Tree:
        """The value without places."""
        if isinstance(self.value, dict):
            return {name: each.plain() for name, each in self.value.items()}
        if isinstance(self.value, list):
            return [each.plain() for each in self.value]
        return self.value

    def problem(self, text: str, *, at_key: bool = False) -> Problem:
        """Say what is wrong here."""
        line, column, key_line, key_column = self.place
        return Problem(self.path, *((key_line, key_column) if at_key else (line, column)), text)


def raw_of(document: Document, path: str) -> Raw:
    """Give each value of a file its place."""

    def walk(value: Tree, loc: Loc) -> Raw:
        inner: Values = value  # type: ignore[assignment] # only plain values stay as they are
        if isinstance(value, dict):
            inner = {name: walk(each, (*loc, name)) for name, each in value.items()}
        elif isinstance(value, list):
            inner = [walk(each, (*loc, index)) for index, each in enumerate(value)]
        return Raw(inner, path, document.place(loc))

    return walk(document.value, ())


def document_of(given: Mapping[str, Raw], place: Place) -> Document:
    """Make a file of one element's settings, to be checked by the strict reader."""
    places: dict[Loc, Place] = {(): place}
    empty: list[Loc] = []

    def walk(each: Raw, loc: Loc) -> Tree:
        places[loc] = each.place
        if isinstance(each.value, dict):
            return {name: walk(inner, (*loc, name)) for name, inner in each.value.items()}
        if isinstance(each.value, list):
            return [walk(inner, (*loc, index)) for index, inner in enumerate(each.value)]
        if each.value is None and len(loc) == 1:
            empty.append(loc)
        return each.value

    value: dict[str, Tree] = {name: walk(each, (name,)) for name, each in given.items()}
    return Document(value=value, places=places, empty=empty)


def for_class(given: Raw, size_class: str, problems: list[Problem]) -> Raw | None:
    """Take the value for one shape of card from `{wide: …, other: …}`; None where it has none.

    It may stand within a setting as well: `padding: {x: 6%, top: {wide: 52, other: 64}}`.
    """
    group = given.group
    if not any(name in group for name in (*CLASSES, OTHER)):
        if not group:
            return given
        inner = {name: for_class(each, size_class, problems) for name, each in group.items()}
        kept: Values = {name: each for name, each in inner.items() if each is not None}
        return Raw(kept, given.path, given.place)
    wrong = [name for name in group if name not in (*CLASSES, OTHER)]
    for name in wrong:
        hint = suggestion(name, (*CLASSES, OTHER)) or "; write wide, square, tall or other"
        problems.append(group[name].problem(f"no card is {quoted(name)}{hint}", at_key=True))
    found = group.get(size_class) or group.get(OTHER)
    # One that is misspelt may be the one that is meant: nothing is missing then.
    return found or (group[wrong[0]] if wrong else None)
