"""What goes wrong when an address is read."""

from __future__ import annotations


class FetchError(Exception):
    """An address told nothing that can be used; the text says why, in words for a person."""
