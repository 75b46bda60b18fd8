"""Text to glyphs: the right faces, joined and ordered as each script is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.typesetting import fonts
from bot.cards.typesetting.itemise import is_emoji, main_face, script_of_language
from bot.cards.typesetting.nouns import Font, Line
from bot.cards.typesetting.shaping import shape_line, uncovered, width_of
from bot.text.emoji import EMOJI

LIBRARY = fonts.library(fonts.folder_of(Path()))
TEXTS = {
    "am": "ጋዜጠኞችን ይፍቱ።", "ar": "الحرّية للصحفيين الآن، ٢٥ مايو", "bn": "সাংবাদিকদের মুক্তি দাও",
    "bo": "གསར་འགོད་པ་གློད་གྲོལ་ཐོངས།", "dv": "ދިވެހިރާއްޖެ", "el": "Ελευθερία τώρα· «ναι»",
    "en": "Free the press — “now”!", "fa": "آزادی برای روزنامه‌نگاران", "gu": "પત્રકારોને મુક્ત કરો",
    "he": "שחררו את העיתונאים, עַכְשָׁו", "hi": "पत्रकारों को रिहा करो, क्षत्रिय", "hy": "Ազատություն",
    "ja": "記者を今すぐ解放せよ！「ガ」", "ka": "საქართველო", "km": "ដោះលែងអ្នកកាសែតឥឡូវនេះ",
    "kn": "ಪತ್ರಕರ್ತರನ್ನು ಬಿಡುಗಡೆ", "ko": "기자를 석방하라", "lo": "ປ່ອຍຕົວນັກຂ່າວ", "ml": "മോചിപ്പിക്കുക",
    "my": "သတင်းထောက်များကို လွှတ်ပေးပါ", "or": "ସାମ୍ବାଦିକମାନଙ୍କୁ", "pa": "ਪੱਤਰਕਾਰਾਂ ਨੂੰ", "ru": "Свобода, «да»",
    "si": "මාධ්‍යවේදීන් නිදහස්", "ta": "பத்திரிகையாளர்களை", "te": "జర్నలిస్టులను విడుదల",
    "th": "ปล่อยตัวนักข่าวเดี๋ยวนี้ น้ำ", "ur": "صحافیوں کو رہا کرو", "vi": "Thứ Bảy, Nguyễn Huệ",
    "zh-Hans": "立即释放记者！“自由”", "zh-Hant": "立即釋放記者！ㄅㄆ",
}  # fmt: skip
RTL = {"ar", "dv", "fa", "he", "ur"}
FAMILIES = sorted(LIBRARY.families)


def line(text: str, language: str = "en", *, rtl: bool = False, family: str = "display") -> Line:
    """Shape a text with the shipped fonts."""
    return shape_line(text, Font(family, language), LIBRARY, rtl)


def ids(text: str, language: str = "en", *, rtl: bool = False) -> list[int]:
    """List the glyphs of a text as they are seen."""
    return [glyph.id for run in line(text, language, rtl=rtl).runs for glyph in run.glyphs]


def seen(text: str, language: str = "en", *, rtl: bool = False) -> str:
    """Read a line's characters in the order they are seen."""
    shaped = line(text, language, rtl=rtl)
    places = [glyph.cluster for run in shaped.runs for glyph in run.glyphs]
    return "".join(shaped.text[place] for place in places)


def faces(text: str, language: str = "en", family: str = "display") -> list[str]:
    """List the font files of a line's runs."""
    return [run.face.stem for run in line(text, language, family=family).runs]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("language", TEXTS)
def test_no_script_shows_the_missing_glyph(family: str, language: str) -> None:
    """Every script that we promise is set in full, in every family."""
    text = TEXTS[language]
    shaped = line(text, language, rtl=language in RTL, family=family)
    glyphs = [glyph for run in shaped.runs for glyph in run.glyphs]
    assert uncovered(text, Font(family, language), LIBRARY) == ()
    assert glyphs
    assert all(glyph.id for glyph in glyphs)
    assert shaped.width > 0 < shaped.above
    assert 0.4 < shaped.cap_height < 1.2


