"""The kit's own words, dates and figures in a language.

Phrases stand in `languages/`, one file each: adding a language is adding a file. A language
that is not there gets English ones, all of them, so that no page mixes two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import yaml
from babel import Locale, UnknownLocaleError

from bot.cards.words import dates
from bot.cards.words.locales import locale_of, number
from bot.kit.nouns import Until, Words
from bot.model import CardKind, CardSpec, Look
from bot.model.campaigns import Brand

LANGUAGES: Final = Path(__file__).parent / "languages"
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Speech:
    """Speaks the language of one page."""

    language: str
    """The page's: that of its texts."""
    zone: ZoneInfo
    """Of days and hours that are not an event's."""

    @property
    def spoken(self) -> str:
        """The language of our own words on the page: its own, or English."""
        base = self.language.split("-")[0].lower()
        return base if base.isalpha() and (LANGUAGES / f"{base}.yaml").is_file() else "en"

    @property
    def tag(self) -> str:
        """`spoken`, as exactly as the page's language says it: `pt-BR`."""
        base = self.language.split("-")[0].lower()
        return self.language if base == self.spoken else self.spoken

    @property
    def locale(self) -> Locale:
        """Of dates and figures among our own words."""
        return locale_of(self.tag)

    def say(self, phrase: str, **values: str) -> str:
        """Fill in a phrase.

        Raises:
            KeyError: there is none of that name.
        """
        return _phrases(self.spoken)[phrase].format(**values)

    def number(self, value: int) -> str:
        """Write a whole number: 4.000."""
        return number(value, self.locale)

    def date(self, day: date) -> str:
        """Write a day: 22 February 2022."""
        return dates.day(day, self.locale)

    def until(self, end: datetime | None) -> Until | None:
        """Say until when something is true; a midnight is the day before it, to its end."""
        if end is None:
            return None
        local = end.astimezone(self.zone)
        if (local.hour, local.minute) == (0, 0):
            said = self.date((local - _INSTANT).date())
        else:
            spec = CardSpec(CardKind.EVENT, self.tag, {}, Look(Brand("")), starts=local)
            said = dates.when(spec)
        at = end.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
        return Until(at, self.say("until", date=said))


def words(text: str, language: str) -> Words:
    """Mark a text of content with its language and direction."""
    return Words(text, language, direction(language))


def direction(language: str) -> str:
    """Tell which way a language is written: `ltr` or `rtl`."""
    return str(locale_of(language).text_direction)


def language_name(language: str, in_language: str | None = None) -> str:
    """Name a language, in itself where no other is asked for; the tag where nobody knows it."""
    try:
        locale = Locale.parse(language, sep="-")
        name = locale.get_display_name(locale_of(in_language or language))
    except (UnknownLocaleError, ValueError):
        name = None
    return (name[:1].title() + name[1:] if in_language is None else name) if name else language


@lru_cache(maxsize=32)
def _phrases(language: str) -> Mapping[str, str]:
    read: dict[str, str] = yaml.safe_load((LANGUAGES / f"{language}.yaml").read_text("utf-8"))
    return read
