"""A person's word on a submission or message: approve, return, allow, edit, schedule, set aside."""

from bot.approving.item import CannotApprove, ChangedMeanwhile, Item
from bot.approving.pile import Pile
from bot.approving.review import Review

__all__ = ["CannotApprove", "ChangedMeanwhile", "Item", "Pile", "Review"]
