"""One page with many cards side by side: every kind, style and size, or a message's own.

It is for the eye: a designer changes a template and looks at all that it does. The page holds
its pictures itself, so that it can be mailed.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import Environment, PackageLoader

from bot import cards
from bot.cards import samples
from bot.model import CARD_SIZES, CardSpec, Look

_ENVIRONMENT = Environment(
    loader=PackageLoader("bot", "contact_sheet"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Print:
    """One card on the sheet: its picture, or why there is none."""

    title: str
    width: int
    height: int
    alt: str
    file: bytes = b""
    suffix: str = ""
    problem: str = ""

    @property
    def address(self) -> str:
        """The picture as a `data:` address."""
        kind = "png" if self.suffix == ".png" else "jpeg"
        return f"data:image/{kind};base64,{base64.b64encode(self.file).decode()}"


@dataclass(frozen=True, slots=True)
class Strip:
    """Cards that stand beside each other."""

    title: str
    prints: tuple[Print, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Strips under one heading: a kind of card, or the scripts."""

    title: str
    strips: tuple[Strip, ...]


def every_kind(look: Look, root: Path, styles: Sequence[str]) -> list[Chapter]:
    """Draw sample words as every kind in every size and style, then in many scripts."""
    kinds = [
        Chapter(
            kind.capitalize(),
            tuple(
                Strip(f"{width}x{height}", tuple(_in_styles(spec, root, styles, width, height)))
                for width, height in CARD_SIZES
            ),
        )
        for kind, spec in samples.of_each_kind(look).items()
    ]
    scripts = tuple(
        Strip(name, tuple(_in_styles(spec, root, styles, *CARD_SIZES[0])))
        for name, spec in samples.in_scripts(look).items()
    )
    return [*kinds, Chapter("Scripts", scripts)]


def gallery(look: Look, root: Path, styles: Sequence[str]) -> list[Chapter]:
    """Draw what the documentation shows: every kind, four sizes, and many scripts."""
    wide = CARD_SIZES[0]
    of_each_kind = samples.of_each_kind(look)
    kinds = tuple(
        Strip(kind, tuple(_in_styles(spec, root, styles, *wide)))
        for kind, spec in of_each_kind.items()
    )
    sizes = tuple(
        Strip(f"{width}x{height}", tuple(_in_styles(spec, root, styles, width, height)))
        for spec in (of_each_kind["event"],)
        for width, height in CARD_SIZES
    )
    scripts = tuple(
        Strip(name, tuple(_in_styles(spec, root, styles, *wide)))
        for name, spec in samples.in_scripts(look).items()
    )
    return [Chapter("Kinds", kinds), Chapter("Sizes", sizes), Chapter("Scripts", scripts)]


def of_spec(title: str, spec: CardSpec, root: Path, styles: Sequence[str]) -> list[Chapter]:
    """Draw one card in every size and in `styles`."""
    strips = tuple(
        Strip(f"{width}x{height}", tuple(_in_styles(spec, root, styles, width, height)))
        for width, height in CARD_SIZES
    )
    return [Chapter(title, strips)]


def page(title: str, chapters: Iterable[Chapter], *, again_every: int | None = None) -> str:
    """Put chapters on one page of HTML.

    With `again_every` (seconds) the page loads itself again: for the one that is watched.
    """
    template = _ENVIRONMENT.get_template("page.html.j2")
    return template.render(title=title, chapters=list(chapters), again_every=again_every)


def folder(place: Path, title: str, chapters: Iterable[Chapter]) -> None:
    """Write chapters as picture files with a README.md that shows them.

    Raises:
        OSError: the folder cannot be written to.
    """
    place.mkdir(parents=True, exist_ok=True)
    lines = [f"# {title}", "", "Made by `make gallery`; changed by no other hand."]
    for chapter in chapters:
        lines += ["", f"## {chapter.title}"]
        for strip in chapter.strips:
            lines += ["", f"### {strip.title.capitalize()}", ""]
            for print_ in strip.prints:
                words = f"{strip.title} {print_.title}".lower().replace(" ", "-")
                name = f"{words}{print_.suffix}"
                (place / name).write_bytes(print_.file)
                alt = " ".join(print_.alt.split()).translate(_NO_MARKUP)
                lines.append(f"![{print_.title}: {alt}]({name})")
    (place / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


_NO_MARKUP = str.maketrans({"[": "(", "]": ")", "\\": "/"})


def _in_styles(
    spec: CardSpec, root: Path, styles: Sequence[str], width: int, height: int
) -> Iterable[Print]:
    for style in styles:
        yield _printed(replace(spec, style=style, width=width, height=height), root)


def _printed(spec: CardSpec, root: Path) -> Print:
    alt = cards.alt_text(spec, 1500)
    try:
        file, name = cards.draw(spec, root), Path(cards.card_name(spec, root))
    except cards.CardError as error:
        return Print(spec.style, spec.width, spec.height, alt, problem=str(error))
    return Print(spec.style, spec.width, spec.height, alt, file, name.suffix)
