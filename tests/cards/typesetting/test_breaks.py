"""Where lines may end, and where they had better not."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.typesetting import breaks
from bot.cards.typesetting.breaks import Piece, pieces_of, torn
from bot.cards.typesetting.clean import settled
from bot.cards.typesetting.linebreak import opportunities

CASES = Path("/usr/share/unicode/auxiliary/LineBreakTest.txt")
# Unicode 15.1 and 16 changed: hyphens at a word's start (LB20a), Hebrew before hyphens (LB21a),
# numbers after commas (LB25), brackets after quotation marks (LB15), ".5" (LB15c).
CHANGED_SINCE = {"15.0.0": 33}


def parts(text: str) -> list[str]:
    """List what is never broken."""
    return [piece.text for piece in pieces_of(settled(text), "en")]


def cost_after(text: str, piece: str) -> float:
    """Tell what it costs to end a line with `piece`."""
    return next(one.cost for one in pieces_of(settled(text), "en") if one.text == piece)


@pytest.mark.skipif(not CASES.is_file(), reason=f"{CASES} is of Debian's package unicode-data")
def test_unicodes_own_cases() -> None:
    """Unicode's LineBreakTest: all but what newer versions of the rules decide otherwise."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    version = lines[0].removeprefix("# LineBreakTest-").removesuffix(".txt")
    faults, count = 0, 0
    for line in lines:
        case = line.partition("#")[0].split()
        text = "".join(chr(int(code, 16)) for code in case[1::2])
        # A line feed ends a paragraph before this is asked.
        if not case or regex.search(r"[\n\r\v\f\x85\u2028\u2029]", text):
            continue
        expected = [index for index, sign in enumerate(case[::2]) if sign == "÷"][:-1]
        count += 1
        faults += list(opportunities(text)) != expected
    assert count > 5_000
    assert faults <= CHANGED_SINCE.get(version, 0)


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Aujourd’hui : « oui » ! Non ?", ["Aujourd’hui :", "« oui » !", "Non ?"]),
        ("10\u00a0000 € et 5\u202f% et 10 000 fois", ["10\u00a0000", "5\u202f%", "10 000"]),
        ("ein Mann – und", ["Mann –"]),
        ("free him! — J. Pilger", ["him!", "— J."]),
        ("— Да, — сказал он. — Нет.", ["— Да, —", "он.", "— Нет."]),
        ("• one • two", ["• one •"]),
        ("¿ Qué ? 50 %", ["¿ Qué ?", "50 %"]),
        ("e-mail COVID-19 1914–1918 km/h", ["e-mail", "COVID-19", "1914–1918", "km/h"]),
        ("see https://a.org/b-c/d.html now", ["https://a.org/b-c/d.html"]),
        ("@wiki_leaks #Free-Him a.b@c-d.org", ["@wiki_leaks", "#Free-Him", "a.b@c-d.org"]),
        ("언론은 범죄가 아니다", ["언론은", "범죄가", "아니다"]),
    ],
)
def test_what_belongs_together_is_never_parted(text: str, whole: list[str]) -> None:
    """French spaces, numbers, dashes, addresses, Korean words."""
    assert set(whole) <= set(parts(text))


