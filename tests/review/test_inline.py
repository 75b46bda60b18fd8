"""Pictures in a terminal: the bytes are as each protocol wants them."""

from __future__ import annotations

import re
from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image

from bot.review.inline import Protocol, answered, iterm, kitty, png_of, question, sixel, small
from bot.settings import TerminalKind

XTERM = TerminalKind("xterm-256color", "", False, True)
TMUX = TerminalKind("tmux-256color", "tmux", True, True)


def picture(wide: int = 320, high: int = 180) -> Image.Image:
    """Draw stripes in four colours."""
    image = Image.new("RGB", (wide, high), "#14213d")
    for n, colour in enumerate(("#fca311", "#ffffff", "#aa3311")):
        image.paste(colour, (20 * n, 10 * n, 20 * n + 30, 10 * n + 37))
    return image


def test_kitty() -> None:
    """Chunks of at most 4096 letters, only the last without m=1; together they are the PNG."""
    noise = Image.effect_noise((200, 200), 90)
    data = kitty(png_of(noise), 12)
    parts = re.findall(r"\x1b_G([^;]*);([A-Za-z0-9+/=]*)\x1b\\", data)
    assert "".join(f"\x1b_G{keys};{body}\x1b\\" for keys, body in parts) == data
    assert len(parts) > 2
    assert parts[0][0] == "a=T,f=100,r=12,C=1,q=2,m=1"
    assert [keys for keys, _ in parts[1:]] == ["m=1"] * (len(parts) - 2) + ["m=0"]
    assert all(len(body) <= 4096 and len(body) % 4 == 0 for _, body in parts)
    with Image.open(BytesIO(b64decode("".join(body for _, body in parts)))) as image:
        assert image.size == (200, 200)


def test_iterm() -> None:
    """The size is that of the file; height in lines; ended by BEL."""
    png = png_of(picture())
    found = re.fullmatch(r"\x1b\]1337;File=([^:]*):([A-Za-z0-9+/=]*)\x07", iterm(png, 9))
    assert found is not None
    assert b64decode(found[2]) == png
    assert f"size={len(png)};width=auto;height=9" in found[1]


def test_sixel() -> None:
    """Drawn by a reader of sixel, it is the same picture."""
    image = picture(61, 40)
    again = drawn(sixel(image))
    assert again.size == image.size
    near = [
        max(abs(a - b) for a, b in zip(one, two, strict=True))
        for one, two in zip(pixels(image), pixels(again), strict=True)
    ]
    assert max(near) <= 3  # sixel counts colours in hundredths


def pixels(image: Image.Image) -> list[tuple[int, ...]]:
    """List an image's colours."""
    data = image.convert("RGB").tobytes()
    return [tuple(data[at : at + 3]) for at in range(0, len(data), 3)]


def drawn(data: str) -> Image.Image:
    """Draw sixel as a terminal does: VT3xx manual, chapter 14."""
    found = re.fullmatch(r'\x1bP0;1q"1;1;(\d+);(\d+)(.*)\x1b\\', data)
    assert found is not None
    image = Image.new("RGB", (int(found[1]), int(found[2])), "#ff00ff")
    colours: dict[int, tuple[int, ...]] = {}
    x = top = colour = 0
    for code, run, sign in re.findall(r"(#[0-9;]+)|(?:!(\d+))?([?-~$-])", found[3]):
        if code:
            number, *values = map(int, code[1:].split(";"))
            colour = number
            if values:
                colours[number] = tuple(round(v * 2.55) for v in values[1:])
        elif sign == "$":
            x = 0
        elif sign == "-":
            x, top = 0, top + 6
        else:
            dots = [bit for bit in range(6) if (ord(sign) - 63) >> bit & 1]
            for at in range(x, x + int(run or 1)):
                for bit in dots:
                    image.putpixel((at, top + bit), colours[colour])
            x += int(run or 1)
    return image


@pytest.mark.parametrize(
    ("answer", "kind", "protocol"),
    [
        (b"\x1b_Gi=4211;OK\x1b\\\x1bP>|kitty(0.40)\x1b\\\x1b[?62;c", XTERM, Protocol.KITTY),
        (b"\x1bP>|iTerm2 3.5.0\x1b\\\x1b[?62;4c", XTERM, Protocol.ITERM),
        (b"\x1bP>|WezTerm 2024\x1b\\\x1b[?65;4;6c", XTERM, Protocol.ITERM),
        (b"\x1bP>|foot(1.17)\x1b\\\x1b[?62;4;22c", XTERM, Protocol.SIXEL),
        (b"\x1b[?64;1;2;6c", XTERM, Protocol.NONE),
        (b"\x1b[?4c", XTERM, Protocol.NONE),  # a VT132, which draws nothing
        (b"", XTERM, Protocol.NONE),
        (b"\x1bP>|iTerm2 3.5.0\x1b\\\x1b[?1;2;4c", TMUX, Protocol.SIXEL),
        (b"garbage", TMUX, Protocol.NONE),
    ],
)
def test_a_terminal_is_taken_at_its_word(
    answer: bytes, kind: TerminalKind, protocol: Protocol
) -> None:
    """Without a clear yes there is no picture: never letters in its stead."""
    assert answered(answer, kind) is protocol


def test_some_terminals_are_better_not_asked() -> None:
    """They would write the question across the screen."""
    assert question(TerminalKind("linux", "", False, True)) == ""
    assert question(TerminalKind("xterm-256color", "Apple_Terminal", False, True)) == ""
    assert "_G" not in question(TMUX)
    assert "_G" in question(XTERM)


def test_small_pictures_keep_their_shape() -> None:
    """Over ssh, a photo of 12 megapixels is not what one waits for."""
    copy = small(png_of(picture(1600, 900)), (800, 800))
    assert copy.size == (800, 450)
