"""Several machines on one PostgreSQL server, as processes with folders of their own.

The long run, with its figures: python -m tests.several
"""
