"""A strict reader for the YAML that people write: plain values, and where each one stands.

Walks PyYAML's events (libyaml's, where it is there) itself, so that nothing is built before
it is checked: no anchors, aliases or tags, no equal keys, no deep nesting. Scalars stay the
text that was typed, because only the setting they belong to knows whether `10:30`, `no`,
`1.50` or `2022-02-15` is a time, a word, a number or a date; YAML 1.1's guesses are how
`9:30` becomes 570. Plain `null`, `~` and nothing at all are None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, TypeAlias

import yaml

from bot.yamlfile import yamlhints
from bot.yamlfile.problems import quoted

Loc: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys and list indexes from the top."""

Tree: TypeAlias = "dict[str, Tree] | list[Tree] | str | None"

MAX_DEPTH = 20

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_BREAKS = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_CUT = re.compile(r"\s*(?<=\s)#(?=\w)")
_NO_ALIASES = 'settings cannot refer to each other with "&" and "*"; put a text in quotes'


class Place(NamedTuple):
    """Where a value begins and where its key does, from 1; the same for items of a list."""

    line: int
    column: int
    key_line: int
    key_column: int


class Fault(NamedTuple):
    """Something that is not right in the YAML itself."""

    loc: Loc
    line: int
    column: int
    text: str


@dataclass(slots=True)
class Document:
    """What a file says. `broken` means that nothing of it can be relied on."""

    value: Tree = None
    places: dict[Loc, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    empty: list[Loc] = field(default_factory=list)
    """Settings with nothing behind the colon."""
    broken: bool = False

    def place(self, loc: Loc) -> Place:
        """Find where `loc` stands, or the nearest thing above it that is in the file."""
        for length in range(len(loc), 0, -1):
            if found := self.places.get(loc[:length]):
                return found
        return self.places[()]


def read(text: str, first_line: int = 1) -> Document:
    """Read YAML text whose first line is line `first_line` of its file. Never raises."""
    walk = _Walk(text, first_line)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            walk.take(event)
    except _Stop:
        walk.document.broken = True
    except yaml.YAMLError as error:
        line, column, explanation = yamlhints.explain(error, text)
        walk.document.faults.append(Fault((), line + first_line, column + 1, explanation))
        walk.document.broken = True
    return walk.document


class _Stop(Exception):
    """The rest of the file makes no sense any more."""


@dataclass(slots=True)
class _Frame:
    """A list or map that is being filled."""

    loc: Loc
    container: dict[str, Tree] | list[Tree]
    live: bool
    """False within the second of two equal keys: it is checked and thrown away."""
    key: str | None = None
    key_at: tuple[int, int] = (0, 0)
    drop: bool = False
    """The value of the current key is thrown away."""
    lines: dict[str, int] = field(default_factory=dict)
    """Where each key was first given."""


class _Walk:
    def __init__(self, text: str, first_line: int) -> None:
        self.document = Document(places={(): Place(first_line, 1, first_line, 1)})
        self._first = first_line
        self._frames: list[_Frame] = []
        self._documents = 0
        # Splitting into lines is for the rare file with a hash sign that may cut a text off.
        self._lines = _BREAKS.split(text) if re.search(r"\s#\w", text) else None

    def take(self, event: Any) -> None:  # noqa: ANN401 - libyaml's events share no typed base
        if isinstance(event, yaml.ScalarEvent):
            self._refuse_extras(event)
            if self._frames and isinstance(self._frames[-1].container, dict):
                frame = self._frames[-1]
                if frame.key is None:
                    self._take_key(frame, event)
                    return
            self._add(event, self._scalar(event))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_extras(event)
            self._start(event, {} if isinstance(event, yaml.MappingStartEvent) else [])
        elif isinstance(event, yaml.CollectionEndEvent):
            self._frames.pop()
        elif isinstance(event, yaml.AliasEvent):
            self._require_key(event)
            self._fault(self._loc(), event, _NO_ALIASES)
            self._add(event, None)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._fault((), event, 'a second "---": one file holds one set of settings')
                raise _Stop

    def _fault(self, loc: Loc, event: Any, text: str) -> None:  # noqa: ANN401 - as above
        mark = event.start_mark
        fault = Fault(loc, mark.line + self._first, mark.column + 1, text)
        self.document.faults.append(fault)

    def _refuse_extras(self, event: Any) -> None:  # noqa: ANN401 - as above
        if event.anchor is not None:
            self._fault(self._loc(), event, _NO_ALIASES)
        if event.tag is not None:
            text = f'a value cannot begin with "!" ({quoted(event.tag)}); put a text in quotes'
            self._fault(self._loc(), event, text)

    def _loc(self) -> Loc:
        """Say where the value that comes next will stand."""
        if not self._frames:
            return ()
        frame = self._frames[-1]
        if isinstance(frame.container, list):
            return (*frame.loc, len(frame.container))
        return frame.loc if frame.key is None else (*frame.loc, frame.key)

    def _require_key(self, event: Any) -> None:  # noqa: ANN401 - as above
        """Refuse a list, a map or an alias in the place of a setting's name."""
        if self._frames:
            frame = self._frames[-1]
            if isinstance(frame.container, dict) and frame.key is None:
                text = "the name of a setting is a plain word; a text that begins with "
                self._fault(frame.loc, event, text + '"{", "[" or "*" needs quotes')
                raise _Stop

    def _take_key(self, frame: _Frame, event: Any) -> None:  # noqa: ANN401 - as above
        key: str = event.value
        mark = event.start_mark
        frame.key = key
        frame.key_at = (mark.line + self._first, mark.column + 1)
        frame.drop = key in frame.lines
        if not key:
            self._fault(frame.loc, event, 'there is no name before the ":"')
        elif frame.drop:
            text = f"{quoted(key)} is given twice (first on line {frame.lines[key]})"
            self._fault((*frame.loc, key), event, text)
        else:
            frame.lines[key] = mark.line + self._first

    def _scalar(self, event: Any) -> str | None:  # noqa: ANN401 - as above
        if event.style:  # quoted or block text; a plain one has "" (libyaml) or None here
            return str(event.value)
        if self._lines is not None:
            self._check_cut(event)
        return None if event.value in _NULLS else str(event.value)

    def _check_cut(self, event: Any) -> None:  # noqa: ANN401 - as above
        """Find a text that ends at a hashtag, which YAML takes for a comment."""
        end = event.end_mark
        if self._lines is None or end.line >= len(self._lines):
            return
        line = self._lines[end.line]
        # Plain scalars end before the blanks that follow them; nothing at all ends after ":".
        if cut := _CUT.match(line, end.column):
            whole = f"{event.value} {line[cut.end() - 1 :]}".strip()
            text = f'"#" begins a comment in YAML; put the text in quotes: {quoted(whole)}'
            column = cut.end()
            self.document.faults.append(Fault(self._loc(), end.line + self._first, column, text))

    def _start(self, event: Any, container: dict[str, Tree] | list[Tree]) -> None:  # noqa: ANN401 - as above
        self._require_key(event)
        loc = self._loc()
        if len(self._frames) >= MAX_DEPTH:
            self._fault(loc, event, f"more than {MAX_DEPTH} levels inside each other")
            raise _Stop
        live = self._add(event, container)
        self._frames.append(_Frame(loc, container, live))

    def _add(self, event: Any, value: Tree) -> bool:  # noqa: ANN401 - as above
        """Put a value where it belongs; tell whether it counts."""
        mark = event.start_mark
        line, column = mark.line + self._first, mark.column + 1
        if not self._frames:
            self.document.value = value
            self.document.places[()] = Place(line, column, line, column)
            return True
        frame = self._frames[-1]
        loc = self._loc()
        live = frame.live and not frame.drop
        if isinstance(frame.container, list):
            frame.container.append(value)
            key_at = (line, column)
        else:
            key_at = frame.key_at
            if live and frame.key is not None:
                frame.container[frame.key] = value
                if value is None:
                    self.document.empty.append(loc)
            frame.key = None
            frame.drop = False
        if live:
            self.document.places[loc] = Place(line, column, *key_at)
        return live
