"""Reads a page as a browser's parser does, and tells what is in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "img", "br", "hr", "link", "input"}


@dataclass
class Element:
    """An element with its attributes and all the text in it."""

    tag: str
    attributes: dict[str, str]
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text, markup left out."""
        return "".join(self.texts)


class Reading(HTMLParser):
    """All elements of a page, in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(page)
        self.close()
        if self._open:
            raise AssertionError(f"left open: {[e.tag for e in self._open]}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element of SVG that is closed at once."""
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """Hold the page to closing what it opened, in order."""
        last = self._open.pop()
        if last.tag != tag:
            raise AssertionError(f"</{tag}> closes <{last.tag}>")

    def handle_data(self, data: str) -> None:
        """Give text to all elements that it is in."""
        for element in self._open:
            element.texts.append(data)

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements of one tag whose classes and attributes are these."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [
            e
            for e in self.elements
            if e.tag == tag
            and all(
                value in e.attributes.get(name, "").split()
                if name == "class"
                else e.attributes.get(name) == value
                for name, value in wanted.items()
            )
        ]
