"""A coordinator's desk: files go in, and one looks at what is stored."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.actions.imports import undo_import
from bot.actions.people_import import PeopleImport, import_people
from bot.actions.shifts_import import ShiftImport, import_shifts
from bot.connectors.slack import Account
from bot.connectors.spreadsheets import read_table
from bot.deps import Deps
from bot.domain import people_import, shifts_import
from bot.domain.imports import Undone
from bot.domain.permissions import OPERATOR
from storage.people import member_by_email
from storage.tables import Audit, Base, Member, Shift

NOW = datetime(2026, 9, 28, 8, tzinfo=UTC)
TEAM = """\
email,name,role,team,skills,timezone
ana@example.com,Ana Ruiz,lead,Mail,refunds;german,Europe/Berlin
ben@example.com,Ben Okafor,agent,Mail,refunds,Europe/London
carl@example.com,Carl Holm,contact,Logistics,,Europe/Berlin
"""
SHIFT_COLUMNS = "email,date,start,end,timezone,queue,note"
# What an import leaves behind even when it is undone.
_BOOKS = {"import", "import_change", "audit", "counter"}

Tables = dict[str, list[tuple[Any, ...]]]


class Desk:
    """One workspace, and what a coordinator does there."""

    def __init__(self, deps: Deps, folder: Path, workspace_id: str = "T1") -> None:
        self.deps, self.workspace_id = deps, workspace_id
        self.folder = folder

    def people(self, text: str = TEAM, accounts: Sequence[Account] = (), *, dry_run: bool = False) -> PeopleImport:
        """Take over a people file."""
        rows = read_table("people.csv", self._file("people.csv", text), people_import.REQUIRED)
        return import_people(
            self.deps, self.workspace_id, OPERATOR, rows, accounts, files="people.csv", dry_run=dry_run
        )

    def shifts(
        self,
        *lines: str,
        columns: str = SHIFT_COLUMNS,
        replaced: tuple[date, date] | None = None,
        dry_run: bool = False,
    ) -> ShiftImport:
        """Take over a shifts file with these lines; what a line leaves out at its end is empty."""
        file = self._file("shifts.csv", "\n".join([columns, *lines]))
        rows = read_table("shifts.csv", file, shifts_import.REQUIRED)
        return import_shifts(
            self.deps,
            self.workspace_id,
            OPERATOR,
            rows,
            files="shifts.csv",
            replaced=replaced,
            dry_run=dry_run,
            progress=lambda _done, _steps: None,
        )

    def undo(self, number: int | None) -> Undone:
        """Take an import back."""
        assert number is not None
        return undo_import(self.deps, self.workspace_id, OPERATOR, number)

    def put(self, *rows: Base) -> None:
        """Store rows as another capability would."""
        with self.deps.sessions.write(self.workspace_id) as session:
            session.add_all(rows)

    def member(self, name: str) -> Member:
        """What is stored of somebody on the roster."""
        with self.deps.sessions.read(self.workspace_id) as session:
            found = member_by_email(session, f"{name}@example.com")
        assert found
        return found

    def base(self) -> list[Shift]:
        """The shifts of the base, in order."""
        statement = select(Shift).where(Shift.workspace_id == self.workspace_id, Shift.removed_at.is_(None))
        with self.deps.sessions.read(self.workspace_id) as session:
            return list(session.scalars(statement.order_by(Shift.start, Shift.end)))

    def audit(self) -> list[tuple[str, int | None]]:
        """What was done with imports, and the number of each."""
        of_imports = Audit.workspace_id == self.workspace_id, Audit.subject_kind == "import"
        statement = select(Audit).where(*of_imports).order_by(Audit.at, Audit.id)
        with self.deps.sessions.read(self.workspace_id) as session:
            return [(row.action, row.number) for row in session.scalars(statement)]

    def tables(self) -> Tables:
        """Every row of every table, but for the books that are kept of imports."""
        return {name: rows for name, rows in self.everything().items() if name not in _BOOKS}

    def everything(self) -> Tables:
        """Every row of every table, but for the workspace's own, which counts the write sessions."""
        with self.deps.sessions.read(self.workspace_id) as session:
            return {
                table.name: sorted(
                    map(tuple, session.execute(select(table).where(table.c.workspace_id == self.workspace_id))),
                    key=repr,
                )
                for table in Base.metadata.sorted_tables
                if table.name != "workspace"
            }

    def _file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path


def account(name: str, slack_id: str = "", /, **other: Any) -> Account:
    """Somebody in Slack, in Madrid, with an address made of the name."""
    usual: dict[str, Any] = {
        "id": slack_id or f"U0{name.upper()}",
        "name": name.title(),
        "email": f"{name}@example.com",
        "time_zone": "Europe/Madrid",
        "team_id": "T1",
        "deleted": False,
        "guest": False,
        "bot": False,
        "updated": 1,
    }
    return Account(**usual | other)
