"""Lists of cases: somebody's, a queue's, and how old all of them are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.actions.people import Caller, find_person, somebody
from bot.actions.routing import belongs, rules_of
from bot.deps import Deps
from bot.domain.cases import Priority, State
from bot.domain.cases_aging import aging
from bot.domain.cases_lists import (
    OLDEST,
    PAGE,
    ROWS,
    AgingShown,
    By,
    CaseLine,
    CasePage,
    QueueLine,
    Scope,
)
from bot.domain.permissions import Deed
from bot.domain.shifts import Somebody
from storage.cases_lists import counted, in_queues, number_of, oldest, page_of
from storage.db import WorkspaceSession
from storage.people import departments, members_by_id
from storage.shifts import queues
from storage.tables import Case


class UnknownQueue(Exception):
    """No queue is called so; ``names`` are those that there are."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__("unknown queue")
        self.names = tuple(names)


@dataclass(frozen=True, slots=True)
class _Names:
    people: Mapping[UUID, Somebody]
    queues: Mapping[UUID, str]
    departments: Mapping[UUID, str]


def cases_of(deps: Deps, caller: Caller, slack_id: str | None = None, page: int = 0) -> CasePage:
    """The caller's, or somebody's by Slack account. Raises ``NotPermitted`` and ``UnknownPerson``."""
    whose = find_person(deps, caller.workspace_id, slack_id).id if slack_id else caller.actor.member_id
    return listed(deps, caller, Scope(By.OWNER, whose), page)


def listed(deps: Deps, caller: Caller, scope: Scope, page: int = 0) -> CasePage:
    """A page of a list, the last one where there are no longer so many. Raises ``NotPermitted``."""
    caller.actor.require(Deed.SEE_CASES)
    now = deps.clock()
    with deps.sessions.read(caller.workspace_id) as session:
        total, late = number_of(session, scope, now)
        page = max(0, min(page, (total - 1) // PAGE))
        rows = page_of(session, scope, now, page * PAGE, PAGE)
        own = scope.by is By.OWNER and scope.of is not None and scope.of == caller.actor.member_id
        return CasePage(
            scope,
            _name(session, scope),
            own,
            page,
            total,
            late,
            lines_of(session, rows),
            now,
            _suggested(session, rows) if scope == Scope(By.QUEUE) else {},
        )


def queue_of(deps: Deps, caller: Caller, typed: str) -> Scope:
    """The queue that is called so, or begins so and no other does. Raises ``UnknownQueue``."""
    with deps.sessions.read(caller.workspace_id) as session:
        rows = queues(session)
    wanted = typed.strip().casefold()
    found = [row for row in rows if row.name.casefold() == wanted]
    found = found or [row for row in rows if row.name.casefold().startswith(wanted)]
    if len(found) != 1:
        raise UnknownQueue([row.name for row in rows])
    return Scope(By.QUEUE, found[0].id)


def every_queue(deps: Deps, caller: Caller) -> tuple[QueueLine, ...]:
    """How much is in each queue, and in none. Raises ``NotPermitted``."""
    caller.actor.require(Deed.SEE_CASES)
    with deps.sessions.read(caller.workspace_id) as session:
        return tuple(QueueLine(*row) for row in in_queues(session, deps.clock()))


def aging_report(deps: Deps, caller: Caller, page: int = 0) -> AgingShown:
    """How old all of them are and whose, with the oldest. Raises ``NotPermitted``."""
    caller.actor.require(Deed.SEE_CASES)
    now = deps.clock()
    with deps.sessions.read(caller.workspace_id) as session:
        report = aging(counted(session, now))
        page = max(0, min(page, (len(report.owners) - 1) // ROWS))
        on_page = [row.of for row in report.owners[page * ROWS : (page + 1) * ROWS] if row.of]
        return AgingShown(
            report,
            page,
            _people(session, on_page),
            {row.id: row.name for row in departments(session)},
            lines_of(session, oldest(session, OLDEST)),
            now,
        )


def lines_of(session: WorkspaceSession, rows: Sequence[Case]) -> tuple[CaseLine, ...]:
    """What a list says of each of these cases; names are read once for all."""
    names = _Names(
        _people(session, [row.owner_id for row in rows if row.owner_id]),
        {row.id: row.name for row in queues(session)},
        {row.id: row.name for row in departments(session)},
    )
    return tuple(_line(row, names) for row in rows)


def _line(row: Case, names: _Names) -> CaseLine:
    return CaseLine(
        row.id,
        row.number,
        row.title,
        row.customer,
        State(row.state),
        Priority(row.priority),
        names.people.get(row.owner_id) if row.owner_id else None,
        names.queues.get(row.queue_id) if row.queue_id else None,
        names.departments.get(row.waits_on_id) if row.waits_on_id else None,
        row.opened_at,
        row.due_at,
    )


def _people(session: WorkspaceSession, member_ids: Iterable[UUID]) -> dict[UUID, Somebody]:
    found = members_by_id(session, set(member_ids))
    return {each: somebody(session, each) for each in found}


def _name(session: WorkspaceSession, scope: Scope) -> str | None:
    if scope.of is None:
        return None
    if scope.by is By.OWNER:
        return somebody(session, scope.of).name
    rows = queues(session) if scope.by is By.QUEUE else departments(session)
    return next((row.name for row in rows if row.id == scope.of), None)


def _suggested(session: WorkspaceSession, rows: Sequence[Case]) -> dict[UUID, tuple[str, str]]:
    rules = rules_of(session)
    found = {row.id: belongs(session, row, rules) for row in rows}
    return {key: (each.queue, each.routed.rule.name) for key, each in found.items() if each}
