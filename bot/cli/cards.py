"""The command about pictures: one message's card, a sheet of all, and a watch on templates."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import (
    Json,
    UserError,
    find_account,
    find_message,
    note,
    print_json,
    settings_of,
    wall_clock,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.model import Account, CardSpec, Catalog, Look, Message
    from bot.settings import Settings

_LOOK_EVERY = 0.3
"""Seconds between two looks at the files that are watched."""


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("card")(card)


def card(
    context: typer.Context,
    message: Annotated[
        str | None, typer.Argument(help="A message's id, name or file.", show_default=False)
    ] = None,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help="Where to put the picture or the page; a folder with --gallery."
        ),
    ] = None,
    account: Annotated[str | None, typer.Option(help="As this account would post it.")] = None,
    style: Annotated[str | None, typer.Option(help="In this style instead.")] = None,
    every: Annotated[
        bool,
        typer.Option(
            "--all", help="A page with every style and size; without a message, every kind too."
        ),
    ] = False,
    gallery: Annotated[
        bool, typer.Option("--gallery", help="A folder of pictures, as the documentation has it.")
    ] = False,
    campaign: Annotated[
        str | None, typer.Option(help="With --all or --gallery: in this campaign's look.")
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Draw again whenever a file changes, until Ctrl-C.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Draw one message's card and tell its alt text; or a sheet of cards to look at.

    For a designer: `bot card --all --watch -o sheet.html`, and open the page in a browser;
    it shows each change of a template a moment after it is saved.
    """
    settings = settings_of(context)
    wish = _Wish(settings, message, account, style, campaign, output, as_json=as_json)
    if watch:
        _watch(wish, wish.sheet if every or message is None else wish.one)
    elif gallery:
        wish.gallery()
    elif every:
        wish.sheet()
    elif message is None:
        raise UserError("name a message, or ask for a sheet of all: bot card --all -o sheet.html")
    else:
        wish.one()


@dataclass(frozen=True, slots=True)
class _Wish:
    """What a person asked to see."""

    settings: Settings
    message: str | None
    account: str | None
    style: str | None
    campaign: str | None
    output: Path | None
    again_every: int | None = None
    as_json: bool = False

    @property
    def root(self) -> Path:
        """The folder that content and pictures are in."""
        return self.settings.root

    def one(self) -> Path:
        """Draw a message's card as an account would post it; returns where it is."""
        from bot.jobs.drafting import Drafter
        from bot.model import Refusal

        catalog, found, taker = self._found()
        if self.style is not None:
            found = self._restyled(found)
        draft = Drafter(self.root, catalog, {}, draw=True)(found, taker, 0, wall_clock())
        if isinstance(draft, Refusal):
            raise UserError(f"{found.id} on {taker.name}: {draft.reason}")
        for warning in draft.warnings:
            note(f"warning: {warning}")
        if draft.picture is None:
            raise UserError(f"{found.id} goes without a card")
        path = draft.picture.path
        if self.output is not None:
            shutil.copyfile(self.root / path, self.output)
            path = self.output
        if self.as_json:
            print_json({"message": found.id, "card": path, "alt": draft.picture.alt})
        else:
            typer.echo(path.as_posix())
            typer.echo(f"alt: {draft.picture.alt}")
        return path

    def sheet(self) -> Path:
        """Draw a page of cards; returns where it is."""
        from bot import contact_sheet
        from bot.cards import styles

        wanted = (self.style,) if self.style else styles(self.root)
        if self.message is not None:
            spec, title = self._spec()
            chapters = contact_sheet.of_spec(title, spec, self.root, wanted)
        else:
            title = "Every kind, style and size"
            chapters = contact_sheet.every_kind(self._look(), self.root, wanted)
        path = self.output or Path("cards.html")
        text = contact_sheet.page(title, chapters, again_every=self.again_every)
        return _written(path, lambda: path.write_text(text, encoding="utf-8"))

    def gallery(self) -> Path:
        """Draw the pictures of the documentation; returns their folder."""
        from bot import contact_sheet
        from bot.cards import styles

        path = self.output or Path("gallery")
        chapters = contact_sheet.gallery(self._look(), self.root, styles(self.root))
        return _written(path, lambda: contact_sheet.folder(path, "Cards", chapters))

    def _found(self) -> tuple[Catalog, Message, Account]:
        from bot.plan import not_for
        from bot.reading import ledger_if_any, read

        with ledger_if_any(self.settings.database_url) as store:
            loaded = read(self.settings, store)
        catalog = loaded.catalog
        found = find_message(catalog, self.message or "", loaded.problems)
        if self.account is not None:
            return catalog, found, find_account(catalog, self.account)
        for taker in catalog.accounts.values():
            if not_for(found, taker) is None:
                return catalog, found, taker
        raise UserError(f"no account takes {found.id}: name one with --account")

    def _restyled(self, message: Message) -> Message:
        from bot.cards import styles

        if self.style not in styles(self.root):
            raise UserError(
                f'there is no style "{self.style}": there are {", ".join(styles(self.root))}'
            )
        if message.card is None:
            raise UserError(f"{message.id} names no card: its style is that of its campaign")
        return replace(message, card=replace(message.card, style=self.style))

    def _spec(self) -> tuple[CardSpec, str]:
        from bot.jobs.drafting import Drafter
        from bot.model import Refusal

        catalog, found, taker = self._found()
        spec = Drafter(self.root, catalog, {}, draw=False).card(found, taker, 0, wall_clock())
        if isinstance(spec, Refusal):
            raise UserError(f"{found.id} on {taker.name}: {spec.reason}")
        if spec is None:
            raise UserError(f"{found.id} goes without a card")
        return spec, found.id

    def _look(self) -> Look:
        from bot.content import load
        from bot.model import Brand, Look

        campaigns = load(self.root).catalog.campaigns
        if self.campaign is not None and self.campaign not in campaigns:
            raise UserError(
                f'there is no campaign "{self.campaign}": there are {", ".join(campaigns)}'
            )
        chosen = campaigns.get(self.campaign or next(iter(campaigns), ""))
        if chosen is None:
            return Look(Brand("Your campaign"), hashtag="YourHashtag")
        return Look(chosen.brand, next(iter(chosen.hashtags), ""))


