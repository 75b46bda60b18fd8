"""Leaves a reviewer's words where the volunteer looks: in `inbox/returned/`."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from bot.content.files import Refused
from bot.intake.hand import note_name
from bot.intake.names import numbered
from bot.intake.notes import reviewed
from bot.intake.room import inner, room
from bot.model import Campaign
from bot.yamlfile.problems import ContentError


def leave_note(root: Path, campaign: Campaign, file: str, words: str) -> None:
    """Write a note about a file that came in.

    Args:
        root: the folder with content/.
        campaign: whose inbox it came in by.
        file: its way from the campaign's folder, as the audit log has it.
        words: the reviewer's.

    Raises:
        ContentError: the folder cannot be written.
    """
    _, *folders, name = PurePosixPath(file).parts
    text = reviewed(next(iter(campaign.languages), "en"), name, words).encode("utf-8")
    number = 1
    try:
        with (
            room(root, campaign.id) as open_room,
            inner(open_room.returned, folders, make=True) as folder,
        ):
            while not folder.finish(note_name(numbered(name, number)), text):
                number += 1
    except (OSError, Refused) as error:
        raise ContentError(f"the note for {file} cannot be written: {error}") from error
