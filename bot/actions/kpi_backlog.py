"""Which cases were open when a day ended: looked up anew each time, as what came back was open in between."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from bot.domain.cases import Kind
from bot.domain.kpi import Cut
from bot.domain.kpi_cases import was_open
from storage.db import WorkspaceSession
from storage.kpi_cases import CaseTimes, open_at
from storage.sla import events_of_cases
from storage.tables import CaseEvent

STATES = (Kind.OPENED, Kind.STATE)


def open_cases(session: WorkspaceSession, at: datetime, cut: Cut) -> list[CaseTimes]:
    """Those of a cut that were open at an instant."""
    found = open_at(session, at, cut)
    return list(opened(found, events_of_cases(session, came_back(found), STATES), at))


def came_back(cases: Iterable[CaseTimes]) -> list[UUID]:
    """Of which only their events say when they were open."""
    return [each.id for each in cases if each.reopened]


def opened(
    cases: Iterable[CaseTimes], events: Mapping[UUID, Sequence[CaseEvent]], at: datetime
) -> Iterator[CaseTimes]:
    """Those of the cases that were open at an instant."""
    for each in cases:
        may_be = each.opened_at < at and (each.solved_at is None or each.solved_at >= at)
        if may_be and (not each.reopened or was_open(events.get(each.id, ()), at)):
            yield each
