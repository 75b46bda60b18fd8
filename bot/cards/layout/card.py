"""One card while it is laid out: its fields, its unit of length, and what is there of it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from bot.cards.errors import CardError
from bot.cards.layout import nodes
from bot.cards.layout.case import upper
from bot.cards.layout.fields import Fields
from bot.cards.layout.nodes import Node, TextNode
from bot.cards.layout.patterns import ITEM
from bot.cards.layout.values import Length
from bot.cards.typesetting.clean import settled
from bot.cards.typesetting.fonts import Library
from bot.cards.typesetting.nouns import Font
from bot.cards.typesetting.shaping import uncovered
from bot.model import CardSpec

BASE = 1200 * 675
"""The card of this many pixels has a unit of one pixel."""

WIDE = 1200
LEAST_TYPE = 24.0
"""Pixels on a card `WIDE` across: what can still be read where a feed shows it at half its size."""


@dataclass(slots=True)
class Card:
    """A card that is being laid out.

    With `draft` growing words are only tested for room, which is all that a search for the
    right length needs.
    """

    spec: CardSpec
    fields: Fields
    library: Library
    root: Path
    draft: bool = False
    unit: float = 0.0
    """Pixels of one u."""
    _there: dict[int, bool] = field(default_factory=dict)
    _words: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.unit = (self.spec.width * self.spec.height / BASE) ** 0.5

    def px(self, length: Length, *, down: bool = False) -> float:
        """Turn a length to pixels; a share is of the card's width, or `down` of its height."""
        side = self.spec.height if down else self.spec.width
        return length.u * self.unit + length.share * side

    def type_size(self, size: float) -> float:
        """Turn a size of type to pixels: at 1200x630, where u is less, no less than 24 either."""
        return max(size * self.unit, LEAST_TYPE * self.spec.width / WIDE)

    # --- what is there ------------------------------------------------------------------

    def there(self, node: Node) -> bool:
        """Tell whether an element stands on this card."""
        found = self._there.get(id(node))
        if found is None:
            found = self._there[id(node)] = self._asked_for(node) and self._is_there(node)
        return found

    def _asked_for(self, node: Node) -> bool:
        has, settings = self.fields.has, node.set
        if settings.when and not all(map(has, settings.when)):
            return False
        return not (settings.unless and any(map(has, settings.unless)))

    def _is_there(self, node: Node) -> bool:
        if isinstance(node, nodes.ChoiceNode):
            return any(map(self.there, node.children))
        if isinstance(node, nodes.BoxNode):
            # Rules and shapes beside words that are missing have nothing to set off.
            shown = [child for child in node.children if child.content or not node.content]
            return any(map(self.there, shown))
        if isinstance(node, TextNode):
            return bool(self.words(node))
        if isinstance(node, nodes.LogoNode):
            return self.fields.has("logo")
        if isinstance(node, nodes.PhotoNode):
            return self.fields.has(node.set.photo)
        if isinstance(node, nodes.BarNode):
            return self.fields.share is not None
        return True

    # --- words --------------------------------------------------------------------------

    def words(self, node: TextNode) -> tuple[str, ...]:
        """Return what a text says: one text, one for each of its list, or none.

        Raises:
            CardError: no font has one of its letters.
        """
        found = self._words.get(id(node))
        if found is None:
            found = self._words[id(node)] = tuple(self._texts(node))
        return found

    def _texts(self, node: TextNode) -> list[str]:
        pattern, texts = node.set.text, self.fields.texts
        if node.set.each:
            items = self.fields.lists.get(node.set.each, ())
            filled = [pattern.filled({**texts, ITEM: item}) for item in items]
        else:
            filled = [pattern.filled(texts)]
        if node.set.case == "upper":
            filled = [upper(text, self.spec.language) for text in filled]
        made = [plain for text in filled if (plain := settled(text))]
        for text in made:
            self._check(text, node)
        return made

    def _check(self, text: str, node: TextNode) -> None:
        if text.isascii():
            return
        if missing := uncovered(text, self.font(node), self.library):
            codes = ", ".join(
                f"U+{ord(char):04X} {unicodedata.name(char, '')}".rstrip() for char in missing[0]
            )
            raise CardError(
                f"the card's {self.field(node)}: no font has “{missing[0]}” ({codes}): leave it "
                "out, write `card: none`, or give a picture of your own with `image:` and `alt:`"
            )

    def font(self, node: TextNode) -> Font:
        """Return the font that a text asks for."""
        return Font(node.set.font, self.spec.language, node.set.tabular)

    def field(self, node: TextNode) -> str:
        """Name the field that makes a text as long as it is."""
        if node.set.each:
            return node.set.each
        fields, texts = node.set.text.fields, self.fields.texts
        return max(fields, key=lambda name: len(texts.get(name, "")), default="text")

    def longest(self, node: Node) -> str:
        """Name the field with most characters within an element: the one to be cut."""
        fields: list[tuple[int, str]] = []

        def walk(one: Node) -> None:
            if not self.there(one):
                return
            if isinstance(one, TextNode):
                fields.append((sum(map(len, self.words(one))), self.field(one)))
            for child in getattr(one, "children", ()):
                walk(child)

        walk(node)
        return max(fields, default=(0, ""))[1]
