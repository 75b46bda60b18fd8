"""Finds the picture that goes with a text, or says why the two have to wait or go back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from bot import cards
from bot.cards import CardError
from bot.cards.files import MOST_BYTES
from bot.content.waiting import INBOX
from bot.intake import kinds
from bot.intake.drawer import Drawer
from bot.intake.findings import Finding
from bot.intake.look import Found
from bot.intake.names import kind_of
from bot.intake.pairs import PATIENCE, Pairs, age, found_now
from bot.intake.room import Room, inner
from bot.intake.written import Written
from bot.reasons import Reason

_MOST_PIXELS = 33_177_600
_MOST_COPY = 16 * 2**20
"""More than any network takes; the copy for each is made of this one."""


@dataclass(frozen=True, slots=True)
class Pictured:
    """A text's picture, if it has one."""

    file: Found | None = None
    """The picture that lies in the inbox, or in `received`."""
    received: bool = False
    """Whether another text took it along before."""
    ours: bool = False
    """Whether it is one of the comms team's own, below images/."""
    safe: Path | None = None
    """Its copy without what a camera writes into a file, from the root."""
    findings: tuple[Finding, ...] = ()

    @property
    def there(self) -> bool:
        """Whether the text has a picture at all."""
        return self.file is not None or self.ours

    @property
    def moved(self) -> tuple[Found, ...]:
        """What leaves the inbox with the text."""
        return (self.file,) if self.file is not None and not self.received else ()

    def folder(self, room: Room) -> Drawer:
        """Where the picture is now."""
        return room.received if self.received else room.inbox


def picture_for(
    text: Found,
    folder: Drawer,
    written: Written | None,
    pairs: Pairs,
    room: Room,
    now: datetime,
) -> Pictured | None:
    """Find the picture of a text that lies in `folder`; None: look again later."""
    named = written.picture if written else ""
    if "/" in named or "\\" in named:
        return _own(named, written)
    received = False
    found = pairs.named(named, text, folder) if named else None
    if named and found is None:
        found = _received(named, text, room)
        received = found is not None
    if not named:
        found = next(pairs.pictures_of(text, folder), None)
    if found is None:
        return _missing(text, written, now)
    if not received and not pairs.rests(found, now):
        return None
    return _checked(found, written, folder, room, received=received)


def _own(named: str, written: Written | None) -> Pictured:
    """A picture of the comms team's own may be named by its way from the root, and no other."""
    way = PurePosixPath(named)
    if way.parts[:1] != ("images",) or ".." in way.parts or "\\" in named:
        line = written.places.get("image") if written else None
        return Pictured(findings=(Finding(Reason.of("picture-path", name=named), line),))
    return Pictured(ours=True, findings=_described(written))


def _received(name: str, text: Found, room: Room) -> Found | None:
    try:
        with inner(room.received, text.folders) as folder:
            return found_now(folder, text.folders, name)
    except FileNotFoundError:
        return None


def _missing(text: Found, written: Written | None, now: datetime) -> Pictured | None:
    """No picture: fine for most texts, but one that speaks of a picture waits for it."""
    speaks = written is not None and (
        bool(written.picture) or (bool(written.alt) and "card" not in written.settings)
    )
    if not speaks or written is None:
        return Pictured()
    if age(text, now) < PATIENCE:
        return None
    minutes = int(PATIENCE.total_seconds() // 60)
    if written.picture:
        reason = Reason.of("picture-missing", name=written.picture, minutes=minutes)
        return Pictured(findings=(Finding(reason, written.places.get("image")),))
    return Pictured(findings=(Finding(Reason.of("picture-missing-unnamed", minutes=minutes)),))


def _checked(
    found: Found, written: Written | None, folder: Drawer, room: Room, *, received: bool
) -> Pictured:
    if kind_of(found.name) == "other":
        return Pictured(found, received, findings=(Finding(kinds.unreadable(found.name)),))
    if found.mark.size > MOST_BYTES:
        size, most = -(-found.mark.size // 2**20), MOST_BYTES // 2**20
        return Pictured(
            found,
            received,
            findings=(Finding(Reason.of("picture-too-large", size=size, most=most)),),
        )
    if not received:
        start = folder.start(found.name)
    else:
        with inner(room.received, found.folders) as there:
            start = there.start(found.name)
    if reason := kinds.not_a_picture(start):
        return Pictured(found, received, findings=(Finding(reason),))
    try:
        safe = safe_copy(room.root, way(found, room.campaign, "received" if received else ""))
    except CardError as error:
        detail = str(error).rpartition(f"{found.name}: ")[2]
        reason = Reason.of("picture-unusable", detail=detail)
        return Pictured(found, received, findings=(Finding(reason),))
    return Pictured(found, received, safe=safe, findings=_described(written))


def safe_copy(root: Path, path: Path) -> Path:
    """Make the copy of a picture that is used from then on: see `cards.supplied`.

    Raises:
        CardError: it cannot be used; the text is for the person who gave it.
    """
    return cards.supplied(path, root, max_pixels=_MOST_PIXELS, max_bytes=_MOST_COPY)


def way(found: Found, campaign: str, side: str = "", name: str = "") -> Path:
    """Say where a file is, from the root."""
    sides = (side,) if side else ()
    return Path("content", campaign, INBOX, *sides, *found.folders, name or found.name)


def _described(written: Written | None) -> tuple[Finding, ...]:
    """Whoever cannot see a picture needs words for it."""
    if written is None or written.with_picture().alt or _card_tells(written):
        return ()
    return (Finding(Reason.of("picture-no-alt")),)


def _card_tells(written: Written) -> bool:
    card = written.settings.get("card")
    return written.on_card and isinstance(card, dict) and bool(card.get("attribution"))
