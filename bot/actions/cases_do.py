"""What people do to a case: it waits, is closed, opened again, worked on; something is noted beside it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from bot.actions.cases_look import found_case, name_of
from bot.actions.cases_turn import happen, is_mirrored
from bot.actions.notes import write_note
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain import escalations, exceptions, promises
from bot.domain.cases import LIVE, By, Happening, Kind, State
from bot.domain.cases_do import (
    NOTHING_BESIDE,
    Beside,
    HelpdeskSays,
    IsOpen,
    NothingSaid,
    NothingToUndo,
    NotOpen,
    closes,
    customer_wrote,
    notes,
    reopens,
    replies,
    unsaid,
    waits,
    works,
)
from bot.domain.cases_life import MISTAKE, replay
from bot.domain.cases_named import CaseNamed
from bot.domain.permissions import Deed
from storage.cases import events_of, happening_of
from storage.db import WorkspaceSession
from storage.escalations import escalations_of_case
from storage.exceptions import exceptions_of_case
from storage.people import departments
from storage.promises import promises_of_case
from storage.swaps import form_result, remember_form
from storage.tables import Case, CaseEvent

# What can be taken back.
_MOVES = (Kind.STATE, Kind.MESSAGE)


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: how the case stands, the event that can be undone, what stays open beside it, and
    whether somebody has it."""

    case: CaseNamed
    state: State
    waits_on: str | None
    changed: bool
    undo: UUID | None = None
    beside: Beside = NOTHING_BESIDE
    owned: bool = True


def wait(
    deps: Deps, caller: Caller, case_id: UUID, nonce: UUID, on: UUID | None, note: str = "", *, customer: bool
) -> Done:
    """It waits for the customer, else for a department, or (``on`` None) for somebody of ours.

    This and all that follow raise ``NotPermitted``, ``UnknownCase`` and ``CaseIsOver``; this one, work and a reply
    after which it is not solved also ``NotOpen``.
    """
    return _do(deps, caller, case_id, nonce, lambda _: waits(on, customer=customer), note, live=True)


def close(deps: Deps, caller: Caller, case_id: UUID, nonce: UUID, how: State, note: str = "") -> Done:
    """It is solved, or closed for good."""
    return _do(deps, caller, case_id, nonce, lambda _: closes(how), note)


def open_beside(deps: Deps, caller: Caller, case_id: UUID) -> Beside:
    """What is still open about a case that somebody is about to close."""
    caller.actor.require(Deed.SEE_CASES)
    with deps.sessions.read(caller.workspace_id) as session:
        return _beside(session, case_id)


def reopen(deps: Deps, caller: Caller, case_id: UUID, nonce: UUID, note: str = "", *, by_mistake: bool) -> Done:
    """It is open again, because the customer came back, or because closing it was a mistake. Raises ``IsOpen``."""
    return _do(deps, caller, case_id, nonce, lambda _: reopens(by_mistake=by_mistake), note, live=False)


def work(deps: Deps, caller: Caller, case_id: UUID, nonce: UUID) -> Done:
    """The caller is at it."""
    return _do(deps, caller, case_id, nonce, lambda _: works(), live=True)


def add_note(deps: Deps, caller: Caller, case_id: UUID, nonce: UUID, note: str) -> Done:
    """Something is written beside it, also in the helpdesk. Raises ``NothingSaid``, too."""
    if not note.strip():
        raise NothingSaid
    return _do(deps, caller, case_id, nonce, lambda _: [], note)


def reply(deps: Deps, caller: Caller, case_id: UUID, nonce: UUID, then: State, note: str = "") -> Done:
    """Somebody replied to the customer. Raises ``HelpdeskSays``, too."""
    return _do(deps, caller, case_id, nonce, lambda _: replies(then), note, own=True, live=then in LIVE or None)


def hear_customer(deps: Deps, caller: Caller, case_id: UUID, nonce: UUID, note: str = "") -> Done:
    """The customer wrote. Raises ``HelpdeskSays``, too."""
    return _do(deps, caller, case_id, nonce, lambda row: customer_wrote(State(row.state)), note, own=True)