@given(st.text(st.characters(blacklist_categories=("Cs", "Co", "Cn")), max_size=30), st.booleans())
def test_any_text_is_set_or_said_to_be_uncovered(text: str, rtl: bool) -> None:
    """Whatever the characters: no exception, and never a missing glyph."""
    shaped = line(text, rtl=rtl)
    missing = set(uncovered(text, Font("display", "en"), LIBRARY))
    glyphs = [glyph for run in shaped.runs for glyph in run.glyphs]
    assert all(glyph.id for glyph in glyphs)
    assert all(0 <= glyph.cluster < len(shaped.text) for glyph in glyphs)
    assert glyphs or missing or not text.strip() or not any(map(str.isprintable, text))


@given(st.lists(st.sampled_from([w for t in TEXTS.values() for w in t.split()]), max_size=8))
def test_widths_add_up(words: list[str]) -> None:
    """Line breaking measures words once: no kerning across spaces, no change by neighbours."""
    font = Font("display", "en")
    space = width_of(" ", font, LIBRARY, False)
    apart = [width_of(word, font, LIBRARY, False) for word in words]
    whole = width_of(" ".join(words), font, LIBRARY, False)
    assert whole == pytest.approx(sum(apart) + space * max(0, len(words) - 1), abs=0.01)


@pytest.mark.parametrize("language", TEXTS)
def test_a_line_is_as_wide_as_it_was_measured(language: str) -> None:
    """What was measured for breaking is what is drawn, less the spaces at the end."""
    text, rtl, font = TEXTS[language], language in RTL, Font("plain", language)
    shaped = shape_line(text + " \u00a0", font, LIBRARY, rtl)
    assert shaped.width == pytest.approx(width_of(text, font, LIBRARY, rtl))
    assert shaped.text == text
    space = width_of(" ", font, LIBRARY, rtl)
    padded = width_of(text + " \u00a0", font, LIBRARY, rtl)
    assert padded == pytest.approx(shaped.width + 2 * space)


def test_empty_lines_have_no_glyphs() -> None:
    """A line of nothing or of spaces is no error."""
    for text in ("", "   ", "\u200b", "\u2067\u2069"):
        shaped = line(text)
        assert (shaped.runs, shaped.width, shaped.above, shaped.below) == ((), 0.0, 0.0, 0.0)
        assert shaped.cap_height > 0.6


def test_arabic_letters_join() -> None:
    """A letter at a word's start, middle and end is another shape than alone."""
    (alone,) = ids("\u0647", "ar", rtl=True)
    final, middle, initial = ids("\u0647\u0647\u0647", "ar", rtl=True)
    assert len({alone, final, middle, initial}) == 4


def test_a_non_joiner_keeps_persian_letters_apart() -> None:
    """Persian writes its plural apart by ZWNJ, which itself is not seen."""
    apart = ids("\u0645\u0647\u200c\u0646", "fa", rtl=True)
    together = ids("\u0645\u0647\u0646", "fa", rtl=True)
    assert len(apart) == len(together)
    assert apart != together


def test_arabic_lam_and_alef_are_one_shape() -> None:
    """The ligature that Arabic demands."""
    assert len(ids("\u0644\u0627", "ar", rtl=True)) < 3
    assert ids("\u0644\u0627", "ar", rtl=True) != ids("\u0627", "ar", rtl=True)


def test_devanagari_conjuncts_and_order() -> None:
    """Two letters become one (ksha), and a short i stands before its letter."""
    assert len(ids("\u0915\u094d\u0937", "hi")) == 1
    ka, i = "\u0915", "\u093f"
    assert ids(ka + i, "hi")[-1] == ids(ka, "hi")[0]


def test_thai_marks_stack() -> None:
    """A tone over a vowel stands higher than over a bare letter."""
    low = line("\u0e01\u0e48", "th")
    high = line("\u0e17\u0e35\u0e48", "th")
    assert high.above > low.above + 0.05
    assert high.width == pytest.approx(line("\u0e17", "th").width)


