"""Links in running text, by the rules of twitter-text 3.1 and of Mastodon's variant of it.

Written as a scanner over stretches of host characters rather than as the one great pattern that
both publish: that one backtracks, here each character is looked at a few times at most.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from bot.text.entities import Entity
from bot.text.hosts import Hosts, can_exist, find_hosts
from bot.text.unicode import DIRECTIONAL, INVALID, LATIN_ACCENTS

_LATIN = rf"A-Za-z0-9{LATIN_ACCENTS}"
_LATIN_STRETCH = regex.compile(rf"[{_LATIN}._\-]+")
# Any script: everything but ASCII punctuation, white space, controls and direction marks.
_ANY = rf"^\x00-,/:-@\[-\^`\{{-\x7f\p{{Cc}}\p{{Z}}\s\u180e{DIRECTIONAL}{INVALID}"
_ANY_STRETCH = regex.compile(f"[{_ANY}]+")
_ANY_STRETCH_FOR_X = regex.compile(rf"[{_ANY}\u2000-\u206f]+")  # nor General Punctuation
_FORBIDDEN_BEFORE = regex.compile(rf"[A-Za-z0-9@＠$#＃{INVALID}]")
_FORBIDDEN_BEFORE_BARE = frozenset("-_./")
_SCHEMES = ("https", "http")
_PORT = regex.compile(r":[0-9]+")

_X_PATH = rf"A-Za-z0-9!*';:=+,.$/%#\[\]\-\u2013_~|&@{LATIN_ACCENTS}\u0400-\u04ff"
_X_PATH_END = rf"A-Za-z0-9=_#/+\-{LATIN_ACCENTS}\u0400-\u04ff"
_X_QUERY = r"A-Za-z0-9!?*'();:&=+$/%#\[\]\-_.,~|@"
_X_QUERY_END = r"A-Za-z0-9_&=#/\-"

# t.co is X's own shortener: nothing but a short code and a query belongs to such a link.
_TCO = regex.compile(
    rf"[Hh][Tt][Tt][Pp][Ss]?://[Tt]\.[Cc][Oo]/([A-Za-z0-9]+)(?:\?[{_X_QUERY}]*[{_X_QUERY_END}])?"
)
_LONGEST_TCO_CODE = 40


@dataclass(frozen=True, slots=True)
class LinkRules:
    """What a network takes for a link."""

    bare: bool
    """Whether `example.com` is a link without `https://`; read over as a whole it is anyway."""
    host: regex.Pattern[str]
    """A stretch of what may be a host, and the dots between."""
    host_after_scheme: tuple[regex.Pattern[str], ...]
    """The same after `https://`; the first in which there is a host counts."""
    path: regex.Pattern[str]
    path_to_end: regex.Pattern[str]
    """The longest stretch of path characters that ends in one a path may end in."""
    brackets: regex.Pattern[str]
    """A balanced `(…)` in a path, with at most one more pair inside."""
    last_brackets: regex.Pattern[str]
    """The same, where the path may end with it."""
    query: regex.Pattern[str]


def _rules(
    hosts: tuple[regex.Pattern[str], ...],
    *,
    bare: bool,
    path: str,
    path_end: str,
    query: str,
    query_end: str,
) -> LinkRules:
    def brackets(inside: str) -> regex.Pattern[str]:
        some = f"[{inside}]"
        return regex.compile(rf"\((?:{some}++\)|{some}*+\({some}++\){some}*+\))")

    return LinkRules(
        bare=bare,
        host=hosts[0],
        host_after_scheme=hosts,
        path=regex.compile(f"[{path}]*+"),
        path_to_end=regex.compile(f"[{path}]*[{path_end}]"),
        brackets=brackets(path),
        last_brackets=brackets(_X_PATH),
        query=regex.compile(rf"\?[{query}]*[{query_end}]"),
    )


X_LINKS = _rules(
    (_LATIN_STRETCH, _ANY_STRETCH_FOR_X),
    bare=True,
    path=_X_PATH,
    path_end=_X_PATH_END,
    query=_X_QUERY,
    query_end=_X_QUERY_END,
)
"""twitter-text's rules: Java's `Regex.java`, but several labels of any script as in JavaScript's.

So a host of Latin letters ends where another script begins: `https://example.comをご覧`.
"""

_UCHARS = (
    r"\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd"
    r"\U00030000-\U0003fffd\U00040000-\U000dfffd\U000e1000-\U000efffd\U000f0000-\U0010fffd"
)
MASTODON_LINKS = _rules(
    (_ANY_STRETCH,),
    bare=False,
    path=r"^\p{White_Space}<>()?",
    path_end=r"""^\p{White_Space}()?!*"'「」<>;:=,.$%\[\]~&|@""",
    query=rf"{_X_QUERY}\^{_UCHARS}",
    query_end=rf"{_X_QUERY_END}{_UCHARS}",
)
"""Mastodon's rules: `config/initializers/twitter_regex.rb` over twitter-text's Ruby version.

That file was written before the one for brackets in it took effect, so a path may hold brackets
with any script inside, but end only with those that X takes, too.
"""


