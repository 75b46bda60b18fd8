"""The box model: what a template says is where things stand."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.cards.errors import TooLongError
from bot.cards.layout import lay_out
from bot.cards.scene import Box, Logo, Photo, Scene, Shape
from bot.model import CardKind
from tests.cards.layout.styles import LOGO, PHOTO, add_style, ink_box, poster, words, words_of

_DAY = date(2026, 2, 15)


def made(root: Path, element: str, headline: str = "No.", **rest: object) -> Scene:
    """Lay out a wide card that is made of `element`."""
    name = f"s{abs(hash(element))}"
    add_style(root, name, element)
    return lay_out(poster(headline, name, **rest), root)


def shapes(scene: Scene) -> list[Box]:
    """The boxes of a scene's shapes."""
    return [item.box for item in scene.items if isinstance(item, Shape)]


def block(size: str) -> str:
    """A plain block, to see where it lands."""
    return f"{{shape: block, fill: ink, {size}}}"


def test_column_stacks_with_gaps_and_spreads_what_is_left(root: Path) -> None:
    """Elements follow each other; `justify` says where the rest of the height goes."""
    two = f"column: [{block('width: 50, height: 100')}, {block('width: 50, height: 75')}]\ngap: 20"
    for justify, tops in (
        ("start", [0, 120]),
        ("center", [240, 360]),
        ("end", [480, 600]),
        ("between", [0, 600]),
    ):
        found = shapes(made(root, f"{two}\njustify: {justify}"))
        assert [box.y for box in found] == pytest.approx(tops)
        assert [box.height for box in found] == pytest.approx([100, 75])


def test_growing_elements_share_what_is_left(root: Path) -> None:
    """`grow` takes the rest in proportion, in columns and in rows."""
    element = "{x}: [{a}, {b}, {c}]\nalign: stretch"
    for flow, fixed, side, whole in (("column", "height", "y", 675), ("row", "width", "x", 1200)):
        other = "width" if fixed == "height" else "height"
        parts = {
            "x": flow,
            "a": block(f"{fixed}: 75, {other}: 10, grow: 1"),
            "b": block(f"{fixed}: 75, {other}: 10"),
            "c": "{space: 0, grow: 2}",
        }
        first, second = shapes(made(root, element.format(**parts)))
        start = 75 + (whole - 150) / 3
        assert getattr(second, side) == pytest.approx(start)
        assert getattr(first, fixed) == pytest.approx(start)


def test_padding_shares_and_before(root: Path) -> None:
    """Shares are of the card's width or height; `before` replaces a gap."""
    first, second = block("width: 50%, height: 20%"), block("width: 10, height: 10, before: 5")
    element = f"column: [{first}, {second}]\ngap: 40\npadding: {{x: 6%, top: 10%}}"
    large, small = shapes(made(root, element))
    assert (large.x, large.y) == pytest.approx((72, 67.5))
    assert (large.width, large.height) == pytest.approx((600, 135))
    assert small.y == pytest.approx(67.5 + 135 + 5)


def test_row_aligns_across(root: Path) -> None:
    """Elements of a row stand at its top, middle or bottom, or on one baseline."""
    tall = block("width: 10, height: 300")
    for align, top in (("start", 0), ("center", 150 - 5), ("end", 290)):
        element = f"column: [{{row: [{tall}, {block('width: 10, height: 10')}], align: {align}}}]"
        assert shapes(made(root, element))[1].y == pytest.approx(top)
    row = "row: [{text: headline, size: 100}, {text: kicker, size: 30}]\n    align: baseline"
    scene = made(root, f"column:\n  - {row}", kicker="x")
    large, small = words_of(scene)
    assert large.y + large.block.baselines[0] == pytest.approx(small.y + small.block.baselines[0])


def test_text_boxes_end_at_capitals_and_baseline(root: Path) -> None:
    """So gaps look alike whether letters have tails or not."""
    element = f"column: [{{text: headline, size: 40}}, {block('width: 10, height: 10')}]\ngap: 30"
    tops = {shapes(made(root, element, text))[0].y for text in ("Haus", "gypsy", "HAUS", "Ågypt")}
    assert max(tops) - min(tops) <= 2
    scene = made(root, element, "Haus")
    item = words(scene, "headline")
    assert item.y + item.block.baselines[0] + 30 == pytest.approx(shapes(scene)[0].y)
    cap = item.block.lines[0].cap_height * item.block.size
    assert item.y + item.block.baselines[0] == pytest.approx(cap, abs=1)


