"""What can be wrong with a card or a picture, said to the person who can mend it."""

from __future__ import annotations


class CardError(Exception):
    """A card or picture that cannot be made; the text says why and what to do."""


class PassingError(CardError):
    """A card that cannot be made now: the disk is full, a font is missing. It may be, later."""


class TooLongError(CardError):
    """A card's words do not fit.

    Cutting `cut` characters from the end of `field` makes them fit.
    """

    def __init__(self, field: str, length: int, cut: int) -> None:
        self.field = field
        self.length = length
        self.cut = cut
        super().__init__(
            f"the card's {field} is too long for the picture: cut at least {cut} of its "
            f"{length} characters, or write `card: none`"
        )
