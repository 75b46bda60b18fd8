"""The kit in a real browser: on a phone, at a desk, by keyboard alone, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.kit import put
from tests.kit.browser import launched, opened
from tests.kit.stage import DAY, NOW, full
from tests.proof.browser import CHROMIUM

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
    pytest.mark.timeout(300),
]

WELLS = "The wells are dry.\n\n#CleanWater"

STOPS = """() => [...document.querySelectorAll('a[href], button, input, summary')]
  .filter(e => e.getClientRects().length && !e.closest('[hidden]') && !e.closest('dialog'))
  .map(e => e.outerHTML.slice(0, 200))"""

HERE = """() => {
  const e = document.activeElement, box = e.getBoundingClientRect();
  const style = getComputedStyle(e);
  return {
    html: e.outerHTML.slice(0, 200),
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    there: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    body: e === document.body,
  };
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all."""
    with sync_playwright() as playwright:
        started = launched(playwright)
        yield started
        started.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit with all that could make it wide, or break it."""
    root = tmp_path_factory.mktemp("kit")
    put(full(root), root / "the kit", "c", NOW)
    return root / "the kit"


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [
        ("index.html", 360, "light"),
        ("index.html", 1280, "dark"),
        ("ar.html", 360, "dark"),
        ("letters/write-en.html", 1280, "light"),
    ],
)
def test_it_fits_loads_nothing_and_has_no_barriers(
    browser: Browser, folder: Path, name: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    """No sideways scrolling, no request, no error, and nothing that axe-core objects to."""
    with opened(browser, folder, name, width=width, scheme=scheme) as seen:
        wide = seen.page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
        assert wide == [width, width]
        assert seen.violations() == []
        assert (seen.asked, seen.said) == ([], [])
        images = seen.page.locator("img")
        for number in range(images.count()):
            images.nth(number).scroll_into_view_if_needed()
            images.nth(number).evaluate("image => image.decode()")
        dark = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, dark[4:-1].split(","))) < 200) == (scheme == "dark")


def test_barriers_would_be_found(browser: Browser, folder: Path) -> None:
    """The measurements above see what they are there for."""
    with opened(browser, folder, width=360) as seen:
        seen.page.evaluate("""() => {
          document.querySelector('img').removeAttribute('alt');
          document.querySelector('h1').style.color = '#333';
          document.querySelector('main').style.minWidth = '900px';
        }""")
        found = " ".join(seen.violations())
        assert "image-alt" in found
        assert "color-contrast" in found
        assert seen.page.evaluate("document.documentElement.scrollWidth") > 360


@pytest.mark.parametrize(("name", "width"), [("index.html", 360), ("ar.html", 1280)])
def test_the_keyboard_reaches_everything(
    browser: Browser, folder: Path, name: str, width: int
) -> None:
    """In the order in which it stands there, always in view, always with a ring around it."""
    with opened(browser, folder, name, width=width) as seen:
        stops: list[str] = seen.page.evaluate(STOPS)
        assert len(stops) > 20
        walked = []
        for _ in stops:
            seen.page.keyboard.press("Tab")
            here: dict[str, Any] = seen.page.evaluate(HERE)
            assert here["ring"], here
            assert here["there"], here
            walked.append(here["html"])
        assert walked == stops
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate(HERE)["body"]


def test_everything_has_a_name_and_a_role(browser: Browser, folder: Path) -> None:
    """What a screen reader is told, in the words of its own tree."""
    with opened(browser, folder) as seen:
        session = seen.page.context.new_cdp_session(seen.page)
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
        heard = [
            (node["role"]["value"], node.get("name", {}).get("value", ""))
            for node in nodes
            if not node["ignored"]
        ]
        for role, name in heard:
            if role in ("link", "button", "image", "heading", "article", "navigation"):
                assert name.strip(), role
        buttons = [name for role, name in heard if role in ("link", "button") if "Text " in name]
        assert len(buttons) == len(set(buttons)) > 10
        assert ("button", "Copy text 1") in heard
        assert ("link", "Share on X: Text 1") in heard
        assert ("navigation", "Languages") in heard
        snapshot = seen.page.locator("main").aria_snapshot()
        for words in ('heading "Clean Water', 'progressbar "1,250 of 5,000', 'article "Text 2"'):
            assert words in seen.page.locator("body").aria_snapshot(), words
        assert "Please let the water run" not in snapshot  # until the letter is opened


COPIES = {
    "as the page does it": "",
    "in an older browser": "navigator.clipboard.writeText = () => Promise.reject(new Error())",
}


