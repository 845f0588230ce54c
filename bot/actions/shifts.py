"""Looks up who works when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.actions.people import Caller, find_person
from bot.deps import Deps
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed, Reach
from bot.domain.shifts import FloorList, ShiftList, Somebody, WorkedShift
from bot.domain.wallclock import ONE_DAY, days, local_date, week_start
from bot.domain.when import When
from bot.domain.windows import moment, windows
from bot.domain.worktime import by_week
from storage.absences import absences_of
from storage.db import WorkspaceSession
from storage.people import members, members_by_id, skill_names, skills, teams
from storage.shifts import Worked, last_planned, queues, worked
from storage.tables import Member

USUAL_DAYS = 14


@dataclass(frozen=True, slots=True)
class Names:
    """What "who is on for …" can be asked for, in the spelling of the workspace."""

    queues: tuple[str, ...]
    teams: tuple[str, ...]
    skills: tuple[str, ...]

    @property
    def every(self) -> tuple[str, ...]:
        """All of them, each once."""
        return tuple(dict.fromkeys((*self.queues, *self.teams, *self.skills)))

    def find(self, words: str) -> str | None:
        """The name that the words are, whatever their capitals."""
        return next((name for name in self.every if name.casefold() == words.casefold()), None)

    def cut(self, text: str) -> tuple[str | None, str]:
        """The longest name that the text begins or ends with, and what is left: "billing 3pm", "3pm billing"."""
        words = text.split()
        for length in range(len(words), 0, -1):
            for head, tail in ((words[:length], words[length:]), (words[-length:], words[:-length])):
                if name := self.find(" ".join(head)):
                    return name, " ".join(tail)
        return None, text


def shifts_of(deps: Deps, caller: Caller, slack_id: str | None, when: When | None, now: datetime) -> ShiftList:
    """The caller's shifts, or a colleague's, at the time meant; without any, on the next 14 days.

    Raises ``UnknownPerson``, ``NotPermitted`` and ``TooManyDays``.
    """
    asked = when or _next_days(now, caller.zone)
    wanted = windows(asked, caller.zone)
    other = slack_id if slack_id != caller.slack_id else None
    colleague = find_person(deps, caller.workspace_id, other) if other else None
    member_id = colleague.id if colleague else caller.actor.member_id
    caller.actor.require(Deed.SEE_SHIFTS, of=member_id)
    # A night that is wanted may start the day before or end the day after; each week shown needs all its hours.
    starts = caller.preferences.week_starts
    first, last = week_start(asked.first - ONE_DAY, starts), week_start(asked.last + ONE_DAY, starts)
    weeks = days(first, last + 6 * ONE_DAY, caller.zone)
    with deps.sessions.read(caller.workspace_id) as session:
        found = worked(session, weeks.start, weeks.end, member_id)
        works = any(_touches(each, wanted) for each in found)
        over = None if works else _planned_until(session, asked, caller.zone)
    hours = by_week((_interval(each) for each in found), caller.zone, starts)
    return ShiftList(
        _somebody(colleague, ()) if colleague else None,
        asked,
        caller.zone,
        # A note is for whoever works the shift.
        tuple(
            WorkedShift(_interval(each), None, each.queue, each.note if colleague is None else None, each.id)
            for each in found
            if _touches(each, wanted)
        ),
        hours,
        caller.actor.may(Deed.PROPOSE_SWAP, of=member_id, team=colleague.team_id if colleague else None),
        over,
        caller.actor.may(Deed.EDIT_SCHEDULE),
    )


def floor(deps: Deps, caller: Caller, name: str | None, when: When | None, now: datetime) -> FloorList:
    """Who is on, at ``now`` or when meant: everybody, or for the queue, team or skill of that name.

    Raises ``NotPermitted`` and ``TooManyDays``.
    """
    caller.actor.require(Deed.SEE_FLOOR)
    here = now.astimezone(caller.zone)
    asked = when or When(here.date(), here.date(), here.time())
    # Now is an instant: said by the clock on the wall it may happen twice.
    wanted = windows(asked, caller.zone) if when else (moment(now),)
    with deps.sessions.read(caller.workspace_id) as session:
        found = worked(session, wanted[0].start, wanted[-1].end) if wanted else []
        found = [each for each in found if _touches(each, wanted)]
        on = {each.member_id for each in found if each.member_id}
        known, skills_of = members_by_id(session, on), skill_names(session, on)
        team_ids = {row.id for row in teams(session) if name and row.name == name}
        over = None if found else _planned_until(session, asked, caller.zone)
        away = _away(session, caller, wanted) if name is None else ()
    people = {member_id: _somebody(row, skills_of.get(member_id, ())) for member_id, row in known.items()}
    for_it = {each for each, row in known.items() if row.team_id in team_ids or name in people[each].skills}
    shown = [
        WorkedShift(_interval(each), people[each.member_id] if each.member_id else None, each.queue)
        for each in found
        if name in (None, each.queue) or each.member_id in for_it
    ]
    shown.sort(key=_in_order)
    return FloorList(name, asked, caller.zone, tuple(shown), over, away)


def _away(
    session: WorkspaceSession, caller: Caller, wanted: Sequence[Interval]
) -> tuple[tuple[Somebody, Interval], ...]:
    """Who is away then, as far as the caller may see it of others, by name; never why."""
    if not wanted or caller.actor.reach(Deed.SEE_ABSENCES) < Reach.TEAM:
        return ()
    may = caller.actor.may
    people = {each.id: each for each in members(session) if may(Deed.SEE_ABSENCES, team=each.team_id)}
    found = absences_of(session, people, Interval(wanted[0].start, wanted[-1].end))
    away = [
        (_somebody(people[member_id], ()), each)
        for member_id, intervals in found.items()
        for each in intervals
        if any(each.overlaps(one) for one in wanted)
    ]
    return tuple(sorted(away, key=lambda one: (one[0].name.casefold(), one[1])))


def known_names(deps: Deps, caller: Caller) -> Names:
    """The queues, teams and skills that can be asked for."""
    with deps.sessions.read(caller.workspace_id) as session:
        return Names(*(tuple(row.name for row in rows(session)) for rows in (queues, teams, skills)))


def _next_days(now: datetime, zone: ZoneInfo) -> When:
    today = local_date(now, zone)
    return When(today, today + timedelta(days=USUAL_DAYS - 1))


def _planned_until(session: WorkspaceSession, asked: When, zone: ZoneInfo) -> date | None:
    """The last day of the schedule, where what is asked for lies behind it."""
    last = last_planned(session)
    day = local_date(last, zone) if last else None
    return day if day and day < asked.first else None


def _interval(each: Worked) -> Interval:
    return Interval(each.start, each.end)


def _touches(each: Worked, wanted: Iterable[Interval]) -> bool:
    return any(interval.overlaps(_interval(each)) for interval in wanted)


def _in_order(shift: WorkedShift) -> tuple[object, ...]:
    """By queue, the open ones last, then by time and name."""
    queue, worker = shift.queue or "", shift.worker
    return not queue, queue.casefold(), worker is None, shift.interval, worker.name if worker else ""


def _somebody(member: Member, skills_named: Iterable[str]) -> Somebody:
    return Somebody(
        member.id,
        member.slack_name or member.name,
        member.slack_id,
        tuple(skills_named),
        member.deactivated_at is not None,
    )
