"""A designer's mistakes are told by file, line and column, all at once, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cards.errors import CardError
from bot.cards.layout import TEMPLATES, lay_out, problems, styles, template_digest
from bot.model import CardKind
from tests.cards.layout.styles import add_style, make_root, poster, words, words_of


def write(root: Path, name: str, text: str) -> None:
    """Write a style's file as it stands."""
    (root / TEMPLATES).mkdir(parents=True, exist_ok=True)
    (root / TEMPLATES / f"{name}.yaml").write_text(text, encoding="utf-8")


def told(root: Path, element: str) -> list[str]:
    """What is said about a style whose cards are all made of `element`."""
    add_style(root, "tried", element)
    return [str(problem).removeprefix("images/templates/") for problem in problems(root, "tried")]


@pytest.mark.parametrize("style", ["broadside"])
def test_shipped_styles_are_sound(root: Path, style: str) -> None:
    """What comes with the program has neither mistakes nor anything to look at."""
    assert style in styles(root)
    assert problems(root, style) == ()


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ("{text: headlin, size: 40}", 'there is no field "headlin" - did you mean "headline"?'),
        ('{text: "{headlin}!", size: 40}', 'there is no field "headlin"'),
        ("{text: headline, sise: 40}", 'unknown setting "sise" - did you mean "size"?'),
        ("{text: headline, size: 12}", "12 is too small to be read on a phone"),
        ("{text: headline, size: [28, 36]}", "is not from large to small"),
        ("{text: headline, size: {from: 90, to: 40}}", '"from" (90) is larger than "to" (40)'),
        ("{text: headline, size: {from: 44}}", "needs both ends"),
        ("{text: headline}", '"size" is missing'),
        ("{text: headline, size: 40, ink: acent}", 'did you mean "accent"?'),
        ("{text: headline, size: 40, when: boddy}", 'did you mean "body"?'),
        ("{text: headline, type: main}", "there is no such type"),
        ("{text: headline, size: {wide: 40, talll: 50}}", 'did you mean "tall"?'),
        ("{colum: [{text: headline, size: 40}]}", '"colum" is no element - did you mean "column"?'),
        ("{gap: 3}", "says not what it is"),
        ("{row: [{rule: 2}], column: [{rule: 2}]}", 'is both "column" and "row"'),
        ("{column: {text: headline, size: 40}}", "write each element on a line with a dash"),
        ("{column: [kicker]}", 'there is no part "kicker"'),
        ("{column: [poster_]}", 'the part "poster_" would contain itself'),
        ("{rule: thick}", '"thick" is not a length; write 24, or 6% of the card'),
        ("{row: [{rule: 2}], padding: {left: 3}}", 'has no "left"; write {x: 6%, y: 52}'),
        ("{row: [{rule: 2}], fill: orange}", '"orange" is not known here'),
        ("{row: [{rule: 2}], fill: {mix: [ink], share: 4%}}", "needs two colours and a share"),
        ("{shape: polygon, points: [[0, 0], [1, 1], [0, 1]]}", "is no share of the shape's box"),
        ("{text: item, size: 40}", 'text: "item" and "each:" belong together'),
        ("{photo: portrait}", '"portrait" is not known here; write image or picture'),
        ('{text: "{headline", size: 40}', "there is no field"),
        ('{text: "[{headline}", size: 40}', 'has a "[" without its "]"'),
    ],
)
def test_mistakes_are_explained(tmp_path: Path, element: str, said: str) -> None:
    """Each says what is wrong and what to write, at the place where it stands."""
    found = told(tmp_path, element)
    assert any(said in one for one in found), found
    assert all(one.startswith(("tried.yaml:3:3", "tried.yaml:4:")) for one in found), found


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """Nobody has to mend one to see the next; and a card says the same as a check."""
    write(
        tmp_path,
        "tried",
        "grond: ink\nkinds:\n  poster:\n    column:\n"
        "      - {text: headline, size: 9}\n      - {rule: x}\n  pster: {rule: 2}\n",
    )
    places = [(p.line, p.column) for p in problems(tmp_path, "tried")]
    assert places[:1] == [(1, 1)]
    assert {(5, 32), (6, 16), (7, 3)} <= set(places)
    with pytest.raises(CardError, match=r"broadside|tried") as error:
        lay_out(poster("No.", "tried"), tmp_path)
    assert "tried.yaml:5:32" in str(error.value)


def test_broken_yaml_is_told_in_plain_words(tmp_path: Path) -> None:
    """What is no YAML at all is told like everywhere else."""
    write(tmp_path, "tried", "kinds:\n\tposter: x\n")
    (problem,) = problems(tmp_path, "tried")
    assert "tab" in problem.text


