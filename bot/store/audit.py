"""The audit log of approvals, and the words that are held."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, insert, select

from bot.model import AuditEntry, Deed, Hold
from bot.store.engine import Transactions
from bot.store.schema import audit, holds


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A line to be written into the audit log; see `AuditEntry`."""

    by: str
    deed: Deed
    subject: str
    fingerprint: str = ""
    detail: Mapping[str, str] = field(default_factory=dict)


class Audit(Transactions):
    """The part of the store that remembers what people said of submissions and messages."""

    def write_audit(self, entries: Sequence[NewEntry], now: datetime) -> None:
        """Write lines into the audit log, all in one transaction."""
        if not entries:
            return
        with self._write() as connection:
            connection.execute(insert(audit), [_row(entry, now) for entry in entries])

    def audit(
        self,
        subject: str | None = None,
        *,
        after: int = 0,
        last: int | None = None,
        deeds: Sequence[Deed] = (),
    ) -> list[AuditEntry]:
        """Read the audit log, the newest last.

        Args:
            subject: only of this message, or hold.
            after: only lines with a higher number.
            last: at most the last so many.
            deeds: only of these.
        """
        a = audit.c
        wanted = (
            select(a.id, a.at, a.by, a.deed, a.subject, a.fingerprint, a.detail)
            .where(a.id > after)
            .order_by(a.id.desc())
            .limit(last)
        )
        if subject is not None:
            wanted = wanted.where(a.subject == subject)
        if deeds:
            wanted = wanted.where(a.deed.in_([deed.value for deed in deeds]))
        with self._read() as connection:
            rows = connection.execute(wanted).all()
        return [
            AuditEntry(number, at, by, Deed(deed), of, fingerprint, json.loads(detail))
            for number, at, by, deed, of, fingerprint, detail in reversed(rows)
        ]

    def received_before(self, fingerprint: str) -> AuditEntry | None:
        """Find the line of a file that came in with these very bytes (SHA-256)."""
        a = audit.c
        wanted = select(a.subject).where(
            a.fingerprint == fingerprint, a.deed == Deed.RECEIVED.value
        )
        with self._read() as connection:
            subject = connection.scalar(wanted.limit(1))
        if subject is None:
            return None
        found = self.audit(subject, deeds=(Deed.RECEIVED,))
        return next(entry for entry in found if entry.fingerprint == fingerprint)

    def hold(self, pattern: str, by: str, why: str, now: datetime) -> None:
        """Hold all that matches `pattern`; see `bot.approval.holds`."""
        entry = NewEntry(by, Deed.HELD, pattern, detail={"why": why} if why else {})
        with self._write() as connection:
            connection.execute(delete(holds).where(holds.c.pattern == pattern))
            connection.execute(insert(holds).values(pattern=pattern, by=by, why=why, since=now))
            connection.execute(insert(audit).values(**_row(entry, now)))

    def release(self, pattern: str, by: str, now: datetime) -> bool:
        """End a hold; tell whether it was held."""
        with self._write() as connection:
            gone = connection.execute(delete(holds).where(holds.c.pattern == pattern))
            if gone.rowcount:
                entry = NewEntry(by, Deed.RELEASED, pattern)
                connection.execute(insert(audit).values(**_row(entry, now)))
        return gone.rowcount > 0

    def holds(self) -> list[Hold]:
        """List what is held."""
        h = holds.c
        wanted = select(h.pattern, h.by, h.why, h.since).order_by(h.since, h.pattern)
        with self._read() as connection:
            return [Hold(*row) for row in connection.execute(wanted)]


def _row(entry: NewEntry, now: datetime) -> dict[str, object]:
    return {
        "at": now,
        "by": entry.by,
        "deed": entry.deed.value,
        "subject": entry.subject,
        "fingerprint": entry.fingerprint,
        "detail": json.dumps(dict(entry.detail), ensure_ascii=False, sort_keys=True),
    }
