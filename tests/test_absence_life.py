"""Whoever is away and comes back, whatever is swapped, covered and imported meanwhile: no shift is lost."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from bot.actions.absences import AlreadyAway, OverAlready
from bot.actions.unowned import stints_of
from bot.domain.absences import LIVE, NotAway, State
from bot.domain.intervals import Interval, subtract
from storage.tables import Absence, Departure
from tests.absence_desk import AbsenceDesk
from tests.test_departure_life import SOME, WHO, Leaving


class BeingAway(Leaving):
    """The same three agents, who are away at times as well."""

    floor: AbsenceDesk

    @initialize(reviewed=st.booleans())
    def open_the_floor(self, reviewed: bool) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = shutil.copyfile(self.template, Path(self.folder.name) / "floor.sqlite3")
        self.floor = AbsenceDesk(f"sqlite:///{path}", Path(self.folder.name))
        if reviewed:
            self.floor.review()
        self.gone: set[str] = set()

    @rule(who=WHO, day=st.integers(5, 13), start=st.integers(0, 16), days=st.integers(0, 3), waits=st.booleans())
    def somebody_is_away(self, who: str, day: int, start: int, days: int, waits: bool) -> None:
        if who not in self.gone:
            try:
                self.floor.away(who, day, start, 20, until=day + days)
            except (AlreadyAway, OverAlready):
                return
            self.floor.passes(0 if waits else 2)
            self.seen["away"] += 1

    @rule(which=SOME)
    def somebody_comes_back(self, which: int) -> None:
        names = {self.floor.desk.member(name).id: name for name in ("ana", "ben", "dev")}
        if live := [row for row in self.floor.absences() if row.state in LIVE]:
            row = live[which % len(live)]
            if names[row.member_id] not in self.gone:
                try:
                    given = self.floor.back(names[row.member_id], row.id).given
                except NotAway:
                    return
                self.seen["back with work" if given else "back"] += 1

    @rule(which=SOME)
    def somebody_is_away_from_a_shift_of_theirs_and_comes_back(self, which: int) -> None:
        names = {self.floor.desk.member(name).id: name for name in {"ana", "ben", "dev"} - self.gone}
        ahead = [row for row in self.floor.assignments() if row.member_id in names and row.start > self.floor.now]
        if ahead:
            row = ahead[which % len(ahead)]
            assert row.member_id
            try:
                absence_id = self.floor.goes_away(names[row.member_id], row.start.day)
                given = self.floor.back(names[row.member_id], absence_id).given
            except (AlreadyAway, NotAway):
                return
            self.seen["back with work" if given else "back"] += 1

    @rule(minutes=st.sampled_from([1, 2, 30]))
    def the_clock_looks_after_the_absences(self, minutes: int) -> None:
        self.floor.passes(minutes)

    @invariant()
    def nobody_works_while_they_are_away(self) -> None:
        for row in self.in_force():
            mine = [each for each in self.floor.assignments() if each.member_id == row.member_id]
            away = Interval(row.start, row.end)
            assert not any(away.overlaps(Interval(each.start, each.end)) for each in mine)

    def what_nobody_works_because_somebody_has_left_is_on_a_card(self) -> None:
        """Demanded where nobody is away: here it may stand on the card of an absence."""

    @invariant()
    def what_nobody_works_because_somebody_is_away_is_on_a_card(self) -> None:
        with self.floor.deps.sessions.read("T1") as session:
            rows = [*session.query(Absence).filter_by(workspace_id="T1")]
            departures = [*session.query(Departure).filter_by(workspace_id="T1")]
            cards = [each for row in (*rows, *departures) for each in stints_of(row)]
        for row in self.in_force():
            for shift_id, released in self.released(row):
                assert not subtract(released, [each.interval for each in cards if each.shift_id == shift_id])

    def in_force(self) -> list[Absence]:
        """Those that count now."""
        return [row for row in self.floor.absences() if row.state == State.IN_FORCE and row.end > self.floor.now]

    def released(self, row: Absence) -> list[tuple[object, Interval]]:
        """What is planned for them meanwhile, is ahead, and nobody works."""
        planned = {each.id for each in self.floor.desk.base() if each.member_id == row.member_id}
        away = Interval(max(row.start, self.floor.now), row.end)
        rows = [each for each in self.floor.assignments() if each.shift_id in planned and each.member_id is None]
        found = [(each.shift_id, away.intersection(Interval(each.start, each.end))) for each in rows]
        return [(shift_id, shared) for shift_id, shared in found if shared]


def test_no_order_of_events_loses_a_shift_or_gives_it_to_who_is_away(sqlite_url: str) -> None:
    BeingAway.template = sqlite_url.removeprefix("sqlite:///")
    BeingAway.TestCase.settings = settings(
        max_examples=20,
        stateful_step_count=30,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    BeingAway.TestCase().runTest()
    for what in ("away", "back", "back with work", "imported", "undone", "taken"):
        assert BeingAway.seen[what] > 0, what
