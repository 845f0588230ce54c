"""Promising a customer something, and seeing to it: what people do. The bot itself sends a customer nothing."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.cases_assign import on_the_floor
from bot.actions.cases_look import found_case, name_of
from bot.actions.cases_turn import happen, is_mirrored
from bot.actions.notes import write_note
from bot.actions.people import Caller, UnknownPerson, find_person, somebody
from bot.actions.promises_parts import promise_of, shown_promise
from bot.actions.promises_turn import note_promise, tell_owner, turn_into, values, write
from bot.actions.sla import policy_of
from bot.deps import Deps
from bot.domain.cases import LIVE, By, CaseIsOver, Happening
from bot.domain.cases import Kind as What
from bot.domain.permissions import Actor, Deed
from bot.domain.promises import (
    PromiseIsOver,
    State,
    UnknownPromise,
    confirm,
    make,
    move,
    take_back,
    tell,
)
from bot.domain.promises_shown import PromiseForm, PromiseShown, PromisesPage
from bot.domain.shifts import Somebody
from bot.domain.wallclock import next_quarter
from storage.db import WorkspaceSession
from storage.promises import promise_row, promises_of_owner
from storage.swaps import form_result, remember_form
from storage.tables import Case, CustomerPromise, Member, Note

# A customer is promised to hear within a working day, unless somebody says otherwise.
_USUAL = timedelta(hours=8)
_PAGE = 10


@dataclass(frozen=True, slots=True)
class NewPromise:
    """What somebody promises; ``owner`` is the Slack account of who sees to it."""

    nonce: UUID
    case_id: UUID
    due_at: datetime
    text: str
    owner: str


def promise(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    case: Case,
    owner_id: UUID,
    due_at: datetime,
    text: str,
) -> CustomerPromise:
    """Notes what the customer of a case was promised. Raises ``NotPermitted`` and ``DueInThePast``."""
    actor.require(Deed.PROMISE)
    made = make(deps.clock(), due_at)
    row = CustomerPromise(
        workspace_id=session.workspace_id,
        id=deps.new_id(),
        case_id=case.id,
        owner_id=owner_id,
        made_by_id=actor.member_id,
        made_at=made.made_at,
        text_id=write_note(session, deps, actor.member_id, text),
    )
    write(row, made)
    session.add(row)
    note_promise(session, deps, actor, row, "make", None)
    tell_owner(session, deps, actor, row)
    return row


def promise_form(deps: Deps, caller: Caller, wanted: UUID | str | None) -> PromiseForm:
    """What the form begins with. Raises ``NotPermitted``, ``UnknownCase`` and ``CaseIsOver``."""
    caller.actor.require(Deed.PROMISE)
    with deps.sessions.read(caller.workspace_id) as session:
        now = deps.clock()
        if wanted is None:
            return PromiseForm(deps.new_id(), None, next_quarter(now + _USUAL), _me(session, caller))
        about = _alive(session, wanted)
        due = next_quarter(policy_of(session, about).calendar.after(now, _USUAL))
        owner = somebody(session, about.owner_id) if about.owner_id else _me(session, caller)
        return PromiseForm(deps.new_id(), name_of(session, about), due, owner)


def make_promise(deps: Deps, caller: Caller, new: NewPromise) -> PromiseShown:
    """A customer was promised something.

    Raises ``NotPermitted``, ``UnknownCase``, ``CaseIsOver``, ``UnknownPerson`` and ``DueInThePast``.
    """
    caller.actor.require(Deed.PROMISE)
    owner = find_person(deps, caller.workspace_id, new.owner)
    with deps.sessions.write(caller.workspace_id) as session:
        known = form_result(session, new.nonce)
        if known:
            return shown_promise(session, _row(session, known))
        about = _alive(session, new.case_id)
        _demand_on_the_floor(session, owner)
        row = promise(session, deps, caller.actor, about, owner.id, new.due_at, new.text)
        remember_form(session, new.nonce, row.id, deps.clock())
        return shown_promise(session, row)


def open_promise(deps: Deps, caller: Caller, promise_id: UUID) -> PromiseShown:
    """A promise that the customer waits for. Raises ``NotPermitted``, ``UnknownPromise`` and ``PromiseIsOver``."""
    with deps.sessions.read(caller.workspace_id) as session:
        row = _permitted(session, caller, promise_id)
        if row.state != State.OPEN:
            raise PromiseIsOver
        about = found_case(session, row.case_id)
        return replace(shown_promise(session, row), mirrored=is_mirrored(session, about))


def my_promises(deps: Deps, caller: Caller, page: int = 0) -> PromisesPage:
    """What the caller sees to. Raises ``NotPermitted``."""
    caller.actor.require(Deed.PROMISE)
    assert caller.actor.member_id
    with deps.sessions.read(caller.workspace_id) as session:
        rows, total = promises_of_owner(session, caller.actor.member_id, page * _PAGE, _PAGE)
        shown = tuple(shown_promise(session, row) for row in rows)
        return PromisesPage(shown, page, max(1, -(-total // _PAGE)), total)


def keep_draft(deps: Deps, caller: Caller, promise_id: UUID, nonce: UUID, draft: str) -> PromiseShown:
    """Keeps what somebody has written to the customer. Raises what ``told`` does, but not ``CaseIsOver``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = _permitted(session, caller, promise_id)
        if not form_result(session, nonce):
            _write_draft(session, deps, caller, row, draft)
            remember_form(session, nonce, row.id, deps.clock())
        return shown_promise(session, row)


