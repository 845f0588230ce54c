"""Cases of who is away go to who is there."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.cases_away import ABSENCE_CARD
from bot.actions.cases_demand import Demand, horizon
from bot.actions.cases_handover_news import tell_taken
from bot.actions.cases_lists import lines_of
from bot.actions.cases_turn import happen
from bot.actions.outbox import touch
from bot.actions.people import Caller, somebody
from bot.deps import Deps
from bot.domain.absences import LIVE as AWAY
from bot.domain.absences import NotAway
from bot.domain.cases import By, Happening, Kind
from bot.domain.cases_assign import Suggestion, share_out, suggest
from bot.domain.cases_handover import ABSENCE, is_at_risk
from bot.domain.cases_handover_shown import AtRisk, CasesAway, Handed, Reassigned
from bot.domain.cases_lists import CaseLine
from bot.domain.intervals import Interval, subtract
from bot.domain.permissions import Actor, Deed
from storage.absences import absence, absences_of
from storage.cases import cases_by_id, newest_event
from storage.cases_handover import handover, handovers_of
from storage.cases_lists import due_before
from storage.db import WorkspaceSession
from storage.shifts import worked
from storage.tables import Absence, Case, CaseHandover

MOST_SHOWN = 8
# So many are given to others by one press: everybody else who writes waits meanwhile.
MOST_AT_ONCE = 50
# So far ahead it is looked when somebody works again.
_BACK_WITHIN = timedelta(days=21)


class NotAtRisk(Exception):
    """It is somebody else's by now, or nothing of it is urgent any more."""


class NotThere(Exception):
    """They have left, or are not there in time any more, having called in sick themselves."""


def load_cases(session: WorkspaceSession, row: Absence, now: datetime) -> CasesAway:
    """What of theirs cannot wait, each with who could see to it, and what others have of it already."""
    cases = at_risk(session, row, now)
    some = cases[:MOST_SHOWN]
    # The first to be due is given first, so those behind it change nothing.
    proposed = _proposed(session, row, some, now)
    given = handovers_of(session, row.id)
    cases_given = cases_by_id(session, [each.case_id for each in given])
    return CasesAway(
        tuple(
            _at_risk(session, line, proposed[each.id])
            for line, each in zip(lines_of(session, some), some, strict=True)
        ),
        len(cases) - len(some),
        tuple(
            Handed(line, somebody(session, each.to_id), each.given_back)
            for line, each in zip(
                lines_of(session, [cases_given[each.case_id] for each in given]), given, strict=True
            )
        ),
    )


def at_risk(session: WorkspaceSession, row: Absence, now: datetime) -> list[Case]:
    """Their cases that are due while they are away, or before they are back at work; the first due first."""
    if row.state not in AWAY or row.end <= now:
        return []
    rows = due_before(session, row.member_id, row.end + _BACK_WITHIN)
    if not rows:
        return []
    away, back = Interval(row.start, row.end), back_at(session, row)
    return [each for each in rows if is_at_risk(each.due_at, away, back, now)]


def reassign_one(deps: Deps, caller: Caller, absence_id: UUID, case_id: UUID, to: UUID) -> Reassigned:
    """Gives one of these cases to who was proposed.

    Raises ``NotPermitted``, ``NotAway``, ``NotAtRisk`` and ``NotThere``.
    """
    caller.actor.require(Deed.ASSIGN_CASES)
    with deps.sessions.write(caller.workspace_id) as session:
        row, now = _away(session, absence_id), deps.clock()
        found = next((each for each in at_risk(session, row, now) if each.id == case_id), None)
        if found is None:
            raise NotAtRisk
        if all(each.person_id != to for each in _able(session, row, found, now)):
            raise NotThere
        return _hand_over(session, deps, caller, row, [(found, to)])


