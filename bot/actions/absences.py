"""Somebody is away, and comes back: their work is left to nobody, and given back where nobody has taken it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.actions.absences_begun import begun, show_begun
from bot.actions.absences_cards import BACK, CALL, CARD, OWN, key_of, say, show, show_own
from bot.actions.absences_holes import holes_of
from bot.actions.absences_lanes import lanes_of
from bot.actions.absences_work import give_back_again, keep, pass_on, release
from bot.actions.cases_handover import at_risk
from bot.actions.cases_handover_back import end_by_clock, give_back_cases, to_end
from bot.actions.contact import kept_until, look_again
from bot.actions.outbox import touch
from bot.actions.people import Caller
from bot.actions.record import record
from bot.actions.release import give_up_parts
from bot.deps import Deps
from bot.domain import absences as domain
from bot.domain.absences import LAST_CALL, REGRET, Kind, NotAway, State
from bot.domain.cases_handover_shown import GivenBack
from bot.domain.intervals import Interval, merge, subtract
from bot.domain.permissions import CLOCK, Actor, Deed
from storage.absences import absence, absences_ahead, absences_due
from storage.db import WorkspaceSession
from storage.outbox import Priority, message_of_key
from storage.people import member
from storage.swaps import form_result, remember_form
from storage.tables import Absence, Assignment, Member


class OverAlready(Exception):
    """All of it lies in the past."""


class AlreadyAway(Exception):
    """They are away for all of it already, ``until`` then."""

    def __init__(self, until: datetime) -> None:
        super().__init__("away already")
        self.until = until


@dataclass(frozen=True, slots=True)
class Report:
    """Somebody is away; ``whom`` by member id, None: the caller."""

    nonce: UUID
    kind: Kind
    interval: Interval
    whom: UUID | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """Somebody is back: so many parts of shifts are theirs again. ``before``: nothing was released yet."""

    given: int
    before: bool


def report(deps: Deps, caller: Caller, wanted: Report) -> UUID:
    """Notes it; a little later their work is left to nobody. The id, also where the form was sent before.

    Raises ``NotPermitted``, ``OverAlready`` and ``AlreadyAway``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        if known := form_result(session, wanted.nonce):
            return known
        now, person = deps.clock(), _whom(session, caller, wanted.whom)
        if wanted.interval.end <= now:
            raise OverAlready
        known_away = [Interval(row.start, row.end) for row in absences_ahead(session, now, person.id)]
        if not subtract(wanted.interval, known_away):
            raise AlreadyAway(max(each.end for each in merge(known_away) if each.overlaps(wanted.interval)))
        row = _note(session, deps, caller.actor, person.id, wanted.kind, wanted.interval)
        remember_form(session, wanted.nonce, row.id, now)
        if row.reported_by_id:
            show_own(session, deps, row)
        return row.id


def put_away(
    session: WorkspaceSession, deps: Deps, actor: Actor, member_id: UUID, kind: Kind, interval: Interval
) -> None:
    """Nobody works what is somebody's, at once and by another's word; whose action has asked whether they may."""
    row = _note(session, deps, actor, member_id, kind, interval)
    _begin(session, deps, actor, row)
    show_own(session, deps, row)


