"""Why something of a person's was not taken, in the person's own language.

Whoever finds a fault in what volunteers send says it as a `Reason`: a code that never changes,
and what fills its sentence. The sentences are in `languages/*.yaml`, the same codes in each.
"""

from bot.reasons.reason import LANGUAGES, Reason, Value, Wording, say, spoken, wordings

__all__ = ["LANGUAGES", "Reason", "Value", "Wording", "say", "spoken", "wordings"]
