"""What the rules say of a swap: people, work and settings are read, and the domain is asked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.actions.parties import Parties, side
from bot.domain.intervals import Interval, subtract
from bot.domain.rules_check import Coverage
from bot.domain.rules_swaps import Party, Verdict, check_swap, returns
from bot.domain.rules_work import Piece
from bot.domain.swaps_coverage import Head, left_behind
from bot.domain.swaps_review import Review
from storage.db import WorkspaceSession
from storage.swaps import Held, OnQueue, queue_of
from storage.tables import Assignment, Member, Queue


@dataclass(frozen=True, slots=True)
class Leg:
    """What one of the two gives: somebody's assignment, and the piece that it is for the rules."""

    member: Member
    assignment: Assignment
    piece: Piece
    queue: Queue | None


class SwapCheck:
    """Checks swaps in one session at one instant; what several checks need is read once."""

    def __init__(self, session: WorkspaceSession, now: datetime) -> None:
        self._session, self._now = session, now
        self._parties = Parties(session)

    def leg(self, member: Member, assignment: Assignment) -> Leg:
        """What somebody would give."""
        queue = queue_of(self._session, assignment)
        return Leg(member, assignment, self._parties.held_piece(Held(assignment, queue)), queue)

    def legs(self, member: Member, found: Iterable[Held]) -> list[Leg]:
        """What somebody would give one of, in the same order."""
        return [Leg(member, each.assignment, self._parties.held_piece(each), each.queue) for each in found]

    def verdict(self, given: Leg, returned: Leg) -> tuple[Verdict, Review]:
        """The whole check of a swap, and what approvers look at. Raises ``NotTheirs``."""
        one, other = (
            replace(self._party(leg.member, given, returned), gives=(leg.piece,)) for leg in (given, returned)
        )
        coverage = tuple(self._left_behind(given, returned))
        verdict = check_swap(one, other, self._now, coverage)
        sides = (
            side(one, gained=[returned.piece], lost=[given.piece]),
            side(other, gained=[given.piece], lost=[returned.piece]),
        )
        return verdict, Review(verdict.findings, coverage, sides)

    def returns(self, given: Leg, choices: Sequence[Leg]) -> list[tuple[Leg, Verdict]]:
        """A colleague's shifts that might be given in return, with the verdict, up to what denies it."""
        if not choices:
            return []
        one = replace(self._party(given.member, given, *choices), gives=(given.piece,))
        other = self._party(choices[0].member, given, *choices)
        by_piece = {leg.piece: leg for leg in choices}
        return [
            (by_piece[each.piece], each.verdict)
            for each in returns(
                one, other, self._now, by_piece, lambda piece: self._left_behind(given, by_piece[piece])
            )
        ]

    def _party(self, member: Member, *legs: Leg) -> Party:
        return self._parties.party(member, *(Interval(leg.assignment.start, leg.assignment.end) for leg in legs))

    def _left_behind(self, given: Leg, returned: Leg) -> Iterator[Coverage]:
        for leg in (given, returned):
            if leg.queue:
                within = leg.piece.interval
                heads = self._heads(self._parties.on(leg.queue, within), leg.queue, (given, returned))
                yield from left_behind(heads, within, leg.queue.name, self._parties.needs(leg.queue)[1])

    def _heads(self, there: Sequence[OnQueue], queue: Queue, legs: tuple[Leg, Leg]) -> list[Head]:
        people = {each.member.id: each.member for each in there} | {leg.member.id: leg.member for leg in legs}
        self._parties.skills_of(people)
        weights = {each.id: self._parties.weight(each, queue) for each in people.values()}
        given, returned = legs
        gone = {
            given.member.id: (given.piece.interval, returned.member.id),
            returned.member.id: (returned.piece.interval, given.member.id),
        }
        heads = []
        for each in there:
            whole, weight = Interval(each.start, each.end), weights[each.member.id]
            interval, comes = gone.get(each.member.id, (whole, each.member.id))
            handed = whole.intersection(interval)
            if handed:
                heads.append(Head(handed, weight, weights[comes]))
            heads += [Head(left, weight, weight) for left in subtract(whole, [handed] if handed else ())]
        return heads