def reassign_all(deps: Deps, caller: Caller, absence_id: UUID) -> Reassigned:
    """Gives each of them, so many at once, to whoever could see to it best now, the first due first.

    Raises ``NotPermitted`` and ``NotAway``.
    """
    caller.actor.require(Deed.ASSIGN_CASES)
    with deps.sessions.write(caller.workspace_id) as session:
        row, now = _away(session, absence_id), deps.clock()
        cases = at_risk(session, row, now)
        proposed = _proposed(session, row, cases, now)
        able = [(each, best.person_id) for each in cases if (best := proposed[each.id])]
        given = able[:MOST_AT_ONCE]
        return _hand_over(
            session, deps, caller, row, given, left=len(cases) - len(able), more=len(able) - len(given)
        )


def look_again(deps: Deps, caller: Caller, absence_id: UUID) -> None:
    """Has the card shown anew on which something stood that holds no longer."""
    with deps.sessions.write(caller.workspace_id) as session:
        touch(session, deps, ABSENCE_CARD, absence_id)


def _away(session: WorkspaceSession, absence_id: UUID) -> Absence:
    row = absence(session, absence_id)
    if row is None or row.state not in AWAY:
        raise NotAway
    return row


def back_at(session: WorkspaceSession, row: Absence) -> datetime:
    """When they work again, away for nothing else; where no work is planned for them, when the absence ends."""
    within = Interval(row.end, row.end + _BACK_WITHIN)
    away = absences_of(session, [row.member_id], within).get(row.member_id, ())
    for each in worked(session, within.start, within.end, row.member_id):
        work = Interval(each.start, each.end).intersection(within)
        if work and (free := subtract(work, away)):
            return free[0].start
    return row.end


def _able(session: WorkspaceSession, row: Absence, case: Case, now: datetime) -> tuple[Suggestion, ...]:
    at, demand = max(now, row.start), Demand(session)
    return suggest(demand.of(case, at), demand.candidates(at, horizon(at, [case.due_at]), [row.member_id]))


def _proposed(
    session: WorkspaceSession, row: Absence, cases: Sequence[Case], now: datetime
) -> dict[UUID, Suggestion | None]:
    if not cases:
        return {}
    at = max(now, row.start)
    demand = Demand(session)
    people = demand.candidates(at, horizon(at, [each.due_at for each in cases]), [row.member_id])
    return share_out([(each.id, demand.of(each, at)) for each in cases], people)


def _at_risk(session: WorkspaceSession, line: CaseLine, best: Suggestion | None) -> AtRisk:
    return AtRisk(line, somebody(session, best.person_id) if best else None, best)


def _hand_over(
    session: WorkspaceSession,
    deps: Deps,
    caller: Caller,
    row: Absence,
    given: Sequence[tuple[Case, UUID]],
    *,
    left: int = 0,
    more: int = 0,
) -> Reassigned:
    taken: defaultdict[UUID, list[Case]] = defaultdict(list)
    for case, to in given:
        give(session, deps, caller.actor, case, to)
        _note(session, deps, row, case, to)
        taken[to].append(case)
    session.flush()
    tell_taken(session, deps, row, taken, but=caller.actor.member_id)
    touch(session, deps, ABSENCE_CARD, row.id)
    return Reassigned(tuple((case.number, somebody(session, to)) for case, to in given), left, more)


def give(session: WorkspaceSession, deps: Deps, actor: Actor, case: Case, to: UUID) -> None:
    """It is theirs now because somebody is away, or back."""
    by = By.MEMBER if actor.member_id else By.CLOCK
    data = {"owner": str(to), "because": ABSENCE}
    happen(session, deps, actor, case, Happening(Kind.OWNER, data, by, actor.member_id))


def _note(session: WorkspaceSession, deps: Deps, row: Absence, case: Case, to: UUID) -> None:
    """One that was given back before, and is handed over again, is noted as if it were the first time."""
    event = newest_event(session, case.id)
    assert event
    found = handover(session, row.id, case.id)
    if found is None:
        found = CaseHandover(workspace_id=session.workspace_id, absence_id=row.id, case_id=case.id)
        session.add(found)
    found.to_id, found.number, found.handed_at = to, event.number, deps.clock()
    found.ended_at, found.given_back = None, False
