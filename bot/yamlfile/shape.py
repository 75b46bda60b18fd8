"""A group of settings as pydantic checks it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, model_validator


class Shape(BaseModel):
    """A group of settings: unknown ones are refused, empty ones count as not given."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=False)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: object) -> object:
        if isinstance(data, dict) and None in data.values():
            known = {field.alias or name for name, field in cls.model_fields.items()}
            return {k: v for k, v in data.items() if v is not None or k not in known}
        return data
