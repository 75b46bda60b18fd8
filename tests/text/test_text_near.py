"""Telling repeats and near repeats."""

from __future__ import annotations

import random

import pytest
from hypothesis import given

from bot.text import NearIndex, is_near, normalise
from tests.text.samples import texts

PETITION = (
    "Sign the petition to the Home Secretary before Friday: Julian Assange must not be extradited"
)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Sign NOW — it's time!  https://a.com/x", "sign now it s time"),
        ("#FreeAssange @user example.com/x", "freeassange user"),
        ("ＦＵＬＬ　ｗｉｄｔｈ ﬁne Straße", "full width fine strasse"),
        ("Time ⏰ now ☺️", "time ⏰ now ☺"),
        ("自由を、今！", "自由を 今"),
        ("https://a.com/X", "https://a.com/x"),
        ("!!!", "!!!"),
        (" \n", ""),
    ],
)
def test_normalise(text: str, normal: str) -> None:
    """Only what a text says is left of it; a lone link stays, so that two links differ."""
    assert normalise(text) == normal


@given(texts)
def test_normalising_twice_changes_nothing(text: str) -> None:
    """Stored normal forms can be compared with fresh ones."""
    once = normalise(text)
    assert normalise(once) == once


@pytest.mark.parametrize(
    "other",
    [
        PETITION.upper() + "!!! https://example.org/1",
        PETITION.replace("Friday", "Monday"),
        "Please " + PETITION + " #FreeAssangeNOW",
        PETITION.replace("the", "teh"),
    ],
)
def test_near(other: str) -> None:
    """A word changed, added, or misspelt leaves a text nearly the same."""
    assert is_near(PETITION, other)
    assert is_near(other, PETITION)


@pytest.mark.parametrize(
    "other",
    [
        "Write to your embassy today and ask what it does for Julian Assange",
        "Press freedom is for everyone",
        "",
        "Julian Assange",
        "https://example.org/",
    ],
)
def test_not_near(other: str) -> None:
    """Another message of the same campaign is not a repeat."""
    assert not is_near(PETITION, other)


def test_near_in_scripts_without_spaces() -> None:
    """Chinese and Japanese are compared by pairs of letters."""
    said = "今すぐ内務大臣に手紙を書いて、アサンジの引き渡しに反対しよう。"
    assert is_near(said, said.replace("今すぐ", "今日こそ"))
    assert not is_near(said, "報道の自由はすべての人のものだ。木曜日にロンドンで会おう。")


def test_long_texts_are_compared_by_words() -> None:
    """Beyond 300 letters words are compared, beyond 150 words only pairs of words."""
    some = [f"word{n}" for n in range(100)]
    changed = [word if n % 8 else "other" for n, word in enumerate(some)]
    assert is_near(" ".join(some), " ".join(changed))
    long, many = " ".join(some * 3), " ".join(changed * 3)
    assert is_near(long, many)
    assert not is_near(long, " ".join(f"else{n}" for n in range(300)))


def _campaign(count: int) -> list[str]:
    choice = random.Random(1)  # noqa: S311 - a repeatable sample, no secret
    words = ["".join(choice.choices("abcdefghij", k=choice.randint(2, 8))) for _ in range(900)]
    tail = "#FreeAssangeNOW #PressFreedom https://example.org/"
    return [" ".join([*choice.choices(words, k=choice.randint(8, 30)), tail]) for _ in range(count)]


def test_index_finds_what_is_near() -> None:
    """Among many texts with the same tail, each is found again with a word changed."""
    said = _campaign(2000)
    index: NearIndex[int] = NearIndex()
    for key, text in enumerate(said):
        index.add(key, text)
    assert len(index) == 2000
    for key in range(0, 2000, 37):
        words = said[key].split()
        words[3] = "changed"
        changed = " ".join(words)
        hits = index.query(changed)
        assert is_near(changed, said[key])
        assert hits[0][0] == key
        assert 0.5 <= hits[0][1] < 1


def test_index_finds_exact_repeats() -> None:
    """The same words under several keys are all found, the latest first, with similarity 1."""
    index: NearIndex[str] = NearIndex()
    for key in "abc":
        index.add(key, f"{PETITION}{'!' * ord(key)}")
    index.add("other", "Press freedom is for everyone")
    assert index.query(PETITION) == [("c", 1.0), ("b", 1.0), ("a", 1.0)]
    assert index.query(PETITION, limit=2) == [("c", 1.0), ("b", 1.0)]
    assert index.query("Something else entirely") == []
    assert index.query("") == []


def test_index_finds_short_texts_with_a_typo() -> None:
    """Three words, one misspelt, share no pair of words, but are still the same."""
    index: NearIndex[int] = NearIndex()
    index.add(1, "Sign the petition")
    assert [key for key, _ in index.query("Sign teh petition")] == [1]