def _written(path: Path, write: Callable[[], object]) -> Path:
    try:
        write()
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}") from error
    typer.echo(path.as_posix())
    return path


def _watch(wish: _Wish, draw: Callable[[], Path]) -> None:
    """Draw, and again whenever a template, content or a picture of it changes."""
    from bot.cards import CardError
    from bot.content import ContentError

    if draw == wish.sheet:
        draw = replace(wish, again_every=1).sheet
    seen: Sequence[tuple[str, int, int]] = ()
    try:
        while True:
            now = _stamps(wish.root)
            if now != seen:
                seen = now
                began = time.perf_counter()
                try:
                    draw()
                    for problem in _problems(wish):
                        note(problem)
                    note(f"drawn in {time.perf_counter() - began:.2f} s; watching for changes")
                except (CardError, ContentError, UserError) as error:
                    note(f"{error}\nwatching for changes")
                except Exception as error:  # noqa: BLE001 # a designer's next save may mend it
                    note(f"this cannot be drawn: {error!r}\nwatching for changes")
            time.sleep(_LOOK_EVERY)
    except KeyboardInterrupt:
        note("no longer watching")


def _problems(wish: _Wish) -> list[str]:
    """Tell what is wrong with the styles that are watched: one stays in force as it was."""
    from bot.cards import problems, styles

    watched = (wish.style,) if wish.style else styles(wish.root)
    return [str(problem) for style in watched for problem in problems(wish.root, style)]


def _stamps(root: Path) -> list[tuple[str, int, int]]:
    """Tell files that cards depend on, in a way that differs when one is saved."""
    from bot.cards import TEMPLATES

    images = root / "images"
    folders = (root / TEMPLATES, root / "content", images / "logos", images / "photos")
    files = [file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file()]
    stamps = []
    for file in [*files, root / "schedules.yaml"]:
        try:
            status = file.stat()
        except OSError:  # gone between two looks
            continue
        stamps.append((str(file), status.st_mtime_ns, status.st_size))
    return stamps
