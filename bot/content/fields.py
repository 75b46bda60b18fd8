"""The kinds of value a setting can have: what reads it, and how an editor's schema sees it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, InstanceOf
from pydantic import WithJsonSchema as Schema

from bot.content import times, values
from bot.model import (
    CARD_SIZES,
    ActionKind,
    CardKind,
    LinkPlace,
    Missed,
    NetworkName,
    Pick,
    Visibility,
)
from bot.model import WhenInDoubt as InDoubt

_DATE = r"\d{4}-\d{1,2}-\d{1,2}"
_CLOCK = r"\d{1,2}:\d{2}"
_WORDS: dict[str, Any] = {"type": ["string", "number", "boolean"]}
# Texts that are typed like numbers or dates are texts to us, but not to every editor.


def one_of(*names: str) -> BeforeValidator:
    """Accept only these words."""
    return BeforeValidator(lambda value: values.word_of(value, names))


def choice(kinds: type[StrEnum]) -> BeforeValidator:
    """Accept only the words of an enumeration."""
    return one_of(*(str(kind) for kind in kinds))


def within(lowest: int, highest: int) -> BeforeValidator:
    """Accept a whole number within bounds."""
    return BeforeValidator(lambda value: values.whole_number(value, lowest, highest))


def _pattern(pattern: str) -> Schema:
    return Schema({"type": "string", "pattern": f"^{pattern}$"})


def _or_list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [items, {"type": "array", "items": items, "minItems": 1}]}


_LIST = _or_list(_WORDS)

Text: TypeAlias = Annotated[str, BeforeValidator(values.text), Schema(_WORDS)]
Language: TypeAlias = Annotated[
    str,
    BeforeValidator(values.language),
    _pattern("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}"),
]
LocalText: TypeAlias = Annotated[
    dict[Annotated[str, BeforeValidator(values.language_key)], Text],
    BeforeValidator(values.by_language),
    Schema({"anyOf": [_WORDS, {"type": "object", "additionalProperties": _WORDS}]}),
]
"""One text, or one per language."""
LocalList: TypeAlias = Annotated[
    dict[
        Annotated[str, BeforeValidator(values.language_key)],
        Annotated[tuple[str, ...], BeforeValidator(values.items)],
    ],
    BeforeValidator(values.lists_by_language),
    Schema({"anyOf": [*_LIST["anyOf"], {"type": "object", "additionalProperties": _LIST}]}),
]
"""One list of texts, or one per language."""
Identifier: TypeAlias = Annotated[
    str, BeforeValidator(values.identifier), _pattern("[a-z0-9][a-z0-9-]*")
]
Hashtag: TypeAlias = Annotated[str, BeforeValidator(values.hashtag), Schema({"type": "string"})]
Handle: TypeAlias = Annotated[str, BeforeValidator(values.handle), _pattern("@.+")]
Host: TypeAlias = Annotated[str, BeforeValidator(values.host), Schema({"type": "string"})]
Link: TypeAlias = Annotated[str, BeforeValidator(values.link), _pattern("https?://.+")]
Server: TypeAlias = Annotated[str, BeforeValidator(values.server), _pattern("https?://.+")]
Colour: TypeAlias = Annotated[str, BeforeValidator(values.colour), _pattern("#[0-9A-Fa-f]{6}")]
CardSize: TypeAlias = Annotated[
    tuple[int, int],
    BeforeValidator(values.size),
    Schema({"enum": [f"{width}x{height}" for width, height in CARD_SIZES]}),
]
Focus: TypeAlias = Annotated[
    tuple[float, float],
    BeforeValidator(values.focus),
    Schema({"type": "string", "examples": ["40% 30%", "left top"]}),
]
JsonPlace: TypeAlias = Annotated[
    tuple[str | int, ...],
    BeforeValidator(values.json_path),
    Schema({"type": "string", "examples": ["data.signatures.total", "items[0].count"]}),
]
Money: TypeAlias = Annotated[
    Decimal, BeforeValidator(values.money), Schema({"type": "number", "minimum": 0})
]
YesNo: TypeAlias = Annotated[bool, BeforeValidator(values.yes_or_no)]
Duration: TypeAlias = Annotated[
    timedelta, BeforeValidator(times.duration), _pattern("[0-9]+ ?[smhdw]")
]
PositiveDuration: TypeAlias = Annotated[
    timedelta, BeforeValidator(times.positive_duration), _pattern("[0-9]+ ?[smhdw]")
]
Clock: TypeAlias = Annotated[time, BeforeValidator(times.time_of_day), _pattern(_CLOCK)]
QuietHours: TypeAlias = Annotated[
    InstanceOf[times.Hours], BeforeValidator(times.hours), _pattern(f"{_CLOCK} ?[-–] ?{_CLOCK}")
]
Zone: TypeAlias = Annotated[
    ZoneInfo, BeforeValidator(times.zone), Schema({"type": "string", "examples": ["Europe/London"]})
]
Day: TypeAlias = Annotated[date, BeforeValidator(times.calendar_day), _pattern(_DATE)]
DaySpan: TypeAlias = Annotated[
    tuple[date, date],
    BeforeValidator(times.day_span),
    _pattern(rf"{_DATE}( ?(-|–|\.\.) ?{_DATE})?"),
]
When: TypeAlias = Annotated[
    InstanceOf[times.When],
    BeforeValidator(times.when),
    _pattern(f"{_DATE}([Tt ] *{_CLOCK}(:[0-9]{{2}})? ?(Z|z|[+-][0-9]{{2}}:?[0-9]{{2}})?)?"),
]
"""A date, or a date and time."""
Weekdays: TypeAlias = Annotated[
    tuple[str, ...],
    BeforeValidator(times.days),
    Schema(_or_list({"enum": [*times.EVERY_DAY, "daily", "weekdays", "weekends"]})),
]
Cron: TypeAlias = Annotated[str, BeforeValidator(times.cron), Schema({"type": "string"})]

Network: TypeAlias = Annotated[NetworkName, choice(NetworkName)]
PickName: TypeAlias = Annotated[Pick, choice(Pick)]
MissedName: TypeAlias = Annotated[Missed, choice(Missed)]
LinkPlaceName: TypeAlias = Annotated[LinkPlace, choice(LinkPlace)]
WhenInDoubt: TypeAlias = Annotated[InDoubt, choice(InDoubt)]
VisibilityName: TypeAlias = Annotated[Visibility, choice(Visibility)]
ActionKindName: TypeAlias = Annotated[ActionKind, choice(ActionKind)]
CardName: TypeAlias = Annotated[
    str, one_of("none", *CardKind), Schema({"enum": ["none", *CardKind]})
]
Required: TypeAlias = Annotated[str, one_of("required"), Schema({"enum": ["required"]})]
RequiredOrNot: TypeAlias = Annotated[
    str, one_of("required", "optional"), Schema({"enum": ["required", "optional"]})
]
Allowed: TypeAlias = Annotated[str, one_of("allowed"), Schema({"enum": ["allowed"]})]

ByNetwork = BeforeValidator(values.networks_own)
"""Put on a map of texts by network."""
Many = BeforeValidator(values.one_or_more)
"""Put on a list: a single value stands for a list of one."""
