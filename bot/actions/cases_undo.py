"""What becomes of cases when an import of them is taken back."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from bot.actions.cases_many import Many
from bot.actions.cases_turn import CARD, amend, happen
from bot.actions.nudges import end
from bot.deps import Deps
from bot.domain.cases import Happening, Kind, State
from bot.domain.cases_import import HAPPENS, becomes
from bot.domain.cases_life import MISTAKE
from bot.domain.nudges import Ended
from bot.domain.permissions import Actor
from storage.cases import cases_by_id, delete_cases, delete_events, events_said
from storage.connections import connections
from storage.db import WorkspaceSession
from storage.documents import decode, document
from storage.imports_undo import referring
from storage.nudges import subjects_nudged
from storage.tables import Case, CaseClock, CaseEvent, ImportChange

CASE = Case.__tablename__
# What belongs to a case and goes with it.
_OWN = frozenset({CaseEvent.__tablename__, CaseClock.__tablename__})


def in_the_way(
    session: WorkspaceSession, number: int, changes: Sequence[ImportChange]
) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """What keeps them from being taken back: what has happened to them since, and what refers to them."""
    rows = cases_by_id(session, (each.subject_id for each in changes))
    lived = _lived(session, number, [each.subject_id for each in changes if each.before is None])
    helpdesks = {row.kind for row in connections(session)}
    altered = 0
    for change in changes:
        row = rows.get(change.subject_id)
        if row is None:
            altered += 1
        elif change.before is None:
            altered += row.id in lived
        else:
            said = {name: (change.after or {})[name] for name in change.before}
            # What is closed in a helpdesk stays so.
            over = row.source in helpdesks and (row.state == State.CLOSED or row.external_gone_at is not None)
            altered += over or document(row, said) != said
    used = Counter((CASE, table) for _, table, _ in referring(session, changes) if table not in _OWN)
    return ({CASE: altered} if altered else {}), dict(used)


def take_back(
    session: WorkspaceSession, deps: Deps, actor: Actor, number: int, changes: Sequence[ImportChange]
) -> None:
    """Those that came with the import go; what it changed of the others is changed back, as their log says."""
    rows = cases_by_id(session, (each.subject_id for each in changes if each.before is not None))
    delete_events(
        session,
        [
            event_id
            for event_id, _, kind, data in events_said(session, rows)
            if kind == Kind.MESSAGE and data.get("import") == number
        ],
    )
    many = Many(session, number, rows, undone=True)
    for change in changes:
        if change.before is not None:
            row, values = rows[change.subject_id], decode(CASE, change.before)
            happen(session, deps, actor, row, *_back(values), many=many)
            record = {name: values[name] for name in values if name not in (*HAPPENS, "id", "waits_on_id")}
            amend(session, deps, actor, row, many=many, **record)
    many.finish(deps, CARD, list(rows.values()))
    come = [each.subject_id for each in changes if each.before is None]
    for case_id in subjects_nudged(session).intersection(come):
        end(session, deps, case_id, None, Ended.OVER)
    delete_cases(session, come)


def _back(values: dict[str, Any]) -> Iterator[Happening]:
    for name in HAPPENS:
        if name in values:
            found = becomes(name, values[name])
            if found.kind is Kind.STATE:
                waits_on = values.get("waits_on_id")
                found.data.update(because=MISTAKE, **({"waits_on": str(waits_on)} if waits_on else {}))
            yield found


def _lived(session: WorkspaceSession, number: int, case_ids: Sequence[UUID]) -> set[UUID]:
    """Those of them to which more has happened than that they came, and what was taken back."""
    said: defaultdict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for _, case_id, _, data in events_said(session, case_ids):
        said[case_id].append(data)
    found = set()
    for case_id, every in said.items():
        void = {number, *(data["import"] for data in every if data.get("undone"))}
        if any(data.get("import") not in void for data in every):
            found.add(case_id)
    return found
