"""Cases and who works when, without Slack: whose they are, and what is stored and read of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bot.actions.cases_open import open_case
from bot.actions.cases_turn import case_of, happen
from bot.app import build_cards
from bot.deps import new_id
from bot.domain.cases import By, Happening, Kind
from bot.domain.cases_new import NewCase
from bot.domain.permissions import OPERATOR
from bot.domain.sla_policy import Metric
from storage.tables import Case, Department, Message, Queue
from tests.absence_desk import AbsenceDesk
from tests.departure_desk import lines_of

FRIDAY = datetime(2026, 11, 6, tzinfo=UTC)


class CaseDesk(AbsenceDesk):
    """Friday the 6th at eight: Ana and Ben work from 9 to 17, Dev from 10 to 18; on Monday Ana from 9 to 17."""

    def __init__(self, database_url: str, folder: Path) -> None:
        super().__init__(database_url, folder)
        self.desk.shifts(
            "ana@example.com,2026-11-06,09:00,17:00,UTC,mail",
            "ben@example.com,2026-11-06,09:00,17:00,UTC,mail",
            "dev@example.com,2026-11-06,10:00,18:00,UTC,mail",
            "ana@example.com,2026-11-09,09:00,17:00,UTC,mail",
        )
        self.now = self.at(8)

    def at(self, hours: float) -> datetime:
        """So many hours after that Friday began."""
        return FRIDAY + timedelta(hours=hours)

    def opens_case(
        self, title: str = "Refund", owner: str | None = None, due: float | None = None, **more: Any
    ) -> int:
        """A case is opened, due so many hours after Friday began, or never; its number."""
        with self.deps.sessions.write("T1") as session:
            owner_id = self._id(owner)
            row = open_case(session, self.deps, OPERATOR, NewCase(title, owner_id=owner_id, **more))
            happen(session, self.deps, OPERATOR, row, *self._deadlines(due))
            return row.number

    def happens(self, number: int, kind: Kind, by: By = By.CUSTOMER, **data: Any) -> None:
        """Something happens to a case."""
        with self.deps.sessions.write("T1") as session:
            row = case_of(session, str(number))
            happen(session, self.deps, OPERATOR, row, Happening(kind, data, by))

    def case(self, number: int) -> Case:
        """What is stored of it."""
        with self.deps.sessions.read("T1") as session:
            return case_of(session, str(number))

    def owner(self, number: int) -> str:
        """Whose it is."""
        owner_id = self.case(number).owner_id
        return next((name for name in self._ids if self.desk.member(name).id == owner_id), "nobody")

    def owners(self, *numbers: int) -> list[str]:
        """Whose each of them is."""
        return [self.owner(number) for number in numbers]

    def queue(self, name: str) -> UUID:
        """A queue, made where there is none."""
        with self.deps.sessions.write("T1") as session:
            found = session.scalar(select(Queue).where(Queue.workspace_id == "T1", Queue.name == name))
            if found is None:
                found = Queue(workspace_id="T1", id=new_id(), name=name)
                session.add(found)
            return found.id

    def department(self, name: str) -> UUID:
        """A department."""
        row = Department(workspace_id="T1", id=new_id(), name=name, channel=None)
        self.desk.put(row)
        return row.id

    def reads(self, name: str, card: str) -> list[list[str]]:
        """What somebody reads on the cards of this name, line by line, as they are now."""
        cards = build_cards(self.deps)
        statement = select(Message).where(
            Message.workspace_id == "T1", Message.card == card, Message.lane == self._ids[name]
        )
        with self.deps.sessions.read("T1") as session:
            rows = session.scalars(statement.order_by(Message.number, Message.id)).all()
            return [lines_of(each) for row in rows if (each := cards.render(session, row))]

    def posted(self, card: str) -> list[list[str]]:
        """What stands on the cards of this name, wherever they are, line by line."""
        return self._rendered(card)

    def _id(self, name: str | None) -> UUID | None:
        return self.desk.member(name).id if name else None

    def _deadlines(self, due: float | None) -> list[Happening]:
        """As a helpdesk says them, whose word holds."""
        said = dict.fromkeys(Metric) | {Metric.RESOLUTION: due and self.at(due).isoformat()}
        return [
            Happening(Kind.DEADLINE, {"metric": metric.value, "due_at": at}, By.HELPDESK)
            for metric, at in said.items()
        ]
