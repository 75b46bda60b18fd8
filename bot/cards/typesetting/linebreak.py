"""Where Unicode allows a line to end: the Line Breaking Algorithm (UAX #14, Unicode 16).

The rules stand below as they stand in the annex, in its order, and become one pattern that is
matched between any two characters. It runs on the text's classes, spelled as private
characters; `regex` knows the classes.

Rules LB1, LB4 to LB6, LB8a to LB10 and LB30a are code: classes are resolved, marks belong to
their letters, flags stay whole, and what follows a line feed is the caller's next paragraph.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import regex

_RULES: Final = """
    × SP; × ZW; ZW SP* ÷
    × WJ; WJ ×; GL ×; [^ SP BA HY HH ] × GL
    × CL; × CP; × EX; × SY
    OP SP* ×
    [ BK OP QU GL SP ZW ] Pi SP* ×
    × Pf [ SP GL WJ CL QU CP EX IS SY BK ZW ]
    SP ÷ IS NU; × IS
    [ CL CP ] SP* × NS; B2 SP* × B2
    SP ÷
    × [ QU -Pi ]; [ QU -Pf ] ×
    [^ EA ] × QU; × QU [^ EA ]; QU × [^ EA ]; [^ EA ] QU ×
    ÷ CB; CB ÷
    [ BK SP ZW CB GL ] [ HY HH ] × [ AL HL ]
    × BA; × HH; × HY; × NS; BB ×
    HL [ HY HH ] × [^ HL ]; SY × HL; × IN
    [ AL HL ] × NU; NU × [ AL HL ]
    PR × [ ID EB EM ]; [ ID EB EM ] × PO
    [ PR PO ] × [ AL HL ]; [ AL HL ] × [ PR PO ]
    NU [ SY IS ]* [ CL CP ] × [ PO PR ]; NU [ SY IS ]* × [ PO PR ]
    [ PO PR ] × OP NU; [ PO PR ] × OP IS NU
    [ PO PR HY IS ] × NU; NU [ SY IS ]* × NU
    JL × [ JL JV H2 H3 ]; [ JV H2 ] × [ JV JT ]; [ JT H3 ] × JT
    [ JL JV JT H2 H3 ] × PO; PR × [ JL JV JT H2 H3 ]
    [ AL HL ] × [ AL HL ]
    AP × [ AK DC AS ]; [ AK DC AS ] × [ VF VI ]
    [ AK DC AS ] VI × [ AK DC ]; [ AK DC AS ] × [ AK DC AS ] VF
    IS × [ AL HL ]
    [ AL HL NU ] × [ OP -EA ]; [ CP -EA ] × [ AL HL NU ]
    EB × EM; XP × EM
