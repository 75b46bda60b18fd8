"""The proof sheet: the coming span as one self-contained HTML page, for whoever must approve it.

    plan.plan -> posts ─ gather.gather (pictures, stop switches, problems) ─▶ Material
      ─ sheet.sheet ─▶ Sheet ─ page.page ─▶ the page

It shows the very drafts that go out. From `Material` on everything is a pure function: the
same posts give the same page, byte for byte. All texts of content are hostile until proven
otherwise: the template escapes each of them, and the page carries a policy that lets it load
nothing and run nothing.
"""

from __future__ import annotations

from bot.proof.gather import gather
from bot.proof.nouns import Sheet
from bot.proof.page import page
from bot.proof.sheet import sheet

__all__ = ["Sheet", "gather", "page", "sheet"]
