"""Key figures of the floor: heads there of those needed, and absence, which is told of groups only."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.actions.absences import Report, report, turn
from bot.actions.kpi import by, readings
from bot.actions.kpi_collect import collect
from bot.actions.people import Caller
from bot.actions.settings import Preferences
from bot.deps import new_id
from bot.domain.absences import Kind
from bot.domain.intervals import Interval
from bot.domain.kpi import Cut, Figure, Reading, Split
from bot.domain.kpi_periods import week_of
from bot.domain.permissions import CLOCK, Actor, Grant, Role
from bot.domain.wallclock import ONE_DAY
from tests.actions.desk import Desk
from tests.coverage_desk import Planner

TUESDAY = date(2026, 9, 29)
WEEK = week_of(TUESDAY, 0)
MAIL, TECH, REST = [f"m{number}" for number in range(5)], ["t0", "t1", "t2"], ["r0", "r1"]
PEOPLE = "email,name,role,team\n" + "\n".join(
    f"{name}@example.com,{name.upper()},agent,{team}"
    for team, names in (("Mail", MAIL), ("Tech", TECH), ("Rest", REST))
    for name in names
)


class Floor:
    """Ten people in teams of five, three and two, all on a Tuesday from 9 to 17, for the queue of calls."""

    def __init__(self, desk: Desk, names: list[str]) -> None:
        self.desk, self.now = desk, datetime(2026, 9, 28, 8, tzinfo=UTC)
        desk.deps = self.deps = replace(desk.deps, clock=lambda: self.now)
        desk.people(PEOPLE)
        desk.shifts(*(f"{name}@example.com,{TUESDAY},09:00,17:00,UTC,calls" for name in names))

    def away(self, name: str, start: float, end: float, kind: Kind = Kind.SICK) -> None:
        """Somebody is away at some hours of that Tuesday."""
        member = self.desk.member(name)
        actor = Actor(member.id, (Grant(Role.AGENT),))
        caller = Caller("T1", actor, name.upper(), ZoneInfo("UTC"), Preferences())
        first = datetime(2026, 9, 29, tzinfo=UTC)
        interval = Interval(first + timedelta(hours=start), first + timedelta(hours=end))
        report(self.deps, caller, Report(new_id(), kind, interval, None))
        self.now += timedelta(minutes=3)
        turn(self.deps, "T1")

    def read(self, figure: Figure) -> Reading:
        """What is known once the week is over."""
        self.now = datetime(2026, 10, 5, 8, tzinfo=UTC)
        collect(self.deps, "T1", CLOCK)
        with self.deps.sessions.read("T1") as session:
            return readings(session, self.deps, WEEK, Cut(), [figure])[0]

    def told(self) -> list[tuple[object, float, float | None]]:
        """The absence of each team of which any is told."""
        with self.deps.sessions.read("T1") as session:
            parts = by(session, self.deps, WEEK, Cut(), Figure.ABSENCE, Split.TEAM)
            return [(part.label, part.reading.numerator, part.reading.denominator) for part in parts]


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ([*MAIL, *TECH, *REST], [("Mail", 8.0, 40.0), ("", 4.0, 40.0)]),
        ([*MAIL, *TECH], [("Mail", 8.0, 40.0)]),
        (["m0", *TECH], []),
    ],
)
def test_absence_is_told_of_groups_of_five_and_names_nobody(
    desk: Desk, names: list[str], told: list[tuple[str, float, float]]
) -> None:
    floor = Floor(desk, names)
    floor.away("m0", 0, 24)
    floor.away("t0", 13, 17)
    absence = floor.read(Figure.ABSENCE)
    assert floor.told() == told
    assert absence.numerator == sum(missed for _, missed, _ in told)
    with floor.deps.sessions.read("T1") as session:
        assert not by(session, floor.deps, WEEK, Cut(), Figure.ABSENCE, Split.MEMBER)[1:]


def test_coverage_is_head_hours_there_of_those_needed_and_none_beyond_the_need(desk: Desk) -> None:
    floor = Floor(desk, MAIL[:2])
    # Two are there from 9 to 17; one goes at 15.
    Planner(floor.deps, "T1", desk.folder).plan(
        f"{TUESDAY},09:00,13:00,calls,1,,UTC",
        f"{TUESDAY},13:00,18:00,calls,3,,UTC",
        # Nobody has said who works on Wednesday, which is not to say that nobody does.
        f"{TUESDAY + ONE_DAY},09:00,13:00,calls,2,,UTC",
    )
    floor.away("m1", 15, 24)
    coverage = floor.read(Figure.COVERAGE)
    assert (coverage.numerator, coverage.denominator) == (4 + 2 * 2 + 2 * 1, 4 + 5 * 3)
    assert coverage.sources == ("floorwalker",)
