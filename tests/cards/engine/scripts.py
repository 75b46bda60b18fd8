"""Random words, and texts of them, in ten scripts and in what people put between words."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

Word = Callable[[Random], str]


class Script(NamedTuple):
    """A script: a language in it, real words, and a maker of words that nobody has seen."""

    language: str
    real: tuple[str, ...]
    made: Word
    spaced: bool = True
    """Words have spaces between them."""


def _some(random: Random, low: int, high: int, make: Word) -> str:
    return "".join(make(random) for _ in range(random.randint(low, high)))


def _maybe(random: Random, share: float, options: str) -> str:
    return random.choice(options) if options and random.random() < share else ""


def _letters(letters: str, marks: str = "", share: float = 0.2) -> Word:
    """Make words of letters, some with a mark or two."""

    def letter(random: Random) -> str:
        return random.choice(letters) + _maybe(random, share, marks) + _maybe(random, 0.03, marks)

    return lambda random: _some(random, 1, 11, letter)


def _between(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


def _indic(consonants: str, virama: str, vowels: str, matras: str, signs: str) -> Word:
    """Make words of syllables: a vowel, or consonants joined by viramas with a vowel sign."""

    def syllable(random: Random) -> str:
        if random.random() < 0.1:
            return random.choice(vowels) + _maybe(random, 0.1, signs)
        joined = virama.join(random.choices(consonants, k=random.choice((1, 1, 1, 1, 2, 2, 3))))
        return joined + _maybe(random, 0.6, matras) + _maybe(random, 0.1, signs)

    return lambda random: _some(random, 1, 6, syllable)


def _thai(random: Random) -> str:
    def syllable(random: Random) -> str:
        start = _maybe(random, 0.2, "เแโใไ") + random.choice(_between(0x0E01, 0x0E2E))
        above = _maybe(random, 0.3, "ิีึืัุู") + _maybe(random, 0.3, "่้๊๋")
        return start + above + _maybe(random, 0.3, "าำะ")

    return _some(random, 1, 7, syllable)


def _kana(random: Random) -> str:
    def sign(random: Random) -> str:
        kind = random.random()
        if kind < 0.4:
            return chr(random.randint(0x4E00, 0x9FA5))
        if kind < 0.43:
            return random.choice("かきくはひカキハホ") + "\u3099"
        return chr(random.choice((0x3041, 0x30A1)) + random.randint(0, 85))

    return _some(random, 1, 9, sign)


def _hangul(random: Random) -> str:
    def syllable(random: Random) -> str:
        if random.random() < 0.95:
            return chr(random.randint(0xAC00, 0xD7A3))
        last = chr(random.randint(0x11A8, 0x11C2))
        return chr(random.randint(0x1100, 0x1112)) + chr(random.randint(0x1161, 0x1175)) + last

    return _some(random, 1, 6, syllable)


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(" "))


SCRIPTS = {
    "Latin": Script(
        "en",
        _split("we were told the water was safe then started to measure it a I Gewässer für "
               "l’œuvre ¿qué? Nguyễn Huệ ẞ Łódź naïve co-operation don’t half- 24/7"),
        _letters(_between(0x61, 0x7A) + _between(0xC0, 0xD6) + _between(0x100, 0x17E) + "ạảấầẩẫậỹ",
                 "\u0301\u0300\u0302\u0308\u0323\u0327", 0.05),
    ),
    "Arabic": Script(
        "ar",
        _split("الصحافة ليست جريمة، ومن حق الناس أن يعرفوا ما يُفعل باسمهم في لا إلى الله و"),
        _letters(_between(0x0621, 0x063A) + _between(0x0641, 0x064A) + "لالپچگ",
                 _between(0x064B, 0x0652)),
    ),
    "Hebrew": Script(
        "he",
        _split("עיתונות אינה פשע, ולציבור יש זכות לדעת מה נעשה בשמו של את צה״ל"),
        _letters(_between(0x05D0, 0x05EA), _between(0x05B0, 0x05BC)),
    ),
    "Devanagari": Script(
        "hi",
        _split("पत्रकारिता अपराध नहीं है और जनता को जानने का अधिकार है। क्षेत्र में"),
        _indic("कखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह", "्", "अआइईउऊएऐओऔ", "ािीुूृेैोौ", "ंँः"),
    ),
    "Bengali": Script(
        "bn",
        _split("সাংবাদিকতা অপরাধ নয় এবং জনগণের জানার অধিকার আছে। ও"),
        _indic("কখগঘচছজঝটঠডঢণতথদধনপফবভমযরলশষসহ", "্", "অআইঈউঊএঐওঔ", "ািীুূৃেৈোৌ", "ংঁঃ"),
    ),
    "Thai": Script(
        "th",
        _split("การทำข่าว ไม่ใช่ อาชญากรรม ประชาชน มีสิทธิ ที่จะรู้ ว่า น้ำ ๆ"),
        _thai,
        spaced=False,
    ),
    "Japanese": Script(
        "ja",
        _split("ジャーナリズムは 犯罪ではない。 市民には 知る権利がある。 「川」 と、"),
        _kana,
        spaced=False,
    ),
    "Korean": Script(
        "ko",
        _split("저널리즘은 범죄가 아니다. 시민에게는 알 권리가 있다. 그 이"),
        _hangul,
    ),
    "Greek": Script(
        "el",
        _split("Η δημοσιογραφία δεν είναι έγκλημα και ο λαός έχει δικαίωμα να ξέρει· «ναι»"),
        _letters(_between(0x03B1, 0x03C9) + "άέήίόύώΐϊ" + _between(0x1F00, 0x1F07), "\u0301\u0308",
                 0.03),
    ),
    "Cyrillic": Script(
        "ru",
        _split("Журналистика — не преступление, и люди имеют право знать. В я с"),
        _letters(_between(0x0410, 0x045F) + "ґғқңөүһ", "\u0301", 0.05),
    ),
}  # fmt: skip

EMOJI = _split("🌊 🔔 ❤️ 👩🏽‍🚀 👨‍👩‍👧‍👦 🇬🇧 🇺🇦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 1️⃣ ☎︎ ✊🏿 🏳️‍🌈 © ™️ ⚖")
NUMBERS = _split(
    "31,416 1.234,56 50% 10:30–12:00 2026-02-15 +44(0)20-7946 €3.50 −5°C №7 ½ ٢٠٢٦ १२३ 3×4=12"
)
SIGNS = _split("— – … ! ? « » ( ) [ ] “ ” ‘ ’ „ / & @ • · → ، ؟ 。 ！ ॥ ¿ * # ~ |")
LINKS = _split(
    "https://example.org/a/very/long/path?with=query&and=more www.example.org a@b.org "
    "#FreeTheRiver #حرية_الصحافة @name@example.social"
)
SPACES = (
    " ",
    " ",
    "  ",
    "\u00a0",
    "\u202f",
    "\u3000",
    "\t",
    "\n",
    "\n\n",
    "\r\n",
    "\u2003",
    "\u2028",
)
UNSEEN = (
    "\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\u2066", "\u2067",
    "\u2068", "\u2069", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\ufeff", "\ufe0f",
    "\ufe0e", "\x00", "\x07", "\x1b", "\x7f", "\x85", "\u061c", "\ufffc", "\ufff9", "\u180e",
    "\U000e0001", "\U000e0067", "\U000e007f", "\u2063", "\ufdd0", "\u3164",
)  # fmt: skip


def word(random: Random, script: Script) -> str:
    """Make one word in a script: a real one or one that is random."""
    return random.choice(script.real) if random.random() < 0.6 else script.made(random)


def text(random: Random, script: Script, length: int, wild: float) -> str:
    """Make a text of at most `length` characters; `wild` is the share of what is no plain word."""
    parts: list[str] = []
    size = 0
    while size < length:
        part = _wild(random, script) if random.random() < wild else word(random, script)
        space = " " if script.spaced or random.random() < 0.1 else ""
        if random.random() < wild * 0.3:
            space = random.choice(SPACES)
        parts += [part, space]
        size += len(part) + len(space)
    made = "".join(parts)[:length]
    return made if made.strip() else random.choice(script.real)[:length]


def _wild(random: Random, script: Script) -> str:
    other = SCRIPTS[random.choice(list(SCRIPTS))]
    kind = random.randrange(8)
    if kind == 0:
        return word(random, other)
    if kind == 1:
        return word(random, script) + word(random, other)
    if kind == 2:
        return "".join(random.choices(EMOJI, k=random.choice((1, 1, 2, 3))))
    if kind == 3:
        return random.choice(NUMBERS)
    if kind == 4:
        return random.choice(LINKS)
    if kind == 5:
        return "".join(script.made(random) for _ in range(random.choice((2, 3, 4, 40))))
    if kind == 6:
        own = word(random, script)
        at = random.randint(0, len(own))
        return own[:at] + random.choice(UNSEEN) + own[at:]
    sign = random.choice(SIGNS)
    return random.choice((sign, sign + word(random, script), word(random, script) + sign))
