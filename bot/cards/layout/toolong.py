"""Words that fit nowhere: how much of them has to go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import regex

from bot.cards.errors import CardError, TooLongError
from bot.cards.layout.arranging import arranged
from bot.cards.layout.fields import author_field, with_words, words_of
from bot.cards.layout.frames import NoRoom
from bot.cards.typesetting import fit
from bot.model import CardSpec

_GRAPHEMES: Final = regex.compile(r"\X")
_SHORT = 12


def too_long(spec: CardSpec, root: Path, field: str) -> CardError:
    """Make the error for a card whose `field` has no room, with the true number to cut.

    The field that has no room may be short itself, where another takes too much: then that
    one is named. Where no cut helps, all of them are too long together.
    """
    blamed = author_field(field)
    others = sorted(spec.words, key=lambda name: len(spec.words[name]), reverse=True)
    names = tuple(dict.fromkeys((blamed, *others, "place", "link", "hashtag", "brand name")))
    return (
        _first_cut(spec, root, names, blamed)
        or _first_cut(_others_short(spec), root, names, blamed, whole=spec)
        or CardError(
            f"the card's words are too long for the style {spec.style} at "
            f"{spec.width}x{spec.height}: cut them, or write `card: none`"
        )
    )


def _first_cut(
    around: CardSpec,
    root: Path,
    names: tuple[str, ...],
    blamed: str,
    whole: CardSpec | None = None,
) -> TooLongError | None:
    """Find the first of several words that has room once it is cut, with the others of `around`.

    The word itself is that of `whole`, where it differs.
    """
    for name in names:
        words = words_of(whole or around, name)
        if not words:
            continue

        def fits(part: str, name: str = name) -> bool:
            return _fits(around, root, name, part, blamed)

        cut = fit.cut(words, fits)
        if 0 < cut < len(words):
            return TooLongError(name, len(words), cut)
    return None


def _others_short(spec: CardSpec) -> CardSpec:
    """Shorten all words: where several are too long, each is told of as if the rest were not."""
    short = {
        name: "".join(_GRAPHEMES.findall(words)[:_SHORT]) for name, words in spec.words.items()
    }
    return replace(spec, words=short)


def _fits(spec: CardSpec, root: Path, name: str, part: str, blamed: str) -> bool:
    """Tell whether the card has room for its blamed field with `part` for the words of `name`."""
    if not part.strip():
        return False
    try:
        arranged(with_words(spec, name, part), root, draft=True)
    except NoRoom as error:
        # Another field that is too long is told of when this one has been cut.
        return author_field(error.field) != blamed
    except CardError:
        return False
    return True
