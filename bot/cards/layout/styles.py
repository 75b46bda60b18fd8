"""Which styles there are, and their files, read once for as long as they do not change."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from bot.cards.errors import CardError
from bot.cards.layout.nodes import Template
from bot.cards.layout.raw import Raw, raw_of
from bot.cards.layout.reading import read
from bot.cards.layout.values import CLASSES
from bot.model import CardKind
from bot.yamlfile import yamlmap
from bot.yamlfile.problems import Problem, quoted, suggestion

TEMPLATES = Path("images/templates")
_SHIPPED = Path(__file__).resolve().parents[3]
_MERGED = ("type", "parts", "kinds")
_KINDS = tuple(map(str, CardKind))
_SHOWN = 12
"""Most problems that the text of an error holds."""


def styles(root: Path) -> tuple[str, ...]:
    """Name all styles: those of `root` and the shipped ones."""
    found = {
        path.stem for base in (root, _SHIPPED) for path in sorted((base / TEMPLATES).glob("*.yaml"))
    }
    return tuple(sorted(found))


def problems(root: Path, style: str) -> tuple[Problem, ...]:
    """List all that is wrong with a style's file, and what one may want to look at."""
    try:
        return _read(_file(root, style), *_state(root, style))[1]
    except CardError as error:
        return (Problem(str(TEMPLATES / f"{style}.yaml"), 1, 1, str(error)),)


def template(root: Path, style: str, size_class: str) -> Template:
    """Return a style for one shape of card.

    A file that has become wrong stays in force as it was, for as long as the process runs: a
    designer's slip must not silence a daemon. `problems` tells of it.

    Raises:
        CardError: there is no such style, or its file has mistakes.
    """
    made, found = _read(_file(root, style), *_state(root, style))
    errors = [str(problem) for problem in found if problem.severity == "error"]
    if not errors:
        _last_good[root, style] = made
    elif (root, style) in _last_good:
        made = _last_good[root, style]
    else:
        more = [f"and {len(errors) - _SHOWN} more"] if len(errors) > _SHOWN else []
        lines = "\n".join((*errors[:_SHOWN], *more))
        raise CardError(f"the template of the style {quoted(style)} has mistakes:\n{lines}")
    return made[size_class]


def template_digest(root: Path, style: str) -> str:
    """Hash all that a style's look depends on: its file, and those it is based on.

    Raises:
        CardError: there is no such style.
    """
    _file(root, style)
    whole = hashlib.sha256()
    for path, changed, size in _state(root, style)[0]:
        whole.update(_bytes_digest(path, changed, size).encode())
    return whole.hexdigest()


_last_good: dict[tuple[Path, str], dict[str, Template]] = {}
"""The last faultless reading of each style."""


# --- files --------------------------------------------------------------------------------


def _file(root: Path, style: str) -> Path:
    """Find a style's file: `root`'s own, else the one that came with the program."""
    name = TEMPLATES / f"{style}.yaml"
    for base in (root, _SHIPPED):
        if (base / name).is_file() and style == Path(style).name:
            return base / name
    known = styles(root)
    hint = suggestion(style, known) or f"; there are {', '.join(known)}"
    raise CardError(f"there is no style {quoted(style)}{hint}")


def _state(root: Path, style: str) -> tuple[tuple[tuple[Path, int, int], ...], Path]:
    """Say in which state a style's file and those it is based on are, cheaply."""
    found: list[tuple[Path, int, int]] = []
    name: str | None = style
    while name is not None:
        path = _file(root, name)
        status = path.stat()
        state = (path, status.st_mtime_ns, status.st_size)
        if state in found:
            raise CardError(f"the style {quoted(style)} is based on itself")
        found.append(state)
        name = _base(*state)
    return tuple(found), root


@lru_cache(maxsize=64)
def _bytes_digest(path: Path, _changed: int, _size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=64)
def _base(path: Path, changed: int, size: int) -> str | None:
    base = _raw(path, changed, size)[0].group.get("based_on")
    return base.value if base is not None and isinstance(base.value, str) else None


@lru_cache(maxsize=64)
def _raw(path: Path, _changed: int, _size: int) -> tuple[Raw, tuple[Problem, ...]]:
    """Read a file's YAML; with what is wrong with it as YAML."""
    shown = str(TEMPLATES / path.name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CardError(f"{shown} cannot be read: {error}") from error
    document = yamlmap.read(text)
    if not document.broken and not isinstance(document.value, dict):
        document.value = {}
    faults = tuple(Problem(shown, f.line, f.column, f.text) for f in document.faults)
    return raw_of(document, shown), faults


@lru_cache(maxsize=32)
def _read(
    _path: Path, states: tuple[tuple[Path, int, int], ...], _root: Path
) -> tuple[dict[str, Template], tuple[Problem, ...]]:
    """Read a style for each shape of card, and all that is wrong with it."""
    found: dict[Problem, None] = {}
    files = []
    for state in states:
        raw, faults = _raw(*state)
        found.update(dict.fromkeys(faults))
        files.append(raw)
    if found:
        return {}, tuple(found)
    whole = files[-1]
    for file in reversed(files[:-1]):
        whole = _over(file, whole)
    made = {}
    for size_class in CLASSES:
        noted: list[Problem] = []
        made[size_class] = read(whole, size_class, _KINDS, noted)
        found.update(dict.fromkeys(noted))
    ordered = sorted(found, key=lambda problem: (problem.path, problem.line, problem.column))
    return made, tuple(ordered)


def _over(file: Raw, base: Raw) -> Raw:
    """Put a template over the one it is based on: its types, parts and kinds replace those."""
    merged = {**base.group, **file.group}
    for name in _MERGED:
        if name in base.group and name in file.group:
            own = file.group[name]
            if not isinstance(own.value, dict):
                continue  # a slip; told of when it is read
            both = {**base.group[name].group, **own.group}
            merged[name] = Raw(both, own.path, own.place)
    return Raw(merged, file.path, file.place)
