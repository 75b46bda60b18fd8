"""What typesetting talks about: a font that is asked for, lines and blocks that were set.

Lengths inside a line are in em and become pixels when multiplied by the size; so a text is
shaped and measured once, whatever size it ends up at. x grows to the right, y downwards, and
a line's origin is its left end on the baseline, in right-to-left scripts too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Font:
    """A font as a template asks for it: a family for all scripts, and how it is set."""

    family: str
    """A family of `images/fonts/fonts.yaml`: display, strong, plain, serif, condensed."""
    language: str
    """Of the text, as a BCP 47 tag: decides between glyphs that countries write differently."""
    tabular: bool = False
    """All digits of one width."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One shape of a face, and where it stands on its line."""

    id: int
    x: float
    y: float
    """Below the baseline is positive."""
    cluster: int
    """Index into the line's text of the first character that it stands for."""


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs of one face, left to right as they are seen."""

    face: Path
    """The font file."""
    glyphs: tuple[Glyph, ...]
    coloured: bool = False
    """Colour emoji: drawn in their own colours."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line, shaped."""

    text: str
    """In the order it is read."""
    runs: tuple[Run, ...]
    """In the order they are seen, left to right."""
    width: float
    """Of what is seen: spaces at the line's end do not count."""
    above: float
    """What the glyphs ink above the baseline."""
    below: float
    """What they ink below the baseline; may be negative."""
    cap_height: float
    """Of the face that most of the line is in: what the eye takes for its height."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines as they stand below each other, in pixels."""

    lines: tuple[Line, ...]
    size: float
    """Pixels per em."""
    baselines: tuple[float, ...]
    """Of each line, from the block's top."""
    width: float
    """Of the widest line."""
    height: float
    """From the top of the first line's ink (or capitals) to the bottom of the last line's."""
    rtl: bool
    """Reads from right to left: lines start at the right."""
