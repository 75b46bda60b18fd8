"""JSON Schemas of the files, for editors: made from the models, kept in docs/schemas/.

    python -m bot.content.schemas docs/schemas     writes them

A test fails when those in the repository are not what the models make.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from bot.content.shapes import CampaignFile, MessageHead, SchedulesFile
from bot.yamlfile.shape import Shape

SCHEMAS: Final[dict[str, type[Shape]]] = {
    "schedules": SchedulesFile,
    "campaign": CampaignFile,
    "message": MessageHead,
}
"""By the file's name before `.schema.json`; `message` is the front matter."""


class _ForEditors(GenerateJsonSchema):
    """Leaves out "or null, which is the default": it says nothing and clutters hints."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Show only what is inside."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Show only what is inside."""
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ANN401, ARG002 - pydantic's signature
        """Leave out titles made of the settings' own names."""
        return False


def schema(name: str) -> str:
    """Make the JSON Schema of one kind of file, as text."""
    made = {
        "$schema": GenerateJsonSchema.schema_dialect,
        **SCHEMAS[name].model_json_schema(schema_generator=_ForEditors),
        "title": f"Loudhailer: {name}",
    }
    return json.dumps(made, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def main(folder: Path) -> None:
    """Write all schemas into `folder`."""
    for name in SCHEMAS:
        (folder / f"{name}.schema.json").write_text(schema(name), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
