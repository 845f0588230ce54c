"""The register of imports, and taking one back while nothing depends on it."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bot.actions.imports_swaps import (
    came_back,
    is_left_behind,
    live_swaps,
    retire,
    swapped_in_vain,
    touched_shifts,
)
from bot.actions.record import record
from bot.actions.shifts_told import tell_owners
from bot.actions.swaps_end import supersede
from bot.deps import Deps
from bot.domain.permissions import Actor, Deed, Role
from storage.counters import next_number
from storage.db import WorkspaceSession
from storage.imports import (
    SHARED,
    Recorder,
    Reference,
    altered_since,
    changes_of,
    import_by_number,
    later_imports,
    referring,
    remembered,
    take_back,
    taken_accounts,
)
from storage.settings import scopes
from storage.shifts import overlapping, owned_shifts
from storage.tables import Grant, Import, ImportChange

Progress = Callable[[int, int], None]
"""Told how many of how many steps are done."""


@dataclass(frozen=True, slots=True)
class Undone:
    """An import that was taken back: how many rows went again and how many are as before, by table."""

    number: int
    gone: dict[str, int]
    restored: dict[str, int]


class UnknownImport(Exception):
    """There is no import of that number."""


class AlreadyUndone(Exception):
    """The import was taken back before."""


@dataclass(frozen=True, slots=True)
class Dependents:
    """What depends on an import.

    ``altered`` counts its rows that were changed since, by table; ``used`` those of others that refer to what it
    added, by the table of either; ``taken`` the Slack accounts that it freed and somebody else has by now;
    ``overlapping`` the shifts that could not be worked beside those that would be back. ``later`` are the numbers
    of the imports that all this comes from, ``swaps`` those of the swaps that wait for its shifts or are in force.
    """

    altered: dict[str, int]
    used: dict[tuple[str, str], int]
    taken: int
    overlapping: int
    later: list[int]
    swaps: tuple[int, ...] = ()


class ImportInUse(Exception):
    """Something depends on the import; nothing was undone."""

    def __init__(self, number: int, dependents: Dependents) -> None:
        super().__init__(f"import {number} is in use")
        self.number, self.dependents = number, dependents


def begin(session: WorkspaceSession, deps: Deps, actor: Actor, kind: str, files: str) -> tuple[Import, Recorder]:
    """Opens an import in the register."""
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
    record(session, deps, actor, f"import.{kind}", ("import", entry.id), None, {"files": files}, entry.number)
    return entry, Recorder(session, entry.id, deps.new_id)


def undo_import(deps: Deps, workspace_id: str, actor: Actor, number: int) -> Undone:
    """Brings everything back to what it was before the import.

    An added shift that swaps name ends like one that was removed, once they are over: their record stays. Raises
    ``UnknownImport``, ``AlreadyUndone`` or, while anything depends on it, ``ImportInUse``.
    """
    actor.require(Deed.UNDO_IMPORT)
    with deps.sessions.write(workspace_id) as session:
        entry = import_by_number(session, number)
        if entry is None:
            raise UnknownImport
        if entry.undone_at is not None:
            raise AlreadyUndone
        names, own = _parted(changes_of(session, entry.id), lambda change: change.table in SHARED)
        in_vain = _refuse_dependents(session, number, own)
        changing = [change.subject_id for change in own if change.table == "shift"]
        planned = owned_shifts(session, changing)
        supersede(session, deps, actor, changing)
        take_back(session, retire(session, own, in_vain, deps.clock()))
        _refuse_overlaps(session, number, own)
        _, unused = _parted(names, _used(session, number, names))
        take_back(session, unused)
        entry.undone_at = deps.clock()
        tell_owners(session, deps, entry, planned, owned_shifts(session, changing))
        record(session, deps, actor, "import.undo", ("import", entry.id), None, None, number)
        record_roles(session, deps, actor, own, undone=True)
        added, others = _parted(own, lambda change: change.before is None)
        return Undone(number, _by_table(added), _by_table(others))


def record_roles(
    session: WorkspaceSession, deps: Deps, actor: Actor, changes: Iterable[ImportChange], *, undone: bool = False
) -> None:
    """Notes, person by person, which roles an import gave, changed or (``undone``) took back.

    That somebody who is new is an agent, as everybody is, goes without saying.
    """
    for change in changes:
        if change.table != "grant":
            continue
        before, after = (_role(said) for said in (change.before, change.after))
        if None in (before, after) and {"role": Role.AGENT, "team_id": None} in (before, after):
            continue
        if undone:
            before, after = after, before
        record(session, deps, actor, "role.change", ("member", _holder(session, change)), before, after)


def _role(said: dict[str, Any] | None) -> dict[str, Any] | None:
    return said and {key: said[key] for key in ("role", "team_id")}


def _holder(session: WorkspaceSession, change: ImportChange) -> UUID:
    """Whose role it is; what was changed is still there to be asked."""
    if change.before is None and change.after is not None:
        return UUID(change.after["member_id"])
    return session.get_one(Grant, (session.workspace_id, change.subject_id)).member_id


def _refuse_dependents(session: WorkspaceSession, number: int, changes: Sequence[ImportChange]) -> set[UUID]:
    """Raises ``ImportInUse``; otherwise the shifts that swaps have named, all of which are over."""
    altered = altered_since(session, changes)
    used = referring(session, changes)
    taken = taken_accounts(session, changes)
    touched = touched_shifts(altered, used)
    swaps, in_vain = live_swaps(session, touched), swapped_in_vain(session, touched)
    altered = [change for change in altered if not came_back(change, in_vain)]
    used = [reference for reference in used if not is_left_behind(reference, in_vain)]
    if altered or used or taken or swaps:
        subjects = {change.subject_id for change in altered} | {key[0] for _, _, key in used} | set(taken)
        later = later_imports(session, number, subjects)
        raise ImportInUse(number, Dependents(_by_table(altered), _by_tables(used), len(taken), 0, later, swaps))
    return in_vain


def _refuse_overlaps(session: WorkspaceSession, number: int, changes: Iterable[ImportChange]) -> None:
    """A shift that was moved or removed may be back only if its owner has nothing else at that time by now."""
    shifts = [change.subject_id for change in changes if change.table == "shift" and change.before is not None]
    others = set(overlapping(session, shifts))
    if others:
        raise ImportInUse(number, Dependents({}, {}, 0, len(others), later_imports(session, number, others)))


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

    Shifts count once, however often they were handed on; swaps of shifts are told by their numbers.
    """
    rows = {
        (change.table, table, (change.subject_id,) if (change.table, table) == ("shift", "assignment") else key)
        for change, table, key in used
        if (change.table, table) != ("assignment", "swap")
    }
    return dict(Counter((target, table) for target, table, _ in rows))
