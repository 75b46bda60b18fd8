"""Telephone numbers, mail addresses and account numbers: what concerns a person alone."""

from __future__ import annotations

from typing import NamedTuple

import regex

_MAIL = regex.compile(
    r"(?<![\p{L}\p{N}._%+@\-])[\p{L}\p{N}._%+\-]{1,64}+@[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)+"
)
_PHONE = regex.compile(
    r"(?<![\p{L}\p{N}/.,$£€#])(?:\+|00)?\(?\d{1,5}\)?"
    r"(?:[\s\u00a0.\-/\u2010-\u2013]{1,2}\(?\d{1,5}\)?){1,6}+(?![\p{L}\p{N}%])"
)
_RUN_TOGETHER = regex.compile(r"(?<![\p{L}\p{N}/.,$£€#\-])(?:\+|0)\d{7,14}(?![\p{L}\p{N}%])")
_IBAN = regex.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_DATE = regex.compile(
    r"(?<![\d./-])(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|(?:1[5-9]|20|21)\d\d\s?[-–/]\s?(?:(?:1[5-9]|20|21)\d\d|\d\d))(?![./-]?\d)"
)
_THOUSANDS = regex.compile(r"\d{1,3}(?:[\s.\u00a0\u202f]\d{3})+")


class Personal(NamedTuple):
    """Something that concerns a person alone: `text[start:end]`, and what it is."""

    start: int
    end: int
    what: str
    """For a sentence: `an e-mail address`."""


def personal(text: str) -> list[Personal]:
    """Find mail addresses, telephone and account numbers, in order.

    Dates, spans of years, sums and the numbers in links are none. Takes time in proportion to
    the text.
    """
    # A date beside an hour reads like a number in groups.
    undated = _DATE.sub(lambda found: ";" * len(found[0]), text)
    found = [Personal(*m.span(), "an e-mail address") for m in _MAIL.finditer(text)]
    found += [Personal(*m.span(), "an account number") for m in _IBAN.finditer(text)]
    found += [
        Personal(*m.span(), "a telephone number")
        for pattern in (_PHONE, _RUN_TOGETHER)
        for m in pattern.finditer(undated)
        if _is_phone(m[0].strip())
    ]
    return sorted(found)


def masked(text: str) -> str:
    """Return `text` with an ellipsis for each thing that concerns a person alone."""
    shown, at = [], 0
    for start, end, _ in personal(text):
        if start >= at:
            shown += [text[at:start], "…"]
            at = end
    return "".join([*shown, text[at:]])


def _is_phone(written: str) -> bool:
    digits = sum(c.isdigit() for c in written)
    if written.startswith(("+", "00")):
        return digits >= 7
    if _THOUSANDS.fullmatch(written):
        return False
    return 7 <= digits <= 15 and (written.startswith(("0", "(")) or digits >= 9)
