"""Somebody leaves or comes back: what becomes of what they were to work, and of what waited for them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from bot.actions import absences_work
from bot.actions.calendar_end import revoke
from bot.actions.departures_cards import CARD, show
from bot.actions.departures_duties import leave_duties
from bot.actions.departures_news import say_back, say_needed
from bot.actions.handover import LEFT
from bot.actions.outbox import touch
from bot.actions.record import record
from bot.actions.release import document, give_back, give_up_parts, is_known, leave_to_nobody
from bot.actions.unowned import Stint, stints_of
from bot.deps import Deps
from bot.domain.intervals import Interval
from bot.domain.permissions import Actor
from storage.db import WorkspaceSession
from storage.departures import assignments_ahead, departures_ahead, planned_for_nobody, worked_by_gone
from storage.people import member as member_by_id
from storage.tables import Assignment, Departure, Import, Member


def follow(session: WorkspaceSession, deps: Deps, actor: Actor, member: Member, *, was_gone: bool) -> None:
    """Does what follows from it where a member has left, or has come back, just now."""
    gone = member.deactivated_at is not None
    if gone and not was_gone:
        _leave(session, deps, actor, member)
    elif was_gone and not gone:
        _return(session, deps, actor, member)


def seek_owners(
    session: WorkspaceSession, deps: Deps, actor: Actor, entry: Import, shift_ids: Collection[UUID]
) -> None:
    """The coordinators see what an import plans, of these shifts, for who has left, and nobody works."""
    for member_id, stints in _planned_for_nobody(session, deps, shift_ids).items():
        _lack(session, deps, actor, member_id, stints, entry)


def who_is_there(people: Iterable[Member]) -> list[tuple[Member, bool]]:
    """These members, and whether each has left as of now, before an import or its undoing."""
    return [(each, each.deactivated_at is not None) for each in people]


def follow_undone(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    entry: Import,
    shift_ids: Collection[UUID],
    there: Iterable[tuple[Member, bool]],
) -> None:
    """Does what follows where these shifts are what they were, and ``there`` the people as they were.

    Of whom the shifts are, some have left since the import, and some have come back.
    """
    for member, was_gone in there:
        follow(session, deps, actor, member, was_gone=was_gone)
    for departure in departures_ahead(session, deps.clock()):
        # What they had before others did is theirs only by their coming back.
        if departure.returned_at and departure.returned_at > entry.imported_at:
            _give_back(session, deps, actor, departure, shift_ids)
    again: defaultdict[UUID, list[Assignment]] = defaultdict(list)
    for member_id, row in worked_by_gone(session, shift_ids, deps.clock()):
        again[member_id].append(row)
    for member_id, rows in again.items():
        _lack(session, deps, actor, member_id, _left_to_nobody(session, deps, actor, rows), entry)
    seek_owners(session, deps, actor, entry, shift_ids)


def _leave(session: WorkspaceSession, deps: Deps, actor: Actor, member: Member) -> None:
    """Nobody works what is ahead of them, and the coordinators see who could; what has begun stays as it is.

    Swaps that wait for any of it, and covers of it, end as for any shift that changes hands.
    """
    revoke(session, deps, actor, member.id)
    give_up_parts(session, deps, actor, member.id)
    leave_duties(session, deps, actor, member)
    rows = assignments_ahead(session, member.id, deps.clock())
    _lack(session, deps, actor, member.id, _left_to_nobody(session, deps, actor, rows))


def _return(session: WorkspaceSession, deps: Deps, actor: Actor, member: Member) -> None:
    """What nobody works is theirs again; who waited for approval to take any of it reads that it is over."""
    for departure in departures_ahead(session, deps.clock(), member.id):
        if departure.returned_at is None:
            departure.returned_at = deps.clock()
            given = _give_back(session, deps, actor, departure)
            record(session, deps, actor, "people.return", ("member", member.id), None, {"shifts": given})
            touch(session, deps, CARD, departure.id)
            say_back(session, deps, departure, given)
    absences_work.follow_return(session, deps, actor, member.id)


def _left_to_nobody(
    session: WorkspaceSession, deps: Deps, actor: Actor, rows: Iterable[Assignment]
) -> list[Stint]:
    left = [(row.member_id, Stint(row.shift_id, Interval(row.start, row.end))) for row in rows]
    return leave_to_nobody(session, deps, actor, left, LEFT)


def _lack(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    member_id: UUID,
    stints: Iterable[Stint],
    entry: Import | None = None,
) -> None:
    """The coordinators see what needs an owner, beside what did already or on a card of its own."""
    known = _departure_of(session, deps, member_id)
    had = stints_of(known) if known else []
    new = [each for each in stints if not is_known(each, had)]
    if not new:
        return
    row = known or Departure(
        workspace_id=session.workspace_id, id=deps.new_id(), member_id=member_id, work=[], left_at=deps.clock()
    )
    row.work = [*row.work, *map(document, new)]
    row.until = max(each.interval.end for each in (*had, *new))
    session.add(row)
    session.flush()
    record(session, deps, actor, "people.leave", ("member", member_id), None, {"shifts": len(new)})
    show(session, deps, row)
    if known and entry:
        touch(session, deps, CARD, row.id)
        say_needed(session, deps, row, entry, len(new))


def _departure_of(session: WorkspaceSession, deps: Deps, member_id: UUID) -> Departure | None:
    """Of somebody who is not back; None: nothing of what they had is ahead."""
    rows = departures_ahead(session, deps.clock(), member_id)
    return next((row for row in rows if row.returned_at is None), None)


def _planned_for_nobody(
    session: WorkspaceSession, deps: Deps, shift_ids: Collection[UUID]
) -> dict[UUID, list[Stint]]:
    """What of these shifts nobody works because whoever was to has left, by who that is."""
    found: defaultdict[UUID, list[Stint]] = defaultdict(list)
    ahead = [row for row in departures_ahead(session, deps.clock()) if row.returned_at is None]
    had = {stint.shift_id: row.member_id for row in ahead for stint in stints_of(row)}
    for planned, row in planned_for_nobody(session, shift_ids, deps.clock()):
        owner = member_by_id(session, had.get(row.shift_id, planned))
        if owner and owner.deactivated_at:
            found[owner.id].append(Stint(row.shift_id, Interval(row.start, row.end)))
    return found


def _give_back(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    departure: Departure,
    shift_ids: Collection[UUID] | None = None,
) -> int:
    return give_back(session, deps, actor, departure.member_id, stints_of(departure), shift_ids)
