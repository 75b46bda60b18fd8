"""A picture -> what makes a terminal show it, in one of three protocols.

    kitty   https://sw.kovidgoyal.net/kitty/graphics-protocol/   kitty, Ghostty, Konsole, WezTerm
    iterm   https://iterm2.com/documentation-images.html         iTerm2, WezTerm, mintty
    sixel   DEC's, VT340                                         foot, xterm, mlterm
    none    a path to open

A terminal that does not know them would show letters in their stead. So it is asked first:
`QUESTION` is answered by all terminals in use today, and `answered` reads the answer.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from enum import StrEnum
from io import BytesIO

import regex
from PIL import Image

from bot.settings import TerminalKind


class Protocol(StrEnum):
    """How pictures reach the screen."""

    NONE = "none"
    KITTY = "kitty"
    ITERM = "iterm"
    SIXEL = "sixel"


ASK_KITTY = "\x1b_Gi=4211,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
QUESTION = "\x1b[>q\x1b[c"
"""What are you called (XTVERSION), and what can you do (DA1)? The second is answered by all."""
ANSWER_ENDS = regex.compile(rb"\x1b\[\?([0-9;]*)c")
_KITTY_SAYS_YES = b"\x1b_Gi=4211;OK"
_NAMED = regex.compile(rb"\x1bP>\|([^\x1b]*)\x1b\\")
_ITERM_NAMES = ("iterm", "wezterm", "mintty")
_SIXEL = b"4"
_CHUNK = 4096


def question(kind: TerminalKind) -> str:
    """What to ask a terminal; "" where it is better not asked."""
    if kind.name in ("", "dumb", "linux") or kind.program == "Apple_Terminal":
        return ""
    # A multiplexer passes neither question nor picture on.
    return QUESTION if kind.is_multiplexed else ASK_KITTY + QUESTION


def answered(answer: bytes, kind: TerminalKind) -> Protocol:
    """Choose a protocol by what the terminal answered, and what the environment says."""
    if _KITTY_SAYS_YES in answer:
        return Protocol.KITTY
    named = _NAMED.search(answer)
    name = (named[1].decode("ascii", "replace") if named else kind.program).lower()
    if not kind.is_multiplexed and name.startswith(_ITERM_NAMES):
        return Protocol.ITERM
    able = ANSWER_ENDS.search(answer)
    if able and _SIXEL in able[1].split(b";")[1:]:
        return Protocol.SIXEL
    return Protocol.NONE


def kitty(png: bytes, rows: int) -> str:
    """Show a PNG in `rows` lines from the cursor on, which stays where it is."""
    data = b64encode(png).decode()
    parts = [data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK)]
    made = []
    for number, part in enumerate(parts):
        more = int(number < len(parts) - 1)
        keys = f"a=T,f=100,r={rows},C=1,q=2,m={more}" if number == 0 else f"m={more}"
        made.append(f"\x1b_G{keys};{part}\x1b\\")
    return "".join(made)


KITTY_CLEAR = "\x1b_Ga=d,d=A,q=2\x1b\\"
"""Take all pictures off the screen: text written over them does not."""


def iterm(png: bytes, rows: int) -> str:
    """Show a PNG in `rows` lines from the cursor on; the cursor may be anywhere afterwards."""
    data = b64encode(png).decode()
    keys = f"inline=1;size={len(png)};width=auto;height={rows};preserveAspectRatio=1"
    return f"\x1b]1337;File={keys}:{data}\x07"


def sixel(image: Image.Image) -> str:
    """Show a picture, dot by dot, from the cursor on; the cursor may be anywhere afterwards."""
    flat = image.convert("RGB").quantize(64, dither=Image.Dither.NONE)
    wide, high = flat.size
    palette = flat.getpalette() or []
    colours = "".join(
        f"#{n};2;{round(r / 2.55)};{round(g / 2.55)};{round(b / 2.55)}"
        for n, (r, g, b) in enumerate(zip(*[iter(palette[: 64 * 3])] * 3, strict=True))
    )
    dots = flat.tobytes()
    bands = [
        "$".join(_band(dots[top * wide : min(top + 6, high) * wide], wide))
        for top in range(0, high, 6)
    ]
    return f'\x1bP0;1q"1;1;{wide};{high}{colours}{"-".join(bands)}\x1b\\'


def _band(dots: bytes, wide: int) -> Iterator[str]:
    """Draw six lines of dots, one colour after the other."""
    lines = [dots[at : at + wide] for at in range(0, len(dots), wide)]
    for colour in sorted(set(dots)):
        mark = bytes([colour])
        column = bytearray(wide)
        for bit, line in enumerate(lines):
            at = line.find(mark)
            while at >= 0:
                column[at] |= 1 << bit
                at = line.find(mark, at + 1)
        yield f"#{colour}{_shortened(bytes(63 + dot for dot in column).decode())}"


_RUN = regex.compile(r"(.)\1{3,}")


def _shortened(signs: str) -> str:
    return str(_RUN.sub(lambda run: f"!{len(run[0])}{run[1]}", signs))


def small(content: bytes, most: tuple[int, int]) -> Image.Image:
    """Make a small copy of a picture file, which is known to be a sound one."""
    with Image.open(BytesIO(content)) as image:
        image.draft("RGB", most)
        copy = image.convert("RGB")
    copy.thumbnail(most)
    return copy


def png_of(image: Image.Image) -> bytes:
    """Write a picture as PNG."""
    file = BytesIO()
    image.save(file, "PNG", compress_level=6)
    return file.getvalue()
