"""A coordinator's desk where leave is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from bot.actions.settings_change import change_settings
from bot.actions.timeoff import ledgers_of
from bot.actions.timeoff_import import LeaveImport, import_leave
from bot.actions.timeoff_turn import turn_ledgers
from bot.connectors.spreadsheets import read_table
from bot.domain import timeoff_import
from bot.domain.permissions import OPERATOR
from bot.domain.timeoff_ledger import Book
from bot.domain.timeoff_statement import balance
from storage.tables import LeaveLine, LeaveLot, Message
from tests.actions.desk import Desk

PAID = "paid leave"
COLUMNS = "email,kind,days,on,expires,reason"
DAY = 8 * 60


@dataclass
class LeaveDesk:
    """The desk at a time that can be moved."""

    desk: Desk
    folder: Path
    now: datetime

    def prefers(self, **values: str) -> None:
        """Change settings of the workspace."""
        change_settings(self.desk.deps, self.desk.workspace_id, OPERATOR, "workspace", values)

    def leave(self, *lines: str, dry_run: bool = False) -> LeaveImport:
        """Take over a file of leave with these lines."""
        path = self.folder / "leave.csv"
        path.write_text("\n".join([COLUMNS, *lines]), encoding="utf-8")
        rows = read_table(path.name, path, timeoff_import.REQUIRED)
        deps, workspace_id = self.desk.deps, self.desk.workspace_id
        return import_leave(deps, workspace_id, OPERATOR, rows, files=path.name, dry_run=dry_run)

    def night(self) -> None:
        """What the job does."""
        turn_ledgers(self.desk.deps, self.desk.workspace_id)

    def book(self, name: str, ledger: str = PAID) -> Book:
        """A ledger as it is stored."""
        row = self.desk.member(name)
        with self.desk.deps.sessions.read(self.desk.workspace_id) as session:
            return ledgers_of(session, self.desk.deps, [row])[row.id].stored.get(ledger, Book())

    def days(self, name: str, ledger: str = PAID) -> float:
        """What somebody has today of what is stored."""
        return balance(self.book(name, ledger), self.now.date()) / DAY

    def causes(self, name: str) -> list[tuple[str, float]]:
        """Each line that is stored, with its days."""
        return [(str(each.cause), each.minutes / DAY) for each in self.book(name).lines]

    def told(self, card: str) -> list[tuple[str, dict[str, object] | None]]:
        """Who is told, and what of it was true then."""
        with self.desk.deps.sessions.read(self.desk.workspace_id) as session:
            rows = session.scalars(
                select(Message).where(Message.workspace_id == session.workspace_id, Message.card == card)
            )
            return [(row.lane, row.facts) for row in rows]

    def rows(self) -> Iterator[object]:
        """Every lot and line."""
        tables = self.desk.tables()
        yield from tables[LeaveLot.__tablename__] + tables[LeaveLine.__tablename__]
