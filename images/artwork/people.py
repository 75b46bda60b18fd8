"""People from behind: nobody in particular, as parts with outlines in heads.

The unit is the height of a head, the origin its middle, y downwards.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from images.artwork.light import RGB, Point, colours, scaled
from images.artwork.outline import (
    Outline,
    area,
    limb,
    line,
    mirrored,
    moved,
    oval,
    points,
    smooth,
    symmetric,
)


@dataclass(frozen=True, slots=True)
class Part:
    """Something of one colour and one stuff."""

    outlines: tuple[Outline, ...]
    colour: RGB
    stuff: str
    """cloth, hair, skin, card or flag: how light plays on it."""
    form: float = 0.3
    """How far its roundness reaches in from the edge, in heads."""


@dataclass(slots=True)
class Figure:
    """A person and what they hold, from back to front."""

    parts: list[Part] = field(default_factory=list)

    def add(self, *outlines: Outline, colour: RGB, stuff: str = "cloth", form: float = 0.3) -> None:
        """One more part, in front of those there are."""
        self.parts.append(Part(outlines, colour, stuff, form))


FIST = area(
    "-.1,.12 -.125,0 -.12,-.12 -.09,-.17 -.055,-.16 -.02,-.185 .015,-.165 "
    ".05,-.18 .085,-.15 .12,-.13 .13,-.04 .16,0 .13,.08 .09,.14"
)
PACKS = colours("363c46 60362e 464a3c 282a32")
SCARVES = colours("963c30 c49648 5c7080 cac4b8")


def coat(rng: Random, width: float) -> Outline:
    """Shoulders and back in a coat."""
    top = points("0,.5 .2,.47 .34,.56")
    rest = points(".58,.7 .8,.82 .96,.98 1,1.22 .9,1.7 .86,2.4 .9,5 0,5.1")
    half = [*top, *((x * width, y) for x, y in rest)]
    tilt = rng.uniform(-0.07, 0.07)
    right = [(x * rng.uniform(0.98, 1.03), y + tilt * x) for x, y in half]
    left = [(-x * rng.uniform(0.98, 1.03), y - tilt * x) for x, y in reversed(half) if x > 0]
    return smooth([*right, *left])


def dressed(
    figure: Figure,
    rng: Random,
    wear: RGB,
    width: float = 1.0,
    pack: bool = False,
    arms: tuple[int, ...] = (-1, 1),
) -> None:
    """The back of a coat, which arms (-1 left, 1 right) hang at its sides, what is carried."""
    for side in arms:
        out = rng.uniform(-0.04, 0.1)
        elbow, cuff = (1.0 * width + out, 1.7), (1.1 * width + out * 2, 2.6)
        sleeve = [(0.76 * width, 1.04), elbow, cuff, (0.96 * width, 3.6)]
        arm = limb(sleeve, (0.44, 0.46, 0.42, 0.34))
        figure.add(arm if side > 0 else mirrored(arm), colour=wear, form=0.24)
    figure.add(coat(rng, width), colour=wear, form=0.34)
    sag = rng.uniform(-0.03, 0.03)
    folds = [limb([(sag, 0.9), (sag * 1.4, 2.0), (sag, 3.4)], (0.012, 0.02, 0.012))]
    for side in (-1, 1):
        start = rng.uniform(1.15, 1.4)
        pull = (side * rng.uniform(0.5, 0.66), start + 0.32)
        crease = [(side * 0.8 * width, start), pull, (side * 0.42, start + 0.9)]
        seam = [(side * x * width, y) for x, y in ((0.86, 1.3), (0.84, 2.2), (0.86, 5.0))]
        folds += [limb(crease, (0.05, 0.035, 0.01)), limb(seam, (0.02, 0.07, 0.07))]
    figure.add(*folds, colour=scaled(wear, 0.55), form=0.05)
    if pack:
        backpack(figure, rng)


def backpack(figure: Figure, rng: Random) -> None:
    """A pack, its straps and its zip."""
    colour = rng.choice(PACKS)
    strap = line(".42,.6,.14 .5,.9,.15 .44,1.2,.14")
    for one in (mirrored(strap), strap):
        figure.add(one, colour=scaled(colour, 0.8), form=0.06)
    half = points("0,.96 .34,.98 .55,1.1 .62,1.5 .66,2.2 .6,2.7 .3,2.8 0,2.8")
    figure.add(uneven(rng, half, 0.012), colour=colour, form=0.26)
    seam = line("-.5,1.72,.03 0,1.76,.03 .5,1.72,.03")
    figure.add(seam, colour=scaled(colour, 0.6), form=0.04)


def collar(figure: Figure, rng: Random, wear: RGB) -> None:
    """What lies around the neck: a collar, a scarf or a hood that is down."""
    kind = rng.choice(("collar", "collar", "hood", "scarf", "none"))
    if kind == "collar":
        band = symmetric(points("0,.52 .22,.47 .36,.5 .42,.66 .2,.74 0,.77"))
        figure.add(band, colour=scaled(wear, 0.86), form=0.1)
    elif kind == "hood":
        bag = uneven(rng, points("0,.5 .26,.45 .5,.56 .56,.8 .42,1.1 .2,1.3 0,1.36"), 0.02)
        figure.add(bag, colour=scaled(wear, 0.92), form=0.22)
        inside = uneven(rng, points("0,.58 .2,.5 .3,.56 .2,.7 0,.76"), 0.01)
        figure.add(inside, colour=scaled(wear, 0.5), form=0.1)
    elif kind == "scarf":
        wool = rng.choice(SCARVES)
        for y, across in ((0.66, 0.46), (0.52, 0.42)):
            turn = oval(rng.uniform(-0.03, 0.03), y, across, 0.15, rng.uniform(-0.1, 0.1))
            figure.add(turn, colour=wool, form=0.1)


def uneven(rng: Random, half: Sequence[Point], rough: float) -> Outline:
    """A smooth shape from its right half, its sides not quite the same."""
    right = [(x + rng.uniform(-rough, rough), y + rng.uniform(-rough, rough)) for x, y in half]
    left = [
        (-x + rng.uniform(-rough, rough), y + rng.uniform(-rough, rough))
        for x, y in reversed(half)
        if x > 0
    ]
    return smooth([*right, *left])


def raised_arm(
    figure: Figure,
    side: int,
    elbow: Point,
    hand: Point,
    wear: RGB,
    skin: RGB,
    holds: RGB | None = None,
) -> Point:
    """An arm up from the shoulder, the right one for side 1; gives where the hand is.

    What it holds, if a colour is given, is a candle with a paper against the wax.
    """
    shoulder = (0.8, 1.16)
    dx, dy = hand[0] - elbow[0], hand[1] - elbow[1]
    length = math.hypot(dx, dy)
    wrist = (hand[0] - dx / length * 0.16, hand[1] - dy / length * 0.16)
    upper = (elbow[0] + (shoulder[0] - elbow[0]) * 0.3, elbow[1] + (shoulder[1] - elbow[1]) * 0.3)
    fore = (elbow[0] + dx * 0.25, elbow[1] + dy * 0.25)
    sleeve = limb([shoulder, upper, fore, wrist], (0.54, 0.42, 0.36, 0.25))
    lower = limb([(wrist[0] - dx * 0.1, wrist[1] - dy * 0.1), wrist, hand], (0.14, 0.14, 0.16))
    bare = [lower, moved(FIST, *hand)]
    if side < 0:
        sleeve, bare = mirrored(sleeve), [mirrored(p) for p in bare]
    held = (hand[0] * side, hand[1])
    if holds:
        candle = line("0,0,.09 0,-.36,.085")
        for outline in (candle, points("-.16,-.2 .16,-.2 .1,-.06 -.1,-.06")):
            figure.add(moved(outline, *held), colour=holds, stuff="card")
    figure.add(*bare, colour=skin, stuff="skin", form=0.1)
    figure.add(sleeve, colour=wear, form=0.2)
    return held
