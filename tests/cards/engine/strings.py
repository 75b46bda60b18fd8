"""Strings that are hard to set: each has gone wrong in some program that makes cards."""

from __future__ import annotations

from typing import NamedTuple

_RTL = {"ar", "ckb", "dv", "fa", "ff-Adlm", "he", "nqo", "ps", "sd", "syr", "ug", "ur"}


class Hard(NamedTuple):
    """A string, and how it is set."""

    language: str
    text: str
    rtl: bool
    family: str


def _in(language: str, texts: str, family: str = "plain") -> tuple[Hard, ...]:
    """List strings of one language, each on a line of its own.

    The family is one whose faces have no spacing of their own, which no browser could be told.
    """
    lines = (line.strip() for line in texts.strip().split("\n"))
    return tuple(Hard(language, line, language in _RTL, family) for line in lines)


JOINED = (
    # Letters that join and lose their joins, marks above and below one another.
    *_in("ar", """
        الصحافة ليست جريمة
        لا إله إلا لآلئ الأطلال
        الحُرِّيَّةُ لِلصَّحَفِيِّينَ
        بسم الله الرحمن الرحيم
        كتـــاب ه‍ 5هـ
        صلى الله عليه وسلم ﷺ
        رُؤْيَةٌ مُسْتَقْبَلِيَّةٌ
    """),
    *_in("ar", """
        السلام عليكم كتابة
        حُرِّيَّةٌ ٢٠٢٦
    """, family="condensed"),
    *_in("ar", "الصحافة لَيْسَتْ جريمة", family="serif-plain"),
    *_in("fa", """
        روزنامه‌نگاران را آزاد کنید
        می‌خواهم گچ پژ یک
        کتاب‌خانه‌ی ما ۱۴۰۵
        نیم‌فاصله‌ها ئۀ هٔ
    """),
    *_in("ur", """
        صحافیوں کو رہا کرو
        ٹھیک ہے ڈاکٹر صاحب، ۲۰۲۶
    """),
    *_in("ur", """
        صحافت جرم نہیں ہے
        پاکستان میں آزادی ۲۰۲۶ء
    """, family="serif-plain"),
    *_in("ckb", "ڕۆژنامەگەری تاوان نییە"),
    *_in("ug", "ئەركىن ئاخبارات ئۇيغۇر"),
    *_in("ps", "خبریالي جرم نه دی ښځه"),
    *_in("sd", "صحافت ڏوهه ناهي ڳ"),
    *_in("he", """
        שִׁחְרוּר הָעִתּוֹנָאִים עַכְשָׁו
        בְּרֵאשִׁית בָּרָא אֱלֹהִים
        ארה״ב וצה"ל ת״א
        כָּל־הָאָ֖רֶץ וְאֵ֥ת
    """),
    *_in("dv", "ދިވެހިރާއްޖެ ނޫސްވެރިކަން"),
    *_in("syr", "ܫܠܡܐ ܥܠܝܟܘܢ"),
    *_in("nqo", "ߒߞߏ ߞߊ߲"),
    *_in("ff-Adlm", "𞤊𞤵𞤤𞤬𞤵𞤤𞤣𞤫"),
)  # fmt: skip

MIXED = (
    # Numbers, signs, brackets and words that run the other way; isolates within isolates.
    *_in("ar", """
        وقّعوا Free the River قبل 15/03/2026
        خصم 50% على 1,234.56 ريال
        نسبة ٪٥٠ و٥٠٪
        اتصل +44 (0)20 7946-0958 الآن
        \u200f+20 100 123 4567\u200f
        من 2020-05-01 إلى 2021
        انظر https://example.org/نهر?a=1 هنا
        شارك #حرية_الصحافة اليوم
        شارك #FreeTheRiver_2026 اليوم
        قالت (BBC) إن [النهر] «حر»
        a) أولاً b) ثانياً
        1. أولا 2) ثانيا (3) ثالثا
        حلف الـNATO وميثاقه
        الساعة 10:30–12:00 في 3 مايو
        درجة −5°C و 10\u200e–20 كم
        5 × 3 = 15
        أ\u200fb\u200eج
    """),
    *_in("he", """
        ב-15 במאי 2026 (יום ו׳) ב-10:30!
        מחיר: ₪1,200 או $350
        10%-20% 5+3=8
        הדו״ח PDF נמצא ב-www.example.org/a_b?c=1
        C++ ו-C# (2026)
        (א) [ב] {ג} <ד>
        \u2067אבג \u2066abc \u2067דהו\u2069 def\u2069 זחט\u2069 1-2
        שלום \u2068Free (the) River!\u2069, שלום
    """),
    *_in("fa", """
        ۲۵٪ از ۱۲٬۳۴۵ رأی – 100% done
        «علی» (رضا) 50–60%
    """),
    *_in("en", """
        Signs said حرية الصحافة (الآن) 2026!
        He wrote \u2067שלום, world!\u2069 twice.
        Call ארה״ב: 1-800-555, or באר שבע.
        Price: ١٢٣ or 123 درهم only
        Read \u2066a \u2067ب (1) ج\u2069 b\u2069, then go
    """),
)  # fmt: skip

