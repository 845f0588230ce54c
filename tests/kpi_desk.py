"""A workspace in which figures are measured, with a clock that can be moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.actions.cases_open import open_case
from bot.actions.cases_turn import happen
from bot.actions.kpi import by, readings
from bot.actions.kpi_collect import collect
from bot.actions.kpi_import import import_kpi
from bot.actions.kpi_mapping import AS_IT_IS, Mapped
from bot.actions.settings import WORKSPACE
from bot.actions.settings_change import change_settings
from bot.app import build_deps
from bot.connectors.spreadsheets import read_table
from bot.domain.cases import By, Happening, Kind
from bot.domain.cases_new import NewCase
from bot.domain.figures import FiguresImport
from bot.domain.kpi import Cut, Figure, Part, Reading, Split
from bot.domain.kpi_periods import Span, week_of
from bot.domain.permissions import CLOCK, OPERATOR
from bot.settings import Settings
from storage.tables import KpiFact, Queue
from tests.actions.desk import Desk
from tests.coverage_desk import Planner

MONDAY = date(2026, 9, 21)
WEEK = week_of(MONDAY, 0)


class Figures:
    """A workspace in which figures are measured, with a clock that can be moved."""

    def __init__(self, desk: Desk) -> None:
        self.now = datetime(2026, 9, 28, 8, tzinfo=UTC)
        self.deps = replace(desk.deps, clock=lambda: self.now)
        desk.deps = self.deps
        self.desk = desk
        self.planner = Planner(self.deps, "T1", desk.folder)

    def prefers(self, **values: str) -> None:
        change_settings(self.deps, "T1", OPERATOR, WORKSPACE, values)

    def collect(self) -> None:
        collect(self.deps, "T1", CLOCK)

    def read(self, figure: Figure, span: Span = WEEK, **cut: Any) -> Reading:
        with self.deps.sessions.read("T1") as session:
            [found] = readings(session, self.deps, span, self.cut(**cut), [figure])
            return found

    def by(self, figure: Figure, split: Split, span: Span = WEEK, **cut: Any) -> tuple[Part, ...]:
        with self.deps.sessions.read("T1") as session:
            return by(session, self.deps, span, self.cut(**cut), figure, split)

    def cut(self, queue: str | None = None, **more: Any) -> Cut:
        if queue is None:
            return Cut(**more)
        with self.deps.sessions.read("T1") as session:
            found = session.scalars(select(Queue).where(Queue.workspace_id == "T1", Queue.name == queue)).one()
            return Cut(queue_id=found.id, **more)

    def facts(self) -> list[KpiFact]:
        with self.deps.sessions.read("T1") as session:
            return list(session.scalars(select(KpiFact).where(KpiFact.workspace_id == "T1")))

    def file(self, *lines: str, read_as: Mapped = AS_IT_IS, dry_run: bool = False) -> FiguresImport:
        path = self.desk.folder / "kpi.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        rows = read_table("kpi.csv", path, ["date"])
        return import_kpi(self.deps, "T1", OPERATOR, rows, files="kpi.csv", dry_run=dry_run, read_as=read_as)

    def opens(self, at: datetime, *happenings: Happening, **more: Any) -> int:
        """A case that was opened at that time, and what happened to it."""
        with self.deps.sessions.write("T1") as session:
            opened = replace(self.deps, clock=lambda: at)
            row = open_case(session, opened, OPERATOR, NewCase("Refund", **more))
            for each in happenings:
                happen(session, self.deps, OPERATOR, row, each)
            return row.number


@contextmanager
def on_sqlite(url: str, folder: Path) -> Iterator[Figures]:
    """On one database, for what does not depend on it."""
    desk = Desk(
        build_deps(Settings(_env_file=None, SLACK_BOT_TOKEN="xoxb-1", FLOORWALKER_DATABASE_URL=url)), folder
    )
    desk.people()
    yield Figures(desk)
    desk.deps.sessions.close()


def at(day: int, hour: float = 9) -> datetime:
    return datetime(2026, 9, day, tzinfo=UTC) + timedelta(hours=hour)


def solved(day: int, hour: float = 9) -> Happening:
    return Happening(Kind.STATE, {"state": "solved"}, By.MEMBER, at=at(day, hour))


def wrote(by: By, day: int, hour: float = 9) -> Happening:
    return Happening(Kind.MESSAGE, {}, by, at=at(day, hour))
