"""Looks up what helps against a gap of today: who does something else, could serve it, could stay, could come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import islice
from math import ceil
from uuid import UUID

from bot.actions.coverage import Coverage, least_of
from bot.actions.coverage_day import CoverageDay
from bot.actions.covers_check import CoverCheck
from bot.actions.people import Caller, somebody
from bot.actions.ranking import candidates
from bot.actions.unowned import Offer, offers_of
from bot.deps import Deps
from bot.domain.absences import SHORT_NOTICE, can_be_offered
from bot.domain.coverage_gaps import Gap, gaps
from bot.domain.coverage_shown import GapShown
from bot.domain.intervals import Interval
from bot.domain.ladder import Ladder, Rung, Short, Step, order
from bot.domain.ladder_moves import soonest
from bot.domain.ladder_shown import Against, LadderShown, Made, Offering
from bot.domain.permissions import Deed
from bot.domain.ranking import Candidate, Place, rank
from bot.domain.rules_work import Piece
from bot.domain.windows import moment
from storage.covers import offers_of_covers
from storage.db import WorkspaceSession
from storage.ladder import steps_made
from storage.outbox import Priority
from storage.shifts import queues
from storage.tables import Assignment, Cover, CoverOffer, LadderStep, Queue
from storage.unowned import open_work

# What is moved goes to another time of the same shift, which may be that much later.
_SHIFT = timedelta(hours=8)
_SHORTEST = timedelta(minutes=15)
_MOST_ASKED = 10


def climb(deps: Deps, caller: Caller, against: Against) -> LadderShown:
    """What helps against the first gap that is meant. Raises ``NotPermitted``."""
    caller.actor.require(Deed.CHANGE_DAY)
    now = deps.clock()
    with deps.sessions.read(caller.workspace_id) as session:
        floor = Floor.of(session, against, now)
        made = tuple(made_of(session, row) for row in steps_made(session, now, against.interval.end))
        if floor is None:
            return LadderShown(against, now, None, made=made)
        asking = Asking(session, floor)
        steps = [*floor.ladder.steps(), *(step for step, _ in asking.extensions()), *asking.overtime()]
        offerings = [_offering(session, asking, each) for each in steps]
        offered = sorted({each.cover.number for each in asking.offers.values()})
        return LadderShown(
            against,
            now,
            floor.shown(floor.gap),
            tuple(sorted(offerings, key=lambda each: (order(each.step), each.who.name if each.who else ""))),
            made,
            tuple(offered),
            tuple(map(floor.shown, floor.others)),
            asking.is_hurried,
        )


@dataclass(frozen=True, slots=True)
class Floor:
    """The floor from now until what is done against a gap is over: the gap, the steps against it, other gaps."""

    now: datetime
    gap: Gap
    others: tuple[Gap, ...]
    ladder: Ladder
    short: Short
    coverage: Coverage

    @classmethod
    def of(cls, session: WorkspaceSession, against: Against, now: datetime) -> "Floor | None":
        """The first gap that is meant as it is now; None: enough people are there."""
        if against.interval.end <= now:
            return None
        day = CoverageDay.of(
            session, Interval(against.interval.start - _SHIFT, against.interval.end + _SHIFT), now
        )
        found = gaps(day.there, least_of(session))
        ahead = [left for each in found if (left := each.since(now))]
        meant = [each for each in ahead if _is_meant(each, against)]
        if not meant:
            return None
        gap, *others = meant
        time = gap.interval.intersection(Interval(max(now, against.interval.start), against.interval.end))
        short = Short(gap.posts, time or gap.interval)
        ladder = Ladder(day.crew.hands, day.required, short, now)
        return cls(now, gap, tuple(others), ladder, short, Coverage(day.within, day.needs, day.there, found))

    @property
    def queue(self) -> str:
        """The queue that the most heads are missing of."""
        return min(self.gap.worst.posts).queue

    def shown(self, gap: Gap) -> GapShown:
        """A gap with the service level to be expected."""
        return GapShown(gap, self.coverage.levels(gap))


class Asking:
    """Those who would have to be asked, and what is offered to them already."""

    def __init__(self, session: WorkspaceSession, floor: Floor) -> None:
        self._session, self._floor = session, floor
        self._check = CoverCheck(session, floor.now)
        time = floor.short.interval
        start = max(time.start, soonest(floor.now))
        self.time = Interval(start, time.end) if time.end - start >= _SHORTEST else None
        self.open = [each for each in self._open() if each.end > floor.now]
        self.offers: dict[UUID, Offer] = offers_of(session, self.open)

    @property
    def is_hurried(self) -> bool:
        """Whether there is no time to ask people by turns."""
        return self._floor.short.interval.start < self._floor.now + SHORT_NOTICE

    @property
    def queue(self) -> Queue | None:
        """That which others would come for."""
        return next((each for each in queues(self._session) if each.name == self._floor.queue), None)

    def extensions(self) -> Iterator[tuple[Step, Place]]:
        """Who could stay or come earlier, as long as the rules allow; not who was asked already."""
        return islice(self._extensions(), _MOST_ASKED)

    def priority(self, place: Place) -> Priority:
        """How much it hurries to ask somebody: quiet hours are no matter to who is at work, or has said so."""
        candidate = self._to_ask[place.person_id]
        blocks = candidate.work.blocks_near(moment(self._floor.now))
        is_at_work = any(each.contains(self._floor.now) for each in blocks)
        return Priority.PRESS if is_at_work or candidate.wish.at_any_hour else Priority.OFFER

    def _extensions(self) -> Iterator[tuple[Step, Place]]:
        known = {row.name: row for row in queues(self._session)}
        for who, interval, queue in self._floor.ladder.extensions():
            place = self._place(who, self._check.piece(interval, known[queue]))
            if place and (step := self._floor.ladder.extended(who, place.piece.interval, queue)):
                yield step, place

    def overtime(self) -> Iterator[Step]:
        """Others who come in, as many as are missing and not asked for yet."""
        if self.time:
            people = ceil(self._floor.gap.worst.short) - len(self.open) + len(self.to_offer)
            if people > 0 and (step := self._floor.ladder.more(self.time, self._floor.queue, people)):
                yield step

    def able(self) -> int:
        """How many can take all of what others would be offered."""
        if self.time is None:
            return 0
        people = self._may_be_asked(emergency=self.is_hurried)
        places = rank(self._check.piece(self.time, self.queue), people, self._floor.now)
        return sum(each.whole for each in places)

    @property
    def to_offer(self) -> list[tuple[Assignment, Interval]]:
        """What nobody works then and nobody is asked for, and what of it can still be offered."""
        free = (each for each in self.open if each.id not in self.offers)
        left = ((each, can_be_offered(Interval(each.start, each.end), self._floor.now)) for each in free)
        return [(each, part) for each, part in left if part]

    def _place(self, who: UUID, piece: Piece) -> Place | None:
        """As much of it as the rules allow, if that still meets the shift."""
        candidate = self._to_ask.get(who)
        if candidate is None:
            return None
        place = next(rank(piece, [candidate], self._floor.now, least=_SHORTEST), None)
        if place is None:
            return None
        part = place.piece.interval
        meets = {edge for each in candidate.work.blocks_near(part) for edge in (each.start, each.end)}
        return place if meets & {part.start, part.end} else None

    def _open(self) -> Iterator[Assignment]:
        """What nobody works of the queue in the time of the gap."""
        for each in open_work(self._session, self._floor.now - _SHIFT):
            interval = Interval(each.assignment.start, each.assignment.end)
            if each.queue == self._floor.queue and interval.overlaps(self._floor.short.interval):
                yield each.assignment

    @property
    def refused(self) -> list[Cover]:
        """What is offered already, but all who were asked cannot, and nobody else is asked by turns."""
        covers = (each.cover for each in self.offers.values() if each.taker_id is None)
        waits = (each for each in covers if each.next_wave_at is None)
        return [each for each in waits if all(row.answer for row in self._asked.get(each.id, []))]

    @cached_property
    def _asked(self) -> dict[UUID, list[CoverOffer]]:
        """Who was asked to take what is offered already."""
        return offers_of_covers(self._session, [each.cover.id for each in self.offers.values()])

    @cached_property
    def _to_ask(self) -> dict[UUID, Candidate]:
        """Who may be asked for more and was not yet, by id."""
        asked = {row.member_id for rows in self._asked.values() for row in rows}
        found = self._may_be_asked(emergency=False)
        return {each.person.id: each for each in found if each.person.id not in asked}

    def _may_be_asked(self, *, emergency: bool) -> list[Candidate]:
        if self.time is None:
            return []
        session, parties, now = self._session, self._check.parties, self._floor.now
        return candidates(session, parties, self.time, now, frozenset(), emergency=emergency)


def _is_meant(gap: Gap, against: Against) -> bool:
    is_then = any(each.overlaps(against.interval) for each in gap.times)
    return is_then and (against.queue is None or any(each.queue == against.queue for each in gap.posts))


def _offering(session: WorkspaceSession, asking: Asking, step: Step) -> Offering:
    who = somebody(session, step.who) if step.who else None
    return Offering(step, who, asking.able() if step.rung is Rung.OVERTIME else 0)


def made_of(session: WorkspaceSession, row: LadderStep) -> Made:
    """A step that was done, as people look at it."""
    moved = row.moved or {}
    to = Interval(*map(datetime.fromisoformat, moved["to"])) if moved.get("to") else None
    return Made(
        row.id,
        Rung(row.rung),
        somebody(session, row.member_id),
        Interval(row.start, row.end),
        somebody(session, row.made_by_id),
        somebody(session, row.undone_by_id) if row.undone_by_id else None,
        session.get_one(Queue, (row.workspace_id, row.queue_id)).name if row.queue_id else None,
        moved.get("kind"),
        to,
    )
