"""Text of a template: fields of the card, and marks between them.

`headline` is one field. `"{attribution}[, {role}]"` is two with marks; what stands in brackets
goes with its field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import regex

from bot.cards.layout.values import typed
from bot.yamlfile.problems import quoted, suggestion

WORDS: Final = (
    "kicker", "headline", "body", "quote", "attribution", "role", "target", "figure", "label",
    "source", "date", "place", "to", "salutation", "credit",
)  # fmt: skip
"""What the message's author wrote, by its name under `card:`."""
MADE: Final = (
    "petition", "standing", "day", "percent", "count", "goal", "when", "weekday", "day_number",
    "month", "year", "hour", "places", "source_line", "letter", "to_line", "credit_line", "name",
    "hashtag", "link", "open_quote", "close_quote", "comma",
)  # fmt: skip
"""What the program makes of the rest: numbers and dates in the card's language, its brand."""
LISTS: Final = ("places", "recipients")
"""What a text may be set once for each of."""
FACTS: Final = ("logo", "picture", "image", "share", "rtl")
"""What is no text, but may be asked for by `when:` and `unless:`."""
ITEM: Final = "item"
"""The field for one of a list."""
FIELDS: Final = (*WORDS, *MADE)

_TOKEN = regex.compile(r"\{(?P<field>[^{}]*)\}|(?P<open>\[)|(?P<close>\])|(?P<mark>[^{}\[\]]+|.)")
_LETTERS = regex.compile(r"\p{L}{2}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A mark, or a field by its name."""

    mark: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Pieces in groups; an optional group (in brackets) is left out where a field is missing."""

    groups: tuple[tuple[bool, tuple[Piece, ...]], ...]
    fields: tuple[str, ...]

    def filled(self, fields: Mapping[str, str]) -> str:
        """Put the fields in; empty where a field outside of brackets is missing."""
        parts: list[str] = []
        for optional, pieces in self.groups:
            found = [fields.get(p.field, "") if p.field else p.mark for p in pieces]
            if all(found):
                parts += found
            elif not optional:
                return ""
        return "".join(parts)

    @property
    def has_letters(self) -> bool:
        """Whether words of its own would stand on cards of every language."""
        marks = (piece.mark for _, pieces in self.groups for piece in pieces)
        return any(_LETTERS.search(mark) for mark in marks)


def pattern(value: object) -> Pattern:
    """Read a text of a template.

    Raises:
        ValueError: a field does not exist, or a bracket is not closed.
    """
    if isinstance(value, dict) and len(value) == 1 and list(value.values()) == [None]:
        value = f"{{{next(iter(value))}}}"  # {headline} without quotes is a group to YAML
    text = value if isinstance(value, str) else typed(value)
    known = (*FIELDS, ITEM)
    if text.strip() in known:
        return Pattern(((False, (Piece(field=text.strip()),)),), (text.strip(),))
    groups: list[tuple[bool, tuple[Piece, ...]]] = []
    pieces: list[Piece] = []
    inside = False
    for found in _TOKEN.finditer(text):
        if found["open"] or found["close"]:
            if inside == bool(found["open"]):
                raise ValueError(f"{quoted(text)} has a bracket too many or too few")
            groups.append((inside, tuple(pieces)))
            pieces, inside = [], not inside
        elif found["field"] is None:
            pieces.append(Piece(mark=found["mark"]))
        elif found["field"] in known:
            pieces.append(Piece(field=found["field"]))
        else:
            raise ValueError(
                f"there is no field {quoted(found['field'])}{suggestion(found['field'], known)}"
            )
    if inside:
        raise ValueError(f'{quoted(text)} has a "[" without its "]"')
    groups = [group for group in (*groups, (False, tuple(pieces))) if group[1]]
    fields = tuple(piece.field for _, group in groups for piece in group if piece.field)
    if not fields and (hint := suggestion(text.strip(), known)) and _LETTERS.search(text):
        raise ValueError(f"there is no field {quoted(text)}{hint}")
    if not groups:
        raise ValueError("is an empty text; name a field, like headline")
    return Pattern(tuple(groups), fields)
