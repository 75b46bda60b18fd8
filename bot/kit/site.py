"""A kit -> the files of its folder."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.kit.look import variables
from bot.kit.nouns import Kit, Letter, Page
from bot.kit.phrases import Speech, direction

_TEMPLATES = Path(__file__).parent / "templates"


def files(kit: Kit) -> dict[str, bytes]:
    """Build every file, by its path in the folder; the same kit gives the same bytes."""
    made: dict[str, bytes] = {**kit.pictures, **kit.calendars}
    style = variables(kit.campaign.brand) + "\n" + (_TEMPLATES / "style.css").read_text("utf-8")
    for page in kit.pages:
        made[page.file] = _page(kit, page, style)
        for letter in (letter for ask in page.asks for letter in ask.letters):
            made[f"letters/{letter.key}.txt"] = _letter_text(kit, letter)
            made[f"letters/{letter.key}.html"] = _letter(kit, letter, style)
    return made


def _page(kit: Kit, page: Page, style: str) -> bytes:
    speech = Speech(page.language, kit.campaign.zone)
    return _rendered("page.html", speech, style, kit=kit, page=page)


def _letter(kit: Kit, letter: Letter, style: str) -> bytes:
    """A letter by itself, to be printed; in its own language throughout."""
    speech = Speech(letter.words.language, kit.campaign.zone)
    home = next((p.file for p in kit.pages if p.language == letter.words.language), "index.html")
    return _rendered("letter.html", speech, style, kit=kit, letter=letter, home=f"../{home}")


def _letter_text(kit: Kit, letter: Letter) -> bytes:
    """A letter as plain text, as Windows' Notepad shows it, too."""
    say = Speech(letter.words.language, kit.campaign.zone).say
    lines = [*letter.to, "", letter.words.text, "", f"[{say('letter_name')}]"]
    lines.append(f"[{say('letter_place')}]")
    text = "\n".join(lines) + "\n"
    return text.replace("\n", "\r\n").encode("utf-8-sig", "replace")


def _rendered(template: str, speech: Speech, style: str, **more: object) -> bytes:
    script = (_TEMPLATES / "kit.js").read_text("utf-8")
    page = _ENVIRONMENT.get_template(template).render(
        say=speech.say,
        speech=speech,
        direction=direction(speech.tag),
        style=Markup(style),  # noqa: S704 # our own file, and colours that were parsed
        script=Markup(script),  # noqa: S704 # our own file
        policy=_policy(style, script),
        **more,
    )
    return page.encode("utf-8", "replace")


def _policy(style: str, script: str) -> str:
    """Content-Security-Policy: this style, this script, the kit's pictures, and nothing else.

    `file:` is for a kit on a USB stick, where browsers do not agree on what 'self' is.
    """
    return (
        f"default-src 'none'; img-src 'self' file:; style-src {_hash(style)}; "
        f"script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}'"


_ENVIRONMENT = Environment(
    loader=PackageLoader("bot.kit"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
