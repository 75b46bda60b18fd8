"""Reads single messages against what was loaded before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.content.campaigns import ground
from bot.content.files import Folder, Refused
from bot.content.load import CAMPAIGN, CONTENT
from bot.content.messages import Desk
from bot.content.schedules import as_before
from bot.model import Catalog
from bot.text import TextError, decode
from bot.yamlfile import yamlmap
from bot.yamlfile.problems import ContentError, Problem
from bot.yamlfile.sheet import Sheet


def desk(root: Path, catalog: Catalog, campaign: str, problems: list[Problem]) -> Desk:
    """Prepare to read messages of a campaign of `catalog`; their problems go to `problems`.

    Raises:
        ContentError: its campaign.yaml cannot be read.
    """
    path = f"{CONTENT}/{campaign}/{CAMPAIGN}"
    base = root.resolve()
    try:
        with (
            Folder.root(base) as top,
            top.folder(CONTENT) as content,
            content.folder(campaign) as home,
        ):
            text = decode(home.read(CAMPAIGN))
    except (Refused, FileNotFoundError, TextError) as error:
        raise ContentError(f"{path}: {error}") from error
    table = as_before(catalog)
    found = ground(Sheet(path, yamlmap.read(text), []), campaign, table.zone, base)
    # A campaign that has become unusable stays in force as it was.
    return Desk(base, table, replace(found, campaign=catalog.campaigns[campaign]), problems)
