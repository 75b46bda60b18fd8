"""Whatever the words, the brand, the size and the style: readable, inside, and not on each other.

These are the promises of every template; a designer who breaks one learns it here.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import combinations
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards import colour
from bot.cards.errors import CardError, TooLongError
from bot.cards.layout import lay_out, styles
from bot.cards.layout.fields import main_field
from bot.cards.scene import Box, Logo, Photo, Scene, Shape, Words
from bot.model import Brand, CardKind, CardSpec, Look
from tests.cards.layout.styles import LOGO, LOOK, PHOTO, ROOT, SIZES, ink_box, sized

SHIPPED = tuple(style for style in styles(ROOT))
MARGIN = 0.06
REACH = 0.07
CAIRO = ZoneInfo("Africa/Cairo")

SAMPLES = {
    "en": "We were told the water was safe, then we started to measure it ourselves.",
    "de": "Gewässerverunreinigungen müssen innerhalb eines Tages veröffentlicht werden!",
    "ar": "الصحافة ليست جريمة، ومن حق الناس أن يعرفوا ما يُفعل باسمهم.",
    "he": "עיתונות אינה פשע, ולציבור יש זכות לדעת מה נעשה בשמו.",
    "hi": "पत्रकारिता अपराध नहीं है और जनता को जानने का अधिकार है।",
    "th": "การทำข่าวไม่ใช่อาชญากรรม ประชาชนมีสิทธิที่จะรู้",
    "ja": "ジャーナリズムは犯罪ではない。市民には知る権利がある。",
    "ru": "Журналистика — не преступление.",
    "el": "Η δημοσιογραφία δεν είναι έγκλημα",
    "vi": "Báo chí không phải là tội phạm",
}


def card(kind: CardKind, language: str, words: dict[str, str], look: Look = LOOK) -> CardSpec:
    """Make a card of a kind with all that it can show."""
    main = "1,234,567" if kind is CardKind.STATISTIC else SAMPLES[language]
    given = {main_field(kind): main, **words}
    return CardSpec(
        kind=kind,
        language=language,
        words={name: text for name, text in given.items() if text},
        look=look,
        goal=50_000,
        count=31_416,
        as_of=date(2026, 2, 15),
        starts=datetime(2026, 4, 25, 10, 30, tzinfo=CAIRO),
        ends=datetime(2026, 4, 25, 16, 0, tzinfo=CAIRO),
        places=("Cairo", "São Paulo", "Mexico City", "Wye", "Llanfairpwllgwyngyll")
        if kind is CardKind.EVENT
        else (),
        image=PHOTO if kind in (CardKind.PHOTO, CardKind.QUOTE) else None,
    )


def all_words(language: str) -> dict[str, str]:
    """Words for all fields that a kind may have, in one language."""
    text = SAMPLES[language]
    short = text[:24].strip()
    names = ("kicker", "attribution", "role", "target", "to", "salutation", "credit", "source")
    return {**dict.fromkeys(names, short), "label": text, "body": text}


def check(scene: Scene, look: Look) -> None:
    """Hold a scene to what every card promises."""
    unit = (scene.width * scene.height / (1200 * 675)) ** 0.5
    boxes = [(item.field, ink_box(item)) for item in scene.items if isinstance(item, Words)]
    boxes += [("logo", item.box) for item in scene.items if isinstance(item, Logo)]
    # Small letters of some scripts, Devanagari for one, reach out of their line by so many em.
    sizes = [item.block.size for item in scene.items if isinstance(item, Words)]
    sizes += [0.0] * (len(boxes) - len(sizes))
    for (field, box), size in zip(boxes, sizes, strict=True):
        assert box.x >= MARGIN * scene.width - 1.5 - REACH * size, field
        assert box.x + box.width <= (1 - MARGIN) * scene.width + 1.5 + REACH * size, field
        assert box.y >= MARGIN * scene.height - 1, field
        assert box.y + box.height <= (1 - MARGIN) * scene.height + 1, field
    for (one, first), (other, second) in combinations(boxes, 2):
        assert not overlap(first, second), f"{one} and {other}"
    for item in scene.items:
        if isinstance(item, Words):
            assert item.block.size >= 24 * max(unit, scene.width / 1200) - 1e-6
            if item.on is not None:
                assert colour.contrast(item.colour, item.on) >= 4.5, item.field
                assert item.on == ground_at(scene, ink_box(item)), item.field
        elif isinstance(item, Shape | Photo):
            assert item.box.x >= -0.5
            assert item.box.x + item.box.width <= scene.width + 0.5
            assert item.box.y >= -0.5
            assert item.box.y + item.box.height <= scene.height + 0.5
    fields = {field for field, _ in boxes}
    assert {"name", "hashtag"} <= fields or not look.hashtag


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have more than a pixel in common."""
    return (
        min(one.x + one.width, other.x + other.width) - max(one.x, other.x) > 1
        and min(one.y + one.height, other.y + other.height) - max(one.y, other.y) > 1
    )


