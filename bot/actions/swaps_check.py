"""What the rules say of a swap: people, work and settings are read, and the domain is asked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.actions.coverage_effect import Effects, LeftBehind
from bot.actions.parties import Parties, side
from bot.domain.coverage_effect import Effect as Left
from bot.domain.coverage_effect import Moves, Stand
from bot.domain.intervals import Interval, merge
from bot.domain.rules import Effect, RuleId
from bot.domain.rules_swaps import Party, Verdict, check_swap, returns
from bot.domain.rules_work import Piece
from bot.domain.swaps_review import Review
from storage.db import WorkspaceSession
from storage.swaps import Held, queue_of
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
        self._effects = Effects(session)

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
        left = self._left_behind(given, returned)
        verdict = check_swap(one, other, self._now, left.short)
        sides = (
            side(one, gained=[returned.piece], lost=[given.piece]),
            side(other, gained=[given.piece], lost=[returned.piece]),
        )
        return verdict, Review(verdict.findings, left.summaries, sides)

    def returns(self, given: Leg, choices: Sequence[Leg]) -> list[tuple[Leg, Verdict]]:
        """A colleague's shifts that might be given in return, with the verdict, up to what denies it.

        Coverage is left out where it does not deny.
        """
        if not choices:
            return []
        one = replace(self._party(given.member, given, *choices), gives=(given.piece,))
        other = self._party(choices[0].member, given, *choices)
        by_piece = {leg.piece: leg for leg in choices}
        setting = one.policy.settings.get(RuleId.COVERAGE)
        denies = setting is not None and setting.effect is Effect.DENY
        coverage = (lambda piece: self._effects_of(given, by_piece[piece])) if denies else None
        found = returns(one, other, self._now, by_piece, coverage)
        return [(by_piece[each.piece], each.verdict) for each in found]

    def _party(self, member: Member, *legs: Leg) -> Party:
        return self._parties.party(member, *(Interval(leg.assignment.start, leg.assignment.end) for leg in legs))

    def _effects_of(self, given: Leg, returned: Leg) -> Iterator[Left]:
        """Not looked up before somebody asks for them."""
        yield from self._left_behind(given, returned).short

    def _left_behind(self, given: Leg, returned: Leg) -> LeftBehind:
        both = (given, returned), (returned, given)
        gone = {leg.member.id: (leg.piece.interval,) for leg, _ in both}
        there = [Stand(leg.piece.interval, leg.piece.queue, other.member.id) for leg, other in both]
        return self._effects.of(merge(each.interval for each in there), Moves(gone, there))
