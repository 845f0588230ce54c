"""What is there to be edited by hand: the shifts of some days, one of them, and whose it may become."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from bot.actions.imports_reconcile import as_planned
from bot.actions.people import Caller, find_person
from bot.actions.shifts_edit import ShiftIsGone, version_of
from bot.deps import Deps
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from bot.domain.shifts import Somebody
from bot.domain.shifts_edit import EditForm, Listing, Owner, ShiftsToEdit, ShiftToEdit, Way, Work
from bot.domain.windows import TooManyDays
from storage.db import WorkspaceSession
from storage.people import member_by_slack_id, members
from storage.shifts import BaseShift, assignments_of, base_shift, base_shifts, is_as_planned, queues
from storage.tables import Assignment, Member

# As many as somebody edits one by one; more of them are the work of a file.
MOST_DAYS = 31


def shifts_to_edit(deps: Deps, caller: Caller, listing: Listing) -> ShiftsToEdit:
    """The shifts of the base that start on these days, on the wall of each: those of whom is named, planned for
    them or worked by them, or everybody's.

    Raises ``NotPermitted``, ``UnknownPerson`` and ``TooManyDays``.
    """
    caller.actor.require(Deed.EDIT_SCHEDULE)
    if (listing.last - listing.first).days >= MOST_DAYS:
        raise TooManyDays
    whose = find_person(deps, caller.workspace_id, listing.slack_id) if listing.slack_id else None
    with deps.sessions.read(caller.workspace_id) as session:
        base = base_shifts(session, listing.first, listing.last)
        standing = _standing(session, base)
        people = {row.id: _somebody(row) for row in members(session)}
    shown = [
        _shown(each, standing[each.shift.id], people)
        for each in base
        if whose is None or whose.id in {each.shift.member_id, *(row.member_id for row in standing[each.shift.id])}
    ]
    shown.sort(key=lambda each: (each.shift.interval, each.owner is None, each.owner and each.owner.name))
    return ShiftsToEdit(listing, _somebody(whose) if whose else None, tuple(shown))


def edit_form(
    deps: Deps, caller: Caller, way: Way, listing: Listing, nonce: UUID, shift_id: UUID | None
) -> EditForm:
    """A form for one edit, of a shift or, to add one, of none; raises ``NotPermitted`` and ``ShiftIsGone``."""
    caller.actor.require(Deed.EDIT_SCHEDULE)
    with deps.sessions.read(caller.workspace_id) as session:
        names = tuple(row.name for row in queues(session))
        if shift_id is None:
            whose = member_by_slack_id(session, listing.slack_id) if listing.slack_id else None
            return EditForm(way, nonce, listing, None, _owner(whose) if whose else None, names)
        base = base_shift(session, shift_id)
        if base is None:
            raise ShiftIsGone
        people = {row.id: row for row in members(session)}
        somebody = {member_id: _somebody(row) for member_id, row in people.items()}
        shown = _shown(base, _standing(session, [base])[shift_id], somebody)
        owner = _owner(people[base.shift.member_id]) if base.shift.member_id else None
        return EditForm(way, nonce, listing, shown, owner, names)


def possible_owners(deps: Deps, caller: Caller) -> tuple[Owner, ...]:
    """Whom a shift may be given to, by name; raises ``NotPermitted``."""
    caller.actor.require(Deed.EDIT_SCHEDULE)
    with deps.sessions.read(caller.workspace_id) as session:
        return tuple(_owner(row) for row in members(session) if row.deactivated_at is None)


def _standing(session: WorkspaceSession, base: list[BaseShift]) -> Mapping[UUID, list[Assignment]]:
    found: defaultdict[UUID, list[Assignment]] = defaultdict(list)
    for row in assignments_of(session, [each.shift.id for each in base]):
        found[row.shift_id].append(row)
    return found


def _shown(base: BaseShift, standing: list[Assignment], people: Mapping[UUID, Somebody]) -> ShiftToEdit:
    planned, owner_id = as_planned(base), base.shift.member_id
    worked = [
        Work(Interval(row.start, row.end), people[row.member_id] if row.member_id else None)
        for row in sorted(standing, key=lambda row: row.start)
    ]
    return ShiftToEdit(
        base.shift.id,
        planned,
        people[owner_id] if owner_id else None,
        version_of(planned),
        () if is_as_planned(base.shift, standing) else tuple(worked),
    )


def _somebody(row: Member) -> Somebody:
    return Somebody(row.id, row.slack_name or row.name, row.slack_id, left=row.deactivated_at is not None)


def _owner(row: Member) -> Owner:
    return Owner(row.id, row.slack_name or row.name, row.email)