@pytest.mark.parametrize(
    ("text", "bad", "good"),
    [
        ("I am a journalist", "I", "am"),
        ("free a man", "a", "free"),
        ("он был в тюрьме", "в", "был"),
        ("idzie z nim", "z", "idzie"),
        ("now is of course", "of", "now"),
        ("truth, and more", "and", "truth,"),
        ("a crime. Free him", "Free", "crime."),
        ("so, it ends. Now", "so,", "ends."),
        ("with Dr. Smith now", "Dr.", "Smith"),
        ("about 5 km away", "5", "about"),
        ("about 20 people came", "20", "people"),
        ("Donau-Dampfschiff fährt", "Donau-", "Dampfschiff"),
        ("go🔥 now", "go", "🔥"),
        ("ジャーナリズムは犯罪", "ナ", "は"),
        ("我的书是", "我", "的"),
        ("2024年2月", "2024", "年"),
    ],
)
def test_some_places_are_better_than_others(text: str, bad: str, good: str) -> None:
    """No stranded short words; after punctuation rather than before; between phrases."""
    assert cost_after(text, bad) > cost_after(text, good)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("ジャーナリズムは犯罪ではない。", "ja", "ジャーナリズムは|犯罪ではない。"),
        ("新聞工作不是犯罪，立即釋放", "zh-TW", "新聞|工作|不|是|犯罪，|立即|釋放"),
        ("新闻工作不是犯罪", "zh", "新闻|工作|不|是|犯罪"),
        ("การทำข่าวไม่ใช่อาชญากรรม", "th", "การ|ทำข่าว|ไม่|ใช่|อาชญากรรม"),
        ("ການເປັນນັກຂ່າວ", "lo", "ການ|ເປັນ|ນັກ|ຂ່າວ"),
        ("ការងារព័ត៌មាន", "km", "ការ|ងារ|ព័ត៌|មាន"),
        ("သတင်းစာ", "my", "သ|တင်း|စာ"),
        ("བོད་ཡིག", "bo", "བོད་|ཡིག"),
        ("ไทย\u200bแลนด์", "th", "ไทย|แลนด์"),
    ],
)
def test_scripts_without_spaces_break_between_words(
    text: str, language: str, expected: str
) -> None:
    """By phrase where there is a model, else by syllable, never inside one for free."""
    out = ""
    for piece in pieces_of(settled(text), language):
        out += piece.text + ("|" if piece.cost < breaks.IN_PHRASE else "")
    assert out.strip("|") == expected


def test_small_kana_and_punctuation_begin_no_line() -> None:
    """Kinsoku: what may not begin a line stays with what is before, openers with what follows."""
    for piece in pieces_of("「今すぐ」、チャッ！（東京）", "ja"):
        assert not regex.match("[」、ャッ！）]", piece.text)
        assert not piece.text.endswith(("「", "（"))


def test_lines_of_the_author_stay() -> None:
    """A line feed ends a line, an empty line stands between."""
    assert pieces_of("a\nb\n\nc", "en") == (
        Piece("a", "", 0.0, True),
        Piece("b", "\n", 0.0, True),
        Piece("c", "", 0.0, False),
    )


def test_long_words_are_torn_where_it_hurts_least() -> None:
    """An address after its slashes and dots; a word between what a reader sees as characters."""
    address = pieces_of("https://www.example.org/a-page/b", "en")[0]
    assert [piece.text for piece in torn(address, "en", anywhere=False)] == [
        "https://", "www.", "example.", "org/", "a-", "page/", "b",
    ]  # fmt: skip
    family = pieces_of("नमस्ते👨\u200d👩\u200d👧", "hi")
    letters = [part.text for piece in family for part in torn(piece, "hi", anywhere=True)]
    assert letters[-1] == "👨\u200d👩\u200d👧"
    assert not any(regex.match(r"\p{M}", part) for part in letters)


SCRIPTS = "ab. ,-/é!?«»\u00a0—я日本のー、。「」한글ไทยกาลາສາខ្មែរမြန်မာ🔥🇬🇧#@:12\n אבعرबहिं"


@given(st.text(st.sampled_from(SCRIPTS), max_size=80), st.sampled_from(["en", "ja", "th"]))
def test_pieces_are_the_text(text: str, language: str) -> None:
    """Nothing is lost or added by breaking, torn or not; no piece but of an address is empty."""
    text = settled(text)
    if not text:
        return
    pieces = pieces_of(text, language)
    assert whole(pieces) == text
    assert all(piece.text for piece in pieces)
    for anywhere in (False, True):
        assert whole([part for one in pieces for part in torn(one, language, anywhere)]) == text


def whole(pieces: list[Piece] | tuple[Piece, ...]) -> str:
    """Put pieces together."""
    return "".join(one.text + one.gap + "\n" * one.forced for one in pieces)


@pytest.mark.parametrize(
    "text",
    [one * 1000 for one in ("a-", "a.", "🇬🇧", "« ", "11", "((", "a@", "日日", "«»", "»»  ", ". ")],
)
@pytest.mark.timeout(2)
def test_hostile_texts_take_no_longer(text: str) -> None:
    """No pattern runs away on a long run of anything."""
    pieces = pieces_of(text, "en")
    for anywhere in (False, True):
        torn(pieces[0], "en", anywhere)
