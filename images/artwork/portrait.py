"""The speaker: nobody in particular, looking left, painted on an easel in greys."""

from __future__ import annotations

import math
from random import Random

from PIL import Image, ImageChops

from images.artwork import light as li
from images.artwork.easel import Easel
from images.artwork.outline import Outline, area, limb, line, moved, open_curve, oval, points

PROFILE = points(
    "-.29,-.36 -.355,-.26 -.375,-.165 -.38,-.115 -.362,-.07 -.372,-.03 "
    "-.405,.03 -.447,.085 -.452,.108 -.43,.13 -.39,.142 -.383,.165 -.39,.19 "
    "-.408,.212 -.398,.23 -.368,.242 -.366,.256 -.392,.272 -.393,.295 "
    "-.365,.318 -.357,.34 -.368,.375 -.366,.42 -.34,.462 -.28,.484 -.2,.478"
)
"""From the hairline to under the chin."""
FACE = (*open_curve(PROFILE, 6), *points("-.05,.4 .1,.3 .16,.1 .15,-.2 -.02,-.42"))
NECK = area(
    "-.2,.44 -.09,.47 -.05,.56 -.07,.72 -.12,.9 .1,1.05 .42,.9 .33,.68 .31,.45 .34,.2 .1,.1 -.1,.3"
)
BODY = area(
    "-.2,.98 .06,.9 .3,.78 .44,.72 .66,.85 .92,.99 1.08,1.2 1.14,1.6 1.16,2.6 "
    "-.66,2.6 -.66,2.1 -.64,1.7 -.5,1.36 -.34,1.1"
)

LAPEL = points(
    ".46,.7 .56,.8 .42,1.06 .28,1.12 .3,1.24 .02,1.6 -.3,1.98 -.36,1.78 -.08,1.3 .22,.96"
)
ROLL = area("-.13,.72 .06,.74 .24,.64 .345,.52 .41,.6 .46,.78 .3,.98 0,1.12 -.26,1.1 -.22,.9")
LIT_SIDE = area("-.6,-.5 -.2,-.5 -.2,-.2 -.17,-.05 -.1,.06 -.16,.2 -.24,.34 -.2,.44 -.3,.6 -.6,.6")
PLANES = (
    # tone, softness, strength, outline
    (178, 30, 1.0, LIT_SIDE),
    (226, 18, 0.85, area("-.6,-.4 -.3,-.36 -.3,-.1 -.36,0 -.6,0")),
    (226, 20, 0.75, area("-.24,0 -.14,.02 -.15,.1 -.27,.14")),
    (246, 8, 0.9, area("-.5,0 -.39,0 -.4,.09 -.44,.14 -.5,.14")),
    (228, 12, 0.8, area("-.5,.34 -.33,.36 -.32,.42 -.4,.5 -.5,.5")),
    (96, 12, 0.8, oval(-0.275, -0.06, 0.085, 0.05, 0.15)),
    (52, 26, 0.75, area("-.06,.14 -.16,.24 -.2,.36 -.02,.36")),
)
"""The side in the light, then forehead, cheek, nose and chin; the hollows of eye and jaw."""
FEATURES = (
    (120, 9, 0.7, oval(-0.345, 0.115, 0.035, 0.04)),
    (60, 2.5, 0.8, line("-.345,.085,.006 -.322,.115,.012 -.34,.14,.006")),
    (34, 2.5, 0.9, oval(-0.4, 0.128, 0.022, 0.009, 0.1)),
    (96, 7, 0.7, line("-.35,.33,.02 -.31,.325,.01")),
    (26, 3.5, 0.9, line("-.355,-.125,.028 -.29,-.155,.03 -.2,-.125,.008")),
    (168, 5, 0.75, area("-.338,-.05 -.29,-.075 -.235,-.05 -.24,-.02 -.3,-.005")),
    (20, 1.6, 0.95, line("-.345,-.022,.014 -.3,-.004,.014 -.25,-.008,.012 -.215,-.028,.006")),
    (60, 2.4, 0.7, line("-.32,-.072,.004 -.28,-.088,.008 -.225,-.062,.004")),
    (118, 3.5, 0.7, area("-.43,.19 -.385,.186 -.33,.21 -.29,.238 -.36,.243 -.43,.235")),
    (150, 4, 0.7, area("-.43,.27 -.36,.256 -.295,.244 -.32,.285 -.37,.316 -.43,.31")),
    (16, 1.8, 0.95, line("-.42,.25,.02 -.35,.249,.014 -.285,.24,.004")),
)
"""Nostril and its wing, chin's fold, brow, lowered lid with its lashes, lips."""


