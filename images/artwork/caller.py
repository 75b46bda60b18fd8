"""The march's subject: somebody in a yellow raincoat with a loudhailer held high."""

from __future__ import annotations

import math
from random import Random

from PIL import Image

from images.artwork.heads import head
from images.artwork.held import stand
from images.artwork.light import Point, scaled
from images.artwork.outline import Outline, area, moved, oval, points
from images.artwork.paint import Lighting
from images.artwork.people import Figure, dressed, raised_arm

HOOD = area("0,.5 .28,.45 .52,.58 .5,.9 .24,1.2 0,1.3 -.24,1.2 -.5,.9 -.52,.58 -.28,.45")
WHITE, RED, GREY = (240, 236, 226), (196, 60, 44), (70, 72, 78)


def caller(image: Image.Image, at: Point, light: Lighting, rng: Random) -> None:
    """Who leads the call, the head at a point of the picture."""
    figure = Figure()
    wear, skin = (226, 170, 48), (190, 140, 110)
    dressed(figure, rng, wear, 1.0, arms=(-1,))
    figure.add(HOOD, colour=scaled(wear, 0.94), form=0.2)
    head(figure, rng, "bun", (58, 42, 36), skin, wear, -0.06)
    hand = raised_arm(figure, 1, (1.2, 0.5), (1.12, -0.6), wear, skin)
    loudhailer(figure, (hand[0], hand[1] - 0.12), -0.42)
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    stand(layer, figure, at, 128.0, light, rng)
    image.paste(layer.convert("RGB"), (0, 0), layer.getchannel("A"))


def loudhailer(figure: Figure, grip: Point, turn: float) -> None:
    """Its horn points up and to the right, away from us."""
    cos, sin = math.cos(turn), math.sin(turn)

    def turned(outline: Outline) -> Outline:
        return moved(tuple((x * cos - y * sin, x * sin + y * cos) for x, y in outline), *grip)

    handle, battery = (
        points("-.07,.05 .1,.05 .12,-.2 -.09,-.2"),
        points("-.62,-.34 -.2,-.36 -.2,-.1 -.62,-.12"),
    )
    horn = points("-.24,-.4 .14,-.42 1.02,-.86 1.02,.38 .14,-.06 -.24,-.06")
    figure.add(turned(handle), colour=GREY, form=0.06)
    figure.add(turned(battery), colour=GREY, form=0.1)
    figure.add(turned(horn), colour=WHITE, form=0.3)
    figure.add(turned(oval(1.02, -0.24, 0.16, 0.64)), colour=RED, form=0.1)
    figure.add(turned(points("-.02,-.415 .14,-.42 .14,-.06 -.02,-.06")), colour=RED, form=0.1)
