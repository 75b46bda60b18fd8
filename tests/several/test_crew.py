"""What Procrastinate does on a bad day, and that nobody has to wait for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from bot.app import Bot
from bot.crew import Crew
from tests.ledger.machine import MINUTE
from tests.postgres import Postgres
from tests.several.fleet import NAMES, Fleet, fleet, messages
from tests.several.in_process import LEASE, at_work, procrastinate_of

ALL = len(NAMES)


@contextmanager
def one(tmp_path: Path, postgres: Postgres) -> Iterator[tuple[Fleet, Bot, Crew]]:
    """One machine with an empty ledger, that has looked for the first time."""
    with (
        fleet(tmp_path, postgres.ledger(), "a", LEASE, "mastodon-4.6") as several,
        at_work(several.hosts[0], Event()) as (bot, working),
    ):
        bot.tick(None, working.hand_out)
        yield several, bot, working


def due_now(several: Fleet, bot: Bot, working: Crew, number: int) -> None:
    """Have one more message, due on each account, and hand it out."""
    texts = messages(number + 1, datetime.now(UTC) - MINUTE, timedelta(0))
    name = f"m{number:04}.md"
    messages_here = several.hosts[0].root / "content/rent-strike/messages"
    (messages_here / name).write_text(texts[name], encoding="utf-8")
    bot.reload()
    bot.tick(None, working.hand_out)


def end_whoever(several: Fleet, table: str, asks: str) -> None:
    """Hold Procrastinate's rows until a connection of its own waits for them; end that one."""
    with (
        procrastinate_of(several.hosts[0]) as holder,
        procrastinate_of(several.hosts[0]) as admin,
        holder.transaction(),
    ):
        holder.execute(f"SELECT FROM {table} FOR UPDATE".encode())
        several.wait(
            lambda: (
                admin.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE wait_event_type = 'Lock' AND query LIKE %s",
                    (f"%{asks}%",),
                ).rowcount
                > 0
            ),
            30,
            for_what=asks,
        )


@pytest.mark.timeout(120)
def test_a_heartbeat_that_failed_is_not_the_last(tmp_path: Path, postgres: Postgres) -> None:
    """Else all of this machine's jobs would count as left behind, and be handed out again."""
    with one(tmp_path, postgres) as (several, _, _), procrastinate_of(several.hosts[0]) as look:
        end_whoever(several, "procrastinate_workers", "update_heartbeat")
        ended = datetime.now(UTC)

        def beats() -> bool:
            row = look.execute("SELECT max(last_heartbeat) FROM procrastinate_workers").fetchone()
            return row is not None and row[0] is not None and row[0] > ended

        several.wait(beats, 30, for_what="a heartbeat")


@pytest.mark.timeout(120)
def test_an_account_whose_job_could_not_be_ended_is_served_again(
    tmp_path: Path, postgres: Postgres
) -> None:
    """A job that stays in hand holds its account's lock for as long as its worker lives."""
    with one(tmp_path, postgres) as (several, bot, working):
        hangs = several.sandbox.faults.add("any", "post", "hang_after", times=None, seconds=2.0)
        due_now(several, bot, working, 0)
        assert hangs.begun.wait(30)
        end_whoever(several, "procrastinate_jobs", "finish_job")
        several.sandbox.faults.clear()
        due_now(several, bot, working, 1)

        def served() -> bool:
            bot.tick(None, working.hand_out)
            return several.store.counts_by_state()["sent"] == 2 * ALL

        several.wait(served, 60, for_what="all accounts are served again")


@pytest.mark.timeout(120)
def test_others_are_served_while_one_hangs_and_the_accounts_change(
    tmp_path: Path, postgres: Postgres
) -> None:
    """A key was added, say: the worker that is left for another may take long to finish."""
    with one(tmp_path, postgres) as (several, bot, working):
        hangs = several.sandbox.faults.add("x", "post", "hang_after", times=1, seconds=12.0)
        due_now(several, bot, working, 0)
        assert hangs.begun.wait(30)
        for pause in (Path.touch, Path.unlink):
            pause(several.hosts[0].root / "PAUSE")
            working.follow_accounts()
        due_now(several, bot, working, 1)
        sent = 2 * (ALL - 1)  # X's has still to end
        several.wait(
            lambda: several.store.counts_by_state()["sent"] == sent, 11, for_what="the others"
        )
        assert several.store.counts_by_state()["sending"] == 1
        several.sandbox.faults.clear()
