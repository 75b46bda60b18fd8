"""`vigil.jpg`: people with candles in an evening street; one lantern, a third from the right."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageChops

from images.artwork import light as li
from images.artwork.heads import head
from images.artwork.held import placard, put, stand
from images.artwork.lantern import CANDLE, bearer
from images.artwork.light import RGB, Point
from images.artwork.outline import mask, points
from images.artwork.paint import Lighting, paint
from images.artwork.people import Figure, collar, dressed, raised_arm
from images.artwork.street import Camera, Look, row

SIZE = (2400, 1600)
SUBJECT: Point = (1640, 850)
"""The middle of the child's head."""
SKY = (
    (0.0, (17, 27, 52)),
    (0.22, (33, 50, 84)),
    (0.40, (74, 82, 116)),
    (0.52, (140, 112, 122)),
    (0.60, (205, 142, 112)),
    (0.66, (228, 170, 118)),
    (1.0, (60, 44, 52)),
)
AIR: RGB = (150, 112, 112)
WHITE_HOT: RGB = (255, 236, 200)
HAIR = li.colours("261e1c 402e24 604832 1e1c1e 706c6a")
SKIN = li.colours("c4967a 96684e 684836 d6ac92")
WEAR = li.colours("3a4254 2c3038 58483e 424e48 683a32 343848 786854")
PLACARDS = {5: (330.0, 1010.0, 2230.0), 6: (1160.0, 2060.0), 7: (600.0,)}
"""In which row and where somebody holds one up."""
STYLES = [
    "short",
    "short",
    "bob",
    "long",
    "bun",
    "tail",
    "curls",
    "beanie",
    "beanie",
    "cap",
    "hood",
    "scarf",
]


def sky(rng: Random) -> Image.Image:
    """Dusk, warm where the sun has gone, with a few thin clouds."""
    image = li.ramp(SIZE, SKY)
    li.glow(image, (1650, 1010), 1300, (255, 170, 96), 0.42, 2.0)
    li.glow(image, (1500, 1020), 560, (255, 190, 120), 0.35, 2.0)
    wisps = li.clouds(rng, SIZE, (1500, 120), 5)
    wisps = li.curve(wisps, lambda v: max(0.0, (v - 0.52) * 2.0))
    where = ImageChops.multiply(li.slope(SIZE, 0.1, 0.42), li.slope(SIZE, 0.68, 0.5))
    wisps = li.blurred(ImageChops.multiply(wisps, where), 10)
    li.lay_light(image, (236, 150, 122), li.faded(wisps, 0.42), (0, 0))
    return image


EVENING = Look(
    walls=((54, 52, 72), (60, 55, 70), (47, 48, 68), (66, 58, 72)),
    roof=(38, 40, 60),
    pane=(40, 44, 66),
    lamps=((255, 190, 104), (255, 210, 140), (255, 168, 84), (244, 214, 170)),
    share_lit=0.24,
    trim=1.16,
    air=(196, 142, 122),
    clear=150,
    height=(4, 6),
)


def city(image: Image.Image, rng: Random) -> Image.Image:
    """A square that narrows to a street, a church at its end."""
    camera = Camera((1500, 1075), 1900)
    spire(image, camera)
    for x, near in ((-29, 34), (19, 34)):
        side = row(SIZE, camera, EVENING, rng, x, (near, 330), (8, 15))
        layer = li.blurred(side.done(), 3.2)
        image.paste(layer.convert("RGB"), (0, 0), layer.getchannel("A"))
        for at, metre, colour in side.lights:
            li.glow(image, at, metre * 3.4, colour, 0.16, 2.2)
    air = li.slope(SIZE, 0.36, 0.70)
    image.paste((206, 146, 118), (0, 0, *SIZE), li.faded(air, 0.30))
    for number in range(7):
        z = 46.0 * 1.42**number
        for kerb in (-20.0, 13.0):
            at = camera.project((kerb, 5.2, z))
            li.glow(image, at, 5200 / z, (255, 190, 110), 0.5, 2.4)
            li.bokeh(image, at, max(4, 620 / z), (255, 214, 150), 0.85)
    return image


def spire(image: Image.Image, camera: Camera) -> None:
    """The church: a tower and its pointed roof, far away."""
    tower = points("-44,-5 -44,52 -43,54 -37.5,96 -32,54 -31,52 -31,-5")
    nave = points("-31,-5 -31,30 -27,38 6,38 10,30 10,-5")
    seen = [[camera.project((x, y, 400)) for x, y in outline] for outline in (tower, nave)]
    cover = li.blurred(mask(SIZE, seen), 3)
    image.paste((158, 116, 116), (0, 0, *SIZE), cover)


def person(rng: Random, raised: bool = False) -> tuple[Figure, Point | None]:
    """Somebody in a winter coat; and where the raised hand is, if one is."""
    figure = Figure()
    wear, skin = rng.choice(WEAR), rng.choice(SKIN)
    style = rng.choice(STYLES)
    style = "beanie" if style == "hood" and raised else style
    side = rng.choice((-1, 1))
    arms = (-side,) if raised else (-1, 1)
    dressed(figure, rng, wear, rng.uniform(0.9, 1.12), rng.random() < 0.16, arms)
    hand = None
    if style not in ("long", "scarf", "hood"):
        collar(figure, rng, wear)
    turn = rng.uniform(-0.14, 0.14)
    head(figure, rng, style, rng.choice(HAIR), skin, rng.choice(WEAR), turn)
    if raised:
        hand = raised_arm(
            figure,
            side,
            (1.22 + rng.uniform(-0.08, 0.12), 0.42 + rng.uniform(-0.1, 0.15)),
            (1.0 + rng.uniform(-0.2, 0.25), -0.6 - rng.uniform(0, 0.45)),
            wear,
            skin,
            (255, 240, 214),
        )
    return figure, hand


