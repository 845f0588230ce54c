"""What was asked for is written to the helpdesk, in order, and nothing that was changed there is written over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from bot.actions.cases_turn import amend, happen
from bot.actions.connections_conflicts import tell_of
from bot.actions.outbox import touch
from bot.actions.record import record
from bot.connectors.helpdesk import (
    Change,
    Conflict,
    Forbidden,
    Gone,
    Helpdesk,
    Refused,
    ToolIsAway,
    Write,
)
from bot.deps import Deps
from bot.domain.cases import By, Happening, Kind, State
from bot.domain.connections import WriteState, try_again_after
from bot.domain.permissions import CLOCK, Actor
from storage.cases import case
from storage.connections import (
    agent_of_member,
    case_write,
    external_people,
    next_write,
    open_writes_of,
    seen_cases,
)
from storage.db import WorkspaceSession
from storage.people import member
from storage.tables import Case, CaseWrite, ExternalCase, Note

# In one run; the rest in the next.
_AT_ONCE = 50
# Where so many in a row are not answered, nothing is.
_AWAY = 3
# For whoever else writes meanwhile, such as the command line; whoever dies leaves it to the next.
_LEASE = timedelta(minutes=2)
_NO_ACCOUNT = "no account there"


@dataclass(frozen=True, slots=True)
class _Attempt:
    write_id: UUID
    external_id: str
    write: Write


def deliver(deps: Deps, workspace_id: str, source: str, helpdesk: Helpdesk) -> None:
    """Writes what waits; raises ``HelpdeskFails`` where it is of no use to go on, and nothing is lost by that."""
    away = 0
    for _ in range(_AT_ONCE):
        with deps.sessions.write(workspace_id) as session:
            row = next_write(session, source, deps.clock())
            if row is None:
                return
            attempt = _begin(session, deps, row)
        if attempt is None:
            continue
        try:
            outcome = _outcome(helpdesk, attempt)
            away = 0
        except ToolIsAway:
            outcome, away = _Settling.later, away + 1
        _settle(deps, workspace_id, attempt, outcome)
        if away == _AWAY:
            raise ToolIsAway


def _begin(session: WorkspaceSession, deps: Deps, row: CaseWrite) -> _Attempt | None:
    """What to write, in the helpdesk's own terms; None where it cannot be said in them."""
    of = case(session, row.case_id)
    wanted = dict(row.wanted)
    member_id = wanted.get(Change.OWNER)
    if row.kind == Change.OWNER and member_id:
        account = agent_of_member(session, row.source, UUID(member_id))
        wanted = {Change.OWNER.value: account.external_id if account else None}
        if account is None:
            _Settling(session, deps, row).refused(_NO_ACCOUNT)
            return None
    if of is None or of.external_id is None:
        _Settling(session, deps, row).refused(Gone.name)
        return None
    now = deps.clock()
    row.tries, row.attempt_at, row.next_at = row.tries + 1, now, now + _LEASE
    note = session.get(Note, (session.workspace_id, row.note_id)) if row.note_id else None
    kind = Change(row.kind)
    text = _signed(session, row, note.text) if note else None
    write = Write(str(row.id), kind, wanted, dict(row.before), text, row.based_on)
    return _Attempt(row.id, of.external_id, write)


def _signed(session: WorkspaceSession, row: CaseWrite, text: str) -> str:
    """There it is the bot that writes, so the note says whose it is."""
    author = member(session, row.member_id) if row.member_id else None
    return f"{author.name}: {text}" if author else text


def _outcome(helpdesk: Helpdesk, attempt: _Attempt) -> Callable[["_Settling"], None]:
    """Tries it, and says what follows; raises ``HelpdeskFails`` for what says nothing of this write."""
    try:
        version = helpdesk.write(attempt.external_id, attempt.write)
    except Conflict as conflict:
        found, stands = conflict.found, conflict.version
        return lambda settling: settling.conflict(found, stands)
    except Forbidden:
        helpdesk.check()  # which fails where nobody is let in at all
        return lambda settling: settling.refused(Refused.name)
    except (Refused, Gone) as refusal:
        name = refusal.name
        return lambda settling: settling.refused(name)
    wanted = attempt.write.wanted
    return lambda settling: settling.done(wanted, version)


