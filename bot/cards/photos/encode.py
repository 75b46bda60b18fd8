"""Writes decoded pictures as files, within the limits of whoever takes them.

Runs in the process that decoded them; standard library and Pillow only, like `decode.py`.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, cast

from PIL import Image, ImageChops

if TYPE_CHECKING:  # apart, there is no `bot` to import from
    from bot.cards.photos.decode import Rows, Wanted

LONGEST = 8192
"""Pixels on the longer side of what we send."""
MOST_LOSSLESS = 3 * 2**20
"""Bytes up to which a PNG stays one; a larger one is a photo, and shows no less as a JPEG."""
_FLAT_COLOURS = 256
_FLAT_PIXELS = 12_000_000
"""Larger ones of few colours are stored without a palette: finding it takes memory."""
_QUALITIES = (92, 88, 82, 75)
_STRIP = 1_000_000
"""Pixels that are worked on at a time."""


def encode(rows: Rows, wanted: Wanted) -> tuple[str, bytes] | None:
    """Encode as `.png` or `.jpg`, as large as it came where that is within the limits.

    PNG where the colours are few, where parts are transparent, or where it came as one and
    is small; else JPEG, of the highest quality that the limit allows. None where not even a
    small copy stays within the limit.
    """
    size = _within((rows.width, rows.height), wanted.max_pixels)
    while min(size) > 0:
        if found := _encoded(rows.canvas(size), rows, wanted.max_bytes):
            return found
        size = (size[0] * 3 // 4, size[1] * 3 // 4)
    return None


def _encoded(image: Image.Image, rows: Rows, max_bytes: int) -> tuple[str, bytes] | None:
    if found := _png(image, rows.kind, max_bytes):
        return ".png", found
    for quality in _QUALITIES if image.mode == "RGB" else ():
        found = _saved(image, max_bytes, "JPEG", quality=quality, subsampling=rows.sampling)
        if found:
            return ".jpg", found
    return None


def _within(size: tuple[int, int], max_pixels: int) -> tuple[int, int]:
    width, height = size
    share = min(1.0, (max_pixels / (width * height)) ** 0.5, LONGEST / max(size))
    if share == 1.0:
        return size
    return max(1, int(width * share)), max(1, int(height * share))


def _png(image: Image.Image, kind: str, max_bytes: int) -> bytes | None:
    """Encode as PNG where that suits the picture and is small enough, without loss."""
    if image.mode == "RGBA":
        return _saved(image, max_bytes, "PNG")
    if kind not in ("PNG", "WEBP"):
        return None  # what was a photo before stays one, grey ones with their 256 tones too
    colours = image.getcolors(_FLAT_COLOURS)
    if colours is None and kind == "WEBP":
        return None
    if colours is not None and image.width * image.height <= _FLAT_PIXELS:
        image = _indexed(image, [cast("tuple[int, ...]", each) for _, each in colours])
    return _saved(image, min(max_bytes, MOST_LOSSLESS), "PNG")


def _indexed(image: Image.Image, colours: list[tuple[int, ...]]) -> Image.Image:
    """Give a picture of few colours a palette, exactly; itself where that cannot be done."""
    places = {colour: at for at, colour in enumerate(sorted(colours))}
    flat = Image.new("P", image.size)
    flat.putpalette([channel for colour in places for channel in colour])
    step = max(1, _STRIP // image.width)
    for top in range(0, image.height, step):
        strip = image.crop((0, top, image.width, min(image.height, top + step)))
        few = strip.quantize(_FLAT_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        own = few.getpalette() or []
        triples = zip(own[::3], own[1::3], own[2::3], strict=True)
        order = [places.get(triple, 0) for triple in triples]
        few = few.point(order + [0] * (256 - len(order)))
        few.putpalette(flat.getpalette() or [])
        if ImageChops.difference(few.convert("RGB"), strip).getbbox():
            return image
        flat.paste(few, (0, top))
    return flat


class _TooManyBytesError(Exception):
    pass


class _Bounded(io.BytesIO):
    """Stops an encoder as soon as it has written too much."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: bytes, /) -> int:  # type: ignore[override] # narrower: only bytes come
        if self.tell() + len(data) > self._most:
            raise _TooManyBytesError
        return super().write(data)


def _saved(image: Image.Image, max_bytes: int, kind: str, **options: int) -> bytes | None:
    out = _Bounded(max_bytes)
    try:
        image.save(out, kind, **options)
    except _TooManyBytesError:
        return None
    return out.getvalue()