def test_unknown_style_names_those_there_are(tmp_path: Path) -> None:
    """A misspelt style is answered with the one that is meant."""
    with pytest.raises(CardError, match='did you mean "broadside"'):
        lay_out(poster("No.", "brodside"), tmp_path)
    with pytest.raises(CardError, match="there is no style"):
        template_digest(tmp_path, "../broadside")


def test_own_style_comes_before_the_shipped_one(tmp_path: Path) -> None:
    """A file in the root's own folder replaces the shipped one of that name."""
    before = template_digest(tmp_path, "broadside")
    add_style(tmp_path, "broadside", "{text: headline, size: 40}")
    assert template_digest(tmp_path, "broadside") != before
    assert len(lay_out(poster("No.", "broadside"), tmp_path).items) == 1


def test_a_saved_file_is_read_again(tmp_path: Path) -> None:
    """`bot card --watch` shows what was just saved."""
    make_root(tmp_path)
    sizes = []
    for size in (40, 60, 8, 50):
        add_style(tmp_path, "tried", f"{{text: headline, size: {size:02}.0}}")
        if size == 8:
            assert problems(tmp_path, "tried")
            continue
        sizes.append(words(lay_out(poster("No.", "tried"), tmp_path), "headline").block.size)
    assert sizes == [40, 60, 50]


def test_a_style_can_be_based_on_another(tmp_path: Path) -> None:
    """It takes over what it does not replace, and has the look of both in its name."""
    make_root(tmp_path)
    add_style(tmp_path, "base", "{text: headline, type: main}", "type: {main: {size: 40}}")
    write(tmp_path, "mine", "based_on: base\ntype:\n  main: {size: 70}\n")
    assert problems(tmp_path, "mine") == ()
    made = lay_out(poster("No.", "mine"), tmp_path)
    assert words(made, "headline").block.size == 70
    before = template_digest(tmp_path, "mine")
    add_style(tmp_path, "base", "{text: headline, type: main}", "type: {main: {size: 48}}")
    assert template_digest(tmp_path, "mine") != before
    write(tmp_path, "base", "based_on: mine\n")
    (problem,) = problems(tmp_path, "mine")
    assert "based on itself" in problem.text


def test_parts_can_be_set_otherwise_where_they_stand(root: Path) -> None:
    """A part named alone is as it was written; with other settings it has those."""
    add_style(root, "parts", "column: [line, {part: line, size: 60}]\ngap: 10", "")
    path = root / TEMPLATES / "parts.yaml"
    path.write_text(
        path.read_text().replace("parts:\n", "parts:\n  line: {text: headline, size: 30}\n")
    )
    sizes = [item.block.size for item in words_of(lay_out(poster("No.", "parts"), root))]
    assert sizes == [30, 60]


def test_a_part_may_be_another_one_set_otherwise(root: Path) -> None:
    """`{part: line, …}` below `parts:` can itself be set otherwise; going in circles is told."""
    add_style(root, "chain", "column: [{part: large, font: serif}, large]\ngap: 10", "")
    path = root / TEMPLATES / "chain.yaml"
    chain = "parts:\n  line: {text: headline, size: 30}\n  large: {part: line, size: 60}\n"
    text = path.read_text()
    path.write_text(text.replace("parts:\n", chain))
    sizes = [item.block.size for item in words_of(lay_out(poster("No.", "chain"), root))]
    assert sizes == [60, 60]
    path.write_text(text.replace("parts:\n", "parts:\n  large: {part: large, size: 60}\n"))
    assert any("would contain itself" in str(p) for p in problems(root, "chain"))


@pytest.mark.parametrize(
    ("size", "expected"), [((1200, 675), 40), ((1080, 1080), 48), ((1080, 1350), 56)]
)
def test_settings_differ_by_the_shape_of_the_card(
    root: Path, size: tuple[int, int], expected: int
) -> None:
    """Any setting may have a value for wide, square and tall cards."""
    add_style(root, "shapes", "{text: headline, size: {wide: 40, square: 48, other: 56}}")
    made = lay_out(poster("No.", "shapes", width=size[0], height=size[1]), root)
    unit = (size[0] * size[1] / (1200 * 675)) ** 0.5
    assert words(made, "headline").block.size == pytest.approx(expected * unit)


def test_a_kind_without_a_layout_is_a_mistake(tmp_path: Path) -> None:
    """A style that forgets a kind is told so when it is read, not when such a card is due."""
    write(tmp_path, "tried", "kinds:\n  poster: {text: headline, size: 40}\n")
    missing = [p.text for p in problems(tmp_path, "tried")]
    assert len(missing) == len(CardKind) - 1
    assert 'kinds: "quote" is missing' in missing