def candle(image: Image.Image, at: Point, size: float, strength: float = 1.0) -> None:
    """A flame: a white core, a warm halo."""
    x, y = at
    li.glow(image, at, size * 9, CANDLE, 0.30 * strength, 2.6)
    li.glow(image, at, size * 2.6, CANDLE, 0.75 * strength, 1.8)
    li.glow(image, (x, y), size, WHITE_HOT, 1.0 * strength, 0.9)


def crowd(image: Image.Image, rng: Random) -> Image.Image:
    """Rows of people from far to near, and the lantern among them."""
    rows = 12
    for row_number in range(rows):
        near = row_number / (rows - 1)
        size = 15 + 165 * near**2.0
        ground = 1085 + 245 * near**1.3
        air = 0.86 * (1 - near) ** 1.35
        soft = 3.2 * max(0.0, 0.66 - near) + 16 * max(0.0, near - 0.86)
        layer = Image.new("RGBA", SIZE, (0, 0, 0, 0))
        flames: list[Point] = []
        x = -size + rng.uniform(0, size)
        while x < SIZE[0] + size:
            y = ground + rng.gauss(0, 0.28) * size
            around = near > 0.62 and abs(x - SUBJECT[0]) < 130 + size
            figure, hand = person(rng, rng.random() < 0.15 and not around and near < 0.95)
            if around and near > 0.8:
                y += size * 1.1
            lighting = evening(rng, near, 1.0 if x < SUBJECT[0] else -0.8)
            stand(layer, figure, (x, y), size * rng.uniform(0.93, 1.07), lighting, rng)
            if hand:
                flames.append((x + hand[0] * size, y + (hand[1] - 0.42) * size))
            x += size * rng.choice((1.1, 1.4, 1.7, 1.9, 2.4)) * rng.uniform(0.9, 1.1)
        placards(layer, rng, size, ground, PLACARDS.get(row_number, ()))
        for _ in range(round(5 + 21 * (1 - near) ** 1.5)):
            between = (rng.uniform(0, SIZE[0]), ground + rng.uniform(0.55, 1.1) * size)
            if near < 0.4 or abs(between[0] - SUBJECT[0]) > 330:
                candle(image, between, max(2.5, size * 0.11), 0.95)
        image.paste(*prepared(layer, air, soft))
        for flame in flames:
            candle(image, flame, max(2.5, size * 0.11), 0.95)
        if row_number == 8:
            bearer(image, SUBJECT, rng)
    return image


def evening(rng: Random, near: float, side: float) -> Lighting:
    """What little light falls on somebody `near` (0 to 1), most of it from the lantern's side."""
    return Lighting(
        towards=(side * rng.uniform(0.1, 1.1), -1),
        dark=li.mix((9, 11, 20), (54, 50, 62), (1 - near) ** 1.5),
        key=li.mix((58, 52, 64), (120, 104, 112), (1 - near) ** 1.2),
        rim=li.mix((255, 168, 98), (236, 170, 140), rng.random() * 0.6),
        rim_strength=rng.uniform(0.3, 1.0),
        rim_width=rng.uniform(0.028, 0.05),
    )


def placards(
    layer: Image.Image, rng: Random, size: float, ground: float, spots: tuple[float, ...]
) -> None:
    """Boards on sticks, seen from behind: what they say is the message's business."""
    for spot in spots:
        figure = Figure()
        paper = rng.choice(((236, 224, 206), (214, 198, 180), (206, 176, 134)))
        placard(figure, rng, paper, -rng.uniform(2.3, 3.3))
        light = Lighting((0.4, -1), (76, 62, 66), (150, 118, 104), (255, 190, 130), 0.5, 0.03)
        tile, (dx, dy) = paint(figure, size, light, rng)
        # candles beyond it shine through its lower half
        shine = li.faded(li.slope(tile.size, 0.1, 0.75), 0.3)
        warm = tile.convert("RGB")
        li.lay_light(warm, (255, 170, 96), shine, (0, 0))
        warm.putalpha(tile.getchannel("A"))
        put(layer, warm, (spot + dx, ground + dy))


def prepared(
    layer: Image.Image, air: float, soft: float
) -> tuple[Image.Image, tuple[int, int], Image.Image]:
    """A layer behind air and out of focus, as `paste` wants it."""
    done = li.blurred(li.hazed(layer, AIR, air), soft)
    return done.convert("RGB"), (0, 0), done.getchannel("A")


def draw() -> Image.Image:
    """The picture."""
    rng = li.dice("vigil")
    image = city(sky(rng), rng)
    image = crowd(image, rng)
    image = li.bloom(image, 0.7, 0.4, (14, 60, 160))
    image = li.vignette(image, 0.32)
    return li.grain(image, rng, 1.5)
