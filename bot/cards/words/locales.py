"""A language's figures and joints: which locale, which digits, what stands between items.

Babel brings CLDR's patterns but writes each digit as 0 to 9; here they become those of the
locale's own numbering system, such as ۰ to ۹ in Persian.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_decimal

_ZEROS: Final = {
    "arab": "٠",
    "arabext": "۰",
    "beng": "০",
    "deva": "०",
    "gujr": "૦",
    "guru": "੦",
    "khmr": "០",
    "knda": "೦",
    "laoo": "໐",
    "mlym": "൦",
    "mymr": "၀",
    "orya": "୦",
    "tamldec": "௦",
    "telu": "౦",
    "thai": "๐",
    "tibt": "༠",
}
"""The nought of CLDR's numbering systems that a locale has by default, and some more."""

_ARABIC_COMMA: Final = frozenset(("ar", "ckb", "fa", "ps", "sd", "ug", "ur"))
_WITHOUT_SPACES: Final = frozenset(("ja", "th", "zh", "yue", "lo", "km", "my"))


@lru_cache(maxsize=256)
def locale_of(language: str) -> Locale:
    """Find Babel's locale for a language tag: the tag, a shorter one, or English."""
    parts = language.replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        try:
            return Locale.parse("-".join(parts[:length]), sep="-")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")


def in_digits(text: str, locale: Locale) -> str:
    """Write the figures of `text` in the digits of the locale."""
    zero = _ZEROS.get(locale.default_numbering_system)
    if zero is None:
        return text
    return text.translate({ord("0") + i: chr(ord(zero) + i) for i in range(10)})


def number(value: int, locale: Locale) -> str:
    """Write a whole number, grouped: 31,416."""
    return in_digits(format_decimal(value, locale=locale, numbering_system="default"), locale)


def percent(part: int, whole: int, locale: Locale) -> str:
    """Write a part of a whole as whole percent, rounded down: 99.9 % is not yet all of it."""
    pattern = locale.percent_formats[None].pattern
    system = locale.default_numbering_system
    sign = locale.number_symbols.get(system, {}).get("percentSign", "%")
    figures = number(100 * part // whole, locale)
    before, _, after = pattern.partition("%")
    # "#,##0 %", or "%#,##0" in Turkish and Basque; the blank is one that does not break.
    if any(mark in after for mark in "#0"):
        return f"{before}{sign}{after[: len(after) - len(after.lstrip())]}{figures}"
    return f"{figures}{before[len(before.rstrip()) :]}{sign}{after}"


def listed(items: Sequence[str], locale: Locale) -> str:
    """Join items as the language lists them: Leeds, York and Hull."""
    return format_list(items, locale=locale) if items else ""


def comma(locale: Locale) -> str:
    """What stands between two things said of one: a name and an office."""
    if locale.language in _ARABIC_COMMA:
        return "، "
    return {"ja": "、", "zh": "，", "yue": "，"}.get(locale.language, ", ")


def in_brackets(text: str, locale: Locale) -> str:
    """Set a remark behind what it is about."""
    wide = locale.language in ("ja", "yue", "zh")
    return f"（{text}）" if wide else f" ({text})"


def joint(locale: Locale) -> str:
    """What stands between a day and an hour."""
    return " " if locale.language in {*_WITHOUT_SPACES, "ko"} else comma(locale)


def capitalised(text: str) -> str:
    """Begin with a capital letter, in scripts that have them."""
    # Title case, since Georgian has capitals only for words that are all in capitals.
    return text[:1].title() + text[1:]
