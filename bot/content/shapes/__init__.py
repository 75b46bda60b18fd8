"""The settings that each kind of file knows, as pydantic models and JSON Schemas.

    schedules.yaml          SchedulesFile
    campaign.yaml           CampaignFile
    messages/*.md           MessageHead, the front matter

Nothing here looks beyond one file, or at two settings together: that is done where the
models become bot.model's classes (schedules.py, campaigns.py, messages.py). `None` is "not
given"; the defaults are bot.model's.
"""

from __future__ import annotations

from bot.content.shapes.campaign import (
    ActionShape,
    ApprovalShape,
    BrandShape,
    CampaignFile,
    HashtagsShape,
)
from bot.content.shapes.message import CardShape, MessageHead, PollShape
from bot.content.shapes.schedules import (
    AccountShape,
    LimitsShape,
    PricesShape,
    SchedulesFile,
    ScheduleShape,
)

__all__ = [
    "AccountShape",
    "ActionShape",
    "ApprovalShape",
    "BrandShape",
    "CampaignFile",
    "CardShape",
    "HashtagsShape",
    "LimitsShape",
    "MessageHead",
    "PollShape",
    "PricesShape",
    "ScheduleShape",
    "SchedulesFile",
]