def ground_at(scene: Scene, box: Box) -> colour.RGB:
    """The colour of the last rectangle that words stand on."""
    found = scene.ground
    middle = (box.x + box.width / 2, box.y + box.height / 2)
    for item in scene.items:
        if isinstance(item, Shape) and not item.points and holds(item.box, middle):
            found = item.colour
    return found


def holds(box: Box, point: tuple[float, float]) -> bool:
    """Whether a point is in a box."""
    return box.x <= point[0] <= box.x + box.width and box.y <= point[1] <= box.y + box.height


@pytest.mark.parametrize("style", SHIPPED)
@pytest.mark.parametrize("kind", CardKind)
@pytest.mark.parametrize("language", SAMPLES)
def test_every_kind_in_every_size(root: Path, style: str, kind: CardKind, language: str) -> None:
    """All words of a full card have room in every size, in every script."""
    for size in SIZES:
        spec = replace(sized(card(kind, language, all_words(language)), size), style=style)
        check(lay_out(spec, root), spec.look)


@pytest.mark.parametrize("style", SHIPPED)
@pytest.mark.parametrize("kind", CardKind)
def test_little_is_enough(root: Path, style: str, kind: CardKind) -> None:
    """One short word, no logo, no hashtag: still a card."""
    look = Look(Brand("Ash", "#fdf6e3", "#1d3557", "#2a9d8f"))
    for size in SIZES:
        spec = replace(sized(card(kind, "en", {main_field(kind): "No."}, look), size), style=style)
        spec = replace(spec, goal=None, count=None, as_of=None, starts=None, ends=None, places=())
        if kind is CardKind.QUOTE:
            spec = replace(spec, image=None)
        check(lay_out(spec, root), look)


COLOURS = st.one_of(
    st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}"),
    st.sampled_from(("#ffffff", "#000000", "#777777", "#808080", "#ffff00", "#ff0000")),
)


@pytest.mark.parametrize("style", SHIPPED)
@settings(max_examples=40, deadline=None)
@given(st.sampled_from(CardKind), COLOURS, COLOURS, COLOURS, st.booleans())
def test_any_brand_can_be_read(
    root: Path,
    style: str,
    kind: CardKind,
    background: str,
    ink: str,
    accent: str,
    linked: bool,
) -> None:
    """Whatever three colours a campaign has, all words reach 4.5:1 on what is under them."""
    brand = Brand("Friends of the Ash", background, ink, accent, logo=LOGO)
    look = Look(brand, "FreeTheRiver", "example.org/river" if linked else "")
    spec = replace(card(kind, "en", all_words("en"), look), style=style)
    check(lay_out(spec, root), look)


FIELDS = ("kicker", "attribution", "role", "target", "to", "salutation", "credit", "body", "label")