def face(easel: Easel) -> None:
    """The head without its hair: light from the left, the far side of each form in the dark."""
    neck, head = easel.cover(NECK), easel.cover(FACE)
    easel.brush(62, 0, NECK)
    easel.brush(150, 20, points("-.14,.5 .02,.56 0,.9 -.2,.95"), strength=0.8, within=neck)
    chin = points("-.3,.42 0,.38 .36,.3 .36,.56 .05,.6 -.08,.55")
    easel.brush(22, 16, chin, strength=0.85, within=neck)
    easel.brush(84, 0, FACE)
    for tone, soft, strength, outline in (*PLANES, *FEATURES):
        easel.brush(tone, soft, outline, strength=strength, within=head)


def ear(easel: Easel) -> None:
    """Between light and dark, a ring in its lobe."""
    shape = area(".03,0 .07,-.07 .14,-.08 .18,-.02 .16,.07 .12,.13 .08,.18 .04,.16 .03,.08")
    cover = easel.cover(shape)
    easel.brush(96, 1.5, shape)
    hollow = area(".06,0 .1,-.04 .14,-.01 .12,.06 .08,.09 .065,.05")
    easel.brush(36, 5, hollow, strength=0.85, within=cover)
    easel.rim(cover, (-1, -0.5), 7, 205, 0.7)
    outer, inner = (
        easel.cover(oval(0.07, 0.235, *half)) for half in ((0.042, 0.05), (0.034, 0.042))
    )
    easel.fill(232, ImageChops.subtract(outer, inner))


def curls(rng: Random) -> list[Outline]:
    """Short curls over the back and top of the head: a shape, and many small rounds at its edge."""
    frame = area(
        "-.31,-.36 -.25,-.48 -.08,-.57 .14,-.57 .33,-.46 .44,-.25 .46,-.02 .42,.16 "
        ".36,.29 .335,.37 .27,.37 .18,.24 .13,.1 .05,.02 .02,-.12 -.1,-.25"
    )
    done = [frame]
    for _ in range(330):
        x, y = rng.choice(frame)
        outer = y < 0.02 or x > 0.28
        r = rng.uniform(0.008, 0.026) if outer else rng.uniform(0.004, 0.011)
        away = rng.uniform(0.99, 1.03) if outer else 1.0
        flat, turn = r * rng.uniform(0.7, 1.3), rng.uniform(0, 3)
        done.append(oval(x * away, (y + 0.05) * away - 0.05, r, flat, turn))
    return done


def hair(easel: Easel, rng: Random) -> None:
    """Curls, each a small light and a small dark."""
    rounds = curls(rng)
    cover = easel.cover(*rounds)
    easel.fill(20, cover)
    strokes: dict[int, list[Outline]] = {}
    for _ in range(1500):
        x, y = rng.uniform(-0.36, 0.52), rng.uniform(-0.62, 0.36)
        turn, r = rng.uniform(0, 6.3), rng.uniform(0.016, 0.034)
        arc = [
            (x + r * math.cos(turn + k * 0.5), y + r * math.sin(turn + k * 0.5)) for k in range(7)
        ]
        left = max(0.0, min(1.0, 0.62 - (x + 0.3) * 1.1 - (y + 0.3) * 0.5))
        tone = round(24 + 120 * left**1.4 * rng.uniform(0.5, 1.1))
        strokes.setdefault(tone // 12 * 12, []).append(
            limb(arc, [0.004, 0.010, 0.011, 0.010, 0.009, 0.007, 0.003])
        )
    for tone in sorted(strokes):
        easel.brush(tone, 1.2, *strokes[tone], strength=0.9, within=cover)
    easel.rim(cover, (1, -0.55), 12, 214, 0.85)
    easel.rim(cover, (-0.4, -1), 10, 200, 0.5)


