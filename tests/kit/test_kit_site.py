"""The written pages: all that they link to is there, and nothing in a text gets out of it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from markupsafe import Markup

from bot.kit import files
from bot.kit.look import variables
from bot.kit.phrases import LANGUAGES
from bot.model import Brand
from tests.kit.stage import (
    ACTIONS,
    CAMPAIGN,
    DAY,
    HOSTILE,
    LETTER,
    NOW,
    full,
    kit_of,
    message,
    read,
    site_of,
)
from tests.proof.reading import Reading

TEMPLATES = Path(LANGUAGES).parent / "templates"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """A kit with all that there can be."""
    return full(tmp_path_factory.mktemp("kit"))


def pages(site: Mapping[str, bytes]) -> dict[str, Reading]:
    """Its pages, read."""
    return {name: read(file) for name, file in site.items() if name.endswith(".html")}


def test_the_folder(site: Mapping[str, bytes]) -> None:
    """One page a language, the first of them index.html; letters, calendars and pictures."""
    assert {n for n in site if "/" not in n} == {"index.html", "es.html", "ar.html"}
    assert {n for n in site if n.startswith("letters/")} == {
        "letters/write-en.html", "letters/write-en.txt"
    }  # fmt: skip
    assert {n for n in site if n.startswith("events/")} == {
        "events/march-en.ics", "events/march-es.ics", "events/march-ar.ics"
    }  # fmt: skip
    assert {n for n in site if n.startswith("cards/")} == {
        "cards/a.png", "cards/c.png", "cards/f.png"
    }  # fmt: skip


def test_every_link_leads_somewhere(site: Mapping[str, bytes]) -> None:
    """Within the kit to a file or a place that is there, outside by https or mail only."""
    for name, page in pages(site).items():
        ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
        assert len(ids) == len(set(ids))
        for element in page.elements:
            for attribute in ("href", "src", "data-copy", "aria-labelledby", "aria-describedby"):
                target = element.attributes.get(attribute)
                if target is None:
                    continue
                if attribute not in ("href", "src"):
                    assert set(target.split()) <= set(ids)
                elif target.startswith("#"):
                    assert target[1:] in ids
                elif urlsplit(target).scheme:
                    assert target.startswith(("https://", "mailto:")), target
                    assert element.tag == "a"
                else:
                    path = str(PurePosixPath(name).parent / target).replace("letters/../", "")
                    assert path in site, target


def test_it_loads_and_runs_nothing_but_its_own(site: Mapping[str, bytes]) -> None:
    """One style and one script, both in the page and named by their hash in its policy."""
    for page in pages(site).values():
        (meta,) = page.all("meta", **{"http-equiv": "Content-Security-Policy"})
        policy = dict(part.strip().split(" ", 1) for part in meta.attributes["content"].split(";"))
        assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
        for tag, directive in (("style", "style-src"), ("script", "script-src")):
            (element,) = page.all(tag)
            assert not set(element.attributes)
            digest = b64encode(sha256(element.text.encode()).digest()).decode()
            assert policy[directive] == f"'sha256-{digest}'"
        for element in page.elements:
            assert not [a for a in element.attributes if a.startswith("on") or a == "style"]
            assert element.tag not in ("iframe", "object", "embed", "link", "base", "video")
    whole = b"".join(file for name, file in site.items() if name.endswith(".html"))
    for word in (b"localStorage", b"sessionStorage", b"cookie", b"fetch(", b"@import", b"url("):
        assert word not in whole


def test_texts_stand_there_as_they_are(site: Mapping[str, bytes]) -> None:
    """Hostile ones too: the element that is copied holds the text, to the letter."""
    page = pages(site)["index.html"]
    texts = [e.text for e in page.elements if re.fullmatch(r"t\d+", e.attributes.get("id", ""))]
    (hostile,) = [text for text in texts if "alert" in text]
    assert hostile.startswith(HOSTILE)
    assert texts[0] == "The wells are dry.\n\n#CleanWater"
    assert len(page.all("script")) == 1
    assert not [e for e in page.all("img") if "onerror" in e.attributes]


def test_no_link_can_run_anything(tmp_path: Path) -> None:
    """Content is checked before; should one get past, it is no link here."""
    bad = {
        name: replace(action, link="javascript:alert(1)", title={"": HOSTILE}, source=HOSTILE)
        for name, action in ACTIONS.items()
    }
    bad["follow"] = replace(
        bad["follow"], handles=("@a@javascript:alert(1)", '@"><script>@evil.example', "@<b>")
    )
    bad["write"] = replace(
        bad["write"], letter={"en": HOSTILE}, salutation={"en": HOSTILE},
        recipients={"": (HOSTILE, "x <a?bcc=b@evil.example>, <script>@evil.example")},
    )  # fmt: skip
    site = site_of(tmp_path, campaign=replace(CAMPAIGN, actions=bad, name={"": HOSTILE}))
    for page in pages(site).values():
        assert len(page.all("script")) == len(page.all("style")) == 1
        for link in page.all("a"):
            assert "script" not in link.attributes["href"].split(":")[0]
            assert "evil" not in urlsplit(link.attributes["href"]).netloc
    assert HOSTILE in site["letters/write-en.txt"].decode("utf-8-sig")


def test_languages_and_directions(site: Mapping[str, bytes]) -> None:
    """Each page and each text names its language; where we have no phrases, English ones stand."""
    found = pages(site)
    assert [found[n].all("html")[0].attributes for n in ("index.html", "es.html", "ar.html")] == [
        {"lang": "en", "dir": "ltr"}, {"lang": "es", "dir": "ltr"}, {"lang": "en", "dir": "ltr"}
    ]  # fmt: skip
    (arabic,) = found["ar.html"].all("p", id="t1")
    assert (arabic.attributes["lang"], arabic.attributes["dir"]) == ("ar", "rtl")
    (nav,) = found["es.html"].all("nav", class_="languages")
    assert [e.text for e in found["es.html"].all("a") if e.attributes.get("hreflang")] == [
        "English", "Español", "العربية"
    ]  # fmt: skip
    assert nav.attributes["aria-label"] == "Idiomas"
    (here,) = found["es.html"].all("a", **{"aria-current": "page"})
    assert (here.text, here.attributes["lang"]) == ("Español", "es")
    assert "Petición" in found["es.html"].all("main")[0].text


def test_truth_is_shown_and_told_to_the_script(site: Mapping[str, bytes]) -> None:
    """Until when, for the reader; the moment, in UTC, for the page."""
    page = pages(site)["index.html"]
    (entry,) = [e for e in page.all("article", class_="entry") if "wells" in e.text]
    assert entry.attributes["data-until"] == "2026-07-08T11:00:00Z"
    assert "Until Wednesday, July 8, 2026" in entry.text
    (march,) = page.all("article", class_="event")
    assert march.attributes["data-until"] == "2026-07-11T22:30:00Z"
    assert "March to the town hall" in march.text
    assert "Fountain Square; Town hall" in march.text


def test_a_midnight_is_the_day_before_it(tmp_path: Path) -> None:
    """`true_until: 2026-07-09` was written by somebody who meant that day, too."""
    until = NOW.replace(hour=0) + 4 * DAY
    site = site_of(tmp_path, message("a", "Water.", true_until=until))
    assert "Until July 9, 2026<" in site["index.html"].decode()


def test_petition_and_follow(site: Mapping[str, bytes]) -> None:
    """The standing with its day, who it goes to, and profiles where the server is known."""
    page = pages(site)["index.html"]
    (petition,) = page.all("article", class_="petition")
    assert "1,250 of 5,000 signatures" in petition.text
    assert "July 1, 2026" in petition.text
    assert page.all("progress")[0].attributes["value"] == "25"
    (follow,) = page.all("article", class_="follow")
    assert "@water@social.example" in follow.text
    assert page.all("a", href="https://social.example/@water")
    assert "https://example.org/assembly" in [a.attributes["href"] for a in page.all("a")]


def test_counts_are_those_of_the_hour(tmp_path: Path) -> None:
    """In words and on the page, only while they may be shown; its script knows until when."""
    said = message("a", "{count} of {goal} have signed.", action="sign")
    fresh = site_of(tmp_path, said)["index.html"].decode()
    assert "1,250 of 5,000 have signed." in fresh
    (entry,) = read(fresh.encode()).all("article", class_="entry")
    ends = "2026-07-08T23:00:00Z"  # seven days after the day's end in London
    assert entry.attributes["data-until"] == ends
    assert fresh.count(f'data-fresh="{ends}"') == 2
    later = kit_of(tmp_path, said, now=NOW + 5 * DAY)
    assert "older than the 7 days it lasts" in later.left_out[0].reason
    page = files(later)["index.html"].decode()
    assert "1,250" not in page
    assert "Goal: 5,000 signatures" in page


def test_the_letter(site: Mapping[str, bytes]) -> None:
    """Ready to send from each page, in the language that it has; by itself to be printed."""
    found = pages(site)
    for name in ("index.html", "es.html"):
        (text,) = found[name].all("p", class_="letter-text")
        assert text.text == "Dear Mayor,\n\nPlease let the water run.\n\nIt is ours."
        assert text.attributes["lang"] == "en"
        (mail,) = [a for a in found[name].all("a") if "town.example" in a.attributes["href"]]
        assert mail.attributes["href"].startswith(
            "mailto:mayor@town.example,council@town.example?subject=Write%20to%20the%20mayor&body="
        )
        assert "%0D%0A%0D%0APlease" in mail.attributes["href"]
    assert "inglés" in found["es.html"].all("article", class_="letter")[0].text
    assert found["letters/write-en.html"].all("pre", id="letter")[0].text.startswith("Dear Mayor,")
    text_file = site["letters/write-en.txt"]
    assert text_file.startswith(b"\xef\xbb\xbfMayor Ann Ash")
    assert text_file.count(b"\n") == text_file.count(b"\r\n") > 5


def test_a_long_letter_is_pasted(tmp_path: Path) -> None:
    """No mail program is handed an address that it may cut; the page says what to do."""
    letter = replace(LETTER, letter={"en": "Please. " * 400})
    campaign = replace(CAMPAIGN, actions={"write": letter})
    page = read(site_of(tmp_path, campaign=campaign)["index.html"])
    (mail,) = [a for a in page.all("a") if a.attributes["href"].startswith("mailto:")]
    assert "body" not in mail.attributes["href"]
    assert "copy the letter first" in page.all("main")[0].text


def test_without_addresses_there_is_no_mail(tmp_path: Path) -> None:
    """A letter to "the embassy in your country" cannot be mailed from here."""
    letter = replace(LETTER, recipients={"": ("The embassy",)})
    page = read(site_of(tmp_path, campaign=replace(CAMPAIGN, actions={"w": letter}))["index.html"])
    assert not [a for a in page.all("a") if a.attributes["href"].startswith("mailto:")]


def test_names_of_pictures(tmp_path: Path) -> None:
    """As every file system takes them, and no two the same on one that knows no capitals."""
    shown: dict[str, Any] = {"wants_card": True}
    kit = kit_of(
        tmp_path, message("Día 8", "A.", **shown), message("DíA_8", "B.", **shown),
        message("día 8", "C.", **shown), message("..", "D.", **shown),
    )  # fmt: skip
    names = [name.removeprefix("cards/") for name in kit.pictures]
    assert len({name.lower() for name in names}) == len(names) == 4
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9._-]*\.png", name) for name in names)


def test_the_same_kit_is_the_same_bytes(tmp_path: Path) -> None:
    """Whoever looks what has changed sees what has changed."""
    messages = [message("a", "Water.", wants_card=True)]
    assert files(kit_of(tmp_path, *messages)) == files(kit_of(tmp_path, *messages))


def test_phrases_are_whole_and_used() -> None:
    """Each language has all phrases, with the same blanks; and no page asks for another."""
    languages = {p.stem: yaml.safe_load(p.read_text("utf-8")) for p in LANGUAGES.glob("*.yaml")}
    assert languages.keys() == {"en", "es", "pt", "fr", "de", "it"}
    english = languages["en"]
    for phrases in languages.values():
        assert phrases.keys() == english.keys()
        for name, phrase in phrases.items():
            assert phrase.strip()
            assert sorted(re.findall(r"{\w+}", phrase)) == sorted(
                re.findall(r"{\w+}", english[name])
            )
    sources = "".join(p.read_text("utf-8") for p in TEMPLATES.glob("*.html"))
    sources += "".join(p.read_text("utf-8") for p in TEMPLATES.parent.glob("*.py"))
    by_kind = {"petition", "letter", "event", "register", "follow"}
    assert {n for n in english if f'"{n}"' not in sources and f"'{n}'" not in sources} <= by_kind


@pytest.mark.parametrize(
    "colours",
    [("#14161b", "#f7f2e8", "#ff5a3c"), ("#ffffff", "#ffffff", "#ffff00"),
     ("#000000", "#000000", "#000000"), ("#808080", "#7f7f7f", "#818181"),
     ("#ff0000", "#00ff00", "#0000ff")],
)  # fmt: skip
def test_any_three_colours_can_be_read(colours: tuple[str, str, str]) -> None:
    """Text at 4.5:1 on both grounds and on its button, shapes at 3:1, by day and by night."""
    from bot.cards.colour import contrast, parse

    css = variables(Brand("x", *colours))
    schemes = [dict(re.findall(r"--([\w-]+): (#\w+);", part)) for part in css.split("@media")]
    assert len(schemes) == 2
    for scheme in schemes:
        c = {name: parse(value) for name, value in scheme.items()}
        for ground in ("ground", "surface"):
            for ink in ("ink", "soft", "accent"):
                assert contrast(c[ink], c[ground]) >= 4.5, (ink, ground)
            for shape in ("fill", "edge"):
                assert contrast(c[shape], c[ground]) >= 3, (shape, ground)
        for ink in ("on-banner", "soft-banner", "accent-banner"):
            assert contrast(c[ink], c["banner"]) >= 4.5, ink
        assert contrast(c["on-fill"], c["fill"]) >= 4.5
    assert Markup.escape(css) == css
