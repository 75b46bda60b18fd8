"""campaign.yaml: what is being fought for, and what readers are asked to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from bot.content import figures, links, pictures, styles
from bot.content.moments import bound, moment
from bot.content.references import declared, some
from bot.content.shapes import ActionShape, ApprovalShape, BrandShape, CampaignFile
from bot.model import Action, ActionKind, ApprovalRules, Brand, Campaign, in_language
from bot.plan.guards import speaks
from bot.yamlfile.near import meant_by
from bot.yamlfile.problems import quoted, suggestion
from bot.yamlfile.sheet import Sheet
from bot.yamlfile.yamlmap import Loc

_NEEDED = ("languages", "timezone", "links", "actions", "approval", "counts_last")
"""Where one of these is wrong, messages would go out untrue, or not at all."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a campaign's messages and schedules are checked against."""

    id: str
    zone: ZoneInfo
    campaign: Campaign | None = None
    """None where campaign.yaml has a mistake with which nothing may go out."""
    declared_actions: Mapping[str, str] = field(default_factory=dict)
    """All actions, the unsound ones as well, with the place of each: `path:line:column`."""

    @property
    def usable(self) -> bool:
        """Whether messages may go out."""
        return self.campaign is not None

    @property
    def languages(self) -> tuple[str, ...]:
        """Those the campaign lists."""
        return self.campaign.languages if self.campaign else ()

    def has_language(self, language: str) -> bool:
        """Tell whether the campaign speaks `language`; one that lists none speaks all."""
        return not self.languages or speaks(language, self.languages)

    def no_language(self, language: str) -> str:
        """Say that the campaign does not speak `language`."""
        base = language.split("-")[0]
        near = f" - did you mean {quoted(base)}?" if base in self.languages else ""
        hint = near or suggestion(language, self.languages)
        hint = hint or f"; it has {some(self.languages)}: add yours to its languages"
        return f"{quoted(language)} is not a language of {self.id}{hint}"


def ground(sheet: Sheet, campaign_id: str, zone: ZoneInfo, root: Path) -> Ground:
    """Read a campaign. `zone` is for one that names none; `root` is where pictures are."""
    shape = sheet.shape(CampaignFile, {"name": campaign_id})
    if shape is None:
        return Ground(campaign_id, zone)
    zone = shape.timezone or zone
    languages = tuple(dict.fromkeys(shape.languages or ()))
    wrong = _wrong(sheet)
    allowed = None if "links" in wrong else (shape.links or ())
    _check_languages(sheet, ("name",), shape.name, languages)
    actions = {}
    for action_id, action in shape.actions.items():
        loc = ("actions", action_id)
        for key in ("title", "target", "salutation", "letter", "recipients", "places"):
            _check_languages(sheet, (*loc, key), getattr(action, key) or {}, languages)
        made = _action(sheet, loc, action_id, action, allowed, zone)
        if not sheet.failed("actions", action_id):
            actions[action_id] = made
    places = {a: sheet.place_of("actions", a) for a in declared(sheet, "actions")}
    first = languages[0] if languages else ""
    name = in_language(shape.name, first) or next(iter(shape.name.values()), campaign_id)
    brand = _brand(sheet, shape.brand or BrandShape(), name, root)
    if wrong:
        return Ground(campaign_id, zone, declared_actions=places)
    tags = shape.hashtags
    given: dict[str, Any] = {"rotate": tags.rotate} if tags and tags.rotate is not None else {}
    if shape.counts_last is not None:
        given["counts_last"] = shape.counts_last
    campaign = Campaign(
        id=campaign_id,
        name=shape.name,
        languages=languages,
        brand=brand,
        hashtags=_unique(tags.always if tags else None),
        rotating_hashtags=_unique(tags.rotating if tags else None),
        allowed_links=shape.links or (),
        actions=actions,
        approval=_approval(shape.approval or ApprovalShape()),
        zone=zone,
        **given,
    )
    return Ground(campaign_id, zone, campaign, places)


def _wrong(sheet: Sheet) -> set[str]:
    """Find the settings without which messages may not go out and that are wrong.

    Without its hashtags or its colours a campaign still speaks the truth; with the wrong
    zone, language or links it may not. A misspelt setting counts as the one that is meant.
    """
    unknown = [str(loc[0]) for loc in sheet.unknown if len(loc) == 1]
    written = sheet.document.value if isinstance(sheet.document.value, dict) else {}
    meant = {meant_by(word, CampaignFile) for word in unknown} - written.keys()
    broken = {key for key in _NEEDED if sheet.broken_at(key) or key in meant}
    return broken | ({"languages"} if sheet.failed("languages") else set())


