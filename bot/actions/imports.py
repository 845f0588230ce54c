"""The register of imports, and taking one back while nothing depends on it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any
from uuid import UUID

from bot.actions import absences_work, cases_undo, covers_end, departures, swaps_end, timeoff_undo, unowned_cards
from bot.actions.calendar_end import forget
from bot.actions.forecast import renew_forecasts
from bot.actions.imports_glance import glance
from bot.actions.imports_roles import record_roles
from bot.actions.imports_standing import (
    RECORDS,
    came_back,
    changed_since,
    concerned,
    given_anew,
    in_the_way,
    is_left_behind,
    left_in_vain,
    retire,
    settled_of,
    touched_by,
    touched_shifts,
    void,
)
from bot.actions.imports_told import tell_parties
from bot.actions.outbox import touch
from bot.actions.record import record
from bot.actions.shifts_published import PUBLISHED
from bot.actions.shifts_told import tell_owners
from bot.actions.uploads_cards import show_undone
from bot.deps import Deps
from bot.domain.imports import Dependents, Undone
from bot.domain.permissions import Actor, Deed
from bot.domain.rules import RuleId
from storage.audit import last_numbers, shifts_imported
from storage.counters import next_number
from storage.db import WorkspaceSession
from storage.imports import SHARED, Recorder, begun_since, changes_of, import_by_number
from storage.imports_standing import worked_at_once
from storage.imports_undo import (
    Reference,
    altered_since,
    handed_later,
    later_imports,
    referring,
    remembered,
    take_back,
    taken_accounts,
)
from storage.kpi import forget_facts
from storage.people import members_by_id
from storage.settings import scopes
from storage.shifts import overlapping, planned_shifts
from storage.tables import Import, ImportChange
from storage.timeoff import forget_reckoned

Progress = Callable[[int, int], None]
"""Told how many of how many steps are done."""


class UnknownImport(Exception):
    """There is no import of that number; the ``newest`` is the last one that there is, 0 for none."""

    def __init__(self, number: int, newest: int) -> None:
        super().__init__(f"there is no import {number}")
        self.number, self.newest = number, newest


class AlreadyUndone(Exception):
    """The import was taken back before."""


class ImportInUse(Exception):
    """Something depends on the import; nothing was undone."""

    def __init__(self, number: int, dependents: Dependents) -> None:
        super().__init__(f"import {number} is in use")
        self.number, self.dependents = number, dependents


def begin(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    kind: str,
    files: str,
    owners: Mapping[UUID, int] | None = None,
    broken: Sequence[RuleId] = (),
) -> tuple[Import, Recorder]:
    """Opens an import in the register.

    ``owners`` says how many shifts of whom it changes, ``broken`` which rules it is done in spite of.
    """
    entry = Import(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        number=next_number(session, "import"),
        kind=kind,
        files=files,
        imported_at=deps.clock(),
        undone_at=None,
    )
    session.add(entry)
    session.flush()
    said: dict[str, Any] = {"files": files}
    if owners:
        said["shifts"] = {str(member_id): count for member_id, count in owners.items()}
    if broken:
        said["broken"] = list(broken)
    record(session, deps, actor, f"import.{kind}", ("import", entry.id), None, said, entry.number)
    return entry, Recorder(session, entry.id, deps.new_id)


def undo_import(deps: Deps, workspace_id: str, actor: Actor, number: int) -> Undone:
    """Brings everything back to what it was before the import.

    What it moved or ended of swaps and covers is in force again as it was. An added shift that they name ends
    like one that was removed, once they are over: their record stays. An open shift that nobody has taken any of
    is withdrawn with it. Raises ``UnknownImport``, ``AlreadyUndone``
    or, while anything depends on it and once any of its shifts has begun, ``ImportInUse``.
    """
    actor.require(Deed.UNDO_IMPORT)
    with deps.sessions.write(workspace_id) as session:
        entry = import_by_number(session, number)
        if entry is None:
            raise UnknownImport(number, last_numbers(session).get("import", 0))
        if entry.undone_at is not None:
            raise AlreadyUndone
        if begun := begun_since(session, entry, deps.clock()):
            raise ImportInUse(number, Dependents({}, {}, 0, 0, [], begun=begun))
        entered, changed = _parted(changes_of(session, entry.id), lambda change: change.table == timeoff_undo.LINE)
        cased, changed = _parted(changed, lambda change: change.table == cases_undo.CASE)
        names, own = _parted(changed, lambda change: change.table in SHARED)
        come = [change.subject_id for change in own if change.table == "member" and change.before is None]
        forget(session, deps, actor, come)
        forget_reckoned(session, come)
        forget_facts(session, [change.subject_id for change in changed if change.before is None])
        _refuse_cases(session, number, cased)
        in_vain = _refuse_dependents(session, number, own)
        known = [change.subject_id for change in own if change.table == "member" and change.before is not None]
        there = departures.who_is_there(members_by_id(session, known).values())
        changing = [change.subject_id for change in own if change.table == "shift"]
        planned = planned_shifts(session, changing)
        standing = concerned(session, own)
        seen = glance(session, standing)
        swaps_end.supersede(session, deps, actor, touched_by(own))
        covers_end.withdraw_untaken(session, deps, actor, touched_by(own))
        covers_end.supersede(session, deps, actor, touched_by(own))
        unowned_cards.renew(session, deps, touched_by(own))
        void(session, deps, standing, own, in_vain)
        take_back(session, retire(session, own, in_vain, deps.clock()))
        _refuse_overlaps(session, number, own)
        if any(change.table == "volume" for change in own):
            renew_forecasts(session, deps)
        balances = timeoff_undo.take_back(session, deps, [change.subject_id for change in entered])
        cases_undo.take_back(session, deps, actor, number, cased)
        _, unused = _parted(names, _used(session, number, names))
        take_back(session, unused)
        entry.undone_at = deps.clock()
        show_undone(session, deps, number)
        departures.follow_undone(session, deps, actor, entry, touched_by(own), there)
        absences_work.follow_plan(session, deps, actor, entry, touched_by(own))
        told = tell_parties(session, deps, actor, entry, standing, seen, {})
        tell_owners(session, deps, entry, planned, planned_shifts(session, changing), told)
        touch(session, deps, PUBLISHED, entry.id)
        _record_undo(session, deps, actor, entry)
        record_roles(session, deps, actor, own, undone=True)
        added, others = _parted([*own, *cased], lambda change: change.before is None)
        restored = _by_table(others) | ({timeoff_undo.LOT: balances} if balances else {})
        return Undone(number, _by_table(added), restored)


def _record_undo(session: WorkspaceSession, deps: Deps, actor: Actor, entry: Import) -> None:
    shifts = shifts_imported(session, entry.id)
    after = {"shifts": shifts} if shifts else None
    record(session, deps, actor, "import.undo", ("import", entry.id), None, after, entry.number)


def _refuse_dependents(session: WorkspaceSession, number: int, changes: Sequence[ImportChange]) -> set[UUID]:
    """Raises ``ImportInUse``; otherwise the shifts that swaps and covers have named, all of which are over."""
    altered = altered_since(session, changes)
    settled = changed_since(session, changes, altered)
    used = referring(session, changes)
    taken = taken_accounts(session, changes)
    live = in_the_way(session, given_anew(changes), settled_of(changes))
    touched = touched_shifts(altered, used)
    handed = handed_later(session, number, touched)
    in_vain = left_in_vain(session, touched - handed.keys())
    altered = [change for change in altered if change.table not in RECORDS and not came_back(change, in_vain)]
    used = [reference for reference in used if not is_left_behind(reference, in_vain)]
    if altered or used or taken or any(live) or any(settled):
        subjects = {change.subject_id for change in altered} | {key[0] for _, _, key in used} | set(taken)
        later = sorted({*later_imports(session, number, subjects), *chain.from_iterable(handed.values())})
        found = Dependents(_by_table(altered), _by_tables(used), len(taken), 0, later, live, settled)
        raise ImportInUse(number, found)
    return in_vain


def _refuse_cases(session: WorkspaceSession, number: int, changes: Sequence[ImportChange]) -> None:
    """Raises ``ImportInUse`` where cases are otherwise by now than the import left them."""
    altered, used = cases_undo.in_the_way(session, number, changes)
    if altered or used:
        later = later_imports(session, number, [change.subject_id for change in changes])
        raise ImportInUse(number, Dependents(altered, used, 0, 0, later))


def _refuse_overlaps(session: WorkspaceSession, number: int, changes: Iterable[ImportChange]) -> None:
    """A shift may be back only if its owner has nothing else at that time by now, and whoever works it neither."""
    shifts = {change.subject_id for change in changes if change.table == "shift" and change.before is not None}
    others = set(overlapping(session, shifts))
    worked = worked_at_once(session, shifts | touched_by(changes)) - others
    if others or worked:
        later, live = later_imports(session, number, others | worked), in_the_way(session, worked)
        raise ImportInUse(number, Dependents({}, {}, 0, len(others | worked), later, live))


def _used(session: WorkspaceSession, number: int, names: Sequence[ImportChange]) -> Callable[[ImportChange], bool]:
    """Tells the names that must stay: others go by them, could again after an undo, or have settings for them."""
    ids = {change.subject_id for change, *_ in referring(session, names)} | remembered(session, number)
    own_settings = scopes(session)
    return lambda name: name.subject_id in ids or f"{name.table}:{name.subject_id}" in own_settings


def _parted(
    changes: Iterable[ImportChange], belongs: Callable[[ImportChange], bool]
) -> tuple[list[ImportChange], list[ImportChange]]:
    """Those that belong and those that do not, each in their order."""
    parts: tuple[list[ImportChange], list[ImportChange]] = ([], [])
    for change in changes:
        parts[not belongs(change)].append(change)
    return parts


def _by_table(changes: Iterable[ImportChange]) -> dict[str, int]:
    return dict(Counter(change.table for change in changes))


def _by_tables(used: Iterable[Reference]) -> dict[tuple[str, str], int]:
    """How many rows refer to something, by the table of either.

    Shifts count once, however often they were handed on; swaps and covers of them are told by their numbers.
    """
    rows = {
        (change.table, table, (change.subject_id,) if (change.table, table) == ("shift", "assignment") else key)
        for change, table, key in used
        if (change.table, table) not in (("assignment", "swap"), ("shift", "cover"))
    }
    return dict(Counter((target, table) for target, table, _ in rows))
