"""What the rules say of a cover: people, work and settings are read, and the domain is asked."""

from datetime import datetime

from bot.actions.coverage_effect import Effects, LeftBehind
from bot.actions.parties import Parties, side
from bot.domain.coverage_effect import Moves, Stand
from bot.domain.intervals import Interval
from bot.domain.rules_swaps import Verdict, check_cover
from bot.domain.rules_work import Piece
from bot.domain.swaps_review import Review
from storage.db import WorkspaceSession
from storage.tables import Member, Queue


class CoverCheck:
    """Checks covers in one session at one instant; what several checks need is read once."""

    def __init__(self, session: WorkspaceSession, now: datetime) -> None:
        self._now = now
        self.parties = Parties(session)
        self._effects = Effects(session)

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
        left = self._left_behind(giver, taker, interval, queue)
        verdict = check_cover(gives, takes, piece, self._now, left.short)
        sides = (side(gives, lost=[piece]) if gives else None, side(takes, gained=[piece]) if takes else None)
        return verdict, Review(verdict.findings, left.summaries, tuple(each for each in sides if each))

    def _left_behind(
        self, giver: Member | None, taker: Member | None, interval: Interval, queue: Queue | None
    ) -> LeftBehind:
        gone = {giver.id: (interval,)} if giver else {}
        there = [Stand(interval, queue.name if queue else None, taker.id)] if taker else []
        return self._effects.of([interval], Moves(gone, there))
