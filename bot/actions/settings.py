"""Settings of a workspace and its teams and queues: one typed, versioned, audited document per scope."""

import json
import re
from collections.abc import Callable, Mapping
from datetime import time
from typing import Annotated, Any, Literal

from babel import Locale, UnknownLocaleError
from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from bot.connectors.holidays import read_region
from bot.domain.announced import Place, read_place
from bot.domain.announcements import Kind as Announced
from bot.domain.coverage_settings import BadLine, read_ahead, read_plan_lines, read_ramp, read_special_days
from bot.domain.exceptions import read_limits
from bot.domain.jurisdictions import Jurisdiction
from bot.domain.kpi import Formula
from bot.domain.kpi_named import read_targets
from bot.domain.limits import WEEKDAYS
from bot.domain.responsible import read_responsible
from bot.domain.rules import Policy
from bot.domain.rules_settings import policy_problems, read_policy
from bot.domain.sla_policy import (
    USUAL_HOURS,
    USUAL_PAUSES,
    USUAL_SLA,
    read_business_hours,
    read_pauses,
    read_sla,
)
from bot.domain.standup import read_standup
from bot.domain.timeoff_accrual import Granted
from bot.domain.timeoff_holidays import read_own_holidays
from bot.domain.timeoff_kinds import Kind, kind_problems, kinds
from bot.domain.timeoff_terms import EU_NOTICE_DAYS, Terms, read_month_day
from bot.domain.wallclock import read_zone
from bot.domain.when import DateOrder
from storage.db import WorkspaceSession
from storage.settings import current_setting

WORKSPACE = "workspace"
# What is written in lines, with who reads it and an example.
_LINES: Mapping[str, tuple[Callable[[str], object], str]] = {
    "plan": (read_plan_lines, "mon-fri 09:00-17:00 8"),
    "ramp": (read_ramp, "30, 60, 80"),
    "gap_warning_hours": (read_ahead, "168, 48, 4"),
    "special_days": (read_special_days, "2026-11-27 release"),
    "own_holidays": (read_own_holidays, "2026-12-24 half Christmas Eve"),
    "responsible": (read_responsible, "mon-fri 09:00-17:00 ana@example.com"),
    "standup_at": (read_standup, "06:50, or off"),
    "business_hours": (read_business_hours, "mon-fri 09:00-17:00, or always"),
    "sla": (read_sla, "gold urgent: first reply 30m, resolution 4h"),
    "exception_limits": (read_limits, "lead 100 EUR"),
    "sla_pauses": (read_pauses, "pending, or on hold: resolution, or none"),
    "kpi_targets": (read_targets, "csat 90%"),
}
EXAMPLES = {
    "rules": '{"daily_rest": {"limit": 12}}',
    "limits": '{"no early": {"windows": [{"from": "00:00", "to": "08:00"}]}}',
    "leave_kinds": '{"volunteering": {"ledger": "volunteering", "negative_hours": 8}}',
}


