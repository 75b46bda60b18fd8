"""What pip-audit says is judged rightly: above all, that nothing was asked is no clean answer."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / ".ci/audit.py"
CLEAN = {"name": "alembic", "version": "1.20.1", "vulns": []}
SKIPPED = {"name": "tweepy", "skip_reason": "Dependency not found on PyPI"}
FAULTY = {
    "name": "urllib3",
    "version": "2.8.0",
    "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2.8.1"], "aliases": ["CVE-2026-1"]}],
}


@pytest.fixture
def audit() -> ModuleType:
    """The script, as a module."""
    spec = importlib.util.spec_from_file_location("audit", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def of(*packages: dict[str, Any]) -> dict[str, Any]:
    """pip-audit's answer about these."""
    return {"run": {"dependencies": list(packages), "fixes": []}}


def test_all_asked_and_nothing_found(audit: ModuleType) -> None:
    """The only pass."""
    assert audit.judge(of(CLEAN)) == (0, ["1 packages asked about: no known vulnerability"])


@pytest.mark.parametrize("answers", [of(SKIPPED), of(CLEAN, SKIPPED), {"run": "no route to host"}])
def test_what_was_not_asked_is_no_pass(audit: ModuleType, answers: dict[str, Any]) -> None:
    """pip-audit itself ends with 0 where it passed over every package."""
    code, lines = audit.judge(answers)
    assert code == audit.NOT_ASKED
    assert lines[-1].startswith("THIS WAS NO AUDIT")


def test_a_finding_stops_the_run_whatever_else(audit: ModuleType) -> None:
    """It names the package, the finding, and where it is mended."""
    code, lines = audit.judge(of(FAULTY, SKIPPED))
    assert code == audit.FOUND
    assert lines[0] == "run.lock: urllib3 2.8.0: PYSEC-2026-1; mended in: 2.8.1"


def test_an_accepted_finding_is_told_and_does_not_stop_it(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By any of its names, with the reason."""
    monkeypatch.setitem(audit.ACCEPTED, "CVE-2026-1", "we send no such header (2026-11-26)")
    code, lines = audit.judge(of(FAULTY))
    assert code == 0
    assert "we send no such header" in lines[0]


def test_pip_audit_that_is_not_there_is_no_answer(
    audit: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it was never installed the script says so and does not end in a traceback."""
    monkeypatch.setattr(audit, "PIP_AUDIT", tmp_path / "pip-audit")
    assert "does not start" in audit.ask("run")
