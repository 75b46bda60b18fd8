"""Links lead only where the campaign says they may."""

from __future__ import annotations

import pytest

from bot.content.links import in_text, not_allowed
from tests.content.repo import Repo

HOSTS = ("amnesty.org", "example.org")


@pytest.mark.parametrize(
    "url",
    [
        "https://amnesty.org",
        "https://www.amnesty.org/en/?a=b#c",
        "http://AMNESTY.ORG./x",
        "https://amnesty.org:443/x",
    ],
)
def test_the_campaigns_hosts_and_what_is_under_them(url: str) -> None:
    """A host allows its subdomains, in any spelling of the same name."""
    assert not_allowed(url, HOSTS) is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://evil.example", 'a link to "evil.example", which is not among'),
        ("https://amnesti.org", 'did you mean "amnesty.org"?'),
        ("https://notamnesty.org", "does not belong to it"),
        ("https://amnesty.org.evil.com", 'has "amnesty.org" in its name but does not belong'),
        ("https://аmnesty.org", 'it only looks like "amnesty.org"'),
        ("https://xn--mnesty-2nf.org", 'it shows as "аmnesty.org", in letters of other scripts'),
        ("https://arnnesty.org", 'it only looks like "amnesty.org"'),
        ("https://examp1e.org", 'it only looks like "example.org"'),
        ("https://127.0.0.1/x", "not among"),
        ("https://[::1]/x", "not among"),
    ],
)
def test_other_hosts_are_refused_with_what_they_imitate(url: str, words: str) -> None:
    """A look-alike is told as one: people do not see the difference."""
    assert words in str(not_allowed(url, HOSTS))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://amnesty.org",
        "javascript:alert(1)",
        "//amnesty.org",
        "amnesty.org/x",
        "https://",
        "https://a b.org",
        "https://amnesty.org@evil.com",
        "https://evil.com\\@amnesty.org",
        "https://[::1",
        "https://amnesty.org:x/",
        "https://amnesty.org/\u202e",
        "https:amnesty.org",
        "",
    ],
)
def test_what_is_no_plain_address_is_refused(url: str) -> None:
    """Only http and https, and nothing that hides where it leads."""
    with pytest.raises(ValueError, match=r"is not|has a|hides"):
        not_allowed(url, HOSTS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Read https://a.org/x, now.", ["https://a.org/x"]),
        ("(see a.org)", ["a.org"]),
        ("HTTPS://A.ORG!", ["HTTPS://A.ORG"]),
        ("https://a.org@evil.com/x", ["https://a.org@evil.com/x"]),
        ("http://localhost/x", ["http://localhost/x"]),
        ("@user@mastodon.example and me@mail.example", []),
        ("One.Two words, 3.5 and e.g. this", []),
        ("https://a.org https://a.org", ["https://a.org"]),
    ],
)
def test_links_are_found_in_texts(text: str, found: list[str]) -> None:
    """All that a network would make clickable, also without its scheme."""
    assert in_text(text) == found


def test_a_link_in_the_text_is_told_where_it_stands(repo: Repo) -> None:
    """Line and column of the address itself, in the text below the settings."""
    says = repo.says("language: en", "One.\nSee evil.com/x or https://www.evil.com.")
    refused = 'which is not among the campaign\'s links; add it to "links" if it may'
    assert says == [
        f'5:5: a link to "evil.com", {refused}',
        f'5:19: a link to "www.evil.com", {refused}',
    ]
    assert "water/new" not in repo.load().catalog.messages


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("link: https://evil.net/x", "2:7: link: a link to"),
        ("variants: [ok, See evil.net]", "2:16: variants: a link to"),
        ("thread: [See https://evil.net]", "2:10: thread: a link to"),
        ("text: {x: See evil.net}", "2:11: text.x: a link to"),
    ],
)
def test_links_are_checked_wherever_text_goes_out(repo: Repo, head: str, place: str) -> None:
    """There is no way around the list."""
    [problem] = repo.says(head)
    assert problem.startswith(place)


def test_an_actions_link_is_checked(repo: Repo) -> None:
    """It goes out with each of the action's messages."""
    repo.change_campaign("https://www.example.org/sign", "https://www.exampel.org/sign")
    assert repo.errors()[0] == (
        'content/water/campaign.yaml:11:11: action "petition": link: a link to '
        '"www.exampel.org", which is not among the campaign\'s links - did you mean "example.org"?'
    )


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("https://amnesty.org/", 'is an address, not a host; write "amnesty.org"'),
        ("org", "would allow every address under it"),
        ("amnesty..org", "is not a host"),
        ("'*.amnesty.org'", "is not a host"),
    ],
)
def test_hosts_are_hosts(repo: Repo, host: str, words: str) -> None:
    """A bad one is told, and the others still hold."""
    repo.change_campaign("amnesty.org", host)
    [problem] = repo.errors()
    assert problem.startswith("content/water/campaign.yaml:6:9: links: ")
    assert words in problem
    assert repo.load().catalog.campaigns["water"].allowed_links == ("example.org",)


def test_a_campaign_without_links_has_none(repo: Repo) -> None:
    """An empty list of hosts allows nothing, not everything."""
    repo.change_campaign("links: [amnesty.org, example.org]\n", "")
    assert len([e for e in repo.errors() if "not among the campaign's links" in e]) == 1
