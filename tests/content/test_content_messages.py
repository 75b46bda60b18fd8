"""What a message's settings become, and which do not go together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.model import CardKind, CardWords, NetworkName, Poll, Visibility
from tests.content.repo import Repo

PNG = b"\x89PNG\r\n\x1a\n"


def test_every_setting_arrives(repo: Repo) -> None:
    """Nothing that a person wrote is lost on the way into the model."""
    message = repo.one(
        """\
action: petition
language: pt-br
link: https://example.org/own
hashtags: [Agua, "#AguaLimpa"]
without_hashtags: [FreeWater]
card: {kind: statistic, figure: 12.50, label: litres, source: 2022}
alt_text: A glass.
content_warning: thirst
visibility: unlisted
accounts: [masto-en]
networks: [mastodon]
text: {mastodon: Own text.}
variants: [One., Two.]
at: 2022-02-25 10:00
not_before: 2022-02-01
true_until: 2022-02-28
source: https://example.org/facts
as_of: 2022-02-15
thread: [Second., Third.]
weight: 3"""
    )
    assert message.id == "water/new"
    assert message.campaign == "water"
    assert message.path == "content/water/messages/new.md"
    assert message.action == "petition"
    assert message.language == "pt-BR"
    assert message.link == "https://example.org/own"
    assert message.hashtags == ("Agua", "AguaLimpa")
    assert message.without_hashtags == ("FreeWater",)
    assert message.card == CardWords(
        CardKind.STATISTIC, {"figure": "12.50", "label": "litres", "source": "2022"}
    )
    assert message.wants_card
    assert message.alt == "A glass."
    assert message.content_warning == "thirst"
    assert message.visibility is Visibility.UNLISTED
    assert message.accounts == ("masto-en",)
    assert message.networks == (NetworkName.MASTODON,)
    assert message.per_network == {NetworkName.MASTODON: "Own text."}
    assert message.variants == ("One.", "Two.")
    assert message.at == datetime(2022, 2, 25, 10, tzinfo=ZoneInfo("Europe/Paris"))
    assert message.not_before == datetime(2022, 1, 31, 23, tzinfo=UTC)
    assert message.true_until == datetime(2022, 2, 28, 23, tzinfo=UTC)
    assert message.source == "https://example.org/facts"
    assert message.as_of == date(2022, 2, 15)
    assert message.thread == ("Second.", "Third.")
    assert message.weight == 3


def test_the_defaults_of_a_plain_message(repo: Repo) -> None:
    """What is not given is the model's default."""
    message = repo.load().catalog.messages["water/first"]
    assert message.language == "en"
    assert message.link is None
    assert message.card is None
    assert message.wants_card
    assert message.weight == 1
    assert message.at is message.not_before is message.true_until is None


def test_the_link_is_the_actions_where_there_is_no_own(repo: Repo) -> None:
    """So that a message only names what it asks for."""
    assert repo.load().catalog.messages["water/second"].link == "https://www.example.org/sign"


def test_a_single_value_stands_for_a_list(repo: Repo) -> None:
    """`accounts: masto-en` says clearly enough what is meant."""
    assert repo.one("accounts: masto-en\nhashtags: Agua").accounts == ("masto-en",)


def test_no_card_on_request(repo: Repo) -> None:
    """`card: none` keeps an action's card away."""
    message = repo.one("card: none")
    assert message.card is None
    assert not message.wants_card


def test_a_card_by_its_kind_alone(repo: Repo) -> None:
    """Its words come from the action then."""
    assert repo.one("card: petition\naction: petition").card == CardWords(CardKind.PETITION, {})


def test_a_poll(repo: Repo) -> None:
    """Answers such as yes and no are words; a poll has no card."""
    message = repo.one("poll: {options: [yes, no], for: 1d, multiple: true}")
    assert message.poll == Poll(("yes", "no"), timedelta(days=1), multiple=True)
    assert not message.wants_card


