"""Reasons are said in every language we promise, with the same gaps, and none is forgotten."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.reasons import LANGUAGES, Reason, say, spoken, wordings

PROMISED = ("de", "en", "es", "fr", "it", "pt")
TAGS = sorted(path.stem for path in LANGUAGES.glob("*.yaml"))


def forms(tag: str, code: str) -> dict[str, str]:
    """A sentence's wordings by plural category; one that has but one has it as `other`."""
    found = wordings(tag)[code]
    return {"other": found} if isinstance(found, str) else dict(found)


def gaps(wording: str) -> set[str]:
    """The names of a sentence's gaps."""
    return {name for _, name, _, _ in string.Formatter().parse(wording) if name is not None}


def used() -> Iterator[tuple[str, str, set[str] | None]]:
    """Each reason that the code gives: its place, its code, and the gaps it fills."""
    package = Path(bot.__file__).parent
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and ast.unparse(node.func) == "Reason.of"):
                continue
            place = f"{path.relative_to(package)}:{node.lineno}"
            code = node.args[0]
            names = {keyword.arg for keyword in node.keywords}
            filled = None if None in names else {str(name) for name in names}
            if isinstance(code, ast.Constant):
                yield place, str(code.value), filled
            elif isinstance(code, ast.JoinedStr) and isinstance(code.values[0], ast.Constant):
                begin = str(code.values[0].value)  # a family of phrases: Reason.of(f"column-{…}")
                family = [name for name in wordings("en") if name.startswith(begin)]
                assert family, f"{place}: no sentence begins with {begin}"
                for name in family:
                    yield place, name, filled


def test_the_languages_are_those_promised() -> None:
    """Each language named in the documents has its sentences."""
    assert tuple(TAGS) == PROMISED


@pytest.mark.parametrize("tag", PROMISED)
def test_each_language_says_each_reason_with_its_gaps(tag: str) -> None:
    """A translation can neither lose what fills a gap nor ask for what is not given."""
    assert list(wordings(tag)) == list(wordings("en"))
    for code in wordings("en"):
        for category, wording in forms(tag, code).items():
            assert wording.strip(), (tag, code)
            expected = gaps(forms("en", code)["other"])
            lost = expected - gaps(wording)
            assert lost <= ({"n"} if category == "one" else set()), (tag, code)
            assert gaps(wording) <= expected, (tag, code)
            assert category in {"other", *Locale(tag).plural_form.tags}, (tag, code)
        assert "other" in forms(tag, code), (tag, code)


def test_the_code_gives_only_reasons_that_can_be_said() -> None:
    """A reason without a sentence, or with a gap left open, would fail before a volunteer."""
    for place, code, filled in used():
        assert code in wordings("en"), f"{place}: {code} has no sentence"
        expected = gaps(forms("en", code)["other"])
        assert filled is None or filled == expected, f"{place}: {code} needs {sorted(expected)}"


def test_no_sentence_is_left_that_nobody_says() -> None:
    """Six translations of something that never happens would be six lies to keep."""
    assert set(wordings("en")) - {code for _, code, _ in used()} == set()


def test_a_regional_language_is_answered_in_its_base_and_others_in_english() -> None:
    """Nobody is left without an answer."""
    assert spoken("pt-BR") == spoken("PT_br") == "pt"
    assert spoken("gsw") == spoken("") == spoken("../x") == "en"


@given(words=st.text(), tag=st.sampled_from(PROMISED))
def test_somebodys_words_stay_on_one_line(words: str, tag: str) -> None:
    """What a stranger wrote cannot add lines to an answer, nor tricks for a terminal."""
    said = say(Reason.of("table-unreadable-kind", name=words + "\n\x1b[31m{n}"), tag)
    assert said.isprintable()
    assert len(said) < 1000
