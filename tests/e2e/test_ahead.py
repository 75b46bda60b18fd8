"""Pictures on the disk: drawn before their hour, drawn again when somebody deleted them."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot import cards
from bot.content import load
from bot.jobs.ahead import clear_away, draw_ahead, redraw_missing
from bot.jobs.drafting import Drafter
from bot.jobs.refresh import plan_span
from bot.store import Store
from tests.e2e.test_cards import MESSAGE
from tests.e2e.world import make_root

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_a_deleted_picture_is_drawn_again(tmp_path: Path) -> None:
    """An emptied images/cards costs no queued post its hour: same words, same bytes, same name."""
    make_root(tmp_path, {"strike.md": MESSAGE})
    catalog = load(tmp_path).catalog
    with Store.open(f"sqlite:///{tmp_path / 'ledger.db'}") as store:
        drafter = Drafter(tmp_path, catalog, {}, draw=True)
        posts = plan_span(catalog, store, drafter, NOW, NOW + timedelta(days=1))
        store.enqueue(posts, NOW, watermark=NOW + timedelta(days=1))
        (drawn,) = {post.draft.picture.path for post in posts if post.draft and post.draft.picture}
        before = (tmp_path / drawn).read_bytes()
        shutil.rmtree(tmp_path / cards.CARDS)
        later = NOW + timedelta(days=1)
        redraw_missing(catalog, store, Drafter(tmp_path, catalog, {}, draw=True), tmp_path, later)
        assert (tmp_path / drawn).read_bytes() == before


def test_ahead_is_what_the_plan_refers_to(tmp_path: Path) -> None:
    """What was drawn ahead is kept, though it is old by its date."""
    make_root(tmp_path, {"strike.md": MESSAGE})
    catalog = load(tmp_path).catalog
    with Store.open(f"sqlite:///{tmp_path / 'ledger.db'}") as store:
        coming = draw_ahead(catalog, store, Drafter(tmp_path, catalog, {}, draw=True), NOW)
        assert coming
        assert all((tmp_path / path).is_file() for path in coming)
        in_a_year = datetime.now(UTC) + timedelta(days=365)
        assert clear_away(store, tmp_path, coming, in_a_year) == 0
        assert clear_away(store, tmp_path, set(), in_a_year) == len(coming)
