"""What a template may show of a card: the author's words, and what is made of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.cards.errors import CardError
from bot.cards.typesetting.clean import settled
from bot.cards.typesetting.direction import runs_rtl
from bot.cards.words import wording
from bot.cards.words.locales import comma, locale_of
from bot.model import Brand, CardKind, CardSpec

MAIN: Mapping[CardKind, str] = {
    CardKind.QUOTE: "quote",
    CardKind.STATISTIC: "figure",
}
"""The word that a kind cannot be without; the others need a headline."""


@dataclass(frozen=True, slots=True)
class Fields:
    """What one card has."""

    texts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    facts: frozenset[str]
    share: float | None
    rtl: bool

    def has(self, name: str) -> bool:
        """Tell whether the card has a field, a list or another thing."""
        return bool(self.texts.get(name)) or name in self.facts or bool(self.lists.get(name))


def main_field(kind: CardKind) -> str:
    """Name the word that is what a card of this kind says."""
    return MAIN.get(kind, "headline")


def fields_of(spec: CardSpec) -> Fields:
    """Work out the fields of a card.

    Raises:
        CardError: the word it cannot be without is missing, or a photo card has no photo.
    """
    main = main_field(spec.kind)
    if not settled(spec.words.get(main, "")):
        raise CardError(f"the {spec.kind} card needs its {main}: add `{main}:` under `card:`")
    if spec.kind is CardKind.PHOTO and spec.image is None:
        raise CardError("a photo card needs its photo: add `image:` under `card:`")
    share = wording.share_reached(spec)
    rtl = runs_rtl(spec.words[main], spec.language)
    brand = spec.look.brand
    there = {
        "logo": brand.logo is not None,
        "picture": brand.picture is not None,
        "image": spec.image is not None,
        "share": share is not None,
        "rtl": rtl,
    }
    return Fields(
        texts={**wording.fields(spec), "comma": comma(locale_of(spec.language))},
        lists={"places": wording.places(spec), "recipients": wording.recipients(spec)},
        facts=frozenset(name for name, is_there in there.items() if is_there),
        share=share,
        rtl=rtl,
    )


# --- the author's words behind a field ----------------------------------------------------

_BEHIND = {
    "source_line": "source",
    "to_line": "to",
    "credit_line": "credit",
    "recipients": "to",
    "when": "date",
    "places": "place",
    "name": "brand name",
}


def author_field(field: str) -> str:
    """Name what a person must shorten for a field to become shorter."""
    return _BEHIND.get(field, field)


def words_of(spec: CardSpec, field: str) -> str:
    """Return the words behind `field`, empty where nobody wrote them."""
    if field in spec.words:
        return spec.words[field].strip()
    own = {
        "hashtag": spec.look.hashtag,
        "link": spec.look.link,
        "brand name": spec.look.brand.name,
        "place": ", ".join(spec.places),
    }
    return own.get(field, "").strip()


def with_words(spec: CardSpec, field: str, words: str) -> CardSpec:
    """Make the same card with other words in a field."""
    if field in spec.words:
        return replace(spec, words={**spec.words, field: words})
    look = spec.look
    if field == "hashtag":
        return replace(spec, look=replace(look, hashtag=words))
    if field == "link":
        return replace(spec, look=replace(look, link=words))
    if field == "brand name":
        brand: Brand = replace(look.brand, name=words)
        return replace(spec, look=replace(look, brand=brand))
    return replace(spec, places=_first_places(spec.places, len(words)))


def _first_places(places: tuple[str, ...], characters: int) -> tuple[str, ...]:
    """Take so many characters of places that are joined by commas."""
    kept = []
    for place in places:
        if characters > 0:
            kept.append(place[:characters])
        characters -= len(place) + 2
    return tuple(kept)
