"""People come to work, or do not, without Slack: who is asked, and what is stored."""

from uuid import UUID

from sqlalchemy import select

from bot.actions.attendance import Noted, Settlement, say_here, settle
from bot.actions.settings_change import change_settings
from bot.app import build_cards
from bot.domain.periods import Period
from bot.domain.permissions import OPERATOR
from jobs import absences, attendance
from storage.tables import Arrival, Message
from tests.absence_desk import AbsenceDesk
from tests.departure_desk import lines_of


class AttendanceDesk(AbsenceDesk):
    """The desk of those who are away, in a workspace in which people say that they are there."""

    def asks_for_signs(self, **values: str) -> None:
        """From now on it does."""
        change_settings(self.deps, "T1", OPERATOR, "workspace", {"attendance": "here", **values})

    def passes_to(self, day: int, hour: int, minute: int = 0) -> None:
        """The clock goes on to then, minute by minute where somebody may be waited for."""
        self.now = self.on(day, hour, hour + 1).start.replace(minute=minute)
        for job in (absences.TURN, attendance.TURN):
            job.run(self.deps, "T1", Period("now", self.now))

    def forgets(self) -> None:
        """The night's job."""
        attendance.FORGET.run(self.deps, "T1", Period("now", self.now))

    def says_here(self, name: str) -> Noted:
        """Somebody gives a sign."""
        return say_here(self.deps, self.caller(name))

    def settles(self, name: str, said: Settlement) -> None:
        """Somebody answers for the one who is missing."""
        settle(self.deps, self.caller(name), self.arrivals()[-1].id, said)

    def arrivals(self) -> list[Arrival]:
        """All that are known, in order."""
        statement = select(Arrival).where(Arrival.workspace_id == "T1").order_by(Arrival.start, Arrival.id)
        with self.deps.sessions.read("T1") as session:
            return list(session.scalars(statement))

    def states(self) -> list[tuple[str, int, str]]:
        """Who is to come, from which hour on, and what is known of it."""
        names = {self.desk.member(name).id: name for name in self._ids}
        return [(names[row.member_id], row.start.hour, row.state) for row in self.arrivals()]

    def heard(self) -> list[tuple[str, str]]:
        """Who has been told what about it, as it reads now, in order."""
        return [(lane, lines[0]) for _, lane, lines in self._told()]

    def shown_by(self) -> list[str]:
        """By which cards."""
        return [card for card, _, _ in self._told()]

    def _told(self) -> list[tuple[str, str, list[str]]]:
        cards = build_cards(self.deps)
        statement = select(Message).where(Message.workspace_id == "T1", Message.card.startswith("attendance"))
        with self.deps.sessions.read("T1") as session:
            rows = list(session.scalars(statement.order_by(Message.id)))
            drawn = [(row, cards.render(session, row)) for row in rows]
        return [(row.card, row.lane, lines_of(shown)) for row, shown in drawn if shown]

    def account(self, name: str) -> str:
        """Somebody's account."""
        return self._ids[name]

    def names(self, member_id: UUID | None) -> str:
        """Who it is."""
        return next((name for name in self._ids if self.desk.member(name).id == member_id), "nobody")
