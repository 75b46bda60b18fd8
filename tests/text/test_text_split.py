"""Cutting texts into threads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import TextError, count_mastodon, count_x, mastodon_entities, split_thread, x_entities
from tests.text.samples import texts

LANGUAGES = {
    "en": "Doctors warn: his life is at risk. Sign: https://example.org/a?b=c_d, please!",
    "es": "¿Qué ha hecho tu gobierno? Firma por #AssangeLibre y escribe a @amnistia hoy.",
    "pt": "Ele não foi condenado por publicar nada. Assine: https://example.org/petição e fale.",
    "fr": "La liberté de la presse n’est pas négociable ! Écrivez à l’ambassade : « Libérez-le ».",
    "de": "Pressefreiheitsorganisationen warnen: „Das ist Folter.“ Mehr: beispiel.de/folter.",
    "ru": "Свобода прессы касается каждого. Подпишите: https://пример.рф/путь и расскажите.",
    "el": "Η ελευθερία του Τύπου αφορά όλους; Υπογράψτε τώρα την έκκληση για τον Τζούλιαν Ασάνζ.",
    "ar": "حرية الصحافة للجميع. وقّعوا العريضة الآن: https://example.org/ar #الحرية_لأسانج",
    "hi": "प्रेस की आज़ादी सबकी है। आज ही याचिका पर हस्ताक्षर करें: https://example.org/hi",
    "ja": "報道の自由はすべての人のものだ。「署名を！」https://example.org/署名 #アサンジに自由を",
    "zh": "新闻自由属于每一个人。请签名：https://example.org/签名，并转发 #释放阿桑奇 吧。",
    "ko": "언론의 자유는 모두의 것입니다. 지금 서명하세요: https://example.org/ko #어산지_석방",
    "th": "เสรีภาพของสื่อเป็นของทุกคน ลงชื่อวันนี้ที่ https://example.org/th เพื่อจูเลียน อัสซานจ์",
}


def _bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("limit", [50, 70, 140])
def test_nothing_is_lost_in_any_language(language: str, limit: int) -> None:
    """The parts are the text, each fits, and links, tags and names are whole."""
    text = "\n\n".join([LANGUAGES[language]] * 3)
    parts = split_thread(text, lambda part: count_x(part, limit).valid)
    assert _bare("".join(parts)) == _bare(text)
    assert all(count_x(part, limit).valid for part in parts)
    for find in (x_entities, mastodon_entities):
        found = [entity.value for part in parts for entity in find(part)]
        assert found == [entity.value for entity in find(text)]


def test_cuts_where_a_reader_would() -> None:
    """At a paragraph's end before a sentence's, at a sentence's before a word's."""
    text = "One is short.\n\nTwo goes on, e.g. here. It ends.\n\nThree (last)"
    assert split_thread(text, lambda part: len(part) <= 40) == [
        "One is short.",
        "Two goes on, e.g. here. It ends.",
        "Three (last)",
    ]
    assert split_thread(text, lambda part: len(part) <= 26) == [
        "One is short.",
        "Two goes on, e.g. here.",
        "It ends.\n\nThree (last)",
    ]
    assert split_thread("one two three", lambda part: len(part) <= 8) == ["one two", "three"]


def test_paragraph_that_comes_early_does_not_end_a_part() -> None:
    """A greeting on a line of its own does not become a part of its own."""
    text = "Hi!\n\n" + "word " * 30
    assert split_thread(text, lambda part: len(part) <= 60)[0].startswith("Hi!\n\nword")


def test_long_words_are_cut_between_letters() -> None:
    """Only what has no better place is cut inside, and never inside a letter."""
    assert split_thread("a" * 10, lambda part: len(part) <= 4) == ["aaaa", "aaaa", "aa"]
    flags = "🇦🇺🇬🇧🇺🇸"
    assert split_thread(flags, lambda part: len(part) <= 3) == ["🇦🇺", "🇬🇧", "🇺🇸"]
    family = "👩‍👩‍👧‍👦" * 3
    assert split_thread(family, lambda part: count_mastodon(part, 2).valid) == [
        family[: len(family) // 3 * 2],
        family[: len(family) // 3],
    ]


def test_punctuation_stays_with_its_sentence() -> None:
    """No part begins with a closing mark."""
    parts = split_thread(
        "自由を。「今、署名を！」と言った、友人は。" * 5, lambda part: len(part) <= 9
    )
    assert not [part for part in parts if part[0] in "。、！」"]


def test_numbers() -> None:
    """Parts are numbered within the limit, also where the number grows a digit."""
    text = "word " * 100
    parts = split_thread(text, lambda part: len(part) <= 40, numbered=True)
    assert len(parts) > 9
    assert all(len(part) <= 40 for part in parts)
    assert parts[0].endswith(f" 1/{len(parts)}")
    assert parts[-1].endswith(f" {len(parts)}/{len(parts)}")
    assert " ".join(part.rpartition(" ")[0] for part in parts) == text.strip()


def test_what_fits_stays_whole() -> None:
    """A text that fits is one part without a number; a blank one is none."""
    assert split_thread(" One.\n\nTwo. ", bool, numbered=True) == ["One.\n\nTwo."]
    assert split_thread(" \n ", bool) == []


def test_what_cannot_be_cut_is_refused() -> None:
    """A link longer than a part is named, not broken."""
    text = "See https://example.org/" + "x" * 60 + " now"
    with pytest.raises(TextError, match=r"even alone: https://example\.org/xxx"):
        split_thread(text, lambda part: len(part) <= 40)


@given(texts, st.integers(25, 60), st.booleans())
def test_splitting_loses_nothing(text: str, limit: int, numbered: bool) -> None:
    """Whatever the text, the parts make it up again and each one fits."""

    def fits(part: str) -> bool:
        return count_mastodon(part, limit).length <= limit

    try:
        parts = split_thread(text, fits, numbered)
    except TextError:
        return
    assert all(map(fits, parts))
    if numbered and len(parts) > 1:
        parts = [part.rpartition(" ")[0] for part in parts]
    assert _bare("".join(parts)) == _bare(text)
