"""The command that goes through what waits, in the terminal."""

from __future__ import annotations

import logging
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.approving import By, reviewing
from bot.cli.common import UserError, note, settings_of, wall_clock, who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.approving import Review
    from bot.model import Message
    from bot.review.session import Person, Session
    from bot.settings import Settings

_OPENERS = ("xdg-open", "open")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("review")(review)


def review(
    context: typer.Context,
    *,
    by: By = None,
    campaign: Annotated[str | None, typer.Option(help="Only this campaign's.")] = None,
    language: Annotated[
        str | None, typer.Option(help="Only what is in this language, such as es or pt-BR.")
    ] = None,
    images: Annotated[
        str,
        typer.Option(
            help="How to show cards: auto asks the terminal, none names their files; "
            "or kitty, iterm, sixel."
        ),
    ] = "auto",
    open_cards: Annotated[
        bool, typer.Option("--open", help="The key o opens the card in a viewer as well.")
    ] = False,
) -> None:
    """Go through what waits, one keystroke each: accept, edit, return, schedule.

    Each post is shown as each network will show it, with its card, what it counts, who sent
    it, and what to look at. Every decision is kept at once.
    """
    from bot.plan.guards import speaks
    from bot.review.editing import choose
    from bot.review.session import Person

    settings = settings_of(context)
    protocols = ("auto", "none", "kitty", "iterm", "sixel")
    if images not in protocols:
        raise UserError(f"--images {images}: write {', '.join(protocols[:-1])} or {protocols[-1]}")
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or settings.terminal.name == "dumb":
        raise UserError(
            "bot review needs a terminal to go through what waits; without one: "
            'bot waiting, bot approve NAME, bot return NAME --why "..."'
        )
    # What a library says would be written across the screen.
    logging.getLogger().addHandler(logging.NullHandler())
    with reviewing(context) as pile:
        if campaign is not None and campaign not in pile.loaded.catalog.campaigns:
            known = ", ".join(sorted(pile.loaded.catalog.campaigns)) or "none"
            raise UserError(f'there is no campaign "{campaign}"; there are: {known}')
        for problem in pile.unreadable():
            note(f"cannot be shown: {problem}")

        def wants(message: Message) -> bool:
            if campaign is not None and message.campaign != campaign:
                return False
            return language is None or speaks(message.language, (language,))

        person = Person(
            by=by or who(),
            clock=wall_clock,
            editor=lambda: choose(settings.editor),
            wants=wants,
            opener=_open if open_cards else None,
        )
        with _session(pile, settings, images, person) as session:
            session.run()
        _sum_up(session, pile)


@contextmanager
def _session(pile: Review, settings: Settings, images: str, person: Person) -> Iterator[Session]:
    """Take the terminal for a session, and give it back whatever happens."""
    from bot.review.inline import KITTY_CLEAR, Protocol
    from bot.review.pictures import Pictures
    from bot.review.screen import Screen
    from bot.review.session import Session
    from bot.review.terminal import Terminal

    kind = settings.terminal
    with Terminal(kind, sys.stdin.fileno(), sys.stdout.fileno()) as terminal:
        protocol = terminal.protocol() if images == "auto" else Protocol(images)
        with Pictures(settings.root, protocol) as pictures:
            pictures.cell = terminal.size().cell or pictures.cell
            screen = Screen(
                terminal,
                colour=kind.has_colour,
                paint=None if protocol is Protocol.NONE else pictures.paint,
                clear=KITTY_CLEAR if protocol is Protocol.KITTY else "",
            )
            yield Session(pile, terminal, screen, pictures, person)
            if protocol is Protocol.KITTY:
                terminal.write(KITTY_CLEAR)


def _sum_up(session: Session, pile: Review) -> None:
    done = [f"{number} {what}" for what, number in session.done.items()]
    typer.echo(", ".join(done) if done else "Nothing was decided.")
    if session.left:
        typer.echo(f"{session.left} still wait{'s' if session.left == 1 else ''}")
    now = wall_clock()
    if held := len(pile.waiting(now)) - len(pile.waiting(now, held=False)):
        typer.echo(f"{held} more are held by a word: bot waiting, bot release")


def _open(path: Path) -> None:
    for name in _OPENERS:
        if found := shutil.which(name):
            subprocess.Popen(  # noqa: S603 # the system's own opener, and a picture that we drew
                [found, str(path)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            return
