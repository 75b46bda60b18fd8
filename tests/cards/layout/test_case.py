"""Capitals follow the rules of the language, not those of English."""

from __future__ import annotations

import pytest

from bot.cards.layout.case import upper


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "press freedom", "PRESS FREEDOM"),
        ("de", "Straße frei", "STRAẞE FREI"),
        ("tr", "iyi ışık", "İYİ IŞIK"),
        ("az-Latn", "iki", "İKİ"),
        ("el", "ελευθερία του τύπου", "ΕΛΕΥΘΕΡΙΑ ΤΟΥ ΤΥΠΟΥ"),
        ("el", "μάιος", "ΜΑΪΟΣ"),
        ("el", "προϋπόθεση", "ΠΡΟΫΠΟΘΕΣΗ"),
        ("el", "λευκό ή μαύρο", "ΛΕΥΚΟ Ή ΜΑΥΡΟ"),
        ("fr", "liberté", "LIBERTÉ"),
        ("ka", "თავისუფლება", "თავისუფლება"),
        ("ja", "報道の自由 now", "報道の自由 NOW"),
        ("ar", "حرية", "حرية"),
        ("hi", "स्वतंत्रता", "स्वतंत्रता"),
        ("en", "sign at amnesty.org/en today", "SIGN AT amnesty.org/en TODAY"),
    ],
)
def test_capitals_by_language(language: str, text: str, expected: str) -> None:
    """Turkish dots, German ß, Greek accents; scripts without capitals and addresses stay."""
    assert upper(text, language) == expected
