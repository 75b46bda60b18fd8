"""Top-level domains: which endings make a bare `name.ending` a link on X.

The list is the public suffix list's, plus the endings below: X's own list was frozen in 2020 and
still has those that were withdrawn since, and some that have no registry of their own.
"""

from __future__ import annotations

from functools import cache, lru_cache

import regex
from publicsuffixlist import PublicSuffixList

_STILL_ON_X = frozenset(
    """
    abarth active adac afamilycompany aigo alfaromeo an avianca bananarepublic bentley bl blanco
    bnl boots bq budapest bugatti cancerresearch cartier caseih cbs ceb chloe chrysler cityeats
    comcast cookingchannel csc dabur dodge doha doosan duck dunlop duns eh epost esurance etisalat
    everbank fiat flsmidth foodnetwork frontdoor fujixerox glade goo goodhands guardian hgtv
    honeywell hoteles htc iinet intel iselect iveco iwc jcp jlc juniper kerrylogistics kinder
    ladbrokes lancaster lancia lancome liaison linde lipsy lixil loft lupin macys maserati mcd
    mcdonalds meo metlife mf mobily montblanc mopar movistar mtpc mutual mutuelle nadex nationwide
    natura newholland northwesternmutual off oldnavy onyourside orientexpress pamperedchef panerai
    passagens piaget pramerica qvc raid redstone rightathome rmit rocher sapo sca scjohnson scor
    ses shaw showtime shriram spiegel spreadbetting srt starhub statoil swiftcover symantec
    telecity telefonica tiffany tp travelchannel uconnect um vista vistaprint volkswagen vuelos
    warman wolterskluwer xfinity xperia za zippo
    اتصالات موبايلي 大众汽车 工行 手表 珠宝 诺基亚
    """.split()  # noqa: SIM905 - a list literal would take three pages
)

_LONGEST = 24  # letters; the longest ending in the root zone that is not `xn--…` has 18

_ASCII_ENDING = regex.compile(r"[A-Za-z0-9]+(?![A-Za-z0-9@+\-])")
_PUNYCODE = regex.compile(r"[Xx][Nn]--[\-0-9A-Za-z]+")
_GOES_ON = regex.compile(r"[A-Za-z0-9@+\-]")
_LABEL = regex.compile(r"[\p{L}\p{M}\p{Nd}\-]+")


@cache
def _suffixes() -> PublicSuffixList:
    # 25 ms to read, so not before the first text that has a dot in it.
    return PublicSuffixList(accept_unknown=False, only_icann=True)


@lru_cache(maxsize=4096)
def is_tld(label: str) -> bool:
    """Tell whether `label`, in lower case, is a top-level domain (for X)."""
    return label in _STILL_ON_X or _suffixes().publicsuffix(label) == label


def tld_end(text: str, start: int) -> int:
    """Return where the top-level domain that begins at `start` ends, or -1 if none does.

    An ending ends where no ASCII letter, digit, `@`, `+` or `-` follows; other letters may, as in
    `example.comをご覧`. The longest possible one wins. Takes constant time.
    """
    if punycode := _PUNYCODE.match(text, start):
        return punycode.end()
    ascii_ending = _ASCII_ENDING.match(text, start, start + _LONGEST + 1)
    after = ascii_ending.end() if ascii_ending else start
    label = _LABEL.match(text, start, start + _LONGEST)
    for end in range(label.end() if label else after, after, -1):
        if end < len(text) and _GOES_ON.match(text, end):
            continue
        if is_tld(text[start:end].lower()):
            return end
    if ascii_ending and is_tld(ascii_ending[0].lower()):
        return after
    return -1
