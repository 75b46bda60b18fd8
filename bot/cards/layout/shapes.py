"""The settings of each kind of element, as the strict reader checks them.

A length is in u unless it is a share of the card: `values.py` reads each one. None is "not
given"; what then holds is said where the setting is used.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated, Final, TypeAlias

from pydantic import BeforeValidator, InstanceOf

from bot.cards.layout import values
from bot.cards.layout.patterns import FACTS, FIELDS, LISTS, Pattern, pattern
from bot.cards.layout.values import CLASSES, INKS, PICTURES, Edges, Fill, Length, Tint
from bot.yamlfile.shape import Shape

_ASKED = tuple(dict.fromkeys((*FIELDS, *FACTS, *LISTS)))

OneLength: TypeAlias = Annotated[InstanceOf[Length], BeforeValidator(values.length)]
Steps: TypeAlias = Annotated[tuple[InstanceOf[Length], ...], BeforeValidator(values.steps)]
Padding: TypeAlias = Annotated[InstanceOf[Edges], BeforeValidator(values.edges)]
Colour: TypeAlias = Annotated[InstanceOf[Tint], BeforeValidator(values.tint)]
Ground: TypeAlias = Annotated[InstanceOf[Tint], BeforeValidator(values.ground)]
Size: TypeAlias = Annotated[tuple[float, ...] | InstanceOf[Fill], BeforeValidator(values.size)]
Radius: TypeAlias = Annotated[InstanceOf[Length] | None, BeforeValidator(values.radius)]
YesNo: TypeAlias = Annotated[bool, BeforeValidator(values.yes_or_no)]
Fields: TypeAlias = Annotated[tuple[str, ...], BeforeValidator(partial(values.words, known=_ASKED))]
Plain: TypeAlias = Annotated[str, BeforeValidator(values.typed)]


def _one_of(*known: str) -> BeforeValidator:
    return BeforeValidator(lambda value: values.word(value, known))


def _number(lowest: float, highest: float) -> BeforeValidator:
    return BeforeValidator(lambda value: values.number(value, lowest, highest))


def _hug(value: object) -> object:
    return None if value == "hug" else values.steps(value)


class Element(Shape):
    """What every element may say."""

    when: Fields | None = None
    """There only where all of these are."""
    unless: Fields | None = None
    """Not there where one of these is."""
    only: (
        Annotated[tuple[str, ...], BeforeValidator(partial(values.words, known=CLASSES))] | None
    ) = None
    grow: Annotated[float, _number(0, 100)] = 0.0
    """Its part of the room that is left over."""
    width: Annotated[tuple[InstanceOf[Length], ...] | None, BeforeValidator(_hug)] = ()
    """None hugs what is inside."""
    height: Steps | None = None
    before: Steps | None = None
    """The gap before it, instead of the one between all elements of its box."""
    shift: (
        Annotated[tuple[InstanceOf[Length], InstanceOf[Length]], BeforeValidator(values.offset)]
        | None
    ) = None


class Box(Element):
    """column, row and layers: elements below, beside or on top of each other."""

    gap: Steps = (Length(),)
    padding: Padding = Edges()
    align: Annotated[str, _one_of("start", "center", "end", "stretch", "baseline")] | None = None
    justify: Annotated[str, _one_of("start", "center", "end", "between")] = "start"
    fill: Colour | None = None
    radius: Radius = Length()


class FirstOf(Element):
    """first_of: the first of several elements that is there and fits."""


class Text(Element):
    """text: words."""

    text: Annotated[InstanceOf[Pattern], BeforeValidator(pattern)]
    font: Plain = "plain"
    size: Size
    lines: Annotated[int, BeforeValidator(values.lines)] = 1
    leading: Annotated[float, _number(0.8, 2)] = 1.2
    ink: Annotated[str, _one_of(*INKS)] = "ink"
    case: Annotated[str, _one_of("upper", "as_written")] = "as_written"
    align: Annotated[str, _one_of("start", "center", "end")] | None = None
    trim: Annotated[str, _one_of("caps", "ink")] = "caps"
    tabular: YesNo = False
    each: Annotated[str, _one_of(*LISTS)] | None = None
    columns: Annotated[int, BeforeValidator(partial(values.whole, lowest=1, highest=6))] | None = (
        None
    )
    gap: Steps = (Length(40),)
    row_gap: Steps = (Length(16),)


class Rule(Element):
    """rule: a line across its box."""

    rule: OneLength
    fill: Colour = Tint("rule")
    radius: Radius = Length()


class Bar(Element):
    """bar: how much of a whole there is."""

    bar: Annotated[str, _one_of("share")]
    fill: Colour = Tint("fill")
    track: Colour = Tint("track")
    radius: Radius = None


class Logo(Element):
    """logo: the brand's, as high as it says."""

    logo: Steps
    widest: Steps | None = None
    """Most width of one that is wider than high; None for three times its height."""


class Photo(Element):
    """photo: the card's own, or the brand's background."""

    photo: Annotated[str, _one_of(*PICTURES)]
    scrim: Annotated[str, _one_of("even", "fade", "none")] = "none"
    radius: Radius = Length()


class Figure(Element):
    """shape: a plain shape."""

    shape: Annotated[str, _one_of("block", "circle", "polygon", "stripes")]
    fill: Colour = Tint("fill")
    radius: Radius = Length()
    points: Annotated[tuple[tuple[float, float], ...], BeforeValidator(values.points)] | None = None
    thickness: OneLength = Length(24)
    """Of stripes, across."""
    gap: OneLength = Length(24)
    """Between stripes."""
    slant: Annotated[float, _number(0, 80)] = 45.0
    """How far stripes lean towards the end of the line, in degrees from upright."""


class Space(Element):
    """space: nothing, as long as it says; `grow` takes what is left."""

    space: Annotated[
        tuple[InstanceOf[Length], ...] | None,
        BeforeValidator(lambda value: None if value == "grow" else values.steps(value)),
    ]


class Part(Element):
    """part: one of the template's parts, with other settings where they are given here."""


SHAPES: Final[dict[str, type[Element]]] = {
    "column": Box,
    "row": Box,
    "layers": Box,
    "first_of": FirstOf,
    "text": Text,
    "rule": Rule,
    "bar": Bar,
    "logo": Logo,
    "photo": Photo,
    "shape": Figure,
    "space": Space,
}
"""By the word that says what an element is."""
HOLDERS: Final = ("column", "row", "layers", "first_of")


class File(Shape):
    """A template: what its file may say."""

    about: Plain | None = None
    based_on: Plain | None = None
    ground: Ground = Tint("background")
    type: dict[str, object] | None = None
    parts: dict[str, object] | None = None
    kinds: dict[str, object] | None = None