def come_back(deps: Deps, caller: Caller, absence_id: UUID) -> Returned:
    """They are back, or never were away. Raises ``NotPermitted`` and ``NotAway``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = absence(session, absence_id)
        if row is None or row.kind == Kind.TIME_OFF:
            raise NotAway
        _whom(session, caller, row.member_id)
        return _end(session, deps, caller.actor, row)


def come_back_now(deps: Deps, caller: Caller, whom: UUID | None = None) -> Returned:
    """The same of all that has begun or, where nothing has, of all that is ahead. Raises the same."""
    with deps.sessions.write(caller.workspace_id) as session:
        person, now = _whom(session, caller, whom), deps.clock()
        rows = [row for row in absences_ahead(session, now, person.id) if row.kind != Kind.TIME_OFF]
        ended = [
            _end(session, deps, caller.actor, row) for row in [each for each in rows if each.start <= now] or rows
        ]
        if not ended:
            raise NotAway
        return Returned(sum(each.given for each in ended), all(each.before for each in ended))


def turn(deps: Deps, workspace_id: str) -> None:
    """Puts in force what nobody has taken back, and tells again of what nobody works that begins soon.

    Whoever works again after an absence has their cases again. Writes only where there is something to do.
    """
    CLOCK.require(Deed.TURN_ABSENCE)
    now = deps.clock()
    with deps.sessions.read(workspace_id) as session:
        due = [row.id for row in absences_due(session, now - REGRET)]
        calls = [row.id for row, _ in _to_call(session, now)]
        starts = begun(session, now)
        over = to_end(session, now)
    for absence_id in due:
        with deps.sessions.write(workspace_id) as session:
            _put_in_force(session, deps, absence_id)
    if calls:
        with deps.sessions.write(workspace_id) as session:
            for row, hole in _to_call(session, now):
                _call(session, deps, row, hole)
    if starts:
        with deps.sessions.write(workspace_id) as session:
            for row in begun(session, now):
                show_begun(session, deps, row)
    if over:
        with deps.sessions.write(workspace_id) as session:
            end_by_clock(session, deps, CLOCK)


def _whom(session: WorkspaceSession, caller: Caller, whom: UUID | None) -> Member:
    """Raises ``NotPermitted`` where the caller may not say that they are away."""
    member_id = whom or caller.actor.member_id
    person = member(session, member_id) if member_id else None
    caller.actor.require(
        Deed.REPORT_ABSENCE, of=person.id if person else None, team=person.team_id if person else None
    )
    assert person
    return person


def _put_in_force(session: WorkspaceSession, deps: Deps, absence_id: UUID) -> None:
    row = absence(session, absence_id)
    # Another process may have been here since, or they have taken it back.
    if row is None or row.state != State.REPORTED:
        return
    domain.put_in_force(_life(row), deps.clock())
    _begin(session, deps, CLOCK, row)


def _note(
    session: WorkspaceSession, deps: Deps, actor: Actor, member_id: UUID, kind: Kind, interval: Interval
) -> Absence:
    row = Absence(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        member_id=member_id,
        start=interval.start,
        end=interval.end,
        kind=kind,
        state=State.REPORTED,
        reported_by_id=None if member_id == actor.member_id else actor.member_id,
        reported_at=deps.clock(),
        work=[],
        accepted=[],
    )
    session.add(row)
    session.flush()
    after = {"kind": row.kind, "start": row.start.isoformat(), "end": row.end.isoformat()}
    record(session, deps, actor, "absence.report", ("member", member_id), None, after)
    return row


def _begin(session: WorkspaceSession, deps: Deps, actor: Actor, row: Absence) -> None:
    row.state, row.in_force_at = State.IN_FORCE, deps.clock()
    session.flush()
    give_up_parts(session, deps, actor, row.member_id, Interval(row.start, row.end))
    keep(session, deps, row, release(session, deps, actor, row))
    if row.work or at_risk(session, row, deps.clock()):
        show(session, deps, row)
    record(session, deps, actor, "absence.begin", ("member", row.member_id), None, {"shifts": len(row.work)})
    touch(session, deps, OWN, row.id)


def _end(session: WorkspaceSession, deps: Deps, actor: Actor, row: Absence) -> Returned:
    now, before = deps.clock(), row.state == State.REPORTED
    life, kept = domain.come_back(_life(row), now), kept_until(session, row.member_id, now)
    row.state, row.end, row.ended_at = life.state, life.interval.end, now
    session.flush()
    look_again(session, deps, row.member_id, kept)
    pass_on(session, deps, row)
    given = give_back_again(session, deps, actor, row)
    cases = give_back_cases(session, deps, actor, row)
    record(session, deps, actor, "absence.end", ("member", row.member_id), None, {"shifts": given})
    for card in (CARD, OWN):
        touch(session, deps, card, row.id)
    if row.work or cases != GivenBack():
        facts = {"given": given, "again": cases.again, "stay": cases.stay, "wait": cases.wait}
        say(session, deps, row, BACK, "back", facts)
    return Returned(given, before)


def _to_call(session: WorkspaceSession, now: datetime) -> list[tuple[Absence, Assignment]]:
    """What nobody works, begins soon, was known before that, and nobody was told of again."""
    rows = [
        row
        for row in absences_ahead(session, now, states=[State.IN_FORCE])
        if row.in_force_at and row.start <= now + LAST_CALL
    ]
    return [
        (row, hole)
        for row in rows
        for hole in holes_of(session, row, now)
        if row.in_force_at and row.in_force_at <= hole.start - LAST_CALL <= now < hole.start
        if not _was_called(session, row, hole, now)
    ]


def _was_called(session: WorkspaceSession, row: Absence, hole: Assignment, now: datetime) -> bool:
    return any(message_of_key(session, f"{key_of(row, lane)}:{hole.id}") for lane in lanes_of(session, row, now))


def _call(session: WorkspaceSession, deps: Deps, row: Absence, hole: Assignment) -> None:
    show(session, deps, row)  # who answers for the floor at this hour may be somebody else
    say(session, deps, row, CALL, str(hole.id), {"assignment": str(hole.id)}, Priority.PRESS)


def _life(row: Absence) -> domain.Absence:
    return domain.Absence(Interval(row.start, row.end), row.reported_at, State(row.state))