def _settle(deps: Deps, workspace_id: str, attempt: _Attempt, outcome: Callable[["_Settling"], None]) -> None:
    with deps.sessions.write(workspace_id) as session:
        row = case_write(session, attempt.write_id)
        if row and row.state == WriteState.WAITING:
            outcome(_Settling(session, deps, row))


class _Settling:
    """How a write ended, within a transaction."""

    def __init__(self, session: WorkspaceSession, deps: Deps, row: CaseWrite) -> None:
        self._session, self._deps, self._row = session, deps, row
        found = case(session, row.case_id)
        assert found  # a write is of a case
        self._case: Case = found
        self._seen = seen_cases(session, [row.case_id]).get(row.case_id)

    def done(self, wanted: dict[str, Any], version: str) -> None:
        """It stands there now, and what is to be written next in the same field begins with it.

        Of the other fields nothing was seen: the next write of one is still based on what was read.
        """
        self._end(WriteState.DONE)
        self._saw(wanted, version)
        for later in open_writes_of(self._session, self._row.case_id):
            if later.state == WriteState.WAITING and later.kind == self._row.kind and wanted:
                later.before = wanted

    def conflict(self, found: dict[str, Any], version: str) -> None:
        """What is found counts; whoever asked for something else is asked again."""
        self._end(WriteState.CONFLICT)
        self._row.found = found
        self._saw(found, version)
        self._stand_as(found)
        tell_of(self._session, self._deps, self._row)

    def refused(self, name: str) -> None:
        """It stays there as it was, and so it does here."""
        self._end(WriteState.REFUSED)
        self._row.error = name
        seen = self._seen.seen if self._seen else {}
        if self._row.kind in seen:
            self._row.found = {self._row.kind: seen[self._row.kind]}
            self._stand_as(self._row.found)
        if name == Gone.name:  # not every helpdesk tells of it otherwise
            gone = {"gone": True}
            happen(self._session, self._deps, CLOCK, self._case, Happening(Kind.GONE, gone, By.HELPDESK))
            if self._seen:
                self._seen.seen = {**seen, **gone}
        tell_of(self._session, self._deps, self._row)

    def later(self) -> None:
        """It is tried again, each time after a longer while."""
        self._row.error = ToolIsAway.name
        self._row.next_at = self._deps.clock() + try_again_after(self._row.tries)

    def _end(self, state: WriteState) -> None:
        row, deps = self._row, self._deps
        row.state, row.ended_at, row.next_at, row.error = state, deps.clock(), None, None
        actor = Actor(row.member_id, ()) if row.member_id else CLOCK
        said = {"helpdesk": row.source, "field": row.kind, "state": state.value}
        record(self._session, deps, actor, "case.write", ("case", row.case_id), None, said, self._case.number)
        touch(self._session, deps, "case", row.case_id)

    def _saw(self, fields: dict[str, Any], version: str) -> None:
        seen = self._seen
        if seen is None:
            seen = ExternalCase(
                workspace_id=self._row.workspace_id, case_id=self._row.case_id, version=version, seen={}
            )
            self._session.add(seen)
        seen.seen = {**seen.seen, **fields}
        seen.version = max(seen.version, version)

    def _stand_as(self, found: dict[str, Any]) -> None:
        """Our case as it is there."""
        session, deps = self._session, self._deps
        match Change(self._row.kind):
            case Change.TAGS:
                amend(session, deps, CLOCK, self._case, by=By.HELPDESK, tags=list(found["tags"]))
            case Change.STATE:
                state = {"state": State(found["state"])}
                happen(session, deps, CLOCK, self._case, Happening(Kind.STATE, state, By.HELPDESK))
            case Change.OWNER:
                people = external_people(session, self._row.source, filter(None, [found["owner"]]))
                owner = next((each.member_id for each in people.values()), None)
                data = {"owner": str(owner) if owner else None}
                happen(session, deps, CLOCK, self._case, Happening(Kind.OWNER, data, By.HELPDESK))
