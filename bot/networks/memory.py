"""A whole network in one object, without HTTP: small, real, and under the same contract tests.

For tests of what stands on the port, and for seeing what the port asks of a new network.

    network = MemoryNetwork(account, clock=lambda: now)
    network.fail_next(OutcomeUnknown("the line went dead"), stored=True)
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.model import Account, Counts, Draft, Limits, Receipt
from bot.networks.base import DEFAULT_LIMITS, NetworkError, Rejected, Seen, TryLater
from bot.networks.matching import CLOCK_SKEW, choose
from bot.networks.permit import is_permitted


@dataclass(slots=True)
class MemoryPost:
    """A post as the network keeps it."""

    receipt: Receipt
    draft: Draft
    picture: bytes | None
    key: str
    at: datetime
    counts: Counts = field(default_factory=lambda: Counts(0, 0, 0, 0, 0, 0))


class MemoryNetwork:
    """One account and all its posts. Keys are honoured for `resend_window`, as on Mastodon."""

    resend_window = timedelta(minutes=50)
    posts_read = 0
    clock_ahead: timedelta | None = None
    tells_limits = False

    def __init__(self, account: Account, *, clock: Callable[[], datetime]) -> None:
        self.name = account.network
        self.posts: list[MemoryPost] = []
        self._account = account
        self._clock = clock
        self._faults: deque[tuple[NetworkError, bool]] = deque()
        self._made = 0

    def fail_next(self, error: NetworkError, *, stored: bool = False) -> None:
        """Let the next `publish` raise `error`; with `stored`, after the post was made."""
        self._faults.append((error, stored))

    def delete(self, remote_id: str) -> None:
        """Delete a post."""
        self.posts = [post for post in self.posts if post.receipt.remote_id != remote_id]

    def limits(self) -> Limits:
        """Return the limits of the network that the account names."""
        limits = DEFAULT_LIMITS[self.name]
        return replace(limits, characters=self._account.characters or limits.characters)

    def publish(self, draft: Draft, picture: bytes | None, key: str) -> Receipt:
        """Keep `draft` as a post.

        Raises:
            Rejected: too long, a picture missing, or an answer to nothing.
            TryLater: this process may not call (`permit`).
            NetworkError: what `fail_next` asked for.
        """
        if not is_permitted():
            raise TryLater("this process stood still for too long")
        fault, stored = self._faults.popleft() if self._faults else (None, True)
        if fault is not None and not stored:
            raise fault
        receipt = self._post(draft, picture, key)
        if fault is not None:
            raise fault
        return receipt

    def find(self, draft: Draft, since: datetime, until: datetime | None = None) -> Receipt | None:
        """Look for `draft` among the posts (see `matching.choose`)."""
        return choose(draft, self.posts_since(since - CLOCK_SKEW), since, until)

    def posts_since(self, since: datetime) -> Sequence[Seen]:
        """Return the posts since then."""
        return [
            Seen(
                post.receipt,
                post.draft.text,
                pictured=post.picture is not None,
                warning=post.draft.content_warning or "",
            )
            for post in self.posts
            if post.at >= since
        ]

    def measure(self, receipts: Sequence[Receipt]) -> Mapping[str, Counts]:
        """Return the counts of those posts that are still there."""
        counts = {post.receipt.remote_id: post.counts for post in self.posts}
        return {r.remote_id: counts[r.remote_id] for r in receipts if r.remote_id in counts}

    def _post(self, draft: Draft, picture: bytes | None, key: str) -> Receipt:
        now, limits = self._clock(), self.limits()
        for post in self.posts:
            if post.key == key and now - post.at <= self.resend_window:
                return post.receipt
        if len(draft.text) > limits.characters:
            raise Rejected(f"{len(draft.text)} characters, {limits.characters} are allowed")
        if draft.picture is not None and picture is None:
            raise Rejected("the draft's picture is missing")
        ids = {post.receipt.remote_id for post in self.posts}
        if draft.in_reply_to is not None and draft.in_reply_to not in ids:
            raise Rejected(f"there is no post {draft.in_reply_to} to answer")
        self._made += 1
        remote_id = f"memory-{self._made}"
        receipt = Receipt(remote_id, f"memory://{self._account.name}/{remote_id}", now)
        kept = picture if draft.picture is not None else None
        self.posts.append(MemoryPost(receipt, draft, kept, key, now))
        return receipt
