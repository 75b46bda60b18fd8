"""The JSON Schemas for editors: up to date, and of one mind with the loader."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.content import load, starter
from bot.content.schemas import SCHEMAS, schema
from bot.yamlfile.yamlmap import Tree, read
from tests.content.repo import CAMPAIGN, SCHEDULES
from tests.content.test_content_schedules import FULL

ROOT = Path(__file__).resolve().parents[2]


def as_editors_see(value: Tree) -> Any:
    """Turn typed words into what YAML 1.2 makes of them, as editors do before they check."""
    if isinstance(value, dict):
        return {key: as_editors_see(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_editors_see(inner) for inner in value]
    if value in ("true", "false"):
        return value == "true"
    if value is not None and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", value):
        return float(value)
    return value


def check(kind: str, text: str) -> None:
    """Check YAML text as an editor would."""
    document = read(text)
    assert not document.faults
    jsonschema.validate(as_editors_see(document.value), json.loads(schema(kind)))


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schemas_in_docs_are_what_the_models_make(kind: str) -> None:
    """After a change: `python -m bot.content.schemas docs/schemas`."""
    path = ROOT / "docs" / "schemas" / f"{kind}.schema.json"
    assert path.read_text("utf-8") == schema(kind)


@pytest.mark.parametrize("kind", SCHEMAS)
def test_the_schemas_are_schemas(kind: str) -> None:
    """Each is valid itself, and refuses settings that do not exist."""
    made = json.loads(schema(kind))
    jsonschema.Draft202012Validator.check_schema(made)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"nonsense": 1}, made)


def test_what_the_loader_takes_no_editor_marks(tmp_path: Path) -> None:
    """The files that we ship and test with are fine by the schemas, too."""
    check("schedules", SCHEDULES)
    check("schedules", FULL.replace("accounts: masto-en", "accounts: [masto-en]"))
    check("campaign", CAMPAIGN)
    starter(tmp_path, "free-water")
    check("campaign", (tmp_path / "content/free-water/campaign.yaml").read_text())
    check("message", "card: quote\nat: 2022-02-25 10:00\npoll: {options: [yes, no], for: 1d}")
    check("message", "card: {kind: statistic, figure: 12.5, label: x}\ntext: {x: Hi}\nweight: 3")


@pytest.mark.parametrize("path", ["schedules.yaml", "content/free-assange/campaign.yaml"])
def test_the_shipped_files_are_fine_by_their_schema(path: str) -> None:
    """An editor shows our own example without a mark."""
    kind = Path(path).stem
    check(kind, (ROOT / path).read_text("utf-8"))


def test_the_shipped_content_has_no_errors() -> None:
    """The worked example is sound."""
    assert [str(p) for p in load(ROOT).errors] == []
