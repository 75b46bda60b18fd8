"""What an answer means that comes after its delivery was moved on without it."""

from __future__ import annotations

from bot.model import Delivery, State
from bot.settle.outcomes import Found, Later, NotMade, Outcome, Posted, Refused


def belated(current: Delivery, claimed: Delivery, answer: Outcome) -> Outcome | None:
    """Give what an answer to the call for `claimed` says of the delivery as it is now.

    None where it says nothing any more. A receipt is evidence wherever there is a doubt, also one
    that ended in the decision to send again. That nothing was posted ends a doubt only where that
    call is all that is in doubt.
    """
    if isinstance(answer, Posted):
        resent = current.state is State.QUEUED and current.doubt_since is not None
        return Found(answer.receipt) if resent or current.state is State.IN_DOUBT else None
    only_this = (
        current.state is State.IN_DOUBT
        and current.put_back_at is None
        and current.tries == claimed.tries
        and claimed.doubt_since is None
    )
    return NotMade(answer) if only_this and isinstance(answer, Later | Refused) else None
