"""Heads from behind: necks, hair, and what is worn on it; in heads, as in `people`."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

from images.artwork.light import RGB, scaled
from images.artwork.outline import Outline, limb, oval, points, smooth, symmetric
from images.artwork.people import Figure, uneven

SKULL = symmetric(points("0,-.54 .16,-.5 .29,-.38 .37,-.2 .39,-.02 .35,.2 .27,.37 .16,.45 0,.47"))
NECK = symmetric(points("0,.2 .18,.22 .185,.36 .22,.52 .34,.66 .2,.85 0,.9"))
EARS = (oval(0.4, 0.02, 0.06, 0.12, 0.15), oval(-0.4, 0.02, 0.06, 0.12, -0.15))

HAIR = {
    "short": (
        points("0,-.57 .17,-.535 .32,-.41 .4,-.22 .4,-.02 .35,.12 .27,.27 .13,.33 0,.34"),
        0.012,
    ),
    "bob": (points("0,-.59 .19,-.55 .35,-.42 .45,-.15 .49,.15 .5,.4 .4,.53 .2,.57 0,.57"), 0.025),
    "bun": (points("0,-.58 .17,-.54 .32,-.42 .4,-.2 .4,.02 .33,.24 .2,.38 0,.4"), 0.01),
    "tail": (points("0,-.58 .17,-.54 .32,-.42 .4,-.2 .4,.02 .33,.24 .2,.38 0,.4"), 0.01),
    "beanie": (points("0,.1 .3,.05 .42,.05 .4,.25 .27,.36 0,.4"), 0.015),
    "cap": (points("0,0 .38,0 .37,.15 .26,.29 0,.33"), 0.01),
}
"""The right half of a head of hair, and how rough its edge is."""
COVERS = {
    "hood": (
        points("0,-.68 .2,-.64 .4,-.45 .5,-.12 .5,.25 .47,.55 .55,.8 .5,1 .25,1.12 0,1.14"),
        0.35,
    ),
    "scarf": (
        points(
            "0,-.6 .2,-.57 .37,-.42 .45,-.15 .45,.15 .41,.45 .5,.75 .72,1 .6,1.25 .25,1.42 0,1.46"
        ),
        0.32,
    ),
}
"""The right half of what covers a whole head, and how round it is."""
CAPS = {
    "beanie": symmetric(points("0,-.68 .16,-.64 .31,-.5 .41,-.26 .44,0 .2,.06 0,.07")),
    "cap": symmetric(points("0,-.6 .16,-.565 .31,-.45 .4,-.24 .42,-.02 .2,.04 0,.05")),
}
BRIM = symmetric(points("0,-.12 .3,-.13 .455,-.16 .46,.04 .3,.1 0,.12"))
WISPY = 60
"""Outlines with more points than this are heads of hair, from which loose hairs come."""


def head(
    figure: Figure, rng: Random, style: str, hair: RGB, skin: RGB, wear: RGB, turn: float = 0.0
) -> None:
    """Neck and head, with hair or what covers it, leaning by `turn` radians."""
    upright = Figure()
    if style in COVERS:
        half, form = COVERS[style]
        upright.add(uneven(rng, half, 0.015), colour=wear, form=form)
    else:
        figure.add(NECK, colour=skin, stuff="skin", form=0.16)
        if style in ("short", "cap", "bun"):
            upright.add(*EARS, colour=skin, stuff="skin", form=0.05)
        upright.add(SKULL, colour=skin, stuff="skin", form=0.25)
        grown(upright, rng, style, hair)
        worn(upright, rng, style, wear)
    for part in upright.parts:
        outlines = part.outlines
        if part.stuff == "hair" and len(outlines[0]) > WISPY:
            outlines = (*outlines, *wisps(rng, outlines[0]))
        figure.parts.append(replace(part, outlines=tuple(leaning(o, turn) for o in outlines)))


def grown(figure: Figure, rng: Random, style: str, hair: RGB) -> None:
    """Hair by style."""
    if style == "curls":
        whole = ball(rng, -0.12, rng.uniform(0.52, 0.64), 44, 0.04)
        figure.add(whole, colour=hair, stuff="hair", form=0.4)
    elif style == "long":
        end = rng.uniform(1.1, 1.7)
        half = points("0,-.59 .19,-.55 .34,-.42 .43,-.15 .46,.2 .47,.55 .5,.85")
        half = (*half, (0.42, end - 0.1), (0.2, end), (0.0, end + 0.06))
        figure.add(uneven(rng, half, 0.025), colour=hair, stuff="hair")
    else:
        half, rough = HAIR[style]
        figure.add(uneven(rng, half, rough), colour=hair, stuff="hair")
    if style == "bun":
        knot = oval(rng.uniform(-0.08, 0.08), -0.56, 0.21, 0.18)
        figure.add(knot, colour=hair, stuff="hair", form=0.14)
    elif style == "tail":
        swing = rng.uniform(-0.12, 0.12)
        fall = [(0, -0.2), (swing * 0.5, 0.1), (swing, 0.5), (swing * 0.7, 1.0)]
        figure.add(limb(fall, (0.2, 0.28, 0.3, 0.08)), colour=hair, stuff="hair", form=0.14)


def worn(figure: Figure, rng: Random, style: str, wear: RGB) -> None:
    """A cap or a knitted hat, some of these with a bobble."""
    if style in CAPS:
        figure.add(CAPS[style], colour=wear)
    if style == "beanie":
        figure.add(BRIM, colour=scaled(wear, 0.9), form=0.12)
        if rng.random() < 0.4:
            figure.add(ball(rng, -0.76, 0.17, 20, 0.07), colour=wear, form=0.12)


def ball(rng: Random, y: float, radius: float, bumps: int, rough: float) -> Outline:
    """Something round and not quite smooth."""
    done = []
    for bump in range(bumps):
        turn = 2 * math.pi * bump / bumps
        reach = radius * rng.uniform(1 - rough, 1 + rough)
        done.append((reach * math.cos(turn), y + reach * math.sin(turn)))
    return smooth(done, 4)


def wisps(rng: Random, outline: Outline) -> list[Outline]:
    """Loose hairs along the edge of a head of hair."""
    done = []
    for _ in range(46):
        start = rng.randrange(len(outline))
        reach = rng.choice((-1, 1)) * rng.randint(8, 20)
        a, b = outline[start], outline[(start + reach) % len(outline)]
        lift = rng.uniform(1.0, 1.07)
        middle = ((a[0] + b[0]) / 2 * lift * 1.02, (a[1] + b[1]) / 2 * lift)
        done.append(limb([a, middle, (b[0] * lift, b[1] * lift)], [0.03, 0.016, 0.006]))
    return done


def leaning(outline: Outline, turn: float) -> Outline:
    """The outline turned about the neck."""
    cos, sin, pivot, sunk = math.cos(turn), math.sin(turn), 0.55, 0.07
    return tuple(
        (x * cos - (y - pivot) * sin, x * sin + (y - pivot) * cos + pivot + sunk)
        for x, y in outline
    )
