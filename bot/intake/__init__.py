"""What volunteers save in `content/<campaign>/inbox/`: checked, answered, and never lost.

    inbox/NAME ─▶ look, twice ─▶ checks ─▶ waiting/, and inbox/received/NAME
                                        ╰▶ inbox/returned/NAME, with a note beside it

Nothing is deleted, replaced or followed out of the inbox; each file is in one place at any time.
"""

from bot.intake.findings import Answer, Finding, Length
from bot.intake.look import SETTLES
from bot.intake.round import Intake

__all__ = ["SETTLES", "Answer", "Finding", "Intake", "Length"]
