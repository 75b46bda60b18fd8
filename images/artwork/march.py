"""`march.jpg`: a march in a bright street, against the sun; a loudhailer, left of the middle."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageChops

from images.artwork import light as li
from images.artwork.caller import caller
from images.artwork.heads import head
from images.artwork.held import flag, placard, stand
from images.artwork.light import RGB, Point
from images.artwork.paint import Lighting
from images.artwork.people import Figure, collar, dressed, raised_arm
from images.artwork.street import Camera, Look, row

SIZE = (1600, 2000)
SUBJECT: Point = (590, 1190)
"""The middle of the head of whoever holds the loudhailer."""
SUN: Point = (1120, 430)
AIR: RGB = (250, 232, 204)
SKY = (
    (0.0, (126, 172, 206)),
    (0.25, (176, 204, 220)),
    (0.45, (232, 226, 208)),
    (0.58, (252, 236, 206)),
    (1.0, (250, 230, 200)),
)
HOUSES = Look(
    walls=((206, 182, 150), (196, 160, 126), (214, 198, 172), (188, 150, 128), (202, 188, 166)),
    roof=(122, 126, 138),
    pane=(92, 100, 112),
    lamps=((226, 224, 212), (206, 216, 222)),
    share_lit=0.16,
    trim=1.12,
    air=AIR,
    clear=95,
    height=(4, 5),
)
HAIR = li.colours("342822 543a28 845c3a 282426 96908a b08858")
SKIN = li.colours("deb296 b07e60 7a5440 ecc6ac")
WEAR = li.colours(
    "566276 424650 8a705c 687066 965648 c4b8a4 ac9264 70646a 62767a d2cabe 4c5054 7c7a76"
)
BOARDS = li.colours("faf6ec faf6ec f4e2b4 d8cdb8 ce543a 60949c")
FLAGS = {
    4: ((430.0, (226, 160, 76)), (1440.0, (112, 152, 158))),
    5: ((1180.0, (206, 92, 64)),),
    7: ((330.0, (112, 152, 158)), (1580.0, (206, 92, 64))),
}
"""In which row, where, and of which colour somebody carries a flag."""
STYLES = [
    "short",
    "short",
    "bob",
    "long",
    "bun",
    "tail",
    "curls",
    "curls",
    "cap",
    "beanie",
    "scarf",
    "short",
]


def scene(rng: Random) -> Image.Image:
    """Sky and houses, full of light."""
    image = li.ramp(SIZE, SKY)
    fleece = li.curve(li.clouds(rng, SIZE, (620, 190), 5), lambda v: max(0.0, (v - 0.5) * 1.9))
    li.lay_light(image, (255, 246, 232), li.faded(li.blurred(fleece, 5), 0.7), (0, 0))
    camera = Camera((960, 1010), 1750)
    for x, near in ((-15.5, 15), (12.5, 18)):
        side = row(SIZE, camera, HOUSES, rng, x, (near, 260), (8, 14))
        layer = li.blurred(side.done(), 3.0)
        plain = layer.convert("RGB")
        if x > 0:
            plain = ImageChops.multiply(plain, Image.new("RGB", SIZE, (206, 204, 216)))
        image.paste(plain, (0, 0), layer.getchannel("A"))
    li.glow(image, SUN, 1500, (255, 226, 176), 0.55, 2.2)
    li.glow(image, SUN, 620, (255, 244, 220), 0.8, 2.0)
    return image


def daylight(rng: Random, x: float, near: float) -> Lighting:
    """The sun from ahead, on whoever stands at `x`; the sky on all."""
    side = max(-1.1, min(1.1, (SUN[0] - x) / 700))
    return Lighting(
        towards=(side + rng.uniform(-0.15, 0.15), -1.0),
        dark=li.mix((62, 66, 84), (140, 132, 130), 1 - near),
        key=(255, 238, 210),
        rim=(255, 236, 196),
        rim_strength=1.0,
        rim_width=rng.uniform(0.055, 0.085),
        relief=0.85,
        fill=0.3,
    )


def person(rng: Random, raised: bool) -> Figure:
    """Somebody in light clothes."""
    figure = Figure()
    wear, skin, style = rng.choice(WEAR), rng.choice(SKIN), rng.choice(STYLES)
    side = rng.choice((-1, 1))
    arms = (-side,) if raised else (-1, 1)
    dressed(figure, rng, wear, rng.uniform(0.86, 1.05), rng.random() < 0.25, arms)
    if style not in ("long", "scarf"):
        collar(figure, rng, wear)
    head(figure, rng, style, rng.choice(HAIR), skin, rng.choice(WEAR), rng.uniform(-0.14, 0.14))
    if raised:
        elbow = (1.22 + rng.uniform(-0.08, 0.12), 0.42 + rng.uniform(-0.1, 0.15))
        hand = (1.0 + rng.uniform(-0.2, 0.25), -0.6 - rng.uniform(0, 0.45))
        raised_arm(figure, side, elbow, hand, wear, skin)
    return figure


def crowd(image: Image.Image, rng: Random) -> Image.Image:
    """Rows of people with boards and flags, from far to near."""
    rows = 12
    for number in range(rows):
        near = number / (rows - 1)
        size = 15 + 205 * near**2.6
        ground = 1030 + 590 * near**1.5
        layer = Image.new("RGBA", SIZE, (0, 0, 0, 0))
        for _ in range(round(9 * (1 - near) + 1)):
            if 0.1 < near < 0.9:
                spot = rng.uniform(-40, SIZE[0] + 40)
                if abs(spot - SUBJECT[0] - 60) > 260 or near < 0.35:
                    figure = Figure()
                    placard(figure, rng, rng.choice(BOARDS), -rng.uniform(2.2, 4.2))
                    stand(layer, figure, (spot, ground), size, daylight(rng, spot, near), rng)
        for spot, cloth in FLAGS.get(number, ()):
            figure = Figure()
            flag(figure, rng, cloth, -rng.uniform(6.6, 7.6))
            stand(layer, figure, (spot, ground), size, daylight(rng, spot, near), rng)
        x = -size + rng.uniform(0, size)
        while x < SIZE[0] + size:
            around = near > 0.62 and abs(x - SUBJECT[0]) < 110 + size * 0.8
            y = ground + rng.gauss(0, 0.26) * size + (size * 1.15 if around else 0)
            figure = person(rng, rng.random() < 0.14 and not around and near < 0.9)
            stand(
                layer, figure, (x, y), size * rng.uniform(0.93, 1.07), daylight(rng, x, near), rng
            )
            x += size * rng.choice((1.2, 1.5, 1.8, 2.0, 2.5)) * rng.uniform(0.9, 1.1)
        air = 0.8 * (1 - near) ** 1.5
        soft = 3.0 * max(0.0, 0.6 - near) + 70 * max(0.0, near - 0.84)
        done = li.blurred(li.hazed(layer, AIR, air), soft)
        image.paste(done.convert("RGB"), (0, 0), done.getchannel("A"))
        if number == 8:
            caller(image, SUBJECT, daylight(rng, SUBJECT[0], 0.7), rng)
    return image


def draw() -> Image.Image:
    """The picture."""
    rng = li.dice("march")
    image = crowd(scene(rng), rng)
    li.glow(image, SUN, 1700, (255, 224, 170), 0.34, 1.8)
    image = li.bloom(image, 0.8, 0.3, (12, 50, 140))
    image = li.vignette(image, 0.16)
    return li.grain(image, rng, 1.5)
