"""Looks up who is away on which day of a month, as far as the caller may know it, and how many more may be."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.holidays import holidays_named
from bot.actions.own import zone_of
from bot.actions.people import Caller, somebody
from bot.actions.settings import WORKSPACE, preferences
from bot.actions.timeoff_limits import Standing, standing
from bot.actions.timeoff_waitlist_look import waits_of
from bot.deps import Deps
from bot.domain.permissions import Deed
from bot.domain.shifts import Somebody
from bot.domain.timeoff_calendar import CalendarDay, TimeOffCalendar, month_after, team_key
from bot.domain.timeoff_limits import Limit, LimitKind, Policy, Someone, places_left
from bot.domain.wallclock import ONE_DAY, days, local_date
from storage.absences import absences_of
from storage.db import WorkspaceSession
from storage.people import member, members, teams
from storage.tables import Member

_MOMENT = timedelta(seconds=1)
_ANYWHERE = ZoneInfo("UTC")
_OWN = "me alone"
Days = Mapping[date, frozenset[UUID]]
"""Who has a day."""


class UnknownTeam(Exception):
    """No team that the caller may look at is called so; ``teams`` are."""

    def __init__(self, teams: Sequence[str]) -> None:
        super().__init__("no such team")
        self.teams = tuple(teams)


def calendar(deps: Deps, caller: Caller, month: date, team: str = "") -> TimeOffCalendar:
    """A month of the team of this name or key or, with nothing, of the one that concerns the caller first.

    Names of who is away are for leads of the team, coordinators and managers; everybody else reads how many more
    may be. Raises ``UnknownTeam``.
    """
    first = month.replace(day=1)
    last = month_after(first, 1) - timedelta(days=1)
    with deps.sessions.read(caller.workspace_id) as session:
        own = member(session, caller.actor.member_id) if caller.actor.member_id else None
        choices = _choices(session, caller, own)
        team_id = _chosen(choices, team)
        names = caller.actor.may(Deed.SEE_ABSENCES, team=team_id)
        there = standing(session, first, last)
        return TimeOffCalendar(
            first,
            local_date(deps.clock(), caller.zone),
            team_id,
            choices[team_id] if team_id or names else None,
            choices,
            names,
            tuple(_days(session, caller, first, last, team_id, there, names=names)),
            waits_of(session, deps, caller),
        )


def _choices(session: WorkspaceSession, caller: Caller, own: Member | None) -> dict[UUID | None, str]:
    """The teams that the caller may look at: everybody, their own, and the others."""
    every, may = {row.id: row.name for row in teams(session)}, caller.actor.may
    found: dict[UUID | None, str] = {None: "Everybody"} if may(Deed.SEE_ABSENCES) else {}
    found |= {each: name for each, name in every.items() if own and own.team_id == each}
    found |= {each: name for each, name in every.items() if may(Deed.SEE_ABSENCES, team=each)}
    return found or {None: _OWN}


def _chosen(choices: Mapping[UUID | None, str], team: str) -> UUID | None:
    if not team:
        return next(iter(choices))
    wanted = team.casefold()
    for each, name in choices.items():
        if wanted in (name.casefold(), team_key(each)):
            return each
    raise UnknownTeam(list(choices.values()))


def _days(
    session: WorkspaceSession,
    caller: Caller,
    first: date,
    last: date,
    team_id: UUID | None,
    there: Standing,
    *,
    names: bool,
) -> Iterable[CalendarDay]:
    scope = f"team:{team_id}" if team_id else WORKSPACE
    whole, half = holidays_named(preferences(session, scope), first, last)
    own_id = caller.actor.member_id
    people = {each.id: each for each in members(session) if not each.deactivated_at}
    team = {each.id for each in people.values() if team_id is None or each.team_id == team_id}
    away = _away(session, [people[each] for each in team | {own_id} if each in people], first, last)
    asked = _asked(there)
    # For their own team it depends on their skills, too, how many more may be away with them.
    of = _like(there, own_id, team_id, names=names)
    known: dict[UUID, Somebody] = {}

    def named(who: Iterable[UUID]) -> tuple[Somebody, ...]:
        if not names:
            return ()
        found = [known.setdefault(each, somebody(session, each)) for each in who if each in team]
        return tuple(sorted(found, key=lambda each: each.name))

    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        gone, wanting = away.get(day, frozenset()), asked.get(day, frozenset())
        blackouts = list(_blackouts(there, of, day))
        closed = any(each.policy is Policy.BLOCK for each in blackouts)
        yield CalendarDay(
            whole.get(day) or half.get(day),
            day in half,
            tuple(each.name for each in blackouts),
            closed,
            None if closed else places_left(there.limits, of, day, there.taken, there.people.values()),
            named(gone),
            named(wanting - gone),
            own_id in gone,
            own_id in wanting - gone,
        )


def _like(there: Standing, own_id: UUID | None, team_id: UUID | None, *, names: bool) -> Someone:
    """Whose places are counted: those of the reader or, for who looks at a team, of anybody in it."""
    own = there.people.get(own_id) if own_id else None
    if own and not names:
        return own
    return Someone(UUID(int=0), team_id)


def _blackouts(there: Standing, of: Someone, day: date) -> Iterable[Limit]:
    for limit in there.limits:
        if limit.kind is LimitKind.BLACKOUT and limit.holds(day) and limit.concerns(of):
            yield limit


def _away(session: WorkspaceSession, people: Sequence[Member], first: date, last: date) -> Days:
    """Who is away on which day, by the clocks where they are, whatever the reason."""
    found: defaultdict[date, set[UUID]] = defaultdict(set)
    by_id, around = {each.id: each for each in people}, days(first - ONE_DAY, last + ONE_DAY, _ANYWHERE)
    preferred = cache(lambda scope: preferences(session, scope))
    for member_id, stretches in absences_of(session, by_id, around).items():
        zone = zone_of(session, by_id[member_id], preferred(_scope(by_id[member_id])))
        for stretch in stretches:
            start, end = local_date(stretch.start, zone), local_date(stretch.end - _MOMENT, zone)
            for number in range((min(end, last) - max(start, first)).days + 1):
                found[max(start, first) + timedelta(days=number)].add(member_id)
    return {day: frozenset(who) for day, who in found.items()}


def _asked(there: Standing) -> Days:
    found: defaultdict[date, set[UUID]] = defaultdict(set)
    for each in there.taken:
        if not each.approved:
            for day in each.days:
                found[day].add(each.member_id)
    return {day: frozenset(who) for day, who in found.items()}


def _scope(row: Member) -> str:
    return f"team:{row.team_id}" if row.team_id else WORKSPACE
