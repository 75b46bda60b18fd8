"""Debian's Chromium, and what it makes of a page: sizes, colours, headings."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars", "--no-pdf-header-footer",
)  # fmt: skip
DARK = "--blink-settings=preferredColorScheme=0"

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_FOUND = re.compile(r'<output id="found">(.*?)</output>', re.DOTALL)

_FRAME = (
    '<!doctype html><meta charset="utf-8"><meta name="color-scheme" content="light dark">'
    '<body><iframe width="{width}" height="900" style="border: 0" srcdoc="{page}"></iframe>'
)
"""A window is never narrower than 500 pixels, a frame is."""

_LOOK = """
<script>
const round = c => c.map(v => Math.round(v));
const rgb = text => text.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
  .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
  .reduce((sum, v, n) => sum + v * [.2126, .7152, .0722][n], 0);
const ground = element => {
  for (let e = element; e; e = e.parentElement) {
    const c = rgb(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] === 1) return c;
  }
  return [255, 255, 255];
};
const wide = [], faint = {};
for (const element of document.querySelectorAll('body *')) {
  const box = element.getBoundingClientRect();
  if (box.width && box.right > innerWidth + .5) wide.push(element.outerHTML.slice(0, 60));
}
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node; node = walker.nextNode();) {
  const element = node.parentElement;
  if (!node.data.trim() || !element.getClientRects().length) continue;
  const ink = rgb(getComputedStyle(element).color), under = ground(element);
  const [more, less] = [light(ink), light(under)].sort((a, b) => b - a);
  const contrast = (more + .05) / (less + .05);
  if (contrast < 4.5) faint[node.data.trim().slice(0, 40)] =
    [contrast.toFixed(2), round(ink), round(under)];
}
const seen = {
  inner: innerWidth, scroll: document.documentElement.scrollWidth, wide, faint,
  ground: rgb(getComputedStyle(document.body).backgroundColor),
  columns: Math.max(...[...document.querySelectorAll('.posts')].map(
    e => getComputedStyle(e).gridTemplateColumns.split(' ').length)),
  texts: document.body.innerText.length,
};
const found = parent.document.createElement('output');
found.id = 'found';
found.textContent = JSON.stringify(seen);
parent.document.body.replaceChildren(found);
</script>
"""


def browse(profile: Path, *arguments: str) -> str:
    """Run Chromium once."""
    done = subprocess.run(  # noqa: S603 # Debian's browser on our own page
        [str(CHROMIUM), *QUIET, f"--user-data-dir={profile}", *arguments],
        capture_output=True,
        text=True,
        timeout=90,
        check=True,
    )
    return done.stdout


def look_at(page: str, folder: Path, width: int, *arguments: str) -> dict[str, Any]:
    """Lay a page out at a width and measure it; the script that does so is not in the page.

    The page's own policy would forbid that script, so it is taken out of the copy.
    """
    copy = folder / f"look-{width}-{len(arguments)}.html"
    bare = _POLICY.sub("", page, count=1)
    framed = html.escape(bare.replace("</body>", _LOOK + "</body>"))
    copy.write_text(_FRAME.format(width=width, page=framed), encoding="utf-8")
    dom = browse(folder / "profile", *arguments, "--dump-dom", copy.as_uri())
    found = _FOUND.search(dom)
    if found is None:
        raise AssertionError("the page was not measured")
    answer: dict[str, Any] = json.loads(html.unescape(found[1]))
    return answer
