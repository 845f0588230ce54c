"""Whatever is asked for, approved in part, cancelled, changed or ill, no minute of leave is made or lost."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.actions.timeoff_ill import Ill, KnownAlready, certify, report_ill
from bot.deps import new_id
from bot.domain.intervals import Interval, merge
from bot.domain.timeoff import LIVE, STANDING, TAKEN, NothingLeft, NothingToTake, NotOpen
from bot.domain.timeoff_asked import AskedAlready, OverAlready, TooLittle
from bot.domain.timeoff_play import play
from bot.domain.timeoff_statement import balance, statement
from storage.tables import LeaveRequest
from storage.timeoff_requests import read_days
from tests.timeoff_desk import DAY, TimeOffDesk

FIRST = date(2026, 11, 3)
END = date(2026, 12, 31)
WHOLE = 28 * DAY
REFUSALS = (AskedAlready, KnownAlready, NotOpen, NothingLeft, NothingToTake, OverAlready, TooLittle)
WHO = st.sampled_from(("ana", "ben"))
SOME = st.integers(0, 9)
DAYS = st.integers(0, 50)
LENGTH = st.integers(0, 9)


class TakingTimeOff(RuleBasedStateMachine):
    """Two agents with 28 days each, and a coordinator who decides."""

    template: str
    seen: ClassVar[Counter[str]] = Counter()

    @initialize()
    def open_the_floor(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        path = shutil.copyfile(self.template, Path(self.folder.name) / "floor.sqlite3")
        self.floor = TimeOffDesk(f"sqlite:///{path}", Path(self.folder.name))
        self.names = {self.floor.desk.member(name).id: name for name in ("ana", "ben")}

    @rule(who=WHO, first=DAYS, length=LENGTH, approved=st.booleans())
    def somebody_asks(self, who: str, first: int, length: int, approved: bool) -> None:
        start = FIRST + timedelta(days=first)
        end = min(start + timedelta(days=length), END)
        self.tries("asked", lambda: self.floor.asks(who, start, end))
        waiting = [row.id for row in self.floor.requests() if row.state == "needs approval"]
        if approved and waiting:
            self.tries("approved", lambda: self.floor.approves(waiting[-1]))

    @precondition(lambda self: self.some("needs approval"))
    @rule(which=SOME, part=st.integers(0, 3))
    def it_is_decided(self, which: int, part: int) -> None:
        row = self.pick(which, "needs approval")
        taking = [each.day for each in read_days(row.wanted) if each.minutes]
        if part == 0:
            self.tries("declined", lambda: self.floor.declines(row.id))
        elif part == 1:
            self.tries("approved", lambda: self.floor.approves(row.id))
        else:
            self.tries("approved in part", lambda: self.floor.approves(row.id, taking[::part]))

    @precondition(lambda self: self.some("needs approval"))
    @rule(which=SOME)
    def it_is_withdrawn(self, which: int) -> None:
        row = self.pick(which, "needs approval")
        self.tries("withdrawn", lambda: self.floor.withdraws_request(self.names[row.member_id], row.id))

    @precondition(lambda self: self.some(*STANDING))
    @rule(which=SOME)
    def it_is_cancelled(self, which: int) -> None:
        row = self.pick(which, *STANDING)
        self.tries("cancelled", lambda: self.floor.cancels(self.names[row.member_id], row.id))

    @precondition(lambda self: self.some(*LIVE))
    @rule(which=SOME, shift=st.integers(-4, 4), length=LENGTH)
    def it_is_changed(self, which: int, shift: int, length: int) -> None:
        row = self.pick(which, *LIVE)
        start = max(row.first + timedelta(days=shift), FIRST)
        end = min(start + timedelta(days=length), END)
        self.tries("changed", lambda: self.floor.asks(self.names[row.member_id], start, end, replaces=row.id))

    @precondition(lambda self: self.some(*STANDING))
    @rule(which=SOME, day=SOME)
    def a_day_of_it_was_illness(self, which: int, day: int) -> None:
        row = self.pick(which, *STANDING)
        taking = [each.day for each in read_days(row.days) if each.minutes]
        ill = taking[day % len(taking)]
        deps, owner = self.floor.deps, self.floor.caller(self.names[row.member_id])

        def is_certified() -> None:
            illness = report_ill(deps, owner, Ill(new_id(), row.id, ill, ill))
            certify(deps, self.floor.caller("cora"), illness, certified=True)

        self.tries("ill", is_certified)

    @rule(days=st.integers(1, 6))
    def time_passes(self, days: int) -> None:
        if (self.floor.now + timedelta(days=days)).date() < date(2026, 12, 20):
            self.floor.waits(days)

    def some(self, *states: str) -> bool:
        return any(row.state in states for row in self.floor.requests())

    def pick(self, which: int, *states: str) -> LeaveRequest:
        found = [row for row in self.floor.requests() if row.state in states]
        return found[which % len(found)]

    def tries(self, what: str, does: Callable[[], object]) -> None:
        """Does it, unless it is refused."""
        try:
            does()
        except REFUSALS:
            return
        self.seen[what] += 1

    @invariant()
    def a_balance_is_all_that_was_earned_less_what_stands_and_what_waits(self) -> None:
        for member_id, name in self.names.items():
            book = self.floor.book(name)
            taken = {row.id: self.minutes(row) for row in self.floor.requests() if row.member_id == member_id}
            assert balance(book, END) == WHOLE - sum(taken.values())
            shown = statement(book, END)
            assert shown.after == balance(book, END) == sum(shown.held.values()) - shown.owed
            played = play(book, END)
            spent = sum(each.minutes for each in played.draws)
            assert sum(each.minutes for each in book.lines) - spent == played.minutes

    @invariant()
    def nobody_takes_the_same_day_twice_and_they_are_away_just_then(self) -> None:
        for member_id in self.names:
            rows = [row for row in self.floor.requests() if row.member_id == member_id]
            taken = [each for row in rows if row.state in TAKEN for each in read_days(row.days)]
            standing = [each.day for each in taken if each.minutes]
            assert len(standing) == len(set(standing))
            wanted = [stretch for each in taken for stretch in each.away]
            there = [
                Interval(row.start, row.end)
                for row in self.floor.absences()
                if row.member_id == member_id and row.state in ("in force", "ended")
            ]
            assert merge(wanted) == merge(there)

    @invariant()
    def nobody_works_while_they_are_away_and_everybody_what_is_theirs_otherwise(self) -> None:
        owners = {each.id: each.member_id for each in self.floor.desk.base()}
        gone = [row for row in self.floor.absences() if row.state in ("in force", "ended")]
        for row in self.floor.assignments():
            owner = owners[row.shift_id]
            is_away = any(
                each.member_id == owner and each.start < row.end and row.start < each.end for each in gone
            )
            if row.start > self.floor.now:
                assert row.member_id == (None if is_away else owner)

    def minutes(self, row: LeaveRequest) -> int:
        """What a request takes or reserves; a change only what it takes beyond what it replaces."""
        days = read_days(row.days)
        had: dict[date, int] = {}
        if row.state == "needs approval" and row.replaces_id:
            old = self.floor.request(row.replaces_id)
            if old.state in STANDING:
                had = {each.day: each.minutes - each.given_back for each in read_days(old.days)}
        if row.state not in LIVE | TAKEN:
            return 0
        return sum(max(0, each.minutes - each.given_back - had.get(each.day, 0)) for each in days)

    def teardown(self) -> None:
        if hasattr(self, "floor"):
            self.floor.close()
            self.folder.cleanup()


def test_no_order_of_events_makes_or_loses_a_minute(sqlite_url: str) -> None:
    TakingTimeOff.template = sqlite_url.removeprefix("sqlite:///")
    TakingTimeOff.TestCase.settings = settings(
        max_examples=20,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    TakingTimeOff.TestCase().runTest()
    # Otherwise nothing was shown.
    for what in ("asked", "approved", "approved in part", "declined", "withdrawn", "cancelled", "changed", "ill"):
        assert TakingTimeOff.seen[what] > 0, what
