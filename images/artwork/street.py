"""A street in perspective: two rows of houses that meet at a vanishing point.

Lengths of the street are metres: x to the right and y up from the camera's eye, z away from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import TypeAlias

from PIL import Image, ImageDraw

from images.artwork.light import RGB, Point, Size, mix, scaled

SUPERSAMPLED = 2
EYE = 2.4
STOREY = 3.5

Place: TypeAlias = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Camera:
    """Where it looks and how long its lens is."""

    vanishing: Point
    length: float
    """Pixels that a metre takes at a metre's distance."""

    def project(self, place: Place) -> Point:
        """Where a place of the street is in the picture."""
        x, y, z = place
        return (self.vanishing[0] + self.length * x / z, self.vanishing[1] - self.length * y / z)


@dataclass(frozen=True, slots=True)
class Look:
    """Colours of a row of houses."""

    walls: tuple[RGB, ...]
    roof: RGB
    pane: RGB
    lamps: tuple[RGB, ...]
    """Colours of windows where somebody is in."""
    share_lit: float
    trim: float
    """How much lighter or darker than the wall its ledges and frames are; 1 is the same."""
    air: RGB
    clear: float
    """Distance at which half of a colour is lost to the air."""
    height: tuple[int, int]
    """Storeys, at least and at most."""
    roof_height: float = 3.2


class Row:
    """One side of the street, being drawn."""

    def __init__(self, size: Size, camera: Camera, look: Look, rng: Random) -> None:
        many = SUPERSAMPLED
        self.image = Image.new("RGBA", (size[0] * many, size[1] * many), (*look.air, 0))
        self.draw = ImageDraw.Draw(self.image)
        self.camera, self.look, self.rng = camera, look, rng
        self.lights: list[tuple[Point, float, RGB]] = []

    def colour(self, plain: RGB, z: float) -> RGB:
        """A colour as it arrives through the air."""
        return mix(plain, self.look.air, 1 - 0.5 ** (z / self.look.clear))

    def quad(self, places: list[Place], colour: RGB) -> None:
        """A flat piece, coloured by its distance."""
        z = sum(p[2] for p in places) / len(places)
        points = [
            (px * SUPERSAMPLED, py * SUPERSAMPLED) for px, py in map(self.camera.project, places)
        ]
        self.draw.polygon(points, fill=(*self.colour(colour, z), 255))

    def upright(
        self, x: float, z: tuple[float, float], y: tuple[float, float], colour: RGB
    ) -> None:
        """A piece of a wall that runs along the street."""
        self.quad([(x, y[0], z[0]), (x, y[0], z[1]), (x, y[1], z[1]), (x, y[1], z[0])], colour)

    def house(self, x: float, near: float, far: float, inward: float) -> None:
        """One house; `inward` is 1 where the street lies right of its wall, else -1."""
        rng, look = self.rng, self.look
        wall = scaled(rng.choice(look.walls), rng.uniform(0.93, 1.05))
        storeys = rng.randint(*look.height)
        top = storeys * STOREY + 1.2 - EYE
        back = x - inward * 3.0
        ridge = top + look.roof_height * rng.uniform(0.6, 1.2)
        end = mix(wall, look.roof, 0.45)
        self.quad(
            [
                (x, -EYE, near),
                (x, top, near),
                (back, ridge, near),
                (back - inward * 30, ridge, near),
                (back - inward * 30, -EYE, near),
            ],
            end,
        )
        self.quad(
            [(x, top, near), (x, top, far), (back, ridge, far), (back, ridge, near)], look.roof
        )
        for _ in range(rng.randint(1, 3)):
            z = rng.uniform(near + 0.5, far - 1.5)
            for side, shade in ((0.0, 0.9), (-0.7 * inward, 0.75)):
                self.upright(
                    back - side,
                    (z, z + 0.9),
                    (ridge - 0.8, ridge + rng.uniform(0.9, 1.8)),
                    scaled(look.roof, shade),
                )
        self.upright(x, (near, far), (-EYE, top), wall)
        trim = scaled(wall, look.trim)
        self.upright(x, (near, far), (top - 0.45, top), trim)
        bays = max(2, round((far - near) / 2.5))
        step = (far - near) / bays
        for storey in range(storeys):
            floor = storey * STOREY - EYE + 0.5
            if storey and rng.random() < 0.8:
                self.upright(x, (near, far), (floor - 0.18, floor), trim)
            for bay in range(bays):
                self.window(x, near + (bay + 0.5) * step, floor + 0.85, step * 0.42, trim)
        if rng.random() < 0.6:
            for bay in range(bays):
                z = near + (bay + 0.5) * step
                self.upright(
                    x - inward * 0.6,
                    (z - 0.6, z + 0.6),
                    (top + 0.4, top + 1.8),
                    scaled(look.pane, 0.8),
                )

    def window(self, x: float, z: float, y: float, width: float, trim: RGB) -> None:
        """One window, dark or with somebody in."""
        rng, look = self.rng, self.look
        tall = 1.95
        self.upright(x, (z - width * 0.62, z + width * 0.62), (y - 0.12, y + tall + 0.14), trim)
        pane = scaled(look.pane, rng.uniform(0.75, 1.25))
        if rng.random() < look.share_lit:
            pane = scaled(rng.choice(look.lamps), rng.uniform(0.6, 1.0))
            self.lights.append(
                (self.camera.project((x, y + tall / 2, z)), self.camera.length / z, pane)
            )
        self.upright(x, (z - width / 2, z + width / 2), (y, y + tall), pane)
        self.upright(x, (z - 0.03, z + 0.03), (y, y + tall), scaled(pane, 0.7))

    def done(self) -> Image.Image:
        """The finished row, with transparent air around it."""
        return self.image.reduce(SUPERSAMPLED)


def row(
    size: Size,
    camera: Camera,
    look: Look,
    rng: Random,
    x: float,
    depth: tuple[float, float],
    wide: tuple[float, float],
) -> Row:
    """Houses on one side, at `x`, over a range of distances, drawn from far to near."""
    done = Row(size, camera, look, rng)
    near, far = depth
    edges = [near]
    while edges[-1] < far:
        edges.append(edges[-1] + rng.uniform(*wide))
    for front, rear in reversed(list(pairwise(edges))):
        done.house(x, front, rear, 1.0 if x < 0 else -1.0)
    return done
