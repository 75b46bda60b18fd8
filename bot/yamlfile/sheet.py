"""One file while it is read: its settings, where they stand, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.yamlfile.near import setting_like
from bot.yamlfile.problems import Problem, Severity, printable, quoted
from bot.yamlfile.shape import Shape
from bot.yamlfile.yamlhints import no_space, without_space
from bot.yamlfile.yamlmap import Document, Loc, Tree

ShapeT = TypeVar("ShapeT", bound=Shape)

_ONE_OF_MANY = {"accounts": "account", "schedules": "schedule", "actions": "action"}
"""Maps in which each entry stands or falls alone."""

_LOOSE_LISTS = frozenset(("links",))
"""Lists of which the sound items are of use without the others."""


class Sheet:
    """A file's settings, and the problems found in them so far.

    Problems go to the list handed in, which all files of a load share.
    """

    def __init__(self, path: str, document: Document, problems: list[Problem]) -> None:
        self.path = path
        self.document = document
        self._problems = problems
        self.unknown: list[Loc] = []
        """Settings that do not exist."""
        self._bad: set[Loc] = set()
        self._above_bad: set[Loc] = set()
        for fault in document.faults:
            self.error_at(fault.line, fault.column, self._label(fault.loc) + fault.text, fault.loc)

    # --- noting problems -----------------------------------------------------------------

    def error(self, loc: Loc, text: str, *, at_key: bool = False, spare: bool = False) -> None:
        """Note what is wrong with the setting at `loc`; the text follows the setting's name.

        What the setting belongs to counts as failed, unless the caller means to `spare` it
        because the rest is of use.
        """
        self._note(loc, text, "error", at_key, loc)
        if not spare:
            self.fail(loc)

    def warning(self, loc: Loc, text: str, *, at_key: bool = False) -> None:
        """Note something to look at."""
        self._note(loc, text, "warning", at_key, loc)

    def error_at(self, line: int, column: int, text: str, loc: Loc = ()) -> None:
        """Note what is wrong at a place in the file."""
        self._problems.append(Problem(self.path, line, column, printable(text)))
        self.fail(loc)

    def warning_at(self, line: int, column: int, text: str) -> None:
        """Note something to look at, at a place in the file."""
        self._problems.append(Problem(self.path, line, column, printable(text), "warning"))

    def failed(self, *loc: str | int) -> bool:
        """Tell whether there is an error at `loc`, in it, or in all that holds it."""
        return loc in self._above_bad or self.broken_at(*loc)

    def broken_at(self, *loc: str | int) -> bool:
        """Tell whether what stands at `loc` is of no use as a whole."""
        return any(loc[:length] in self._bad for length in range(len(loc) + 1))

    def place_of(self, *loc: str | int) -> str:
        """Say where a setting's name stands: `path:line:column`."""
        _, _, line, column = self.document.place(loc)
        return f"{self.path}:{line}:{column}"

    def _note(self, loc: Loc, text: str, severity: Severity, at_key: bool, label: Loc) -> None:
        place = self.document.place(loc)
        line, column = place[2:] if at_key else place[:2]
        text = printable(self._label(label) + text)
        self._problems.append(Problem(self.path, line, column, text, severity))

    def fail(self, loc: Loc) -> None:
        """Count what stands at `loc` as failed."""
        self._bad.add(loc)
        self._above_bad.update(loc[:length] for length in range(len(loc) + 1))

    @staticmethod
    def _label(loc: Loc) -> str:
        """Name a setting in front of what is wrong with it: `schedule "morning": times: `."""
        head = ""
        if len(loc) > 1 and loc[0] in _ONE_OF_MANY and isinstance(loc[1], str):
            head = f"{_ONE_OF_MANY[str(loc[0])]} {quoted(loc[1])}: "
            loc = loc[2:]
        keys = ".".join(quoted(part)[1:-1] for part in loc if isinstance(part, str))
        return f"{head}{keys}: " if keys else head

    # --- shapes --------------------------------------------------------------------------

    def shape(
        self, model: type[ShapeT], stand_in: Mapping[str, Tree] | None = None
    ) -> ShapeT | None:
        """Check the settings against a model; what is wrong is noted and cut out.

        `stand_in` has values for required settings that are missing or wrong, so that the
        rest of the file can still be checked. None: nothing of the file can be used.
        """
        document = self.document
        if document.broken:
            return None
        checked = None
        try:
            checked = model.model_validate(document.value)
        except ValidationError as error:
            self._explain(error, model)
        for loc in document.empty:
            if not self.failed(*loc):
                self.warning(loc, "is empty, so it counts as not given", at_key=True)
        if checked is not None and not self._bad:
            return checked
        if not isinstance(document.value, dict) or () in self._bad:
            return None
        try:
            return model.model_validate({**(stand_in or {}), **self._sound(document.value)})
        except ValidationError:
            return None

    def _sound(self, settings: dict[str, Tree]) -> dict[str, Tree]:
        """Copy the settings without those that have errors."""
        sound: dict[str, Tree] = {}
        for key, value in settings.items():
            if not self.failed(key):
                sound[key] = value
            elif key in _ONE_OF_MANY and isinstance(value, dict) and (key,) not in self._bad:
                sound[key] = {name: v for name, v in value.items() if not self.failed(key, name)}
            elif key in _LOOSE_LISTS and isinstance(value, list) and (key,) not in self._bad:
                sound[key] = [v for i, v in enumerate(value) if not self.failed(key, i)]
        return sound

    def _explain(self, error: ValidationError, model: type[Shape]) -> None:
        told = set(self._bad)
        for detail in error.errors(include_url=False):
            loc = detail["loc"]
            at_key = loc[-1:] == ("[key]",)
            loc = loc[:-1] if at_key else loc
            if not any(loc[:length] in told for length in range(len(loc) + 1)):
                self._explain_one(detail, loc, model, at_key=at_key)

    def _explain_one(
        self, detail: ErrorDetails, loc: Loc, model: type[Shape], *, at_key: bool
    ) -> None:
        kind, empty = detail["type"], detail["input"] is None
        if kind == "missing":
            text = f"{quoted(str(loc[-1]))} is missing"
            self._note(loc[:-1], text, "error", at_key=True, label=loc[:-1])
            self.fail(loc)
        elif kind == "extra_forbidden":
            word = str(loc[-1])
            self.unknown.append(loc)
            text = f"unknown setting {quoted(word)}{setting_like(word, model, loc[:-1])}"
            self._note(loc, text, "error", at_key=True, label=loc[:-1])
            self.fail(loc)
        elif kind == "value_error":
            self.error(loc, str(detail["ctx"]["error"]), at_key=at_key or empty)
        else:
            text = _wrong_type(kind, detail["input"], detail["msg"])
            self.error(loc, text, at_key=at_key or empty)


def _wrong_type(kind: str, given: object, message: str) -> str:
    """Say that a list or a group of settings was expected."""
    if given is None:
        return "is empty"
    if kind in ("list_type", "tuple_type"):
        return "is not a list; write [one, another], or a line with a dash for each"
    if kind in ("dict_type", "model_type", "model_attributes_type"):
        if isinstance(given, str) and (spaced := without_space(given)):
            return no_space(spaced)
        return 'settings are expected here, each on its own line: "name: value"'
    return message
