"""Tries a card's steps one after the other until all of its words have room."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from bot.cards.errors import CardError
from bot.cards.layout.card import Card
from bot.cards.layout.fields import author_field, fields_of
from bot.cards.layout.flow import lay
from bot.cards.layout.frames import Frame, NoRoom, Room, TextMark
from bot.cards.layout.nodes import Node, Template, TextNode
from bot.cards.layout.styles import template
from bot.cards.typesetting import fonts
from bot.cards.typesetting.clean import settled
from bot.model import CardSpec

_SIDES = range(480, 2401)
"""Widths and heights that can be drawn, in pixels."""
_WIDE = 1.2
_TALL = 0.87


def size_class(width: int, height: int) -> str:
    """Name the shape of a card: wide, square or tall."""
    if width >= height * _WIDE:
        return "wide"
    return "tall" if width <= height * _TALL else "square"


def arranged(spec: CardSpec, root: Path, *, draft: bool = False) -> tuple[Card, Template, Frame]:
    """Lay a card out at the first step at which everything fits.

    Raises:
        CardError: it cannot be laid out at all.
        NoRoom: its words do not fit at the last step either.
    """
    if spec.width not in _SIDES or spec.height not in _SIDES:
        raise CardError(
            f"a card of {spec.width}x{spec.height} pixels cannot be drawn: each side has "
            f"{_SIDES[0]} to {_SIDES[-1]}"
        )
    found = template(root, spec.style, size_class(spec.width, spec.height))
    node = found.kinds.get(spec.kind)
    if node is None:
        raise CardError(
            f"the style {spec.style} has nothing for a {spec.kind} card of "
            f"{spec.width}x{spec.height}"
        )
    card = Card(spec, fields_of(spec), fonts.library(fonts.folder_of(root)), root, draft)
    if not card.there(node):
        raise CardError(f"the style {spec.style} shows nothing on this {spec.kind} card")
    for step in range(node.steps):
        room = Room(spec.width, spec.height, spec.height, step)
        try:
            frame = lay(node, card, room)
            _all_shown(card, node, frame)
            return card, found, frame
        except NoRoom:
            if step + 1 == node.steps:
                raise
    raise AssertionError("an element has at least one step")


def unshown(spec: CardSpec, root: Path) -> tuple[str, ...]:
    """Name the words of a card that its style has no place for at all.

    Raises:
        CardError: there is no such style, or it cannot be read.
    """
    found = template(root, spec.style, size_class(spec.width, spec.height))
    node = found.kinds.get(spec.kind)
    named = _named(node) if node is not None else frozenset()
    given = {name for name, words in spec.words.items() if settled(words)}
    if spec.look.link:
        given.add("link")
    return tuple(sorted(given - named))


def _all_shown(card: Card, node: Node, frame: Frame) -> None:
    """See to it that no way of setting a part leaves out what the card has.

    A template may have one that goes without an address or a line; that is for cards that have
    none, not for those that have it and lack the room.

    Raises:
        NoRoom: a word of the author's, or the address, is not there.
    """
    shown = {author_field(name) for name in _fields(frame)}
    wanted = _named(node)
    if card.spec.look.link and "link" in wanted - shown:
        raise NoRoom("link")
    for name, words in card.spec.words.items():
        if name in wanted and name not in shown and settled(words):
            raise NoRoom(name)


@lru_cache(maxsize=256)
def _named(node: Node) -> frozenset[str]:
    """Collect the author's words that an element has a place for."""
    if isinstance(node, TextNode):
        fields = {*node.set.text.fields, node.set.each or ""}
        return frozenset(author_field(name) for name in fields)
    inner = (_named(child) for child in getattr(node, "children", ()))
    return frozenset().union(*inner)


def _fields(frame: Frame) -> Iterator[str]:
    """List the fields that a frame's words are made of."""
    for mark in frame.marks:
        if isinstance(mark, TextMark):
            yield from mark.fields
    for _, _, inner in frame.inner:
        yield from _fields(inner)