def _approval(shape: ApprovalShape) -> ApprovalRules:
    return ApprovalRules(
        messages=shape.messages == "required",
        people=shape.people or 1,
        second_look=shape.second_look,
    )


def _unique(tags: tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple({tag.casefold(): tag for tag in reversed(tags or ())}.values())[::-1]


def _check_languages(
    sheet: Sheet, loc: Loc, words: Iterable[str], languages: tuple[str, ...]
) -> None:
    for tag in words:
        if tag and languages and not speaks(tag, languages):
            hint = suggestion(tag, languages)
            text = f"{quoted(tag)} is not among the campaign's languages{hint}"
            sheet.error((*loc, tag), text, at_key=True)


def _brand(sheet: Sheet, shape: BrandShape, name: str, root: Path) -> Brand:
    given: dict[str, Any] = {"name": name, **shape.model_dump(exclude_none=True)}
    for key in ("logo", "picture"):
        if key in given:
            try:
                beside = str(PurePosixPath(sheet.path).parent)
                given[key] = pictures.find(root, given[key], beside)
            except ValueError as error:
                sheet.error(("brand", key), str(error))
                del given[key]
    if shape.style and (reason := styles.unknown(root, shape.style)):
        sheet.error(("brand", "style"), reason)
        del given["style"]
    return Brand(**given)


# --- actions -----------------------------------------------------------------------------


def _action(
    sheet: Sheet,
    loc: Loc,
    action_id: str,
    shape: ActionShape,
    allowed: tuple[str, ...] | None,
    zone: ZoneInfo,
) -> Action:
    """Check an action; `allowed` are the hosts of links, None where that is not known."""
    if shape.count is not None and shape.count_as_of is None:
        sheet.error((*loc, "count"), 'needs "count_as_of": the day it was counted', at_key=True)
    if shape.link and allowed is not None and (reason := links.not_allowed(shape.link, allowed)):
        sheet.error((*loc, "link"), reason)
    given: dict[str, Any] = {
        key: value
        for key in (
            "target", "goal", "count", "count_as_of", "recipients", "salutation", "letter",
            "places", "handles", "source", "as_of",
        )
        if (value := getattr(shape, key)) is not None
    }  # fmt: skip
    not_before = bound(sheet, (*loc, "not_before"), shape.not_before, zone)
    true_until = bound(sheet, (*loc, "true_until"), shape.true_until, zone, to_end=True)
    if not_before and true_until and true_until <= not_before:
        sheet.error((*loc, "true_until"), 'lies before "not_before"')
    if shape.count_from is not None:
        given["count_from"] = figures.count_source(sheet, loc, shape, allowed)
    figures.check_action(sheet, loc, shape)
    return Action(
        id=action_id,
        kind=shape.kind,
        title=shape.title or {},
        link=shape.link,
        not_before=not_before,
        true_until=true_until,
        **given,
        **_event_times(sheet, loc, shape, shape.timezone or zone),
    )


def _event_times(sheet: Sheet, loc: Loc, shape: ActionShape, zone: ZoneInfo) -> dict[str, Any]:
    """When an event is; one of whole days has the midnights that its days begin with."""
    if shape.starts is None:
        if shape.kind is ActionKind.EVENT:
            sheet.error(loc, 'an event needs "starts": its date, or date and time', at_key=True)
        elif shape.ends is not None:
            sheet.error((*loc, "ends"), 'needs "starts"', at_key=True)
        return {}
    starts = moment(sheet, (*loc, "starts"), shape.starts, zone)
    times = {"starts": starts, "all_day": shape.starts.clock is None}
    if shape.ends is not None:
        if (shape.ends.clock is None) != (shape.starts.clock is None):
            sheet.error((*loc, "ends"), 'has a time and "starts" has none, or the other way round')
        ends = moment(sheet, (*loc, "ends"), shape.ends, zone)
        if ends < starts:
            sheet.error((*loc, "ends"), 'lies before "starts"')
        times["ends"] = ends
    return times
