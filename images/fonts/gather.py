"""Gathers the fonts of this folder from their packages, as `fonts.yaml` lists them.

    npm install @expo-google-fonts/noto-sans-thai@0.4.2 ...     # every `npm` in fonts.yaml
    dpkg-deb --extract fonts-noto-cjk_1%3a20220127+repack1-1_all.deb debian    # every `deb`
    pip install fonttools==4.68.0 PyYAML
    python images/fonts/gather.py node_modules debian

Run it when a font is added or gets a new version. It writes the fonts, their checksums into
`fonts.yaml`, and the copyright lines into `OFL.txt`. Most files are as their makers published
them. Changed ones say so below: what only screens with hinting, other renderers or vertical
text need is left out, and the lighter Chinese, Japanese and Korean face keeps what the
national character sets of everyday writing have.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

FOLDER = Path(__file__).parent
FEATURES = "calt ccmp kern liga ljmo locl mark mkmk tjmo tnum vjmo"


def everyday() -> Iterator[int]:
    """List GB 2312, JIS X 0208, KS X 1001 and level 1 of Big5, with the kana and the jamo."""
    pairs = [(lead, trail) for lead in range(0xA1, 0xFF) for trail in range(0x40, 0xFF)]
    for codec, last in (("gb2312", 0xF7), ("euc_jp", 0xF4), ("euc_kr", 0xC8), ("big5", 0xC6)):
        for lead, trail in pairs:
            if lead <= last:
                text = bytes((lead, trail)).decode(codec, "ignore")
                if len(text) == 1 and text > "\x7f":
                    yield ord(text)
    for first, last in ((0x20, 0xFF), (0x1100, 0x11FF), (0x2010, 0x203F), (0x3000, 0x31FF)):
        yield from range(first, last + 1)
    yield from range(0xFF00, 0xFFF0)


def cjk(source: Path, target: Path) -> None:
    """Take the Japanese face of a collection; it has the other countries' forms too (locl)."""
    font = TTCollection(source, lazy=True).fonts[0]
    font.recalcTimestamp = False
    options = Options(
        layout_features=FEATURES.split(),
        name_IDs=["*"],
        notdef_outline=True,
        hinting=False,
        glyph_names=False,
    )
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    subsetter = Subsetter(options)
    everything = font.getBestCmap()
    subsetter.populate(unicodes=everything if "Bold" in target.name else everyday())
    subsetter.subset(font)
    font.save(target)


def emoji(source: Path, target: Path) -> None:
    """Leave out the second drawing of each emoji, as SVG."""
    font = TTFont(source, recalcTimestamp=False)
    del font["SVG "]
    font.save(target)


def found(name: str, origin: str, modules: Path, debian: Path) -> Path | None:
    """Find the file that `name` is made of; None where it is in this folder only."""
    kind, package, *_ = origin.split()
    stem, style = name.rsplit(".", 1)[0].rsplit("-", 1) if "-" in name else ("NotoColorEmoji", "")
    if kind == "npm":
        folder = modules / "@expo-google-fonts" / package
        return next(folder.glob(f"*/{stem}_[0-9]00{style or 'Regular'}.ttf"))
    if kind == "deb":
        return next(debian.rglob(f"{stem}-{style}.tt[cf]"))
    return None


def main(modules: Path, debian: Path) -> None:
    """Write fonts, checksums and copyright lines."""
    path = FOLDER / "fonts.yaml"
    text = path.read_text(encoding="utf-8")
    owners: dict[str, list[str]] = {}
    for name, face in yaml.safe_load(text)["faces"].items():
        source, target = found(name, face["from"], modules, debian), FOLDER / name
        if source:
            make = cjk if "CJK" in name else emoji if "Emoji" in name else shutil.copyfile
            make(source, target)
        digest = hashlib.sha256(target.read_bytes()).hexdigest()
        line = rf"(?m)^(  {re.escape(name)}: .*sha256: )\w*"
        text, count = re.subn(line, rf"\g<1>{digest}", text)
        if count != 1:
            raise SystemExit(f"{path}: {name} must be one line with a sha256")
        owner = TTFont(target, lazy=True)["name"].getDebugName(0)
        owners.setdefault(" ".join(owner.split()), []).append(name)
    path.write_text(text, encoding="utf-8")
    lines = [f"{owner}\n" + "".join(f"  {name}\n" for name in owners[owner]) for owner in owners]
    licence = FOLDER / "OFL.txt"
    terms = licence.read_text(encoding="utf-8").partition("This Font Software is licensed")
    licence.write_text("\n".join(lines) + "\n" + "".join(terms[1:]), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
