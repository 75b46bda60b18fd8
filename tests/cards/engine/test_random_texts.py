"""A thousand random texts in ten scripts: a whole card, or a refusal that says how much to cut.

Every character of it is drawn, within the margins, and no words lie on other ones. Seeds are
fixed; a fault's message has all that is needed to see it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from itertools import product
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from bot import cards
from bot.cards import layout
from bot.cards.errors import CardError, TooLongError
from bot.cards.layout.fields import main_field, with_words, words_of
from bot.cards.scene import Scene, Words
from bot.cards.typesetting import fonts
from bot.cards.typesetting.clean import settled
from bot.model import Brand, CardKind, CardSpec, Look
from tests.cards.engine import held
from tests.cards.engine.scripts import SCRIPTS, Script, text
from tests.cards.layout.styles import LOGO, PHOTO, SIZES, make_root

EACH = 100
"""Texts in each script."""
DRAWN = 6
"""Of these, how many cards are drawn."""
LONGEST = 2000
MORE = {
    CardKind.QUOTE: ("attribution", "role", "kicker"),
    CardKind.PETITION: ("target", "kicker"),
    CardKind.EVENT: ("place", "kicker"),
    CardKind.STATISTIC: ("label", "source", "kicker"),
    CardKind.LETTER: ("to", "salutation", "body", "kicker"),
    CardKind.ANNOUNCEMENT: ("body", "kicker"),
    CardKind.PHOTO: ("body", "credit", "kicker"),
    CardKind.POSTER: ("body", "kicker"),
}
"""Words that a kind may have beside its main ones."""
WHOLE = ("headline", "quote", "figure", "body", "label", "kicker")
"""Fields that a card shows as they are written."""
STYLES = ("broadside", "gazette", "placard")
ZONED = datetime(2026, 4, 25, 10, 30, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a root with a logo and a photo."""
    return make_root(tmp_path_factory.mktemp("root"))


def specs(name: str) -> Iterator[tuple[int, CardSpec]]:
    """Make cards of random kinds and looks, with random words in a script."""
    for seed in range(EACH):
        yield seed, _spec(Random(f"{name} {seed}"), SCRIPTS[name])  # noqa: S311 # no secret


def _spec(random: Random, script: Script) -> CardSpec:
    kind = random.choice(list(CardKind))
    # Most are as long as people write, up to 200 characters; some are not.
    length = min(LONGEST, int(10 ** (3.4 * random.random() ** 1.3)))
    words = {main_field(kind): text(random, script, length, random.choice((0.0, 0.1, 0.5)))}
    for field in MORE[kind]:
        if random.random() < 0.4:
            words[field] = text(random, script, random.randint(1, 30), 0.02)
    if "attribution" not in words:
        words.pop("role", None)
    width, height = random.choice(SIZES)
    pictured = kind is CardKind.PHOTO or (kind is CardKind.QUOTE and random.random() < 0.5)
    return CardSpec(
        kind=kind,
        language=script.language,
        words=words,
        look=_look(random, script),
        goal=random.choice((None, 50_000)),
        count=random.choice((None, 31_416, 60_000)),
        as_of=date(2026, 2, 15),
        starts=ZONED if kind is CardKind.EVENT and random.random() < 0.7 else None,
        places=random.choice(((), ("Cairo", "São Paulo"))) if kind is CardKind.EVENT else (),
        width=width,
        height=height,
        style=random.choice(STYLES),
        image=PHOTO if pictured else None,
    )


def _look(random: Random, script: Script) -> Look:
    background, ink, accent = (f"#{random.randrange(1 << 24):06x}" for _ in range(3))
    own = text(random, script, random.randint(1, 24), 0.0).strip()
    name = random.choice(("Ash", "Friends of the Ash", own))
    brand = Brand(name, background, ink, accent, logo=random.choice((None, LOGO)))
    link = random.choice(("", "", "https://www.example.org/river"))
    return Look(brand, random.choice(("", "FreeTheRiver")), link)


def laid_out(spec: CardSpec, root: Path) -> tuple[CardSpec, Scene]:
    """Lay a card out, cutting what it says is too long, field by field, by as much as it says."""
    cut: set[str] = set()
    while True:
        try:
            return spec, layout.lay_out(spec, root)
        except TooLongError as error:
            words = words_of(spec, error.field)
            assert error.length == len(words)
            assert 0 < error.cut <= error.length
            assert error.field not in cut, f"cut as it was told, yet: {error}"
            cut.add(error.field)
            spec = with_words(spec, error.field, words[: len(words) - error.cut])


@pytest.mark.parametrize("script", SCRIPTS)
def test_nothing_is_missing_and_nothing_sticks_out(script: str, root: Path) -> None:
    """Each text is on its card in full, or told to be cut by so much; cut, it is a card."""
    library = fonts.library(fonts.folder_of(root))
    faults = []
    for seed, spec in specs(script):
        if not settled(spec.words[main_field(spec.kind)]):
            with pytest.raises(CardError, match="needs its"):
                layout.lay_out(spec, root)
            continue
        try:
            shown, scene = laid_out(spec, root)
            held.complete(scene, library)
            held.placed(scene, library)
            for field in shown.words.keys() & set(WHOLE):
                held.worded(scene, field, shown.words[field], shown.language)
        except Exception as error:  # noqa: BLE001 # each kind of it is a fault of the engine
            faults.append(f"{seed}: {spec.style} {spec.kind}: {error!r}: {spec}")
    assert not faults, f"{len(faults)} of {EACH} in {script}:\n" + "\n".join(faults)


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_sentence_is_never_too_long(script: str, root: Path) -> None:
    """Sixty characters of real words have room on every card, beside all that it shows itself."""
    words = SCRIPTS[script]
    random = Random(script)  # noqa: S311 # no secret
    sentence = (" " if words.spaced else "").join(random.choices(words.real, k=20))[:60]
    look = Look(Brand("Friends of the Ash", logo=LOGO), "FreeTheRiver", "example.org/river")
    refused = []
    for kind, style, (width, height) in product(CardKind, STYLES, SIZES):
        spec = CardSpec(
            kind,
            words.language,
            {main_field(kind): sentence},
            look,
            goal=50_000,
            count=60_000,
            as_of=date(2026, 2, 15),
            starts=ZONED if kind is CardKind.EVENT else None,
            width=width,
            height=height,
            style=style,
            image=PHOTO if kind is CardKind.PHOTO else None,
        )
        if problem := cards.check(spec, root):
            refused.append(f"{style} {kind} {width}x{height}: {problem}")
    assert not refused, "\n".join(refused)


@pytest.mark.parametrize("script", SCRIPTS)
def test_they_are_drawn(script: str, root: Path) -> None:
    """Some of them to the last pixel: a picture of the card's size, with ink at all its words."""
    for seed, spec in list(specs(script))[:: EACH // DRAWN][:DRAWN]:
        shown, scene = laid_out(spec, root)
        with Image.open(BytesIO(cards.draw(shown, root))) as picture:
            image = picture.convert("RGB")
        assert image.size == (spec.width, spec.height)
        for item in scene.items:
            if isinstance(item, Words):
                right, bottom = max(item.lefts) + item.block.width, item.y + item.block.height
                part = image.crop((min(item.lefts), item.y, right, bottom)).convert("L")
                shades = [shade for shade, count in enumerate(part.histogram()) if count]
                assert shades[-1] - shades[0] > 40, f"{script} {seed}: no {item.field}: {spec}"
