"""Slips in a message's front matter: each has its place, and what was meant."""

from __future__ import annotations

import pytest

from tests.content.repo import Repo


def test_misspelt_setting_of_a_message(repo: Repo) -> None:
    """The message is left out, the others go on."""
    repo.message("third", "---\nlanguage: es\nhashtgs: [Agua]\n---\nHola.\n")
    loaded = repo.load()
    assert [str(p) for p in loaded.problems] == [
        'content/water/messages/third.md:3:1: unknown setting "hashtgs" - did you mean "hashtags"?'
    ]
    assert list(loaded.catalog.messages) == ["water/first", "water/second"]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("action: petiton", '2:9: action: there is no action "petiton" - did you mean "petition"?'),
        ("language: ess", '2:11: language: "ess" is not a language of water - did you mean "es"?'),
        (
            "accounts: [masto-eng]",
            ('2:12: accounts: there is no account "masto-eng" - did you mean "masto-en"?'),
        ),
        (
            "networks: [mastadon]",
            ('2:12: networks: "mastadon" is not known here - did you mean "mastodon"?'),
        ),
        (
            "card: {kind: quot, quote: x}",
            ('2:14: card.kind: "quot" is not known here - did you mean "quote"?'),
        ),
        (
            "card: statistics",
            ('2:7: card.kind: "statistics" is not known here - did you mean "statistic"?'),
        ),
        (
            "card: {kind: quote, headline: x}",
            (
                "2:21: card.headline: a quote card has no such setting; "
                "it has quote, attribution, role, kicker, image, focus"
            ),
        ),
        (
            "visibility: secret",
            ('2:13: visibility: "secret" is not known here; write public, unlisted or private'),
        ),
        ("tags: [a]", '2:1: unknown setting "tags" - did you mean "hashtags"?'),
        (
            "at: tomorrow",
            ('2:5: at: "tomorrow" is not a date; write YYYY-MM-DD or YYYY-MM-DD HH:MM'),
        ),
        (
            "weight: heavy",
            ('2:9: weight: "heavy" is not a whole number; write digits only, like 50000'),
        ),
        (
            "poll: {options: [a, b], fro: 1d}",
            ('2:25: poll: unknown setting "fro" - did you mean "for"?'),
        ),
        (
            "text: {masto: Hi}",
            ('2:8: text.masto: "masto" is not known here - did you mean "mastodon"?'),
        ),
        (
            "text: Hello",
            (
                '2:7: text: is for texts by network, like {x: "…", mastodon: "…"}; '
                "the message's text itself goes below the settings"
            ),
        ),
    ],
)
def test_slips_in_a_message(repo: Repo, head: str, expected: str) -> None:
    """Each kind of slip in front matter has its place and what was meant."""
    assert expected in repo.says(head)
    assert list(repo.load().catalog.messages) == ["water/first", "water/second"]
