"""Measures the fonts of this folder into `<font>.json`; run it by hand when a font changes.

    pip install fonttools Pillow      # and the system's libfribidi
    python images/fonts/measure.py

Why: without the system's libfribidi Pillow neither kerns nor shapes, and with it lines come
out differently. Cards therefore place each glyph themselves, by these files, and look the
same on every machine. Each file holds, in units of the em (`units`):

- `ascent`, `descent`, `cap_height`, `x_height`
- `advances`: width -> the characters that have it. What is in here is what the font covers.
- `kerning`: classes of left and right characters, and how much closer each pair stands.

Characters whose drawing needs more than a place in a row (combining marks, scripts other
than Latin, Greek and Cyrillic) are left out on purpose.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

KERNED = (
    (0x20, 0x17F),
    (0x218, 0x21B),
    (0x386, 0x3CE),
    (0x400, 0x45F),
    (0x490, 0x491),
    (0x1EA0, 0x1EF9),
    (0x2013, 0x2026),
    (0x2039, 0x203A),
    (0x20AC, 0x20AC),
)
LEFT_OUT = ("M", "Co", "Cn", "Cs", "Cc", "Cf")


def measure(path: Path) -> dict[str, object]:
    """Read one font's metrics, coverage and kerning."""
    font = TTFont(path)
    units = font["head"].unitsPerEm
    names, widths = font.getBestCmap(), font["hmtx"]
    advances: dict[int, list[str]] = defaultdict(list)
    for point, name in sorted(names.items()):
        if not unicodedata.category(chr(point)).startswith(LEFT_OUT):
            advances[widths[name][0]].append(chr(point))
    return {
        "units": units,
        "ascent": font["hhea"].ascent,
        "descent": -font["hhea"].descent,
        "cap_height": font["OS/2"].sCapHeight,
        "x_height": font["OS/2"].sxHeight,
        "advances": {width: "".join(chars) for width, chars in sorted(advances.items())},
        "kerning": kerning(path, units, {c for chars in advances.values() for c in chars}),
    }


def kerning(path: Path, units: int, covered: set[str]) -> dict[str, object]:
    """Measure every pair with HarfBuzz, and fold equal rows and columns into classes."""
    font = ImageFont.truetype(path, units, layout_engine=ImageFont.Layout.RAQM)
    chars = [chr(p) for low, high in KERNED for p in range(low, high + 1) if chr(p) in covered]

    def width(text: str) -> float:
        return font.getlength(text, features=["-liga", "-clig", "-calt"])

    alone = {char: width(char) for char in chars}
    table = [[round(width(a + b) - alone[a] - alone[b]) for b in chars] for a in chars]
    rows: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for index, row in enumerate(table):
        rows[tuple(row)].append(index)
    columns: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for index in range(len(chars)):
        columns[tuple(row[index] for row in rows)].append(index)
    return {
        "left": ["".join(chars[i] for i in members) for members in rows.values()],
        "right": ["".join(chars[i] for i in members) for members in columns.values()],
        "pairs": [list(row) for row in zip(*columns, strict=True)],
    }


def main() -> None:
    """Write one JSON file beside each font."""
    folder = Path(__file__).parent
    for path in sorted([*folder.glob("*.otf"), *folder.glob("*.ttf")]):
        text = json.dumps(measure(path), ensure_ascii=False, separators=(",", ":"))
        path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
