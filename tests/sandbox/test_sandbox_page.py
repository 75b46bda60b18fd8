"""The page shows both timelines to people, and nothing of a hostile text acts in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import requests

from bot.sandbox import Sandbox
from bot.sandbox.page.shown import compact, span
from tests.sandbox.stage import Clock, Stage, png

VOID = {"meta", "link", "input", "img", "br", "use", "path"}


class Page(HTMLParser):
    """A parsed page: its elements, and whether it nests properly."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without content."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Hold it against the element that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.words.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        """All words of the page."""
        return " ".join("".join(self.words).split())


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A sandbox of the test's own: the page shows all there is."""
    clock = Clock()
    zone = ZoneInfo("America/New_York")
    with (
        Sandbox(tmp_path / "sandbox.db", clock=clock, zone=zone) as sandbox,
        Stage.on(sandbox, clock) as made,
    ):
        yield made


def get(stage: Stage, path: str = "/") -> requests.Response:
    """Load the page."""
    answer = requests.get(stage.sandbox.page_url + path, timeout=5)
    answer.raise_for_status()
    return answer


def test_empty_page(stage: Stage) -> None:
    """Before the first post the page says so, and says what it is."""
    page = Page(get(stage).text)
    assert "Nothing posted yet" in page.text
    assert "Nothing on this page left this machine" in page.text
    assert "simulated" in page.text


def test_posts_of_both_networks(stage: Stage) -> None:
    """Text, handle, hour in the zone, links, picture with its alt text, counts."""
    media = stage.mastodon.media_post(png(), mime_type="image/png", description="A blue card")
    stage.mastodon.status_post("Sign https://amnesty.org/x #Assange", media_ids=[media.id])
    stage.x.create_tweet(text="Sign amnesty.org/x #Assange @amnesty")
    stage.clock.forward(days=3)
    page = Page(get(stage).text)
    assert len(page.all("article")) == 2
    links = {link.get("href"): link for link in page.all("a")}
    for address in ("https://amnesty.org/x", "http://amnesty.org/x", "https://x.com/amnesty"):
        assert "noopener" in str(links[address]["rel"])
    assert "/?tag=Assange" in links
    [picture] = page.all("img")
    assert picture["alt"] == "A blue card"
    assert get(stage, str(picture["src"])).content == png()
    assert "A blue card" in page.text
    assert "21 Feb, 04:00" in page.text
    assert f"@{stage.name}" in page.text
    assert [time["datetime"] for time in page.all("time")] == ["2022-02-21T09:00:00+00:00"] * 2


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1) #<b>tag</b> @<i>",
    'https://example.org/"onmouseover="alert(1) https://example.org/\'><svg/onload=1>',
    "{{ 7 * 7 }} {% raw %} </article></main>",
    "\u202ereversed\u202c \u2066isolated\u2069",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(stage: Stage, text: str) -> None:
    """No element, attribute or address of the page comes from a post's words."""
    stage.sandbox.add_account("mastodon", "hostile", display_name=text, note=text)
    token = stage.sandbox.mastodon_token("hostile")
    media = requests.post(
        f"{stage.sandbox.mastodon_url}/api/v2/media",
        files={"file": png()},
        data={"description": text},
        headers={"Authorization": f"Bearer {token}"},
        timeout=5,
    ).json()
    for body in (
        {"status": text, "spoiler_text": text, "media_ids": [media["id"]]},
        {"status": text, "poll": {"options": [text[:50], "b"], "expires_in": 300}},
    ):
        requests.post(
            f"{stage.sandbox.mastodon_url}/api/v1/statuses",
            json=body,
            headers={"Authorization": f"Bearer {token}"},
            timeout=5,
        ).raise_for_status()
    stage.x.create_tweet(text=text)
    page = Page(get(stage).text)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "b", "i", "iframe", "object", "style"}
    attributes = {name for _, given in page.elements for name in given}
    assert not {name for name in attributes if name.startswith("on")} | attributes & {"style"}
    for link in page.all("a"):
        assert re.match(r"(https?://|/|#)", str(link["href"])), link
    assert page.text.count(" ".join(text.split())) >= 4


def test_nothing_comes_from_outside(stage: Stage) -> None:
    """The policy allows no script and nothing of other servers; the page needs neither."""
    stage.x.create_tweet(text="hello", media_ids=[stage.upload_x()])
    answer = get(stage)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    page = Page(answer.text)
    sources = [item.get("src") for item in page.all("img")]
    sources += [item.get("href") for item in page.all("link")]
    assert all(re.match(r"(/(?!/)|data:,)", str(source)) for source in sources)
    style = get(stage, "/sandbox/style.css")
    assert style.headers["Content-Type"].startswith("text/css")
    assert "url(" not in style.text
    assert "@import" not in style.text


def test_people_with_screen_readers_find_their_way(stage: Stage) -> None:
    """Landmarks, headings, labels, languages and unseen words are there."""
    stage.mastodon.status_post("¡Firma hoy!", language="es", spoiler_text="política")
    page = Page(get(stage).text)
    for tag in ("main", "header", "footer", "nav", "h1"):
        assert page.all(tag), tag
    assert page.all("html")[0]["lang"] == "en"
    ids = {given["id"] for _, given in page.elements if "id" in given}
    assert len(ids) == sum("id" in given for _, given in page.elements)
    for _, given in page.elements:
        if "aria-labelledby" in given:
            assert given["aria-labelledby"] in ids
    assert {"lang": "es"}.items() <= next(
        given for given in page.all("p") if given.get("class") == "text"
    ).items()
    assert all(icon.get("aria-hidden") == "true" for icon in page.all("svg"))


