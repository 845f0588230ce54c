"""Looks up key figures for whoever asks, as far as they may see them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.kpi import by, readings
from bot.actions.looks import note_look
from bot.actions.people import Caller, find_person, somebody
from bot.actions.record import record
from bot.actions.settings import WORKSPACE, preferences
from bot.actions.typed import reading_of
from bot.deps import Deps
from bot.domain.kpi import Cut, Split
from bot.domain.kpi_asked import EVERYTHING, USUAL, Question
from bot.domain.kpi_looked import Looked, Place, Told, WhichTeam
from bot.domain.kpi_periods import Span
from bot.domain.kpi_typed import Names, Typed
from bot.domain.kpi_when import alike, so_far
from bot.domain.permissions import Deed, NotPermitted, Reach, Role
from bot.domain.wallclock import local_date
from bot.domain.when import Reading
from storage.db import WorkspaceSession
from storage.kpi_look import channels
from storage.people import members_by_id, teams
from storage.shifts import queues
from storage.tables import Queue, Team

READ, READ_PEOPLE = "kpi.read", "kpi.people"
_MOST_DAYS = 31
# Channels of which nothing was measured for longer go by no name: all that was ever measured would take too long.
_RECENT = timedelta(days=92)
SUBJECT: tuple[str, UUID | None] = ("key figures", None)


def names_of(deps: Deps, caller: Caller) -> Names:
    """What figures can be asked for, in the spelling of the workspace."""
    with deps.sessions.read(caller.workspace_id) as session:
        return Names(
            tuple(row.name for row in queues(session)),
            tuple(row.name for row in teams(session)),
            tuple(channels(session, deps.clock().date() - _RECENT)),
        )


def reading_here(deps: Deps, caller: Caller, now: datetime) -> Reading:
    """How the caller's words for a period are read: figures go by the days and weeks of the workspace."""
    with deps.sessions.read(caller.workspace_id) as session:
        preferred = preferences(session)
    reading = reading_of(caller, now)
    return replace(reading, zone=ZoneInfo(preferred.time_zone), first_weekday=preferred.week_starts)


def cut_of(deps: Deps, caller: Caller, typed: Typed, slack_id: str | None) -> Cut:
    """What is meant, of an account if one was named; for who may not see everything their team, or themselves.

    Who leads a team may see a queue whole, as they may its coverage.

    Raises ``UnknownPerson``, ``NotPermitted`` and ``WhichTeam``.
    """
    person = find_person(deps, caller.workspace_id, slack_id).id if slack_id else None
    with deps.sessions.read(caller.workspace_id) as session:
        queue = next((row.id for row in queues(session) if row.name == typed.queue), None)
        named = {row.name: row.id for row in teams(session)}
        team = named.get(typed.team) if typed.team else None
        reach = caller.actor.reach(Deed.SEE_KPI)
        said = person or team or (queue and reach is Reach.TEAM)
        own = EVERYTHING if said else default_cut(session, caller)
        if reach is Reach.OWN:
            if team:
                raise NotPermitted(Deed.SEE_KPI)
            person = person or caller.actor.member_id
    return Cut(queue, team or own.team_id, typed.channel, person or own.member_id)


def queue_named(deps: Deps, caller: Caller, queue_id: UUID | None) -> str | None:
    """The name of a queue that a button carries."""
    with deps.sessions.read(caller.workspace_id) as session:
        return _name(queue_id, queues(session)) if queue_id else None


def default_cut(session: WorkspaceSession, caller: Caller) -> Cut:
    """Of what the caller reads figures unless they say it: everything, their team, or themselves.

    Raises ``NotPermitted``, and ``WhichTeam`` for who leads several.
    """
    match caller.actor.reach(Deed.SEE_KPI):
        case Reach.NOBODY:
            raise NotPermitted(Deed.SEE_KPI)
        case Reach.OWN:
            return Cut(member_id=caller.actor.member_id)
        case Reach.TEAM:
            return Cut(team_id=_own_team(session, caller))
    return EVERYTHING


def look(deps: Deps, caller: Caller, question: Question, now: datetime) -> Looked:
    """The answer; that somebody looked at the figures of others is noted. Raises ``NotPermitted``."""
    with deps.sessions.read(caller.workspace_id) as session:
        require(session, caller, question)
        found = _looked(session, deps, caller, question, now)
    _note(deps, caller, question)
    return found


