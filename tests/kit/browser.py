"""Debian's Chromium on a kit's folder, as a supporter opens it: by file:, at their own hour."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Dialog, Page, Playwright, Route

from tests.kit.stage import NOW
from tests.proof.browser import CHROMIUM

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def launched(playwright: Playwright) -> Browser:
    """Start the browser that is installed here, not one of Playwright's own."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


def axe() -> str:
    """The source of axe-core, which a package carries."""
    spec = find_spec("axe_playwright_python")
    assert spec is not None
    assert spec.origin is not None
    return (Path(spec.origin).parent / "axe.min.js").read_text("utf-8")


@dataclass
class Seen:
    """A page, and what it did that nobody sees."""

    page: Page
    asked: list[str] = field(default_factory=list)
    """Addresses that it wanted to load from elsewhere; none of them was."""
    said: list[str] = field(default_factory=list)
    """Errors and dialogs."""

    def violations(self) -> list[str]:
        """What axe-core finds, best practices included."""
        self.page.evaluate(axe())
        wanted = "axe.run(document, {resultTypes: ['violations']})"
        found: dict[str, Any] = self.page.evaluate(wanted)
        return [
            f"{violation['id']}: {node['html'][:120]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]


@contextmanager
def opened(
    browser: Browser,
    folder: Path,
    name: str = "index.html",
    *,
    width: int = 1280,
    scheme: Literal["light", "dark"] = "light",
    script: bool = True,
    now: datetime = NOW,
    before: str = "",
) -> Iterator[Seen]:
    """Open a page of a kit; `before` is JavaScript that runs before its own."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=script
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    seen = Seen(page)

    def elsewhere(route: Route) -> None:
        if route.request.url.startswith("file:"):
            route.continue_()
        else:
            seen.asked.append(route.request.url)
            route.abort()

    def refused(dialog: Dialog) -> None:
        seen.said.append(dialog.message)
        dialog.dismiss()

    context.route("**", elsewhere)
    page.on("console", lambda message: seen.said.append(message.text))
    page.on("pageerror", lambda error: seen.said.append(str(error)))
    page.on("dialog", refused)
    if script:
        page.clock.set_fixed_time(now)
    if before:
        page.add_init_script(before)
    page.goto((folder / name).as_uri())
    try:
        yield seen
    finally:
        context.close()
