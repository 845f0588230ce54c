"""How the columns of somebody's files of key figures are read, kept under a name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.actions.record import record
from bot.deps import Deps
from bot.domain import imports_headings as headings
from bot.domain.imports import BadFile, Problem, Row
from bot.domain.imports_headings import compared
from bot.domain.kpi import OWN_SOURCE, UNNAMED_SOURCE
from bot.domain.kpi_columns import guess, lacking, mapped, saying
from bot.domain.permissions import Actor
from storage.db import WorkspaceSession
from storage.kpi import mapping, mappings
from storage.tables import KpiMapping


class UnknownMapping(Exception):
    """No mapping is kept under that name; ``names`` are those that are."""

    def __init__(self, name: str, names: Sequence[str]) -> None:
        super().__init__(f"no mapping is called {name}")
        self.name, self.names = name, names


class TakenName(Exception):
    """A source of figures has that name already, or it is too long to be one."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is no name for a mapping")
        self.name = name


@dataclass(frozen=True, slots=True)
class Mapped:
    """How a file is to be read: which headings columns have, over what they mean by themselves.

    With a ``name`` that is kept under it, or what is kept under it is used.
    """

    name: str | None = None
    columns: Mapping[str, str] | None = None


AS_IT_IS = Mapped()
MOST_OF_A_NAME = 40


def date_columns(session: WorkspaceSession, read_as: Mapped = AS_IT_IS) -> tuple[str, ...]:
    """How a file may call the column of days: by its own name, or as something that was kept says."""
    kept = [row.columns for row in mappings(session) if read_as.name in (None, row.name)]
    said = [each["date"] for each in (read_as.columns or {}, *kept) if "date" in each]
    return tuple(dict.fromkeys(["date", *headings.columns_of(said)]))


def read_rows(session: WorkspaceSession, rows: Sequence[Row], read_as: Mapped = AS_IT_IS) -> list[Row]:
    """The lines by our columns, as an import would read them; raises as it does."""
    return mapped(rows, columns_of(session, rows, read_as)[1])


def columns_of(
    session: WorkspaceSession, rows: Sequence[Row], read_as: Mapped
) -> tuple[str | None, dict[str, str]]:
    """Which column has which heading, and the name that this is kept under.

    What was said goes before what was kept, and that before what the headings mean by themselves. Where nothing is
    said, the mapping is used that knows most of the headings, if there is one all of whose headings the file has.
    """
    # Those of one file have the same ones.
    headers = {id(row.headings): row.headings for row in rows}
    written = {own: heading for each in headers.values() for own, heading in each.items()}
    there = {compared(each) for each in written.values()}
    kept = {row.name: row for row in mappings(session)}
    name = " ".join(read_as.name.casefold().split()) if read_as.name else None
    if name in (UNNAMED_SOURCE, OWN_SOURCE) or len(name or "") > MOST_OF_A_NAME:
        raise TakenName(read_as.name or "")
    if name and name not in kept and not read_as.columns:
        raise UnknownMapping(name, sorted(kept))
    if name is None and not read_as.columns:
        fitting = [row for row in kept.values() if {compared(each) for each in row.columns.values()} <= there]
        name = max(fitting, key=lambda row: len(row.columns)).name if fitting else None
    known = dict(kept[name].columns) if name in kept else {}
    if read_as.columns:
        # What is said anew may leave columns out.
        known = {column: heading for column, heading in known.items() if compared(heading) in there}
    said = {**known, **(read_as.columns or {})}
    missing = [heading for heading in said.values() if compared(heading) not in there]
    if missing and rows:
        raise BadFile([Problem(rows[0].file, 1, each, "", "this column in the header") for each in missing])
    taken = {compared(each) for each in said.values()}
    by_itself = {column: each for column, each in guess(written).items() if compared(each) not in taken}
    every = {**by_itself, **said}
    useful = saying(every)
    alone = [column for column in read_as.columns or () if column not in useful]
    if alone and rows:
        problems = [
            Problem(rows[0].file, 1, every[each], "", f"{lacking(each, every)} beside it: alone it says nothing")
            for each in alone
        ]
        raise BadFile(problems)
    return name, {column: heading for column, heading in every.items() if column in useful}


def remember(
    session: WorkspaceSession, deps: Deps, actor: Actor, name: str | None, columns: Mapping[str, str]
) -> None:
    """Keeps what the columns mean under the name, if it is otherwise than before."""
    if name is None:
        return
    row = mapping(session, name)
    before = dict(row.columns) if row else None
    if before == dict(columns):
        return
    if row is None:
        row = KpiMapping(workspace_id=session.workspace_id, name=name)
        session.add(row)
    row.columns, row.changed_by_id, row.changed_at = dict(columns), actor.member_id, deps.clock()
    # What headings say is whatever somebody has typed.
    known = {"columns": sorted(before)} if before else None
    record(session, deps, actor, "kpi.mapping", ("kpi_mapping", None), known, {"columns": sorted(columns)})