def test_missing_alt_text_is_pointed_out(stage: Stage) -> None:
    """A picture without a description says that it lacks one."""
    stage.x.create_tweet(text="hello", media_ids=[stage.upload_x()])
    assert "No description" in Page(get(stage).text).text


def test_thread_stays_together(stage: Stage) -> None:
    """Parts stand under their first post in order, although feeds are newest first."""
    first = stage.mastodon.status_post("part one")
    stage.clock.forward(minutes=1)
    stage.mastodon.status_post("in between")
    stage.clock.forward(minutes=1)
    stage.mastodon.status_post("part two", in_reply_to_id=first.id)
    text = Page(get(stage).text).text
    assert text.index("part one") < text.index("part two") < text.index("in between")


def test_filters(stage: Stage) -> None:
    """By account, by language (guessed on X, which takes none) and by hashtag."""
    stage.mastodon.status_post("Firma hoy la petición #Assange", language="es")
    stage.mastodon.status_post("Sign the petition today", language="en")
    stage.x.create_tweet(text="La liberté de la presse est pour tous")

    def shown(path: str) -> int:
        return len(Page(get(stage, path).text).all("article"))

    assert shown("/") == 3
    assert shown(f"/?account=x/{stage.name}") == 1
    assert shown("/?language=es") == 1
    assert shown("/?language=fr") == 1
    assert shown("/?tag=aSSange") == 1
    assert shown("/?account=mastodon/nobody") == 0
    assert shown("/?page=2") == 0
    assert shown("/?page=nonsense") == 3


def test_many_posts_are_paged(stage: Stage) -> None:
    """No page grows without end, and each post is on one of them."""
    for number in range(55):
        stage.mastodon.status_post(f"post number {number}.")
        stage.clock.forward(minutes=1)
    first, second = (Page(get(stage, f"/?page={number}").text) for number in (1, 2))
    assert (len(first.all("article")), len(second.all("article"))) == (50, 5)
    assert "post number 54." in first.text
    assert "post number 0." in second.text
    rels = [link.get("rel") for link in first.all("a")]
    assert "next" in rels


def test_page_of_one_post(stage: Stage) -> None:
    """A receipt's address leads to the post, on both servers and by X's short form."""
    status = stage.mastodon.status_post("on Mastodon")
    post_id = stage.x.create_tweet(text="on X").data["id"]
    x_url = stage.posts("x")[0].url
    assert "on Mastodon" in Page(requests.get(status.url, timeout=5).text).text
    for url in (x_url, f"{stage.sandbox.x_url}/i/web/status/{post_id}"):
        answer = requests.get(url, timeout=5)
        assert "on X" in Page(answer.text).text
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    for url in (f"{stage.sandbox.x_url}/{stage.name}/status/1", f"{status.url}9"):
        assert requests.get(url, timeout=5).status_code == 404


def test_links_of_the_servers_lead_to_the_page(stage: Stage) -> None:
    """Hashtags and profiles in Mastodon's HTML, and the servers' own roots, are not dead ends."""
    stage.mastodon.status_post("hello #Tag")
    url = stage.sandbox.mastodon_url
    for address in (url, f"{url}/tags/tag", f"{url}/@{stage.name}", stage.sandbox.x_url):
        answer = requests.get(address, timeout=5)
        assert answer.url.startswith(stage.sandbox.page_url)
        assert "hello" in answer.text
    assert requests.get(f"{url}/@nobody", timeout=5).status_code == 404


def test_posts_as_json(stage: Stage) -> None:
    """Programs get the same posts, with the counts marked as simulated."""
    stage.x.create_tweet(text="hello")
    answer = get(stage, "/posts.json").json()
    assert answer["simulated"] is True
    [post] = answer["posts"]
    assert (post["text"], post["account"]) == ("hello", stage.name)
    assert post["simulated_counts"]["likes"] == 0


def test_page_is_for_this_machine_only(stage: Stage) -> None:
    """A hostile web page that resolves its name to loopback is turned away."""
    sandbox = stage.sandbox
    for url in (sandbox.page_url, sandbox.x_url, f"{sandbox.mastodon_url}/api/v2/instance"):
        answer = requests.get(url, headers={"Host": "evil.example"}, timeout=5)
        assert answer.status_code == 421


@pytest.mark.parametrize(
    ("number", "short"),
    [(0, "0"), (999, "999"), (1000, "1K"), (1290, "1.2K"), (12_345, "12.3K"), (2_000_000, "2M")],
)
def test_short_numbers(number: int, short: str) -> None:
    """Counts are written as the networks write them, never rounded up."""
    assert compact(number) == short


def test_spans() -> None:
    """Ages are written in their largest unit."""
    spans = [timedelta(seconds=5), timedelta(minutes=59), timedelta(hours=23), timedelta(days=2)]
    assert [span(length) for length in spans] == ["5 s", "59 min", "23 h", "2 d"]
