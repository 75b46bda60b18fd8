"""The words by which calls, speakers, dates and figures are told, in six languages.

Lists, not grammar: what is not on them is not found, and the reviewer sees that in the preview.
Each list is a pattern of alternatives (`sign|add your name`), matched without regard to case.
In a language that has none, what needs no words is still found: quotations with a speaker after
a dash, links, hashtags, dates in figures.
"""

from __future__ import annotations

from functools import lru_cache

from bot.proposals.words.de import GERMAN
from bot.proposals.words.en import ENGLISH
from bot.proposals.words.es import SPANISH
from bot.proposals.words.fr import FRENCH
from bot.proposals.words.it import ITALIAN
from bot.proposals.words.pt import PORTUGUESE
from bot.proposals.words.vocabulary import UNKNOWN, Vocabulary

LANGUAGES: dict[str, Vocabulary] = {
    "en": ENGLISH, "es": SPANISH, "pt": PORTUGUESE, "fr": FRENCH, "de": GERMAN, "it": ITALIAN,
}  # fmt: skip


@lru_cache(maxsize=32)
def vocabulary(language: str) -> Vocabulary:
    """Give the words of a language by its tag (`pt-BR` has those of `pt`)."""
    return LANGUAGES.get(language.split("-")[0].lower(), UNKNOWN)


__all__ = ["LANGUAGES", "UNKNOWN", "Vocabulary", "vocabulary"]
