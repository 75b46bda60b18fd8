"""Petition counts that move, and how reading their sources goes."""

import sqlalchemy as sa
from alembic import op

from bot.migrations import append_only

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; counts stay as they were written."""
    op.create_table(
        "counts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("as_of", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.CheckConstraint("number >= 0", name="no_fewer_than_nobody"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("counts_by_day", "counts", ["campaign", "action", "as_of", "id"])
    op.create_table(
        "count_sources",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("tried_at", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.BigInteger()),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("offered", sa.BigInteger()),
        sa.PrimaryKeyConstraint("campaign", "action"),
    )
    append_only("counts")
