"""Host names inside running text: where `sub.domain.tld` ends, and whether it can exist.

A stretch of host characters is cut at its dots once, and each label learns, from right to left,
where the longest host beginning there ends. So every place in the stretch is answered at once and
a hostile `a.a.a.a…` costs no more than a kind one.
"""

from __future__ import annotations

from dataclasses import dataclass
from encodings.idna import ToASCII  # the IDNA of RFC 3490, which twitter-text's Java uses too

import regex

from bot.text.tlds import tld_end

MAX_URL = 4096
"""Code units; X takes nothing longer for a link."""

_LONGEST_LABEL = 63
_SURELY_TOO_LONG = 4 * _LONGEST_LABEL  # before IDNA, which can only shorten by composing
_DOTS = regex.compile("[.\u3002\uff0e\uff61]")


@dataclass(frozen=True, slots=True)
class Hosts:
    """The labels of one stretch of host characters, and the hosts that begin at them."""

    starts: list[int]
    stops: list[int]
    tlds: list[int]
    """Where a top-level domain that begins at this label ends, or -1."""
    ends: list[int]
    """Where the longest host that begins at this label ends, or -1."""
    underscores: list[int]
    """The last underscore in a label that has a top-level domain after it, or -1."""

    def end_from(self, text: str, at: int, label: int) -> int:
        """Return where the longest host that begins at `at`, inside `label`, ends, or -1."""
        if at == self.starts[label]:
            return self.ends[label]
        return self._end(text, at, label)

    def _end(self, text: str, at: int, label: int) -> int:
        if label + 1 == len(self.starts) or not _is_label(text, at, self.stops[label]):
            return -1
        if self.ends[label + 1] >= 0:
            return self.ends[label + 1]
        # Right before the top-level domain, an underscore is not allowed.
        return -1 if self.underscores[label] >= at else self.tlds[label + 1]


def find_hosts(text: str, start: int, stop: int) -> Hosts:
    """Read the stretch `text[start:stop]`, which holds only host characters and dots."""
    starts, stops = [start], []
    dot = text.find(".", start, stop)
    while dot >= 0:
        stops.append(dot)
        starts.append(dot + 1)
        dot = text.find(".", dot + 1, stop)
    stops.append(stop)
    count = len(starts)
    hosts = Hosts(starts, stops, [-1] * count, [-1] * count, [-1] * count)
    for label in range(count - 2, -1, -1):
        hosts.tlds[label + 1] = tld_end(text, starts[label + 1])
        if hosts.tlds[label + 1] >= 0:
            hosts.underscores[label] = text.rfind("_", starts[label], stops[label])
        hosts.ends[label] = hosts._end(text, starts[label], label)
    return hosts


def _is_label(text: str, start: int, stop: int) -> bool:
    return start < stop and text[start] not in "-_" and text[stop - 1] not in "-_"


def can_exist(host: str, url_length: int) -> bool:
    """Tell whether DNS could hold `host` and X the URL of `url_length` that it is in.

    Each label must be 1 to 63 letters in its `xn--` form, and the URL, with its host in that
    form and a scheme, at most 4096 (twitter-text, `isValidHostAndLength`).
    """
    if url_length > MAX_URL:
        return False
    encoded = 0
    for label in _DOTS.split(host):
        if not 0 < len(label) <= _SURELY_TOO_LONG:
            return False
        try:
            encoded += len(ToASCII(label)) + 1
        except UnicodeError:
            return False
    return url_length - len(host) + encoded - 1 <= MAX_URL
