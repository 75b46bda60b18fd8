"""Phrases that the bot itself puts on cards, in the languages of `languages/*.yaml`.

A language that is not there gets English ones, whole phrases at a time, so that no line mixes
two languages. Where a number rules the form of a noun, a phrase has one wording for each
plural category of CLDR that the language tells apart here, and always `other`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

import yaml
from babel import Locale

from bot.cards.words.locales import locale_of

LANGUAGES: Final = Path(__file__).parent / "languages"

Phrase: TypeAlias = str | Mapping[str, str]
"""One wording, or one for each plural category."""

_TRADITIONAL = frozenset(("TW", "HK", "MO"))
"""Where Chinese is written in traditional characters."""


def phrase(language: str, name: str, number: int | None = None, /, **values: str) -> str:
    """Fill in one phrase in `language`, or in English; `number` rules its plural form."""
    wording = phrases(spoken(language))[name]
    if not isinstance(wording, str):
        category = phrase_locale(language).plural_form(number or 0)
        wording = wording.get(category, wording["other"])
    return wording.format(**values)


def phrase_locale(language: str) -> Locale:
    """Find the locale for figures and dates in phrases, so that both are one language."""
    tag = spoken(language)
    return locale_of("en" if tag == "en" and not language.lower().startswith("en") else language)


@lru_cache(maxsize=256)
def spoken(language: str) -> str:
    """Tell in which of our languages phrases for `language` are."""
    locale = locale_of(language)
    base = language.replace("_", "-").split("-")[0].lower()
    if base == "zh":
        old = locale.script == "Hant" or locale.territory in _TRADITIONAL
        return "zh-Hant" if old else "zh-Hans"
    # Bokmål is what "Norwegian" means where a text does not say which.
    base = {"no": "nb", "iw": "he", "in": "id"}.get(base, base)
    return base if (LANGUAGES / f"{base}.yaml").is_file() else "en"


@lru_cache(maxsize=64)
def phrases(tag: str) -> Mapping[str, Phrase]:
    """Read the phrases of one language that is there."""
    read: dict[str, Phrase] = yaml.safe_load((LANGUAGES / f"{tag}.yaml").read_text("utf-8"))
    return read