def test_marks_combine_whether_composed_or_not() -> None:
    """Decomposed text, as some systems type it, looks like composed text."""
    assert ids("Nguye\u0302\u0303n", "vi") == ids("Nguy\u1ec5n", "vi")


def test_numbers_and_brackets_in_hebrew() -> None:
    """The line runs right to left, the number in it left to right, brackets turn with the line."""
    text = "\u05d0\u05d1 (25) \u05d2"
    assert seen(text, "he", rtl=True).replace(" ", "") == "\u05d2)25(\u05d1\u05d0"
    opening, closing = ids("(", "he", rtl=True), ids(")", "he", rtl=True)
    assert opening == ids(")", "he")
    assert closing == ids("(", "he")


def test_english_inside_arabic_reads_left_to_right() -> None:
    """A name in Latin letters stays readable in a right-to-left line, and the other way round."""
    assert seen("\u0627 ABC", "ar", rtl=True) == "ABC\u0627"
    assert seen("a \u05d0\u05d1 b") == "a\u05d1\u05d0b"


EMOJI_TEXTS = [
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "\U0001f1fa\U0001f1e6",
    "1\ufe0f\u20e3",
    "#\u20e3",
    "\U0001f44d\U0001f3fd",
    "\u2764\ufe0f",
    "\U0001f3f3\ufe0f\u200d\U0001f308",
    "\U0001f469\U0001f3fd\u200d\u2695\ufe0f",
    "\U0001f642\u200d\u2194\ufe0f",
    "\u00a9\ufe0f",
    "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
]


@pytest.mark.parametrize("text", EMOJI_TEXTS)
@pytest.mark.parametrize("rtl", [False, True])
def test_an_emoji_is_one_coloured_glyph(text: str, rtl: bool) -> None:
    """Families, flags, keycaps and skin tones are one picture, in lines of either direction."""
    assert EMOJI.fullmatch(text) or text == "#\u20e3"
    (run,) = line(text, rtl=rtl).runs
    assert run.coloured
    assert len(run.glyphs) == 1


def test_emoji_in_a_right_to_left_line_are_in_its_order() -> None:
    """The first emoji stands right of the second; none falls apart."""
    text = "\u05d0 \U0001f1fa\U0001f1e6\U0001f44d\U0001f3fd"
    shaped = line(text, "he", rtl=True)
    assert [glyph.cluster for run in shaped.runs for glyph in run.glyphs] == [4, 2, 0]


@pytest.mark.parametrize(
    "text", ["\u00a9", "\u2122", "\u2764", "\u2764\ufe0e", "1", "#", "\u2194", "\U0001f44d\ufe0e"]
)
def test_signs_that_unicode_shows_as_text_take_the_words_colour(text: str) -> None:
    """(c), TM and a heart without a variation selector are letters, not pictures."""
    assert not is_emoji(text)
    assert not any(run.coloured for run in line(text).runs)


@pytest.mark.parametrize("char", ["\u9aa8", "\u76f4"])
def test_han_takes_its_countrys_form(char: str) -> None:
    """Chinese, Taiwanese and Japanese readers each see their own shape of a character."""
    assert ids(char, "zh-Hans") != ids(char, "ja")
    assert len({tuple(ids("\u9aa8", tag)) for tag in ("zh-Hans", "zh-Hant", "ja")}) == 3


def test_serbian_takes_its_own_cyrillic() -> None:
    """Serbian writes some letters otherwise than Russian."""
    serif = [
        [glyph.id for run in line("\u0431", tag, family="serif").runs for glyph in run.glyphs]
        for tag in ("sr", "ru")
    ]
    assert serif[0] != serif[1]


