"""The strict YAML reader: what it takes, what it refuses, and where it says it stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.yamlfile.yamlmap import MAX_DEPTH, Place, read


def faults(text: str) -> list[tuple[int, int, str]]:
    """Read YAML; its faults by line and column."""
    return [(f.line, f.column, f.text) for f in read(text).faults]


def test_scalars_stay_what_was_typed() -> None:
    """YAML 1.1 reads 9:30 as 570, `no` as False and 1.50 as 1.5: we never do."""
    words = [
        "9:30",
        "09:00",
        "no",
        "yes",
        "on",
        "1.50",
        "007",
        "0x1F",
        "2022-02-15",
        "1_000",
        "true",
    ]
    assert read("\n".join(f"- {word}" for word in words)).value == words


@pytest.mark.parametrize("empty", ["", "~", "null", "Null", "NULL"])
def test_null_is_nothing(empty: str) -> None:
    """What YAML 1.2 calls null is no text."""
    assert read(f"a: {empty}\nb: c").value == {"a": None, "b": "c"}


def test_quoted_null_is_a_text() -> None:
    """Quotes make a text of anything."""
    assert read("a: 'null'\nb: \"~\"\nc: ''").value == {"a": "null", "b": "~", "c": ""}


def test_every_value_has_its_place() -> None:
    """Keys and values are found again by line and column, counted in letters from 1."""
    document = read("é:\n  - ü\n  - bb: 'c'\n", first_line=5)
    assert document.places == {
        (): Place(5, 1, 5, 1),
        ("é",): Place(6, 3, 5, 1),
        ("é", 0): Place(6, 5, 6, 5),
        ("é", 1): Place(7, 5, 7, 5),
        ("é", 1, "bb"): Place(7, 9, 7, 5),
    }


def test_the_nearest_place_of_what_is_not_there() -> None:
    """A missing setting is told where its group begins."""
    assert read("a:\n  b: c\n").place(("a", "nowhere", 3)) == Place(2, 3, 1, 1)


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a: 1\nb: 2\na: 3", 3, 1, '"a" is given twice (first on line 1)'),
        ("a:\n  b: 1\n  b: {c: 1}", 3, 3, '"b" is given twice (first on line 2)'),
        ("a: &x b", 1, 4, "cannot refer to each other"),
        ("a: *x", 1, 4, "cannot refer to each other"),
        ("a: &x {b: c}", 1, 4, "cannot refer to each other"),
        ("a: !!python/object/apply:os.system [x]", 1, 4, 'cannot begin with "!"'),
        ("a: !x b", 1, 4, 'cannot begin with "!"'),
        ("a: b\n---\nc: d", 2, 1, 'a second "---"'),
        ("? [a]\n: b", 1, 3, "the name of a setting is a plain word"),
        ("{a: b}: c", 1, 1, "the name of a setting is a plain word"),
        ("'': b", 1, 1, "there is no name"),
    ],
)
def test_what_yaml_allows_and_we_do_not(text: str, line: int, column: int, words: str) -> None:
    """Aliases, tags, equal keys and the like are refused, where they stand."""
    assert [(at, col) for at, col, told in faults(text) if words in told] == [(line, column)]


def test_of_two_equal_keys_the_first_counts_and_both_are_checked() -> None:
    """The last one never wins in silence, and its own faults are told, too."""
    document = read("a: {x: 1}\na: {y: 1, y: 2}\n")
    assert document.value == {"a": {"x": "1"}}
    assert [(f.line, f.column) for f in document.faults] == [(2, 1), (2, 11)]
    assert document.place(("a",)) == Place(1, 4, 1, 1)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("title: Save #Assange now", 13),
        ("hashtags: #foo", 11),
        ("colour: #14213d", 9),
        ("- #foo", 3),
        ("a: b\t#c", 6),
    ],
)
def test_a_hashtag_that_yaml_takes_for_a_comment(text: str, column: int) -> None:
    """A text is never cut off in silence at its first hashtag."""
    [(line, at, told)] = faults(text)
    assert (line, at) == (1, column)
    assert "put the text in quotes" in told


@pytest.mark.parametrize(
    "text", ["a: b # a note", "a: # a note\n  b: c", "a: 'b' #c", "# note\na: b", "a: |\n  b #c\n"]
)
def test_comments_are_fine(text: str) -> None:
    """A note behind a setting, with its blank, is what comments are for."""
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a:\n\tb: c", 2, 1, "a tab indents this line"),
        ("a:b\nc: d", 1, 2, 'a space is missing after the colon: "a: b"'),
        ("x: 1\nlink:https://a.b\ny: 2", 2, 5, "a space is missing after the colon"),
        ("a: Sign: now", 1, 8, 'a text with ": " in it needs quotes'),
        ("a: @foo", 1, 4, 'a text cannot begin with "@"; put it in quotes: "@foo"'),
        ("a: `x`", 1, 4, 'a text cannot begin with "`"'),
        ("a: %x", 1, 4, 'a text cannot begin with "%"'),
        ("a: {name} sign", 1, 11, 'a text that begins with "{" needs quotes'),
        ("a: [Sign] now", 1, 11, 'a text that begins with "[" needs quotes'),
        ("a: [b, c\nd: e", 1, 4, 'this "[" is never closed'),
        ("a: {b: c\nd: e", 1, 4, 'this "{" is never closed'),
        ("tags: [#foo]\nb: c", 1, 8, 'put hashtags in quotes: "#foo"'),
        ("tags: [a, #foo]", 1, 11, 'put hashtags in quotes: "#foo"'),
        ('a: ["b" "c"]', 1, 9, 'a comma or "]" is missing'),
        ("a: 'don't'", 1, 9, "the text goes on after its closing quote"),
        ('a: "open\nb: c\n', 1, 4, 'this quote " is never closed'),
        ('a: "C:\\path"', 1, 7, "a backslash"),
        ("a: - b", 1, 4, "a list with dashes begins on the line below"),
        ("a: 1\nb", 2, 1, "with a colon"),
        ("a: 1\n  b: 2", 2, 4, "indented too far"),
        ("a:\n    b: 1\n  c: 2", 3, 3, "begin in the same column"),
        ("a: \x07", 1, 4, "U+0007"),
    ],
)
def test_usual_mistakes_are_explained_where_they_were_made(
    text: str, line: int, column: int, words: str
) -> None:
    """Not where the parser gave up, and in words that say what to do."""
    document = read(text)
    assert document.broken
    [fault] = document.faults
    assert (fault.line, fault.column) == (line, column)
    assert words in fault.text


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused_at_its_depth(opening: str) -> None:
    """3 kB of brackets were a RecursionError in the usual loaders."""
    document = read(opening * 20_000)
    assert document.broken
    assert [f.text for f in document.faults] == [f"more than {MAX_DEPTH} levels inside each other"]


def test_an_alias_bomb_stays_small() -> None:
    """1.5 KB of aliases of aliases would expand to hundreds of megabytes."""
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))
    document = read("l0: &l0 [x]\n" + levels)
    assert len(document.faults) == 12 + 11 * 9
    assert len(document.places) < 200


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text makes the reader raise, and a refusal always has a place within the text."""
    document = read(text)
    lines = len(text.splitlines()) + 2
    assert all(1 <= f.line <= lines and f.column >= 1 for f in document.faults)
    if document.broken:
        assert document.faults


@given(st.text(alphabet=" \n\t:-#'\"[]{}&*!|>%@`,?ab", max_size=120))
def test_any_mixture_of_signs_is_read_or_refused(text: str) -> None:
    """The signs that mean something in YAML, in all orders."""
    document = read(text)
    assert all(f.line >= 1 and f.column >= 1 for f in document.faults)


words = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20)


@given(st.dictionaries(words.filter(bool), words, max_size=5))
def test_quoted_texts_come_back_as_they_were(settings: dict[str, str]) -> None:
    """Whatever stands in single quotes is read back letter by letter."""

    def quote(word: str) -> str:
        return "'" + word.replace("'", "''") + "'"

    # YAML itself folds these line breaks, and refuses these signs.
    odd = "\x85\u2028\u2029\ufeff\ufffe\uffff"
    if any(c in odd for k, v in settings.items() for c in k + v):
        return
    text = "\n".join(f"{quote(k)}: {quote(v)}" for k, v in settings.items())
    document = read(text)
    assert document.value == (settings or None)
