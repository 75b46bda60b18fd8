"""A template as it was read: elements within elements, for one shape of card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from bot.cards.layout import shapes
from bot.cards.layout.values import Fill, Length, Tint


@dataclass(frozen=True, eq=False)
class _Node:
    """An element. Two are the same only where they are one object."""

    set: shapes.Element

    @cached_property
    def steps(self) -> int:
        """How many steps its sizes and lengths can go down."""
        return _sides(self.set)

    @cached_property
    def elastic(self) -> bool:
        """Whether it holds text that grows until it fills its room."""
        return False

    @cached_property
    def content(self) -> bool:
        """Whether it shows something of the card, and is more than a line, a shape or space."""
        return True


@dataclass(frozen=True, eq=False)
class BoxNode(_Node):
    """A column, a row or layers."""

    flow: str
    set: shapes.Box
    children: tuple[Node, ...]

    @cached_property
    def steps(self) -> int:  # noqa: D102 - as _Node says
        return max(len(self.set.gap), _sides(self.set), *(child.steps for child in self.children))

    @cached_property
    def elastic(self) -> bool:  # noqa: D102 - as _Node says
        return self.set.height is None and any(child.elastic for child in self.children)

    @cached_property
    def content(self) -> bool:  # noqa: D102 - as _Node says
        return any(child.content for child in self.children)


@dataclass(frozen=True, eq=False)
class ChoiceNode(_Node):
    """The first of several that is there and fits."""

    set: shapes.FirstOf
    children: tuple[Node, ...]

    @cached_property
    def steps(self) -> int:  # noqa: D102 - as _Node says
        return max(_sides(self.set), *(child.steps for child in self.children))

    @cached_property
    def elastic(self) -> bool:  # noqa: D102 - as _Node says
        return any(child.elastic for child in self.children)

    @cached_property
    def content(self) -> bool:  # noqa: D102 - as _Node says
        return any(child.content for child in self.children)


@dataclass(frozen=True, eq=False)
class TextNode(_Node):
    """Words."""

    set: shapes.Text

    @cached_property
    def steps(self) -> int:  # noqa: D102 - as _Node says
        size = self.set.size
        sizes = 1 if isinstance(size, Fill) else len(size)
        return max(sizes, _sides(self.set), len(self.set.gap), len(self.set.row_gap))

    @cached_property
    def elastic(self) -> bool:  # noqa: D102 - as _Node says
        return isinstance(self.set.size, Fill)


@dataclass(frozen=True, eq=False)
class RuleNode(_Node):
    """A line."""

    set: shapes.Rule

    @cached_property
    def content(self) -> bool:  # noqa: D102 - as _Node says
        return False


@dataclass(frozen=True, eq=False)
class BarNode(_Node):
    """A progress bar."""

    set: shapes.Bar


@dataclass(frozen=True, eq=False)
class LogoNode(_Node):
    """The logo."""

    set: shapes.Logo

    @cached_property
    def steps(self) -> int:  # noqa: D102 - as _Node says
        return max(len(self.set.logo), len(self.set.widest or ()), _sides(self.set))


@dataclass(frozen=True, eq=False)
class PhotoNode(_Node):
    """A photo."""

    set: shapes.Photo


@dataclass(frozen=True, eq=False)
class ShapeNode(_Node):
    """A plain shape."""

    set: shapes.Figure

    @cached_property
    def content(self) -> bool:  # noqa: D102 - as _Node says
        return False


@dataclass(frozen=True, eq=False)
class SpaceNode(_Node):
    """Nothing, of a length."""

    set: shapes.Space

    @cached_property
    def steps(self) -> int:  # noqa: D102 - as _Node says
        return max(len(self.set.space or ()), _sides(self.set))

    @cached_property
    def content(self) -> bool:  # noqa: D102 - as _Node says
        return False


Node: TypeAlias = (
    BoxNode
    | ChoiceNode
    | TextNode
    | RuleNode
    | BarNode
    | LogoNode
    | PhotoNode
    | ShapeNode
    | SpaceNode
)


def _sides(settings: shapes.Element) -> int:
    lengths = (settings.width, settings.height, settings.before)
    return max([1, *(len(each) for each in lengths if each)])


def at_step(steps: tuple[Length, ...], step: int) -> Length:
    """Take a value's step, or its last one."""
    return steps[step] if step < len(steps) else steps[-1]


@dataclass(frozen=True, slots=True)
class Template:
    """A style, for one shape of card: what its kinds of card are made of."""

    ground: Tint
    kinds: Mapping[str, Node]
    parts: tuple[str, ...] = ()
