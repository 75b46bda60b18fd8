"""Share cards: words and look in, a picture file and its alt text out.

    CardSpec -> layout.lay_out -> Scene -> canvas.draw -> images/cards/<hash>

A picture is named by the hash of everything it depends on, so its name is known before it is
drawn, and one that is there is never drawn again. What cannot be drawn is refused with a
`CardError` whose text tells a person what to change; `check` says the same without drawing.

Everything behind this file may be replaced; callers know only what it exports. What draws is
loaded when it is first asked for (`drawing`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from bot.cards.errors import CardError, PassingError, TooLongError
from bot.cards.files import CARDS
from bot.cards.files import digest as picture_digest
from bot.cards.layout import TEMPLATES, problems, styles
from bot.cards.prune import prune

if TYPE_CHECKING:
    from bot.cards.drawing import alt_text, card_name, check, draw, render, supplied

__all__ = [
    "CARDS",
    "TEMPLATES",
    "CardError",
    "PassingError",
    "TooLongError",
    "alt_text",
    "card_name",
    "check",
    "draw",
    "picture_digest",
    "problems",
    "prune",
    "render",
    "styles",
    "supplied",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 # PEP 562; the types are told above
    if name in __all__:
        return getattr(import_module("bot.cards.drawing"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
