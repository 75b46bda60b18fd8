"""Credentials are found in every form in which libraries write them."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote, quote_plus, urlencode

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.redaction import SECRET, SHORTEST, Redactor, secrets_of_address

KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=12, max_size=60)
AROUND = st.binary(max_size=8)


@given(KEYS)
@example("k3y/with+signs=&\"'<>%\\")
def test_no_form_of_a_key_is_left(key: str) -> None:
    """As it is, quoted for addresses once and twice, in forms, JSON, repr and hex."""
    redact = Redactor([key])
    for written in (
        key,
        quote(key),
        quote(key, safe=""),
        quote_plus(key),
        quote(quote(key, safe=""), safe=""),
        urlencode({"token": key}),
        json.dumps({"token": key}),
        repr({"token": key}),
        repr(key.encode()),
        key.encode().hex(),
    ):
        said = redact.known(f"before {written} after")
        assert SECRET in said
        assert said.startswith("before ")
        assert said.endswith(" after")
        assert key not in said


@given(KEYS, AROUND, AROUND)
def test_base64_is_seen_through_wherever_the_key_begins(
    key: str, before: bytes, after: bytes
) -> None:
    """`Authorization: Basic` packs a name before it: what is left must not hold its middle."""
    packed = base64.b64encode(before + key.encode() + after).decode()
    for text in (packed, packed.replace("+", "-").replace("/", "_")):
        left = Redactor([key]).known(text)
        assert SECRET in left
        assert len(left.replace(SECRET, "")) <= len(text) - len(key)


@given(st.text(max_size=200))
def test_a_text_without_keys_is_left_alone(text: str) -> None:
    """What knows no key changes nothing by what it knows."""
    assert Redactor().known(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Authorization: Bearer abcdefghij", f"Authorization: Bearer {SECRET}"),
        ("{'access_token': 'abcdefghij'}", f"{{'access_token': '{SECRET}'}}"),
        ('OAuth oauth_token="abcdef", a=1', f'OAuth oauth_token="{SECRET}", a=1'),
        ("postgresql://bot:abc@db/x", f"postgresql://bot:{SECRET}@db/x"),
        ("MASTO_EN_ACCESS_TOKEN=abcdefghij", f"MASTO_EN_ACCESS_TOKEN={SECRET}"),
        ("lacks MASTO_EN_ACCESS_TOKEN: put it", "lacks MASTO_EN_ACCESS_TOKEN: put it"),
        ("https://mastodon.example/@c/1", "https://mastodon.example/@c/1"),
    ],
)
def test_what_stands_in_the_place_of_a_key_goes(text: str, left: str) -> None:
    """Keys that nobody told us of, and no harm to the sentences that help people.

    A text that passes twice is as it was after the first time.
    """
    assert Redactor()(text) == left
    assert Redactor()(left) == left


def test_words_too_short_to_be_keys_are_not_looked_for() -> None:
    """Else every text would be full of holes."""
    assert Redactor(["a" * (SHORTEST - 1), ""]).known("a" * 30) == "a" * 30


def test_it_shows_nothing_itself() -> None:
    """A traceback may show the redactor's own repr."""
    assert "planted" not in repr(Redactor(["planted-key-1"]))


@pytest.mark.parametrize(
    ("address", "secret", "plain"),
    [
        ("postgresql://bot:s3cr%2Fet@db.example:5432/x", ["s3cr/et", "s3cr%2Fet"], ["db.example"]),
        ("postgresql://bot:p@ss@db.example/x", ["p@ss"], []),
        ("postgresql:///x?host=/run/pg1234567&password=geheim", ["geheim"], ["/run/pg1234567"]),
        ("postgresql://loud:loud@db/loud", [], ["loud"]),
        ("sqlite:////var/lib/loudhailer/ledger.db", [], ["loudhailer"]),
        ("tgram://123456789:AAbbcc1234DD/-100123", ["AAbbcc1234DD"], []),
        ("mailto://ada:geheim7@mail.example", ["geheim7"], ["mail.example", "ada"]),
        ("https://ping.example/0b1f4c22-uuid-1234", ["0b1f4c22-uuid-1234"], ["ping.example"]),
        ("https://hooks.example/services/TAAA/BBBB", ["/services/TAAA/BBBB"], ["services"]),
        ("slack://TokenAbcd/TokenB123/TokenC", ["TokenAbcd", "TokenB123"], []),
    ],
)
def test_what_of_an_address_is_secret(address: str, secret: list[str], plain: list[str]) -> None:
    """Passwords and keys, but not hosts and names, which the log needs."""
    found = secrets_of_address(address)
    assert found >= set(secret)
    assert found.isdisjoint(plain)