CLUSTERED = (
    # Conjuncts, signs that stand before their letter, marks upon marks.
    *_in("hi", """
        क्षत्रिय ज्ञान श्रीमती कर्म
        पत्रकारिता अपराध नहीं है
        स्त्री र्‍य राष्ट्र द्ध ट्ठ हृदय ॐ
        किर्ति कुछ हिन्दी ऑफ़िस
        ट्रांसफ़ॉर्मर क्‍ष क्‌ष
        रु रू दॄ अंग्रेज़ी में BBC 2026
    """),
    *_in("mr", "तुऱ्या वाऱ्यावर ळ"),
    *_in("sa", "अग्निमी॑ळे पु॒रोहि॑तं"),
    *_in("ne", "पत्रकारिता गर्‍यो"),
    *_in("bn", """
        সাংবাদিকতা অপরাধ নয়
        ক্ষুধা কর্তৃক স্ত্রী হ্যাঁ কোটি সৌ
        র‍্যাব র্য ৎ ত্র জ্ঞ (২০২৬)
    """),
    *_in("as", "সাংবাদিকতা অপৰাধ নহয় ক্ষ"),
    *_in("or", "ସାମ୍ବାଦିକତା ଅପରାଧ ନୁହେଁ କ୍ଷ ର୍କ"),
    *_in("pa", "ਪੱਤਰਕਾਰਾਂ ਨੂੰ ਰਿਹਾਅ ਕਰੋ ਸ੍ਰੀ"),
    *_in("gu", "પત્રકારત્વ ગુનો નથી ક્ષેત્ર"),
    *_in("ta", """
        பத்திரிகையாளர்களை ஸ்ரீ க்ஷ கொ கௌ
        ஃ கூ ஶ்ரீ நெள
    """),
    *_in("te", """
        జర్నలిస్టులను విడుదల క్ష్మి స్త్రీ
        కృష్ణ ర్క ట్రై
    """),
    *_in("kn", """
        ಪತ್ರಿಕೋದ್ಯಮ ಅಪರಾಧವಲ್ಲ ರ್ಕ ಕ್ಷ್ಮೀ
        ಕೈ ಕೌ ಸ್ತ್ರೀ
    """),
    *_in("ml", """
        മാധ്യമപ്രവർത്തനം കുറ്റമല്ല ക്ഷ്മ സ്ത്രീ
        ൻ ർ ൽ കൊ കോ കൗ ക്ക ക്ത
    """),
    *_in("si", "මාධ්‍යවේදීන් ශ්‍රී ක්‍ෂ"),
    *_in("km", """
        ដោះលែងអ្នកកាសែត ខ្ញុំ ស្ត្រី ស៊ើ
        ក្រុមហ៊ុន ព្រះ ប៉ុន្តែ
    """),
    *_in("my", """
        သတင်းထောက်များ လွှတ်ပေးပါ က္ကြွ ဤင်္ဂ
        မြန်မာ ဏ္ဍ
    """),
    *_in("shn", "ၵႂၢမ်းတႆး"),
    *_in("bo", """
        གསར་འགོད་པ་ བསྒྲུབས་ རྒྱལ་
        ཨོཾ་མ་ཎི་པདྨེ་ཧཱུྃ༔
    """),
    *_in("th", """
        น้ำ ที่นี่ ปู่ ฟ้า ผู้ใหญ่ ญู ฐุ
        การทำข่าวไม่ใช่อาชญากรรม ป๊ี่
        กำ ก้ำ ปั้น ฎุ ฏู ฬี่ ญาติ ฐาน
    """),
    *_in("lo", """
        ປ່ອຍຕົວນັກຂ່າວ ນ້ຳ ຊື່ ໝູ່
        ເຂົ້າ ຫຼວງ ກຳ ກໍາ ໜຶ່ງ
    """),
)  # fmt: skip

