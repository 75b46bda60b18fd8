"""Simulated engagement, so that reports and pages have something to show.

A pure function of seed, post and age: the same post has the same counts at the same age in
every run. Counts grow quickly at first, then level off, and never fall. None of it is real;
every answer of the sandbox says so in a header, and the page in words.
"""

from __future__ import annotations

import math
from datetime import timedelta

from bot.model import Counts
from bot.sandbox.ids import digest

_HALF_LIFE_HOURS = {"x": 5.0, "mastodon": 8.0}
"""After this age half of a post's engagement has come: feeds on X move faster."""


def simulate(
    seed: int, network: str, text: str, age: timedelta, *, has_link: bool, has_picture: bool
) -> Counts:
    """Say what a post of `age` has gathered so far.

    A few tens to a few hundred likes in the end. Pictures are liked more; posts with a link
    (sign, register, write) are passed on more and liked less.
    """
    dice = digest(seed, network, text)
    luck = _normal(dice[0:8])
    likes = 45.0 * math.exp(0.75 * luck) * (1.5 if has_picture else 1.0)
    reposts = likes * (0.55 if has_link else 0.3) * _between(dice[8], 0.7, 1.4)
    if has_link:
        likes *= 0.8
    grown = 1 - 0.5 ** (max(age.total_seconds(), 0) / 3600 / _HALF_LIFE_HOURS[network])
    # Not all of it comes at the same pace: answers first, passing on later.
    late, early = grown**1.2, grown**0.8
    counts = Counts(
        likes=math.floor(likes * grown),
        reposts=math.floor(reposts * late),
        replies=math.floor(likes * _between(dice[9], 0.04, 0.15) * early),
        quotes=math.floor(reposts * _between(dice[10], 0.02, 0.12) * late),
    )
    if network == "mastodon":
        return counts
    return Counts(
        likes=counts.likes,
        reposts=counts.reposts,
        replies=counts.replies,
        quotes=counts.quotes,
        bookmarks=math.floor(likes * _between(dice[11], 0.03, 0.2) * late),
        impressions=math.floor(likes * _between(dice[12], 25, 70) * early),
    )


def _between(byte: int, low: float, high: float) -> float:
    return low + (high - low) * byte / 255


def _normal(octets: bytes) -> float:
    """Turn eight bytes into a number that is about normally distributed (Irwin-Hall)."""
    return (sum(octets) / 255 - len(octets) / 2) / math.sqrt(len(octets) / 12)
