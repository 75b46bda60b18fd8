"""Cards in messages and campaigns: each field arrives, and each slip is told at its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.values import focus
from bot.model import CARD_SIZES, CardKind, CardWords
from tests.content.repo import Repo

PNG = b"\x89PNG\r\n\x1a\n"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def repo(repo: Repo) -> Repo:
    """A campaign with a photo and a style of its own."""
    repo.write("images/photos/vigil.jpg", b"\xff\xd8")
    repo.write("images/portraits/jane.png", PNG)
    repo.write("images/templates/riverside.yaml", "based_on: broadside\n")
    return repo


def test_a_letters_words_arrive(repo: Repo) -> None:
    """To whom it goes, how it begins, and what is said below the headline."""
    card = repo.one(
        "card: {kind: letter, headline: Write, to: [The Minister, The Mayor], "
        'salutation: "Dear Minister,", body: Two minutes., kicker: Now}'
    ).card
    assert card == CardWords(
        CardKind.LETTER,
        {
            "headline": "Write",
            "to": "The Minister; The Mayor",
            "salutation": "Dear Minister,",
            "body": "Two minutes.",
            "kicker": "Now",
        },
    )


def test_a_single_recipient_needs_no_list(repo: Repo) -> None:
    """`to: The Minister` says clearly enough what is meant."""
    card = repo.one("card: {kind: letter, headline: Write, to: The Minister}").card
    assert card is not None
    assert card.words["to"] == "The Minister"


def test_a_photo_cards_fields_arrive(repo: Repo) -> None:
    """The photo, what of it must stay in view, who took it, and how the card is to look."""
    message = repo.one(
        "alt: Candles on a bridge.\n"
        "card: {kind: photo, headline: We are here, image: images/photos/vigil.jpg, "
        "focus: 40% 30%, credit: Ana Lee, style: riverside, size: 1080x1350}"
    )
    assert message.alt == "Candles on a bridge."
    assert message.image is None
    assert message.wants_card
    assert message.card == CardWords(
        CardKind.PHOTO,
        {"headline": "We are here", "credit": "Ana Lee"},
        style="riverside",
        image=Path("images/photos/vigil.jpg"),
        focus=(0.4, 0.3),
        size=(1080, 1350),
    )


def test_a_quotes_portrait_needs_but_its_attribution(repo: Repo) -> None:
    """Whose face it is, the card says itself."""
    message = repo.one(
        "card: {kind: quote, quote: Q, attribution: Jane, image: images/portraits/jane.png}"
    )
    assert message.alt is None
    assert message.card is not None
    assert message.card.image == Path("images/portraits/jane.png")


@pytest.mark.parametrize("kind", [*CardKind])
@pytest.mark.parametrize("size", CARD_SIZES)
def test_every_kind_in_every_size(repo: Repo, kind: CardKind, size: tuple[int, int]) -> None:
    """Style and size go with any kind."""
    image = "image: images/photos/vigil.jpg, " if kind is CardKind.PHOTO else ""
    written = f"{size[0]}x{size[1]}"
    card = repo.one(
        f"alt: A.\ncard: {{kind: {kind}, {image}style: riverside, size: {written}}}"
    ).card
    assert card is not None
    assert (card.kind, card.style, card.size) == (kind, "riverside", size)


PHOTO = "image: images/photos/vigil.jpg"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("card: {kind: photo, headline: H}", '2:7: card: a photo card needs its "image"'),
        (f"card: {{kind: photo, {PHOTO}}}", '2:21: card.image: needs "alt" (not indented)'),
        ("card: {kind: quote, quote: Q, image: images/portraits/jane.png}",
         '2:31: card.image: needs "attribution": whom it shows'),
        ("alt: A.\ncard: {kind: photo, image: images/photos/vigl.jpg}",
         ('3:28: card.image: there is no file "images/photos/vigl.jpg"'
         ' - did you mean "images/photos/vigil.jpg"?')),
        ("alt: A.\ncard: {kind: photo, image: https://a.b/c.jpg}",
         '3:28: card.image: "https://a.b/c.jpg" is an address'),
        ("alt: A.\ncard: {kind: photo, image: ../../../../x.jpg}",
         '3:28: card.image: "../../../../x.jpg" lies outside this folder'),
        (f"card: {{kind: petition, {PHOTO}}}",
         "2:24: card.image: a petition card has no such setting; it has headline, target, kicker"),
        ("card: {kind: quote, quote: Q, focus: left}", '2:31: card.focus: needs an "image"'),
        (f"alt: A.\ncard: {{kind: photo, {PHOTO}, focus: 40 30}}",
         '3:60: card.focus: "40 30" is no place in a picture'),
        ("card: {kind: poster, headline: H, size: 1200x600}",
         ('2:41: card.size: "1200x600" is no size of a card; write 1200x675, 1080x1080, '
         "1080x1350 or 1200x630")),
        ("card: {kind: poster, headline: H, style: riversid}",
         '2:42: card.style: there is no style "riversid" - did you mean "riverside"?'),
        ("card: {kind: letter, to: [A, '']}", "2:30: card.to: is an empty text"),
        ("card: {kind: letter, recipient: A}", "2:22: card: unknown setting"),
        ("card: {kind: letter, salutation: [A]}", "2:34: card.salutation: is a list"),
        ("card: {kind: poster, credit: A}", "2:22: card.credit: a poster card has no such setting"),
        ("card: {kind: none, size: 1080x1080}", '2:7: card: "none" is no card'),
        ("card: photos", '2:7: card.kind: "photos" is not known here - did you mean "photo"?'),
    ],
)  # fmt: skip
def test_slips_in_a_card(repo: Repo, head: str, expected: str) -> None:
    """Each is told at its place, with what to do."""
    says = repo.says(head)
    assert [line for line in says if line.startswith(expected)], says


def test_a_brand_has_a_style(repo: Repo) -> None:
    """All cards of the campaign are laid out by it."""
    repo.change_campaign("hashtags:", "brand: {style: riverside}\nhashtags:")
    loaded = repo.load()
    assert not loaded.errors
    assert loaded.catalog.campaigns["water"].brand.style == "riverside"


def test_an_unknown_style_of_a_brand_is_told(repo: Repo) -> None:
    """The campaign goes on with the usual one meanwhile, as with an unknown colour."""
    repo.change_campaign("hashtags:", "brand: {style: riversid}\nhashtags:")
    loaded = repo.load()
    assert [str(p) for p in loaded.errors] == [
        (
            'content/water/campaign.yaml:4:16: brand.style: there is no style "riversid"'
            ' - did you mean "riverside"?'
        )
    ]
    assert loaded.catalog.campaigns["water"].brand.style == "broadside"


def test_a_mistake_in_a_style_is_told_once_and_at_its_place(repo: Repo) -> None:
    """Designers see it in `bot check`, not with each message's card."""
    repo.write("images/templates/riverside.yaml", "based_on: broadside\nknids: {}\n")
    repo.change_campaign("hashtags:", "brand: {style: riverside}\nhashtags:")
    (error,) = repo.errors()
    assert error.startswith("images/templates/riverside.yaml:2:1: ")


