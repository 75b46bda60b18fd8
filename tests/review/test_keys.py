"""Bytes of a terminal become keys: those that a person pressed, and no others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.review.keys import Keys


@pytest.mark.parametrize(
    ("data", "keys"),
    [
        (b"a", ["a"]),
        ("ñ日".encode(), ["ñ", "日"]),
        (b"\x1b[A\x1bOB\x1b[5~\x1b[6~", ["up", "down", "page-up", "page-down"]),
        (b"\r\x7f\x03\x15", ["enter", "backspace", "interrupt", "clear-line"]),
        (b"\x1b[200~a b\nq\x1b[201~n", ["paste:a b\nq", "n"]),
        (b"\x1b[?62;4c\x1b_Gi=4211;OK\x1b\\\x1bP>|foot(1.1)\x1b\\q", ["q"]),  # answers, late
        (b"\x1b[1;5A\x1b[31;1Rn", ["n"]),
        (b"\x1bax", ["x"]),
        (b"\x00\x01\xff\xfe" + b"n", ["\ufffd", "\ufffd", "n"]),
    ],
)
def test_keys(data: bytes, keys: list[str]) -> None:
    """Also byte by byte, as a slow line brings them."""
    assert Keys().feed(data) == keys
    slow = Keys()
    assert [key for byte in data for key in slow.feed(bytes([byte]))] == keys


def test_pasted_letters_press_no_keys() -> None:
    """Somebody who pastes a text into the window accepts nothing by it."""
    keys = Keys().feed(b"\x1b[200~aaaa\rrrrr\x1b[201~")
    assert [key for key in keys if len(key) == 1] == []


def test_a_lone_escape_is_a_key_when_nothing_follows() -> None:
    """It leaves a line that is being typed."""
    keys = Keys()
    assert keys.feed(b"\x1b") == []
    assert keys.is_begun
    assert keys.rest() == ["esc"]
    assert keys.feed(b"a") == ["a"]


@given(
    st.lists(st.binary(max_size=30) | st.sampled_from([b"\x1b", b"\x1b[", b"\x1b]0;", b"\x1bP"]))
)
def test_any_bytes_come_to_an_end(chunks: list[bytes]) -> None:
    """Noise on the line neither hangs nor becomes a named key that it is not."""
    keys = Keys()
    found = [key for chunk in chunks for key in keys.feed(chunk)]
    assert all(key.isprintable() or key.startswith("paste:") for key in found)
