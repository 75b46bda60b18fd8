"""Reads the content with the newest petition counts over it: what everything is made from.

Bots, plans, checks, cards and proofs all take their catalog from here, so that none of them
shows another figure than the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from bot.content import Loaded, load
from bot.counting import with_counts
from bot.model import Catalog
from bot.settings import Settings
from bot.store import NoDatabase, Store


@contextmanager
def ledger_if_any(url: str) -> Iterator[Store | None]:
    """Open the ledger where there is one; None where nothing was posted from here yet."""
    try:
        store = Store.open(url, create=False)
    except NoDatabase:
        yield None
        return
    with store:
        yield store


def read(settings: Settings, store: Store | None, *, waiting: bool = False) -> Loaded:
    """Read the content, and the newest counts of the ledger over it.

    `waiting` asks for the submissions as well.
    """
    loaded = load(settings.root, waiting=waiting)
    return replace(loaded, catalog=counted(loaded.catalog, store))


def counted(written: Catalog, store: Store | None, before: datetime | None = None) -> Catalog:
    """Put the ledger's newest counts over a catalog as the files say it.

    `before` leaves out what was written down from then on: a span in the past is planned with
    what was known then.
    """
    return written if store is None else with_counts(written, store.petition_counts(before))
