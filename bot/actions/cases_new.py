"""Opening a case by hand, and putting its record right."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bot.actions.cases_assign import on_the_floor
from bot.actions.cases_cards import show_owner
from bot.actions.cases_look import found_case, load_case
from bot.actions.cases_open import open_case
from bot.actions.cases_turn import amend, happen
from bot.actions.notes import write_note
from bot.actions.people import Caller, UnknownPerson, find_person
from bot.actions.quoted import as_read, first_line
from bot.deps import Deps
from bot.domain.cases import Happening, Kind
from bot.domain.cases_new import CaseForm, Entered, NewCase
from bot.domain.cases_shown import CaseShown, Why
from bot.domain.permissions import Deed
from storage.shifts import queues
from storage.swaps import form_result, remember_form


def new_form(deps: Deps, caller: Caller) -> CaseForm:
    """The form that opens a case. Raises ``NotPermitted``."""
    caller.actor.require(Deed.WORK_CASES)
    with deps.sessions.read(caller.workspace_id) as session:
        return CaseForm(deps.new_id(), tuple((row.id, row.name) for row in queues(session)))


def title_of(deps: Deps, caller: Caller, message: str) -> str:
    """What a message is about, as somebody reads it: its first line that has words."""
    with deps.sessions.read(caller.workspace_id) as session:
        return first_line(as_read(session, message))


def edit_form(deps: Deps, caller: Caller, case_id: UUID) -> CaseForm:
    """The form that puts the record of a case right. Raises ``NotPermitted`` and ``UnknownCase``."""
    caller.actor.require(Deed.WORK_CASES)
    with deps.sessions.read(caller.workspace_id) as session:
        shown = load_case(session, found_case(session, case_id), deps.clock())
        return CaseForm(deps.new_id(), (), shown)


def make_case(deps: Deps, caller: Caller, nonce: UUID, entered: Entered) -> CaseShown:
    """Opens a case, once for a form.

    Raises ``NotPermitted``, and ``UnknownPerson`` for an owner who is not here, or works no cases.
    """
    caller.actor.require(Deed.WORK_CASES)
    owner = find_person(deps, caller.workspace_id, entered.owner) if entered.owner else None
    with deps.sessions.write(caller.workspace_id) as session:
        made = form_result(session, nonce)
        if made:
            return load_case(session, found_case(session, made), deps.clock())
        if owner and (owner.deactivated_at or not on_the_floor(session, owner.id)):
            raise UnknownPerson
        new = NewCase(
            entered.title,
            entered.customer,
            entered.priority,
            entered.tier,
            entered.language,
            entered.channel,
            entered.category,
            entered.tags,
            entered.queue_id,
            owner.id if owner else None,
            external_url=entered.link,
        )
        row = open_case(session, deps, caller.actor, new)
        if note_id := write_note(session, deps, caller.actor.member_id, entered.note):
            happen(session, deps, caller.actor, row, Happening(Kind.NOTE, note_id=note_id))
        remember_form(session, nonce, row.id, deps.clock())
        show_owner(session, deps, row, Why.OPENED)
        return load_case(session, row, deps.clock())


def change_case(deps: Deps, caller: Caller, case_id: UUID, nonce: UUID, changes: Mapping[str, Any]) -> CaseShown:
    """Puts right what the record says: these fields of what was ``Entered``, but neither queue nor owner.

    Raises ``NotPermitted``, ``UnknownCase`` and ``CaseIsOver``.
    """
    caller.actor.require(Deed.WORK_CASES)
    with deps.sessions.write(caller.workspace_id) as session:
        row = found_case(session, case_id)
        if not form_result(session, nonce):
            kinds = {"priority": Kind.PRIORITY, "tier": Kind.TIER}
            happenings = [Happening(kinds[name], {name: changes[name]}) for name in kinds if name in changes]
            happen(session, deps, caller.actor, row, *happenings)
            record = {name: value for name, value in changes.items() if name not in kinds}
            amend(session, deps, caller.actor, row, **record)
            remember_form(session, nonce, row.id, deps.clock())
        return load_case(session, row, deps.clock())
