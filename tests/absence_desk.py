"""People are away and come back without Slack: what is stored, and what others read of it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from bot.actions.absences import Report, Returned, come_back, report
from bot.actions.absences_offer import accept_hole, offer_hole
from bot.deps import new_id
from bot.domain.absences import Kind
from bot.domain.intervals import Interval
from bot.domain.periods import Period
from jobs.absences import TURN
from storage.tables import Absence
from tests.departure_desk import DepartureDesk


class AbsenceDesk(DepartureDesk):
    """The desk of those who cover, where people are away and come back."""

    def away(
        self,
        name: str,
        day: int,
        start: float = 0,
        end: float = 24,
        *,
        by: str | None = None,
        until: int | None = None,
    ) -> UUID:
        """Somebody says that they, or somebody else, are away at some hours of a day, or until another."""
        first = datetime(2026, 11, day, tzinfo=UTC) + timedelta(hours=start)
        last = datetime(2026, 11, until or day, tzinfo=UTC) + timedelta(hours=end)
        interval = Interval(first, last)
        whom = self.desk.member(name).id if by else None
        return report(self.deps, self.caller(by or name), Report(new_id(), Kind.SICK, interval, whom))

    def passes(self, minutes: float) -> None:
        """The clock goes on, and looks after the absences."""
        self.now += timedelta(minutes=minutes)
        TURN.run(self.deps, "T1", Period("now", self.now))

    def goes_away(self, name: str, day: int, start: float = 0, end: float = 24, until: int | None = None) -> UUID:
        """They say so, and it comes in force."""
        absence_id = self.away(name, day, start, end, until=until)
        self.passes(2)
        return absence_id

    def back(self, name: str, absence_id: UUID) -> Returned:
        """They come back."""
        return come_back(self.deps, self.caller(name), absence_id)

    def absence(self, absence_id: UUID) -> Absence:
        """What is stored of it."""
        with self.deps.sessions.read("T1") as session:
            return session.get_one(Absence, ("T1", absence_id))

    def absences(self) -> list[Absence]:
        """All of them, in order."""
        with self.deps.sessions.read("T1") as session:
            return list(session.scalars(select(Absence).where(Absence.workspace_id == "T1").order_by(Absence.id)))

    def offers_hole(self, day: int, cut: datetime | None = None) -> int:
        """Cora offers what nobody works that day."""
        return offer_hole(self.deps, self.caller("cora"), self.unowned(day), new_id(), cut)

    def accepts(self, absence_id: UUID, day: int) -> None:
        """Cora leaves it so."""
        accept_hole(self.deps, self.caller("cora"), absence_id, self.unowned(day))

    def ops(self) -> list[str]:
        """What the coordinators read of who is away, line by line, on the newest card."""
        return self._rendered("absence")[-1]

    def beside(self, card: str) -> list[str]:
        """What is said beside it."""
        return [lines[0] for lines in self._rendered(card)]
