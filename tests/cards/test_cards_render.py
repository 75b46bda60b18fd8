"""The pictures themselves: size, safe area, same bytes, names."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from bot import cards
from bot.model import CardKind, CardSpec, Look
from tests.cards.examples import BRAND, EXAMPLES, LINKED, LOOK, PLAIN, ROOT, card

every_example = pytest.mark.parametrize("spec", EXAMPLES.values(), ids=EXAMPLES)


@every_example
def test_card_is_drawn(spec: CardSpec, root: Path) -> None:
    """Each kind comes out as a small palette PNG of the announced size, under its name."""
    path = cards.render(spec, root)
    assert path == Path("images/cards") / cards.card_name(spec, root)
    assert re.fullmatch(r"[0-9a-f]{32}\.png", path.name)
    with Image.open(root / path) as image:
        assert (image.format, image.mode, image.size) == ("PNG", "P", (1200, 675))
        assert not image.info.keys() & {"exif", "date:create", "Software"}
    assert (root / path).stat().st_size < 300_000


def test_same_spec_gives_the_same_bytes(root: Path) -> None:
    """A card drawn again, also after its file was deleted, is the same byte for byte."""
    spec = EXAMPLES["petition with a link"]
    path = root / cards.render(spec, root)
    first = path.read_bytes()
    assert cards.draw(spec, root) == first
    path.unlink()
    assert root / cards.render(spec, root) == path
    assert path.read_bytes() == first


def test_card_that_is_there_is_not_drawn_again(root: Path) -> None:
    """The name is trusted: a second render leaves the file alone."""
    spec = EXAMPLES["quote"]
    path = root / cards.render(spec, root)
    path.write_bytes(b"drawn before")
    os.utime(path, (0, 0))
    cards.render(spec, root)
    assert path.stat().st_mtime > 1_000_000, "a card in use looks old to the pruning"
    assert path.read_bytes() == b"drawn before"
    assert not list(path.parent.glob(".*")), "a temporary file was left behind"


BASE = card(
    CardKind.PETITION,
    headline="Drop the charges",
    target="Attorney General",
    goal=50000,
    count=1000,
    as_of=date(2022, 2, 15),
)
CHANGES: dict[str, Callable[[CardSpec], CardSpec]] = {
    "word": lambda s: replace(s, words={**s.words, "headline": "Drop all charges"}),
    "new word": lambda s: replace(s, words={**s.words, "kicker": "Today"}),
    "kind": lambda s: replace(s, kind=CardKind.POSTER, words={"headline": "Drop the charges"}),
    "language": lambda s: replace(s, language="es"),
    "count": lambda s: replace(s, count=1001),
    "goal": lambda s: replace(s, goal=50001),
    "date": lambda s: replace(s, as_of=date(2022, 2, 16)),
    "hashtag": lambda s: replace(s, look=replace(LOOK, hashtag="Other")),
    "link": lambda s: replace(s, look=LINKED),
    "brand": lambda s: replace(s, look=Look(PLAIN, LOOK.hashtag)),
    "ink": lambda s: replace(s, look=Look(replace(BRAND, ink="#f7f2e9"), LOOK.hashtag)),
    "no logo": lambda s: replace(s, look=Look(replace(BRAND, logo=None), LOOK.hashtag)),
    "size": lambda s: replace(s, height=630),
    "style": lambda s: replace(s, style="gazette"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_name_changes_with_what_is_shown(
    change: Callable[[CardSpec], CardSpec], root: Path
) -> None:
    """Anything that alters the picture alters its name."""
    assert cards.card_name(change(BASE), root) != cards.card_name(BASE, root)


def test_name_changes_with_the_hour(root: Path) -> None:
    """An event that moves gets another card, also where only the zone differs."""
    spec = EXAMPLES["event at an hour"]
    assert spec.starts is not None
    later = replace(spec, starts=spec.starts + timedelta(hours=1))
    elsewhere = replace(spec, starts=spec.starts.astimezone())
    names = {cards.card_name(each, root) for each in (spec, later, elsewhere)}
    assert len(names) == 3


def test_name_changes_with_an_assets_bytes(root: Path) -> None:
    """A new logo under the old name gives new cards."""
    before = cards.card_name(BASE, root)
    assert BRAND.logo is not None
    with Image.open(root / BRAND.logo) as image:
        turned = image.transpose(Image.Transpose.FLIP_LEFT_RIGHT).rotate(90)
    turned.save(root / BRAND.logo)
    assert cards.card_name(BASE, root) != before


def test_name_changes_with_the_template(root: Path) -> None:
    """A designer's change gives new cards; the root's own style goes before the shipped one."""
    before = cards.card_name(BASE, root)
    (root / cards.TEMPLATES).mkdir(parents=True)
    text = (ROOT / cards.TEMPLATES / "broadside.yaml").read_text(encoding="utf-8")
    (root / cards.TEMPLATES / "broadside.yaml").write_text(f"{text}\n# moved\n", encoding="utf-8")
    assert cards.card_name(BASE, root) != before


def test_name_does_not_depend_on_the_order_of_words(root: Path) -> None:
    """Front matter in another order is the same card."""
    turned = replace(BASE, words=dict(reversed(list(BASE.words.items()))))
    assert cards.card_name(turned, root) == cards.card_name(BASE, root)


def test_photo_becomes_jpeg(root: Path) -> None:
    """A card on a photo is a JPEG, since a palette would band it."""
    photo = Image.radial_gradient("L").resize((1600, 900)).convert("RGB")
    photo.save(root / "images/photo.jpg")
    spec = card(CardKind.PHOTO, headline="Last night", image=Path("images/photo.jpg"))
    path = cards.render(spec, root)
    assert path.suffix == ".jpg"
    with Image.open(root / path) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 675))
        assert image.layer[0][1:3] == (1, 1), "colour is subsampled"  # type: ignore[attr-defined] # JPEG files have it


@pytest.mark.parametrize("size", [(1080, 1080), (1080, 1350), (1200, 630)])
def test_other_sizes_can_be_drawn(size: tuple[int, int], root: Path) -> None:
    """The layout scales to the other sizes that networks show."""
    spec = replace(EXAMPLES["petition with a link"], width=size[0], height=size[1])
    assert cards.check(spec, root) is None
    with Image.open(root / cards.render(spec, root)) as image:
        assert image.size == size


def test_a_card_that_cannot_be_drawn_holds_on_to_nobody_who_asked(root: Path) -> None:
    """What is wrong with it is remembered, and raised each time: a daemon asks for months."""
    spec = card(CardKind.QUOTE, quote="The rents are too high. " * 200, speaker="Ana")
    depths = []
    for _ in range(3):
        with pytest.raises(cards.CardError) as caught:
            cards.card_name(spec, root)
        depths.append(len(caught.traceback))
    assert depths == [depths[0]] * 3