def clothes(easel: Easel, rng: Random) -> None:
    """A roll neck under a jacket."""
    wool, cover = easel.cover(ROLL), easel.cover(BODY)
    opening = points("-.7,.8 .46,.5 .46,.72 .22,.98 -.06,1.3 -.3,1.72 -.7,1.9")
    jacket = ImageChops.subtract(cover, easel.cover(opening))
    jumper = ImageChops.subtract(cover, jacket)
    easel.brush(58, 0, BODY, within=jumper)
    chest = area("-.9,.9 -.28,1 -.36,1.5 -.4,1.9 -.9,2")
    easel.brush(160, 26, chest, strength=0.85, within=jumper)
    easel.brush(10, 11, moved(ROLL, -0.01, 0.05), strength=0.75, within=jumper)
    easel.rim(cover, (-1, -0.3), 11, 206, 0.75)
    easel.brush(58, 0, ROLL)
    throat = area("-.4,.66 -.06,.66 -.02,1.2 -.4,1.2")
    easel.brush(172, 24, throat, strength=0.9, within=wool)
    ribs = []
    for k in range(16):
        t = k / 15
        top, bottom = (-0.13 + 0.46 * t, 0.72 - 0.2 * t**1.6), (-0.26 + 0.7 * t, 1.14 - 0.3 * t)
        ribs.append(limb([top, (-0.2 + 0.6 * t, 0.9 - 0.16 * t), bottom], [0.008, 0.009, 0.009]))
    easel.brush(18, 2.2, *ribs, strength=0.5, within=wool)
    turnover = line("-.2,.93,.02 .1,.94,.03 .44,.72,.02")
    easel.brush(14, 8, turnover, strength=0.6, within=wool)
    easel.rim(wool, (-1, -0.6), 6, 206, 0.7)
    inside = ImageChops.lighter(wool, jumper)
    easel.brush(8, 12, moved(LAPEL, -0.02, -0.01), strength=0.6, within=inside)
    coat(easel, rng, jacket, cover)
    easel.rim(ImageChops.lighter(cover, wool), (0.9, -1), 11, 210, 0.8)


def coat(easel: Easel, rng: Random, jacket: Image.Image, body: Image.Image) -> None:
    """The jacket: its front in the light, a lapel, a sleeve."""
    easel.fill(30, jacket)
    front = area("-.9,1.6 -.3,1.6 -.36,2.1 -.34,2.8 -1,2.8")
    easel.brush(112, 40, front, strength=0.9, within=jacket)
    folds = li.curve(li.clouds(rng, easel.size, (300, 460), 3), lambda v: max(0.0, (v - 0.5) * 1.5))
    easel.fill(84, ImageChops.multiply(li.faded(folds, 0.5), jacket))
    easel.brush(6, 12, moved(LAPEL, 0.03, 0.04), strength=0.8, within=jacket)
    lapel = ImageChops.multiply(easel.cover(LAPEL), body)
    easel.brush(50, 0.7, LAPEL, within=body)
    lit = points("-.5,1.2 .12,1.1 -.1,1.8 -.5,2.2")
    easel.brush(128, 30, lit, strength=0.7, within=lapel)
    easel.rim(lapel, (-1, -0.6), 6, 214, 0.75)
    sleeve = line(".74,1.3,.62 .66,1.8,.6 .5,3.2,.56")
    shade = ImageChops.subtract(jacket, lapel)
    easel.brush(6, 26, moved(sleeve, -0.05, 0.03), strength=0.75, within=shade)
    easel.brush(34, 10, sleeve, strength=0.9, within=jacket)
    easel.rim(ImageChops.multiply(easel.cover(sleeve), body), (-1, 0), 34, 92, 0.7)
    easel.rim(jacket, (-1, -0.3), 11, 200, 0.6)
