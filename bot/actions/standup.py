"""The post at stand-up: one message to the coordinators about the day, of a part for each capability."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions import escalations_list
from bot.actions.approvers import approver_lanes
from bot.actions.cards import Cards, Facts
from bot.actions.coverage import coverage_of, gaps_shown
from bot.actions.outbox import tell
from bot.actions.people import Caller, somebody
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.covers import PartState
from bot.domain.covers import State as Open
from bot.domain.exceptions import State as Excepted
from bot.domain.intervals import Interval
from bot.domain.permissions import CLOCK, Deed, Role
from bot.domain.standup import Morning, is_due, read_standup
from bot.domain.standup_shown import FloorOfDay, GapsAhead, OpenToday, QueueToday, TeamAway, Undecided
from bot.domain.swaps import State as Swapped
from bot.domain.timeoff import State as Requested
from bot.domain.wallclock import ONE_DAY, days, local_date
from bot.views import escalations_list as escalations
from bot.views import standup as views
from bot.views.blocks import Message
from bot.views.formats import Formats
from storage.absences import absences_ahead
from storage.covers import covers_in, parts_in
from storage.db import WorkspaceSession
from storage.exceptions import exceptions_in
from storage.outbox import message_of_key
from storage.people import all_grants, members_by_id, teams
from storage.shifts import Worked, worked
from storage.swaps import swaps_of_member
from storage.timeoff_requests import requests_in

CARD = "standup"
Lines = Sequence[str]


@dataclass(frozen=True, slots=True)
class Part:
    """What one capability has to say of a day: what it is, and in which lines that is read; none: nothing."""

    load: Callable[[WorkspaceSession, Morning], Any]
    draw: Callable[[Any, Formats], Lines]


def register_cards(cards: Cards, deps: Deps) -> None:
    """The post."""

    def load(session: WorkspaceSession, _subject: UUID | None) -> list[Any]:
        return _load(session, _morning(session, deps))

    def draw(states: Sequence[Any], _audience: str, formats: Formats, facts: Facts) -> Message:
        return _draw(states, date.fromisoformat(facts["day"]), formats)

    cards.register(CARD, load, draw)


def post(deps: Deps, workspace_id: str) -> None:
    """Posts it when its time has come, once a day, on days on which anybody works."""
    CLOCK.require(Deed.POST_STANDUP)
    with deps.sessions.read(workspace_id) as session:
        day = _due(session, deps)
        lanes = approver_lanes(session, None, ()) if day else []
        wanted = [lane for lane in lanes if message_of_key(session, _key(day, lane)) is None]
    if wanted:
        with deps.sessions.write(workspace_id) as session:
            for lane in wanted:
                facts, key = {"day": str(day)}, _key(day, lane)
                told = tell(session, deps, to=lane, card=CARD, key=key, facts=facts, subject=deps.new_id())
                escalations_list.beside_standup(session, deps, lane, told, key)


def standup(deps: Deps, caller: Caller) -> Message:
    """The same as it would read now. Raises ``NotPermitted``."""
    caller.actor.require(Deed.SEE_COVERAGE)
    with deps.sessions.read(caller.workspace_id) as session:
        morning = _morning(session, deps)
        return _draw(_load(session, morning), morning.day, caller.formats)


def _due(session: WorkspaceSession, deps: Deps) -> date | None:
    preferred = preferences(session)
    zone = ZoneInfo(preferred.time_zone)
    day = is_due(read_standup(preferred.standup_at), deps.clock(), zone)
    within = days(day, day, zone) if day else None
    return day if within and worked(session, within.start, within.end) else None


def _key(day: date | None, lane: str) -> str:
    return f"{CARD}:{day}:{lane}"


def _morning(session: WorkspaceSession, deps: Deps) -> Morning:
    zone, now = ZoneInfo(preferences(session).time_zone), deps.clock()
    return Morning(local_date(now, zone), zone, now)


def _load(session: WorkspaceSession, morning: Morning) -> list[Any]:
    return [part.load(session, morning) for part in PARTS]


def _draw(states: Sequence[Any], day: date, formats: Formats) -> Message:
    floor, *others = [part.draw(state, formats) for part, state in zip(PARTS, states, strict=True)]
    return views.standup(day, floor, others, formats)


def _floor(session: WorkspaceSession, morning: Morning) -> FloorOfDay:
    within = days(morning.day, morning.day, morning.zone)
    rows = [row for row in worked(session, within.start, within.end) if within.contains(row.start)]
    planned: defaultdict[str | None, list[Worked]] = defaultdict(list)
    for row in rows:
        if row.member_id:
            planned[row.queue].append(row)
    leads = {
        member_id
        for member_id, grants in all_grants(session).items()
        if any(each.role == Role.LEAD for each in grants)
    }
    return FloorOfDay(
        tuple(
            QueueToday(queue, len({each.member_id for each in planned[queue]}), _span(planned[queue]))
            for queue in sorted(planned, key=lambda each: (each is None, each or ""))
        ),
        tuple(
            (somebody(session, row.member_id), Interval(row.start, row.end))
            for row in rows
            if row.member_id and row.member_id in leads
        ),
        sum(row.member_id is None and row.end > morning.at for row in rows),
    )


def _span(rows: Sequence[Worked]) -> Interval:
    return Interval(min(row.start for row in rows), max(row.end for row in rows))


def _gaps(session: WorkspaceSession, morning: Morning) -> GapsAhead:
    found = coverage_of(session, days(morning.day, morning.day + ONE_DAY, morning.zone))
    if not any(each.requirements for each in found.needs):
        return GapsAhead(None)
    return GapsAhead(gaps_shown(session, found, morning.at))


def _away(session: WorkspaceSession, morning: Morning) -> tuple[TeamAway, ...]:
    ends = days(morning.day, morning.day, morning.zone).end
    away = {row.member_id for row in absences_ahead(session, morning.at) if row.start < ends}
    named = {row.id: row.name for row in teams(session)}
    found: defaultdict[str | None, list[str]] = defaultdict(list)
    for person in members_by_id(session, away).values():
        team = named.get(person.team_id) if person.team_id else None
        found[team].append(person.slack_name or person.name)
    ordered = sorted(found, key=lambda each: (each is None, each or ""))
    return tuple(TeamAway(team, tuple(sorted(found[team]))) for team in ordered)


def _open(session: WorkspaceSession, morning: Morning) -> OpenToday:
    ahead = (row for row in covers_in(session, [Open.OPEN]) if row.end > morning.at)
    rows = sorted(ahead, key=lambda row: row.start)
    shifts = sum(row.owner_id is None for row in rows)
    first = Interval(rows[0].start, rows[0].end) if rows else None
    return OpenToday(len(rows) - shifts, shifts, first)


def _undecided(session: WorkspaceSession, _morning: Morning) -> Undecided:
    return Undecided(
        len(swaps_of_member(session, None, [Swapped.NEEDS_APPROVAL])),
        len(parts_in(session, [PartState.NEEDS_APPROVAL])),
        len(requests_in(session, [Requested.NEEDS_APPROVAL])),
        len(exceptions_in(session, [Excepted.NEEDS_APPROVAL])),
    )


# The floor comes first; a later capability adds a line of its own at the end.
PARTS = (
    Part(_floor, views.floor_lines),
    Part(_gaps, views.gap_lines),
    Part(_away, views.away_lines),
    Part(_open, views.open_lines),
    Part(_undecided, views.undecided_lines),
    Part(escalations_list.of_morning, escalations.standup_lines),
)
