"""Whoever is back has their cases again about which nobody has done anything."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bot.actions.cases_away import ABSENCE_CARD
from bot.actions.cases_handover import back_at, give
from bot.actions.cases_handover_news import tell_back
from bot.actions.outbox import touch
from bot.deps import Deps
from bot.domain.absences import State
from bot.domain.cases import LIVE
from bot.domain.cases_handover import goes_back, holder
from bot.domain.cases_handover_shown import GivenBack
from bot.domain.permissions import Actor
from storage.absences import absences_ahead
from storage.cases import cases_by_id
from storage.cases_handover import absences_to_end, done_since, handed_on, handovers_of
from storage.db import WorkspaceSession
from storage.people import member
from storage.tables import Absence, Case, CaseHandover


def give_back_cases(session: WorkspaceSession, deps: Deps, actor: Actor, row: Absence) -> GivenBack:
    """They are back: what nobody has touched since is theirs again; those who had it are told.

    While they are away for something else, it stays handed over for that; who says in the evening that they are
    back has it again when they next work.
    """
    open_ones = [each for each in handovers_of(session, row.id) if each.ended_at is None]
    person = member(session, row.member_id)
    if not open_ones or person is None:
        return GivenBack()
    if other := _goes_on(session, deps, row):
        _pass_on(session, open_ones, other)
        return GivenBack()
    if row.state == State.ENDED and back_at(session, row) > deps.clock():
        return GivenBack(wait=len(open_ones))
    again: defaultdict[UUID, list[Case]] = defaultdict(list)
    untouched = _untouched(session, open_ones) if person.deactivated_at is None else {}
    for each in open_ones:
        each.ended_at, case = deps.clock(), untouched.get(each.case_id)
        if case and case.owner_id:
            each.given_back = True
            again[case.owner_id].append(case)
            give(session, deps, actor, case, row.member_id)
    session.flush()
    tell_back(session, deps, row, again)
    touch(session, deps, ABSENCE_CARD, row.id)
    number = sum(map(len, again.values()))
    return GivenBack(number, len(open_ones) - number)


def end_by_clock(session: WorkspaceSession, deps: Deps, actor: Actor) -> None:
    """Gives back what was handed over for absences that are over, once their owners work again."""
    for row in to_end(session, deps.clock()):
        give_back_cases(session, deps, actor, row)


def to_end(session: WorkspaceSession, now: datetime) -> list[Absence]:
    """The absences that are over, of people who work again, for which others still have cases."""
    return [row for row in absences_to_end(session, now) if back_at(session, row) <= now]


def _untouched(session: WorkspaceSession, rows: Sequence[CaseHandover]) -> dict[UUID, Case]:
    """Those of the cases about which nobody has done anything, and which are where they were handed over to."""
    since, onward = done_since(session, rows), handed_on(session, rows)
    cases = cases_by_id(session, [each.case_id for each in rows])
    return {
        case.id: case
        for each in rows
        if (case := cases[each.case_id]).owner_id == holder(case.id, each.to_id, onward)
        if case.state in LIVE and case.external_gone_at is None and goes_back(since.get(case.id, ()))
    }


def _goes_on(session: WorkspaceSession, deps: Deps, row: Absence) -> Absence | None:
    """Another absence of theirs that has begun and is not over."""
    now = deps.clock()
    ahead = absences_ahead(session, now, row.member_id)
    return next((each for each in ahead if each.id != row.id and each.start <= now), None)


def _pass_on(session: WorkspaceSession, rows: Sequence[CaseHandover], other: Absence) -> None:
    known = {each.case_id for each in handovers_of(session, other.id)}
    for each in rows:
        if each.case_id not in known:
            each.absence_id = other.id
    session.flush()
