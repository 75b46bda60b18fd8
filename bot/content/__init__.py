"""Reads content/ and schedules.yaml: every problem with file:line:column, all at once.

`load` never raises for what people wrote: what is valid is in the catalog, what is not is
told. `starter` writes the folder that a new campaign begins with.
"""

from __future__ import annotations

from bot.content.load import Loaded, load
from bot.content.starter import starter
from bot.yamlfile.problems import ContentError, Problem

__all__ = ["ContentError", "Loaded", "Problem", "load", "starter"]
