"""What nobody works: how it is offered to others already, whose it was, and who could take it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from bot.actions.covers_check import CoverCheck
from bot.actions.people import somebody
from bot.actions.ranking import candidates
from bot.actions.settings import preferences
from bot.domain.absences import State as AwayState
from bot.domain.covers import PartState, State
from bot.domain.intervals import Interval
from bot.domain.ranking import Place, rank
from bot.domain.shifts import Somebody
from bot.domain.unowned import Ranked, Unowned
from storage.absences import absences_ahead
from storage.covers import covers_of_shifts, parts_of
from storage.db import WorkspaceSession
from storage.departures import departures_ahead
from storage.tables import Absence, Assignment, Cover, CoverPart, Departure, Queue
from storage.unowned import OpenWork, open_work, open_work_of_imports


@dataclass(frozen=True, slots=True)
class Offer:
    """An open cover of what nobody works, and who waits for approval to take it."""

    cover: Cover
    taker_id: UUID | None


@dataclass(frozen=True, slots=True)
class Stint:
    """A part of a shift that somebody had before they left, or were away."""

    shift_id: UUID
    interval: Interval


def unowned_ahead(session: WorkspaceSession, now: datetime) -> tuple[Unowned, ...]:
    """All of it that has not begun, in order, but for what somebody decided to leave so."""
    rows = open_work(session, now)
    away = absences_ahead(session, now, states=[AwayState.IN_FORCE]) if rows else []
    accepted = {UUID(each["assignment"]) for row in away for each in row.accepted}
    offers = offers_of(session, (each.assignment for each in rows))
    left = _left(session, now) if rows else []
    had = [(row.member_id, stint) for row in away for stint in stints_of(row)]
    return tuple(
        replace(
            _unowned(session, each, offers.get(each.assignment.id), _whose(each.assignment, left)),
            away=_somebody(session, _whose(each.assignment, had)),
        )
        for each in rows
        if each.assignment.id not in accepted
    )


def not_offered(
    session: WorkspaceSession, import_ids: Iterable[UUID], now: datetime
) -> Mapping[UUID, tuple[Unowned, ...]]:
    """What of the shifts of these imports has not begun and is not offered to others, in order."""
    found = open_work_of_imports(session, import_ids, now)
    offers = offers_of(session, (each.assignment for rows in found.values() for each in rows))
    return {
        import_id: tuple(_unowned(session, each) for each in rows if each.assignment.id not in offers)
        for import_id, rows in found.items()
    }


def offers_of(session: WorkspaceSession, rows: Iterable[Assignment]) -> dict[UUID, Offer]:
    """How those of the assignments are offered to others that nobody works."""
    unowned = [each for each in rows if each.member_id is None]
    covers = covers_of_shifts(session, {each.shift_id for each in unowned}, [State.OPEN])
    parts = parts_of(session, [each.id for each in covers])
    by_shift: defaultdict[UUID, list[Cover]] = defaultdict(list)
    for cover in covers:
        if cover.owner_id is None:
            by_shift[cover.shift_id].append(cover)
    found: dict[UUID, Offer] = {}
    for row in unowned:
        for cover in by_shift[row.shift_id]:
            if _overlap(cover, row):
                taken = (each for each in parts.get(cover.id, []) if each.state == PartState.NEEDS_APPROVAL)
                takers = [each.taker_id for each in taken if _overlap(each, row)]
                found[row.id] = Offer(cover, takers[0] if takers else None)
    return found


def stints_of(row: Departure | Absence) -> list[Stint]:
    """What somebody had before they left, or were away."""
    return [
        Stint(UUID(each["shift"]), Interval(*map(datetime.fromisoformat, (each["start"], each["end"]))))
        for each in row.work
    ]


def who_could(
    session: WorkspaceSession,
    interval: Interval,
    queue: Queue | None,
    now: datetime,
    *,
    but: frozenset[UUID] = frozenset(),
    most: int | None = None,
) -> Ranked:
    """Who can take all of it, in the order in which they would be asked; all of them, or so many."""
    places = islice(_ranked(session, interval, queue, now, but), most)
    return tuple((somebody(session, each.person_id), each) for each in places if each.whole)


def can_be_asked_now(
    session: WorkspaceSession, interval: Interval, queue: Queue | None, now: datetime, *, but: frozenset[UUID]
) -> bool:
    """Whether anybody, ``but`` none of these, may be asked at any hour and can take some of it."""
    return any(True for _ in _ranked(session, interval, queue, now, but, emergency=True))


def _ranked(
    session: WorkspaceSession,
    interval: Interval,
    queue: Queue | None,
    now: datetime,
    but: frozenset[UUID],
    *,
    emergency: bool = False,
) -> Iterator[Place]:
    check = CoverCheck(session, now)
    people = candidates(session, check.parties, interval, now, but, emergency=emergency)
    least = timedelta(minutes=preferences(session).cover_least_minutes)
    return rank(check.piece(interval, queue), people, now, least=least)


def _unowned(
    session: WorkspaceSession, work: OpenWork, offer: Offer | None = None, left: UUID | None = None
) -> Unowned:
    row, taker = work.assignment, offer.taker_id if offer else None
    return Unowned(
        row.id,
        Interval(row.start, row.end),
        work.queue,
        offer.cover.number if offer else None,
        somebody(session, taker) if taker else None,
        (),
        somebody(session, left) if left else None,
    )


def _somebody(session: WorkspaceSession, member_id: UUID | None) -> Somebody | None:
    return somebody(session, member_id) if member_id else None


def _left(session: WorkspaceSession, now: datetime) -> list[tuple[UUID, Stint]]:
    """What was whose who has left since."""
    rows = (row for row in departures_ahead(session, now) if row.returned_at is None)
    return [(row.member_id, stint) for row in rows for stint in stints_of(row)]


def _whose(row: Assignment, left: Iterable[tuple[UUID, Stint]]) -> UUID | None:
    """Who had it, or some of it, before they left or were away."""
    had = Interval(row.start, row.end)
    return next(
        (one for one, stint in left if stint.shift_id == row.shift_id and stint.interval.overlaps(had)), None
    )


def _overlap(one: Cover | CoverPart, other: Assignment) -> bool:
    return one.start < other.end and other.start < one.end
