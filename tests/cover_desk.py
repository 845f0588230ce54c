"""Covers without Slack: who gives, who takes, and what is stored."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from bot.actions.covers_end import withdraw
from bot.actions.covers_look import look_at_cover
from bot.actions.covers_propose import Offer, offer
from bot.actions.covers_take import take
from bot.deps import new_id
from bot.domain.covers import PartState
from bot.domain.covers_shown import CoverShown
from bot.domain.intervals import Interval
from bot.domain.periods import Period
from jobs.covers import TURN
from storage.covers import cover, offers_of, parts_of
from storage.tables import Audit, Cover, CoverPart, Message
from tests.swap_desk import NAMES, SwapDesk


class CoverDesk(SwapDesk):
    """The swappers' desk: Ana works the 6th and 13th, Ben the 7th and 14th, Dev the 8th and 15th, 9 to 17."""

    def on(self, day: int, start: int = 9, end: int = 17) -> Interval:
        """Some hours of a day."""
        midnight = datetime(2026, 11, day, tzinfo=UTC)
        return Interval(midnight + timedelta(hours=start), midnight + timedelta(hours=end))

    def offering(
        self, day: int, start: int | None = None, end: int | None = None, owner: str | None = None
    ) -> Offer:
        """A filled-in form: the shift of a day, or some hours of it."""
        row = next(each for each in self.assignments() if each.start.day == day and each.member_id)
        midnight = datetime(2026, 11, day, tzinfo=UTC)
        first, last = (midnight + timedelta(hours=hour) if hour else None for hour in (start, end))
        return Offer(new_id(), row.id, first, last, owner=self._ids[owner] if owner else None)

    def offers(self, name: str, day: int, start: int | None = None, end: int | None = None) -> UUID:
        """Somebody gives away their shift of a day, or some hours of it."""
        return offer(self.deps, self.caller(name), self.offering(day, start, end))

    def takes(self, name: str, cover_id: UUID, interval: Interval | None = None) -> PartState:
        """Somebody takes it, or some hours of it."""
        return take(self.deps, self.caller(name), cover_id, interval)

    def withdraws(self, name: str, cover_id: UUID) -> None:
        """Somebody takes it back."""
        withdraw(self.deps, self.caller(name), cover_id)

    def turn(self, minutes: float = 0) -> None:
        """The clock goes on, and looks after the covers."""
        self.now += timedelta(minutes=minutes)
        TURN.run(self.deps, "T1", Period("now", self.now))

    def sees(self, name: str, cover_id: UUID) -> CoverShown:
        """The cover as somebody looks at it."""
        return look_at_cover(self.deps, self.caller(name), cover_id)[0]

    def works(self, day: int) -> list[tuple[str, int, int]]:
        """Who works the shift of a day from when to when; neighbours meet."""
        names = {self.desk.member(name).id: name for name in NAMES}
        rows = [row for row in self.assignments() if row.start.day == day]
        assert [row.end for row in rows[:-1]] == [row.start for row in rows[1:]]
        return [
            (names[row.member_id] if row.member_id else "nobody", row.start.hour, row.end.hour) for row in rows
        ]

    def cover(self, cover_id: UUID) -> Cover:
        """What is stored of a cover."""
        with self.deps.sessions.read("T1") as session:
            row = cover(session, cover_id)
        assert row
        return row

    def covers(self) -> list[Cover]:
        """All covers, by number."""
        statement = select(Cover).where(Cover.workspace_id == "T1").order_by(Cover.number)
        with self.deps.sessions.read("T1") as session:
            return list(session.scalars(statement))

    def parts(self, cover_id: UUID) -> list[CoverPart]:
        """What was taken of a cover, in order."""
        with self.deps.sessions.read("T1") as session:
            return parts_of(session, [cover_id]).get(cover_id, [])

    def asked(self, cover_id: UUID) -> list[tuple[int, str]]:
        """Who was asked, in which wave."""
        names = {self.desk.member(name).id: name for name in NAMES}
        with self.deps.sessions.read("T1") as session:
            return [(each.wave, names[each.member_id]) for each in offers_of(session, cover_id)]

    def cards(self, cover_id: UUID, card: str = "cover") -> list[Message]:
        """The messages of one of its cards, in order."""
        statement = select(Message).where(
            Message.workspace_id == "T1", Message.card == card, Message.subject_id == cover_id
        )
        with self.deps.sessions.read("T1") as session:
            return list(session.scalars(statement.order_by(Message.id)))

    def told(self, cover_id: UUID) -> list[tuple[str, str]]:
        """What was said, and to which audience, by when; whoever was asked by name."""
        names = {f"asked:{self.desk.member(name).id}": name for name in NAMES}
        rows = self.cards(cover_id, "cover.news")
        return [((row.facts or {})["news"], names.get(row.audience, row.audience)) for row in rows]

    def audited(self) -> Sequence[str]:
        """What was done with covers, in order."""
        statement = select(Audit.action).where(Audit.workspace_id == "T1", Audit.subject_kind == "cover")
        with self.deps.sessions.read("T1") as session:
            return session.scalars(statement.order_by(Audit.at, Audit.id)).all()