def undo(deps: Deps, caller: Caller, case_id: UUID, event_id: UUID) -> Done:
    """Takes back a change of state or a message, as long as it is the last one. Raises ``NothingToUndo``, too.

    What changed the state because there was a message takes that back as well.
    """
    caller.actor.require(Deed.WORK_CASES)
    with deps.sessions.write(caller.workspace_id) as session:
        row = found_case(session, case_id)
        events = events_of(session, row.id)
        last = next((each for each in reversed(events) if each.id == event_id), None)
        if last is None or any(each.kind == last.kind for each in events[events.index(last) + 1 :]):
            raise NothingToUndo
        happen(session, deps, caller.actor, row, *_back(events, last))
        return _done(session, row, changed=True)


def _back(events: Sequence[CaseEvent], last: CaseEvent) -> Iterator[Happening]:
    """What takes the last change back, and the message that came with it."""
    position = events.index(last)
    message = events[position - 1] if last.kind == Kind.STATE else last
    if message.kind == Kind.MESSAGE and message.at == last.at and "void" not in message.data:
        yield unsaid(message.at, By(message.by))
    if last.kind == Kind.STATE:
        before = replay((each.at, happening_of(each)) for each in events[:position])
        on = {"waits_on": str(before.waits_on_id)} if before.waits_on_id else {}
        yield Happening(Kind.STATE, {"state": before.state, "because": MISTAKE, **on})


def _do(
    deps: Deps,
    caller: Caller,
    case_id: UUID,
    nonce: UUID,
    what: Callable[[Case], Sequence[Happening]],
    note: str = "",
    *,
    own: bool = False,
    live: bool | None = None,
) -> Done:
    """``own``: only where no helpdesk says it; ``live``: only while it is open, or (False) while it is not."""
    caller.actor.require(Deed.WORK_CASES)
    with deps.sessions.write(caller.workspace_id) as session:
        row = found_case(session, case_id)
        if form_result(session, nonce):
            return _done(session, row, changed=True)
        if own and row.source and is_mirrored(session, row):
            raise HelpdeskSays(row.source)
        over = row.external_gone_at or (row.state == State.CLOSED and is_mirrored(session, row))
        if live is not None and not over and live != (row.state in LIVE):
            raise NotOpen(row.number, State(row.state)) if live else IsOpen(row.number)
        happenings = list(what(row))
        note_id = write_note(session, deps, caller.actor.member_id, note)
        if note_id:
            # Before the state: some helpdesks take nothing any more once a case is closed.
            happenings = [*notes(note_id), *happenings]
        happened = happen(session, deps, caller.actor, row, *happenings)
        remember_form(session, nonce, row.id, deps.clock())
        moved = any(each.kind in _MOVES for each in happened)
        return _done(session, row, changed=bool(happened), moved=moved)


def _done(session: WorkspaceSession, row: Case, *, changed: bool, moved: bool = False) -> Done:
    moves = [each for each in events_of(session, row.id) if each.kind in _MOVES] if moved else []
    names = {each.id: each.name for each in departments(session)} if row.waits_on_id else {}
    waits_on = names.get(row.waits_on_id) if row.waits_on_id else None
    beside = _beside(session, row.id) if moved and (row.state not in LIVE or waits_on) else NOTHING_BESIDE
    undo_id = max(moves, key=lambda each: each.number).id if moves else None
    owned = row.owner_id is not None
    return Done(name_of(session, row), State(row.state), waits_on, changed, undo_id, beside, owned)


def _beside(session: WorkspaceSession, case_id: UUID) -> Beside:
    names = {row.id: row.name for row in departments(session)}
    asked = escalations_of_case(session, case_id, escalations.LIVE)
    return Beside(
        len(promises_of_case(session, case_id, [promises.State.OPEN])),
        tuple((row.number, names[row.department_id]) for row in asked),
        len(exceptions_of_case(session, case_id, [exceptions.State.NEEDS_APPROVAL])),
    )
