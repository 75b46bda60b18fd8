"""The four faces of our cards: what they cover, how wide words are, and glyphs to draw.

Measuring is arithmetic on the numbers in `images/fonts/*.json` (made by
`images/fonts/measure.py`), so it costs next to nothing and gives the same lines on every
machine, with or without the system's libfribidi. Only drawing opens the fonts themselves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

from bot.cards.errors import CardError

FONTS = Path("images/fonts")

FILES = {
    "display": "InterDisplay-ExtraBold.otf",
    "strong": "Inter-SemiBold.otf",
    "plain": "Inter-Medium.otf",
    "serif": "Vollkorn-SemiBold.ttf",
}
TRACKING = {"display": -0.018, "strong": -0.004, "plain": 0.0, "serif": -0.004}
"""Extra space after each glyph, in em: large heavy type wants less of it."""
WORD_SPACE = {"display": 0.04, "strong": 0.0, "plain": 0.0, "serif": 0.0}
"""Extra space between words, in em: what the tracking took from it."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """One face at all sizes. Lengths are in em: times the size they are pixels."""

    name: str
    path: Path
    ascent: float
    descent: float
    cap_height: float
    x_height: float
    tracking: float
    advances: Mapping[str, float]
    left: Mapping[str, int]
    right: Mapping[str, int]
    pairs: tuple[tuple[float, ...], ...]

    def covers(self, char: str) -> bool:
        """Tell whether the face has a glyph for `char`."""
        return char in self.advances

    def width(self, text: str) -> float:
        """Measure `text` set in one line. All of it must be covered."""
        return _width(self, text)

    def places(self, text: str) -> list[float]:
        """Find where each character of `text` begins."""
        places, at, before = [], 0.0, ""
        for char in text:
            at += self._kern(before, char)
            places.append(at)
            at += self.advances[char] + self.tracking
            before = char
        return places

    def font(self, size: int) -> ImageFont.FreeTypeFont:
        """Open the face at `size` pixels, to draw single glyphs with."""
        return _font(self.path, size)

    def _kern(self, before: str, char: str) -> float:
        # Spaces do not kern here: so a line is as wide as the sum of its words and spaces.
        if before in " \u00a0" or char in " \u00a0":
            return 0.0
        row, column = self.left.get(before), self.right.get(char)
        return 0.0 if row is None or column is None else self.pairs[row][column]


@lru_cache(maxsize=50_000)
def _width(face: Face, text: str) -> float:
    if not text:
        return 0.0
    last = text[-1]
    return face.places(text)[-1] + face.advances[last] + face.tracking


@lru_cache(maxsize=64)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8)
def face(folder: Path, name: str) -> Face:
    """Load one of `FILES` from `folder`.

    Raises:
        CardError: a file of the font is missing or unreadable.
    """
    path = folder / FILES[name]
    try:
        numbers = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CardError(f"the font measurements {path.with_suffix('.json')}: {error}") from error
    unit = 1 / numbers["units"]
    advances = {
        char: int(width) * unit for width, chars in numbers["advances"].items() for char in chars
    }
    for space in " \u00a0":
        advances[space] += WORD_SPACE[name]
    kerning = numbers["kerning"]
    return Face(
        name=name,
        path=path,
        ascent=numbers["ascent"] * unit,
        descent=numbers["descent"] * unit,
        cap_height=numbers["cap_height"] * unit,
        x_height=numbers["x_height"] * unit,
        tracking=TRACKING[name],
        advances=advances,
        left={char: row for row, chars in enumerate(kerning["left"]) for char in chars},
        right={char: column for column, chars in enumerate(kerning["right"]) for char in chars},
        pairs=tuple(tuple(value * unit for value in row) for row in kerning["pairs"]),
    )


@lru_cache(maxsize=8)
def folder_of(root: Path) -> Path:
    """Find the folder with the fonts: `root`'s own, else the one that came with the program.

    Raises:
        CardError: neither is there.
    """
    shipped = Path(__file__).resolve().parents[2] / FONTS
    for folder in (root / FONTS, shipped):
        if all((folder / name).is_file() for name in FILES.values()):
            return folder
    raise CardError(f"the fonts are missing: put {', '.join(FILES.values())} into {FONTS}")
