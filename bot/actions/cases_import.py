"""Takes a file of cases over, whole or not at all; a case that is known by its reference is brought up to date."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from bot.actions.cases_many import Many
from bot.actions.cases_open import open_cases
from bot.actions.cases_turn import CARD, amend, happen
from bot.actions.imports import begin
from bot.actions.settings import preferences
from bot.deps import Deps
from bot.domain.cases import By, Happening, Kind, Priority, State
from bot.domain.cases_import import HAPPENS, CaseLine, becomes, read_cases
from bot.domain.cases_new import NewCase
from bot.domain.imports import BadFile, Problem, Row
from bot.domain.permissions import FLOOR, Actor, Deed, Role
from storage.cases import cases_of_references, last_replies
from storage.connections import connections
from storage.db import WorkspaceSession
from storage.documents import document
from storage.imports import Recorder
from storage.people import all_grants, members
from storage.shifts import queues
from storage.tables import Case, Grant, Queue

CASES = "cases"
REPLIED = "replied"
Progress = Callable[[int, int], None]
_NAMES = {"queue_id": "queue", "owner_id": "owner", "external_url": "link"}


@dataclass(frozen=True, slots=True)
class CasesImport:
    """What an import of cases does, or has done: then it has a number, unless there was nothing to do.

    ``changed`` says of each case which columns are other then.
    """

    number: int | None
    added: tuple[CaseLine, ...]
    changed: tuple[tuple[CaseLine, tuple[str, ...]], ...]
    unchanged: int
    new_queues: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether everything is as the file says already."""
        return not self.added and not self.changed


def import_cases(
    deps: Deps,
    workspace_id: str,
    actor: Actor,
    rows: Sequence[Row],
    *,
    files: str,
    dry_run: bool,
    progress: Progress = lambda _done, _steps: None,
) -> CasesImport:
    """Opens the cases that are new, and brings those up to date that are known by source and reference.

    Raises ``BadFile`` and ``NotPermitted``; a dry run says what would be done and writes nothing. Nobody is told
    of each case: they are in the lists, and the audit has the import.
    """
    actor.require(Deed.IMPORT_SCHEDULE)
    with (deps.sessions.read if dry_run else deps.sessions.write)(workspace_id) as session:
        preferred = preferences(session)
        grants = all_grants(session)
        people = {row.email: row.id for row in members(session) if _works(grants[row.id])}
        lines = read_cases(rows, preferred.date_order, ZoneInfo(preferred.time_zone), deps.clock(), people)
        plan = _Plan(session, lines)
        done = plan.outcome()
        if dry_run or done.is_empty:
            return done
        entry, recorder = begin(session, deps, actor, CASES, files)
        plan.write(deps, actor, recorder, entry.number, progress)
        recorder.finish()
        return replace(done, number=entry.number)


