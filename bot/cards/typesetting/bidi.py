"""The order in which a line is seen: the Unicode Bidirectional Algorithm (UAX #9).

    base_level    P2, P3    in which direction the text runs as a whole
    levels        X1 - I2   how deep each character is nested: even left to right, odd right
                  L1        to left
    reordered     L2        the order they are seen in

Rule L3 (marks stay with their letters) and L4 (a bracket at an odd level is mirrored) are the
shaper's: HarfBuzz does both. A sequence's classes are kept as a string of the letters of
`brackets.LETTERS`, so that most rules are one pattern.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from bot.cards.typesetting.brackets import CLOSER_OF, CLOSERS, classes_of

_DEPTH = 125
"""Deepest level of explicit nesting (BD2)."""
_BRACKETS = 63
"""Most brackets that are open at once (BD16)."""

_ISOLATED = regex.compile("[6-9]")
_STEERED = regex.compile("[RAN1234678]")
_TRAILING = regex.compile("[WGP6789b12345]+(?=[GP]|$)|[GP]")
_SIDE = {"L": "L", "R": "R", "E": "R", "N": "R"}
"""What counts as a direction for neutral characters: numbers run right to left there."""
_SIDES = str.maketrans(_SIDE)
_NEUTRALS = regex.compile("[OWGP6-9]+")
_ISOLATED_MARKS = regex.compile("(?<=[6-9])M+")
_MARKS = regex.compile("([^M])(M+)")
_AFTER_ARABIC = regex.compile("A[^LRA]*+")
_BETWEEN_NUMBERS = regex.compile("(?<=E)[SC](?=E)")
_BETWEEN_ARABIC_NUMBERS = regex.compile("(?<=N)C(?=N)")
_BESIDE_NUMBERS = regex.compile("(?<!T)T++(?=E)|(?<=E)T+")
_LEFT_OVER = regex.compile("[STC]")
_AFTER_LATIN = regex.compile("L[^LR]*+")


def base_level(text: str) -> int:
    """Tell whether a paragraph runs left to right (0) or right to left (1).

    By its first letter that is in no isolate (rules P2 and P3); 0 where it has none.
    """
    return _first_strong(classes_of(text), 0, len(text))


def levels(text: str, base: int) -> list[int]:
    """Find the level of each character of one line, its white space at the end included (L1).

    `base` is the direction of its paragraph. Characters that steer and are not seen (rule X9)
    have the level of what stands before them.
    """
    classes = classes_of(text)
    if base == 0 and not _STEERED.search(classes):
        return [0] * len(text)
    found = [base] * len(text)
    shown, overridden = _explicit(classes, base, found)
    # Where a sequence's level meets another's, the higher decides what is beside it (X10);
    # this must be known of all before the first is resolved.
    sequences = _sequences(classes, found, shown)
    ends = _ends(classes, found, shown, sequences, base)
    for sequence, sides in zip(sequences, ends, strict=True):
        _resolve(text, classes, overridden, sequence, sides, found)
    before = base
    for index, letter in enumerate(classes):
        if letter in "b12345":
            found[index] = before
        before = found[index]
    for trailing in _TRAILING.finditer(classes):
        found[trailing.start() : trailing.end()] = [base] * len(trailing[0])
    return found


def reordered(levels: Sequence[int]) -> list[int]:
    """Return the indexes of `levels` in the order they are seen, left to right (L2)."""
    order = list(range(len(levels)))
    lowest = min((level for level in levels if level % 2), default=None)
    if lowest is None:
        return order
    for level in range(max(levels), lowest - 1, -1):
        start = 0
        while start < len(order):
            if levels[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end
    return order


def _first_strong(classes: str, start: int, end: int) -> int:
    """Find the direction of the first strong character that is in no isolate."""
    depth = 0
    for letter in classes[start:end]:
        if letter in "678":
            depth += 1
        elif letter == "9":
            depth = max(0, depth - 1)
        elif depth == 0 and letter in "LRA":
            return int(letter != "L")
    return 0


def _matching(classes: str) -> dict[int, int]:
    """Pair isolate initiators with what ends them (BD9), both ways."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for found in _ISOLATED.finditer(classes):
        if found[0] != "9":
            opened.append(found.start())
        elif opened:
            opener = opened.pop()
            pairs[opener], pairs[found.start()] = found.start(), opener
    return pairs


@dataclass(frozen=True, slots=True)
class _Status:
    level: int
    override: str = ""
    isolate: bool = False


def _explicit(classes: str, base: int, found: list[int]) -> tuple[list[int], list[str]]:
    """Follow embeddings, overrides and isolates (X1 to X9).

    Writes levels into `found`; returns the characters that take part in what follows, and the
    classes as overrides make them.
    """
    pairs = _matching(classes)
    stack = [_Status(base)]
    overflowing_isolates = overflowing_embeddings = valid_isolates = 0
    overridden = list(classes)
    for index, letter in enumerate(classes):
        if letter in "1234678":
            isolate = letter in "678"
            last = stack[-1]
            if isolate:
                found[index] = last.level
                overridden[index] = last.override or letter
            if letter == "8":
                right = _first_strong(classes, index + 1, pairs.get(index, len(classes))) == 1
            else:
                right = letter in "247"
            level = last.level + 1 + (last.level % 2 == int(right))
            if level <= _DEPTH and not overflowing_isolates and not overflowing_embeddings:
                override = {"3": "L", "4": "R"}.get(letter, "")
                stack.append(_Status(level, override, isolate))
                valid_isolates += isolate
            elif isolate:
                overflowing_isolates += 1
            elif not overflowing_isolates:
                overflowing_embeddings += 1
        elif letter == "5":
            if overflowing_isolates:
                continue
            if overflowing_embeddings:
                overflowing_embeddings -= 1
            elif not stack[-1].isolate and len(stack) > 1:
                stack.pop()
        elif letter == "P":
            found[index] = base
        else:
            if letter == "9":
                if overflowing_isolates:
                    overflowing_isolates -= 1
                elif valid_isolates:
                    overflowing_embeddings = 0
                    while not stack[-1].isolate:
                        stack.pop()
                    stack.pop()
                    valid_isolates -= 1
            last = stack[-1]
            found[index] = last.level
            if last.override and letter != "b":
                overridden[index] = last.override
    shown = [index for index, letter in enumerate(classes) if letter not in "b12345"]
    return shown, overridden


