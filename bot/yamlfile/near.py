"""Guesses which setting was meant by one that does not exist."""

from __future__ import annotations

import typing
from typing import Any

from bot.yamlfile.problems import nearest, quoted
from bot.yamlfile.shape import Shape
from bot.yamlfile.yamlmap import Loc

_MEANT = {
    "account": ("accounts",),
    "alternative": ("alt",),
    "at": ("times",),
    "body": ("text",),
    "cw": ("content_warning",),
    "date": ("at",),
    "days_of_week": ("days",),
    "end": ("until", "ends", "true_until"),
    "expires": ("true_until", "until"),
    "from": ("not_before", "starts"),
    "host": ("server",),
    "hours": ("times",),
    "lang": ("language",),
    "photo": ("image",),
    "picture": ("image",),
    "spoiler": ("content_warning",),
    "start": ("from", "starts", "not_before"),
    "tags": ("hashtags",),
    "time": ("times", "at"),
    "to": ("until", "accounts"),
    "type": ("kind",),
    "tz": ("timezone",),
    "until": ("true_until", "ends"),
    "url": ("link", "server"),
    "weekdays": ("days",),
    "when": ("at", "times"),
}
"""Other names for settings; the first that exists where the word was found."""


def setting_like(word: str, model: type[Shape], loc: Loc) -> str:
    """Return ` - did you mean "…"?` for a setting unknown to the part of `model` at `loc`."""
    shape = _shape_at(model, loc)
    if shape is None:
        return ""
    for name, annotation in settings(shape).items():
        inner, is_map = _shape_in(annotation)
        if inner and not is_map and word in settings(inner):
            return f'; it belongs under "{name}:"'
    meant = meant_by(word, shape)
    return f" - did you mean {quoted(meant)}?" if meant else ""


def meant_by(word: str, shape: type[Shape]) -> str | None:
    """Find the setting of `shape` that an unknown word most likely stands for."""
    names = settings(shape)
    known = next((meant for meant in _MEANT.get(word, ()) if meant in names), None)
    return known or nearest(word, names)


def settings(shape: type[Shape]) -> dict[str, Any]:
    """A shape's settings by the names that people write."""
    return {f.alias or name: f.annotation for name, f in shape.model_fields.items()}


def _shape_at(model: type[Shape], loc: Loc) -> type[Shape] | None:
    shape: type[Shape] | None = model
    skip = False
    for part in loc:
        if skip:  # the name of an account, a schedule or an action
            skip = False
        elif shape is None or part not in settings(shape):
            return None
        else:
            shape, skip = _shape_in(settings(shape)[str(part)])
    return shape


def _shape_in(annotation: Any) -> tuple[type[Shape] | None, bool]:  # noqa: ANN401 - any annotation
    """Find the shape within a field's type, and whether it is one of a map."""
    if isinstance(annotation, type) and issubclass(annotation, Shape):
        return annotation, False
    is_map = typing.get_origin(annotation) is dict
    for part in typing.get_args(annotation):
        inner, inner_map = _shape_in(part)
        if inner is not None:
            return inner, is_map or inner_map
    return None, False
