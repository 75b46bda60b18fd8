"""X's API description as a judge: an answer must be what it says, and nothing more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "x"
"""Outside the repository; tests that need it are skipped where it is absent."""


class Description:
    """One version of X's API description."""

    def __init__(self, version: str) -> None:
        path = DATA / f"openapi-{version}.json"
        if not path.is_file():
            pytest.skip(f"X's API description {version} is not on this machine")
        self.version = version
        self._document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        resource = DRAFT202012.create_resource(self._document)
        self._registry: Registry[Any] = Registry().with_resource("urn:x", resource)

    def check(self, answer: object, method: str, path: str, status: str) -> None:
        """Fail the test where `answer` breaks the schema of an operation or adds a field."""
        schema = self._document["paths"][path][method]["responses"][status]
        self.check_schema(answer, schema["content"]["application/json"]["schema"])

    def check_named(self, answer: object, name: str) -> None:
        """Fail the test where `answer` is not what the schema `name` says."""
        self.check_schema(answer, {"$ref": f"#/components/schemas/{name}"})

    def check_schema(self, answer: object, schema: dict[str, Any]) -> None:
        """Fail the test where `answer` breaks `schema` or has a field it does not know."""
        absolute = json.loads(json.dumps(schema).replace('"#/', '"urn:x#/'))
        validator = Draft202012Validator(absolute, registry=self._registry)
        problems = [
            f"{error.json_path}: {error.message}" for error in validator.iter_errors(answer)
        ]
        problems += self._unknown(answer, schema, "$")
        assert not problems, "\n".join(problems)

    def _unknown(self, value: object, schema: dict[str, Any], where: str) -> Iterator[str]:
        """Name the fields of `value` that no part of `schema` describes."""
        parts = list(self._parts(schema))
        if isinstance(value, dict):
            known: dict[str, Any] = {}
            for part in parts:
                known |= part.get("properties", {})
                # 2.166 demands `meta` of an upload without describing it.
                known |= {name: {} for name in part.get("required", []) if name not in known}
            for key, item in value.items():
                if key in known:
                    yield from self._unknown(item, known[key], f"{where}.{key}")
                elif known:
                    yield f"{where}.{key}: not in X's description {self.version}"
        elif isinstance(value, list):
            for part in parts:
                for number, item in enumerate(value if "items" in part else []):
                    yield from self._unknown(item, part["items"], f"{where}[{number}]")

    def _parts(
        self, schema: dict[str, Any], seen: frozenset[str] = frozenset()
    ) -> Iterator[dict[str, Any]]:
        """Walk a schema, what it refers to, what it is put together from, and its subtypes."""
        reference = schema.get("$ref")
        if reference is not None:
            if reference not in seen:
                found = self._document
                for step in reference.removeprefix("#/").split("/"):
                    found = found[step]
                yield from self._parts(found, seen | {reference})
            return
        yield schema
        subtypes = schema.get("discriminator", {}).get("mapping", {}).values()
        composed = [part for word in ("allOf", "oneOf", "anyOf") for part in schema.get(word, [])]
        for part in [*composed, *({"$ref": name} for name in subtypes)]:
            yield from self._parts(part, seen)

    def fields_of_body(self, method: str, path: str) -> set[str]:
        """Return the names that the JSON body of an operation may have."""
        content = self._document["paths"][path][method]["requestBody"]["content"]
        known: set[str] = set()
        for part in self._parts(content["application/json"]["schema"]):
            known |= part.get("properties", {}).keys()
        return known
