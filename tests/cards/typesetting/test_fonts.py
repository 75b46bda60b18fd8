"""The list of fonts, the files that it names, and what they cover."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest
import yaml

import bot
from bot.cards.errors import CardError
from bot.cards.typesetting import fonts
from bot.cards.typesetting.nouns import Font
from bot.cards.typesetting.shaping import shape_line, uncovered

FOLDER = fonts.folder_of(Path()).resolve()
LIBRARY = fonts.library(FOLDER)
MANIFEST = yaml.safe_load((FOLDER / fonts.MANIFEST).read_text(encoding="utf-8"))
FAMILIES = ("display", "strong", "plain", "serif", "serif-plain", "condensed")

WRITTEN = {
    "Latin": (0x20, 0x24F), "Vietnamese": (0x1EA0, 0x1EF9), "Greek": (0x370, 0x3E1),
    "Cyrillic": (0x400, 0x52F), "Armenian": (0x531, 0x58F), "Hebrew": (0x591, 0x5F4),
    "Arabic": (0x600, 0x6FF), "Syriac": (0x700, 0x74A), "Thaana": (0x780, 0x7B1),
    "Devanagari": (0x901, 0x97F), "Bengali": (0x981, 0x9FA), "Gurmukhi": (0xA02, 0xA74),
    "Gujarati": (0xA81, 0xAEF), "Odia": (0xB01, 0xB70), "Tamil": (0xB82, 0xBF2),
    "Telugu": (0xC01, 0xC6F), "Kannada": (0xC82, 0xCEF), "Malayalam": (0xD02, 0xD6F),
    "Sinhala": (0xD82, 0xDF4), "Thai": (0xE01, 0xE5B), "Lao": (0xE81, 0xEDD),
    "Tibetan": (0xF00, 0xFCF), "Myanmar": (0x1000, 0x1059), "Georgian": (0x10A0, 0x10FB),
    "Ethiopic": (0x1200, 0x137C), "Khmer": (0x1780, 0x17E9), "Cherokee": (0x13A0, 0x13F4),
    "kana": (0x3041, 0x30FF), "Bopomofo": (0x3105, 0x312C), "Chinese": (0x4E00, 0x9FA5),
    "Hangul": (0xAC00, 0xD7A3), "punctuation": (0x2010, 0x2027), "currencies": (0x20A0, 0x20B1),
    "arrows": (0x2190, 0x21FF), "mathematics": (0x2200, 0x22FF), "dingbats": (0x2701, 0x27BE),
}  # fmt: skip


def copy(folder: Path, manifest: str) -> Path:
    """Make a folder of fonts with the shipped files and another list."""
    folder.mkdir(parents=True)
    for path in FOLDER.iterdir():
        (folder / path.name).symlink_to(path)
    (folder / fonts.MANIFEST).unlink()
    (folder / fonts.MANIFEST).write_text(manifest, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", MANIFEST["faces"])
def test_a_file_is_the_one_that_its_checksum_says(name: str) -> None:
    """A font changed without its list would leave old cards standing as if they were new."""
    digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()
    assert digest == MANIFEST["faces"][name]["sha256"]


def test_every_font_file_is_listed_used_and_licensed() -> None:
    """No font is shipped without a use, or without saying whose it is."""
    files = {path.name for path in FOLDER.iterdir() if path.suffix in {".otf", ".ttf"}}
    used = {face.path.name for faces in LIBRARY.families.values() for face in faces}
    licence = (FOLDER / "OFL.txt").read_text(encoding="utf-8")
    owned = {line.strip() for line in licence.splitlines() if line.startswith("  ")}
    assert files == set(MANIFEST["faces"]) == used
    assert files <= owned
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


def test_the_families_that_templates_may_ask_for_are_there() -> None:
    """A template that names one of them never fails for want of it."""
    assert set(LIBRARY.families) == set(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("script", WRITTEN)
def test_a_script_is_covered_in_every_family(family: str, script: str) -> None:
    """No template leaves a script out: all that Unicode 3.2 had of it can be set."""
    first, last = WRITTEN[script]
    chars = [
        chr(point)
        for point in range(first, last + 1)
        if unicodedata.ucd_3_2_0.category(chr(point)) not in {"Cn", "Cc", "Zs"}
    ]
    assert uncovered(" ".join(chars), Font(family, "en"), LIBRARY) == ()


def test_english_opens_one_font_only(tmp_path: Path) -> None:
    """Who writes English pays neither time nor memory for Chinese."""
    folder = tmp_path / "fonts"
    folder.symlink_to(FOLDER)
    library = fonts.library(folder)
    shape_line("Stand with the nurses (tonight)!", Font("display", "en"), library, False)
    opened = [face.path.name for face in library.family("display") if face._opened]
    assert opened == ["InterDisplay-ExtraBold.otf"]


def test_the_digest_tells_a_changed_list(tmp_path: Path) -> None:
    """A card made with other fonts or other tracking gets another name."""
    text = (FOLDER / fonts.MANIFEST).read_text(encoding="utf-8")
    same = fonts.library(copy(tmp_path / "same", text))
    other = fonts.library(copy(tmp_path / "other", text.replace("-0.018", "-0.02")))
    assert same.digest == LIBRARY.digest != other.digest


WRONG = [
    ("- 1", "faces, stacks and families"),
    ("faces: {}\nfamilies: {}\n", "faces, stacks and families"),
    ("faces: 1\nstacks: {}\nfamilies: {}\n", "faces must be"),
    ("faces: {a.ttf: {colour: red}}\nstacks: {}\nfamilies: {}\n", "a.ttf takes only"),
    ("faces: {a.ttf: {scale: big}}\nstacks: {}\nfamilies: {}\n", "scale of a.ttf"),
    ("faces: {a.ttf: {tracking: yes}}\nstacks: {}\nfamilies: {}\n", "tracking of a.ttf"),
    ("faces: {a.ttf: {scripts: Latn}}\nstacks: {}\nfamilies: {}\n", "scripts of a.ttf"),
    ("faces: {a.ttf: {emoji: 1}}\nstacks: {}\nfamilies: {}\n", "emoji of a.ttf"),
    ("faces: {a.ttf: {}}\nstacks: {s: [b.ttf]}\nfamilies: {}\n", "s: b.ttf is not listed"),
    ("faces: {a.ttf: {}}\nstacks: {}\nfamilies: {plain: [s]}\n", "plain: s is not listed"),
    ("faces: {a.ttf: {}}\nstacks: {}\nfamilies: {plain: []}\n", "plain has no fonts"),
    ("faces: [", "cannot be read"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_a_wrong_list_is_refused(tmp_path: Path, text: str, said: str) -> None:
    """A slip in the list is named, and never a traceback or a missing letter."""
    (tmp_path / fonts.MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(CardError, match=said):
        fonts.library(tmp_path)


def test_a_missing_list_is_refused(tmp_path: Path) -> None:
    """A folder without its list is an error that names the file."""
    with pytest.raises(CardError, match=fonts.MANIFEST):
        fonts.library(tmp_path)


def test_an_unknown_family_is_refused() -> None:
    """A template's typing mistake is answered with the families that there are."""
    with pytest.raises(CardError, match=r"'sans', only condensed, display"):
        LIBRARY.family("sans")


@pytest.mark.parametrize("content", [None, b"", b"no font at all"])
def test_a_missing_or_damaged_font_is_refused(tmp_path: Path, content: bytes | None) -> None:
    """A font that got lost or was cut short is named when it is first needed."""
    entry = "faces: {a.ttf: {scripts: [Latn]}}\nstacks: {}\nfamilies: {plain: [a.ttf]}\n"
    (tmp_path / fonts.MANIFEST).write_text(entry, encoding="utf-8")
    if content is not None:
        (tmp_path / "a.ttf").write_bytes(content)
    with pytest.raises(CardError, match=r"a\.ttf"):
        shape_line("a", Font("plain", "en"), fonts.library(tmp_path), False)


def test_a_root_may_bring_its_own_fonts(tmp_path: Path) -> None:
    """A campaign's own fonts win; without a list of its own it uses the shipped ones."""
    bare = tmp_path / "bare"
    bare.mkdir()
    own = tmp_path / "own"
    copy(own / fonts.FONTS, (FOLDER / fonts.MANIFEST).read_text(encoding="utf-8"))
    assert fonts.folder_of(own) == own / fonts.FONTS
    assert fonts.folder_of(bare) == Path(bot.__file__).parents[1] / fonts.FONTS