@st.composite
def texts(draw: st.DrawFn, longest: int = 2000) -> tuple[str, str]:
    """Draw a language and a text of up to `longest` characters in it."""
    language = draw(st.sampled_from(sorted(SAMPLES)))
    parts = SAMPLES[language].split(" ")
    length = draw(st.integers(1, longest))
    words = draw(st.lists(st.sampled_from(parts), min_size=1, max_size=40))
    text = " ".join(words * (length // max(1, len(" ".join(words))) + 1))[:length].strip()
    return language, text or parts[0]


@pytest.mark.parametrize("style", SHIPPED)
@settings(max_examples=60, deadline=None)
@given(
    texts(),
    st.sampled_from(CardKind),
    st.sampled_from(SIZES),
    st.dictionaries(st.sampled_from(FIELDS), texts(120), max_size=4),
)
def test_any_length_fits_or_is_told(
    root: Path,
    style: str,
    text: tuple[str, str],
    kind: CardKind,
    size: tuple[int, int],
    more: dict[str, tuple[str, str]],
) -> None:
    """A card, or which words to cut by how much; cut by that much, those have room."""
    language, words = text
    others = {name: other for name, (_, other) in more.items()}
    spec = replace(
        sized(card(kind, language, {**others, main_field(kind): words}), size), style=style
    )
    for _ in range(8):
        try:
            check(lay_out(spec, root), spec.look)
        except TooLongError as error:
            assert error.field in spec.words, error
            now = spec.words[error.field].strip()
            assert error.length == len(now)
            assert 0 < error.cut < error.length
            kept = now[: len(now) - error.cut].strip()
            spec = replace(spec, words={**spec.words, error.field: kept})
        else:
            return
    pytest.fail("still too long after eight cuts")


@pytest.mark.parametrize("style", SHIPPED)
def test_the_number_to_cut_is_true(root: Path, style: str) -> None:
    """Cut by it a headline fits; with a word more it does not."""
    words = "word " * 400
    spec = replace(card(CardKind.ANNOUNCEMENT, "en", {"headline": words.strip()}), style=style)
    with pytest.raises(TooLongError) as error:
        lay_out(spec, root)
    keep = error.value.length - error.value.cut
    assert error.value.field == "headline"
    lay_out(replace(spec, words={"headline": words[:keep]}), root)
    with pytest.raises(TooLongError):
        lay_out(replace(spec, words={"headline": words[: keep + 5]}), root)


@pytest.mark.parametrize("style", SHIPPED)
def test_too_long_names_what_is_long(root: Path, style: str) -> None:
    """The brand's name, the address, the places: each is told by its own name."""
    long = "A name that goes on and on, " * 12
    look = replace(LOOK, brand=replace(LOOK.brand, name=long))
    for spec, field in (
        (card(CardKind.POSTER, "en", {}, look), "brand name"),
        (card(CardKind.QUOTE, "en", {"attribution": "Ann Lee", "role": long}), "role"),
        (replace(card(CardKind.EVENT, "en", {}), places=(long, long)), "place"),
    ):
        with pytest.raises(TooLongError) as error:
            lay_out(replace(spec, style=style), root)
        assert error.value.field == field


def test_missing_words_are_asked_for(root: Path) -> None:
    """A kind without the word that it is about is refused, with what to add."""
    for kind in CardKind:
        spec = replace(card(kind, "en", {}), words={"kicker": "News"})
        with pytest.raises(CardError, match=f"needs its {main_field(kind)}: add"):
            lay_out(spec, root)
    photo = replace(card(CardKind.PHOTO, "en", {}), image=None)
    with pytest.raises(CardError, match="needs its photo"):
        lay_out(photo, root)


def test_letters_that_no_font_has_are_named(root: Path) -> None:
    """Never an empty box: the letter is told with its number."""
    spec = card(CardKind.POSTER, "en", {"headline": "Hello \U00012000 there"})
    with pytest.raises(CardError, match=r"headline: no font has .* \(U\+12000 CUNEIFORM"):
        lay_out(spec, root)


def test_a_laid_out_card_is_always_the_same(root: Path) -> None:
    """Pictures are named by what they depend on, and drawn once."""
    spec = card(CardKind.EVENT, "ar", all_words("ar"))
    assert lay_out(spec, root) == lay_out(spec, root)
