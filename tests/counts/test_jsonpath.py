"""Paths into JSON documents: what is one, and what is taken for a count."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jsonpath import NoSuchValue, count_at, parse_path, whole_number, written

STEPS = st.lists(st.text(max_size=8) | st.integers(0, 999_999), min_size=1, max_size=20)


@given(STEPS)
def test_every_path_can_be_written_and_read_back(steps: list[str | int]) -> None:
    """Whatever an answer's keys are called, there is one way to write where a value is."""
    assert parse_path(written(tuple(steps))) == tuple(steps)


@given(st.text(alphabet='ab0.[]" \\-é', max_size=12))
def test_any_text_is_a_path_or_is_explained(text: str) -> None:
    """Nothing typed ends in anything but a path that writes and reads alike, or a ValueError."""
    try:
        path = parse_path(text)
    except ValueError as error:
        assert "like data.signatures.total" in str(error)
    else:
        assert parse_path(written(path)) == path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("total", ("total",)),
        ("data.signatures.total", ("data", "signatures", "total")),
        ("items[0].count", ("items", 0, "count")),
        ("[2][0]", (2, 0)),
        ('["odd key"].n', ("odd key", "n")),
        ('a["b.c"]', ("a", "b.c")),
        ("firmas.2022-02", ("firmas", "2022-02")),
    ],
)
def test_paths_that_people_write(text: str, path: tuple[str | int, ...]) -> None:
    """Dotted names and indexes."""
    assert parse_path(text) == path


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("", "1 to 20 steps"),
        ("a..b", "at sign 3"),
        (".a", "at sign 1"),
        ("a.", "at its end"),
        ("a[x]", "an index is written [0] at sign 2"),
        ("a[-1]", "at sign 2"),
        ("a b", "parted by dots at sign 2"),
        ("a[0]b", "parted by dots at sign 5"),
        ("$.a[*]", "an index is written [0] at sign 4"),
        ('["a', "at sign 1"),
        ('["\\x"]', "no JSON string at sign 1"),
        (".".join("abcdefghijklmnopqrstu"), "1 to 20 steps"),
    ],
)
def test_what_is_no_path_is_shown_where(text: str, where: str) -> None:
    """With the sign at which it goes wrong."""
    with pytest.raises(ValueError, match=r"like data\.signatures\.total") as error:
        parse_path(text)
    assert where in str(error.value)


@given(st.integers(0, 10**9))
def test_a_count_is_taken_with_and_without_its_commas(number: int) -> None:
    """As a number, as its digits, in threes with commas or blanks: always the same count."""
    for shown in (number, str(number), f"{number:,}", f"{number:,}".replace(",", "\u202f")):
        assert whole_number(shown) == number
        assert count_at({"a": [shown]}, ("a", 0)) == number


@pytest.mark.parametrize(
    "value",
    [
        True, None, 12.0, 1e3, -1, "", "12.345", "1,23", "1,2345", "1,234 567", "12k", "+12", "-1",
        "١٢", "0x10", "1_000", "12 345,", [], {}, "9" * 30,
    ],
)  # fmt: skip
def test_nothing_else_is_a_count(value: Any) -> None:
    """A fraction, a sign, a letter, two kinds of commas: a person had better look at that."""
    assert whole_number(value) is None
    with pytest.raises(NoSuchValue, match=r"^n is .*, not a whole number$"):
        count_at({"n": value}, ("n",))


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("data.total", "there is no data.total"),
        ("data.list[2]", "there is no data.list[2]: that list has 2 items"),
        ("data.list.total", "there is no data.list.total: data.list is a list"),
        ("data[0]", "there is no data[0]: data is a group"),
        ("data.name.x", 'there is no data.name.x: data.name is the text "rents"'),
        ("big", "big is more than 1,000,000,000"),
    ],
)
def test_a_path_that_leads_nowhere_says_how_far_it_went(path: str, says: str) -> None:
    """What is there instead, so that a person can mend the path."""
    document = json.loads('{"data": {"list": [1, 2], "name": "rents"}, "big": 1000000001}')
    with pytest.raises(NoSuchValue) as error:
        count_at(document, parse_path(path))
    assert str(error.value) == says