def require(session: WorkspaceSession, caller: Caller, question: Question) -> None:
    """Raises ``NotPermitted`` unless the caller may see the answer."""
    cut, actor = question.cut, caller.actor
    team = _team_of(session, cut)
    if cut.member_id:
        actor.require(Deed.SEE_KPI_PEOPLE, of=cut.member_id, team=team)
        return
    if cut.queue_id and not team and question.split is not Split.MEMBER and actor.may(Deed.SEE_COVERAGE):
        return  # figures of a queue speak of no team and of nobody
    actor.require(Deed.SEE_KPI, team=team)
    if question.split is Split.MEMBER:
        actor.require(Deed.SEE_KPI_PEOPLE, team=team)


def may_export(session: WorkspaceSession, caller: Caller, question: Question) -> bool:
    """Whether the caller may take it out of here."""
    return caller.actor.may(Deed.EXPORT_KPI, team=_team_of(session, question.cut))


def _may_read(session: WorkspaceSession, caller: Caller, question: Question) -> bool:
    """Whether the caller may see the answer."""
    try:
        require(session, caller, question)
    except NotPermitted:
        return False
    return True


def _looked(session: WorkspaceSession, deps: Deps, caller: Caller, question: Question, now: datetime) -> Looked:
    cut, wanted = question.cut, question.figures or USUAL
    zone = ZoneInfo(preferences(session).time_zone)
    span = so_far(question.span, local_date(now, zone))
    before = alike(question.before, question.span, span)
    split = question.split or _unasked(question, span)
    then = {each.figure: each for each in readings(session, deps, before, cut, wanted)}
    here = {each.figure: each for each in readings(session, deps, span, cut, wanted)}
    scope = f"queue:{cut.queue_id}" if cut.queue_id else WORKSPACE
    return Looked(
        question,
        span,
        before,
        place_of(session, caller, cut),
        tuple(Told(here[figure], then[figure]) for figure in wanted),
        tuple(each for each in _splits(cut) if _may_read(session, caller, replace(question, split=each))),
        may_export(session, caller, question),
        preferences(session, scope).service_level_formula,
        zone.key,
        split,
        {each: by(session, deps, span, cut, each, split) for each in wanted} if split else {},
    )


def _unasked(question: Question, span: Span) -> Split | None:
    """Who asks for one figure reads its days, too, where they are not too many."""
    return Split.DAY if len(question.figures) == 1 and 1 < span.length <= _MOST_DAYS else None


def _note(deps: Deps, caller: Caller, question: Question) -> None:
    """That the caller has looked at the figures of somebody else, or of many."""
    person = question.cut.member_id
    if person:
        if person != caller.actor.member_id:
            note_look(deps, caller, READ, person)
    elif question.split is Split.MEMBER:
        with deps.sessions.write(caller.workspace_id) as session:
            record(session, deps, caller.actor, READ_PEOPLE, SUBJECT, None, None)


def _team_of(session: WorkspaceSession, cut: Cut) -> UUID | None:
    """Whose figures they are: of a person those of their own team, whichever is named beside them."""
    if cut.member_id is None:
        return cut.team_id
    person = members_by_id(session, {cut.member_id}).get(cut.member_id)
    return person.team_id if person else None


def _splits(cut: Cut) -> Iterable[Split]:
    """By what something can be taken apart that is not of one of them already."""
    one = {Split.QUEUE: cut.queue_id, Split.CHANNEL: cut.channel, Split.TEAM: cut.team_id or cut.member_id}
    one[Split.MEMBER] = cut.member_id
    return (each for each in Split if not one.get(each))


def _own_team(session: WorkspaceSession, caller: Caller) -> UUID:
    """The team that the caller leads; of who leads every team their own."""
    names = {row.id: row.name for row in teams(session)}
    led = [grant.team_id for grant in caller.actor.grants if grant.role is Role.LEAD]
    mine = {team_id for team_id in led if team_id in names}
    if None in led and caller.actor.member_id:
        person = members_by_id(session, {caller.actor.member_id})[caller.actor.member_id]
        mine = {person.team_id} if person.team_id else set(names)
    if len(mine) != 1:
        raise WhichTeam({team_id: names[team_id] for team_id in sorted(mine, key=lambda each: names[each])})
    return mine.pop()


def _name(row_id: UUID, rows: Iterable[Queue | Team]) -> str | None:
    return next((row.name for row in rows if row.id == row_id), None)


def place_of(session: WorkspaceSession, caller: Caller, cut: Cut) -> Place:
    """The names of what a cut is of."""
    return Place(
        _name(cut.queue_id, queues(session)) if cut.queue_id else None,
        _name(cut.team_id, teams(session)) if cut.team_id else None,
        cut.channel,
        somebody(session, cut.member_id) if cut.member_id else None,
        cut.member_id is not None and cut.member_id == caller.actor.member_id,
    )
