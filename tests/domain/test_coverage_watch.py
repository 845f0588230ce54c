"""What becomes of a gap that people are warned of, and what is said of it."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain.coverage_documents import levels_to_document, read_gap, read_levels, to_documents
from bot.domain.coverage_gaps import Gap, Least, daily, worst_of
from bot.domain.coverage_levels import Level
from bot.domain.coverage_watch import (
    LIVE,
    LeftOpen,
    NotOpen,
    Said,
    State,
    Warnings,
    Watched,
    accept,
    left_by,
    reopen,
    watch,
)
from bot.domain.intervals import Interval, merge
from tests.domain.coverage_examples import NINE, gap, hours

BERLIN = ZoneInfo("Europe/Berlin")
WEEK, TWO_DAYS, FOUR_HOURS = timedelta(days=7), timedelta(days=2), timedelta(hours=4)
WARNINGS = Warnings((WEEK, TWO_DAYS, FOUR_HOURS), Least(0.5, timedelta(minutes=30)))
EARLY = NINE - timedelta(days=3)


class Watch:
    """Somebody who looks again and again."""

    def __init__(self) -> None:
        self.known: list[Watched] = []
        self.log: list[tuple[UUID, Said, timedelta, Gap]] = []
        self._ids = 0

    def looks(self, now: datetime, *found: Gap) -> list[Said]:
        """What is said of what was found."""
        turned = watch([each for each in self.known if each.state in LIVE], found, now, WARNINGS, self._new_id)
        by_id = {each.id: each for each, _ in turned}
        self.known = [by_id.pop(each.id, each) for each in self.known] + list(by_id.values())
        self.log += [(each.id, said, each.rung, each.told) for each, said in turned if said]
        return [said for _, said in turned if said]

    def changes(self, number: int, to: Watched) -> None:
        self.known[number] = to

    @property
    def states(self) -> list[State]:
        return [each.state for each in self.known]

    def _new_id(self) -> UUID:
        self._ids += 1
        return UUID(int=self._ids)


def test_a_gap_is_told_of_a_week_two_days_and_four_hours_ahead_and_never_between() -> None:
    watch, short = Watch(), gap((0, 2, 2))
    assert watch.looks(NINE - timedelta(days=8), short) == []
    assert watch.looks(NINE - WEEK, short) == [Said.NEW]
    assert watch.looks(NINE - timedelta(days=3), short) == []
    assert watch.looks(NINE - TWO_DAYS, short) == [Said.STILL]
    assert watch.looks(NINE - timedelta(hours=5), short) == []
    assert watch.looks(NINE - FOUR_HOURS, short) == [Said.STILL]
    assert watch.looks(NINE + timedelta(hours=1), short) == []
    assert watch.known[0].gap == short
    assert watch.looks(NINE + timedelta(hours=2), short) == []
    assert watch.states == [State.OVER]


def test_one_that_is_found_late_is_told_of_once() -> None:
    watch = Watch()
    assert watch.looks(NINE - timedelta(hours=3), gap((0, 2, 2))) == [Said.NEW]
    assert watch.looks(NINE - timedelta(hours=2), gap((0, 2, 2))) == []


def test_one_that_has_begun_when_it_is_found_or_changes_begins_at_its_quarter_of_an_hour() -> None:
    watch, at = Watch(), NINE + timedelta(minutes=20)
    assert watch.looks(at, gap((0, 4, 3))) == [Said.NEW]
    assert watch.known[0].gap == gap((0.25, 4, 3))
    assert watch.looks(at + timedelta(minutes=12), gap((0, 4, 3))) == []
    assert watch.known[0].gap == gap((0.25, 4, 3))
    assert watch.looks(at + timedelta(minutes=12), gap((0, 2, 3), (2, 4, 1))) == []
    assert watch.known[0].gap == gap((0.5, 2, 3), (2, 4, 1))
    assert watch.looks(at + timedelta(minutes=12), gap((0, 4, 4))) == [Said.GROWN]


def test_one_that_will_begin_at_an_odd_time_is_told_of_as_it_is_and_stays_so() -> None:
    watch, odd = Watch(), gap((1 / 12, 4, 3))
    for minute in (0, 10):
        watch.looks(NINE + timedelta(minutes=minute), odd)
        assert watch.known[0].gap == odd


def test_what_somebody_leaves_open_explains_a_gap_that_is_no_more_than_that() -> None:
    ana, ben = (LeftOpen("billing", hours(0, 4), UUID(int=number)) for number in (7, 8))
    assert left_by(gap((1, 3, 1)), NINE, [ana]) == ana.by_id
    assert left_by(gap((1, 2, 1), (2, 3, 2)), NINE, [ana]) is None
    assert left_by(gap((1, 2, 1), (2, 3, 2)), NINE, [ana, ben]) == ben.by_id
    assert left_by(gap((1, 5, 1)), NINE, [ana]) is None
    assert left_by(gap((1, 3, 1), names="chat"), NINE, [ana]) is None
    assert left_by(gap((-1, 3, 1)), NINE - timedelta(minutes=30), [ana]) is None
    assert left_by(gap((-1, 3, 1)), NINE, [ana]) == ana.by_id


def test_what_is_filled_says_so_and_what_opens_again_is_told_anew() -> None:
    watch = Watch()
    watch.looks(EARLY, gap((0, 2, 2)))
    assert watch.looks(EARLY) == []
    assert watch.states == [State.FILLED]
    assert watch.looks(EARLY, gap((0, 2, 2))) == [Said.NEW]
    assert watch.states == [State.FILLED, State.OPEN]


def test_what_shrinks_here_and_grows_there_is_not_told_twice_when_it_comes_back() -> None:
    watch = Watch()
    watch.looks(EARLY, gap((0, 4, 2)))
    assert watch.looks(EARLY, gap((0, 2, 2))) == []
    assert watch.looks(EARLY, gap((0, 2, 2), (2, 3, 2), (4, 6, 2))) == [Said.GROWN]
    assert watch.looks(EARLY, gap((0, 6, 2))) == []


def test_a_gap_that_takes_up_another_says_nothing_that_was_said_of_that_one() -> None:
    watch = Watch()
    watch.looks(EARLY, gap((0, 1, 1)), gap((1.25, 3, 1)))
    assert watch.looks(EARLY, gap((0, 3, 1))) == []
    assert watch.states == [State.MERGED, State.OPEN]
    assert watch.known[0].into == watch.known[1].id


def test_a_gap_whose_beginning_is_filled_stays_where_it_begins_too_late_to_be_told_of() -> None:
    watch = Watch()
    watch.looks(NINE - WEEK, gap((0, 4, 1)))
    watch.looks(NINE - WEEK, gap((2, 4, 1)))
    assert watch.states == [State.OPEN]


def test_the_last_minutes_of_what_was_never_told_are_not_worth_a_word() -> None:
    assert Watch().looks(NINE + timedelta(minutes=45), gap((0, 1, 3))) == []


def test_an_accepted_risk_is_silent_until_it_expires_or_gets_worse() -> None:
    watch, until = Watch(), NINE - timedelta(hours=1)
    watch.looks(EARLY, gap((0, 2, 1)))
    watch.changes(0, accept(watch.known[0], until))
    assert watch.looks(NINE - TWO_DAYS, gap((0, 2, 1))) == []
    assert watch.looks(NINE - FOUR_HOURS, gap((0, 2, 1))) == []
    assert watch.looks(until, gap((0, 2, 1))) == [Said.AGAIN]
    watch.changes(0, accept(watch.known[0], None))
    assert watch.looks(until, gap((0, 2, 1))) == []
    assert watch.looks(until, gap((0, 2, 2))) == [Said.GROWN]
    assert watch.states == [State.OPEN]


def test_a_risk_can_be_accepted_no_more_and_only_while_it_is_there() -> None:
    watch = Watch()
    watch.looks(EARLY, gap((0, 2, 1)))
    with pytest.raises(NotOpen):
        reopen(watch.known[0])
    assert reopen(accept(watch.known[0], None)).state is State.OPEN
    watch.looks(EARLY)
    with pytest.raises(NotOpen):
        accept(watch.known[0], None)


def test_what_lasts_for_days_is_a_gap_for_each_of_them_and_a_night_is_one() -> None:
    night = gap((12, 22, 1))  # 22:00-08:00 in Berlin
    assert daily(night, BERLIN) == (night,)
    assert [each.interval for each in daily(gap((0, 48, 1)), BERLIN)] == [
        hours(0, 14),
        hours(14, 38),
        hours(38, 48),
    ]
    change = datetime(2026, 10, 24, 12, tzinfo=UTC)
    long = gap((0, 1, 1))
    long = Gap((replace(long.parts[0], interval=Interval(change, change + timedelta(days=2))),))
    assert [each.interval.length for each in daily(long, BERLIN)] == [
        timedelta(hours=10),
        timedelta(hours=25),
        timedelta(hours=13),
    ]


def test_the_worst_of_two_gaps_lacks_at_each_time_what_the_worse_does() -> None:
    worst = worst_of(gap((0, 2, 2)), gap((1, 3, 1), (3, 4, 5)))
    assert [worst.short_at(NINE + timedelta(hours=each)) for each in range(5)] == [2, 2, 1, 5, 0]


def test_gaps_and_levels_are_kept_as_they_are() -> None:
    short = gap((0, 2, 1.2), (3, 4, 2), names="billing voice")
    assert read_gap(to_documents(short)) == short
    levels = {"billing": Level(0.61), "voice": Level(None, 12.5)}
    assert read_levels(levels_to_document(levels)) == levels


class Floor(RuleBasedStateMachine):
    """Holes come and go on a floor, some are accepted, and the clock goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.watch, self.now = Watch(), NINE - timedelta(days=2, hours=1)
        self.holes = Counter[int]()  # heads missing by the hour after nine
        self.was_accepted = False

    @rule(hour=st.integers(0, 11), heads=st.integers(1, 3), length=st.integers(1, 4))
    def people_go(self, hour: int, heads: int, length: int) -> None:
        for each in range(hour, hour + length):
            self.holes[each] = max(self.holes[each], heads)

    @rule(hour=st.integers(0, 11), length=st.integers(1, 4))
    def people_come(self, hour: int, length: int) -> None:
        for each in range(hour, hour + length):
            self.holes[each] = 0

    @rule(which=st.integers(0, 5), hours=st.integers(0, 48))
    def somebody_accepts(self, which: int, hours: int) -> None:
        live = [number for number, each in enumerate(self.watch.known) if each.state in LIVE]
        if live:
            number = live[which % len(live)]
            until = self.now + timedelta(hours=hours) if hours else None
            self.was_accepted = True
            self.watch.changes(number, accept(self.watch.known[number], until))

    @rule(which=st.integers(0, 5))
    def somebody_wants_warnings_again(self, which: int) -> None:
        accepted = [number for number, each in enumerate(self.watch.known) if each.state is State.ACCEPTED]
        if accepted:
            number = accepted[which % len(accepted)]
            self.watch.changes(number, reopen(self.watch.known[number]))

    @rule(minutes=st.sampled_from([15, 60, 300, 1200]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @invariant()
    def nothing_is_said_twice_and_no_card_is_wrong(self) -> None:
        found = self._found()
        self.watch.looks(self.now, *found)
        assert self.watch.looks(self.now, *found) == [], "said again at once"
        told = [(gap_id, said, rung) for gap_id, said, rung, _ in self.watch.log if said in (Said.NEW, Said.STILL)]
        assert len(told) == len(set(told)), "a rung was told of twice"
        worse = [(gap_id, told) for gap_id, said, _, told in self.watch.log if said in (Said.NEW, Said.GROWN)]
        assert len(worse) == len(set(worse)) or self.was_accepted, "no worse than was told"
        ahead = merge(time.interval for each in found if (left := each.since(self.now)) for time in left.parts)
        shown = merge(
            time.interval
            for each in self.watch.known
            if each.state in LIVE and (left := each.gap.since(self.now))
            for time in left.parts
        )
        for one in shown:
            assert any(each.start <= one.start and one.end <= each.end for each in ahead), (
                "filled, and still shown"
            )
        for each in self.watch.known:
            assert each.state not in LIVE or each.gap.interval.end > self.now, "over, and still shown"

    def _found(self) -> list[Gap]:
        found: list[Gap] = []
        parts: list[tuple[float, float, float]] = []
        for hour in range(16):
            if self.holes[hour]:
                parts.append((hour, hour + 1, self.holes[hour]))
            elif parts:
                found.append(gap(*parts))
                parts = []
        return found


TestFloor = Floor.TestCase
TestFloor.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