class Preferences(BaseModel):
    """What a workspace prefers; a team or queue overrides single values.

    ``holidays`` is the country or region whose public holidays hold, such as DE-BY; None: there are none.
    ``own_holidays`` are the workspace's own, over these.
    ``rules`` is what is said over the jurisdiction's preset, by rule; ``limits`` explains what people may be
    exempt from, by name. ``swap_expiry_hours`` is how long before the earlier of its shifts an unsettled swap
    ends.
    ``attendance``: whether people say that they are there when their shift begins; who has not after
    ``no_show_minutes`` is asked, and after as many again whoever answers for them.
    ``cover_wave_size`` people at once are asked to take a shift, the next after ``cover_wave_minutes``;
    ``cover_least_minutes`` is the shortest part that is worth asking for. Where ``cover_asked`` is not so people
    count as there but nobody asks them, such as those of a partner. Of a queue: ``required_skills`` is what
    its shifts take (None: the skill that is named like the queue, if there is one), ``minimum_heads`` the fewest
    people there.
    What follows is for coverage, and most of it differs by queue. A ``channel`` of calls or chats is staffed so
    that ``service_level_percent`` of what is offered is answered within ``service_level_seconds``, with nobody
    busy for more than ``occupancy_percent`` of their time; who waits gives up after ``patience_seconds`` on
    average (None: never), and one person has ``concurrency`` chats at once. A backlog is done within
    ``deadline_hours``. ``handle_seconds`` is what a contact takes where no file says it. ``plan`` says how many
    people need to be there, where no file does. ``ramp`` is for how much new hires count. A gap of fewer heads or
    minutes than ``gap_least_heads`` and ``gap_least_minutes`` is none; it is told of so many hours ahead as
    ``gap_warning_hours`` say. Where by ``deviation_percent`` more or less comes than was expected, for
    ``deviation_intervals`` on end, the rest of the day is reckoned anew. Where ``surplus_least_heads`` more are
    there than needed, for ``surplus_least_minutes``, time off may be offered. On days with shifts the channel of
    the coordinators reads at ``standup_at`` how the day stands. ``special_days`` are not like their weekdays.
    ``responsible`` is who answers for the floor at which hours, where no lead is on.
    ``leave_kinds`` changes kinds of leave or adds some, by name. ``leave_weeks`` of paid leave are in a year, at
    most ``leave_most_days`` working days (None: as many as the weeks make), and it begins on ``leave_year_starts``
    (month and day). A balance grows to ``leave_held_days`` at most; ``leave_carried_days`` of it can be taken for
    ``leave_carried_months`` of the next year (0: without end). What is left lapses if its owner was told
    ``leave_notice_days`` before (None: as the law asks); they are told ``leave_warning_days`` before.
    Whoever is first on a waiting list has ``leave_wait_hours`` to answer when a place comes free.
    Approvers are reminded of a request after ``leave_reminder_hours``, and again each time that it has waited for
    twice as long; after ``leave_next_level_hours`` those hear of it, too, who may decide in their place. It
    expires after ``leave_expiry_days``, or when it begins.
    Cases are reckoned in ``business_hours``; ``sla`` says how long each clock of a case may take, by priority and
    tier, and ``sla_pauses`` which of its states pauses which clock.
    A hand that is raised for live help goes up a level after every ``hand_up_minutes``. ``exception_limits`` says
    who approves a refund or another exception up to which amount; one that nobody decides expires after
    ``exception_hours``.
    A rate of fewer than ``kpi_least_n`` says nothing. ``service_level_formula`` is by what a service level is
    reckoned; a case is solved at first contact if its customer does not come back within ``kpi_fcr_days``.
    ``kpi_targets`` says what is wanted of which figure.
    News of each kind is heard where ``announced_…`` says: a place, or a channel's Slack id.
    Every ``review_days`` somebody looks whether an article is still true; where nobody has ``review_overdue_days``
    later, others hear of it. With ``sop_approval`` a second person publishes a changed procedure. What was
    looked for is forgotten after ``kb_search_days``.
    Reports of key figures come at ``digest_at``, the weekly ones on ``digest_weekday``, unless they say otherwise.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    ops_channel: str | None = None
    floor_channel: str | None = None
    time_zone: str = "UTC"
    date_order: DateOrder = "DMY"
    first_weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = "monday"
    hour_cycle: Literal["12", "24"] = "24"
    locale: str = "en"
    jurisdiction: Jurisdiction = Jurisdiction.NONE
    holidays: str | None = None
    own_holidays: str | None = None
    rules: dict[str, dict[str, Any]] = Field(default_factory=dict)
    limits: dict[str, dict[str, Any]] = Field(default_factory=dict)
    auto_approve: bool = True
    swap_expiry_hours: Annotated[int, Field(ge=0, le=24 * 60)] = 24
    attendance: Literal["off", "here"] = "off"
    no_show_minutes: Annotated[int, Field(ge=1, le=240)] = 10
    cover_wave_size: Annotated[int, Field(ge=1, le=50)] = 5
    cover_wave_minutes: Annotated[int, Field(ge=1, le=24 * 60)] = 30
    cover_least_minutes: Annotated[int, Field(ge=15, le=24 * 60)] = 60
    cover_asked: bool = True
    required_skills: list[str] | None = None
    minimum_heads: Annotated[int, Field(ge=0)] = 0
    channel: Literal["calls", "chats", "backlog"] = "calls"
    interval_minutes: Literal["15", "30"] = "30"
    service_level_percent: Annotated[int, Field(ge=1, le=99)] = 80
    service_level_seconds: Annotated[int, Field(ge=0, le=24 * 60 * 60)] = 20
    occupancy_percent: Annotated[int, Field(ge=10, le=100)] = 85
    patience_seconds: Annotated[int, Field(ge=1, le=24 * 60 * 60)] | None = None
    concurrency: Annotated[int, Field(ge=1, le=20)] = 1
    deadline_hours: Annotated[int, Field(ge=1, le=24 * 30)] = 24
    handle_seconds: Annotated[int, Field(ge=1, le=8 * 60 * 60)] | None = None
    shrinkage_planned_percent: Annotated[int, Field(ge=0, le=49)] = 12
    shrinkage_unplanned_percent: Annotated[int, Field(ge=0, le=49)] = 18
    plan: str | None = None
    responsible: str | None = None
    ramp: str | None = None
    gap_least_heads: Annotated[float, Field(ge=0.1, le=100)] = 0.5
    gap_least_minutes: Annotated[int, Field(ge=15, le=24 * 60)] = 30
    gap_warning_hours: str = "168, 48, 4"
    deviation_percent: Annotated[int, Field(ge=5, le=500)] = 20
    deviation_intervals: Annotated[int, Field(ge=1, le=48)] = 3
    surplus_least_heads: Annotated[float, Field(ge=0.1, le=100)] = 1.0
    surplus_least_minutes: Annotated[int, Field(ge=15, le=24 * 60)] = 60
    standup_at: str = "06:50"
    special_days: str | None = None
    leave_kinds: dict[str, dict[str, Any]] = Field(default_factory=dict)
    leave_weeks: Annotated[float, Field(ge=0, le=52)] | None = None
    leave_most_days: Annotated[int, Field(ge=1, le=366)] | None = None
    leave_granted: Granted = Granted.AT_ONCE
    leave_year_starts: str = "01-01"
    leave_held_days: Annotated[int, Field(ge=1, le=1000)] | None = None
    leave_carried_days: Annotated[int, Field(ge=0, le=1000)] = 0
    leave_carried_months: Annotated[int, Field(ge=0, le=120)] = 3
    leave_notice_days: Annotated[int, Field(ge=0, le=366)] | None = None
    leave_warning_days: Annotated[int, Field(ge=0, le=366)] = 60
    leave_wait_hours: Annotated[int, Field(ge=1, le=24 * 14)] = 24
    leave_reminder_hours: Annotated[int, Field(ge=1, le=24 * 60)] = 24
    leave_next_level_hours: Annotated[int, Field(ge=1, le=24 * 60)] = 72
    leave_expiry_days: Annotated[int, Field(ge=1, le=366)] = 30
    business_hours: str = USUAL_HOURS
    sla: str = USUAL_SLA
    sla_pauses: str = USUAL_PAUSES
    hand_up_minutes: Annotated[int, Field(ge=1, le=60)] = 3
    exception_limits: str | None = None
    exception_hours: Annotated[int, Field(ge=1, le=24 * 14)] = 24
    kpi_least_n: Annotated[int, Field(ge=1, le=1000)] = 30
    service_level_formula: Formula = Formula.OFFERED
    kpi_fcr_days: Annotated[int, Field(ge=1, le=60)] = 7
    kpi_targets: str | None = None
    announced_swap: str = Place.TEAM
    announced_cover: str = Place.TEAM
    announced_schedule: str = Place.TEAM
    announced_sop: str = Place.TEAM
    review_days: Annotated[int, Field(ge=1, le=1000)] = 90
    review_overdue_days: Annotated[int, Field(ge=1, le=366)] = 14
    sop_approval: bool = False
    kb_search_days: Annotated[int, Field(ge=1, le=1000)] = 60
    digest_weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = (
        "monday"
    )
    digest_at: str = "08:00"

    @field_validator("digest_at")
    @classmethod
    def _time(cls, value: str) -> str:
        try:
            return f"{time.fromisoformat(value.strip().zfill(5)):%H:%M}"
        except ValueError:
            raise ValueError("expected a time such as 08:00") from None

    @field_validator("rules", "limits", "leave_kinds", mode="before")
    @classmethod
    def _from_json(cls, value: Any, info: ValidationInfo) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise ValueError(f"expected JSON such as {EXAMPLES[str(info.field_name)]}") from None

    @field_validator("required_skills", mode="before")
    @classmethod
    def _separated(cls, value: Any) -> Any:
        return [name.strip() for name in re.split("[;,]", value)] if isinstance(value, str) else value

    @field_validator(
        "plan",
        "ramp",
        "gap_warning_hours",
        "standup_at",
        "special_days",
        "responsible",
        "own_holidays",
        "business_hours",
        "sla",
        "sla_pauses",
        "exception_limits",
        "kpi_targets",
    )
    @classmethod
    def _readable(cls, value: str | None, info: ValidationInfo) -> str | None:
        read, example = _LINES[str(info.field_name)]
        try:
            if value:
                read(value)
        except BadLine as bad:
            said = {"example": example, "line": bad.line}
            raise PydanticCustomError("line", "a line such as {example}", said) from None
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if read_zone(value) is None:
            raise ValueError("expected a time zone such as Europe/Berlin")
        return value

    @field_validator("holidays")
    @classmethod
    def _known_region(cls, value: str | None) -> str | None:
        region = read_region(value) if value else None
        if value and region is None:
            raise ValueError("expected a country, or a region of one, such as DE, DE-BY or GB-SCT")
        return region

    @field_validator("locale")
    @classmethod
    def _known_locale(cls, value: str) -> str:
        try:
            Locale.parse(value, sep="-" if "-" in value else "_")
        except (UnknownLocaleError, ValueError):
            raise ValueError("expected a locale such as en, en_GB or de") from None
        return value.replace("-", "_")

    @field_validator("leave_year_starts")
    @classmethod
    def _every_year(cls, value: str) -> str:
        if read_month_day(value) is None:
            raise ValueError("expected a month and a day up to the 28th, such as 01-01 or 04-06")
        return value

    @field_validator("announced_swap", "announced_cover", "announced_schedule", "announced_sop")
    @classmethod
    def _place(cls, value: str) -> str:
        if read_place(value) is None:
            raise ValueError("expected team, floor, nowhere, or a channel, as #name or as its id")
        return value

    @field_validator("ops_channel", "floor_channel")
    @classmethod
    def _channel_id(cls, value: str | None) -> str | None:
        if value and not (value[0] in "CG" and value.isalnum() and value.isupper()):
            raise ValueError("expected a channel, as #name or as its id")
        return value or None

    def announced(self, kind: Announced) -> str:
        """Where news of a kind is heard: a place, or a channel's Slack id."""
        places = {
            Announced.SWAP: self.announced_swap,
            Announced.COVER: self.announced_cover,
            Announced.SCHEDULE: self.announced_schedule,
            Announced.SOP: self.announced_sop,
        }
        return places.get(kind, Place.TEAM)

    @property
    def week_starts(self) -> int:
        """The first day of the week as ``date.weekday`` counts: 0 is Monday."""
        return WEEKDAYS.index(self.first_weekday)

    @property
    def language(self) -> str:
        """The language of the locale, such as ``de``."""
        return self.locale.split("_")[0]

    @property
    def policy(self) -> Policy:
        """The rules that hold; where what is said of one cannot hold, the jurisdiction's preset does."""
        wrong = {problem.rule for problem in policy_problems(self.jurisdiction, self.rules)}
        kept = {rule: said for rule, said in self.rules.items() if rule not in wrong}
        return read_policy(self.jurisdiction, kept, first_weekday=self.week_starts, auto_approve=self.auto_approve)

    @property
    def leave(self) -> dict[str, Kind]:
        """The kinds of leave by folded name; what is said of one that cannot hold, is passed over."""
        wrong = {name for name, _ in kind_problems(self.leave_kinds)}
        return kinds({name: said for name, said in self.leave_kinds.items() if name not in wrong})

    @property
    def leave_terms(self) -> Terms:
        """The terms of paid leave."""
        month, day = read_month_day(self.leave_year_starts) or (1, 1)
        usual = EU_NOTICE_DAYS if self.jurisdiction is Jurisdiction.EU else None
        return Terms(
            weeks=self.leave_weeks,
            granted=self.leave_granted,
            most_days=self.leave_most_days,
            held_most=self.leave_held_days,
            carried_most=self.leave_carried_days,
            carried_months=self.leave_carried_months or None,
            notice_days=usual if self.leave_notice_days is None else self.leave_notice_days,
            warning_days=self.leave_warning_days,
            month=month,
            day=day,
        )


def preferences(session: WorkspaceSession, scope: str = WORKSPACE) -> Preferences:
    """What holds in a scope: its own values over those of the workspace."""
    documents = [current_setting(session, each) for each in dict.fromkeys((WORKSPACE, scope))]
    merged: dict[str, Any] = {}
    for setting in documents:
        merged = over(merged, setting.document if setting else {})
    return Preferences.model_validate(merged)


def over(document: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the other over those of the document; of rules and limits, each by itself."""
    both = {key: {**document.get(key, {}), **other.get(key, {})} for key in EXAMPLES}
    return {**document, **other, **{key: value for key, value in both.items() if value}}