def test_a_style_that_nobody_uses_may_be_unfinished(repo: Repo) -> None:
    """What is on the drawing board stops nothing."""
    repo.write("images/templates/riverside.yaml", "knids: {}\n")
    assert repo.errors() == []


def test_an_accounts_card_size(repo: Repo) -> None:
    """An account whose followers see tall cards best may have them."""
    repo.change_schedules("    language: en\n", "    language: en\n    card_size: 1080×1350\n")
    assert repo.load().catalog.accounts["x-main"].card_size == (1080, 1350)


def test_a_wrong_card_size_is_told(repo: Repo) -> None:
    """With what is possible."""
    repo.change_schedules("    language: en\n", "    language: en\n    card_size: big\n")
    assert repo.errors()[0].startswith(
        'schedules.yaml:6:16: account "x-main": card_size: "big" is no size of a card; write 1200x'
    )


def test_recipients_and_places_by_language(repo: Repo) -> None:
    """One list is for all languages; a map has one for each."""
    repo.change_campaign(
        "    starts: 2022-02-25\n",
        "    starts: 2022-02-25\n    places: {en: [London, Rome], es: Londres}\n"
        "  write:\n    kind: letter\n    recipients: [The Mayor]\n",
    )
    actions = repo.load().catalog.campaigns["water"].actions
    assert actions["march"].places == {"en": ("London", "Rome"), "es": ("Londres",)}
    assert actions["write"].recipients == {"": ("The Mayor",)}


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ("{fr: Londres}", '16:14: action "march": places.fr: "fr" is not among the campaign'),
        ("{en: [London, '']}", '16:18: action "march": places.en: item 2 of the list is an empty'),
        ("[London, {a: b}]", '16:13: action "march": places: item 2 of the list is a group'),
        ("''", '16:13: action "march": places: is an empty text'),
    ],
)
def test_slips_in_lists_by_language(repo: Repo, places: str, expected: str) -> None:
    """They are told at the list, with the item that is meant."""
    repo.change_campaign("starts: 2022-02-25\n", f"starts: 2022-02-25\n    places: {places}\n")
    errors = [line.removeprefix("content/water/campaign.yaml:") for line in repo.errors()]
    assert [line for line in errors if line.startswith(expected)], errors


@pytest.mark.parametrize(
    ("written", "point"),
    [
        ("40% 30%", (0.4, 0.3)),
        ("left top", (0.0, 0.0)),
        ("top left", (0.0, 0.0)),
        ("bottom right", (1.0, 1.0)),
        ("Top", (0.5, 0.0)),
        ("right", (1.0, 0.5)),
        ("center", (0.5, 0.5)),
        ("centre bottom", (0.5, 1.0)),
        ("top 25%", (0.25, 0.0)),
        ("12.5%, 100%", (0.125, 1.0)),
        ("70%", (0.7, 0.5)),
    ],
)
def test_a_focus_in_percent_or_in_words(written: str, point: tuple[float, float]) -> None:
    """First from the left, then from the top; words may stand in either order."""
    assert focus(written) == point


@pytest.mark.parametrize("written", ["", "40", "101% 0%", "left left", "-1% 0%", "a b", "1% 2% 3%"])
def test_what_is_no_focus(written: str) -> None:
    """Whatever else is written is refused with how to write it."""
    with pytest.raises(ValueError, match='like "40% 30%", or "left top"'):
        focus(written)


@given(st.text())
def test_a_focus_is_within_the_picture_or_refused(written: str) -> None:
    """No text makes a point outside, or another error."""
    try:
        across, down = focus(written)
    except ValueError:
        return
    assert 0 <= across <= 1
    assert 0 <= down <= 1


def test_editors_know_the_kinds_and_sizes() -> None:
    """The JSON Schema offers them while typing."""
    schema = json.loads((ROOT / "docs/schemas/message.schema.json").read_text("utf-8"))
    card = schema["$defs"]["CardShape"]["properties"]
    assert card["kind"]["enum"] == ["none", *CardKind]
    assert card["size"]["enum"] == [f"{width}x{height}" for width, height in CARD_SIZES]
