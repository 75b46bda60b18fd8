"""What X and Mastodon make of a text: lengths, links, hashtags, mentions; cleaning, splitting.

The rules are restated from the networks' own sources and tested against their conformance suites.
Everything here takes time linear in the text's length, however hostile the text.
"""

from bot.text.cleaning import TextError, clean, decode
from bot.text.entities import Entity, EntityKind
from bot.text.mastodon import MastodonCount, count_mastodon, mastodon_entities
from bot.text.mentions import mentions
from bot.text.near import NearIndex, is_near, normalise
from bot.text.personal import Personal, masked, personal
from bot.text.split import split_thread
from bot.text.unicode import graphemes
from bot.text.x import XCount, count_x, x_entities

__all__ = [
    "Entity",
    "EntityKind",
    "MastodonCount",
    "NearIndex",
    "Personal",
    "TextError",
    "XCount",
    "clean",
    "count_mastodon",
    "count_x",
    "decode",
    "graphemes",
    "is_near",
    "masked",
    "mastodon_entities",
    "mentions",
    "normalise",
    "personal",
    "split_thread",
    "x_entities",
]
