"""Edits the base by hand, one shift at a time, in the way of an import: numbered, and to be undone."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from bot.actions.imports_reconcile import aftermath_of, as_planned
from bot.actions.people import Caller, somebody
from bot.actions.settings import preferences
from bot.actions.shifts_edit_check import review_of
from bot.actions.shifts_import import AROUND, EDIT, ShiftImport, apply_plan, left_of
from bot.actions.shifts_write import Stored
from bot.actions.unowned import not_offered
from bot.actions.uploads_documents import digest
from bot.actions.uploads_preview import preview_of
from bot.deps import Deps
from bot.domain import covers, swaps
from bot.domain.imports_standing import Kind
from bot.domain.permissions import Deed
from bot.domain.shifts import Somebody
from bot.domain.shifts_edit import (
    Cut,
    Draft,
    Edit,
    Outlook,
    OwnerHasLeft,
    WorksThen,
    cut,
    planned,
    put,
    remove,
)
from bot.domain.shifts_import import KnownShift, PlannedShift, ShiftPlan
from bot.domain.swaps_review import identity
from bot.domain.uploads import ExchangeEntry, Preview, ShiftEntry, emails_of
from storage.covers import covers_of_shifts
from storage.db import WorkspaceSession
from storage.people import member, member_by_email, members
from storage.shifts import BaseShift, base_shift, base_shifts, queues
from storage.swaps import form_result, remember_form, swaps_of_shifts
from storage.tables import Import


@dataclass(frozen=True, slots=True)
class Wanted:
    """An edit that was asked for, of a shift (None: of none, it adds one) that had this ``version`` then.

    ``seen`` is the digest of the outlook that was looked at; None: of none yet.
    """

    nonce: UUID
    shift: UUID | None
    version: str
    edit: Edit
    seen: str | None = None


class Saved(NamedTuple):
    """An edit by its number in the register; ``unowned`` of its shifts nobody works, and nobody is asked for."""

    number: int
    unowned: int


class ShiftIsGone(Exception):
    """The shift is not planned any more."""


class ChangedMeanwhile(Exception):
    """The shift is no longer as it was when the form was opened; ``now`` it is like this."""

    def __init__(self, now: PlannedShift) -> None:
        super().__init__("the shift has changed")
        self.now = now


class OtherOutlook(Exception):
    """The edit would do something else than what was looked at: this."""

    def __init__(self, outlook: Outlook) -> None:
        super().__init__("the outlook is another one")
        self.outlook = outlook


def outlook_of(deps: Deps, caller: Caller, wanted: Wanted) -> Outlook:
    """What an edit would do; nothing is written.

    Raises ``NotPermitted``, ``ShiftIsGone``, ``ChangedMeanwhile`` and ``BadEdit``.
    """
    caller.actor.require(Deed.EDIT_SCHEDULE)
    with deps.sessions.read(caller.workspace_id) as session:
        return _outlook(session, deps, *_done(session, deps, wanted))


def save(deps: Deps, caller: Caller, wanted: Wanted) -> Saved:
    """Does what was looked at, whatever rules it breaks, and tells whoever is concerned.

    It is the same where the form was sent before. Raises ``OtherOutlook``, and as ``outlook_of`` does.
    """
    caller.actor.require(Deed.EDIT_SCHEDULE)
    with deps.sessions.write(caller.workspace_id) as session:
        if known := form_result(session, wanted.nonce):
            entry = session.get_one(Import, (session.workspace_id, known))
        else:
            entry = _write(session, deps, caller, wanted)
        left = not_offered(session, [entry.id], deps.clock())
        return Saved(entry.number, len(left.get(entry.id, ())))


def version_of(shift: PlannedShift) -> str:
    """Another one for each way in which a shift can be planned."""
    return hashlib.sha256(repr(shift).encode()).hexdigest()[:16]


def _write(session: WorkspaceSession, deps: Deps, caller: Caller, wanted: Wanted) -> Import:
    done, stored = _done(session, deps, wanted)
    outlook = _outlook(session, deps, done, stored)
    if outlook.digest != wanted.seen:
        raise OtherOutlook(outlook)
    broken = sorted({finding.rule for finding in outlook.review.denials})
    entry = apply_plan(
        session, deps, caller.actor, EDIT, "", done, stored, lambda _done, _steps: None, broken=broken
    )
    remember_form(session, wanted.nonce, entry.id, deps.clock())
    session.flush()
    return entry


def _done(session: WorkspaceSession, deps: Deps, wanted: Wanted) -> tuple[ShiftImport, Stored]:
    base = base_shift(session, wanted.shift) if wanted.shift else None
    if wanted.shift and base is None:
        raise ShiftIsGone
    known = KnownShift(base.shift.id, as_planned(base)) if base else None
    if known and version_of(known.shift) != wanted.version:
        raise ChangedMeanwhile(known.shift)
    after = _planned(session, wanted.edit, known) if isinstance(wanted.edit, Draft) else None
    stored = _stored(session, [each.start_local.date() for each in (known and known.shift, after) if each])
    plan = _plan(wanted.edit, known, after, stored)
    if plan.clashes:
        raise WorksThen(plan.clashes[0].other.shift)
    left = left_of([*(move.line for move in plan.moved), *plan.added], stored.roster)
    return ShiftImport(None, plan, (), left, aftermath_of(session, deps, plan, stored.roster)), stored


def _stored(session: WorkspaceSession, days: Iterable[date]) -> Stored:
    near: dict[UUID, BaseShift] = {}
    for day in days:
        near |= {each.shift.id: each for each in base_shifts(session, day - AROUND, day + AROUND)}
    return Stored(
        {row.email: row for row in members(session)}, {row.name.casefold(): row for row in queues(session)}, near
    )


def _plan(edit: Edit, known: KnownShift | None, after: PlannedShift | None, stored: Stored) -> ShiftPlan:
    if after:
        others = [each for shift_id, each in stored.base.items() if known is None or shift_id != known.id]
        return put(known, after, [KnownShift(each.shift.id, as_planned(each)) for each in others])
    if known is None:
        raise ShiftIsGone
    return cut(known, edit.at) if isinstance(edit, Cut) else remove(known)


def _planned(session: WorkspaceSession, draft: Draft, known: KnownShift | None) -> PlannedShift:
    owner = member(session, draft.owner) if draft.owner else None
    same = known is not None and known.shift.email == (owner.email if owner else None)
    if draft.owner and not same and (owner is None or owner.deactivated_at):
        raise OwnerHasLeft
    zone = known.shift.timezone if known else owner.time_zone if owner else None
    return planned(draft, owner.email if owner else None, zone or preferences(session).time_zone)


def _outlook(session: WorkspaceSession, deps: Deps, done: ShiftImport, stored: Stored) -> Outlook:
    plan = done.plan
    before = [*(move.known for move in plan.moved), *plan.removed]
    after = [*(move.after for move in plan.moved), *(line.shift for line in plan.added)]
    begins = min(each.interval.start for each in [*(known.shift for known in before), *after])
    changing = {*(known.id for known in before), *done.aftermath.handed(session)}
    waiting = [f"{Kind.SWAP} {row.number}" for row in swaps_of_shifts(session, changing, swaps.PENDING)]
    waiting += [
        f"{Kind.COVER if row.owner_id else Kind.OPEN_SHIFT} {row.number}"
        for row in covers_of_shifts(session, changing, [covers.State.OPEN])
    ]
    preview, begun = preview_of(done), begins <= deps.clock()
    review = review_of(session, deps.clock(), done, stored)
    people = {side.member_id: somebody(session, side.member_id) for side in review.sides}
    said = f"{digest(preview)} {waiting} {begun} {[*map(identity, review.findings)]}"
    seen = hashlib.sha256(said.encode()).hexdigest()[:32]
    return Outlook(preview, tuple(waiting), review, people, begun, seen, _names(session, preview))


def _names(session: WorkspaceSession, preview: Preview) -> dict[str, Somebody]:
    entries = (each for each in preview.entries if isinstance(each, ShiftEntry | ExchangeEntry))
    emails = {email for each in entries for email in emails_of(each)}
    found = {email: member_by_email(session, email) for email in emails}
    return {email: somebody(session, each.id) for email, each in found.items() if each}
