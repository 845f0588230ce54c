"""A desk at which spreadsheets are dropped: who gives the bot what, and what they read of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from sqlalchemy import func, select

from bot.actions.imports import undo_import
from bot.app import build_cards, build_clerk, build_sender
from bot.domain.permissions import OPERATOR
from bot.sandbox import Shown
from bot.settings import Mode
from jobs.outbox_turn import Times
from jobs.runs import Job
from jobs.uploads import Clerk
from storage.shifts import base_shifts
from storage.tables import Message, Upload
from tests.workplace import SHIFT_COLUMNS, Workplace, opened, until

BOT = "@floorwalker"
BUSY = ("reading", "applying", "undoing")


class Desk:
    """A workplace in which uploads are worked off and messages go out; Cora coordinates."""

    def __init__(self, work: Workplace, clerk: Clerk) -> None:
        self.work, self._clerk = work, clerk
        work.at("2026-11-02 12:00")
        work.people()

    def dies(self) -> None:
        """Nothing is worked off by itself any more, as after the end of a process."""
        self._clerk.close()

    def drops(self, who: str, name: str, content: bytes | str) -> Shown:
        """Gives the bot a file; what it says to that."""
        raw = content if isinstance(content, bytes) else content.encode()
        before = len(self.reads(who))
        self.work.person(who).uploads(name, raw, BOT)
        return self._answer(who, before)

    def says(self, who: str, text: str) -> Shown:
        """Writes to the bot; what it says to that."""
        before = len(self.reads(who))
        self.work.person(who).types(text, BOT)
        return self._answer(who, before)

    def presses(self, who: str, label: str, on: Shown, *, confirm: bool | None = None) -> Shown:
        """Presses a button; the card once what it does is done."""
        person = self.work.person(who)
        person.presses(label, on, confirm=confirm)
        assert person.notices == []
        self.settles()
        return person.refreshed(on)

    def replaces(self, who: str, first: str, last: str, on: Shown, label: str = "Replace days…") -> Shown:
        """Picks days in the form behind a button; the card afterwards."""
        person = self.work.person(who)
        person.presses(label, on)
        person.sees_modal("Replace days")
        person.picks("First day", first)
        person.picks("Last day", last)
        person.submits()
        self.settles()
        return person.refreshed(on)

    def undoes(self, number: int) -> None:
        """Somebody takes an import back at the command line."""
        undo_import(self.work.deps, self.work.sandbox.team_id, OPERATOR, number)

    def reads(self, who: str) -> list[Shown]:
        """What the bot has told somebody."""
        return [shown for shown in self.work.person(who).sees(BOT) if shown.author == "Floorwalker"]

    def plan(self, day: str = "2026-11-06") -> list[tuple[str | None, str]]:
        """Who is planned on a day, and from when to when."""
        on = datetime.fromisoformat(day).date()
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            rows = sorted(base_shifts(session, on, on), key=lambda row: (row.shift.start_local, row.email or ""))
        return [(row.email, f"{row.shift.start_local:%H:%M}–{row.shift.end_local:%H:%M}") for row in rows]

    def stored(self) -> list[Upload]:
        """Every upload as it is stored, oldest first."""
        team_id = self.work.sandbox.team_id
        with self.work.deps.sessions.read(team_id) as session:
            return list(session.scalars(select(Upload).where(Upload.workspace_id == team_id).order_by(Upload.id)))

    def runs(self, job: Job) -> None:
        """The clock sets a job off."""
        now = self.work.deps.clock()
        job.run(self.work.deps, self.work.sandbox.team_id, job.when.first(now, ZoneInfo("UTC")))
        self.settles()

    def settles(self) -> None:
        """Waits until everything is done and shown."""
        until(lambda: not self._busy() and not self._waiting())

    def _answer(self, who: str, before: int) -> Shown:
        until(lambda: len(self.reads(who)) > before)
        self.settles()
        seen = self.reads(who)
        assert len(seen) == before + 1, seen
        return seen[-1]

    def _busy(self) -> int:
        return self._count(Upload, Upload.state.in_(BUSY))

    def _waiting(self) -> int:
        return self._count(Message, Message.state == "open", Message.shown < Message.wanted)

    def _count(self, table: Any, *which: Any) -> int:
        team_id = self.work.sandbox.team_id
        with self.work.deps.sessions.read(team_id) as session:
            return session.scalar(select(func.count()).where(table.workspace_id == team_id, *which)) or 0


def shifts_csv(*lines: str) -> str:
    """A shifts file with these lines."""
    return "\n".join([SHIFT_COLUMNS, *lines])


def workbook(*lines: list[Any]) -> bytes:
    """An XLSX file with one sheet."""
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


@contextmanager
def uploading(database_url: str, mode: Mode, folder: Path) -> Iterator[Desk]:
    """A desk whose bot sees to uploads, and needs no rest between two messages."""
    with opened(database_url, mode, folder) as work:
        clerk = build_clerk(work.deps)
        sender = build_sender(work.deps, build_cards(work.deps), Times(pace=0, poll=0.05))
        sender.start()
        clerk.start()
        try:
            yield Desk(work, clerk)
        finally:
            clerk.close()
            sender.close()