def told(deps: Deps, caller: Caller, promise_id: UUID, nonce: UUID, draft: str) -> PromiseShown:
    """Somebody has sent it to the customer; where no helpdesk says so, that is a reply on the case.

    Raises ``NotPermitted``, ``UnknownPromise``, ``PromiseIsOver`` and ``CaseIsOver``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        row = _permitted(session, caller, promise_id)
        if form_result(session, nonce):
            return shown_promise(session, row)
        after = tell(promise_of(row), deps.clock())
        _write_draft(session, deps, caller, row, draft)
        row.sent_by_id = caller.actor.member_id
        turn_into(session, deps, caller.actor, row, after, "keep" if after.kept else "send_late")
        about = found_case(session, row.case_id)
        if about.state in LIVE and not is_mirrored(session, about):
            replied = Happening(What.MESSAGE, {}, By.MEMBER, caller.actor.member_id)
            happen(session, deps, caller.actor, about, replied)
        remember_form(session, nonce, row.id, deps.clock())
        return shown_promise(session, row)


def move_promise(
    deps: Deps, caller: Caller, promise_id: UUID, nonce: UUID, due_at: datetime, owner: str
) -> PromiseShown:
    """The customer was told of another time, or somebody else sees to it.

    Raises ``NotPermitted``, ``UnknownPromise``, ``PromiseIsOver``, ``UnknownPerson`` and ``DueInThePast``.
    """
    person = find_person(deps, caller.workspace_id, owner)
    with deps.sessions.write(caller.workspace_id) as session:
        row = _permitted(session, caller, promise_id)
        if form_result(session, nonce):
            return shown_promise(session, row)
        before, owner_id = values(row), row.owner_id
        if person.id != owner_id:
            _demand_on_the_floor(session, person)
        moved = due_at != row.due_at
        after = move(promise_of(row), due_at, deps.clock()) if moved else promise_of(row)
        row.owner_id = person.id
        if values(row) != before or moved:
            turn_into(session, deps, caller.actor, row, after, "move" if moved else "give")
        if row.owner_id != owner_id:
            tell_owner(session, deps, caller.actor, row)
        remember_form(session, nonce, row.id, deps.clock())
        return shown_promise(session, row)


def confirm_promise(deps: Deps, caller: Caller, promise_id: UUID) -> PromiseShown:
    """The customer says that it is what they wanted.

    Raises ``NotPermitted``, ``UnknownPromise`` and ``PromiseIsOver``.
    """
    with deps.sessions.write(caller.workspace_id) as session:
        row = _permitted(session, caller, promise_id)
        if row.state != State.CONFIRMED:
            turn_into(session, deps, caller.actor, row, confirm(promise_of(row)), "confirm")
        return shown_promise(session, row)


def take_promise_back(deps: Deps, caller: Caller, promise_id: UUID) -> PromiseShown:
    """It was made by mistake. Raises ``NotPermitted``, ``UnknownPromise`` and ``PromiseIsOver``."""
    with deps.sessions.write(caller.workspace_id) as session:
        row = _permitted(session, caller, promise_id)
        if row.state != State.TAKEN_BACK:
            turn_into(session, deps, caller.actor, row, take_back(promise_of(row)), "take_back")
        return shown_promise(session, row)


def _demand_on_the_floor(session: WorkspaceSession, person: Member) -> None:
    """Nobody else can see to a promise. Raises ``UnknownPerson``."""
    if person.deactivated_at or not on_the_floor(session, person.id):
        raise UnknownPerson


def _alive(session: WorkspaceSession, wanted: UUID | str) -> Case:
    """A case whose customer may still wait for something."""
    found = found_case(session, wanted)
    if found.closed_at or found.external_gone_at:
        raise CaseIsOver
    return found


def _write_draft(session: WorkspaceSession, deps: Deps, caller: Caller, row: CustomerPromise, draft: str) -> None:
    """In place of the one before, of which nobody needs a copy."""
    known = session.get(Note, (session.workspace_id, row.draft_id)) if row.draft_id else None
    if known:
        known.text, known.author_id, known.written_at = draft.strip(), caller.actor.member_id, deps.clock()
    else:
        row.draft_id = write_note(session, deps, caller.actor.member_id, draft)


def _permitted(session: WorkspaceSession, caller: Caller, promise_id: UUID) -> CustomerPromise:
    """Whoever works on the floor may see to it: its owner may be away."""
    caller.actor.require(Deed.PROMISE)
    return _row(session, promise_id)


def _row(session: WorkspaceSession, promise_id: UUID) -> CustomerPromise:
    row = promise_row(session, promise_id)
    if row is None:
        raise UnknownPromise
    return row


def _me(session: WorkspaceSession, caller: Caller) -> Somebody | None:
    return somebody(session, caller.actor.member_id) if caller.actor.member_id else None
