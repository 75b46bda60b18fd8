"""Brings a whole spreadsheet in at once: what it would become first, then the submissions.

file -> tables.read -> rows -> tables.entries -> checked against all that is said -> preview
-> a person's yes -> images/submitted/, content/<campaign>/waiting/, the audit log
"""

from bot.importing.carry import carry_out
from bot.importing.plan import Import, Planned, plan_import

__all__ = ["Import", "Planned", "carry_out", "plan_import"]