def test_ink_starts_on_the_edge(root: Path) -> None:
    """A large letter's side bearing does not push it off the line that small ones start on."""
    element = (
        "column: [{text: headline, font: display, size: 300}, {text: kicker, size: 24}]\n"
        "padding: {x: 100}"
    )
    item = words(made(root, element, "H", kicker="H"), "headline")
    glyph = item.block.lines[0].runs[0].glyphs[0]
    assert item.lefts[0] + glyph.x < 100 - 5


def test_growing_text_takes_what_is_left(root: Path) -> None:
    """It is as large as its room allows, and no larger than its template."""
    below = block("width: 9, height: HIGH")
    element = f"column: [{{text: headline, size: {{from: 30, to: TOP}}}}, {below}]"
    large = words(made(root, element.replace("TOP", "90").replace("HIGH", "20")), "headline")
    assert large.block.size == 90
    low = words(
        made(root, element.replace("TOP", "300").replace("HIGH", "600"), "Higher"), "headline"
    )
    assert 30 <= low.block.size < 100
    assert ink_box(low).height <= 76


def test_steps_go_down_together_only_as_far_as_needed(root: Path) -> None:
    """First sizes where there is room; smaller ones, and smaller gaps, where there is not."""
    element = (
        "column: [{text: kicker, size: [60, 40, 24]}, {text: headline, size: {from: 50, to: 90}}]\n"
        "gap: [100, 40, 10]"
    )
    sizes, gaps = [], []
    for count in (4, 80, 98):
        scene = made(root, element, "word " * count, kicker="Kicker")
        first, second = words(scene, "kicker"), words(scene, "headline")
        sizes.append(first.block.size)
        gaps.append(ink_box(second).y - ink_box(first).y - ink_box(first).height)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == 60
    assert sizes[-1] < 60
    assert gaps[0] > gaps[-1]


def test_first_that_fits_is_taken(root: Path) -> None:
    """Alternatives are tried in their order; one whose words are missing is passed over."""
    element = (
        'column:\n  - first_of:\n      - {text: "{kicker} {headline}", size: 30}\n'
        "      - {row: [{text: headline, size: [90, 80]}, {text: headline, size: [90, 80]}]}\n"
        "      - {text: headline, size: 50, lines: 2}"
    )
    assert [w.block.size for w in words_of(made(root, element, "Yes"))] == [90, 90]
    assert [w.block.size for w in words_of(made(root, element, "Yes " * 12))] == [50]
    scene = made(root, element, "Yes", kicker="Here")
    assert [w.block.size for w in words_of(scene)] == [30]


def test_row_keeps_one_size_for_its_texts(root: Path) -> None:
    """Where one text needs a smaller size, the others of its row follow."""
    row = "{row: [{text: kicker, size: [40, 30]}, {space: grow}, {text: headline, size: [40, 30]}]}"
    scene = made(root, f"column: [{row}]", "Y" * 42, kicker="Short")
    assert [w.block.size for w in words_of(scene)] == [30, 30]
    with pytest.raises(TooLongError) as error:
        made(root, f"column: [{row}]", "Y" * 80, kicker="Short")
    assert error.value.field == "headline"


def test_conditions(root: Path) -> None:
    """`when`, `unless` and `only` say what is there; an empty box leaves no gap."""
    element = (
        "column:\n  - {text: headline, size: 30, when: [kicker, body]}\n"
        "  - {column: [{text: role, size: 30}], fill: ink, padding: 30}\n"
        "  - {text: headline, size: 40, unless: kicker}\n"
        "  - {text: headline, size: 50, only: [square, tall]}\n"
        "  - {text: headline, size: 60, only: wide}\ngap: 20"
    )
    assert [w.block.size for w in words_of(made(root, element))] == [40, 60]
    assert [w.block.size for w in words_of(made(root, element, kicker="a"))] == [60]
    assert [w.block.size for w in words_of(made(root, element, kicker="a", body="b"))] == [30, 60]
    square = made(root, element, width=1080, height=1080)
    assert [round(w.block.size / 1.2) for w in words_of(square)] == [40, 50]


