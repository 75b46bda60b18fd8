"""Imports go strictly downward: a stranger can read any floor knowing only those below."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

FLOORS: tuple[tuple[str, ...], ...] = (
    # decide: no I/O, no clock; only the standard library, `regex` and the list of TLDs
    ("model",),
    ("text", "settle", "report", "share_card", "counting", "placeholders", "jsonpath"),
    ("timekeeping",),
    ("redaction", "at_home"),
    ("compose", "plan", "thread", "approval", "telling"),
    ("proposals",),
    ("yamlfile", "reasons"),  # how the files that people write are read; what they are answered
    # touch the world, one thing each
    ("slots", "cards", "store", "settings", "networks", "keyring", "migrations", "worklock"),
    ("pulse",),  # how the daemon's own work goes
    ("logs", "process"),  # what leaves this process, and what it keeps to itself
    ("exposure",),  # who else can read the keys
    ("tables", "documents", "fetching"),  # read people's spreadsheets, pages, and addresses
    ("content",),  # checks cron expressions with `slots`
    # jobs, and what the faces share
    ("reading",),
    ("jobs",),
    ("app", "deciding", "planning", "petitions"),
    ("checking", "status", "proposing", "sandbox", "intake", "alerts", "metrics"),
    ("crew", "lanes", "checking_settings"),
    # faces
    ("daemon", "sandboxed", "proof", "contact_sheet", "kit"),
    ("posting", "rehearsal", "approving", "importing"),
    ("review",),
    ("cli",),
    ("__main__",),
)
LEVEL = {name: level for level, names in enumerate(FLOORS) for name in names}
DECIDING = {name for names in FLOORS[:6] for name in names}
MAY_DECIDE_WITH = {"regex", "publicsuffixlist"}
KNOWS_THE_SANDBOX = {"sandbox", "sandboxed", "rehearsal"}


def imports() -> Iterator[tuple[Path, str, str]]:
    """Every import of the package: (file, its module, what it imports)."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        parts = path.relative_to(ROOT / "bot").with_suffix("").parts
        if parts == ("__init__",):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield path, parts[0], alias.name
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{path}: relative import"
                if node.module == "bot":
                    for alias in node.names:
                        yield path, parts[0], f"bot.{alias.name}"
                else:
                    yield path, parts[0], node.module or ""


def test_imports_go_strictly_downward() -> None:
    """No module imports one of its own floor or of a floor above."""
    faults = []
    for path, module, imported in imports():
        if not imported.startswith("bot."):
            continue
        other = imported.split(".")[1]
        if other in (module, "__version__"):
            continue
        assert other in LEVEL, f"{path} imports {imported}: give it a floor"
        if LEVEL[other] >= LEVEL[module]:
            faults.append(f"{path.relative_to(ROOT)} imports {imported}")
    assert not faults, "\n".join(faults)


def test_every_module_has_a_floor() -> None:
    """A new module says where it stands."""
    modules = {
        p.relative_to(ROOT / "bot").parts[0].removesuffix(".py")
        for p in (ROOT / "bot").rglob("*.py")
    }
    assert modules - {"__init__"} == set(LEVEL)


def test_deciding_needs_nothing_but_the_standard_library() -> None:
    """What decides can be read, tested and trusted without the world."""
    import sys

    faults = [
        f"{path.relative_to(ROOT)} imports {imported}"
        for path, module, imported in imports()
        if module in DECIDING
        and imported.split(".")[0] not in {*sys.stdlib_module_names, *MAY_DECIDE_WITH, "bot"}
    ]
    assert not faults, "\n".join(faults)


def test_only_the_outermost_floor_reads_a_clock() -> None:
    """Time is passed in as a value: no `now()` without saying so below the faces."""
    allowed = {"cli", "daemon", "posting", "sandbox"}
    clocks = ("datetime.now", "datetime.utcnow", "date.today", "time.time")
    faults = [
        f"{path.relative_to(ROOT)}:{node.lineno} reads the clock"
        for path in sorted((ROOT / "bot").rglob("*.py"))
        if path.relative_to(ROOT / "bot").parts[0].removesuffix(".py") not in allowed
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in clocks
    ]
    assert not faults, "\n".join(faults)


def test_only_settings_reads_the_environment() -> None:
    """One reader of the environment: settings cannot hide anywhere else."""
    faults = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "bot").rglob("*.py"))
        if path.name != "settings.py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("os.environ", "os.getenv")
    ]
    assert not faults, "\n".join(faults)


def test_only_faces_know_the_sandbox() -> None:
    """What posts for real cannot tell that a sandbox exists."""
    faults = [
        f"{path.relative_to(ROOT)} imports {imported}"
        for path, module, imported in imports()
        if imported.startswith("bot.sandbox")
        and module not in {*KNOWS_THE_SANDBOX, "cli", "sandboxed"}
    ]
    assert not [f for f in faults if "bot.sandboxed" not in f], "\n".join(faults)


def test_no_file_grows_past_what_one_can_hold_in_mind() -> None:
    """About 300 lines; 330 is the point to split."""
    long = [
        f"{p.relative_to(ROOT)}: {n} lines"
        for folder in ("bot", "tests")
        for p in sorted((ROOT / folder).rglob("*.py"))
        if (n := len(p.read_text(encoding="utf-8").splitlines())) > 330
    ]
    assert not long, "\n".join(long)
