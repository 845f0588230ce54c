"""A page that was read of a helpdesk becomes what happened to our cases, in one transaction with the cursor."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.exc import DataError, IntegrityError

from bot.actions import sla
from bot.actions.cases_open import open_cases
from bot.actions.cases_turn import amend, happen
from bot.actions.connections_people import People
from bot.actions.connections_seen import DEADLINES, HAPPENS, moved, plain, record_of, said, text_of
from bot.actions.kb_sync import take_pages
from bot.connectors.helpdesk import CaseRead, DeadlineRead, EventRead, Page
from bot.connectors.knowledge import PagesRead
from bot.deps import Deps
from bot.domain.cases import By, Happening, Kind, Priority, State
from bot.domain.cases_new import NewCase
from bot.domain.permissions import Actor
from storage.cases import cases_of_references, known_events
from storage.connections import case_write, connection, open_writes_of, seen_cases
from storage.db import WorkspaceSession
from storage.shifts import queues
from storage.tables import Case, Connection, ExternalCase

log = structlog.get_logger()

# What is wrong with one case, and not with the database.
_UNREADABLE = (ValueError, OverflowError, DataError, IntegrityError)


class Overtaken(Exception):
    """Somebody else has read on meanwhile, or the helpdesk is not connected any more."""


def take_page(
    deps: Deps,
    workspace_id: str,
    actor: Actor,
    began: Connection,
    page: Page | PagesRead,
    behind: dict[str, Any] | None,
) -> None:
    """Takes over what was read ``behind`` that cursor, of the connection as it was when reading began.

    Raises ``Overtaken`` where that is not so any more.
    """
    with deps.sessions.write(workspace_id) as session:
        row = connection(session, began.kind)
        if row is None or (row.cursor, row.options) != (behind, began.options):
            raise Overtaken
        if isinstance(page, PagesRead):
            take_pages(session, deps, actor, row.kind, page)
        else:
            Reader(session, deps, actor, row).take(page)
        row.cursor = page.cursor


class Reader:
    """What a helpdesk says, taken over within a transaction.

    Only what changed there since it was last read is news: what was changed here is nothing that it says.
    """

    def __init__(self, session: WorkspaceSession, deps: Deps, actor: Actor, connection: Connection) -> None:
        self._session, self._deps, self._actor = session, deps, actor
        self._source = connection.kind
        self._queues = {each.name.casefold(): each.id for each in queues(session)}
        self._people = People(session, connection.kind)

    def take(self, page: Page) -> None:
        """People first, then each case with all that is said of it."""
        for unowned, owner in self._people.meet(page):
            owned = Happening(Kind.OWNER, {"owner": str(owner)}, By.HELPDESK)
            happen(self._session, self._deps, self._actor, unowned, owned)
        events: defaultdict[str, list[EventRead]] = defaultdict(list)
        deadlines: defaultdict[str, list[DeadlineRead]] = defaultdict(list)
        for event in page.events:
            events[event.case].append(event)
        for deadline in page.deadlines:
            deadlines[deadline.case].append(deadline)
        reads = {each.external_id: each for each in page.cases}  # of one that comes twice, the newer
        references = [*reads, *events, *deadlines]
        known = cases_of_references(self._session, self._source, references)
        seen = seen_cases(self._session, [each.id for each in known.values()])
        taken, broken = 0, None
        for reference in dict.fromkeys(references):
            case, read = known.get(reference), reads.get(reference)
            try:
                with self._session.begin_nested():
                    row = seen.get(case.id) if case else None
                    if case is None and read and not read.gone:
                        case = self._open(read)
                        row = self._first_sight(case, read)
                    if case:
                        self._follow(case, row, read, events[reference], deadlines[reference])
                taken += 1
            except _UNREADABLE as error:
                broken = error
                log.error(
                    "a case of the helpdesk cannot be taken over", case=reference, error=type(error).__name__
                )
        if broken and not taken:  # then it is not the case
            raise broken

    def _open(self, read: CaseRead) -> Case:
        began = {name: read.opened_with.get(name, getattr(read, name)) for name in ("state", "priority")}
        new = NewCase(
            title=read.title,
            customer=read.customer,
            priority=Priority(began["priority"]),
            tier=read.tier,
            language=read.language,
            channel=read.channel,
            category=read.category,
            tags=read.tags,
            queue_id=self._queue(read.opened_with.get("queue", read.queue)),
            owner_id=self._people.member(read.opened_with.get("owner", read.owner)),
            source=self._source,
            external_id=read.external_id,
            external_url=read.url,
            external_version=read.version,
            opened_at=read.opened_at or read.changed_at,
            state=State(began["state"]),
        )
        # What a helpdesk says is no audit of ours.
        (case,) = open_cases(self._session, self._deps, self._actor, [new])
        return case

    def _first_sight(self, case: Case, read: CaseRead) -> ExternalCase:
        seen = {**said(read), "satisfaction": None, **read.opened_with, "gone": False, DEADLINES: {}}
        row = ExternalCase(
            workspace_id=self._session.workspace_id, case_id=case.id, version=read.version, seen=seen
        )
        self._session.add(row)
        return row

    def _follow(
        self,
        case: Case,
        row: ExternalCase | None,
        read: CaseRead | None,
        events: Iterable[EventRead],
        deadlines: Iterable[DeadlineRead],
    ) -> None:
        if row is None:  # it was here before the helpdesk was connected
            row = ExternalCase(workspace_id=case.workspace_id, case_id=case.id, version="", seen={})
            self._session.add(row)
        seen = dict(row.seen)
        happened = [*self._events(case, seen, events)]
        news = read is not None and read.version >= row.version
        if read and news:
            happened += self._differences(seen, read)
            row.version = case.external_version = read.version
        happened += moved(seen, deadlines)
        if not happen(self._session, self._deps, self._actor, case, *happened):
            sla.reckon(self._session, self._deps, case)
        if read and news and not read.gone:
            self._agree(case, read, {each.kind for each in happened})
            fields = {name: plain(value) for name, value in record_of(read).items()}
            changed = {name: value for name, value in fields.items() if seen.get(name) != value}
            amend(self._session, self._deps, self._actor, case, by=By.HELPDESK, at=read.changed_at, **changed)
            seen |= changed
        row.seen = seen

    def _agree(self, case: Case, read: CaseRead, moved_there: set[Kind]) -> None:
        """By a clock that is behind, what happened there last comes before what was written there: it holds."""
        stands = {"state": (case.state, read.state), "owner": (case.owner_id, self._people.member(read.owner))}
        for name, (ours, theirs) in stands.items():
            kind = HAPPENS[name]
            if kind not in moved_there or ours == theirs:
                continue
            if not any(write.kind == name for write in open_writes_of(self._session, case.id)):
                data = {name: text_of(theirs)}
                happen(self._session, self._deps, self._actor, case, Happening(kind, data, By.HELPDESK))

    def _events(self, case: Case, seen: dict[str, Any], events: Iterable[EventRead]) -> Iterator[Happening]:
        """Those that are new, in the order of time; what we wrote there is known already."""
        every = sorted(events, key=lambda each: each.at)
        known = known_events(self._session, case.id, [each.external_id for each in every])
        for event in every:
            if event.external_id in known or self._is_ours(event.write_id):
                continue
            data = self._ours(event.kind, event.data, seen)
            if data is None:
                continue
            seen |= {name: value for name, value in event.data.items() if name in HAPPENS}
            member_id = self._people.member(event.person) if event.by is By.HELPDESK else None
            by = By.MEMBER if member_id else event.by
            yield Happening(event.kind, data, by, member_id, event.at, external_id=event.external_id)

    def _differences(self, seen: dict[str, Any], read: CaseRead) -> Iterator[Happening]:
        """What the case says that nothing else told: it is taken to have happened when it was changed last."""
        if read.gone != seen.get("gone", False):
            seen["gone"] = read.gone
            yield Happening(Kind.GONE, {"gone": read.gone}, By.HELPDESK, at=read.changed_at)
        if read.gone:
            return
        for name, value in said(read).items():
            if name not in HAPPENS or seen.get(name) == value:
                continue
            data = self._ours(HAPPENS[name], {name: value}, seen)
            begun_here = (seen.get(name), value) == (State.OPEN, State.NEW)  # for which not all have a word
            seen[name] = value
            if data is not None and not begun_here:
                at = read.solved_at if value == State.SOLVED else None
                yield Happening(HAPPENS[name], data, By.HELPDESK, at=at or read.changed_at)

    def _ours(self, kind: Kind, data: dict[str, Any], seen: dict[str, Any]) -> dict[str, Any] | None:
        """With people and queues of ours; None where it went from one queue that is not known here to another."""
        match kind:
            case Kind.OWNER:
                return {"owner": text_of(self._people.member(data["owner"]))}
            case Kind.QUEUE:
                queue = self._queue(data["queue"])
                known = queue or data["queue"] is None or self._queue(seen.get("queue"))
                return {"queue": text_of(queue)} if known else None
        return dict(data)

    def _queue(self, name: str | None) -> UUID | None:
        return self._queues.get(name.casefold()) if name else None

    def _is_ours(self, write_id: str | None) -> bool:
        if write_id is None:
            return False
        try:
            return case_write(self._session, UUID(write_id)) is not None
        except ValueError:  # whoever else marks what they write
            return False
