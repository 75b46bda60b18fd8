"""Placeholders: only those four words, and nothing else in any text changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.placeholders import NAMES, fill, near_misses, used

VALUES = {"count": "12,345", "goal": "50,000", "missing": "37,655", "count_as_of": "20 May 2022"}
BRACES = st.text(alphabet="{}countgalmisg_ aé", max_size=40)


@given(st.text() | BRACES)
def test_a_text_without_placeholders_does_not_change(text: str) -> None:
    """Whatever people wrote in braces before there were placeholders goes out as it was."""
    if not any(f"{{{name}}}" in text for name in NAMES):
        assert fill(text, VALUES) == text
        assert not used(text)


@given(st.lists(BRACES, min_size=2, max_size=4), st.sampled_from(NAMES))
def test_each_placeholder_is_filled_where_it_stands(parts: list[str], name: str) -> None:
    """And what stands around it stays."""
    plain = [part.replace("{", "").replace("}", "") for part in parts]
    assert fill(f"{{{name}}}".join(plain), VALUES) == VALUES[name].join(plain)
    assert used(f"{{{name}}}".join(plain)) == {name}


@given(st.sampled_from(NAMES))
def test_the_word_itself_can_be_said(name: str) -> None:
    """`{{count}}` is no placeholder, and writes `{count}`."""
    assert fill(f"Write {{{{{name}}}}} for it.", VALUES) == f"Write {{{name}}} for it."
    assert not used(f"{{{{{name}}}}}")


def test_what_has_no_value_stays() -> None:
    """So that a caller sees that it lacks one."""
    assert fill("{count} of {goal}", {"goal": "50"}) == "{count} of 50"


def test_figures_are_not_filled_again() -> None:
    """A figure's own braces, were there any, are text."""
    assert fill("{count}", {"count": "{goal}", "goal": "5"}) == "{goal}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{cuont} of {goal}", [("{cuont}", "count")]),
        ("{Count}", [("{Count}", "count")]),
        ("{ count }", [("{ count }", "count")]),
        ("{count as of}", [("{count as of}", "count_as_of")]),
        ("{mising}", [("{mising}", "missing")]),
        ("{name}, {x}, {}, {1}, {un día de lucha}", []),
        ("{count}, {{goal}}", []),
    ],
)
def test_a_slip_of_the_hand_is_noticed(text: str, found: list[tuple[str, str]]) -> None:
    """What is nearly a placeholder is told; other words in braces are nobody's business."""
    assert list(near_misses(text)) == found