def find_links(text: str, rules: LinkRules) -> list[Entity]:
    """Find the links in `text`, in order. Takes time linear in its length."""
    if "." not in text:
        return []
    links = []
    done = 0  # where the last match ended; the character before the next link comes after it
    for stretch in rules.host.finditer(text):
        if stretch.end() < done:
            continue
        for start, host, host_end in _candidates(text, stretch.start(), stretch.end(), rules):
            if done and start <= done:
                continue
            done = _end_of_link(text, host_end, rules)
            if start == host and not (rules.bare and _may_begin_bare(text, start)):
                continue
            if link := _link(text, start, host, host_end, done):
                links.append(link)
    return links


def _candidates(
    text: str, start: int, stop: int, rules: LinkRules
) -> Iterator[tuple[int, int, int]]:
    """Yield start, host's start and host's end of what may be links that begin in a stretch."""
    if text.find(".", start, stop) >= 0:
        hosts = find_hosts(text, start, stop)
        for at, end in _bare_hosts(text, hosts):
            yield at, at, end
    tail = text[max(start, stop - 5) : stop].lower()
    scheme = next((scheme for scheme in _SCHEMES if tail.endswith(scheme)), None)
    if scheme and text.startswith("://", stop):
        host = stop + 3
        end = _host_end(text, host, rules)
        if end >= 0:
            if _may_begin(text, stop - len(scheme)):
                yield stop - len(scheme), host, end
            yield host, host, end  # after a scheme that may not begin here: read over as a whole


def _may_begin(text: str, at: int) -> bool:
    return at == 0 or not _FORBIDDEN_BEFORE.match(text, at - 1)


def _may_begin_bare(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] not in _FORBIDDEN_BEFORE_BARE


def _host_end(text: str, host: int, rules: LinkRules) -> int:
    """Return where the host that must begin at `host`, right after a scheme, ends, or -1."""
    for pattern in rules.host_after_scheme:
        if stretch := pattern.match(text, host):
            end = find_hosts(text, host, stretch.end()).ends[0]
            if end >= 0:
                return end
    return -1


def _bare_hosts(text: str, hosts: Hosts) -> Iterator[tuple[int, int]]:
    """Yield start and end of the hosts in a stretch, whatever the reader makes of them."""
    first = hosts.starts[0]
    # The pattern this restates tries "a character before the link" before "the text's start", so
    # at the very start of a text a letter that may stand before a link is not part of it.
    if first == 0 and text[0:1] and not _FORBIDDEN_BEFORE.match(text, 0):
        end = hosts.end_from(text, 1, 0) if hosts.stops[0] > 1 else -1
        if end >= 0:
            yield 1, end
    for label in range(len(hosts.starts) - 1):
        if hosts.ends[label + 1] < 0 and hosts.tlds[label + 1] < 0:
            continue
        for at in range(hosts.starts[label], hosts.stops[label]):
            if text[at] in "-_" or not _may_begin(text, at):
                continue
            end = hosts.end_from(text, at, label)
            if end >= 0:
                yield at, end


def _end_of_link(text: str, at: int, rules: LinkRules) -> int:
    """Return where port, path and query after a host end."""
    if port := _PORT.match(text, at):
        at = port.end()
    if text.startswith("/", at):
        at = _end_of_path(text, at + 1, rules)
    if query := rules.query.match(text, at):
        at = query.end()
    return at


def _end_of_path(text: str, at: int, rules: LinkRules) -> int:
    end = at
    while True:
        if part := rules.path_to_end.match(text, at):
            end = part.end()
        stretch = rules.path.match(text, at)
        at = stretch.end() if stretch else at
        brackets = rules.brackets.match(text, at)
        if not brackets:
            return end
        if last := rules.last_brackets.match(text, at):
            end = last.end()
        at = brackets.end()


def _link(text: str, start: int, host: int, host_end: int, end: int) -> Entity | None:
    url = text[start:end]
    if start != host and (short := _TCO.match(url)):
        if len(short[1]) > _LONGEST_TCO_CODE:
            return None
        url = short[0]
    # Lengths count as the protocols do, in UTF-16; without a scheme, X adds `https://`.
    length = len(url.encode("utf-16-le", "surrogatepass")) // 2 + (8 if start == host else 0)
    if not can_exist(text[host:host_end], length):
        return None
    return Entity("url", start, start + len(url), url)
