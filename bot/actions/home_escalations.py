"""Open questions to departments on somebody's Home."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from bot.actions.escalations_list import load_open, reader_of
from bot.actions.escalations_load import is_over
from bot.domain.chase_shown import is_late
from bot.domain.escalations import State
from bot.domain.home_escalations import OpenSeen
from bot.domain.permissions import Actor, Deed
from storage.chase import cases_of, live
from storage.db import WorkspaceSession
from storage.people import member
from storage.tables import Escalation

_MOST = 3


def open_seen(session: WorkspaceSession, actor: Actor) -> OpenSeen:
    """A contact sees their department's, who chases sees all, others what they have asked themselves."""
    if actor.member_id is None or not actor.may(Deed.SEE_ESCALATIONS):
        return OpenSeen()
    reader = reader_of(actor)
    person = member(session, actor.member_id) if reader.answers else None
    if reader.answers and (person is None or person.department_id is None):
        return OpenSeen()
    rows = [*live(session, person.department_id if person else None)]
    if reader.answers:
        rows = [each for each in rows if each.state != State.ANSWERED]
    elif not reader.chases:
        rows = [each for each in rows if each.asked_by_id == actor.member_id]
    over = {each for each, case in cases_of(session, rows).items() if is_over(case)}
    late = {each.id for each in rows if each.case_id not in over and _is_late(each)}
    ordered = sorted(rows, key=lambda each: (each.id not in late, each.severity, _until(each)))
    waits = [each for each in ordered if _waits_for(each, actor.member_id, over)][:_MOST]
    first = [each for each in ordered if each not in waits][:_MOST]
    shown = load_open(session, [*waits, *first])
    waiting, others = tuple(shown[: len(waits)]), tuple(shown[len(waits) :])
    return OpenSeen(others, len(rows), len(late), reader, waiting)


def _waits_for(row: Escalation, member_id: UUID, over: Collection[UUID]) -> bool:
    """Whether it is to be told more, or closed, by that member, who asked it."""
    waits = row.state in (State.NEEDS_INFO, State.ANSWERED) or row.case_id in over
    return waits and row.asked_by_id == member_id


def _is_late(row: Escalation) -> bool:
    return is_late(row.state, row.eta_at, row.missed_at, row.rung)


def _until(row: Escalation) -> datetime:
    return row.eta_at or row.own_by or row.asked_at
