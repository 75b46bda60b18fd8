"""What concerns a person alone is found, and dates, sums and links are left in peace."""

from __future__ import annotations

import pytest

from bot.text import masked, personal


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write to jane.doe@example.org!", ["an e-mail address, jane.doe@example.org"]),
        ("Call +44 20 7946 0958.", ["a telephone number, +44 20 7946 0958"]),
        ("Tel. (020) 7946-0958", ["a telephone number, (020) 7946-0958"]),
        ("06.12.34.56.78", ["a telephone number, 06.12.34.56.78"]),
        ("On 2026-11-27 18:00, and 27.11.2026 18:00.", []),
        ("175 years, 1 000 000 000 signatures, 2010-2024", []),
        ("See https://example.org/12345678901", []),
        (
            "06123456789 or +33612345678",
            ["a telephone number, 06123456789", "a telephone number, +33612345678"],
        ),
        ("DE89 3704 0044 0532 0130 00", ["an account number, DE89 3704 0044 0532 0130 00"]),
        ("In 2010-2024, 1,000,000 of 12.345.678 people", []),
        ("@ben@mastodon.example is no mail address", []),
    ],
)
def test_private_details_are_pointed_out(text: str, found: list[str]) -> None:
    """Addresses and numbers of people; not dates, sums and links."""
    assert [f"{one.what}, {text[one.start : one.end]}" for one in personal(text)] == found


def test_what_is_private_is_masked() -> None:
    """A list of what was left out does not spread it."""
    assert masked("Ana: ana@example.org or +44 20 7946 0958.") == "Ana: … or …."
