"""Placeholders and sources of counts in files: what is wrong is told with its place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.model import CountSource
from tests.content.repo import CAMPAIGN, Repo

SOURCE = """\
    count_from:
      url: https://api.example.org/v1/petitions/7?key=a
      path: data.signatures.total
      every: 30m
"""
PETITION = "    kind: petition\n"


def counted(repo: Repo, source: str = SOURCE, kind: str = PETITION, more: str = "") -> Repo:
    """The campaign with a source for its petition's count."""
    repo.campaign(CAMPAIGN.replace(PETITION, kind + source, 1) + more)
    return repo


def test_a_source_is_read_with_its_defaults(repo: Repo) -> None:
    """Every hour, and counts last a week, where the file does not say."""
    campaign = counted(repo).load().catalog.campaigns["water"]
    url = "https://api.example.org/v1/petitions/7?key=a"
    path = ("data", "signatures", "total")
    assert campaign.actions["petition"].count_from == CountSource(url, path, timedelta(minutes=30))
    assert (campaign.counts_last, campaign.zone.key) == (timedelta(days=7), "Europe/Paris")
    counted(repo, SOURCE.replace("      every: 30m\n", ""), more="counts_last: 36h\n")
    campaign = repo.load().catalog.campaigns["water"]
    source = campaign.actions["petition"].count_from
    assert source is not None
    assert (source.every, campaign.counts_last) == (timedelta(hours=1), timedelta(hours=36))
    assert repo.errors() == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("https://api.example.org", "http://api.example.org", ("11:12: action \"petition\": "
         "count_from.url: \"http://api.example.org\" is not encrypted; "
         "the bot reads https only")),
        ("api.example.org", "api.example.net", "is not among the campaign's links"),
        ("api.example.org", "10.0.0.1", '"10.0.0.1" is a number; write the host\'s name'),
        ("api.example.org", "[fc00::1]", '"fc00::1" is a number; write the host\'s name'),
        ("api.example.org", "localhost", '"localhost" is no host on the internet'),
        ("api.example.org", "me:pw@api.example.org", 'has a "@" before its host'),
        ("data.signatures.total", "data..total", ('12:13: action "petition": count_from.path: '
         '"data..total" is not a path: a name is missing at sign 6; '
         "write a path like data.signatures.total or items[0].count")),
        ("30m", "4m", ("13:14: action \"petition\": count_from.every: is too often; "
         "5m or more is possible")),
        ("path:", "place:", 'unknown setting "place"'),
        ("      path: data.signatures.total\n", "", '"path" is missing'),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_read_is_told(repo: Repo, old: str, new: str, says: str) -> None:
    """With file, line and column."""
    assert old in SOURCE
    problems = counted(repo, SOURCE.replace(old, new)).errors()
    assert any(says in problem for problem in problems), problems
    assert all(p.startswith("content/water/campaign.yaml:1") for p in problems if says in p)


def test_only_petitions_are_counted(repo: Repo) -> None:
    """A letter has no signatures."""
    (first, *_) = counted(repo, kind="    kind: letter\n").errors()
    assert "count_from: only a petition is counted, and this is a letter" in first


def test_without_knowing_how_long_counts_last_nothing_goes_out(repo: Repo) -> None:
    """Nobody can say then which count is too old."""
    repo.campaign(CAMPAIGN + "counts_last: a day\n")
    assert "water" not in repo.load().catalog.campaigns


GOAL = "    kind: petition\n    goal: 5000\n"


@pytest.mark.parametrize(
    ("head", "text", "says"),
    [
        ("language: en", "We are {count}!", ('4:8: "{count}" needs a petition: name one in '
         '"action", or write {{count}} for the word itself')),
        ("action: march", "A text.\n\nOf {goal}.", '6:4: "{goal}" needs a petition'),
        ("variants: [\"{missing} to go\"]", "A text.", '2:12: variants: "{missing}" needs a'),
        ("text: {x: \"{count}\"}", "A text.", '2:11: text.x: "{count}" needs a petition'),
        ("thread: [two, \"{count}\"]", "One.", '2:15: thread: "{count}" needs a petition'),
        ("alt: \"{count}\"", "A text.", '2:6: alt: "{count}" needs a petition'),
        ("card: {kind: poster, headline: \"{count}\"}", "A text.",
         '2:32: card.headline: "{count}" needs a petition'),
        ("action: petition\ncontent_warning: \"{count}\"", "A text.",
         '3:18: content_warning: "{count}" cannot stand here'),
        ("action: petition\npoll: {options: [a, \"{count}\"], for: 1d}", "A text.",
         '3:21: poll.options: "{count}" cannot stand here'),
    ],
)  # fmt: skip
def test_a_placeholder_that_nothing_fills_is_an_error(
    repo: Repo, head: str, text: str, says: str
) -> None:
    """In every place where words are, with its line and column."""
    problems = repo.says(head, text)
    assert any(p.startswith(says) for p in problems), problems
    assert "water/new" not in repo.load().catalog.messages


def test_a_goal_that_is_not_there_cannot_be_said(repo: Repo) -> None:
    """The petition's file has none; with one all is well."""
    says = repo.says("action: petition", "{missing} of {goal}, {count}")
    assert says == [
        '4:1: "{missing}" needs a goal, and action "petition" has none',
        '4:14: "{goal}" needs a goal, and action "petition" has none',
    ]
    repo.campaign(CAMPAIGN.replace(PETITION, GOAL))
    assert repo.says("action: petition", "{missing} of {goal}, {count}, {count_as_of}") == []


def test_a_slip_of_the_hand_is_warned_about(repo: Repo) -> None:
    """It goes out as it stands, which is seldom meant."""
    says = repo.says("action: petition", "We are {cuont}.")
    assert says == ['4:8: "{cuont}" goes out as it stands - did you mean "{count}"?']
    assert "water/new" in repo.load().catalog.messages


def test_other_braces_are_nobodys_business(repo: Repo) -> None:
    """What people wrote before there were placeholders still goes out."""
    text = "A {set} of {{braces}}, {} and {1}, and {{count}} itself."
    assert repo.says("language: en", text) == []


def test_an_actions_own_words_have_no_placeholders(repo: Repo) -> None:
    """They would stand on cards as they are."""
    repo.change_campaign("    title: Sign\n", '    title: "{count} have signed"\n')
    (error, *_) = repo.errors()
    assert '10:12: action "petition": title: "{count}" can stand in messages only' in error


def test_a_message_whose_action_is_not_there_is_not_told_of_its_placeholders(repo: Repo) -> None:
    """One mistake, one line."""
    (only,) = repo.says("action: petitoin", "We are {count}.")
    assert 'did you mean "petition"?' in only
