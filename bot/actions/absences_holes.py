"""What nobody works because somebody is away: how it is offered, who could take it, what it does to coverage."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.actions.coverage_effect import Effects
from bot.actions.departures_cards import owned, turned_down
from bot.actions.people import somebody
from bot.actions.unowned import Offer, can_be_asked_now, offers_of, stints_of, who_could
from bot.domain.absences import SHORT_NOTICE, AbsenceShown, Hole, Kind, State, can_be_offered
from bot.domain.coverage_effect import AS_PLANNED, Moves, Stand
from bot.domain.coverage_watch import LeftOpen
from bot.domain.intervals import Interval
from bot.domain.unowned import Unowned
from storage.absences import absences_ahead
from storage.db import WorkspaceSession
from storage.shifts import assignments_of, queue_of_shift
from storage.tables import Absence, Assignment
from storage.unowned import open_work

MOST_SHOWN = 8
_MOST_NAMED = 3


def load_absence(session: WorkspaceSession, row: Absence, now: datetime) -> AbsenceShown:
    """An absence as of an instant."""
    work = worked_now(session, row, now)
    offers = offers_of(session, work)
    holes = [each for each in work if each.member_id is None]
    accepted = {UUID(each["assignment"]): UUID(each["by"]) for each in row.accepted}
    effects = Effects(session)
    return AbsenceShown(
        row.id,
        somebody(session, row.member_id),
        Interval(row.start, row.end),
        State(row.state),
        now,
        tuple(
            _with_effect(_hole(session, each, offers.get(each.id), accepted.get(each.id), now), row, now, effects)
            for each in holes[:MOST_SHOWN]
        ),
        tuple(owned(session, each) for each in work if each.member_id not in (None, row.member_id)),
        len(holes[MOST_SHOWN:]),
        late=row.kind == Kind.LATE,
    )


def worked_now(session: WorkspaceSession, row: Absence, now: datetime) -> list[Assignment]:
    """Who works what was released of theirs and is not over, in order."""
    had = stints_of(row)
    rows = assignments_of(session, {each.shift_id for each in had})
    found = [
        each
        for each in rows
        if each.end > now
        and any(one.shift_id == each.shift_id and one.interval.overlaps(_interval(each)) for one in had)
    ]
    return sorted(found, key=lambda each: (each.start, each.end, each.id))


def holes_of(session: WorkspaceSession, row: Absence, now: datetime) -> list[Assignment]:
    """What of that nobody works, and nobody has decided to leave so."""
    accepted = {UUID(each["assignment"]) for each in row.accepted}
    return [each for each in worked_now(session, row, now) if not each.member_id and each.id not in accepted]


def left_open(session: WorkspaceSession, now: datetime) -> list[LeftOpen]:
    """What of all absences somebody has decided to leave so, where it is for a queue."""
    away = absences_ahead(session, now, states=[State.IN_FORCE])
    by = {UUID(each["assignment"]): UUID(each["by"]) for row in away for each in row.accepted}
    rows = open_work(session, now, begun=True) if by else []
    return [
        LeftOpen(each.queue, _interval(each.assignment), by[each.assignment.id])
        for each in rows
        if each.queue and each.assignment.id in by
    ]


def _hole(
    session: WorkspaceSession, row: Assignment, offer: Offer | None, accepted: UUID | None, now: datetime
) -> Hole:
    queue, taker = queue_of_shift(session, row.shift_id), offer.taker_id if offer else None
    left = can_be_offered(_interval(row), now)
    declined, refused = turned_down(session, row)
    those = frozenset(each.member_id for each in declined)
    able = who_could(session, left, queue, now, but=those) if left and not taker else ()
    hurried, asked_before = row.start < now + SHORT_NOTICE, those | {each.member_id for each in refused}
    return Hole(
        Unowned(
            row.id,
            _interval(row),
            queue.name if queue else None,
            offer.cover.number if offer else None,
            somebody(session, taker) if taker else None,
            able[:_MOST_NAMED],
            declined=declined,
            refused=refused,
        ),
        left,
        len(able),
        somebody(session, accepted) if accepted else None,
        hurried=hurried,
        reachable=bool(left and hurried and can_be_asked_now(session, left, queue, now, but=asked_before)),
    )


def _with_effect(hole: Hole, row: Absence, now: datetime, effects: Effects) -> Hole:
    """The same with what changes because they are not there, as long as it is not decided to stay so."""
    if hole.accepted:
        return hole
    ahead = Interval(max(hole.open.interval.start, now), hole.open.interval.end)
    found = effects.of([ahead], AS_PLANNED, Moves(there=[Stand(ahead, hole.open.queue, row.member_id)]))
    # Where nothing says how many are needed, nobody can say that they are enough.
    enough = any(each.required for each in found.effects) and all(each.missing <= 0 for each in found.effects)
    return replace(hole, effect=tuple(each for each in found.summaries if each.changes), enough=enough)


def _interval(row: Assignment) -> Interval:
    return Interval(row.start, row.end)
