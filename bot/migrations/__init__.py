"""Alembic's scripts for the ledger; `Store.open` runs them when the tables are not at head.

A migration runs in one transaction: it finishes, or it leaves the old state.
"""
