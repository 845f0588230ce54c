"""What the rules say of a cover: people, work and settings are read, and the domain is asked."""

from collections.abc import Iterator
from datetime import datetime

from bot.actions.parties import Parties, side
from bot.domain.intervals import Interval, subtract
from bot.domain.rules_check import Coverage
from bot.domain.rules_swaps import Verdict, check_cover
from bot.domain.rules_work import Piece
from bot.domain.swaps_coverage import Head, left_behind
from bot.domain.swaps_review import Review
from storage.db import WorkspaceSession
from storage.tables import Member, Queue


class CoverCheck:
    """Checks covers in one session at one instant; what several checks need is read once."""

    def __init__(self, session: WorkspaceSession, now: datetime) -> None:
        self._now = now
        self.parties = Parties(session)

    def piece(self, interval: Interval, queue: Queue | None) -> Piece:
        """What is worked for a queue."""
        return Piece(interval, queue.name, self.parties.needs(queue)[0]) if queue else Piece(interval)

    def giving(self, giver: Member, interval: Interval, queue: Queue | None) -> Verdict:
        """The check of whoever gives it away, whoever takes it. Raises ``NotTheirs``."""
        return check_cover(self.parties.party(giver, interval), None, self.piece(interval, queue), self._now)

    def verdict(
        self, giver: Member | None, taker: Member | None, interval: Interval, queue: Queue | None
    ) -> tuple[Verdict, Review]:
        """The whole check of who takes it from whom, one of whom may be nobody, and what approvers look at.

        Raises ``NotTheirs``.
        """
        piece = self.piece(interval, queue)
        gives, takes = (self.parties.party(each, interval) if each else None for each in (giver, taker))
        coverage = tuple(self._left_behind(giver, taker, interval, queue)) if queue else ()
        verdict = check_cover(gives, takes, piece, self._now, coverage)
        sides = (side(gives, lost=[piece]) if gives else None, side(takes, gained=[piece]) if takes else None)
        return verdict, Review(verdict.findings, coverage, tuple(each for each in sides if each))

    def _left_behind(
        self, giver: Member | None, taker: Member | None, interval: Interval, queue: Queue
    ) -> Iterator[Coverage]:
        comes = self.parties.weight(taker, queue) if taker else 0.0
        heads = [] if giver else [Head(interval, 0.0, comes)]
        for each in self.parties.on(queue, interval):
            whole, weight = Interval(each.start, each.end), self.parties.weight(each.member, queue)
            handed = whole.intersection(interval) if giver and each.member.id == giver.id else None
            if handed:
                heads.append(Head(handed, weight, comes))
            heads += [Head(left, weight, weight) for left in subtract(whole, [handed] if handed else ())]
        yield from left_behind(heads, interval, queue.name, self.parties.needs(queue)[1])
