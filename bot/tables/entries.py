"""Makes of a row what a message's file is made of: settings, a text, a picture, a name.

Whatever a cell says is read in the words of the file's own language, and against what the
campaign has; what cannot be meant is told, and nothing is left to chance.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import regex
from babel import Locale

from bot.model import Catalog, NetworkName
from bot.reasons import Reason
from bot.tables.model import Column, Fault, Row, Table
from bot.tables.moments import LANGUAGES
from bot.tables.names import plain
from bot.text import x_entities

_X: Final = frozenset(("x", "twitter", "xtwitter", "twitterx", "xcom", "tweet", "tweets"))
_MASTODON: Final = frozenset(("mastodon", "fediverse", "fedi", "masto", "toot", "toots"))
_ALL: Final = {
    *("all", "both", "any", "alle", "beide", "todas", "todos", "ambas", "ambos", "todo", "tous"),
    *("toutes", "lesdeux", "tutti", "tutte", "entrambi", "entrambe", "everywhere", "uberall"),
}
_BETWEEN = regex.compile(r"[,;/|+&\n]|\s(?:and|und|y|e|et|ed|u\.)\s", regex.IGNORECASE)
_LISTED = regex.compile(r"[,;|\n]")
_WORDS = regex.compile(r"[\s,;]+")
_TAG = regex.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,2}")
_OWN_NAMES: Final = (
    "ar", "ca", "cs", "da", "el", "eu", "fa", "fi", "gl", "he", "hi", "hu", "id", "ja", "ko", "nl",
    "nb", "pl", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh",
)  # fmt: skip
"""Languages that are known by their own names, too, beside the six of our answers."""
_FEW = 6
"""Names that a sentence lists."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as a submission would have it; or, with a fault that refuses, as it would not."""

    row: int
    text: str
    settings: Mapping[str, object] = field(default_factory=dict)
    """Front matter of a message, without the picture."""
    picture: str = ""
    """The picture's name or path, as it was written; never an address."""
    sender: str = ""
    """The name or handle to be credited: for the audit log, and nowhere else."""
    faults: tuple[Fault, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether something must be mended first."""
        return any(fault.refuses for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Place:
    """What rows are read against."""

    catalog: Catalog
    campaign: str
    """Its id."""
    home: ZoneInfo
    """The campaign's zone, in which its messages' times are."""
    now: datetime
    """Aware; what lies before it cannot go out any more."""
    zone: ZoneInfo | None = None
    """The file's zone, where its rows name none; None: the campaign's."""


def entries(table: Table, place: Place) -> list[Entry]:
    """Read all rows of a table; see `entry`."""
    names = {h.column: h.name or h.letter for h in table.headings if h.column}
    return [entry(row, place, names) for row in table.rows]


def entry(row: Row, place: Place, names: Mapping[Column, str] | None = None) -> Entry:
    """Read a row.

    Args:
        row: as `read` gives it.
        place: the campaign, its zone, and the time it is.
        names: how the file calls its columns, for what is told.

    Returns:
        Settings and text for `message_file`; what is wrong, by column.
    """
    reader = _Reader(row, place, names or {})
    for column, read in reader.readers().items():
        if column in row.cells:
            read(row.cells[column])
    return Entry(
        row.number,
        row.cells[Column.TEXT],
        {name: reader.settings[name] for name in _ORDER if name in reader.settings},
        reader.picture,
        " ".join(row.cells.get(Column.CREDIT, "").split())[:80],
        tuple(reader.faults),
    )


_ORDER: Final = (
    "language", "action", "networks", "accounts", "at", "not_before", "link", "alt", "hashtags",
    "source",
)  # fmt: skip


class _Reader:
    """Reads one row's cells, column by column."""

    def __init__(self, row: Row, place: Place, names: Mapping[Column, str]) -> None:
        self.settings: dict[str, object] = {}
        self.picture = ""
        self.faults: list[Fault] = []
        self._row = row
        self._place = place
        self._names = names
        self._zone = place.zone or place.home

    def readers(self) -> Mapping[Column, Callable[[str], None]]:
        """What reads each column; the zone comes before the date."""
        return {
            Column.CAMPAIGN: self._campaign,
            Column.LANGUAGE: self._language,
            Column.TIMEZONE: self._timezone,
            Column.DATE: self._date,
            Column.NETWORKS: self._networks,
            Column.ACCOUNT: self._accounts,
            Column.ACTION: self._action,
            Column.HASHTAGS: self._hashtags,
            Column.LINK: self._link,
            Column.IMAGE: self._image,
            Column.ALT: lambda words: self._set("alt", words),
            Column.SOURCE: lambda words: self._set("source", words),
        }

    def _set(self, name: str, value: object) -> None:
        self.settings[name] = value

    def _fault(self, column: Column, reason: Reason, *, refuses: bool = True) -> None:
        self.faults.append(Fault(reason, self._row.number, self._names.get(column, ""), refuses))

    # --- where it belongs ----------------------------------------------------------------

    def _campaign(self, words: str) -> None:
        for campaign in self._place.catalog.campaigns.values():
            names = {plain(campaign.id), *(plain(name) for name in campaign.name.values())}
            if plain(words) in names and campaign.id != self._place.campaign:
                self._fault(Column.CAMPAIGN, Reason.of("row-other-campaign", name=campaign.id))
                return

    def _language(self, words: str) -> None:
        tag = language_named(words)
        if tag is None:
            self._fault(Column.LANGUAGE, Reason.of("row-language", value=words))
        else:
            self._set("language", tag)

    def _action(self, words: str) -> None:
        actions = self._place.catalog.campaigns[self._place.campaign].actions
        for action in actions.values():
            titles = {plain(title) for title in action.title.values()}
            if plain(words) in {plain(action.id), *titles}:
                self._set("action", action.id)
                return
        known = _listed(list(actions))
        self._fault(Column.ACTION, Reason.of("row-action", value=words, known=known))

    # --- when ----------------------------------------------------------------------------

    def _timezone(self, words: str) -> None:
        zone = zone_named(words)
        if zone is None:
            self._fault(Column.TIMEZONE, Reason.of("row-zone", value=words))
        else:
            self._zone = zone

    def _date(self, day: str) -> None:
        place = self._place
        clock = self._row.cells.get(Column.TIME, "")
        if not clock:
            # Nobody said when on that day; but before it, it may not be true yet.
            if date.fromisoformat(day) < place.now.astimezone(self._zone).date():
                self._fault(Column.DATE, Reason.of("row-past", when=day))
            else:
                self._set("not_before", day)
                self._fault(Column.DATE, Reason.of("row-no-time", when=day), refuses=False)
            return
        offset = clock[5:]
        at = datetime.fromisoformat(f"{day}T{clock}")
        if at.tzinfo is None:
            at = at.replace(tzinfo=self._zone)
        # In UTC and back: a time that the clocks jump over becomes the one they jump to.
        there = at.astimezone(UTC).astimezone(place.home)
        if there < place.now:
            self._fault(Column.DATE, Reason.of("row-past", when=f"{day} {clock}"))
        elif offset or self._zone.key != place.home.key:
            self._set("at", f"{there:%Y-%m-%d %H:%M}{there:%z}")
        else:
            self._set("at", f"{day} {clock}")

    # --- where to ------------------------------------------------------------------------

    def _networks(self, words: str) -> None:
        found, others = networks_named(words)
        if others and not found:
            self._fault(Column.NETWORKS, Reason.of("row-networks-none", value=_listed(others)))
        elif others:
            reason = Reason.of("row-networks-ignored", value=_listed(others))
            self._fault(Column.NETWORKS, reason, refuses=False)
        if found and len(found) < len(NetworkName):
            self._set("networks", [str(network) for network in found])

    def _accounts(self, words: str) -> None:
        known = {plain(name): name for name in self._place.catalog.accounts}
        names = [part.strip() for part in _LISTED.split(words) if part.strip()]
        unknown = [name for name in names if plain(name) not in known]
        if unknown and set(unknown) == set(names) and not networks_named(words)[1]:
            if Column.NETWORKS not in self._row.cells:  # "Mastodon" in a column of accounts
                self._networks(words)
            return
        for name in unknown[:1]:
            reason = Reason.of("row-account", value=name, known=_listed(list(known.values())))
            self._fault(Column.ACCOUNT, reason)
        if not unknown and names:
            self._set("accounts", list(dict.fromkeys(known[plain(name)] for name in names)))

    # --- what goes with it ---------------------------------------------------------------

    def _hashtags(self, words: str) -> None:
        tags = []
        for part in filter(None, _WORDS.split(words.replace("#", " #"))):
            tag = part.lstrip("#＃")
            if [entity.value for entity in x_entities(f"#{tag}")] != [tag]:
                self._fault(Column.HASHTAGS, Reason.of("row-hashtag", value=part))
                return
            tags.append(tag)
        if tags:
            self._set("hashtags", list(dict.fromkeys(tags)))

    def _link(self, words: str) -> None:
        addresses = words.split()
        if len(addresses) > 1:
            self._fault(Column.LINK, Reason.of("row-one-link", value=words))
        elif addresses[0] not in self._row.cells[Column.TEXT]:
            self._set("link", addresses[0])

    def _image(self, words: str) -> None:
        pictures = [part.strip() for part in _LISTED.split(words) if part.strip()]
        if any("://" in picture for picture in pictures):
            self._fault(Column.IMAGE, Reason.of("row-image-address"), refuses=False)
        elif len(pictures) > 1:
            self._fault(Column.IMAGE, Reason.of("row-one-image", value=_listed(pictures)))
        elif pictures:
            self.picture = pictures[0]


def networks_named(words: str) -> tuple[list[NetworkName], list[str]]:
    """Read names of networks: those that we post to, and the others as they were written."""
    found: dict[NetworkName, None] = {}
    others = []
    for part in filter(None, map(str.strip, _BETWEEN.split(f" {words} "))):
        name = plain(part)
        if name in _ALL:
            found |= dict.fromkeys(NetworkName)
        elif name in _X:
            found[NetworkName.X] = None
        elif name in _MASTODON:
            found[NetworkName.MASTODON] = None
        elif name:
            others.append(part)
    return list(found), others


def language_named(words: str) -> str | None:
    """Read a language: its tag, or its name in English, Spanish, …, or in itself."""
    name = plain(words)
    if name in _languages():
        return _languages()[name]
    if not _TAG.fullmatch(words.strip()):
        return None
    base, *rest = words.strip().replace("_", "-").split("-")
    cased = {2: str.upper, 4: str.title}
    tag = "-".join([base.lower(), *(cased.get(len(part), str.lower)(part) for part in rest)])
    return tag if base.lower() in _languages().values() else None


def zone_named(words: str) -> ZoneInfo | None:
    """Read a time zone: its name, in any case, or the city that it is named after."""
    wanted = words.strip().replace(" ", "_").casefold()
    names = [name for name in available_timezones() if not name.startswith(("posix", "right"))]
    found = [name for name in names if name.casefold() == wanted]
    found = found or [name for name in names if name.casefold().endswith("/" + wanted)]
    zones = {name for name in found if not name.startswith("Etc/")} or set(found)
    return ZoneInfo(min(zones)) if len(zones) == 1 else None


@lru_cache(maxsize=1)
def _languages() -> Mapping[str, str]:
    names: dict[str, str] = {}
    for language in LANGUAGES:
        for tag, name in Locale(language).languages.items():
            if "_" not in tag and "-" not in tag:
                names.setdefault(plain(name), tag)
    for tag in _OWN_NAMES:
        names.setdefault(plain(Locale(tag).get_language_name(tag) or tag), tag)
    return names


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_FEW]) + (", …" if len(names) > _FEW else "")
