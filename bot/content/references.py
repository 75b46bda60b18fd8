"""Names that one setting or file uses for what another declares."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.yamlfile.problems import quoted, suggestion
from bot.yamlfile.sheet import Sheet
from bot.yamlfile.yamlmap import Loc


def declared(sheet: Sheet, key: str) -> Collection[str]:
    """Name all entries of a map of settings, sound or not."""
    value = sheet.document.value
    entries = value.get(key) if isinstance(value, dict) else None
    return tuple(entries) if isinstance(entries, dict) else ()


def refer(
    sheet: Sheet,
    loc: Loc,
    names: Sequence[str],
    kind: str,
    sound: Collection[str],
    known: Collection[str],
) -> tuple[str, ...]:
    """Keep those of the list at `loc` that can be used; each of the others is an error.

    `sound` are those that can be used, `known` all that are written down anywhere. Where
    none is left, what `loc` belongs to is left out: an empty list would mean "all".
    """
    kept = []
    for index, name in enumerate(names):
        if name in sound:
            kept.append(name)
        else:
            sheet.error((*loc, index), missing(name, kind, known), spare=True)
    if names and not kept:
        sheet.fail(loc)
    return tuple(dict.fromkeys(kept))


def missing(name: str, kind: str, known: Collection[str]) -> str:
    """Say that `name` cannot be used: it is left out, or there never was such a thing."""
    if name in known:
        return f"{kind} {quoted(name)} has errors of its own and is left out"
    hint = suggestion(name, known) or f"; there is {some(known)}"
    return f"there is no {kind} {quoted(name)}{hint}"


def some(names: Collection[str]) -> str:
    """List a few names for a sentence."""
    shown = ", ".join(sorted(names)[:8])
    return (shown + (", …" if len(names) > 8 else "")) or "none yet"
