"""Cards to look at: one of each kind, and the same thought in many scripts.

They stand in contact sheets and in the gallery of the documentation, where a designer sees a
template with words of the length that people really write. The river, its people and its
figures are made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from bot.model import CardKind, CardSpec, Look

_LONDON = ZoneInfo("Europe/London")
_SPEAKER = Path("images/photos/speaker.jpg")
_VIGIL = Path("images/photos/vigil.jpg")


def _sample(kind: CardKind, **rest: Any) -> CardSpec:  # noqa: ANN401 # words and fields of a spec
    fields = {name: rest.pop(name) for name in list(rest) if name in CardSpec.__slots__}
    language = fields.pop("language", "en-GB")
    return CardSpec(kind=kind, language=language, words=rest, **fields)


def of_each_kind(look: Look) -> Mapping[str, CardSpec]:
    """One card of each kind in English, by the kind's name."""
    samples = (
        _sample(
            CardKind.QUOTE,
            look=look,
            quote="We were told the water was safe. Then we started to measure it ourselves.",
            attribution="Dr Miriam Adeyemi",
            role="Hydrologist, Friends of the Ash",
            image=_SPEAKER,
        ),
        _sample(
            CardKind.PETITION,
            look=look,
            headline="Publish every discharge into our river within a day",
            target="Minister for the Environment",
            goal=50_000,
            count=31_416,
            as_of=date(2026, 2, 15),
        ),
        _sample(
            CardKind.EVENT,
            look=look,
            headline="Walk the river with us",
            starts=datetime(2026, 4, 25, 10, 30, tzinfo=_LONDON),
            ends=datetime(2026, 4, 25, 16, 0, tzinfo=_LONDON),
            places=("Ashford", "Canterbury", "Wye", "Fordwich"),
        ),
        _sample(
            CardKind.STATISTIC,
            look=look,
            figure="1,204",
            label="hours of untreated discharge in a single winter",
            source="Friends of the Ash, river log 2025",
        ),
        _sample(
            CardKind.LETTER,
            look=look,
            headline="Ask your water company to open its monitors",
            to="The Chief Executive; The Chair of the Board",
            salutation="Dear Sir or Madam,",
            body="Five minutes, your own words, your name and town.",
        ),
        _sample(
            CardKind.ANNOUNCEMENT,
            look=look,
            kicker="Inquiry",
            headline="Parliament will hear the river’s case in May",
            body="Our evidence, four years of samples, is now before the committee.",
        ),
        _sample(
            CardKind.PHOTO,
            look=look,
            kicker="Last night",
            headline="Four thousand lights for one river",
            credit="Loudhailer (drawn)",
            image=_VIGIL,
        ),
        _sample(CardKind.POSTER, look=look, headline="Rivers remember"),
    )
    return MappingProxyType({str(spec.kind): spec for spec in samples})


_IN_SCRIPTS: Mapping[str, tuple[str, CardKind, dict[str, Any]]] = MappingProxyType(
    {
        "Arabic": ("ar", CardKind.QUOTE, {
            "quote": "الصحافة ليست جريمة، ومن حق الناس أن يعرفوا ما يُفعل باسمهم.",
            "attribution": "نقابة الصحفيين",
            "role": "القاهرة، 3 مايو 2025",
        }),
        "Hebrew": ("he", CardKind.ANNOUNCEMENT, {
            "kicker": "חופש העיתונות",
            "headline": "עיתונות אינה פשע",
            "body": "לציבור יש זכות לדעת מה נעשה בשמו.",
        }),
        "Hindi": ("hi", CardKind.ANNOUNCEMENT, {
            "kicker": "प्रेस की स्वतंत्रता",
            "headline": "पत्रकारिता अपराध नहीं है",
            "body": "जनता को यह जानने का अधिकार है कि उसके नाम पर क्या किया जा रहा है।",
        }),
        "Bengali": ("bn", CardKind.STATISTIC, {
            "figure": "৫০,০০০",
            "label": "মানুষ বলছেন: সাংবাদিকতা অপরাধ নয়",
            "source": "নদী রক্ষা মঞ্চ",
        }),
        "Thai": ("th", CardKind.ANNOUNCEMENT, {
            "kicker": "เสรีภาพสื่อ",
            "headline": "การทำข่าวไม่ใช่อาชญากรรม",
            "body": "ประชาชนมีสิทธิที่จะรู้ว่ามีการกระทำอะไรในนามของตน",
        }),
        "Chinese": ("zh-Hans", CardKind.PETITION, {
            "headline": "新闻工作不是犯罪：请公开每一次排放",
            "target": "环境部长",
            "goal": 50_000, "count": 31_416, "as_of": date(2026, 2, 15),
        }),
        "Japanese": ("ja", CardKind.EVENT, {
            "headline": "ジャーナリズムは犯罪ではない",
            "starts": datetime(2026, 4, 25, 14, 0, tzinfo=ZoneInfo("Asia/Tokyo")),
            "places": ("東京", "大阪", "福岡"),
        }),
        "Korean": ("ko", CardKind.QUOTE, {
            "quote": "저널리즘은 범죄가 아니다. 시민에게는 알 권리가 있다.",
            "attribution": "강 지킴이 모임",
        }),
        "Greek": ("el", CardKind.POSTER, {"headline": "Η δημοσιογραφία δεν είναι έγκλημα"}),
        "Russian": ("ru", CardKind.LETTER, {
            "headline": "Напишите министру: журналистика — не преступление",
            "to": "Министр юстиции",
            "salutation": "Уважаемый господин министр!",
        }),
        "Mixed directions": ("ar", CardKind.PETITION, {
            "headline": "وقّعوا عريضة Free the River (2026) قبل 15/03 ‏– معًا 100%",
            "target": "وزارة البيئة",
            "goal": 50_000, "count": 31_416, "as_of": date(2026, 2, 15),
        }),
        "Emoji": ("en-GB", CardKind.ANNOUNCEMENT, {
            "kicker": "Today 🗓️",
            "headline": "Ring the bells 🔔 for the river 🌊",
            "body": "At noon, from Ashford to the sea. Bring the family 👨‍👩‍👧‍👦 🇬🇧",
        }),
    }
)  # fmt: skip


def in_scripts(look: Look) -> Mapping[str, CardSpec]:
    """The same thought in many scripts, by the script's English name."""
    return MappingProxyType(
        {
            name: _sample(kind, language=language, look=look, **fields)
            for name, (language, kind, fields) in _IN_SCRIPTS.items()
        }
    )
