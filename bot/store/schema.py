"""The ledger's tables, as the newest migration leaves them."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.model import State
from bot.store.columns import Moment, Span, Usd

HEAD = "0004"
"""The newest migration. A test holds it against bot/migrations."""

metadata = MetaData()

_STATES = ", ".join(f"'{state.value}'" for state in State)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("slot", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("part", Integer, nullable=False),
    Column("network", Text, nullable=False),
    Column("campaign", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("schedule", Text),
    Column("due", Moment, nullable=False),
    Column("expires", Moment),
    Column("missed", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("draft", Text, nullable=False),  # JSON; exactly what goes out
    Column("text", Text, nullable=False),  # the draft's, for the planner's memory
    Column("twin", Text, nullable=False),  # hash of the normalised text
    Column("cost", Usd, nullable=False),  # forecast of what the network charges
    Column("key", Text, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("claimed_at", Moment),
    Column("doubt_since", Moment),
    Column("absences", Integer, nullable=False),
    Column("refused", Boolean, nullable=False),
    Column("remote_id", Text),
    Column("url", Text),
    Column("uri", Text),
    Column("posted_at", Moment),
    Column("reason", Text, nullable=False),
    Column("previous", Integer, ForeignKey("deliveries.id")),
    Column("holder", Integer),  # the worker whose claim it is, or was last
    Column("checked_at", Moment),  # our timeline was looked through for it before its first try
    Column("put_back_at", Moment),  # in doubt only because the ledger was put back at this moment
    UniqueConstraint("slot", "account", "part", name="one_row_per_part"),
    UniqueConstraint("key", name="one_delivery_per_key"),
    # No remote post is evidence for two deliveries.
    UniqueConstraint("account", "remote_id", name="one_delivery_per_remote_post"),
    CheckConstraint(f"state IN ({_STATES})", name="known_state"),
    CheckConstraint("(state = 'sent') = (remote_id IS NOT NULL)", name="sent_has_a_receipt"),
    CheckConstraint("state != 'sending' OR claimed_at IS NOT NULL", name="sending_is_claimed"),
    CheckConstraint("state != 'in_doubt' OR doubt_since IS NOT NULL", name="doubt_is_dated"),
)

_QUEUED = text("state = 'queued'")
_SENT = text("state = 'sent'")
_OPEN = text("state IN ('sending', 'in_doubt')")
_ONE_PART = text("part = 0")

Index(
    "queued_by_time",
    deliveries.c.not_before,
    sqlite_where=_QUEUED,
    postgresql_where=_QUEUED,
)
Index("queued_by_expiry", deliveries.c.expires, sqlite_where=_QUEUED, postgresql_where=_QUEUED)
Index(
    "open_by_account",
    deliveries.c.account,
    deliveries.c.not_before,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
Index("by_text", deliveries.c.account, deliveries.c.twin)
Index("sent_by_time", deliveries.c.claimed_at, sqlite_where=_SENT, postgresql_where=_SENT)
Index("by_due", deliveries.c.due)
Index("claims_by_account", deliveries.c.account, deliveries.c.claimed_at)
Index("by_previous", deliveries.c.previous)

attempts = Table(
    "attempts",  # append-only: triggers refuse UPDATE and DELETE
    metadata,
    Column("id", Integer, primary_key=True),
    Column("delivery", Integer, ForeignKey("deliveries.id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("event", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("detail", Text, nullable=False),
    Index("attempts_by_delivery", "delivery"),
    Index("attempts_by_time", "at"),
)

events = Table(
    "events",  # append-only too: what people and the daemon did, apart from deliveries
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("event", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index("events_by_time", "at"),
)

audit = Table(
    "audit",  # append-only: what people did to submissions and messages
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("deed", Text, nullable=False),
    Column("subject", Text, nullable=False),  # a message's id, or what is held
    Column("fingerprint", Text, nullable=False),
    Column("detail", Text, nullable=False),  # JSON
    Index("audit_by_subject", "subject"),
    Index("audit_by_fingerprint", "fingerprint"),
)

holds = Table(
    "holds",
    metadata,
    Column("pattern", Text, primary_key=True),
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("since", Moment, nullable=False),
)

account_states = Table(
    "account_states",
    metadata,
    Column("account", Text, primary_key=True),
    Column("use", Text, primary_key=True),  # post | look | read
    Column("since", Moment, nullable=False),
    Column("until", Moment),  # empty: until a person acts
    Column("reason", Text, nullable=False),
    Column("needs_person", Boolean, nullable=False),
)

account_facts = Table(
    "account_facts",
    metadata,
    Column("account", Text, primary_key=True),
    Column("limits", Text),  # JSON
    Column("limits_at", Moment),
)

pauses = Table(
    "pauses",
    metadata,
    Column("scope", Text, primary_key=True),  # all | account:NAME | campaign:NAME
    Column("by", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("since", Moment, nullable=False),
)

samples = Table(
    "samples",
    metadata,
    Column("delivery", Integer, ForeignKey("deliveries.id"), primary_key=True),
    Column("after", Span, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("likes", BigInteger),
    Column("reposts", BigInteger),
    Column("replies", BigInteger),
    Column("quotes", BigInteger),
    Column("bookmarks", BigInteger),
    Column("impressions", BigInteger),
    Column("simulated", Boolean, nullable=False),
)

spending = Table(
    "spending",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),  # post | read
    Column("usd", Usd, nullable=False),
    Column("delivery", Integer, ForeignKey("deliveries.id")),
    Index("spending_by_account", "account", "at"),
)

daemon = Table(
    "daemon",
    metadata,
    Column("id", Integer, primary_key=True),  # always 1
    Column("pid", Integer, nullable=False),
    Column("host", Text, nullable=False),
    Column("mode", Text, nullable=False),  # sandbox | real
    Column("started", Moment, nullable=False),
    Column("tick", Moment, nullable=False),
    Column("next_due", Moment),
)

workers = Table(
    "workers",  # the processes that send; a claim is worth something while its worker's lease is
    metadata,
    Column("id", Integer, primary_key=True),
    Column("host", Text, nullable=False),
    Column("pid", Integer, nullable=False),
    Column("started", Moment, nullable=False),
    Column("until", Moment, nullable=False),  # the lease
)

leases = Table(
    "leases",  # work that one process does at a time, by name: planning
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Integer, nullable=False),
    Column("until", Moment, nullable=False),
)

alerts = Table(
    "alerts",  # what people were told, so that they are told once
    metadata,
    Column("key", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("since", Moment, nullable=False),
    Column("told_at", Moment),
    Column("ended_at", Moment),
    Column("times", Integer, nullable=False),
    Column("text", Text, nullable=False),
)

marks = Table(
    "marks",  # single moments by name: watermark, clock; and spans that go with them
    metadata,
    Column("name", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("boot_id", Text),
    Column("boot", Span),
    Column("value", Text),
)

counts = Table(
    "counts",  # append-only: how many had signed a petition on a day
    metadata,
    Column("id", Integer, primary_key=True),
    Column("campaign", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("as_of", Text, nullable=False),  # YYYY-MM-DD, by the campaign's clocks
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("source", Text, nullable=False),
    CheckConstraint("number >= 0", name="no_fewer_than_nobody"),
    Index("counts_by_day", "campaign", "action", "as_of", "id"),
)

count_sources = Table(
    "count_sources",  # how reading each petition's count_from went last
    metadata,
    Column("campaign", Text, primary_key=True),
    Column("action", Text, primary_key=True),
    Column("place", Text, nullable=False),  # hash of the address and the path
    Column("tried_at", Moment, nullable=False),
    Column("read_at", Moment),
    Column("next_at", Moment, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("trouble", Text, nullable=False),
    Column("offered", BigInteger),  # a count that waits for a person's word
)
