"""Reasons, and how they are said: sentences in the languages of `languages/*.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

import yaml
from babel import Locale
from babel.numbers import format_decimal

LANGUAGES: Final = Path(__file__).parent / "languages"

Wording: TypeAlias = str | Mapping[str, str]
"""One sentence; or one for each plural category of CLDR that the gap `n` asks for, and `other`."""

_LONGEST = 200
"""Letters of somebody's words in a sentence; what is longer is cut."""


Value: TypeAlias = "str | int | Reason"
"""What fills a gap: somebody's words, a number (written as the language writes it), or a phrase
of the catalogs, such as the name of a column."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is refused, or what should be looked at.

    `code` names a sentence of every file in `languages/`; `params` fill its gaps. `str()` is the
    sentence in English; `say` gives it in another language. Programs go by the code.
    """

    code: str
    params: Mapping[str, Value] = field(default_factory=dict, hash=False)

    @classmethod
    def of(cls, code: str, /, **params: Value) -> Reason:
        """Make a reason; the sentence's gaps are given by name."""
        return cls(code, params)

    def __str__(self) -> str:
        return say(self, "en")


def say(reason: Reason, language: str = "en") -> str:
    """Say `reason` in `language` (a tag such as `pt-BR`), or in English where we lack it.

    What fills the gaps is kept on one line, without controls, and not too long: it may be a
    stranger's words.

    Raises:
        KeyError: there is no such code, or a gap of its sentence is not filled.
    """
    tag = spoken(language)
    wording = wordings(tag)[reason.code]
    if not isinstance(wording, str):
        number = reason.params["n"]
        category = Locale(tag).plural_form(number if isinstance(number, int) else 0)
        wording = wording.get(category, wording["other"])
    return wording.format_map({name: _shown(value, tag) for name, value in reason.params.items()})


def spoken(language: str) -> str:
    """Tell in which of our languages `language` is answered."""
    base = language.replace("_", "-").split("-")[0].lower()
    return base if base in _tags() else "en"


@lru_cache(maxsize=64)
def wordings(tag: str) -> Mapping[str, Wording]:
    """Read all sentences of one of our languages, by code."""
    read: dict[str, Wording] = yaml.safe_load((LANGUAGES / f"{tag}.yaml").read_text("utf-8"))
    return read


@lru_cache(maxsize=1)
def _tags() -> frozenset[str]:
    return frozenset(path.stem for path in LANGUAGES.glob("*.yaml"))


def _shown(value: Value, tag: str) -> str:
    if isinstance(value, Reason):
        return say(value, tag)
    if isinstance(value, int):
        return str(format_decimal(value, locale=tag))
    line = " ".join("".join(c if c.isprintable() else " " for c in value).split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
