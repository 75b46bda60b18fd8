"""Which part of a picture to show where not all of it fits: around what matters in it.

Somebody may say what that is. Where nobody did, the window with the most to see is taken:
edges, and colours unlike their surroundings, more in the window's middle than at its rim, and
no further from the centre than that is worth. Where the window is to be moved up or down it
likes to begin where there begins to be something to see: heads are cut off before feet are.
No model, no guess at what is shown: the same window each time.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TypeAlias

from PIL import Image, ImageChops, ImageFilter

Window: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels of the picture."""

_SIDE = 72
"""Pixels on the longer side of the copy that is looked at."""
_SURROUNDINGS = 6
"""Of that copy: how far around its surroundings reach."""
_HOMESICK, _HEADSICK = 0.18, 1.2
"""What being away from the centre costs, and from where the heads are: as a share of all that
there is to see, for all of the way."""
_BEGINS = 0.5
"""A row begins to have something to see with this share of what there is where most is."""
_HEADROOM = 0.12
"""Of the window, above heads."""
_RIM = 0.6
"""What is seen at a window's rim counts so much; fully, it counts in the middle."""


def window(image: Image.Image, into: tuple[int, int], focus: tuple[float, float] | None) -> Window:
    """Choose the part of `image` that fills a box of `into` pixels, as large as it can be.

    `focus` is what must stay in view, in shares from left and top; None: found by looking.
    """
    width, height = image.size
    scale = max(into[0] / width, into[1] / height)
    wide, high = min(width, into[0] / scale), min(height, into[1] / scale)
    slack = width - wide, height - high
    if focus is not None:
        left = min(max(focus[0] * width - wide / 2, 0), slack[0])
        top = min(max(focus[1] * height - high / 2, 0), slack[1])
    elif max(slack) < 1:
        left, top = slack[0] / 2, slack[1] / 2
    else:
        sideways = slack[0] > slack[1]
        energy = _profile(image, sideways)
        if sideways:
            left, top = slack[0] * _best(energy, wide / width, 0.5, _HOMESICK), 0.0
        else:
            home = min(max((_heads(energy) * height - _HEADROOM * high) / slack[1], 0.0), 1.0)
            left, top = 0.0, slack[1] * _best(energy, high / height, home, _HEADSICK)
    return left, top, left + wide, top + high


def _profile(image: Image.Image, sideways: bool) -> list[int]:
    """Measure how much there is to see in each column, or in each row, of a small copy."""
    factor = max(1, max(image.size) // (2 * _SIDE))
    small = image.reduce(factor) if factor > 1 else image
    small = small.convert("RGB")
    small.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX)
    edges = small.convert("L").filter(ImageFilter.FIND_EDGES)
    around = small.filter(ImageFilter.BoxBlur(_SURROUNDINGS))
    unlike = ImageChops.difference(small, around).convert("L")
    energy = ImageChops.add(edges, unlike, 2)
    if min(energy.size) < 3:
        return []
    # The filter leaves the picture's rim as it was.
    inner = energy.crop((1, 1, energy.width - 1, energy.height - 1))
    length = (inner.width, 1) if sideways else (1, inner.height)
    return list(inner.resize(length, Image.Resampling.BOX).tobytes())


def _heads(energy: list[int]) -> float:
    """Find where, from the top, there begins to be something to see: a share of the height."""
    if not any(energy):
        return 0.0
    most = sum(seen * seen for seen in energy) / sum(energy)
    first = next(at for at, seen in enumerate(energy) if seen >= _BEGINS * most)
    return first / len(energy)


def _best(energy: list[int], share: float, home: float, homesick: float) -> float:
    """Find where along its way a window of that share sees most: 0 at the start, 1 at the end."""
    length = len(energy)
    size = max(1, round(length * share))
    steps = length - size
    total = sum(energy)
    if steps < 1 or not total:
        return home
    sums = [0, *accumulate(energy)]
    inner = size // 4

    def worth(start: int) -> float:
        seen = sums[start + size] - sums[start]
        middle = sums[start + size - inner] - sums[start + inner]
        off = start / steps - home
        return (_RIM * seen + (1 - _RIM) * middle) / total - homesick * off * off

    return max(range(steps + 1), key=worth) / steps
