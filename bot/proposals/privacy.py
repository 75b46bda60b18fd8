"""Telephone numbers, mail addresses and account numbers: found in order to be left out."""

from __future__ import annotations

import regex

from bot.proposals.sentences import Span

_MAIL = regex.compile(
    r"(?<![\p{L}\p{N}._%+\-])[\p{L}\p{N}._%+\-]{1,64}+@[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)+"
)
_PHONE = regex.compile(
    r"(?<![\p{L}\p{N}/.,$£€#])(?:\+|00)?\(?\d{1,5}\)?(?:[\s\u00a0.\-/]{1,2}\(?\d{1,5}\)?){1,6}+(?![\p{L}\p{N}%])"
)
_IBAN = regex.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_DATE_LIKE = regex.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
_YEARS = regex.compile(r"(?:1[5-9]|20|21)\d\d\s?[-–/]\s?(?:(?:1[5-9]|20|21)\d\d|\d\d)")
_THOUSANDS = regex.compile(r"\d{1,3}(?:[\s.\u00a0]\d{3})+")


def masked(text: str) -> str:
    """Return `text` with an ellipsis for each thing that concerns a person alone."""
    shown, at = [], 0
    for _, span in personal(text):
        if span.start >= at:
            shown += [text[at : span.start], "…"]
            at = span.end
    return "".join([*shown, text[at:]])


def personal(text: str) -> list[tuple[str, Span]]:
    """Find what concerns a person alone: what it is, and where. Linear time."""
    found = [("an e-mail address", Span(*m.span())) for m in _MAIL.finditer(text)]
    found += [("an account number", Span(*m.span())) for m in _IBAN.finditer(text)]
    found += [
        ("a telephone number", Span(*m.span()))
        for m in _PHONE.finditer(text)
        if _is_phone(m[0].strip())
    ]
    return sorted(found, key=lambda one: one[1])


def _is_phone(written: str) -> bool:
    digits = sum(c.isdigit() for c in written)
    if written.startswith(("+", "00")):
        return digits >= 7
    if _DATE_LIKE.fullmatch(written) or _YEARS.fullmatch(written) or _THOUSANDS.fullmatch(written):
        return False
    return 7 <= digits <= 15 and (written.startswith(("0", "(")) or digits >= 9)