def test_rules_do_not_stand_alone(root: Path) -> None:
    """A box whose words are all missing is not there, with its rules, shapes and spaces."""
    element = (
        "column:\n  - {text: headline, size: 30}\n"
        "  - row: [{rule: 8}, {space: 4}, {column: [{text: role, size: 30}, "
        "{text: body, size: 30}]}]"
    )
    assert len(made(root, element).items) == 1
    assert len(made(root, element, body="Here").items) == 3


def test_one_text_for_each_place(root: Path) -> None:
    """Several cities stand in columns; fewer columns where they are long."""
    element = "column: [{text: item, each: places, size: 30, columns: 3}]\npadding: {x: 6%}"
    short = tuple("ABCDEF")
    found = words_of(made(root, element, places=short, kind=CardKind.EVENT))
    assert len({round(w.lefts[0] / 60) for w in found}) == 3
    assert len({round(w.y + w.block.baselines[0]) for w in found}) == 2
    long = tuple(f"{letter} city with a very, very long name" for letter in "ABCDEF")
    found = words_of(made(root, element, places=long, kind=CardKind.EVENT))
    assert [w.block.lines[0].text[0] for w in found] == list(short)
    assert len({w.y for w in found}) > 2


def test_pictures(root: Path) -> None:
    """A logo keeps its shape, on a plate where it has the photo's colour; a photo its focus."""
    element = (
        "layers: [{photo: image, scrim: even}, "
        "{column: [{logo: 80}, {text: headline, size: 40}], padding: 60}]"
    )
    scene = made(root, element, kind=CardKind.PHOTO, image=PHOTO, focus=(0.2, 0.4))
    photo, plate, logo, item = scene.items
    assert isinstance(photo, Photo)
    assert photo.box == Box(0, 0, 1200, 675)
    assert photo.focus == (0.2, 0.4)
    assert isinstance(logo, Logo)
    assert logo.path == LOGO
    assert isinstance(plate, Shape)
    assert (plate.box.width, plate.box.height) == pytest.approx((80, 80))
    assert logo.box.width == logo.box.height < 80
    assert item == words(scene, "headline")
    assert words(scene, "headline").on is None


def test_stripes_stay_in_their_box(root: Path) -> None:
    """Slanted bands are cut off at the sides, and share one colour."""
    scene = made(
        root,
        "column: [{shape: stripes, height: 60, slant: 50, thickness: 20, gap: 20}]\npadding: 100",
    )
    bands = [item for item in scene.items if isinstance(item, Shape)]
    assert len(bands) > 10
    assert len({band.colour for band in bands}) == 1
    corners = [point for band in bands for point in band.points]
    assert all(99.9 <= x <= 1100.1 and 99.9 <= y <= 160.1 for x, y in corners)


def test_right_to_left_mirrors_the_whole_card(root: Path) -> None:
    """Rows, bars, stripes, polygons and aligned words: all change sides, nothing else."""
    element = (
        "column:\n  - {row: [{logo: 60}, {space: 80}, {shape: block, width: 90, height: 20}]}\n"
        "  - {text: headline, size: 80, align: start}\n"
        "  - {shape: polygon, height: 50, width: 30%, points: [[0%, 0%], [9%, 0%], [2%, 100%]]}\n"
        "  - {bar: share}\n"
        "padding: {start: 50, end: 200, y: 60}"
    )
    rest = {"kind": CardKind.PETITION, "goal": 10, "count": 4}
    ltr, rtl = (
        made(root, element, "2026", language=language, as_of=_DAY, **rest)
        for language in ("en", "he")
    )
    assert len(ltr.items) == len(rtl.items) == 6
    for one, other in zip(ltr.items, rtl.items, strict=True):
        if isinstance(one, Shape) and isinstance(other, Shape):
            assert other.box.x == pytest.approx(1200 - one.box.x - one.box.width)
            assert other.colour == one.colour
            mirrored = [1200 - x for x, _ in one.points]
            assert [x for x, _ in other.points] == pytest.approx(mirrored)
        elif isinstance(one, Logo) and isinstance(other, Logo):
            assert other.box.x == pytest.approx(1200 - one.box.x - one.box.width)
    first, second = ink_box(words(ltr, "headline")), ink_box(words(rtl, "headline"))
    assert first.x == pytest.approx(50, abs=8)
    assert second.x + second.width == pytest.approx(1150, abs=8)
