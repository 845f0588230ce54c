"""Filling a gap: what nobody works is offered to others, or what is missing is opened, and people are asked."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from uuid import UUID

from bot.actions.coverage_gaps import KIND, gap_of, look_again
from bot.actions.coverage_gaps_cards import show, touch_gap
from bot.actions.covers_check import CoverCheck
from bot.actions.covers_open import Opening, announce, asked_by_turns, begin_shifts
from bot.actions.covers_propose import BadOffer, begin_cover, least_of
from bot.actions.covers_turn import Turn
from bot.actions.covers_waves import ask, ask_these
from bot.actions.people import Caller
from bot.actions.ranking import candidates
from bot.actions.record import record
from bot.actions.unowned import offers_of
from bot.deps import Deps
from bot.domain.coverage_documents import read_gap
from bot.domain.coverage_fill import Stand, from_now, needed, stands
from bot.domain.coverage_gaps import Gap
from bot.domain.coverage_gaps_shown import Filling, GapRef, Way
from bot.domain.coverage_supply import Post
from bot.domain.covers import EMERGENCY
from bot.domain.covers_shown import Wrong
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from bot.domain.ranking import Candidate, Place, rank
from storage.coverage import on_shift
from storage.covers import offers_of as asked_for
from storage.db import WorkspaceSession
from storage.shifts import queue_of_shift, queues
from storage.swaps import form_result, remember_form
from storage.tables import Cover, CoverageGap
from storage.unowned import open_work

# Whoever steps into a gap that has begun needs so long to be asked and to come.
_TO_COME = timedelta(minutes=5)
_TOUCHES = timedelta(minutes=1)


class NobodyNear(Exception):
    """Nobody whose shift touches the gap can work longer by the rules."""


def fill_gap(deps: Deps, caller: Caller, wanted: UUID | GapRef, nonce: UUID, way: Way) -> Filling:
    """Offers work for as many people as are missing, to whoever can work then or whose shift touches it.

    What nobody works then already is offered first. Raises ``NotPermitted``, ``NotOpen``, ``BadOffer`` and
    ``NobodyNear``.
    """
    caller.actor.require(Deed.OPEN_SHIFT)
    with deps.sessions.write(caller.workspace_id) as session:
        look_again(session, deps)
        row = gap_of(session, deps, caller.actor, wanted)
        if form_result(session, nonce):
            return Filling(0, 0, 0)
        short = from_now(read_gap(row.parts), deps.clock(), _TO_COME)
        if short is None:
            raise BadOffer((Wrong.SHIFT_BEGUN,))
        work = _Work(session, deps, caller, short, way)
        turns = [*work.stand_open(), *work.opened()]
        asked = work.ask(turns)
        if way is Way.OVERTIME and not asked:
            raise NobodyNear
        remember_form(session, nonce, row.id, deps.clock())
        _keep(session, deps, caller, row, turns)
        return Filling(len(turns), sum(each.is_new for each in turns), len(asked))


@dataclass(frozen=True, slots=True)
class _Offered:
    """An open shift that is offered to fill the gap, and whether it was not before."""

    turn: Turn
    is_new: bool


class _Work:
    """The work that is missing in a gap, within a transaction."""

    def __init__(self, session: WorkspaceSession, deps: Deps, caller: Caller, short: Gap, way: Way) -> None:
        self._session, self._deps, self._caller = session, deps, caller
        self._short, self._way, self._now = short, way, deps.clock()
        self._check = CoverCheck(session, self._now)
        self._least = least_of(session, None) if way is Way.COVER else timedelta()
        self._queues = {each.name: each for each in queues(session)}
        self._used: list[tuple[str, Interval]] = []
        self._staying: dict[Interval, list[Candidate]] = {}
        self._meant: set[UUID] = set()

    def stand_open(self) -> Iterator[_Offered]:
        """What nobody works by the schedule and would help, as many as are needed."""
        rows = [each for each in open_work(self._session, self._now, begun=True) if each.queue]
        offers = offers_of(self._session, (each.assignment for each in rows))
        known = set[UUID]()
        for each in rows:
            assert each.queue
            whole = Interval(each.assignment.start, each.assignment.end)
            helps = self._still_needed(each.queue, whole)
            if helps is None:
                continue
            if offer := offers.get(each.assignment.id):
                cover = offer.cover
                self._used.append((each.queue, whole.intersection(Interval(cover.start, cover.end)) or whole))
                if cover.id not in known:
                    known.add(cover.id)
                    yield _Offered(Turn.of(self._session, self._deps, self._caller.actor, cover.id), is_new=False)
                continue
            part = helps if helps.length >= self._least else self._rest(whole)
            self._used.append((each.queue, part))
            if self._is_worth_opening(each.queue, part):
                yield self._offer(each.assignment.shift_id, part)

    def opened(self) -> Iterator[_Offered]:
        """What is still missing, planned as open shifts."""
        for stand in stands(self._short, self._used, least=self._least):
            if self._is_worth_opening(stand.post.queue, stand.interval):
                yield self._open(stand)

    def ask(self, offered: Sequence[_Offered]) -> set[UUID]:
        """The people who are asked now; nobody for several before others were."""
        asked, everybody = frozenset[UUID](), set[UUID]()
        for place, each in enumerate(offered):
            turn = each.turn
            if not turn.life.open_parts:
                continue
            if self._way is Way.OVERTIME:
                people = self._ask_near(turn, everybody, len(offered) - place)
            elif each.is_new or turn.row.next_wave_at is None:
                people = ask(turn, asked, self._check)
            else:
                continue
            asked = asked_by_turns(asked, people)
            everybody.update(people)
        return everybody

    def _is_worth_opening(self, queue: str, interval: Interval) -> bool:
        """Overtime only where there is somebody to ask for it who is not to be asked for another."""
        if self._way is Way.COVER:
            return True
        near = next(iter(self._near(queue, interval, self._meant)), None)
        if near:
            self._meant.add(near.person_id)
        return near is not None

    def _still_needed(self, queue: str, work: Interval) -> Interval | None:
        """When it would help beside what is used already; None: not at all."""
        helps = needed(self._short, queue, work)
        if helps is None:
            return None
        missing = (each for each in stands(self._short, self._used) if each.post.queue == queue)
        return helps if any(each.interval.overlaps(helps) for each in missing) else None

    def _rest(self, work: Interval) -> Interval:
        """What of it can still be worked by others."""
        begun = work.start <= self._now
        return Interval(self._short.interval.start, work.end) if begun else work

    def _open(self, stand: Stand) -> _Offered:
        interval = stand.interval
        opening = Opening(
            self._deps.new_id(), stand.post.queue, interval.start, interval.end, note=_note(stand.post)
        )
        (turn,) = begin_shifts(self._session, self._deps, self._caller, opening)
        announce(turn, alone=False)
        return _Offered(turn, is_new=True)

    def _offer(self, shift_id: UUID, interval: Interval) -> _Offered:
        turn = begin_cover(self._session, self._deps, self._caller.actor, shift_id, interval)
        announce(turn, alone=False)
        return _Offered(turn, is_new=True)

    def _ask_near(self, turn: Turn, but: Set[UUID], shifts: int) -> tuple[UUID, ...]:
        """Those whose shift touches it and who were not asked yet; as many for each of the shifts left."""
        row, queue = turn.row, queue_of_shift(self._session, turn.row.shift_id)
        known = {each.member_id for each in asked_for(self._session, row.id)}
        near = self._near(queue.name if queue else None, Interval(row.start, row.end), known | but)
        places = near[: ceil(len(near) / shifts)]
        if places:
            ask_these(turn, places)
        return tuple(each.person_id for each in places)

    def _near(self, queue: str | None, interval: Interval, but: Set[UUID] = frozenset()) -> tuple[Place, ...]:
        """Those whose shift touches it, who can work all or some of it, in the order of the ranking."""
        if interval not in self._staying:
            self._staying[interval] = self._whose_shift_touches(interval)
        people = [each for each in self._staying[interval] if each.person.id not in but]
        piece = self._check.piece(interval, self._queues.get(queue) if queue else None)
        return tuple(rank(piece, people, self._now))

    def _whose_shift_touches(self, interval: Interval) -> list[Candidate]:
        around = on_shift(self._session, interval.start - _TOUCHES, interval.end + _TOUCHES)
        near = {each.member_id for each in around}
        emergency = self._now >= interval.start - EMERGENCY
        parties = self._check.parties
        people = candidates(self._session, parties, interval, self._now, frozenset(), emergency=emergency)
        return [each for each in people if each.person.id in near]


def _note(post: Post) -> str:
    """What whoever takes it needs beside what its queue takes."""
    return f"For contacts that take {post.skill}." if post.skill else ""


def _keep(
    session: WorkspaceSession, deps: Deps, caller: Caller, row: CoverageGap, offered: Iterable[_Offered]
) -> None:
    """Notes on the gap what is offered to fill it."""
    known = {each["cover"] for each in row.covers}
    added: list[Cover] = [each.turn.row for each in offered if str(each.turn.row.id) not in known]
    if added:
        row.covers = [*row.covers, *({"cover": str(each.id), "shift": str(each.shift_id)} for each in added)]
        after = {"covers": [each.number for each in added]}
        record(session, deps, caller.actor, "gap.offer", (KIND, row.id), None, after)
        show(session, deps, row)
    touch_gap(session, deps, row)
