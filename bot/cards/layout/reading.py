"""A template's file to elements, or to all that is wrong with it.

    YAML -> yamlmap.read -> Raw (values with places) -> one element at a time -> its Shape -> Node

A file is read once for each shape of card (wide, square, tall), because any setting may have
values of its own for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.cards.layout import nodes, shapes
from bot.cards.layout.nodes import BoxNode, ChoiceNode, Node, Template
from bot.cards.layout.patterns import ITEM
from bot.cards.layout.raw import Raw, document_of, for_class
from bot.cards.layout.values import Tint
from bot.yamlfile.near import settings
from bot.yamlfile.problems import Problem, listed, quoted, suggestion
from bot.yamlfile.sheet import Sheet

_NODES: dict[str, Any] = {
    "text": nodes.TextNode,
    "rule": nodes.RuleNode,
    "bar": nodes.BarNode,
    "logo": nodes.LogoNode,
    "photo": nodes.PhotoNode,
    "shape": nodes.ShapeNode,
    "space": nodes.SpaceNode,
}
_WHAT_IT_IS = (*shapes.SHAPES, "part")


def read(file: Raw, size_class: str, kinds: tuple[str, ...], problems: list[Problem]) -> Template:
    """Read a template for one shape of card; what is wrong is added to `problems`."""
    return _Reader(file, size_class, problems).template(kinds)


class _Reader:
    def __init__(self, file: Raw, size_class: str, problems: list[Problem]) -> None:
        self._file = file
        self._class = size_class
        self._problems = problems
        self._types = self._entries("type")
        self._parts = self._entries("parts")
        self._made: dict[str, Node | None] = {}
        self._open: list[str] = []
        self._used: set[str] = set()

    def template(self, kinds: tuple[str, ...]) -> Template:
        document = document_of(self._file.group, self._file.place)
        top = Sheet(self._file.path, document, self._problems).shape(shapes.File)
        drawn = self._entries("kinds")
        for kind, given in drawn.items():
            if kind not in kinds:
                hint = suggestion(kind, kinds) or f"; there are {listed(kinds)}"
                self._wrong(given, f"no card is of the kind {quoted(kind)}{hint}", at_key=True)
        if "kinds" in self._file.group:
            for kind in kinds:
                if kind not in drawn:
                    text = f"kinds: {quoted(kind)} is missing"
                    self._wrong(self._file.group["kinds"], text, at_key=True)
        else:
            self._wrong(self._file, '"kinds" is missing: what each kind of card is made of')
        made = {kind: self.element(given) for kind, given in drawn.items() if kind in kinds}
        for name in self._parts:
            self.part(name)
        return Template(
            ground=top.ground if top else Tint("background"),
            kinds={kind: node for kind, node in made.items() if node is not None},
            parts=tuple(self._parts),
        )

    def _entries(self, name: str) -> Mapping[str, Raw]:
        given = self._file.group.get(name)
        return given.group if given else {}

    def _wrong(self, given: Raw, text: str, *, at_key: bool = False) -> None:
        self._problems.append(given.problem(text, at_key=at_key))

    # --- elements -----------------------------------------------------------------------

    def part(self, name: str) -> Node | None:
        """Make one of the template's parts, once."""
        if name not in self._made:
            self._open.append(name)
            self._made[name] = self.element(self._parts[name])
            self._open.pop()
        return self._made[name]

    def element(self, given: Raw) -> Node | None:
        """Make an element; None where it is wrong, or not for this shape of card."""
        if isinstance(given.value, str):
            return self.part(given.value) if self._is_part(given, given.value) else None
        if not isinstance(given.value, dict):
            self._wrong(given, 'an element is expected here: "- text: headline", or a part\'s name')
            return None
        if "part" in given.value:
            return self._part_otherwise(given)
        return self._element(given, given.value)

    def _is_part(self, given: Raw, name: str) -> bool:
        if name not in self._parts:
            hint = suggestion(name, self._parts) or "; name it under parts:"
            self._wrong(given, f"there is no part {quoted(name)}{hint}")
            return False
        if name in self._open:
            self._wrong(given, f"the part {quoted(name)} would contain itself")
            return False
        return True

    def _part_otherwise(self, given: Raw) -> Node | None:
        """Make a part with settings that differ where it stands."""
        own = given.group
        name = own["part"].value
        if not isinstance(name, str) or not self._is_part(own["part"], name):
            if not isinstance(name, str):
                self._wrong(own["part"], "part: is not the name of a part")
            return None
        opened = len(self._open)
        base = self._settings_of(name)
        made = None
        if base is not None:
            rest = {key: each for key, each in own.items() if key != "part"}
            made = self._element(given, {**base, **rest})
        del self._open[opened:]
        return made

    def _settings_of(self, name: str) -> Mapping[str, Raw] | None:
        """Collect a part's settings, over those of the part that it is itself made of.

        The parts that were gone through stay open, for whoever asked to close them.
        """
        self._open.append(name)
        given = self._parts[name]
        own = {} if isinstance(given.value, str) else given.group
        behind = given if isinstance(given.value, str) else own.get("part")
        if behind is None:
            return own
        if not isinstance(behind.value, str) or not self._is_part(behind, behind.value):
            return None
        base = self._settings_of(behind.value)
        if base is None:
            return None
        return {**base, **{key: each for key, each in own.items() if key != "part"}}

    def _element(self, given: Raw, all_: Mapping[str, Raw]) -> Node | None:
        what = [word for word in _WHAT_IT_IS if word in all_]
        if len(what) != 1:
            self._wrong(given, _what_else(what, all_))
            return None
        kind = what[0]
        own = {}
        for name, each in self._typed(kind, all_).items():
            if (picked := for_class(each, self._class, self._problems)) is not None:
                own[name] = picked
        children: tuple[Node, ...] = ()
        if kind in shapes.HOLDERS and kind in own:
            children = self._children(own.pop(kind))
        shape = shapes.SHAPES[kind]
        noted: list[Problem] = []
        sheet = Sheet(given.path, document_of(own, given.place), noted)
        found = sheet.shape(shape)
        # What is missing may just be misspelt, and that has been said.
        self._problems += [p for p in noted if not sheet.unknown or "is missing" not in p.text]
        if found is None or (found.only and self._class not in found.only):
            return None
        if isinstance(found, shapes.Text) and (ITEM in found.text.fields) != bool(found.each):
            self._wrong(all_["text"], 'text: "item" and "each:" belong together')
            return None
        if isinstance(found, shapes.Text) and found.text.has_letters:
            self._warn(all_["text"])
        return _node(kind, found, children)

    def _warn(self, given: Raw) -> None:
        line, column, *_ = given.place
        text = "text: has words of its own, which stand on cards of every language"
        self._problems.append(Problem(given.path, line, column, text, "warning"))

    def _children(self, given: Raw) -> tuple[Node, ...]:
        if not isinstance(given.value, list):
            self._wrong(given, 'is not a list; write each element on a line with a dash: "- …"')
            return ()
        made = [self.element(each) for each in given.value]
        return tuple(node for node in made if node is not None)

    def _typed(self, kind: str, own: Mapping[str, Raw]) -> Mapping[str, Raw]:
        """Put the settings that have a name of their own below those of the element."""
        if "type" not in own:
            return own
        name = own["type"].value
        rest = {key: each for key, each in own.items() if key != "type"}
        if not isinstance(name, str) or name not in self._types:
            known = suggestion(name, self._types) if isinstance(name, str) else ""
            self._wrong(own["type"], f"type: there is no such type{known or '; name it on top'}")
            # With any size the rest of a text can still be checked.
            size = {"size": Raw("28", own["type"].path, own["type"].place)}
            return {**size, **rest} if kind == "text" else rest
        return {**self._types[name].group, **rest}


def _what_else(what: list[str], given: Mapping[str, Raw]) -> str:
    if what:
        return f"is both {quoted(what[0])} and {quoted(what[1])}; write one element after another"
    every = {name for shape in shapes.SHAPES.values() for name in settings(shape)}
    for name in given:
        if name not in every and (hint := suggestion(name, _WHAT_IT_IS)):
            return f"{quoted(name)} is no element{hint}"
    return f"says not what it is: {listed(_WHAT_IT_IS)}"


def _node(kind: str, found: shapes.Element, children: tuple[Node, ...]) -> Node | None:
    if kind in shapes.HOLDERS and not children:
        return None
    if isinstance(found, shapes.Box):
        return BoxNode(flow=kind, set=found, children=children)
    if isinstance(found, shapes.FirstOf):
        return ChoiceNode(set=found, children=children)
    made: Node = _NODES[kind](found)
    return made
