"""From a card's words and its style to a scene: what stands where, in which colours.

    images/templates/<style>.yaml -> styles.template -> Node
    CardSpec -> fields.fields_of -> Fields
    Node + Fields -> flow.lay -> Frame -> toscene.scene_of -> Scene

A template declares boxes and texts (docs/templates.md is its guide for designers). Here they
are measured, made smaller step by step where words need the room, mirrored for scripts that
run from right to left, and coloured so that everything can be read. Words that fit at no step
are refused with the number of characters to cut.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.cards.layout.styles import TEMPLATES, problems, styles, template_digest

if TYPE_CHECKING:
    from bot.cards.scene import Scene
    from bot.model import CardSpec

__all__ = [
    "TEMPLATES",
    "VERSION",
    "lay_out",
    "problems",
    "styles",
    "template_digest",
]

VERSION = 2
"""Raise it with every change here that alters a card: it is part of the pictures' names."""


def lay_out(spec: CardSpec, root: Path) -> Scene:
    """Find where everything on a card stands, and its colours.

    Raises:
        CardError: a word is missing, no font has a letter of it, or the style is wrong.
        TooLongError: words do not fit; it says how much to cut.
    """
    # Here, so that whoever only asks for the styles need not wait for the type setter.
    from bot.cards.layout.arranging import arranged
    from bot.cards.layout.frames import NoRoom, marks_of
    from bot.cards.layout.toolong import too_long
    from bot.cards.layout.toscene import scene_of

    try:
        card, template, frame = arranged(spec, root)
    except NoRoom as error:
        raise too_long(spec, root, error.field) from error
    return scene_of(list(marks_of(frame)), card, template.ground)
