"""Key figures of cases and escalations: opened, solved, judged, in time, and what was open when a day ended."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from bot.actions.kpi_backlog import opened
from bot.actions.settings import preferences
from bot.actions.sla import KINDS
from bot.actions.sla_policy import Policies
from bot.domain.escalations import EtaState
from bot.domain.kpi import Cut, Measure
from bot.domain.kpi_cases import first_solved, rounds, was_first_contact
from bot.domain.kpi_facts import NOWHERE, Days, Tally
from bot.domain.kpi_reckon import published_on
from bot.domain.sla import Mode
from bot.domain.sla_policy import Metric
from bot.domain.wallclock import local_date
from storage.db import WorkspaceSession
from storage.kpi_cases import (
    CaseTimes,
    cases_touching,
    clocks_due,
    escalations_asked,
    etas_due,
    first_asked,
    first_opened,
)
from storage.people import members
from storage.sla import events_of_cases
from storage.tables import CaseEvent

_GOOD = "good"
_CLOCKS = {Metric.FIRST_REPLY: Measure.SLA_FIRST_REPLY, Metric.RESOLUTION: Measure.SLA_RESOLUTION}


class _Placed(Protocol):
    @property
    def queue_id(self) -> UUID | None: ...
    @property
    def channel(self) -> str | None: ...
    @property
    def owner_id(self) -> UUID | None: ...


class _Places:
    """Where cases belong, with the team of whoever they are of."""

    def __init__(self, session: WorkspaceSession) -> None:
        self._teams = {row.id: row.team_id for row in members(session)}

    def of(self, case: _Placed) -> Cut:
        team_id = self._teams.get(case.owner_id) if case.owner_id else None
        return Cut(case.queue_id, team_id, case.channel, case.owner_id)


def cases(session: WorkspaceSession, days: Days, tally: Tally) -> None:
    """What is known of cases."""
    first = first_opened(session)
    if first is None:
        return
    places, every = _Places(session), cases_touching(session, days.within.start, days.within.end)
    events = _events(session, every)
    for day, _ in days.ends():
        if day >= local_date(first, days.zone):
            _nothing_yet(day, tally)
    _counts(every, places, days, tally)
    for day, end in days.ends():
        for each in opened(every, events, end):
            tally.add(day, Measure.BACKLOG, places.of(each), 1)
    _first_contact(session, every, events, places, days, tally)
    _clocks(session, every, events, places, days, tally)


def escalations(session: WorkspaceSession, days: Days, tally: Tally) -> None:
    """What other departments were asked, and what they had promised."""
    first = first_asked(session)
    if first is None:
        return
    places, within = _Places(session), days.within
    for day in (day for day, _ in days.ends() if day >= days.of(first)):
        tally.add(day, Measure.ESCALATED, NOWHERE, 0)
        tally.add(day, Measure.ETA_KEPT, NOWHERE, 0, 0)
    for case, asked_at in escalations_asked(session, within.start, within.end):
        tally.add(days.of(asked_at), Measure.ESCALATED, places.of(case), 1)
    for case, eta_at, state in etas_due(session, within.start, within.end):
        # What was replaced before its time fell due never did.
        if state != EtaState.TAKEN_BACK and days.has(eta_at):
            tally.add(days.of(eta_at), Measure.ETA_KEPT, places.of(case), state == EtaState.KEPT, 1)


def _nothing_yet(day: date, tally: Tally) -> None:
    """That nothing happened on a day is something that is known of it."""
    for measure in (Measure.OPENED, Measure.SOLVED, Measure.BACKLOG):
        tally.add(day, measure, NOWHERE, 0)
    for measure in (*_CLOCKS.values(), Measure.SLA_NEXT_REPLY, Measure.CSAT):
        tally.add(day, measure, NOWHERE, 0, 0)


def _events(session: WorkspaceSession, every: Iterable[CaseTimes]) -> dict[UUID, list[CaseEvent]]:
    """Of those cases of which the rows do not say enough."""
    wanted = [each.id for each in every]
    return events_of_cases(session, wanted, KINDS)


def _counts(every: Iterable[CaseTimes], places: _Places, days: Days, tally: Tally) -> None:
    for each in every:
        cut = places.of(each)
        if days.has(each.opened_at):
            tally.add(days.of(each.opened_at), Measure.OPENED, cut, 1)
        if each.solved_at and days.has(each.solved_at):
            tally.add(days.of(each.solved_at), Measure.SOLVED, cut, 1)
        if each.satisfaction and each.satisfied_at and days.has(each.satisfied_at):
            tally.add(days.of(each.satisfied_at), Measure.CSAT, cut, each.satisfaction == _GOOD, 1)


def _first_contact(
    session: WorkspaceSession,
    every: Iterable[CaseTimes],
    events: Mapping[UUID, Sequence[CaseEvent]],
    places: _Places,
    days: Days,
    tally: Tally,
) -> None:
    """Only of days whose window is over."""
    window = preferences(session).kpi_fcr_days
    over: set[date] = {day for day in days.span.days() if published_on(day, window) <= days.today}
    for each in every:
        mine = events.get(each.id, ())
        solved_at = first_solved(mine) if each.reopened else each.solved_at
        if solved_at and days.has(solved_at) and days.of(solved_at) in over:
            at_once = was_first_contact(mine, solved_at, timedelta(days=window))
            tally.add(days.of(solved_at), Measure.FCR, places.of(each), at_once, 1)


def _clocks(
    session: WorkspaceSession,
    every: Sequence[CaseTimes],
    events: Mapping[UUID, Sequence[CaseEvent]],
    places: _Places,
    days: Days,
    tally: Tally,
) -> None:
    """What fell due, be it met, late, or open and overdue."""
    for case, metric, due_at, state in clocks_due(session, days.within.start, days.within.end, list(_CLOCKS)):
        if days.has(due_at):
            tally.add(days.of(due_at), _CLOCKS[Metric(metric)], places.of(case), state == Mode.MET, 1)
    policies = Policies(session)
    for each in every:
        if each.waited:
            for one in rounds(events.get(each.id, ()), policies.terms, days.now):
                if days.has(one.due_at):
                    tally.add(days.of(one.due_at), Measure.SLA_NEXT_REPLY, places.of(each), one.met, 1)
