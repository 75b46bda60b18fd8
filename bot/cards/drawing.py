"""Draws a card, names its picture, or says why it cannot be drawn: what `bot.cards` exports.

Apart from there, since a type setter and a painter take a third of a second to load, and most
commands draw nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import babel
import PIL
from pydantic import TypeAdapter

from bot.cards import canvas, files, layout
from bot.cards.errors import CardError, PassingError
from bot.cards.files import CARDS
from bot.cards.layout.arranging import unshown
from bot.cards.photos.supplied import supplied
from bot.cards.typesetting import fonts
from bot.cards.words import alt_text
from bot.model import CardSpec

__all__ = ["alt_text", "card_name", "check", "draw", "render", "supplied"]


def card_name(spec: CardSpec, root: Path) -> str:
    """Name the card's file: the same words, look and assets always give the same name.

    Raises:
        CardError: the card cannot be drawn.
    """
    recipe = _recipe(spec, root)
    found = _looked_at(recipe, _Unhashed(spec), root)
    if found.problem is not None:
        # A traceback of its own, or the remembered one would grow with each look, and hold on to
        # all that its callers had in hand.
        raise found.problem.with_traceback(None)
    return recipe + found.suffix


def check(spec: CardSpec, root: Path) -> str | None:
    """Say why the card cannot be drawn, to the person who wrote it; None where it can.

    Lays it out without drawing it, and remembers what came of that.
    """
    try:
        problem = _looked_at(_recipe(spec, root), _Unhashed(spec), root).problem
    except CardError as error:
        return str(error)
    return None if problem is None else str(problem)


def render(spec: CardSpec, root: Path) -> Path:
    """Draw the card unless it is there already; returns its path relative to `root`.

    Raises:
        CardError: as `check` says, or the file cannot be written.
    """
    name = card_name(spec, root)
    if files.kept(root, name):
        return CARDS / name
    return files.write(root, name, draw(spec, root))


def draw(spec: CardSpec, root: Path) -> bytes:
    """Draw the card as the bytes of its file, the same each time.

    Raises:
        CardError: it cannot be drawn.
    """
    library = fonts.library(fonts.folder_of(root))
    return canvas.draw(layout.lay_out(spec, root), root, library)


@dataclass(frozen=True, slots=True)
class _Found:
    """What laying a card out has shown."""

    suffix: str = ""
    problem: CardError | None = None


class _Unhashed:
    """Carries a spec past `lru_cache`: the recipe beside it is the whole key."""

    __slots__ = ("spec",)

    def __init__(self, spec: CardSpec) -> None:
        self.spec = spec

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unhashed)


@lru_cache(maxsize=16_384)
def _looked_at(_recipe: str, carried: _Unhashed, root: Path) -> _Found:
    try:
        scene = layout.lay_out(carried.spec, root)
        if lost := unshown(carried.spec, root):
            raise CardError(
                f"the style {carried.spec.style} has no place for {' and '.join(lost)} on a "
                f"{carried.spec.kind} card: leave it out, or choose another style"
            )
        canvas.prepare(scene, root)
    except PassingError:
        raise  # is not remembered: it may go another way next time
    except CardError as error:
        return _Found(problem=error.with_traceback(None))
    return _Found(canvas.suffix(scene))


_SPECS = TypeAdapter(CardSpec)


def _recipe(spec: CardSpec, root: Path) -> str:
    """Hash all that the picture depends on."""
    brand = spec.look.brand
    words = sorted(spec.words.items())
    whole = hashlib.sha256(_SPECS.dump_json(spec, exclude={"words"}))
    # JSON keeps a moment's offset only; the zone's name stands on the card.
    zones = [moment and str(moment.tzinfo) for moment in (spec.starts, spec.ends)]
    assets = [path and files.digest(root, path) for path in (brand.logo, brand.picture, spec.image)]
    libraries = [PIL.__version__, babel.__version__, layout.VERSION, canvas.VERSION]
    fonts_used = fonts.library(fonts.folder_of(root)).digest
    template = layout.template_digest(root, spec.style)
    whole.update(repr((words, zones, assets, libraries, fonts_used, template)).encode())
    return whole.hexdigest()[:32]
