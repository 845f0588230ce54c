"""Reading a helpdesk or a knowledge base on from where it was left, page by page, as far as it goes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, cast

import structlog

from bot.actions.connections import mirrored_of, opened
from bot.actions.connections_deliver import deliver
from bot.actions.connections_failed import note_failure
from bot.actions.connections_read import Overtaken, take_page
from bot.actions.kb_sync import gone_pages, is_due, is_to_be_looked_for, put_away
from bot.connectors.helpdesk import CaseRead, Helpdesk, HelpdeskFails, Page
from bot.connectors.knowledge import KnowledgeBase, PageRead, PagesRead
from bot.connectors.sealed import WrongKey
from bot.deps import Deps
from bot.domain.connections import ConnectionState, Mirrors, NotConnected
from bot.domain.permissions import CLOCK, Actor, Deed
from storage.connections import connection, connections
from storage.db import WorkspaceSession
from storage.tables import Connection

log = structlog.get_logger()

# In one run of the clock; the next goes on behind them. The pages of a knowledge base take many requests each.
_PAGES = {Mirrors.CASES: 8, Mirrors.ARTICLES: 2}
# By so much the clocks differ at most.
_MARGIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far reading has come: so many cases or pages, up to a time there."""

    cases: int
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Synced:
    """How reading went: to the end, or not before ``next_at``, or until something was wrong."""

    cases: int
    done: bool
    next_at: datetime | None = None
    error: str | None = None


def turn(deps: Deps, workspace_id: str) -> None:
    """Writes and reads every tool that is due, cases first; what goes wrong with one keeps no other back."""
    broken: Exception | None = None
    with deps.sessions.read(workspace_id) as session:
        kinds = [row.kind for row in connections(session) if _is_due(row, deps.clock())]
    for kind in sorted(kinds, key=lambda each: mirrored_of(each) is Mirrors.ARTICLES):
        try:
            synced = sync(deps, workspace_id, CLOCK, kind, most=_PAGES[mirrored_of(kind)])
            if synced.error:
                log.warning("the helpdesk was not read to the end", helpdesk=kind, error=synced.error)
        except (NotConnected, Overtaken):  # somebody parted from it, or reads it at the command line
            log.info("the helpdesk is left to somebody else", helpdesk=kind)
        except Exception as error:
            log.error("the helpdesk could not be read", helpdesk=kind, exc_info=error)
            broken = error
    if broken:
        raise broken


def read_from(deps: Deps, workspace_id: str, actor: Actor, kind: str, since: datetime) -> None:
    """Has all that changed since then read anew, by whoever reads next. Raises ``NotConnected``.

    What has not been read yet is read, too, if it is older.
    """
    actor.require(Deed.SYNC)
    with deps.sessions.write(workspace_id) as session:
        row, now = _row(session, kind), deps.clock()
        begun = row.options.get("begun")
        if row.read_at and (begun is None or row.read_at >= datetime.fromisoformat(begun)):
            known_until = row.read_at - _MARGIN
        else:
            known_until = datetime.fromisoformat(row.options["since"])
        start = min(since, known_until).isoformat()
        row.cursor, row.options = None, {**row.options, "since": start, "begun": now.isoformat()}


def sync(
    deps: Deps,
    workspace_id: str,
    actor: Actor,
    kind: str,
    *,
    most: int | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
) -> Synced:
    """Writes what waits, then reads on, ``most`` pages at most.

    Raises ``NotConnected``, and ``Overtaken`` where somebody else reads, too.
    """
    actor.require(Deed.SYNC)
    with deps.sessions.read(workspace_id) as session:
        row = _row(session, kind)
    if row.state != ConnectionState.GOOD:
        return Synced(0, done=False, error=row.error)
    if row.next_at and row.next_at > deps.clock():
        return Synced(0, done=False, next_at=row.next_at, error=row.error)
    run = _Run(deps, workspace_id, actor, row, progress)
    try:
        with opened(deps, workspace_id, row) as tool:
            if mirrored_of(kind) is Mirrors.CASES:
                deliver(deps, workspace_id, kind, cast(Helpdesk, tool))
            done = run.read(tool, most)
            looks = done and mirrored_of(kind) is Mirrors.ARTICLES and is_to_be_looked_for(row, deps.clock())
            missing = gone_pages(deps, workspace_id, kind, cast(KnowledgeBase, tool)) if looks else None
    except (HelpdeskFails, WrongKey) as error:
        return _failed(deps, workspace_id, row, error, run.cases)
    if done:
        _read_to_the_end(deps, workspace_id, actor, kind, run.cursor, missing)
    return Synced(run.cases, done)


class _Run:
    """Reading on, and how far it has come."""

    def __init__(
        self,
        deps: Deps,
        workspace_id: str,
        actor: Actor,
        row: Connection,
        progress: Callable[[Progress], None],
    ) -> None:
        self._deps, self._workspace_id, self._actor, self._row = deps, workspace_id, actor, row
        self._progress = progress
        self.cases, self.cursor = 0, row.cursor

    def read(self, tool: Helpdesk | KnowledgeBase, most: int | None) -> bool:
        """Whether there is no more to read."""
        taken, since = 0, datetime.fromisoformat(self._row.options["since"])
        pages: Iterator[Page | PagesRead] = tool.read(self.cursor, since)
        for page in islice(pages, most):
            take_page(self._deps, self._workspace_id, self._actor, self._row, page, self.cursor)
            self.cursor, taken = page.cursor, taken + 1
            self.cases += len(_read_of(page))
            self._progress(Progress(self.cases, _newest(page)))
        return most is None or taken < most


def _read_of(page: Page | PagesRead) -> tuple[CaseRead, ...] | tuple[PageRead, ...]:
    return page.pages if isinstance(page, PagesRead) else page.cases


def _newest(page: Page | PagesRead) -> datetime | None:
    return max((each.changed_at for each in _read_of(page) if each.changed_at), default=None)


def _is_due(row: Connection, now: datetime) -> bool:
    return row.state == ConnectionState.GOOD and (mirrored_of(row.kind) is Mirrors.CASES or is_due(row, now))


def _failed(
    deps: Deps, workspace_id: str, began: Connection, error: HelpdeskFails | WrongKey, cases: int
) -> Synced:
    with deps.sessions.write(workspace_id) as session:
        row = _row(session, began.kind)
        if row.secret != began.secret:  # somebody has signed in anew meanwhile
            raise Overtaken
        note_failure(session, deps, row, error)
        return Synced(cases, done=False, next_at=row.next_at, error=row.error)


def _read_to_the_end(
    deps: Deps,
    workspace_id: str,
    actor: Actor,
    kind: str,
    cursor: dict[str, Any] | None,
    missing: set[str] | None,
) -> None:
    with deps.sessions.write(workspace_id) as session:
        row = _row(session, kind)
        if row.cursor != cursor:
            raise Overtaken
        if missing is not None:
            put_away(session, deps, actor, row, missing)
        row.read_at = deps.clock()
        row.next_at = row.failed_at = row.error = None


def _row(session: WorkspaceSession, kind: str) -> Connection:
    row = connection(session, kind)
    if row is None:
        raise NotConnected
    return row