ALPHABETS = (
    # Marks and letters that may come apart or together; signs that each country writes its way.
    *_in("vi", """
        Thứ Bảy, Nguyễn Huệ: Ổ Ẵ ễ ộ ợ
        Ba\u0301o chi\u0301 kho\u0302ng pha\u0309i to\u0323\u0302i
    """),
    *_in("en", """
        office fluffy -> => figure A\u030a e\u0308 ż\u0323 q\u0307
        AVATAR To, Wa. “Yes” — it’s 1⁄2
        x² H₂O ½ ⅓ 1⁄3 ℃ № ™ ©
        a\u0336b\u0336 c\u0332 o\u0361o 1⃣
    """),
    *_in("yo", "ọ\u0300 ẹ\u0301 ṣ gb\u0300 m\u0300"),
    *_in("lt", "ė\u0303 į\u0301 Ą\u0301 i\u0307\u0301 j\u0303"),
    *_in("nl", "ij IJ íj\u0301 col·lecció ď ť ľ ș ț"),
    *_in("tr", "İı fi iş"),
    *_in("ru", """
        Журналистика — не преступле\u0301ние №5
        Ёлка й ї ґ ў Ћ
    """),
    *_in("sr", "Ђ ђ г п т б"),
    *_in("bg", "в г д ж з и к л"),
    *_in("el", """
        Ἐν ἀρχῇ ἦν ὁ λόγος, ᾧ ᾄδῃ ῥ
        Η δημοσιογραφία δεν είναι έγκλημα;
    """),
    *_in("grc", "ᾅ ᾍ ᾯ ῗ ΐ ϊ ᾱ\u0301 ϛ ϝ"),
    *_in("am", "ጋዜጠኝነት ወንጀል አይደለም።"),
    *_in("hy", "Լրագրությունը հանցագործություն չէ և"),
    *_in("ka", "ჟურნალისტიკა დანაშაული არ არის"),
    *_in("ja", """
        がパヷ か\u3099 ハ\u309a「自由」ー。
        ジャーナリズムは犯罪ではない
        辻\U000e0100 葛\U000e0101 々〆ヶ ｶﾞ ㈱ ①
        骨直角次過海説
    """),
    *_in("ko", """
        저널리즘은 범죄가 아니다
        \u1112\u1161\u11ab\u1100\u1173\u11af 한글
        骨直角次過海說
    """),
    *_in("zh-Hans", "骨直角次过海说：“公开”《法》"),
    *_in("zh-Hant", "骨直角次過海說"),
    *_in("zh-HK", "骨直角次過海說"),
)  # fmt: skip

PICTURES = (
    # Emoji of many characters, flags, keycaps, and signs that may be either.
    *_in("en", """
        Family 👨‍👩‍👧‍👦 and 👩🏽‍🚀 here
        Flags 🇬🇧🇺🇦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🏳️‍🌈
        🇺🇳🇪🇺🇬 x 🇽🇽
        Keys 1️⃣ #️⃣ *️⃣ 9⃣ now
        Skin 👍🏿 👋🏻✊🏽 ☝🏽
        Love ❤️ and ❤︎, ☎︎ or ☎️ ✈ ✔
        ⚖ ⚖️ ☮ ☮️ 🕊 🕊️ ✌️
        👩‍❤️‍💋‍👨 👨🏿‍🦰 🧑‍🤝‍🧑 🏳️‍⚧️
        ©️ ™️ ‼️ ↔️ Ⓜ️ 🅰️
        ← ↑ → ↓ ⇄ ✓ ✗ ★ ☐
    """),
    *_in("ar", """
        معاً 🌊 من أجل النهر 👨‍👩‍👧 2026
        👍🏽 نعم 🇪🇬🇸🇩 لا
    """),
)  # fmt: skip

HARD = (*JOINED, *MIXED, *CLUSTERED, *ALPHABETS, *PICTURES)
