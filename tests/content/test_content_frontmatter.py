"""Settings and text of a message are never mixed up: a header never goes out as text."""

from __future__ import annotations

import pytest

from tests.content.repo import Repo


def test_a_file_without_front_matter_is_its_text(repo: Repo) -> None:
    """A volunteer's plain text needs nothing else; `#` and `@` need no quotes."""
    repo.message("plain.txt", "#Water for all: says @who\n\n- a\n- b\n")
    message = repo.load().catalog.messages["water/plain"]
    assert message.text == "#Water for all: says @who\n\n- a\n- b"
    assert message.language == "en"


@pytest.mark.parametrize(
    "raw",
    [
        b"---\nlanguage: es\n---\nHola.\n",
        b"\xef\xbb\xbf---\nlanguage: es\n---\nHola.\n",
        b"---\r\nlanguage: es\r\n---\r\nHola.\r\n",
        b"---\rlanguage: es\r---\rHola.\r",
        b"---  \nlanguage: es\n--- \n\n\nHola.  \n\n",
        "---\nlanguage: es\n---\nHola.\n".encode("utf-16"),
    ],
)
def test_marks_and_line_ends_do_not_matter(repo: Repo, raw: bytes) -> None:
    """A byte-order mark or Windows line ends change neither settings nor text."""
    repo.message("new", raw)
    loaded = repo.load()
    assert loaded.problems == ()
    message = loaded.catalog.messages["water/new"]
    assert (message.language, message.text) == ("es", "Hola.")


@pytest.mark.parametrize(
    "raw", [b"---\nlanguage: es\nHola.\n", b"---\n", b"---", b"\xef\xbb\xbf---\nx\n"]
)
def test_front_matter_that_is_not_closed_is_refused(repo: Repo, raw: bytes) -> None:
    """A popular library publishes the header then."""
    repo.message("new", raw)
    [problem] = repo.errors()
    assert problem.startswith("content/water/messages/new.md:1:1: the front matter is not closed")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\n---\nlanguage: es\n---\nHola.\n", 2),
        ("  ---\nlanguage: es\n---\nHola.\n", 1),
        ("----\nlanguage: es\n----\nHola.\n", 1),
        ("—-\nlanguage: es\n—-\nHola.\n", 1),
        ("--\nlanguage: es\n--\nHola.\n", 1),
        ("+++\nlanguage = es\n+++\nHola.\n", 1),
        ("language: es\n---\nHola.\n", 1),
    ],
)
def test_what_looks_like_broken_front_matter_is_refused(repo: Repo, text: str, line: int) -> None:
    """Dashes that a word processor joined, or a fence forgotten, do not publish settings."""
    repo.message("new", text)
    [problem] = repo.errors()
    assert problem.startswith(f"content/water/messages/new.md:{line}:1: ")
    assert "---" in problem


def test_a_setting_in_the_text_is_asked_about(repo: Repo) -> None:
    """A text may begin with a word and a colon, but it is rarely meant."""
    repo.message("new", "link: https://example.org/\n")
    assert repo.problems() == [
        (
            'content/water/messages/new.md:1:1: "link:" is text here; '
            'settings stand between two lines "---"'
        )
    ]
    assert "water/new" in repo.load().catalog.messages


def test_dashes_within_the_text_are_text(repo: Repo) -> None:
    """Only the first two fences are fences."""
    assert repo.one("language: es", "Uno\n---\ndos: tres").text == "Uno\n---\ndos: tres"


def test_empty_front_matter_is_fine(repo: Repo) -> None:
    """Two fences with nothing, or only notes, between them."""
    assert repo.one("").text == "A text."
    assert repo.one("# a note").text == "A text."


@pytest.mark.parametrize(("raw", "line"), [("", 1), ("  \n\n", 1), ("---\nlanguage: es\n---\n", 3)])
def test_a_message_without_text_is_refused(repo: Repo, raw: str, line: int) -> None:
    """Nothing empty goes out."""
    repo.message("new", raw)
    assert repo.errors() == [
        f"content/water/messages/new.md:{line}:1: there is no text; write it below the settings"
    ]


def test_texts_per_network_stand_for_the_text(repo: Repo) -> None:
    """Where every network the message may go to has a text of its own, none is needed."""
    assert repo.one("text: {x: Hi, mastodon: Hello}", "").text == ""
    assert repo.one("text: {x: Hi}\nnetworks: [x]", "").text == ""
    assert repo.one("text: {mastodon: Hello}\naccounts: [masto-en]", "").text == ""
    assert repo.says("text: {x: Hi}", "") == [
        "3:1: there is no text for mastodon; write it below the settings"
    ]


def test_the_line_of_the_text_is_kept(repo: Repo) -> None:
    """Checks that come later can point to it."""
    assert repo.one("language: es", "\n\nHola.").line == 6
    assert repo.load().catalog.messages["water/first"].line == 1


def test_settings_that_are_left_empty_are_told(repo: Repo) -> None:
    """`true_until:` without a date may mean that somebody forgot it."""
    assert repo.says("true_until:\nlink: ''") == [
        "2:1: true_until: is empty, so it counts as not given",
        '3:7: link: "" is not an address',
    ]


def test_places_in_the_front_matter_count_from_the_top_of_the_file(repo: Repo) -> None:
    """The fence is line 1."""
    assert repo.says("language: es\nweight: 3\nweight: 4")[0].startswith("4:1: weight: ")


def test_text_that_is_no_utf8_is_refused(repo: Repo) -> None:
    """Guessing an encoding garbles short texts."""
    repo.message("new", "Caf\xe9\n".encode("latin-1"))
    [problem] = repo.errors()
    assert problem.startswith("content/water/messages/new.md:1:1: this is not UTF-8")


def test_a_bidi_override_is_refused_where_it_stands(repo: Repo) -> None:
    """Text that reads differently from what it says does not go out."""
    assert repo.says("language: en", "One.\nTwo\u202eeerht") == [
        (
            "5:4: this is a right-to-left override (U+202E), which makes text read differently "
            "from what it says; delete it"
        )
    ]
    assert repo.says('alt: "a\u202eb"\nlanguage: en')[0].startswith("2:6: alt: this is a right")


def test_text_is_cleaned_in_settings_as_in_the_body(repo: Repo) -> None:
    """What is invisible and meaningless is dropped everywhere."""
    message = repo.one('variants: ["zero\u200bwidth e\u0301"]', "so\u00adft")
    assert message.text == "soft"
    assert message.variants == ("zerowidth \u00e9",)
