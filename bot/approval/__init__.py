"""May this message go out? Approval bound to what was approved, and words that are held.

fingerprint   what a person approves: words, card, pictures, alt text, accounts, time
standing      the audit log + the message as it is now -> may it go out, or why not
holds         what matches a word that is held
"""

from bot.approval.fingerprint import Fingerprint, changed, fingerprint
from bot.approval.holds import BadPattern, held_by, read_pattern
from bot.approval.standing import Standing, standing

__all__ = [
    "BadPattern",
    "Fingerprint",
    "Standing",
    "changed",
    "fingerprint",
    "held_by",
    "read_pattern",
    "standing",
]
