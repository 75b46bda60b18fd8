"""The share kit: a campaign as a folder that supporters open, to share it from their own accounts.

    catalog ─ choose.choose (what may be said now) ─▶ messages, actions
      ─ gather.gather (texts, share addresses, pictures, calendars) ─▶ Kit
      ─ site.files ─▶ every file of the folder ─ folder.put ─▶ the folder, whole or not at all

A folder of plain files: it works from a USB stick, loads nothing from elsewhere, stores nothing,
and without a script it loses only copying and the choice of a Mastodon server. All texts of
content are hostile until proven otherwise: the templates escape each of them, addresses are
percent-encoded, and a policy in each page lets nothing run but the kit's own script.
"""

from __future__ import annotations

from bot.kit.folder import KitError, may_write, put
from bot.kit.gather import gather
from bot.kit.nouns import Kit, Wish
from bot.kit.site import files

__all__ = ["Kit", "KitError", "Wish", "files", "gather", "may_write", "put"]