class _Plan:
    """What the lines do to the cases that there are."""

    def __init__(self, session: WorkspaceSession, lines: Sequence[CaseLine]) -> None:
        self._session, self._lines = session, lines
        self._queues = {row.name.casefold(): row.id for row in queues(session)}
        self._known: dict[tuple[str, str], Case] = {}
        for source in {line.source for line in lines}:
            references = [line.reference for line in lines if line.source == source]
            found = cases_of_references(session, source, references)
            self._known |= {(source, reference): case for reference, case in found.items()}
        self._replied = last_replies(session, [case.id for case in self._known.values()])
        self._helpdesks = {row.kind for row in connections(session)}
        names = (line.queue for line in lines if line.queue and line.queue.casefold() not in self._queues)
        self._new_queues = {name.casefold(): name for name in reversed(list(names))}
        self._refuse_closed()

    def outcome(self) -> CasesImport:
        """What it does."""
        changed = tuple((line, tuple(names)) for line, names in self._changing() if names)
        added = tuple(line for line in self._lines if self._case(line) is None)
        new_queues = tuple(reversed(self._new_queues.values()))
        return CasesImport(None, added, changed, len(self._lines) - len(added) - len(changed), new_queues)

    def write(self, deps: Deps, actor: Actor, recorder: Recorder, number: int, progress: Progress) -> None:
        """Does it, and notes in the register what it was before."""
        session = self._session
        for folded, name in self._new_queues.items():
            row = Queue(workspace_id=session.workspace_id, id=deps.new_id(), name=name)
            self._queues[folded] = row.id
            recorder.add(row)
        session.flush()
        news = [self._new(line) for line in self._lines if self._case(line) is None]
        opened = open_cases(session, deps, actor, news, number)
        for case in opened:
            recorder.noted(case)
        many = Many(session, number, [case.id for case in self._known.values()])
        for done, line in enumerate(self._lines, 1):
            known = self._case(line)
            if known and (names := self._differing(known, line)):
                before = document(known, _kept(names))
                self._change(deps, actor, known, line, names, many)
                recorder.noted(known, before)
            progress(done, len(self._lines))
        many.finish(deps, CARD, opened)

    def _case(self, line: CaseLine) -> Case | None:
        return self._known.get((line.source, line.reference))

    def _changing(self) -> Iterator[tuple[CaseLine, list[str]]]:
        for line in self._lines:
            if case := self._case(line):
                names = [_NAMES.get(each, each) for each in self._differing(case, line)]
                is_new_queue = line.queue and line.queue.casefold() in self._new_queues
                yield line, [*names, "queue"] if is_new_queue and "queue" not in names else names

    def _differing(self, case: Case, line: CaseLine) -> list[str]:
        """The columns for which the line says something else; of a mirrored case the helpdesk says the replies."""
        names = [name for name, value in self._wanted(line).items() if getattr(case, name) != value]
        if line.replied_at is None or case.source in self._helpdesks or case.state == State.CLOSED:
            return names
        known = self._replied.get(case.id, case.opened_at)
        return [*names, REPLIED] if line.replied_at > known else names

    def _wanted(self, line: CaseLine) -> dict[str, Any]:
        queue_id = self._queues.get(line.queue.casefold()) if line.queue else None
        return {**line.said, **({"queue_id": queue_id} if queue_id else {})}

    def _new(self, line: CaseLine) -> NewCase:
        """One of which it is said that it is not new, and nothing of a reply, has had one: none is owed."""
        said = self._wanted(line)
        state = said.get("state", State.OPEN if line.replied_at else State.NEW)
        return NewCase(
            said["title"],
            said.get("customer"),
            said.get("priority", Priority.NORMAL),
            said.get("tier"),
            said.get("language"),
            said.get("channel"),
            said.get("category"),
            tuple(said.get("tags", ())),
            said.get("queue_id"),
            said.get("owner_id"),
            line.source,
            line.reference,
            said.get("external_url"),
            opened_at=line.opened_at,
            state=state,
            replied=line.replied_at is None and state is not State.NEW,
            replied_at=line.replied_at,
        )

    def _change(
        self, deps: Deps, actor: Actor, case: Case, line: CaseLine, names: Sequence[str], many: Many
    ) -> None:
        wanted = self._wanted(line)
        replied = [Happening(Kind.MESSAGE, by=By.HELPDESK, at=line.replied_at)] if REPLIED in names else []
        happenings = [*replied, *(becomes(name, wanted[name]) for name in names if name in HAPPENS)]
        happen(self._session, deps, actor, case, *happenings, many=many)
        record = {name: wanted[name] for name in names if name not in HAPPENS and name != REPLIED}
        amend(self._session, deps, actor, case, many=many, **record)

    def _refuse_closed(self) -> None:
        """What is closed stays as it is, but for being opened again."""
        problems = []
        for line in self._lines:
            case = self._case(line)
            if case and case.state == State.CLOSED and self._differing(case, line):
                state, expected = line.row.cells.get("state", ""), "left as it is: the case is closed"
                problems.append(Problem(line.row.file, line.row.line, line.row.heading("state"), state, expected))
        if problems:
            raise BadFile(problems)


def _works(grants: Sequence[Grant]) -> bool:
    return any(Role(grant.role) in FLOOR for grant in grants)


def _kept(names: Sequence[str]) -> list[str]:
    """The columns of a case that may be others afterwards."""
    columns = [name for name in names if name != REPLIED]
    return [*columns, "waits_on_id"] if "state" in columns else columns
