"""Alembic's scripts for the ledger; `Store.open` runs them when the tables are not at head.

A migration runs in one transaction: it finishes, or it leaves the old state.
"""

from alembic import op


def append_only(*tables: str) -> None:
    """Have the database refuse to change or delete rows of `tables`, whoever asks."""
    postgres = op.get_bind().dialect.name == "postgresql"
    if postgres:
        op.execute(
            "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table in tables:
        if postgres:
            for change, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
                op.execute(
                    f"CREATE TRIGGER {table}_refuse_{change.split()[0].lower()} BEFORE {change} "
                    f"ON {table} FOR EACH {each} EXECUTE FUNCTION append_only()"
                )
            continue
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{change.lower()} BEFORE {change} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
