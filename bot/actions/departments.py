"""Departments outside support: their hours, zone, lead and channel."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.channels import trouble_with
from bot.actions.people import Caller, UnknownPerson, find_person, somebody
from bot.actions.record import record
from bot.actions.settings import preferences
from bot.actions.sla_policy import calendar_for
from bot.deps import Deps
from bot.domain.availability import as_documents, from_documents
from bot.domain.channels import BadChannels
from bot.domain.desks import DeskHours, DeskShown, DeskWanted, UnknownDepartment
from bot.domain.matrix import Rung
from bot.domain.permissions import Deed, Role
from bot.domain.shifts import Somebody
from bot.domain.sla_policy import read_business_hours
from storage.db import WorkspaceSession
from storage.matrix import contacts, department, desk, desks
from storage.people import departments, holders, member
from storage.tables import Department, DepartmentDesk

# What the audit calls it, and the name of the field that a channel stands in.
KIND, CHANNEL = "department", "departments.channel"


def hours_of(session: WorkspaceSession, department_id: UUID) -> DeskHours:
    """A department's own hours or, where nobody has said, the workspace's; holidays are the workspace's."""
    row = desk(session, department_id)
    preferred = preferences(session)
    usual, usual_zone = read_business_hours(preferred.business_hours)
    windows = from_documents(row.hours if row else None) or usual
    zone = (row.time_zone if row else None) or usual_zone or preferred.time_zone
    calendar = calendar_for(windows, zone, preferred.holidays or "", preferred.own_holidays or "")
    return DeskHours(calendar, ZoneInfo(zone))


def lead_of(session: WorkspaceSession, department_id: UUID) -> Somebody | None:
    """Who leads a department, if they are there and still of it."""
    row = desk(session, department_id)
    found = member(session, row.lead_id) if row and row.lead_id else None
    there = found and found.department_id == department_id and not found.deactivated_at
    return somebody(session, found.id) if found and there else None


def rungs_of(session: WorkspaceSession, department_id: UUID) -> frozenset[Rung]:
    """On which rungs above its contacts there is anybody."""
    found = {Rung.COORDINATOR}
    if lead_of(session, department_id):
        found.add(Rung.LEAD)
    if holders(session, Role.MANAGER):
        found.add(Rung.MANAGER)
    return frozenset(found)


def shown_desks(deps: Deps, caller: Caller) -> tuple[DeskShown, ...]:
    """Every department, by name. Raises ``NotPermitted``."""
    caller.actor.require(Deed.CHANGE_MATRIX)
    with deps.sessions.read(caller.workspace_id) as session:
        rows = desks(session)
        return tuple(_shown(session, each, rows.get(each.id)) for each in departments(session))


def shown_desk(deps: Deps, caller: Caller, department_id: UUID) -> DeskShown:
    """One of them. Raises ``NotPermitted`` and ``UnknownDepartment``."""
    caller.actor.require(Deed.CHANGE_MATRIX)
    with deps.sessions.read(caller.workspace_id) as session:
        return _shown(session, _department(session, department_id), desk(session, department_id))


def change_desk(deps: Deps, caller: Caller, wanted: DeskWanted) -> DeskShown:
    """Has a department be reached so; what already runs keeps its deadlines.

    Raises ``NotPermitted``, ``UnknownDepartment``, ``UnknownPerson`` for a lead who is not of it, and
    ``BadChannels``.
    """
    caller.actor.require(Deed.CHANGE_MATRIX)
    trouble = trouble_with(deps, wanted.channel) if wanted.channel else None
    if trouble:
        raise BadChannels({CHANNEL: trouble})
    lead = find_person(deps, caller.workspace_id, wanted.lead) if wanted.lead else None
    with deps.sessions.write(caller.workspace_id) as session:
        found = _department(session, wanted.department_id)
        if lead and lead.department_id != found.id:
            raise UnknownPerson
        row = desk(session, found.id)
        if row is None:
            row = DepartmentDesk(workspace_id=session.workspace_id, department_id=found.id)
            session.add(row)
        before = _document(found, row)
        found.channel, row.time_zone = wanted.channel, wanted.zone
        row.hours = as_documents(wanted.hours) if wanted.hours else None
        row.lead_id = lead.id if lead else None
        after = _document(found, row)
        session.flush()
        if changed := [key for key in after if before[key] != after[key]]:
            old, new = ({key: each[key] for key in changed} for each in (before, after))
            record(session, deps, caller.actor, "department.change", (KIND, found.id), old, new)
        return _shown(session, found, row)


def names_of(session: WorkspaceSession) -> dict[UUID, str]:
    """The departments, by name."""
    return {row.id: row.name for row in departments(session)}


def _department(session: WorkspaceSession, department_id: UUID) -> Department:
    found = department(session, department_id)
    if found is None:
        raise UnknownDepartment
    return found


def _shown(session: WorkspaceSession, found: Department, row: DepartmentDesk | None) -> DeskShown:
    return DeskShown(
        found.id,
        found.name,
        found.channel,
        from_documents(row.hours) if row else None,
        row.time_zone if row else None,
        somebody(session, row.lead_id) if row and row.lead_id else None,
        tuple(somebody(session, each.id) for each in contacts(session, found.id)),
    )


def _document(found: Department, row: DepartmentDesk) -> dict[str, Any]:
    lead = str(row.lead_id) if row.lead_id else None
    return {"channel": found.channel, "hours": row.hours, "time_zone": row.time_zone, "lead_id": lead}
