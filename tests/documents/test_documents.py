"""Files of strangers, read into paragraphs with their places."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents import MAX_BYTES, DocumentError, read
from bot.proposals.document import Part


def lines(text: str, name: str = "a.txt") -> list[tuple[int, str]]:
    """Each paragraph with the line that it begins in."""
    found = read(text.encode(), name).paragraphs
    return [(p.place(0, 1).line, p.text) for p in found]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04rest", "save it as plain text"),
        (b"caf\xe9", "UTF-8"),
        (b"a\0b", "UTF-8"),
        (b"x" * (MAX_BYTES + 1), "larger than"),
        ("a \u202e b".encode(), "right-to-left override"),
        (b"<html><body><script>x()</script></body></html>", "no words"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(raw: bytes, why: str) -> None:
    """No traceback, and no guess at an encoding."""
    with pytest.raises(DocumentError, match=why):
        read(raw, "a")


def test_files_from_notepad_and_word_are_read() -> None:
    """UTF-16 and UTF-8 with a byte-order mark, with their line breaks."""
    for raw in ("Sign now.\r\n\r\nCome.".encode("utf-16"), b"\xef\xbb\xbfSign now.\r\n\r\nCome."):
        assert [p.text for p in read(raw).paragraphs] == ["Sign now.", "Come."]


def test_wrapped_lines_are_joined_and_lines_of_an_address_are_not() -> None:
    """A long line goes on; a short one without an end stands for itself."""
    wrapped = "The council of this town has sold the houses on the\nhill to a fund.\n\n"
    address = "Mr. Joe Stone\nThe Mayor\n"
    assert lines(wrapped + address) == [
        (1, "The council of this town has sold the houses on the hill to a fund."),
        (4, "Mr. Joe Stone"),
        (5, "The Mayor"),
    ]


def test_a_sentence_torn_by_a_page_break_is_put_together() -> None:
    """It goes on in small letters behind a rule."""
    assert lines("The houses on the hill, all of those that\n\n---\n\nwere sold, are ours.") == [
        (1, "The houses on the hill, all of those that were sold, are ours.")
    ]


def test_markdown_is_taken_off() -> None:
    """Headings, bold labels, links, escapes, items, quotes; indented text is no code."""
    text = (
        "# Homes\n\n**Come** – Take to the *streets* \\(all\\).\n\n- Sign [here now](https://a.example/b)\n\n"
        "> Quoted words\n\n    indented words\n\n#HomesForAll"
    )
    paragraphs = read(text.encode(), "a.md").paragraphs
    assert [(p.part, p.text[p.lead :]) for p in paragraphs] == [
        (Part.HEADING, "Homes"),
        (Part.TEXT, "Take to the streets (all)."),
        (Part.ITEM, "Sign here now"),
        (Part.QUOTE, "Quoted words"),
        (Part.TEXT, "indented words"),
        (Part.TEXT, "#HomesForAll"),
    ]
    assert paragraphs[2].links[0].address == "https://a.example/b"


def test_places_have_line_and_column() -> None:
    """So that an editor can jump there."""
    (one,) = read(b"One. **Two** is\nhere for a long time, in a long line of words.").paragraphs
    at = one.text.index("Two")
    assert str(one.place(at, at + 3)) == "1:8"


PAGE = """<!doctype html>
<html lang="es"><head><title>Homes for all | Rent strike</title>
<meta property="og:site_name" content="Rent strike">
<script type="application/ld+json">{"datePublished": "2022-02-15T10:00"}</script>
<style>p {}</style></head><body>
<header><a href="/">Rent strike</a></header><nav>Menu of it</nav>
<div id="cookie-consent"><p>We use cookies</p></div>
<main><h1>Homes for all</h1>
<p>Sign &amp; <b>share</b><br>the <a href="https://a.example/b">petition</a>.</p>
<p hidden>Hidden words</p><p style="display: none">More of them</p>
<p><strong>Come</strong> – March with us.</p>
<form><label>Name</label><input value="x"><p>Words in a form</p></form>
<!-- a comment --><aside>Related</aside></main>
<footer>All rights</footer><script>document.write("<p>Written</p>")</script></body></html>
"""


def test_a_page_is_read_without_what_is_around_it() -> None:
    """Scripts, menus, banners, footers and hidden words are not what it says."""
    document = read(PAGE.encode(), "page.html")
    assert [(p.place(0, 1).line, p.text[p.lead :]) for p in document.paragraphs] == [
        (8, "Homes for all"),
        (9, "Sign & share"),
        (9, "the petition."),
        (11, "March with us."),
        (12, "Words in a form"),
    ]
    assert (document.title, document.organisation) == ("Homes for all", "Rent strike")
    assert (document.published, document.language) == (date(2022, 2, 15), "es")
    assert [k.address for p in document.paragraphs for k in p.links] == ["https://a.example/b"]


def test_banners_are_left_out_where_a_page_marks_no_main_part() -> None:
    """By role, class or id; but the classes of the page itself say nothing."""
    page = (
        "<html><body class='menu sidebar'><div id='cookie-consent'>Accept</div>"
        "<div role='banner'>Banner</div><ul class='share-buttons'><li>Share</ul>"
        "<div id='header'>Name of the site</div><p>Words.</p></body></html>"
    )
    document = read(page.encode(), "a.html")
    assert [p.text for p in document.paragraphs] == ["Words."]
    assert "cookie" in document.warnings[0]


def test_html_is_known_by_its_beginning() -> None:
    """Also from standard input, where no name tells."""
    assert [p.text for p in read(b"<p>One</p><p>Two").paragraphs] == ["One", "Two"]
    assert next(p.text for p in read(b"a < b and <p> is a tag").paragraphs).startswith("a < b")


def test_nesting_beyond_reason_ends_early_and_says_so() -> None:
    """The parser stops at its bound; the reader is told where."""
    document = read(b"<p>Before</p>" + b"<div>" * 9000 + b"deep", "a.html")
    assert document.paragraphs[0].text == "Before"
    assert "could only be read up to here" in document.warnings[0]


def test_nothing_outside_the_file_is_read() -> None:
    """Entities and addresses in it stay words."""
    page = b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x; words here</p>'
    assert "root:" not in " ".join(p.text for p in read(page, "a.html").paragraphs)


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_any_bytes_are_read_or_refused(raw: bytes, name: str) -> None:
    """Whatever lies in the file, in words for a person."""
    try:
        document = read(raw, name)
    except DocumentError as error:
        assert str(error)
    else:
        assert all(
            p.text.strip() and p.place(0, len(p.text)).line >= 1 for p in document.paragraphs
        )


@given(st.text(st.sampled_from("ab <>/p=\"'&;div![]()*_#>-`\n"), max_size=200))
def test_any_markup_is_read_or_refused(text: str) -> None:
    """Tag soup and half of Markdown; places stay within the file."""
    for name in ("a.md", "a.html"):
        try:
            document = read(text.encode(), name)
        except DocumentError:
            continue
        last = text.count("\n") + 1
        for paragraph in document.paragraphs:
            place = paragraph.place(0, len(paragraph.text))
            assert 1 <= place.line <= max(place.line, place.last) <= last