@pytest.mark.parametrize("where", ["images/photos/x.JPG", "x.JPG", "../../../images/photos/x.JPG"])
def test_an_image_from_the_root_or_beside_the_message(repo: Repo, where: str) -> None:
    """Both ways of writing a path work, and both give a path from the root."""
    repo.write("images/photos/x.JPG", PNG)
    repo.write("content/water/messages/x.JPG", PNG)
    message = repo.one(f"image: {where}\nalt: A glass.")
    beside = Path("content/water/messages/x.JPG")
    assert message.image == (beside if where == "x.JPG" else Path("images/photos/x.JPG"))
    assert not message.wants_card


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("image: images/x.png", '2:1: image: needs "alt"'),
        ("image: images/y.png\nalt: A.", ('2:8: image: there is no file "images/y.png"'
         ' - did you mean "images/x.png"?')),
        ("image: images/x.gif\nalt: A.", '2:8: image: "images/x.gif" is not a picture'),
        ("image: https://a.b/x.png\nalt: A.", "2:8: image: "),
        ("image: images\\x.png\nalt: A.", "2:8: image: "),
        ("image: images\nalt: A.", "2:8: image: "),
        ("image: images/x.png\nalt: A.\ncard: quote", "2:1: image: stands instead of a card"),
        ("alt: A.\nalt_text: B.", '3:1: alt_text: says the same as "alt"'),
        ("alt: A.\ncard: none", "2:1: alt: describes a picture, but there is none"),
        ("card: {kind: none, quote: x}", '2:7: card: "none" is no card'),
        ("card: {quote: x}", '2:1: card: "kind" is missing'),
        ("poll: {options: [a], for: 1d}", "2:17: poll.options: there are 1; a poll has 2 to 4"),
        ("poll: {options: [a, b, c, d, e], for: 1d}", "2:17: poll.options: there are 5"),
        ("poll: {options: [a, A], for: 1d}", "2:17: poll.options: two of them are the same"),
        ("poll: {options: [a, b]}", '2:1: poll: "for" is missing'),
        ("poll: {options: [a, b], for: 0m}", "2:30: poll.for: must be more than zero"),
        ("poll: {options: [a, b], for: 1d}\ncard: quote", "2:1: poll: networks show no picture"),
        ("poll: {options: [a, b], for: 1d}\nimage: images/x.png\nalt: A.", "2:1: poll: "),
        ("hashtags: [two words]", '2:12: hashtags: "two words" is not a hashtag'),
        ("hashtags: [2022]", '2:12: hashtags: "2022" is not a hashtag'),
        ("hashtags: [a-b]", '2:12: hashtags: "a-b" is not a hashtag'),
        ("hashtags: [ok, '##x']", '2:16: hashtags: "##x" is not a hashtag'),
        ("weight: 0", "2:9: weight: 0 is out of bounds; from 1 to 1000 is possible"),
        ("weight: 1,000", '2:9: weight: "1,000" is not a whole number'),
        ("variants: ['']", "2:12: variants: is an empty text"),
        ("link: [a]", "2:7: link: is a list; a single value is expected here"),
        ("link: {a: b}", "2:7: link: is a group of settings"),
        ("hashtags: {a: b}", "2:11: hashtags: is not a list"),
        ("at: 2022-02-25", "2:5: at: needs a time as well, like 2022-02-25 10:00"),
        ("true_until: 2022-02-01\nnot_before: 2022-02-02", "2:13: true_until: lies before"),
        ("as_of: 15.2.2022", '2:8: as_of: "15.2.2022" is not a date; write YYYY-MM-DD'),
        ("as_of: 2022-02-30", '2:8: as_of: "2022-02-30" is not a date: '),
    ],
)  # fmt: skip
def test_what_does_not_go_together(repo: Repo, head: str, expected: str) -> None:
    """Each is told at its place."""
    repo.write("images/x.png", PNG)
    says = repo.says(head)
    assert [line for line in says if line.startswith(expected)], says


def test_an_actions_bounds_hold_for_its_messages(repo: Repo) -> None:
    """A petition that has ended ends what asks for it; the tighter bound counts."""
    repo.change_campaign(
        "    title: Sign\n",
        "    title: Sign\n    not_before: 2022-02-01\n    true_until: 2022-03-01 12:00\n",
    )
    free = repo.one("action: petition")
    assert free.not_before == datetime(2022, 1, 31, 23, tzinfo=UTC)
    assert free.true_until == datetime(2022, 3, 1, 11, tzinfo=UTC)
    own = repo.one("action: petition\nnot_before: 2022-02-10\ntrue_until: 2022-06-01")
    assert own.not_before == datetime(2022, 2, 9, 23, tzinfo=UTC)
    assert own.true_until == free.true_until
    assert repo.says("action: petition\nnot_before: 2022-03-02") == [
        '3:13: not_before: with the bounds of its action "petition" it is never true'
    ]


def test_a_time_outside_its_truth_is_warned_about(repo: Repo) -> None:
    """Such a message would wait for ever."""
    assert repo.says("at: 2022-02-25 10:00\ntrue_until: 2022-02-24") == [
        "2:5: at: lies outside the time in which the message is true, so it never goes out"
    ]
