"""Who is told that a case is about to be late, and when: the noise rules."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.cases import Priority
from bot.domain.nudges import (
    BETWEEN,
    As,
    Ear,
    PastTheBreach,
    Waiting,
    goes_out,
    held_until,
    is_urgent,
    rung_key,
    snooze,
    snoozes,
    tell_now,
    who_hears,
)
from bot.domain.sla import RUNGS

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
ANA, LEA, MAX, REN = (UUID(int=number) for number in range(1, 5))
ON, OFF, QUIET = Ear(on=True, quiet=False), Ear(on=False, quiet=False), Ear(on=True, quiet=True)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 2, hour, minute, tzinfo=UTC)


def test_half_of_the_time_shows_on_home_only_and_the_rest_goes_out() -> None:
    assert [each for each in RUNGS if goes_out(each)] == [75, 90, 100]


def test_a_warning_is_the_same_one_as_long_as_case_clock_deadline_and_rung_are() -> None:
    key = rung_key(ANA, "first reply", 1, 75)
    assert key == rung_key(ANA, "first reply", 1, 75)
    others = [(LEA, "first reply", 1, 75), (ANA, "resolution", 1, 75), (ANA, "first reply", 2, 75)]
    assert len({key, *(rung_key(*each) for each in others), rung_key(ANA, "first reply", 1, 90)}) == 5


@pytest.mark.parametrize(
    ("ears", "expected"),
    [
        ({ANA: ON, LEA: ON, REN: OFF}, (ANA, As.OWNER)),
        ({ANA: OFF, LEA: OFF, MAX: ON, REN: OFF}, (MAX, As.LEAD)),
        ({ANA: QUIET, LEA: ON, REN: OFF}, (LEA, As.LEAD)),
        ({ANA: OFF, LEA: OFF, MAX: QUIET, REN: OFF}, (REN, As.RESPONSIBLE)),
        ({ANA: OFF, REN: QUIET}, (None, As.DESK)),
    ],
)
def test_the_owner_on_shift_hears_else_a_lead_who_is_else_who_answers_for_the_hour_else_the_desk(
    ears: dict[UUID, Ear], expected: tuple[UUID | None, As]
) -> None:
    assert who_hears(ANA, [LEA, MAX], [REN], ears) == expected


def test_what_is_urgent_reaches_whoever_wants_it_at_any_hour_where_nobody_is_there() -> None:
    listed = Ear(on=False, quiet=True, at_any_hour=True)
    ears = {ANA: OFF, LEA: listed, REN: QUIET}
    assert who_hears(ANA, [LEA], [REN], ears, urgent=True) == (LEA, As.LEAD)
    assert who_hears(ANA, [LEA], [REN], ears) == (None, As.DESK)
    assert who_hears(ANA, [LEA], [REN], {**ears, REN: OFF}, urgent=True) == (REN, As.RESPONSIBLE)


def test_a_case_of_nobody_goes_to_the_lead_at_once() -> None:
    assert who_hears(None, [LEA], [REN], {LEA: ON, REN: OFF}) == (LEA, As.LEAD)


def test_only_a_breach_of_what_is_urgent_is_urgent() -> None:
    assert is_urgent(100, Priority.URGENT)
    assert not is_urgent(90, Priority.URGENT)
    assert not is_urgent(100, Priority.HIGH)


def test_what_was_put_off_waits_and_a_breach_does_not() -> None:
    assert held_until(90, at(13), at(14), NOW) == at(13)
    assert held_until(100, at(13), at(14), NOW) is None
    assert held_until(90, at(11), at(14), NOW) is None
    assert held_until(90, at(13), at(13), NOW) is None  # the deadline has moved since


def test_a_case_cannot_be_put_off_past_its_breach_nor_after_it() -> None:
    assert snoozes(NOW, at(13, 10)) == (at(12, 15), at(12, 30), at(13))
    assert snooze(at(13), NOW, at(13, 10)) == at(13)
    for until, breach in ((at(13, 10), at(13, 10)), (at(14), at(13, 10)), (at(13), None), (at(11), at(13))):
        with pytest.raises(PastTheBreach):
            snooze(until, NOW, breach)
    assert snoozes(NOW, None) == snoozes(NOW, at(11)) == ()


def test_a_case_is_put_off_until_a_quarter_and_for_ten_minutes_at_least() -> None:
    assert snoozes(at(12, 4), at(14)) == (at(12, 15), at(12, 30), at(13))
    assert snoozes(at(12, 7), at(14)) == (at(12, 30), at(13))
    assert snoozes(at(12, 14) + timedelta(seconds=9), at(12, 30)) == ()


def test_everything_that_waits_for_somebody_is_one_message_and_the_rest_joins_the_next() -> None:
    waiting = [Waiting(ANA, to=LEA, urgent=False), Waiting(MAX, to=LEA, urgent=False)]
    assert tell_now(waiting, {LEA: ON}, NOW) == {LEA: (ANA, MAX)}
    told = Ear(on=True, quiet=False, told_at=NOW)
    assert tell_now(waiting, {LEA: told}, NOW + BETWEEN - timedelta(seconds=1)) == {}
    assert tell_now(waiting, {LEA: told}, NOW + BETWEEN) == {LEA: (ANA, MAX)}


def test_what_is_urgent_goes_at_once_and_takes_the_rest_along() -> None:
    told = Ear(on=True, quiet=False, told_at=NOW)
    waiting = [Waiting(ANA, to=LEA, urgent=False), Waiting(MAX, to=LEA, urgent=True)]
    assert tell_now(waiting, {LEA: told}, NOW) == {LEA: (ANA, MAX)}


def test_what_somebody_asked_to_be_reminded_of_comes_when_they_said() -> None:
    told = Ear(on=True, quiet=False, told_at=NOW)
    assert tell_now([Waiting(ANA, to=LEA, urgent=False, asked=True)], {LEA: told}, NOW) == {LEA: (ANA,)}
    assert tell_now([Waiting(ANA, to=LEA, urgent=False, asked=True)], {LEA: QUIET}, NOW) == {}


def test_in_quiet_hours_only_what_is_urgent_reaches_only_who_wants_it() -> None:
    waiting = [Waiting(ANA, to=LEA, urgent=False), Waiting(MAX, to=LEA, urgent=True)]
    assert tell_now(waiting, {LEA: QUIET}, NOW) == {}
    assert tell_now(waiting, {LEA: Ear(on=False, quiet=True, at_any_hour=True)}, NOW) == {LEA: (MAX,)}


class Noise(RuleBasedStateMachine):
    """Nudges for two people and the desk, whose rests begin and end, while the clock goes on by the minute."""

    @initialize()
    def begins(self) -> None:
        self.now = NOW
        self.ears: dict[UUID | None, Ear] = {ANA: ON, LEA: Ear(on=True, quiet=False, at_any_hour=True), None: ON}
        self.waiting: dict[UUID, Waiting] = {}
        self.told: defaultdict[UUID, list[UUID | None]] = defaultdict(list)
        self.messages: list[tuple[UUID | None, datetime, bool]] = []
        self.number = 0
        self.left: list[Waiting] = []
        self.turned_at, self.was_quiet = NOW, dict[UUID | None, bool]()

    @rule(
        to=st.sampled_from([ANA, LEA, None]),
        urgent=st.sampled_from([False, False, True]),
        later=st.sampled_from([None, 10, 45]),
    )
    def comes(self, to: UUID | None, urgent: bool, later: int | None) -> None:
        self.number += 1
        until = self.now + timedelta(minutes=later) if later else None
        each = Waiting(UUID(int=self.number), to, urgent, until)
        self.waiting[each.id] = each

    @rule(who=st.sampled_from([ANA, LEA]), quiet=st.booleans())
    def rests(self, who: UUID, quiet: bool) -> None:
        ear = self.ears[who]
        self.ears[who] = Ear(ear.on, quiet, ear.at_any_hour, ear.told_at)

    @rule(minutes=st.integers(1, 20))
    def goes_on(self, minutes: int) -> None:
        for _ in range(minutes):
            self.now += timedelta(minutes=1)
            self._turn()

    @rule()
    def comes_back_after_hours(self) -> None:
        self.now += timedelta(hours=3)
        self._turn()

    @rule()
    def looks_twice(self) -> None:
        self._turn()
        assert not any(self._turn_once().values())

    @invariant()
    def nothing_is_told_twice_and_all_of_it_to_whom_it_is_for(self) -> None:
        for nudge_id, hearers in self.told.items():
            assert len(hearers) == 1
            assert nudge_id not in self.waiting

    @invariant()
    def who_can_be_told_waits_half_an_hour_at_most(self) -> None:
        for each in self.left:
            ear = self.ears[each.to]
            ready = each.not_before is None or each.not_before <= self.turned_at
            if ready and not self.was_quiet[each.to]:
                assert ear.told_at
                assert self.turned_at - ear.told_at < BETWEEN

    def _turn(self) -> None:
        for to, every in self._turn_once().items():
            urgent = any(self.waiting[each].urgent for each in every)
            ear = self.ears[to]
            assert not ear.quiet or (ear.at_any_hour and all(self.waiting[each].urgent for each in every))
            last = [at for who, at, _ in self.messages if who == to]
            assert urgent or not last or self.now - last[-1] >= BETWEEN
            self.messages.append((to, self.now, urgent))
            self.ears[to] = Ear(ear.on, ear.quiet, ear.at_any_hour, self.now)
            for each in every:
                assert self.waiting[each].to == to
                self.told[each].append(to)
                del self.waiting[each]
        self.left = list(self.waiting.values())
        self.turned_at, self.was_quiet = self.now, {to: ear.quiet for to, ear in self.ears.items()}

    def _turn_once(self) -> dict[UUID | None, tuple[UUID, ...]]:
        return tell_now(self.waiting.values(), self.ears, self.now)


TestNoise = Noise.TestCase
TestNoise.settings = settings(max_examples=60, stateful_step_count=30)
