"""Emoji sequences, as X's documentation counts them and as twitter-text froze them.

X's documentation counts every emoji 2. twitter-text, which X published for clients, knows the
emoji of 2020 only: a newer sequence falls apart there into its code points. We count as the
documentation says and warn where the frozen rule would not fit.
"""

from __future__ import annotations

from collections.abc import Mapping

import regex

_TONE = "[\U0001f3fb-\U0001f3ff]"
_VS = "\ufe0f"
_NOT_TEXT = "(?!\ufe0e)"
_ZWJ = "\u200d"

# The second letters of the flags that exist, by first letter (CLDR region codes).
_FLAGS: Mapping[str, str] = {
    "A": "CDEFGILMOQRSTUWXZ", "B": "ABDEFGHIJLMNOQRSTVWYZ", "C": "ACDFGHIKLMNOPRUVWXYZ",
    "D": "EGJKMOZ", "E": "ACEGHRSTU", "F": "IJKMOR", "G": "ABDEFGHILMNPQRSTUWY", "H": "KMNRTU",
    "I": "CDELMNOQRST", "J": "EMOP", "K": "EGHIMNPRWYZ", "L": "ABCIKRSTUVY",
    "M": "ACDEFGHKLMNOPQRSTUVWXYZ", "N": "ACEFGILOPRUZ", "O": "M", "P": "AEFGHKLMNRSTWY",
    "Q": "A", "R": "EOSUW", "S": "ABCDEGHIJKLMNORSTVXYZ", "T": "ACDFGHJKLMNORTVWZ",
    "U": "AGMNSYZ", "V": "ACEGINU", "W": "FS", "X": "K", "Y": "ET", "Z": "AMW",
}  # fmt: skip
_NEW_FLAGS = {**_FLAGS, "C": _FLAGS["C"] + "Q"}  # Sark, 2024


def _indicator(letter: str) -> str:
    return chr(0x1F1E6 + ord(letter) - ord("A"))


def _flags(letters: Mapping[str, str]) -> str:
    return "|".join(
        f"{_indicator(first)}[{''.join(map(_indicator, seconds))}]"
        for first, seconds in letters.items()
    )


def _tags(region: str) -> str:
    return "".join(chr(0xE0000 + ord(letter)) for letter in region) + "\U000e007f"


_KEYCAP = rf"[#*0-9]{_VS}?\u20e3"
_NATIONS = "\U0001f3f4(?:" + "|".join(map(_tags, ("gbeng", "gbsct", "gbwls"))) + ")"

# --- as documented ---------------------------------------------------------------------------

_ELEMENT = (
    rf"(?:\p{{Emoji_Modifier_Base}}{_VS}?{_TONE}|[\p{{Extended_Pictographic}}--[©®]]{_VS}?+"
    rf"{_NOT_TEXT}|{_TONE}|[©®]{_VS})"
)
# No emoji joins more than four elements; a longer chain is not shown as one.
EMOJI = regex.compile(
    rf"(?V1){_KEYCAP}|{_flags(_NEW_FLAGS)}|{_NATIONS}|{_ELEMENT}(?:{_ZWJ}{_ELEMENT}){{0,3}}"
)
"""One emoji, as a reader sees it."""

# --- as frozen in 2020 (Emoji 12.1 and the transgender flag) ---------------------------------

_MAN, _WOMAN, _ADULT = "👨", "👩", "🧑"
_BASES_SINCE = "\U0001f46a\U0001f46f\U0001f90c\U0001f91d\U0001f93c\U0001f977\U0001fac3-\U0001faff"
_COUPLES = "👫👬👭"
_WORK = "(?:[⚕⚖✈]\ufe0f|[🌾🍳🎓🎤🎨🏫🏭💻💼🔧🔬🚀🚒🦯-🦳🦼🦽])"
_GENDERED = "🏃🏄🏊👮👱👳👷💁💂💆💇🙅-🙇🙋🙍🙎🚣🚴-🚶🤦🤵🤷-🤹🤽🤾🦸🦹🧍-🧏🧖-🧝"
_SIGN = f"{_ZWJ}[♀♂]{_VS}"
_HEART = f"{_ZWJ}❤{_VS}{_ZWJ}"


def _holding_hands() -> str:
    # Where both have one skin colour, the couple is a character of its own; not so for 🧑.
    tones = [chr(tone) for tone in range(0x1F3FB, 0x1F400)]
    pairs = [f"{_ADULT}{_ZWJ}🤝{_ZWJ}{_ADULT}", f"{_ADULT}{_TONE}{_ZWJ}🤝{_ZWJ}{_ADULT}{_TONE}"]
    for tone in tones:
        others = "".join(other for other in tones if other != tone)
        pairs.append(f"[{_MAN}{_WOMAN}]{tone}{_ZWJ}🤝{_ZWJ}{_MAN}[{others}]")
        pairs.append(f"{_WOMAN}{tone}{_ZWJ}🤝{_ZWJ}{_WOMAN}[{others}]")
    return "|".join(pairs)


def _families() -> str:
    parents = f"(?:{_MAN}|{_WOMAN}|{_MAN}{_ZWJ}[{_MAN}{_WOMAN}]|{_WOMAN}{_ZWJ}{_WOMAN})"
    return f"{parents}{_ZWJ}(?:👦{_ZWJ}👦|👧{_ZWJ}[👦👧]|[👦👧])"


def _in_love() -> str:
    kiss = f"(?:💋{_ZWJ})?"
    return f"{_MAN}{_HEART}{kiss}{_MAN}|{_WOMAN}{_HEART}{kiss}[{_MAN}{_WOMAN}]"


FROZEN_EMOJI = regex.compile(
    "(?V1)"
    + "|".join(
        (
            _holding_hands(),
            f"[{_COUPLES}]{_TONE}?",
            f"[{_MAN}{_WOMAN}{_ADULT}]{_TONE}?{_ZWJ}{_WORK}",
            f"[⛹🏋🏌🕴🕵](?:{_VS}|{_TONE}){_SIGN}",
            f"[{_GENDERED}]{_TONE}?{_SIGN}",
            _in_love(),
            _families(),
            f"🏳{_VS}{_ZWJ}(?:⚧{_VS}|🌈)|🏴{_ZWJ}☠{_VS}|[👯🤼🧞🧟]{_SIGN}",
            f"🐕{_ZWJ}🦺|👁{_ZWJ}🗨",
            _KEYCAP,
            f"[©®]{_VS}",
            _NATIONS,
            _flags(_FLAGS),
            rf"[\p{{Emoji_Modifier_Base}}--[{_BASES_SINCE}]]{_VS}?{_TONE}",
            rf"[\p{{Extended_Pictographic}}--[©®\U0001fa96-\U0001faff]]{_VS}?+{_NOT_TEXT}",
        )
    )
)
"""One emoji that twitter-text knows; any other character there counts by its code point."""
