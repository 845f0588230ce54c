"""Looking at a case: how it stands, its clocks, what happened to it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from bot.actions import sla
from bot.actions.cases_named import named
from bot.actions.cases_parts import PARTS
from bot.actions.cases_turn import case_of, is_mirrored
from bot.actions.people import Caller, somebody
from bot.deps import Deps
from bot.domain.cases import Kind, Priority, State, UnknownCase
from bot.domain.cases_life import FIELDS, Standing, apply, begun, differences, is_change
from bot.domain.cases_named import CaseNamed
from bot.domain.cases_shown import CaseLog, CaseShown, LogLine
from bot.domain.permissions import Deed
from bot.domain.shifts import Somebody
from storage.cases import case, due_first, events_of, happening_of, search_cases
from storage.db import WorkspaceSession
from storage.imports import import_by_number
from storage.people import departments
from storage.shifts import queues
from storage.swaps import note_text
from storage.tables import Case, CaseEvent

# Lines of the log on the card, and on a page of it.
_LAST, _PAGE = 3, 10
_MOST_FOUND = 20


def look(deps: Deps, caller: Caller, wanted: str | UUID) -> CaseShown:
    """A case by its number, the helpdesk's number or its id. Raises ``NotPermitted`` and ``UnknownCase``."""
    caller.actor.require(Deed.SEE_CASES)
    with deps.sessions.read(caller.workspace_id) as session:
        return load_case(session, found_case(session, wanted), deps.clock())


def look_at_log(deps: Deps, caller: Caller, case_id: UUID, page: int) -> CaseLog:
    """A page of what happened to it, 0 the newest. Raises ``NotPermitted`` and ``UnknownCase``."""
    caller.actor.require(Deed.SEE_CASES)
    with deps.sessions.read(caller.workspace_id) as session:
        row = found_case(session, case_id)
        lines = _log(session, events_of(session, row.id))
        pages = max(1, -(-len(lines) // _PAGE))
        page = min(max(page, 0), pages - 1)
        return CaseLog(name_of(session, row), tuple(lines[page * _PAGE : (page + 1) * _PAGE]), page, pages)


def find(deps: Deps, caller: Caller, typed: str) -> list[CaseNamed]:
    """The cases that somebody may mean who types this: live ones, and whichever has that number."""
    caller.actor.require(Deed.SEE_CASES)
    with deps.sessions.read(caller.workspace_id) as session:
        return [name_of(session, row) for row in search_cases(session, typed, _MOST_FOUND)]


def only_case(deps: Deps, caller: Caller) -> CaseNamed | None:
    """The case that the caller means who names none: the only one that they have."""
    if caller.actor.member_id is None:
        return None
    with deps.sessions.read(caller.workspace_id) as session:
        rows, total = due_first(session, caller.actor.member_id, 1)
        return name_of(session, rows[0]) if total == 1 else None


def departments_of(deps: Deps, caller: Caller) -> tuple[tuple[UUID, str], ...]:
    """The departments that a case may wait for. Raises ``NotPermitted``."""
    caller.actor.require(Deed.SEE_CASES)
    with deps.sessions.read(caller.workspace_id) as session:
        return tuple((row.id, row.name) for row in departments(session))


def found_case(session: WorkspaceSession, wanted: str | UUID) -> Case:
    """A case by its number, the helpdesk's number or its id. Raises ``UnknownCase``."""
    row = case(session, wanted) if isinstance(wanted, UUID) else case_of(session, wanted)
    if row is None:
        raise UnknownCase(str(wanted))
    return row


def name_of(session: WorkspaceSession, row: Case) -> CaseNamed:
    """The case as others name it."""
    found = named(session, row.id)
    assert found
    return found


def load_case(session: WorkspaceSession, row: Case, now: datetime) -> CaseShown:
    """A case as it stands."""
    events = events_of(session, row.id)
    lines = _log(session, events)
    return CaseShown(
        row.id,
        name_of(session, row),
        State(row.state),
        Priority(row.priority),
        row.opened_at,
        now,
        mirrored=is_mirrored(session, row),
        customer=row.customer,
        tier=row.tier,
        language=row.language,
        channel=row.channel,
        category=row.category,
        tags=tuple(row.tags),
        queue=_names(queues(session)).get(row.queue_id),
        owner=somebody(session, row.owner_id) if row.owner_id else None,
        waits_on=_names(departments(session)).get(row.waits_on_id),
        gone_at=row.external_gone_at,
        solved_at=row.solved_at,
        closed_at=row.closed_at,
        due_at=row.due_at,
        snoozed_until=row.snoozed_until,
        reopened=row.reopened,
        satisfaction=row.satisfaction,
        clocks=sla.clocks_of(session, row, now),
        waits=sla.waits_of(session, row, now),
        log=tuple(lines[:_LAST]),
        events=len(lines),
        parts=tuple(part.load(session, row, now) for part in PARTS),
    )


def _log(session: WorkspaceSession, events: Sequence[CaseEvent]) -> list[LogLine]:
    """What happened, the newest first; what a helpdesk said that was so already is left out."""
    if not events:
        return []
    words = _Words(session)
    standing, found = begun(events[0].data, events[0].at), []
    for number, event in enumerate(events):
        happening = happening_of(event)
        after = apply(standing, happening, event.at) if number else standing
        if not number or happening.kind not in FIELDS or is_change(standing, after):
            found.append(words.line(event, standing, after))
        standing = after
    return found[::-1]


class _Words:
    """Names in place of ids, each looked up once."""

    def __init__(self, session: WorkspaceSession) -> None:
        self._session = session
        self._people: dict[UUID, Somebody] = {}
        self._imports: dict[int, str] = {}
        self._names = {
            "queue_id": _names(queues(session)),
            "waits_on_id": _names(departments(session)),
        }

    def line(self, event: CaseEvent, before: Standing, after: Standing) -> LogLine:
        was, became = (self._named(each) for each in differences(before, after))
        happening = happening_of(event)
        return LogLine(
            event.at,
            Kind(event.kind),
            happening.by,
            self._somebody(event.member_id) if event.member_id else None,
            event.data,
            was,
            became,
            note_text(self._session, event.note_id),
            self._files(event.data["import"]) if "import" in event.data else None,
        )

    def _named(self, values: dict[str, Any]) -> dict[str, Any]:
        found = dict(values)
        for field, names in self._names.items():
            if found.get(field):
                found[field] = names.get(UUID(found[field]))
        if found.get("owner_id"):
            found["owner_id"] = self._somebody(UUID(found["owner_id"]))
        return found

    def _files(self, number: int) -> str:
        if number not in self._imports:
            entry = import_by_number(self._session, number)
            self._imports[number] = entry.files if entry else ""
        return self._imports[number]

    def _somebody(self, member_id: UUID) -> Somebody:
        if member_id not in self._people:
            self._people[member_id] = somebody(self._session, member_id)
        return self._people[member_id]


def _names(rows: Iterable[Any]) -> dict[UUID | None, str]:
    return {row.id: row.name for row in rows}
