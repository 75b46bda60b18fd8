"""How an account settles its doubts, and how long it waits between tries."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.model import Account, Delivery, NetworkName, State, WhenInDoubt

FAR = datetime(9999, 1, 1, tzinfo=UTC)
"""`not_before` of a delivery that waits for a person."""

KEY_WINDOW = timedelta(minutes=50)
"""How long a key is relied on: Mastodon keeps it 3600 s (facts/mastodon.md), less a margin."""

_RESTS = 30
"""How often the shortest rest goes into the longest: 30 s and 15 min."""

_BACK_OFF_FIRST = timedelta(seconds=15)
_BACK_OFF_MOST = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Policy:
    """How one account settles its doubts."""

    resend_window: timedelta = timedelta(0)
    """How long after the first doubtful claim the same key may be sent again."""
    when_in_doubt: WhenInDoubt = WhenInDoubt.ASK
    """What to do after absences beyond that window."""
    look_for: timedelta = timedelta(minutes=10)
    """How long after a doubtful claim its absence must be looked for."""
    looks_apart: timedelta = timedelta(seconds=30)
    """The least distance of two looks that count as two absences."""


def policy_for(
    account: Account, *, resend_window: timedelta = KEY_WINDOW, sandbox: bool = False
) -> Policy:
    """Give the policy of an account.

    X has no key and nobody knows how far its timeline lags: ten minutes of looking, then a
    person. On Mastodon the same key is sent again within the window that the server honours
    it (`resend_window`, zero for a server that ignores keys). The sandbox's timeline is
    known not to lag, so it takes seconds and no person there.
    """
    if sandbox:
        return Policy(
            resend_window=min(resend_window, KEY_WINDOW),
            when_in_doubt=WhenInDoubt.RESEND,
            look_for=timedelta(seconds=2),
            looks_apart=timedelta(seconds=1),
        )
    if account.network is NetworkName.X:
        return Policy(when_in_doubt=account.when_in_doubt or WhenInDoubt.ASK)
    asks = account.when_in_doubt is WhenInDoubt.ASK
    return Policy(
        resend_window=timedelta(0) if asks else min(resend_window, KEY_WINDOW),
        when_in_doubt=account.when_in_doubt or WhenInDoubt.ASK,
        look_for=timedelta(seconds=60),
    )


def waits_for_person(delivery: Delivery) -> bool:
    """Tell whether only `bot resolve` moves this delivery on."""
    return delivery.state is State.IN_DOUBT and delivery.not_before >= FAR


def may_resend(delivery: Delivery, now: datetime, policy: Policy) -> bool:
    """Tell whether sending this delivery now is safe, or what its account has chosen."""
    if delivery.doubt_since is None or policy.when_in_doubt is WhenInDoubt.RESEND:
        return True
    return key_is_good(delivery, now, policy)


def key_is_good(delivery: Delivery, now: datetime, policy: Policy) -> bool:
    """Tell whether the server surely knows the key of a delivery's first doubtful try.

    A doubt dated in the future means that our clock was set back: its age is not known.
    """
    if delivery.doubt_since is None:
        return False
    return timedelta(0) <= now - delivery.doubt_since < policy.resend_window


def back_off(key: str, tries: int) -> timedelta:
    """How long to wait after the n-th try: doubling from 15 s to 15 min, half of it jitter.

    The jitter comes from the key, so the same delivery always waits the same.
    """
    doublings: int = min(max(tries, 1) - 1, 10)
    whole = min(_BACK_OFF_FIRST * (1 << doublings), _BACK_OFF_MOST)
    digest = hashlib.sha256(f"{key}:{tries}".encode()).digest()
    jitter = int.from_bytes(digest[:4]) / 2**32
    return whole * (0.5 + jitter / 2)


def rest(trouble_for: timedelta, policy: Policy) -> timedelta:
    """How long a whole account is left alone whose trouble has lasted so long.

    Each delivery has its own back-off; without this one an account with a hundred of them would
    call a server that is down every few seconds.
    """
    least = policy.looks_apart
    return min(max(least, trouble_for / 2), _RESTS * least)


def spread(key: str, most: timedelta) -> timedelta:
    """Give a part of `most` that depends on the key: accounts do not all come back at once."""
    digest = hashlib.sha256(f"spread:{key}".encode()).digest()
    return most * (int.from_bytes(digest[:4]) / 2**32)