"""

_NAMES = [
    "AL", "HL", "NU", "ID", "SP", "ZW", "WJ", "GL", "OP", "CL", "CP", "QU", "EX", "SY", "IS", "NS",
    "B2", "CB", "BA", "HY", "HH", "BB", "IN", "PR", "PO", "JL", "JV", "JT", "H2", "H3", "AP", "AK",
    "AS", "VF", "VI", "RI", "EB", "EM", "BK", "CM",
]  # fmt: skip
_RESOLVED = {  # LB1
    "AI": "AL", "SG": "AL", "XX": "AL", "SA": "AL", "CJ": "NS", "ZWJ": "CM", "CR": "BK",
    "LF": "BK", "NL": "BK",
}  # fmt: skip
_FIRST = 0xE000
# What further distinguishes characters of a class: three bits of its private character.
_SPECIAL, _FINAL, _WIDE = 1, 2, 4
_BREAK = chr(_FIRST + 8 * _NAMES.index("BK"))

_LB = regex.compile(
    "|".join(
        rf"(?P<{name}>\p{{Line_Break={name}}})"
        for name in (*_NAMES, *_RESOLVED)
        if name not in ("SG", "XX")
    )
)
_IS_WIDE = regex.compile(r"[\p{East_Asian_Width=F}\p{East_Asian_Width=W}\p{East_Asian_Width=H}]")
_IS_MARK = regex.compile(r"[\p{Mn}\p{Mc}]")
# Initial quotation marks, the dotted circle, pictographs to come.
_IS_SPECIAL = regex.compile(r"(?V1)[\p{Pi}\u25cc[\p{Extended_Pictographic}&&\p{Cn}]]")
_IS_FINAL = regex.compile(r"\p{Pf}")


class _Classes(dict[int, str]):
    def __missing__(self, code: int) -> str:
        char = chr(code)
        found = _LB.match(char)
        name = (found.lastgroup if found else None) or "XX"
        if name == "SA" and _IS_MARK.match(char):
            name = "CM"
        bits = _SPECIAL * bool(_IS_SPECIAL.match(char)) + _FINAL * bool(_IS_FINAL.match(char))
        bits += _WIDE * bool(_IS_WIDE.match(char))
        index = _NAMES.index(_RESOLVED.get(name, name))
        letter = self[code] = chr(_FIRST + 8 * index + bits)
        return letter


_CLASSES = _Classes()


def _members(token: str) -> set[str]:
    """List the private characters that a name of the rules stands for."""

    def with_bit(bit: int, name: str | None = None) -> set[str]:
        names = _NAMES if name is None else [name]
        first = [_FIRST + 8 * _NAMES.index(one) for one in names]
        return {chr(at + bits) for at in first for bits in range(8) if bits & bit}

    match token:
        case "EA":
            return with_bit(_WIDE)
        case "Pi":
            return with_bit(_SPECIAL, "QU")
        case "Pf":
            return with_bit(_FINAL, "QU")
        case "DC":
            return with_bit(_SPECIAL, "AL")
        case "XP":
            return with_bit(_SPECIAL, "ID")
        case _:
            at = _FIRST + 8 * _NAMES.index(token)
            return {chr(at + bits) for bits in range(8)}


def _side(words: list[str]) -> str:
    """Turn one side of a rule into a pattern."""
    pattern = ""
    within: set[str] | None = None
    negated = False
    for word in words:
        if word in ("[", "[^"):
            within, negated = set(), word == "[^"
        elif word in ("]", "]*"):
            pattern += f"[{'^' * negated}{''.join(sorted(within or ()))}]{word[1:]}"
            within = None
        elif within is None:
            name = word.rstrip("*")
            pattern += f"[{''.join(sorted(_members(name)))}]{word[len(name) :]}"
        elif word.startswith("-"):
            within -= _members(word[1:])
        else:
            within |= _members(word)
    return pattern


def _compiled() -> tuple[regex.Pattern[str], list[bool]]:
    """Compile the rules to one pattern; its nth group says whether it is a break."""
    rules, breaks = [], []
    for rule in regex.split("[;\n]", _RULES):
        if not rule.strip():
            continue
        before, sign, after = regex.split("([×÷])", rule)
        behind = f"(?<={_side(before.split())})" if before.strip() else ""
        ahead = f"(?={_side(after.split())})" if after.strip() else ""
        rules.append(f"{behind}{ahead}()")
        breaks.append(sign == "÷")
    return regex.compile("|".join(rules)), breaks


_RULE, _IS_BREAK = _compiled()
_LETTERS = frozenset(_members("AL") | _members("HL"))
_NOT_BEFORE = frozenset(_members("SP"))
_MARKS = frozenset(_members("CM"))
_FLAGS = frozenset(_members("RI"))
_UNMARKABLE = frozenset(_members("BK") | _members("SP") | _members("ZW"))


@lru_cache(maxsize=256)
def opportunities(text: str) -> tuple[int, ...]:
    """List where a line of `text` may end, as indexes of what begins the next line.

    Neither 0 nor the end of the text is among them.
    """
    classes, starts = _units(text)
    found = []
    for at in range(2, len(classes) - 1):
        here, before = classes[at], classes[at - 1]
        if here in _NOT_BEFORE or (here in _LETTERS and before in _LETTERS):
            continue
        rule = _RULE.match(classes, at)
        if rule is None or _IS_BREAK[(rule.lastindex or 1) - 1]:
            start = starts[at - 1]
            # LB8a: what a joiner joins is not parted.
            if text[start - 1] != "\u200d":
                found.append(start)
    return tuple(found)


def _units(text: str) -> tuple[str, list[int]]:
    """Spell letters with their marks (LB9, LB10) and flags (LB30a) as one, breaks at both ends."""
    spelled = text.translate(_CLASSES)
    units, starts, half = [_BREAK], [], False
    for index, letter in enumerate(spelled):
        if letter in _MARKS:
            if units[-1] not in _UNMARKABLE:
                continue
            letter = chr(_FIRST)
        if letter in _FLAGS:
            half = not half
            if not half:
                continue
        else:
            half = False
        units.append(letter)
        starts.append(index)
    return "".join(units) + _BREAK, starts
