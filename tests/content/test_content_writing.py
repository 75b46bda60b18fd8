"""What the bot writes into messages' files reads back as it was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import frontmatter
from bot.content.messages import SETTINGS
from bot.content.writing import message_file, with_settings
from bot.text import TextError, clean
from bot.yamlfile import yamlmap

_LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)
_TEXTS = st.one_of(
    _LINES,
    st.sampled_from(
        ["10:30", "no", "null", "~", "# not a comment", "a: b", "- x", "[x]", '"', "\\", "&a", "*a"]
    ),
)


def _head(text: str) -> object:
    parts = frontmatter.split(text, SETTINGS)
    document = yamlmap.read(parts.head or "", first_line=2)
    assert not document.faults, document.faults
    return document.value


@given(st.dictionaries(st.sampled_from(["source", "link", "alt"]), _TEXTS, min_size=1), _LINES)
def test_settings_read_back_as_they_were_written(head: dict[str, str], body: str) -> None:
    """No text is taken for a number, a list, a comment or YAML of its own."""
    written = message_file(head, body)
    assert _head(written) == {name: value.replace("\r", "") for name, value in head.items()}


@given(st.lists(_TEXTS, min_size=1, max_size=4))
def test_lists_and_maps_read_back(items: list[str]) -> None:
    """Lists, and the words of a card, keep their items apart."""
    written = message_file({"variants": items, "card": {"kind": "quote", "quote": items[0]}}, "x")
    assert _head(written) == {"variants": items, "card": {"kind": "quote", "quote": items[0]}}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n-:")))
def test_a_text_is_never_read_as_front_matter(body: str) -> None:
    """Dashes or a setting's name at a text's beginning stay text."""
    try:
        body = clean(body).strip(" \t\n")
    except TextError:
        return  # refused before it is ever written
    parts = frontmatter.split(message_file({}, body), SETTINGS)
    assert parts.body.strip(" \t\n") == body


def test_comments_are_for_people() -> None:
    """Where a text is from stands above the settings, and is none of them."""
    written = message_file({"language": "es"}, "Hola.", ["from page.txt:12\nand 14"])
    assert written == "---\n# from page.txt:12\n# and 14\nlanguage: es\n---\nHola.\n"
    assert _head(written) == {"language": "es"}


@pytest.mark.parametrize(
    "text",
    [
        "Hola.\n",
        "---\nlanguage: es\n---\nHola.\n",
        '---\n# note\nat: "2022-01-01 10:00"\nlanguage: es\n---\nHola.\n',
        "---\nat:\n  2022-01-01\n   10:00\nlanguage: es\n---\nHola.\n",
    ],
)
def test_a_setting_is_put_in_and_the_rest_stays(text: str) -> None:
    """A reviewer's word is added to the file without touching what the volunteer wrote."""
    changed = with_settings(text, {"at": "2022-02-25 10:00"})
    parts = frontmatter.split(changed, SETTINGS)
    before = frontmatter.split(text, SETTINGS)
    assert parts.body.strip() == "Hola."
    settings = _head(changed)
    assert isinstance(settings, dict)
    assert settings.pop("at") == "2022-02-25 10:00"
    assert settings == ({"language": "es"} if before.head else {})
    assert ("# note" in changed) == ("# note" in text)