def _sequences(classes: str, found: list[int], shown: list[int]) -> list[list[int]]:
    """Join runs of one level to isolating run sequences (X10, BD13)."""
    pairs = _matching(classes)
    runs: list[list[int]] = []
    for index in shown:
        if runs and found[runs[-1][-1]] == found[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    sequences: list[list[int]] = []
    waiting: dict[int, list[int]] = {}
    for run in runs:
        sequence = waiting.pop(run[0], None) if classes[run[0]] == "9" else None
        if sequence is None:
            sequence = run
            sequences.append(run)
        else:
            sequence += run
        if classes[run[-1]] in "678" and run[-1] in pairs:
            waiting[pairs[run[-1]]] = sequence
    return sequences


def _ends(
    classes: str, found: list[int], shown: list[int], sequences: list[list[int]], base: int
) -> list[tuple[str, str]]:
    """Find the directions that each sequence begins and ends with (X10)."""
    places = {index: place for place, index in enumerate(shown)}
    ends = []
    for sequence in sequences:
        first, last = sequence[0], sequence[-1]
        level, at = found[first], places[first]
        before = found[shown[at - 1]] if at else base
        at = places[last] + 1
        open_end = at == len(shown) or classes[last] in "678"
        after = base if open_end else found[shown[at]]
        ends.append(("LR"[max(level, before) % 2], "LR"[max(level, after) % 2]))
    return ends


def _resolve(
    text: str,
    classes: str,
    overridden: list[str],
    sequence: list[int],
    ends: tuple[str, str],
    found: list[int],
) -> None:
    """Find the levels of one isolating run sequence (W1 to I2), and write them into `found`."""
    level = found[sequence[0]]
    here = "RL"[level % 2 == 0]
    kinds = _weak(ends[0] + "".join(overridden[index] for index in sequence) + ends[1])
    if any(text[index] in CLOSERS for index in sequence):
        kinds = _bracketed(text, classes, kinds, sequence, here)
    sides = kinds.translate(_SIDES)
    out = list(kinds)
    for run in _NEUTRALS.finditer(kinds):  # N1, N2
        before, after = sides[run.start() - 1], sides[run.end()]
        out[run.start() : run.end()] = (before if before == after else here) * len(run[0])
    for index, kind in zip(sequence, out[1:-1], strict=True):
        if level % 2:  # I2
            found[index] += kind != "R"
        else:  # I1
            found[index] += {"L": 0, "R": 1}.get(kind, 2)


def _weak(kinds: str) -> str:
    """Apply the rules for weak characters: marks and numbers."""

    def arabic(run: regex.Match[str]) -> str:
        return run[0].replace("E", "N")

    def latin(run: regex.Match[str]) -> str:
        return run[0].replace("E", "L")

    if "M" in kinds:  # W1
        kinds = _ISOLATED_MARKS.sub(lambda run: "O" * len(run[0]), kinds)
        kinds = _MARKS.sub(lambda run: run[1] * (1 + len(run[2])), kinds)
    if "A" in kinds:
        kinds = _AFTER_ARABIC.sub(arabic, kinds).replace("A", "R")  # W2, W3
    kinds = _BETWEEN_NUMBERS.sub("E", kinds)  # W4
    kinds = _BETWEEN_ARABIC_NUMBERS.sub("N", kinds)
    kinds = _BESIDE_NUMBERS.sub(lambda run: "E" * len(run[0]), kinds)  # W5
    kinds = _LEFT_OVER.sub("O", kinds)  # W6
    return _AFTER_LATIN.sub(latin, kinds)  # W7


def _bracketed(text: str, classes: str, kinds: str, sequence: list[int], here: str) -> str:
    """Give both brackets of a pair the direction of what they hold or stand in (N0)."""
    out = list(kinds)
    for opener, closer in _pairs(text, kinds, sequence):
        inside = {_SIDE[kind] for kind in out[opener + 1 : closer] if kind in _SIDE}
        if here in inside:
            side = here
        elif inside:
            # What is before decides; both directions cannot be inside here.
            before = next(_SIDE[kind] for kind in reversed(out[:opener]) if kind in _SIDE)
            side = before if before != here else here
        else:
            continue
        for at in (opener, closer):
            out[at] = side
            for mark in range(at + 1, len(out) - 1):
                if classes[sequence[mark - 1]] != "M":
                    break
                out[mark] = side
    return "".join(out)


def _pairs(text: str, kinds: str, sequence: list[int]) -> list[tuple[int, int]]:
    """Find the pairs of brackets (BD16), as places in `kinds`, by their opening bracket."""
    pairs: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for place, index in enumerate(sequence, 1):
        char = text[index]
        if kinds[place] != "O":
            continue
        if char in CLOSER_OF:
            if len(opened) == _BRACKETS:
                return []
            opened.append((CLOSER_OF[char], place))
        elif char in CLOSERS:
            for depth in range(len(opened) - 1, -1, -1):
                if opened[depth][0] == CLOSERS[char]:
                    pairs.append((opened[depth][1], place))
                    del opened[depth:]
                    break
    return sorted(pairs)
