"""`bot new-campaign NAME`: the folder that a new campaign begins with."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bot.content.values import identifier
from bot.yamlfile.problems import ContentError, quoted

_TEMPLATE: Final = Path(__file__).parent / "template"


def starter(root: Path, name: str) -> list[Path]:
    """Write `content/NAME/` with explained examples; returns the files, in order.

    Raises:
        ContentError: the name cannot be a campaign's, is taken, or the folder cannot be
            written. Nothing that was there is touched.
    """
    try:
        identifier(name)
    except ValueError as error:
        raise ContentError(f"no campaign was made: {error}") from error
    folder = root / "content" / name
    words = name.replace("-", " ").split()
    hashtag = "".join(word.capitalize() for word in words)
    replacements = {
        "TITLE": " ".join(word.capitalize() for word in words),
        "HASHTAG": f"Campaign{hashtag}" if hashtag.isdigit() else hashtag,
        "NAME": name,
    }
    written = []
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
        for source in sorted(path for path in _TEMPLATE.rglob("*") if path.is_file()):
            text = source.read_text("utf-8")
            for placeholder, value in replacements.items():
                text = text.replace(placeholder, value)
            target = folder / source.relative_to(_TEMPLATE)
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, "utf-8")
            written.append(target)
    except FileExistsError as error:
        text = f"no campaign was made: {quoted(name)} is there already; choose another name"
        raise ContentError(text) from error
    except OSError as error:
        raise ContentError(f"no campaign was made: {folder}: {error.strerror}") from error
    return written
