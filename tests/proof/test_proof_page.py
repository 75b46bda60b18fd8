"""The page itself: whole, self-contained, readable by everybody, and proof against its texts."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bot.model import Poll, Visibility
from bot.proof import page, sheet
from bot.proof.nouns import Hold
from bot.proof.page import POLICY
from tests.proof.reading import Reading
from tests.proof.stage import (
    MASTO,
    OTHER,
    X,
    at,
    card,
    draft,
    everywhere,
    material,
    message,
    page_of,
    post,
)

HOSTILE = (
    "</title></style></p></article><script>alert(1)</script><img src=x onerror=alert(1)>"
    "'\" onmouseover='alert(1)' }} {{ 7*7 }} {% raw %} &lt;b&gt; --> ]]> \u202e gnirts \u2066 "
    'javascript:alert(1) http://evil.example/"><script> #tag"onclick= @"user'
)
TAGS = {
    "html", "head", "meta", "title", "style", "body", "a", "svg", "defs", "symbol", "path", "use",
    "div", "header", "p", "span", "h1", "h2", "h3", "h4", "bdi", "dl", "dt", "dd", "b", "time",
    "code", "section", "pre", "ul", "ol", "li", "nav", "table", "thead", "tbody", "tfoot", "tr",
    "th", "td", "main", "article", "abbr", "figure", "img", "figcaption", "i", "footer",
}  # fmt: skip
ATTRIBUTES = {
    "lang", "dir", "charset", "http-equiv", "content", "name", "class", "href", "aria-hidden",
    "width", "height", "viewbox", "id", "d", "datetime", "title", "role", "aria-labelledby",
    "aria-label", "scope", "rel", "src", "alt", "fill", "stroke",
}  # fmt: skip


def everything(root: Path, text: str = "Sign: https://example.org/a #Water") -> str:
    """A page with all that a post can have, `text` wherever people write."""
    poll = Poll((text[:60] or "a", "No"), timedelta(hours=36), multiple=True)
    thread = {"thread": (text, "Three."), "thread_lengths": (len(text), 6)}
    picture = card(root, alt=text or "alt")
    posts = [
        *everywhere(at(0, 9), text, text, picture=picture, warnings=(text,)),
        post(MASTO, at(0, 12), draft(MASTO, "Poll", poll=poll, content_warning=text)),
        post(OTHER, at(0, 13), draft(OTHER, text, visibility=Visibility.UNLISTED, **thread)),
        post(X, at(0, 13), text),
        post(X, at(1, 9), text, text, schedule=text),
        post(X, at(1, 12), draft(X, "Sí", language="es", link="https://example.org/a?b=1&c=2")),
    ]
    return page(
        sheet(
            material(
                posts,
                root,
                holds=[Hold("account:x-main", text)],
                refused=[text],
                messages=[message(text, source=text)],
                spent={("x-main", "2026-07"): Decimal(1)},
            )
        )
    )


def harmless(read: Reading) -> None:
    """Only our own elements and attributes, and addresses that load and run nothing."""
    assert {e.tag for e in read.elements} <= TAGS
    assert {name for e in read.elements for name in e.attributes} <= ATTRIBUTES
    for element in read.elements:
        address = element.attributes.get("href", "#")
        assert re.match(r"https?://|#", address, re.IGNORECASE), address
        assert element.attributes.get("src", "data:image/svg+xml,").startswith(
            "data:image/svg+xml,"
        )


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    """Whatever people write, wherever: it is shown as written and is no part of the page."""
    made = everything(tmp_path, HOSTILE)
    read = Reading(made)
    harmless(read)
    assert "<script" not in made
    assert HOSTILE in "".join(e.text for e in read.all("p", class_="text"))
    assert HOSTILE in [e.attributes["alt"] for e in read.all("img")]
    assert "{{ 7*7 }}" in made
    assert all(e.attributes.get("dir") == "auto" for e in read.all("p", class_="text"))


@given(
    st.text(
        st.sampled_from(
            list("<>\"'&;{}%#@/:.ab=\\`\n\u202e\u2067\u2069\u200d\u0627\ufeff\U0001f600")
        )
        | st.characters(codec="utf-8", exclude_characters="\x00\r"),
        max_size=60,
    )
)
def test_any_text_comes_out_as_it_went_in(text: str) -> None:
    """The words in the page are the words of the draft, to the last character."""
    read = Reading(page_of(everywhere(at(0, 9), f"<{text}")))
    harmless(read)
    shown = [e.text for e in read.all("p", class_="text")]
    cut_links = re.compile(r"\S*…|https?://\S*|\S+\.\S+")  # shown shorter than they are
    assert cut_links.sub("", shown[1]) == cut_links.sub("", f"<{text}")


def test_nothing_is_loaded_and_nothing_runs(tmp_path: Path) -> None:
    """The page is complete in itself: it can be opened on a train."""
    made = everything(tmp_path)
    read = Reading(made)
    harmless(read)
    (policy,) = [e for e in read.all("meta") if e.attributes.get("http-equiv")]
    assert policy.attributes["content"] == POLICY
    assert "default-src 'none'" in POLICY
    (style,) = read.all("style")
    assert set(re.findall(r"url\((\w+):", style.text)) == {"data"}
    assert "@import" not in style.text


def test_every_post_is_in_it_with_its_counts_and_boxes(tmp_path: Path) -> None:
    """Text, alt text, exact counts, cost, and three boxes for each reference."""
    made = everything(tmp_path, "Sign: https://example.org/a #Water")
    read = Reading(made)
    sections = {e.attributes["id"]: e for e in read.all("section", class_="post")}
    assert list(sections) == ["n1a", "n1b", "n2", "n3", "n4"]
    first = " ".join(sections["n1a"].text.split())
    for words in (
        "34 of 280 characters (its link counts 23)",
        "alt text 34 of 1,000",
        "picture 1200 × 675",
        "$0.015",
        "Held back",
        "Automated",
        "yes change no",
    ):
        assert words in first
    assert "Poll, open for 36 hours, several answers each" in sections["n2"].text
    assert "the warning counts too" in sections["n2"].text
    assert "part 2 of 3: 34 of 500 characters" in sections["n3"].text
    assert "unlisted" in sections["n3"].text
    assert 'href="https://example.org/a?b=1&amp;c=2"' in made


def test_headings_ids_and_languages_are_in_order(tmp_path: Path) -> None:
    """What screen readers go by: one h1, no level left out, each id once, each link leads on."""
    read = Reading(everything(tmp_path))
    levels = [int(e.tag[1]) for e in read.elements if re.fullmatch(r"h[1-6]", e.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = [e.attributes["id"] for e in read.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    labelled = "aria-labelledby"
    named = [e.attributes[labelled] for e in read.elements if labelled in e.attributes]
    inner = [e.attributes["href"][1:] for e in read.all("a") if e.attributes["href"][0] == "#"]
    assert {*named, *inner} <= set(ids)
    assert all(e.attributes["alt"] for e in read.all("img"))
    texts = read.all("p", class_="text")
    assert {e.attributes["lang"] for e in texts} == {"en", "es"}
    assert read.all("html", lang="en")


def test_the_same_plan_makes_the_same_page(tmp_path: Path) -> None:
    """A pure function: no clock, no random order."""
    assert everything(tmp_path) == everything(tmp_path)
