"""Lines as Debian's Chromium sets them, with our fonts, to hold our own lines against."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from bot.cards.typesetting.clean import isolated
from bot.cards.typesetting.fonts import Library
from bot.cards.typesetting.itemise import main_face
from bot.cards.typesetting.nouns import Font, Line
from tests.cards.engine.strings import Hard

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
SIZE = 64
"""Pixels per em of the pictures."""
_ROW = 3 * SIZE
_COLUMN = 25 * SIZE
_COLUMNS = 2
# Of these, hinting and a scale of its own would move letters to whole pixels.
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars", "--disable-lcd-text", "--font-render-hinting=none",
    "--force-device-scale-factor=1",
)  # fmt: skip
_STYLE = f"""
body {{ margin: 0; background: #fff; color: #000 }}
div {{ position: absolute; width: {_COLUMN}px; height: {_ROW}px; overflow: hidden;
       font-size: {SIZE}px; line-height: {_ROW}px; white-space: pre; text-align: left;
       padding: 0 {SIZE}px; box-sizing: border-box; font-synthesis: none;
       font-variant-numeric: lining-nums; font-kerning: normal;
       text-rendering: geometricPrecision }}
"""
_BRACKETS = "()[]{}<>«»"


def photographed(
    strings: Sequence[Hard], lines: Sequence[Line], library: Library, folder: Path
) -> list[Image.Image]:
    """Have Chromium set all strings on one page; give a picture of each, black on white.

    A string is set in the faces that our line of it took: each is offered for just the
    characters that stand in it there. All else, order, shapes and places, is Chromium's doing.
    Hashtags and the like are isolated for it, as in the pages of networks.
    """
    page, shot = folder / "page.html", folder / "page.png"
    corners = [
        (number % _COLUMNS * _COLUMN, number // _COLUMNS * _ROW) for number in range(len(strings))
    ]
    width, height = _COLUMNS * _COLUMN, corners[-1][1] + _ROW
    style, body = [_STYLE], []
    for number, (string, line) in enumerate(zip(strings, lines, strict=True)):
        faces = _faces(number, string, line, library)
        style += faces
        family = ", ".join(f"f{number}-{index}" for index in range(len(faces)))
        space = main_face(Font(string.family, string.language), library).word_space
        text = "".join(f"&#{ord(char)};" for char in isolated(string.text))
        body.append(
            f'<div lang="{string.language}" dir="{"rtl" if string.rtl else "ltr"}" style="'
            f"left: {corners[number][0]}px; top: {corners[number][1]}px; font-family: {family}; "
            f'word-spacing: {space}em">{text}</div>'
        )
    page.write_text(f"<!doctype html><style>{''.join(style)}</style>{''.join(body)}", "utf-8")
    subprocess.run(  # noqa: S603 # Debian's browser on our own page
        [
            str(CHROMIUM), *_FLAGS, f"--user-data-dir={folder / 'profile'}",
            f"--window-size={width},{height}", f"--screenshot={shot}", page.as_uri(),
        ],
        capture_output=True,
        timeout=90,
        check=True,
    )  # fmt: skip
    with Image.open(shot) as picture:
        assert picture.size == (width, height)
        whole = picture.convert("RGB")
    return [whole.crop((x, y, x + _COLUMN, y + _ROW)) for x, y in corners]


def _faces(number: int, string: Hard, line: Line, library: Library) -> list[str]:
    """Offer each face of a line for the characters that stand in it; one alone, for all."""
    main = main_face(Font(string.family, string.language), library).path
    chars: dict[Path, set[str]] = {main: {" "}}
    starts = sorted((glyph.cluster, run.face) for run in line.runs for glyph in run.glyphs)
    ends = [start for start, _ in starts[1:]] + [len(line.text)]
    for (start, face), end in zip(starts, ends, strict=True):
        chars.setdefault(face, set()).update(line.text[start:end].replace(" ", ""))
    seen = [
        char
        for face, covered in chars.items()
        if not library.at(face).emoji
        for char in covered
        if unicodedata.category(char) not in {"Cf", "Mn"}
    ]
    assert len(seen) == len(set(seen)), f"{line.text}: some character stands in two faces"
    # An emoji may ask to be text: it is offered to the other faces first.
    offered = sorted(chars.items(), key=lambda item: library.at(item[0]).emoji)
    rules = []
    for index, (path, covered) in enumerate(offered):
        codes = ", ".join(f"U+{ord(char):X}" for char in sorted(_asked_for(covered)))
        alone = len(chars) == 1
        rules.append(
            f'@font-face {{ font-family: f{number}-{index}; src: url("{path.resolve().as_uri()}");'
            f" size-adjust: {library.at(path).scale * 100:.4g}%;"
            f" {'' if alone else f'unicode-range: {codes}'} }}\n"
        )
    return rules


def _asked_for(chars: set[str]) -> set[str]:
    """Add what a shaper may ask a font for in the place of some characters."""
    forms = {unicodedata.normalize(form, char) for form in ("NFD", "NFKD") for char in chars}
    mirrored = {_BRACKETS[_BRACKETS.index(char) ^ 1] for char in chars & set(_BRACKETS)}
    return chars | set("".join(forms)) | mirrored
