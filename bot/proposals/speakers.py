"""Who said it: the speaker beside a quotation, and what they are.

    “…”, said Nils Melzer, UN Special Rapporteur on Torture.      verb and name behind it
    Nils Melzer, UN Special Rapporteur on Torture, said: “…”      name and verb before it
    According to Nils Melzer, “…”                                 so-called
    “…” — Nils Melzer, UN Special Rapporteur on Torture           a line with a dash

Who is meant by `she said` is not guessed: such a quotation has no speaker here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from bot.proposals.names import is_body, is_role, looks_personal, role_and_name, runs
from bot.proposals.quotations import Quotation
from bot.proposals.words import Vocabulary

_REACH = 200
"""Characters before and behind a quotation in which its speaker is looked for."""
_LONGEST_ROLE = 110
_SENTENCE_END = regex.compile(r"[.!?](?=\s+[\p{Lu}\p{Pi}\"“„«]|\s*$)")
_DASH_LINE = regex.compile(r"\s*[-–—―~]{1,2}\s*(?=\p{Lu})")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words they are."""

    name: str
    role: str = ""
    start: int = 0
    """Where the name stands."""


@lru_cache(maxsize=16)
def _after(words: Vocabulary) -> regex.Pattern[str]:
    """What may stand between a quotation and the name behind it."""
    return regex.compile(
        rf"(?i)\s*[,.]?\s*[-–—]?\s*(?:{words.saying})(?:-(?:t-)?(?:il|elle|on|ils|elles))?"
        r"(?:\s+(?:(?:the|der|die|den|el|la|il|lo|o|a|le)(?=\s)|l[’']))?\s*[:,]?\s*"
    )


@lru_cache(maxsize=16)
def _before(words: Vocabulary) -> regex.Pattern[str]:
    """The verb that ends what stands before a quotation, or a colon alone."""
    return regex.compile(
        rf"(?i)(?:(?:^|[\s,])(?:{words.saying})(?:\s[\p{{L}}\s]{{0,60}})?\s*[:,]?|:|,)\s*$"
    )


@lru_cache(maxsize=16)
def _verb(words: Vocabulary) -> regex.Pattern[str]:
    return regex.compile(rf"(?i)(?<![\p{{L}}])(?:{words.saying})(?!\p{{L}})")


@lru_cache(maxsize=16)
def _according(words: Vocabulary) -> regex.Pattern[str]:
    return regex.compile(rf"(?i)(?<!\p{{L}})(?:{words.according})\s+")


def speaker_of(text: str, quote: Quotation, words: Vocabulary) -> Speaker | None:
    """Find who is said to have said a quotation of this paragraph; None where nobody is named."""
    return _behind(text, quote.closed + 1, words) or _ahead(text, quote.opened, words)


def signed(line: str, words: Vocabulary) -> Speaker | None:
    """Read a line of its own under a quotation: `— Nils Melzer, UN Special Rapporteur`."""
    dash = _DASH_LINE.match(line)
    return _named(line, dash.end(), len(line), words) if dash and len(line) <= _REACH else None


def _behind(text: str, at: int, words: Vocabulary) -> Speaker | None:
    end = min(len(text), at + _REACH)
    if stop := _SENTENCE_END.search(text, at, end):
        # A stop right behind the mark ends the quotation's own sentence.
        end = stop.start() if stop.start() > at else end
    if dash := _DASH_LINE.match(text, at, end):
        return _named(text, dash.end(), end, words)
    if verb := _after(words).match(text, at, end):
        return _named(text, verb.end(), end, words)
    # “…”, Nils Melzer said.
    comma = regex.compile(r"\s*,?\s*").match(text, at, end)
    begin = comma.end() if comma else at
    if (verb := _verb(words).search(text, begin, end)) and text[begin : begin + 1].isupper():
        return _named(text, begin, verb.start(), words)
    return None


def _ahead(text: str, mark: int, words: Vocabulary) -> Speaker | None:
    begin = max(0, mark - _REACH)
    for stop in _SENTENCE_END.finditer(text, begin, mark):
        begin = stop.end()
    lead = text[begin:mark]
    if so := _according(words).search(lead):
        return _named(text, begin + so.end(), mark, words)
    tail = _before(words).search(lead)
    if tail is None or tail[0].strip() == ",":
        return None
    verbs = list(_verb(words).finditer(lead))
    end = begin + (verbs[-1].start() if verbs else tail.start())
    return _named(text, begin, end, words, whole=not verbs)


def _named(
    text: str, start: int, end: int, words: Vocabulary, *, whole: bool = False
) -> Speaker | None:
    """Read a name, and a role before or behind it, out of `text[start:end]`.

    `whole`: only where nothing but name and role stand there, as before a mere colon.
    """
    stretch = text[start:end].rstrip(" ,:;–—-\u00a0")
    found = [r for r in runs(stretch, words) if _is_name(r.text, words)]
    if not found or found[0].start > 60:
        return None
    first = found[0]
    role, name = role_and_name(first.text, words)
    if not role:
        role, name = _of_a_body(first.text, words)
    if _OF_WHAT.search(stretch[: first.start]):  # `the president of ABI, Paulo Jeronimo`
        if len(found) < 2 or not _COMMA.fullmatch(stretch[first.end : found[1].start]):
            return None
        role = stretch[: first.end]
        return Speaker(found[1].text, _trimmed(role), start + found[1].start)
    before = stretch[: first.start].strip(" ,")
    behind = stretch[first.end :]
    if before and is_role(before, words) and len(before) <= _LONGEST_ROLE:
        role = f"{before} {role}".strip()
    elif before and whole:
        return None
    apposition = _apposition(behind)
    if whole and behind.strip(" ,") and not apposition:
        return None
    if apposition and (is_role(apposition, words) or len(apposition) <= _LONGEST_ROLE // 2):
        role = f"{role}, {apposition}" if role else apposition
    name_at = start + first.start + first.text.find(name)
    return Speaker(name, _trimmed(role), name_at)


_OF_WHAT = regex.compile(
    r"(?i)\s(?:of|of the|de|de la|de l[’']|da|do|del|dell[’']|della|dei|du|des|der|von|di)\s*$"
)
_COMMA = regex.compile(r"\s*,\s*")
_OF = regex.compile(r" (?:of|from|de|du|von|di|da|do)(?: (?:the|la|l[’'])?)? ?(?=\p{Lu})")


def _of_a_body(run: str, words: Vocabulary) -> tuple[str, str]:
    """Part `Amnesty’s Julia Hall` and `Julia Hall of Amnesty International`."""
    for sign in ("’s ", "'s "):
        body, _, name = run.partition(sign)
        if looks_personal(name):
            return body, name
    of = _OF.search(run)
    person = run[: of.start()] if of else ""
    if of and looks_personal(person) and not is_body(person, words):
        return run[of.end() :], person
    return "", run


def _is_name(run: str, words: Vocabulary) -> bool:
    _, name = role_and_name(run, words)
    return looks_personal(name) or is_body(name, words) or name != run


def _apposition(behind: str) -> str:
    """What stands behind a name between commas or in brackets, up to the end."""
    if not behind.startswith((",", " (")):
        return ""
    words_behind = behind.strip(" ,()")
    return words_behind if len(words_behind) <= _LONGEST_ROLE else words_behind.split(",")[0]


_ARTICLE = regex.compile(r"(?i)^(?:the|der|die|el|la|il|lo|o|a|le|l[’'])\s+")


def _trimmed(role: str) -> str:
    role = _ARTICLE.sub("", role.strip(" ,"))
    return role if len(role) <= _LONGEST_ROLE else ""
