"""The clock looks ahead for gaps: each is told of once, whatever happens to the processes that look."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.actions.coverage_gaps import look
from bot.actions.settings_change import change_settings
from bot.app import JOBS
from bot.domain.permissions import OPERATOR
from jobs.coverage_gaps import FOLLOW, LOOK
from jobs.runs import Job
from jobs.scheduler import Clockwork
from jobs.standup import POST
from storage.tables import CoverageGap, Message
from tests.coverage_desk import Planner
from tests.races import at_once
from tests.swap_desk import SwapDesk


class GapDesk(SwapDesk):
    """The swappers' desk on Monday noon: Ana works the 6th, 9 to 17, where two are wanted from 14 to 16."""

    def __init__(self, database_url: str, folder: Path) -> None:
        super().__init__(database_url, folder)
        self.planner = Planner(self.deps, "T1", folder)

    def plans(self, heads: int = 2, day: str = "2026-11-06") -> None:
        self.planner.plan(f"{day},14:00,16:00,mail,{heads},,UTC")

    def runs(self, *jobs: Job) -> list[str]:
        """What is due now, of these jobs."""
        clockwork = Clockwork(self.deps, list(jobs or (LOOK, FOLLOW)))
        try:
            return [f"{ran.job} {ran.period} {ran.outcome}" for ran in clockwork.run_due()]
        finally:
            clockwork.close()

    def gaps(self) -> list[CoverageGap]:
        with self.deps.sessions.read("T1") as session:
            return list(
                session.scalars(
                    select(CoverageGap).where(CoverageGap.workspace_id == "T1").order_by(CoverageGap.start)
                )
            )

    def told(self, card: str = "coverage_gap") -> list[str]:
        """Where the messages of a kind went, and what they say."""
        statement = select(Message).where(Message.workspace_id == "T1", Message.card == card)
        with self.deps.sessions.read("T1") as session:
            rows = session.scalars(statement.order_by(Message.number)).all()
            return [f"{row.lane} {(row.facts or {}).get('said', '')}".strip() for row in rows]


@pytest.fixture
def floor(database_url: str, tmp_path: Path) -> Iterator[GapDesk]:
    floor = GapDesk(database_url, tmp_path)
    floor.runs()
    yield floor
    floor.deps.sessions.close()


def test_every_quarter_of_an_hour_it_is_looked_ahead_and_each_gap_is_told_once(floor: GapDesk) -> None:
    floor.plans()
    floor.now += timedelta(minutes=15)
    assert floor.runs(LOOK) == ["coverage_gaps.look 2026-11-02T12:15:00Z done"]
    assert floor.runs(LOOK) == []
    for _ in range(3):
        floor.now += timedelta(minutes=15)
        floor.runs(LOOK)
    assert floor.told() == ["C0OPS"]
    assert floor.told("coverage_gap.news") == []
    assert {LOOK, FOLLOW, POST} <= set(JOBS)


def test_what_is_done_is_followed_within_a_minute_and_looking_itself_is_not_followed(floor: GapDesk) -> None:
    floor.now += timedelta(minutes=6)
    floor.runs()
    floor.plans()
    floor.now += timedelta(minutes=1)
    floor.runs(FOLLOW)
    assert len(floor.gaps()) == 1
    before = _revision(floor)
    floor.now += timedelta(minutes=5)
    floor.runs(FOLLOW)
    assert _revision(floor) == before


def test_after_days_without_a_process_what_is_near_is_told_once_and_what_is_over_never(floor: GapDesk) -> None:
    floor.plans()
    floor.plans(day="2026-11-03")
    floor.now = datetime(2026, 11, 5, 9, 7, tzinfo=UTC)
    assert floor.runs(LOOK) == ["coverage_gaps.look 2026-11-05T09:00:00Z done"]
    assert [(row.start.day, row.state) for row in floor.gaps()] == [(6, "open")]
    assert floor.told() == ["C0OPS"]


def test_two_processes_that_look_at_once_tell_of_a_gap_once(floor: GapDesk) -> None:
    floor.plans()
    assert at_once(lambda: look(floor.deps, "T1"), lambda: look(floor.deps, "T1")) == [None, None]
    assert len(floor.gaps()) == 1
    assert floor.told() == ["C0OPS"]


def test_where_nothing_has_changed_nothing_is_written(floor: GapDesk) -> None:
    floor.plans()
    look(floor.deps, "T1")
    before = _revision(floor)
    floor.now += timedelta(hours=3)
    look(floor.deps, "T1")
    assert _revision(floor) == before


def test_many_that_are_found_at_once_are_one_message_and_each_has_its_own_as_it_comes_nearer(
    floor: GapDesk,
) -> None:
    for day in range(3, 9):
        floor.plans(day=f"2026-11-{day:02}")
    look(floor.deps, "T1")
    assert len(floor.gaps()) == 6
    assert floor.told() == []
    assert floor.told("coverage_gap.many") == ["C0OPS"]
    floor.now += timedelta(days=1)
    look(floor.deps, "T1")
    assert [row.start.day for row in floor.gaps()][:2] == [3, 4]
    assert floor.told() == ["C0OPS"] * 2


def test_an_empty_list_of_hours_cannot_be_said_and_a_shorter_one_ends_no_gap(floor: GapDesk) -> None:
    floor.plans()
    look(floor.deps, "T1")
    change_settings(floor.deps, "T1", OPERATOR, "workspace", {"gap_warning_hours": "24, 2"})
    look(floor.deps, "T1")
    assert [row.state for row in floor.gaps()] == ["open"]
    floor.now = datetime(2026, 11, 5, 14, tzinfo=UTC)
    look(floor.deps, "T1")
    assert floor.told("coverage_gap.news") == ["C0OPS still"]


def test_the_post_at_stand_up_comes_once_a_day(floor: GapDesk) -> None:
    floor.runs(POST)
    for minute in (45, 50, 55):
        floor.now = datetime(2026, 11, 6, 6, minute, tzinfo=UTC)
        floor.runs(POST)
    assert floor.told("standup") == ["C0OPS"]
    floor.now = datetime(2026, 11, 7, 8, 3, tzinfo=UTC)
    floor.runs(POST)
    floor.now = datetime(2026, 11, 8, 20, tzinfo=UTC)
    floor.runs(POST)
    assert floor.told("standup") == ["C0OPS"] * 2


def _revision(floor: GapDesk) -> int:
    with floor.deps.sessions.read("T1") as session:
        return session.revision()
