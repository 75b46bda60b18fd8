"""How many have signed the petitions, and how reading their sources goes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, delete, func, insert, select

from bot.model import PetitionCount
from bot.store.accounts import append_event
from bot.store.engine import Transactions
from bot.store.schema import count_sources, counts


@dataclass(frozen=True, slots=True)
class SourceState:
    """How reading one petition's `count_from` went last."""

    campaign: str
    action: str
    place: str
    """Which address and path that was, as a hash: an address may hold a key."""
    tried_at: datetime
    read_at: datetime | None
    """When it last told a count that was taken; None where it never did."""
    next_at: datetime
    failures: int
    """How many tries in a row told no count."""
    trouble: str = ""
    offered: int | None = None
    """A count that waits for a person's word."""


class PetitionCounts(Transactions):
    """The part of the store that keeps petitions' counts; they are never changed."""

    def record_count(self, count: PetitionCount) -> None:
        """Write down a person's count; it also ends what was wrong with the source."""
        with self._write() as connection:
            _insert(connection, count)
            _forget(connection, count.campaign, count.action)

    def petition_counts(self, before: datetime | None = None) -> list[PetitionCount]:
        """List the newest count of each petition: of the latest day, the last written down.

        Args:
            before: leave out those that were written down from then on.
        """
        c = counts.c
        place = func.row_number().over(
            partition_by=(c.campaign, c.action), order_by=(c.as_of.desc(), c.id.desc())
        )
        ranked = select(counts, place.label("place"))
        if before is not None:
            ranked = ranked.where(c.at < before)
        r = ranked.subquery().c
        newest = (
            select(r.campaign, r.action, r.number, r.as_of, r.at, r.by, r.source)
            .where(r.place == 1)
            .order_by(r.campaign, r.action)
        )
        with self._read() as connection:
            return [
                PetitionCount(
                    campaign, action, number, date.fromisoformat(as_of), at, by, source
                )
                for campaign, action, number, as_of, at, by, source in connection.execute(newest)
            ]  # fmt: skip

    def source_states(self) -> list[SourceState]:
        """Tell how reading the petitions' sources went last."""
        s = count_sources.c
        columns = select(
            s.campaign, s.action, s.place, s.tried_at, s.read_at, s.next_at, s.failures, s.trouble,
            s.offered,
        )  # fmt: skip
        with self._read() as connection:
            rows = connection.execute(columns.order_by(s.campaign, s.action))
            return [SourceState(*row) for row in rows]

    def note_source(self, state: SourceState, count: PetitionCount | None = None) -> None:
        """Keep how reading a source went, and the count that it told, in one step."""
        with self._write() as connection:
            if count is not None:
                _insert(connection, count)
            _forget(connection, state.campaign, state.action)
            connection.execute(
                insert(count_sources).values(
                    campaign=state.campaign,
                    action=state.action,
                    place=state.place,
                    tried_at=state.tried_at,
                    read_at=state.read_at,
                    next_at=state.next_at,
                    failures=state.failures,
                    trouble=state.trouble,
                    offered=state.offered,
                )
            )


def _insert(connection: Connection, count: PetitionCount) -> None:
    connection.execute(
        insert(counts).values(
            campaign=count.campaign,
            action=count.action,
            number=count.number,
            as_of=count.as_of.isoformat(),
            at=count.at,
            by=count.by,
            source=count.source,
        )
    )
    where = f" ({count.source})" if count.source else ""
    detail = f"{count.number:,} as of {count.as_of} by {count.by}{where}"
    append_event(connection, count.at, "counted", f"{count.campaign}/{count.action}", detail)


def _forget(connection: Connection, campaign: str, action: str) -> None:
    s = count_sources.c
    connection.execute(delete(count_sources).where(s.campaign == campaign, s.action == action))
