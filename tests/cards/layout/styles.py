"""A root to lay cards out in: with a portrait, a wide photo, a logo, and styles of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from bot.cards.layout import TEMPLATES
from bot.cards.layout.optical import bearings
from bot.cards.scene import Box, Scene, Words
from bot.cards.typesetting import fonts
from bot.model import Brand, CardKind, CardSpec, Look

ROOT = Path(__file__).resolve().parents[3]
LIBRARY = fonts.library(fonts.folder_of(ROOT))
SIZES = ((1200, 675), (1080, 1080), (1080, 1350), (1200, 630))
LOGO = Path("images/logos/mark.png")
PHOTO = Path("images/photos/river.jpg")
BRAND = Brand("Friends of the Ash", "#14161b", "#f7f2e8", "#ff5a3c", logo=LOGO)
LOOK = Look(BRAND, "FreeTheRiver")


def make_root(folder: Path) -> Path:
    """Put a logo and a photo where campaigns keep theirs."""
    for path, mode, size in ((LOGO, "RGBA", (256, 256)), (PHOTO, "RGB", (900, 600))):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        Image.new(mode, size, "#c04020").save(folder / path)
    return folder


def add_style(root: Path, name: str, poster: str, rest: str = "") -> None:
    """Write a style in which a poster is made of `poster`; so are all other kinds."""
    kinds = "".join(f"  {kind}: poster_\n" for kind in CardKind)
    indented = poster.strip("\n").replace("\n", "\n    ")
    text = f"{rest}\nparts:\n  poster_:\n    {indented}\nkinds:\n{kinds}"
    (root / TEMPLATES).mkdir(parents=True, exist_ok=True)
    (root / TEMPLATES / f"{name}.yaml").write_text(text, encoding="utf-8")


def poster(headline: str, style: str = "plain", **rest: Any) -> CardSpec:
    """Make a poster's spec; words and fields of the spec are given by name."""
    fields = {name: rest.pop(name) for name in list(rest) if name in CardSpec.__slots__}
    fields = {"kind": CardKind.POSTER, "language": "en", "look": LOOK, **fields}
    return CardSpec(words={"headline": headline, **rest}, style=style, **fields)


def sized(spec: CardSpec, size: tuple[int, int]) -> CardSpec:
    """The same card in another size."""
    return replace(spec, width=size[0], height=size[1])


def words_of(scene: Scene) -> Sequence[Words]:
    """All words of a scene."""
    return [item for item in scene.items if isinstance(item, Words)]


def words(scene: Scene, field: str) -> Words:
    """The words of one field."""
    return next(item for item in words_of(scene) if item.field == field)


def ink_box(item: Words) -> Box:
    """What a block of words may ink."""
    size = item.block.size
    lines = list(zip(item.lefts, item.block.lines, item.block.baselines, strict=True))
    ends = [bearings(line, LIBRARY) for _, line, _ in lines]
    left = min(x + end[0] * size for (x, _, _), end in zip(lines, ends, strict=True))
    right = max(
        x + (line.width - end[1]) * size for (x, line, _), end in zip(lines, ends, strict=True)
    )
    top = item.y + min(base - line.above * size for _, line, base in lines)
    bottom = item.y + max(base + line.below * size for _, line, base in lines)
    return Box(left, top, right - left, bottom - top)
