"""Looks up who changed what, as far as the caller may know it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement

from bot.actions.imports_list import edited_by_hand
from bot.actions.limits import CHANGE as LIMITS_CHANGE
from bot.actions.looks import note_look
from bot.actions.people import Caller, find_person
from bot.actions.shifts_import import EDIT
from bot.deps import Deps
from bot.domain.audit import AuditLine, AuditPage, Topic
from bot.domain.permissions import Deed, NotPermitted
from bot.domain.shifts import ShiftChange, Somebody
from storage.audit import audit_lines, concerns, count_lines, is_number, last_numbers
from storage.db import WorkspaceSession
from storage.people import departments, members, teams
from storage.shifts import queues
from storage.tables import Audit, Member

# Lines of one page: readable in one go, and each may be long enough to need a paragraph of its own.
PAGE = 25
READ = "audit.read"
# What is numbered from the start; other kinds show as soon as there is one of them, or it is asked for.
_KINDS = ("import", "swap")
_ASKED_FOR = frozenset({"case", "escalation", "exception", "hand up"})


class UnknownNumber(Exception):
    """There is nothing of that kind and number; ``newest`` are the last numbers by kind, 0 where there is none."""

    def __init__(self, newest: Mapping[str, int]) -> None:
        super().__init__("nothing has that number")
        self.newest = newest


def latest_changes(deps: Deps, caller: Caller, until: datetime, page: int) -> AuditPage:
    """What was changed up to an instant, as far as it concerns people whose audit the caller may read."""
    with deps.sessions.read(caller.workspace_id) as session:
        return _page(session, caller, Topic(), _permitted(session, caller), until, page)


def audit_of_number(
    deps: Deps, caller: Caller, kind: str, number: int | None, until: datetime, page: int
) -> AuditPage:
    """What was done to a numbered thing, such as swap 14. Raises ``UnknownNumber`` and ``NotPermitted``."""
    with deps.sessions.read(caller.workspace_id) as session:
        newest = dict.fromkeys((*_KINDS, *_ASKED_FOR & {kind}), 0) | last_numbers(session)
        if number is None or not 0 < number <= newest.get(kind, 0):
            raise UnknownNumber(newest)
        which = [is_number(kind, number), *_permitted(session, caller)]
        found = _page(session, caller, Topic(kind, number), which, until, page)
    if not found.lines:
        caller.actor.require(Deed.READ_AUDIT)
    return found


def audit_of_person(deps: Deps, caller: Caller, slack_id: str, until: datetime, page: int) -> AuditPage:
    """What was changed about a person; that somebody else has looked is noted.

    Raises ``UnknownPerson`` and ``NotPermitted``.
    """
    member = find_person(deps, caller.workspace_id, slack_id)
    caller.actor.require(Deed.READ_AUDIT, of=member.id, team=member.team_id)
    if member.id != caller.actor.member_id:
        note_look(deps, caller, READ, member.id)
    with deps.sessions.read(caller.workspace_id) as session:
        which = [concerns(session, [member.id])]
        return _page(session, caller, Topic(person=_somebody(member)), which, until, page)


def _permitted(session: WorkspaceSession, caller: Caller) -> list[ColumnElement[bool]]:
    """What narrows the audit to the people whose audit the caller may read; nothing where it is everybody's."""
    if caller.actor.may(Deed.READ_AUDIT):
        return []
    may = caller.actor.may
    people = [each.id for each in members(session) if may(Deed.READ_AUDIT, of=each.id, team=each.team_id)]
    if not people:
        raise NotPermitted(Deed.READ_AUDIT)
    return [concerns(session, people)]


def _page(
    session: WorkspaceSession,
    caller: Caller,
    topic: Topic,
    which: list[ColumnElement[bool]],
    until: datetime,
    page: int,
) -> AuditPage:
    total = count_lines(session, *which, until=until)
    page = max(0, min(page, (total - 1) // PAGE))
    found = audit_lines(session, *which, until=until, skip=page * PAGE, limit=PAGE)
    people = {member.id: _somebody(member) for member in members(session)} if found else {}
    names = {str(each.member_id): each.name for each in people.values()}
    for rows in (teams(session), queues(session), departments(session)):
        names |= {str(row.id): row.name for row in rows}
    edited = _edited(session, found)
    lines = tuple(_line(row, people, topic.person, caller, edited.get(row.id, ())) for row in reversed(found))
    return AuditPage(topic, lines, page, total - page * PAGE - len(lines) + 1, total, names)


def _edited(session: WorkspaceSession, rows: Sequence[Audit]) -> Mapping[UUID, Sequence[ShiftChange]]:
    """What was done to shifts by hand, by line."""
    edits = {row.subject_id: row.id for row in rows if row.action == f"import.{EDIT}" and row.subject_id}
    found = edited_by_hand(session, edits.keys()) if edits else {}
    return {edits[entry_id]: done for entry_id, done in found.items()}


def _line(
    row: Audit,
    people: Mapping[UUID, Somebody],
    whose: Somebody | None,
    caller: Caller,
    edited: Sequence[ShiftChange],
) -> AuditLine:
    # Whoever may not see the limits of somebody reads no more than that they were changed.
    hidden = row.action == LIMITS_CHANGE and not caller.actor.may(Deed.SEE_LIMITS, of=row.subject_id)
    after = {} if hidden else dict(row.after or {})
    shifts = after.get("shifts", {}) if row.subject_kind == "import" else {}
    if not caller.actor.may(Deed.SEE_LIMITS):
        # It may be a limit of somebody's.
        after.pop("broken", None)
    return AuditLine(
        at=row.at,
        actor_kind=row.actor,
        actor=people.get(row.actor_id) if row.actor_id else None,
        action=row.action,
        subject_kind=row.subject_kind,
        number=row.number,
        subject=people.get(row.subject_id) if row.subject_id else None,
        before={} if hidden else row.before or {},
        after=after,
        edited=tuple(edited),
        whom=people.get(UUID(row.after["for"])) if row.after and "for" in row.after else None,
        whose=whose,
        subject_id=str(row.subject_id) if row.subject_id else None,
        shifts=shifts.get(str(whose.member_id), 0) if whose else 0,
    )


def _somebody(member: Member) -> Somebody:
    return Somebody(member.id, member.slack_name or member.name, member.slack_id)