def test_urdu_is_set_in_nastaliq_where_arabic_is_in_naskh() -> None:
    """In a paper's type each of the two reads its own hand."""
    assert faces("\u0635\u062d\u0627\u0641\u06cc", "ur", "serif") == ["NotoNastaliqUrdu-Bold"]
    assert faces("\u0635\u062d\u0627\u0641\u064a", "ar", "serif") == ["NotoNaskhArabic-Bold"]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    ("language", "zero"),
    [
        ("en", "0"),
        ("ar", "\u0660"),
        ("fa", "\u06f0"),
        ("hi", "\u0966"),
        ("bn", "\u09e6"),
        ("my", "\u1040"),
    ],
)
def test_tabular_digits_have_one_width(family: str, language: str, zero: str) -> None:
    """Figures below each other line up, in fonts with no figures of one width, too."""
    font = Font(family, language, tabular=True)
    digits = [chr(ord(zero) + value) for value in range(10)]
    widths = [width_of(f"{a}{b}", font, LIBRARY, False) for a in digits for b in digits]
    assert max(widths) - min(widths) < 1e-6


def test_a_pair_of_brackets_comes_from_one_face() -> None:
    """Brackets around words of another script look alike, and like the text's language."""
    heading = [run.face.stem for run in line("(ABC \u0627)", "ar", rtl=True).runs]
    assert heading[0] == heading[-1] == "NotoSansArabic-ExtraBold"
    assert faces("(\u0627 ABC)")[0] == faces("(\u0627 ABC)")[-1] == "InterDisplay-ExtraBold"


def test_a_words_letters_come_from_one_face() -> None:
    """One letter that the first face lacks moves its word, not only itself; not the others."""
    rare = "\ua727"
    assert faces(f"plain {rare}ab") == ["InterDisplay-ExtraBold", "NotoSans-SemiBold"]


def test_what_no_face_has_is_told() -> None:
    """Egyptian hieroglyphs are refused by name, each once; the rest is set."""
    text = "a\U00013000 \U00013000 b\x07"
    assert uncovered(text, Font("plain", "en"), LIBRARY) == ("\U00013000", "\x07")
    assert seen(text) == "ab"


@pytest.mark.parametrize(
    ("tag", "script"),
    [
        ("en", "Latn"),
        ("x-klingon", "Latn"),
        ("AR-eg", "Arab"),
        ("zh-Hant-HK", "Hani"),
        ("ja", "Hani"),
        ("ko-Kore-KR", "Hang"),
        ("pa", "Guru"),
        ("pa-Arab-PK", "Arab"),
        ("uz-Cyrl", "Cyrl"),
        ("sr_Latn", "Latn"),
    ],
)
def test_a_language_has_a_script(tag: str, script: str) -> None:
    """Lone digits and spaces are set with the language's own face."""
    assert script_of_language(tag) == script


def test_digits_take_the_face_of_their_language_or_word() -> None:
    """A year in a Hindi line looks Hindi, and one inside an English word English."""
    assert main_face(Font("display", "hi"), LIBRARY).path.stem == "NotoSansDevanagari-ExtraBold"
    assert faces("2026", "hi") == ["NotoSansDevanagari-ExtraBold"]
    assert faces("COVID19", "hi") == ["InterDisplay-ExtraBold"]


def test_lines_know_how_high_they_ink() -> None:
    """Leading goes by the ink: an accent is higher than a capital, a comma reaches below."""
    capital, accent, comma = line("H"), line("\u1ea4"), line("H,")
    assert capital.above == pytest.approx(capital.cap_height, abs=0.02)
    assert accent.above > capital.above + 0.15
    assert comma.below > 0.05 > abs(capital.below)
    assert line("\u0915", "hi").cap_height == pytest.approx(line("\u0915", "hi").above, abs=0.02)


def test_a_lines_height_is_that_of_its_letters() -> None:
    """A heading is centred by its words, however many wide emoji or symbols it has."""
    assert line("Go \u260e\u2605\u2714 \U0001f680\U0001f680").cap_height == line("Go").cap_height
    assert line("\u2605 25", "hi").cap_height == line("\u0915", "hi").cap_height
