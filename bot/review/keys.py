"""Bytes of a terminal -> keys.

A key is its letter, or a name: enter, esc, backspace, up, down, left, right, page-up,
page-down, home, end, interrupt (Ctrl-C), end-of-input (Ctrl-D), clear-line (Ctrl-U), redraw
(Ctrl-L). What was pasted is one key, `paste:` and its text: pasted letters press no keys.
Answers of the terminal, and what we do not know, are no keys.
"""

from __future__ import annotations

import codecs

import regex

PASTE = "paste:"

_CONTROLS = {
    0x03: "interrupt", 0x04: "end-of-input", 0x08: "backspace", 0x0A: "enter", 0x0C: "redraw",
    0x0D: "enter", 0x15: "clear-line", 0x7F: "backspace",
}  # fmt: skip
_SEQUENCES = {
    b"A": "up", b"B": "down", b"C": "right", b"D": "left", b"H": "home", b"F": "end",
    b"1~": "home", b"4~": "end", b"5~": "page-up", b"6~": "page-down", b"7~": "home", b"8~": "end",
}  # fmt: skip
_CSI = regex.compile(rb"\x1b(?:\[|O)([\x30-\x3f]*)[\x20-\x2f]*([\x40-\x7e])")
_CSI_BEGUN = regex.compile(rb"\x1b(?:\[|O)[\x20-\x3f]*")
_STRING = regex.compile(rb"\x1b[P_\]X^].*?(?:\x1b\\|\x07|\x9c)", regex.DOTALL)
_STRING_BEGUN = regex.compile(rb"\x1b[P_\]X^]")
_PASTED = b"\x1b[200~"
_PASTE_ENDS = b"\x1b[201~"
_LONGEST = 65_536
"""Bytes of a paste or an answer; what is longer is dropped."""


class Keys:
    """Collects bytes as they come, and gives the keys in them."""

    def __init__(self) -> None:
        self._bytes = b""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def feed(self, more: bytes) -> list[str]:
        """Take bytes; give the keys that are whole."""
        self._bytes += more
        found: list[str] = []
        while self._bytes:
            if self._bytes[0] == 0x1B:
                if not self._escape(found):
                    break
            else:
                self._plain(found)
        return found

    @property
    def is_begun(self) -> bool:
        """Tell whether a sequence has begun whose end did not come yet."""
        return bool(self._bytes)

    def rest(self) -> list[str]:
        """Take what has begun as it is: nothing more came. A lone escape is the key."""
        alone = self._bytes == b"\x1b"
        if alone or not self._bytes.startswith(_PASTED):
            self._bytes = b""
        return ["esc"] if alone else []

    def _plain(self, found: list[str]) -> None:
        code, self._bytes = self._bytes[0], self._bytes[1:]
        if code < 0x20 or code == 0x7F:
            self._decoder.reset()
            if name := _CONTROLS.get(code):
                found.append(name)
            return
        sign = self._decoder.decode(bytes([code]))
        found.extend(c for c in sign if c.isprintable())

    def _escape(self, found: list[str]) -> bool:
        """Take one sequence; False where its end is not there yet."""
        if self._bytes.startswith(_PASTED):
            text, end, rest = self._bytes[len(_PASTED) :].partition(_PASTE_ENDS)
            if not end and len(text) < _LONGEST:
                return False
            self._bytes = rest
            if end:
                found.append(PASTE + text.decode("utf-8", "replace"))
            return True
        if known := _CSI.match(self._bytes):
            self._bytes = self._bytes[known.end() :]
            plain = not known[1] or known[2] == b"~"
            if plain and (name := _SEQUENCES.get(known[1] + known[2])):
                found.append(name)
            return True
        if known := _STRING.match(self._bytes):
            self._bytes = self._bytes[known.end() :]
            return True
        if len(self._bytes) < _LONGEST and (
            self._bytes == b"\x1b"
            or _CSI_BEGUN.fullmatch(self._bytes)
            or _STRING_BEGUN.match(self._bytes)
        ):
            return False
        self._bytes = self._bytes[2:]  # a letter with Alt, or nothing that we know
        return True
