"""The designer's guide shows what works."""

from __future__ import annotations

import re
from pathlib import Path

from bot.cards.layout import TEMPLATES, problems, shapes, values
from bot.cards.layout.patterns import FACTS, FIELDS, LISTS
from tests.cards.layout.styles import ROOT, add_style

GUIDE = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```yaml( element)?\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_its_examples_are_sound(tmp_path: Path) -> None:
    """Each block can be copied: whole styles, and single elements."""
    found = BLOCK.findall(GUIDE)
    assert len(found) >= 5
    for number, (element, text) in enumerate(found):
        if element:
            add_style(tmp_path, f"guide{number}", text)
        else:
            (tmp_path / TEMPLATES).mkdir(parents=True, exist_ok=True)
            (tmp_path / TEMPLATES / f"guide{number}.yaml").write_text(text, encoding="utf-8")
        assert [str(p) for p in problems(tmp_path, f"guide{number}")] == []


def test_it_names_all_there_is() -> None:
    """Every element, setting, field and colour is in it."""
    settings = {name for shape in shapes.SHAPES.values() for name in shape.model_fields}
    words = {*shapes.SHAPES, *settings, *FIELDS, *LISTS, *FACTS, *values.TINTS, *values.INKS}
    missing = [word for word in words if not re.search(rf"`[^`]*\b{word}\b[^`]*`", GUIDE)]
    assert missing == []