@pytest.mark.parametrize("before", COPIES.values(), ids=COPIES.keys())
def test_copying(browser: Browser, folder: Path, before: str) -> None:
    """Text, description, letter and a thread: what stands there comes out, and it is said."""
    with opened(browser, folder, before=before) as seen:
        page = seen.page
        page.get_by_role("button", name="Copy text 1", exact=True).press("Enter")
        assert page.evaluate("navigator.clipboard.readText()") == WELLS
        page.get_by_role("button", name="Copy text 1", exact=True).get_by_text("Copied").wait_for()
        assert page.locator("#status").inner_text() == "Copied"
        page.get_by_role("button", name="Copy the description of the picture of text 1").click()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == page.locator("#a1").text_content()
        page.get_by_role("button", name="Copy the letter").click()
        letter = page.evaluate("navigator.clipboard.readText()")
        assert letter == "Dear Mayor,\n\nPlease let the water run.\n\nIt is ours."
        thread = page.locator("article", has_text="A thread of 3 posts")
        thread.locator(".shares").get_by_role("button", name="Copy text").click()
        assert page.evaluate("navigator.clipboard.readText()").startswith("First.\n\n#CleanWater")
        assert seen.said == []


def test_mastodon_asks_once_for_the_server(browser: Browser, folder: Path) -> None:
    """By keyboard: no name of a server is taken, a profile's address is; it is kept in the page."""
    with opened(browser, folder) as seen:
        page = seen.page
        first = page.get_by_role("button", name="Share on Mastodon: Text 1")
        first.press("Enter")
        dialog = page.get_by_role("dialog", name="Your Mastodon server")
        assert dialog.is_visible()
        assert seen.violations() == []
        for wrong in ("", "nonsense", "javascript:alert(1)", "a b.example", "x.example:99999"):
            dialog.get_by_role("textbox").fill(wrong)
            page.keyboard.press("Enter")
            assert dialog.get_by_role("alert").inner_text().startswith("This is no name")
        dialog.get_by_role("textbox").fill(" https://social.example/@water ")
        with page.context.expect_page() as popup:
            page.keyboard.press("Enter")
        assert not dialog.is_visible()
        popup.value.close()
        with page.context.expect_page() as popup:
            page.get_by_role("button", name="Share on Mastodon: Text 1").press("Enter")
        popup.value.close()
        assert [unquote(a) for a in seen.asked] == [
            f"https://social.example/share?text={WELLS}"
        ] * 2
        assert page.get_by_role("button", name="Your Mastodon server: social.example").is_visible()
        stored = page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
        assert stored == [0, 0, ""]
        page.reload()
        first.press("Enter")
        assert dialog.get_by_role("textbox").input_value() == ""
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.dataset.mastodon") == WELLS


def test_a_stick_from_last_week_does_not_lie(browser: Browser, folder: Path) -> None:
    """What is over by the reader's clock is gone; shown all the same, it cannot be shared."""
    with opened(browser, folder, now=NOW) as seen:
        assert not seen.page.locator("#over").is_visible()
        assert not seen.page.locator("#old").is_visible()
        assert seen.page.locator("#text-1").is_visible()
    with opened(browser, folder, now=NOW + 9 * DAY) as seen:
        page = seen.page
        assert page.locator("#old").is_visible()
        assert page.locator("#over").inner_text().startswith("Out of date, so no longer shown: 2")
        assert not page.locator("#text-1").is_visible()
        assert not page.locator("#do-march").is_visible()
        assert page.locator("#text-2").is_visible()
        assert not page.locator("#p-sign").is_visible()  # its count is too old by now
        page.get_by_role("button", name="Show them all the same").press("Enter")
        over = page.locator("#text-1")
        assert over.get_by_text("please do not share it any more").is_visible()
        assert over.locator("a, button").filter(visible=True).count() == 0
        assert seen.violations() == []


def test_a_heading_with_nothing_left_below_it_goes(browser: Browser, folder: Path) -> None:
    """Where every action is over, no empty "What you can do" is left."""
    with opened(browser, folder, now=NOW) as seen:
        page = seen.page
        assert page.locator("#asks").is_visible()
        page.evaluate(
            "for (const one of document.querySelectorAll('.ask')) one.dataset.until = '2020-01-01';"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
        assert not page.locator("#asks").is_visible()
        assert not page.get_by_role("link", name="What you can do").is_visible()


def test_without_a_script(browser: Browser, folder: Path) -> None:
    """All can be read, selected and shared; for what needs a script, a line says what to do."""
    with opened(browser, folder, script=False) as seen:
        page = seen.page
        assert page.locator("button").filter(visible=True).count() == 0
        assert page.get_by_text("For Mastodon, copy a text").is_visible()
        assert page.locator("#t1").inner_text() == WELLS
        assert page.get_by_role("link", name="Share on X: Text 1").is_visible()
        page.locator("summary").click()
        assert page.get_by_text("Please let the water run.").is_visible()


def test_the_letter_prints_alone(browser: Browser, folder: Path) -> None:
    """On paper there are no buttons, and the words are black on white, also in the dark."""
    with opened(browser, folder, "letters/write-en.html", scheme="dark") as seen:
        page = seen.page
        page.emulate_media(media="print")
        assert page.locator("a, button").filter(visible=True).count() == 0
        colours = page.locator(".paper").evaluate(
            "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
        )
        assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
        assert "Dear Mayor," in page.locator(".paper").inner_text()
