"""The chase: asked an hour ahead in the department's own hours, missed twice to its lead, silent to the next."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.availability import Available
from bot.domain.chase import Chased, Step, is_asked_with, missed, turn, upcoming
from bot.domain.desks import DeskHours
from bot.domain.matrix import Rung
from bot.domain.sla_calendar import BusinessHours, Calendar

BERLIN = ZoneInfo("Europe/Berlin")
_OFFICE = Available(frozenset(range(5)), time(9), time(17))
HOURS = DeskHours(Calendar(BusinessHours((_OFFICE,), BERLIN)), BERLIN)
RUNGS = frozenset({Rung.LEAD, Rung.COORDINATOR, Rung.MANAGER})
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time in Berlin in the week of Monday, 2 November 2026."""
    return datetime(2026, 11, 1 + day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def asked(since: datetime, own_by: datetime | None = None) -> Chased:
    return Chased(waits=True, owned=False, since=since, step=2 * HOUR, own_by=own_by)


def promised(since: datetime, eta: datetime) -> Chased:
    return Chased(waits=True, owned=True, since=since, step=2 * HOUR, eta_at=eta)


def step_at(chased: Chased, now: datetime) -> tuple[Chased, Step | None]:
    return turn(chased, now, HOURS, RUNGS)


def test_the_department_is_asked_an_hour_before_what_it_promised() -> None:
    case = promised(at(1, 10), at(1, 15))
    assert upcoming(case, HOURS, RUNGS) == (at(1, 14), Step.ASK)
    after, step = step_at(case, at(1, 14))
    assert (step, after.chased, after.chased_at) == (Step.ASK, 1, at(1, 14))
    assert step_at(after, at(1, 14, 30)) == (after, None)


def test_an_hour_before_is_an_hour_of_its_own_hours() -> None:
    friday = at(5, 10)
    assert upcoming(promised(friday, at(8, 9, 30)), HOURS, RUNGS) == (at(5, 16, 30), Step.ASK)
    assert upcoming(promised(friday, at(8, 10)), HOURS, RUNGS) == (at(8, 9), Step.ASK)
    # What is promised for the evening is asked about before they go home.
    assert upcoming(promised(at(1, 10), at(1, 22)), HOURS, RUNGS) == (at(1, 16), Step.ASK)


def test_a_department_has_a_clock_of_its_own() -> None:
    """On hold from Monday 11:00 to Tuesday 15:00, 09–17: billing's own clock reads 12 h."""
    assert HOURS.calendar.between(at(1, 11), at(2, 15)) == 12 * HOUR


def test_who_has_just_promised_is_not_asked_at_once() -> None:
    assert upcoming(promised(at(1, 14, 30), at(1, 15)), HOURS, RUNGS) == (
        at(1, 15) + timedelta(seconds=1),
        Step.MISS,
    )


def test_what_comes_on_the_dot_is_in_time() -> None:
    case = replace(promised(at(1, 14, 30), at(1, 15)))
    assert step_at(case, at(1, 15)) == (case, None)
    assert step_at(case, at(1, 15, 1))[1] is Step.MISS


def test_two_misses_are_for_the_lead_of_the_department() -> None:
    first, step = step_at(promised(at(1, 14, 30), at(1, 15)), at(1, 15, 1))
    assert (step, first.misses, first.rung, first.missed_at) == (Step.MISS, 1, Rung.CONTACT, at(1, 15))
    again = replace(first, eta_at=at(1, 16), since=at(1, 15, 30))
    second, step = step_at(again, at(1, 16, 1))
    assert (step, second.misses, second.rung) == (Step.MISS, 2, Rung.LEAD)
    third, _ = step_at(replace(second, eta_at=at(1, 16, 30), since=at(1, 16, 10)), at(1, 16, 31))
    assert (third.misses, third.rung) == (3, Rung.COORDINATOR)


def test_where_a_department_has_no_lead_two_misses_are_for_the_coordinators() -> None:
    twice = replace(promised(at(1, 14), at(1, 15)), misses=1)
    assert missed(twice, {Rung.COORDINATOR}).rung is Rung.COORDINATOR


def test_silence_goes_up_one_rung_at_a_time() -> None:
    case = asked(at(1, 10), own_by=at(1, 11))
    for now, rung in ((at(1, 11), Rung.LEAD), (at(1, 13), Rung.COORDINATOR), (at(1, 15), Rung.MANAGER)):
        assert step_at(case, now - MINUTE)[1] is None
        case, step = step_at(case, now)
        assert (step, case.rung) == (Step.UP, rung)
    assert upcoming(case, HOURS, RUNGS) is None


def test_silence_is_counted_in_the_hours_of_the_department() -> None:
    friday = replace(asked(at(5, 16)), owned=True)
    assert upcoming(friday, HOURS, RUNGS) == (at(8, 9), Step.ASK)
    assert upcoming(replace(friday, chased_at=at(8, 9), chased=1), HOURS, RUNGS) == (at(8, 10), Step.UP)


def test_who_owns_it_and_promises_nothing_is_asked_and_then_it_goes_up() -> None:
    case = replace(asked(at(1, 10)), owned=True)
    case, step = step_at(case, at(1, 11))
    assert step is Step.ASK
    case, step = step_at(case, at(1, 12))
    assert (step, case.rung) == (Step.UP, Rung.LEAD)


def test_without_a_promise_the_answer_is_due_when_the_matrix_says() -> None:
    case = replace(asked(at(1, 10)), owned=True, answer_by=at(1, 11, 30))
    assert upcoming(case, HOURS, RUNGS) == (at(1, 10, 30), Step.ASK)
    assert upcoming(replace(case, chased_at=at(1, 10, 30)), HOURS, RUNGS) == (at(1, 11, 30), Step.UP)


def test_a_missed_time_without_a_word_goes_up_after_the_limit() -> None:
    case, _ = step_at(promised(at(1, 11, 30), at(1, 12)), at(1, 12, 1))
    assert upcoming(case, HOURS, RUNGS) == (at(1, 14, 1), Step.UP)
    case, step = step_at(case, at(1, 14, 1))
    assert (step, case.rung) == (Step.UP, Rung.LEAD)


def test_while_it_waits_for_us_the_clock_stands() -> None:
    assert upcoming(replace(promised(at(1, 10), at(1, 15)), waits=False), HOURS, RUNGS) is None


def test_after_downtime_only_the_last_is_said() -> None:
    case, step = step_at(promised(at(1, 10), at(1, 15)), at(2, 12))
    assert (step, case.chased) == (Step.MISS, 1)
    assert step_at(case, at(2, 12))[1] is None
    silent, step = step_at(replace(asked(at(1, 10)), owned=True), at(3, 12))
    assert (step, silent.rung) == (Step.UP, Rung.LEAD)


def test_what_would_be_asked_later_on_the_day_is_asked_with_the_first() -> None:
    assert is_asked_with(promised(at(1, 10), at(2, 16)), at(2, 9, 30), HOURS, RUNGS)
    assert not is_asked_with(promised(at(1, 10), at(3, 16)), at(2, 9, 30), HOURS, RUNGS)


def test_who_was_asked_that_day_and_says_nothing_is_not_asked_again() -> None:
    early = replace(promised(at(1, 10), at(2, 16)), chased=1, chased_at=at(2, 9, 30))
    assert upcoming(early, HOURS, RUNGS) == (at(2, 16) + timedelta(seconds=1), Step.MISS)
    # They have promised anew since: that counts afresh.
    anew = replace(early, since=at(2, 10), eta_at=at(2, 17))
    assert upcoming(anew, HOURS, RUNGS) == (at(2, 16), Step.ASK)


class Chase(RuleBasedStateMachine):
    """Questions that live anyhow: turned whenever something is due, and beside it minute by minute."""

    def __init__(self) -> None:
        super().__init__()
        self.now = at(1, 9)
        self.case = asked(self.now, own_by=HOURS.after(self.now, HOUR))
        self.asks_since_word = 0
        self.missed = 0

    @rule(minutes=st.integers(1, 60 * 30))
    def time_passes(self, minutes: int) -> None:
        """The job that goes by ``next_at`` does what one would that looks every minute."""
        slow, fast = self.case, self.case
        until = self.now + minutes * MINUTE
        said: list[tuple[datetime, Step]] = []
        while self.now < until:
            found = upcoming(fast, HOURS, RUNGS)
            self.now += MINUTE
            slow, step = step_at(slow, self.now)
            if found and found[0] <= self.now:
                fast, quick = step_at(fast, self.now)
                assert quick is step is not None
            else:
                assert step is None
            if step:
                said.append((self.now, step))
                self._follow(step, slow)
        assert fast == slow
        self.case = slow

    def _follow(self, step: Step, after: Chased) -> None:
        before = self.case
        assert before.waits
        assert after.rung >= before.rung
        match step:
            case Step.ASK:
                self.asks_since_word += 1
                assert HOURS.calendar.between(self.now, self.now + MINUTE) or HOURS.calendar.between(
                    self.now - MINUTE, self.now
                )
            case Step.MISS:
                self.missed += 1
                assert after.missed_at is not None
                assert after.missed_at < self.now
                self.asks_since_word = 0
            case Step.UP:
                assert after.eta_at is None
                assert after.rung > before.rung
                self.asks_since_word = 0
        self.case = after

    @precondition(lambda self: self.case.waits)
    @rule(minutes=st.integers(1, 3000))
    def they_promise(self, minutes: int) -> None:
        eta = self.now + minutes * MINUTE
        self.case = replace(self._counted(), owned=True, since=self.now, eta_at=eta)
        self.asks_since_word = 0

    @precondition(lambda self: self.case.waits)
    @rule()
    def they_say_something(self) -> None:
        self.case = replace(self._counted(), owned=True, since=self.now)
        self.asks_since_word = 0

    @precondition(lambda self: self.case.waits)
    @rule()
    def they_need_to_know_more(self) -> None:
        self.case = replace(self._counted(), owned=True, since=self.now, waits=False, eta_at=None)

    @precondition(lambda self: not self.case.waits)
    @rule()
    def we_say_more(self) -> None:
        self.case = replace(self.case, since=self.now, waits=True)
        self.asks_since_word = 0

    @invariant()
    def a_miss_is_a_promised_time_that_went_by(self) -> None:
        assert self.case.misses == self.missed

    @invariant()
    def the_lead_knows_of_the_second(self) -> None:
        assert self.case.misses < 2 or self.case.rung >= Rung.LEAD

    @invariant()
    def nothing_is_left_undone(self) -> None:
        found = upcoming(self.case, HOURS, RUNGS)
        assert found is None or found[0] > self.now
        if self.case.eta_at and self.case.waits:
            assert found is not None

    @invariant()
    def nobody_is_pestered(self) -> None:
        """Since something was last heard or went up, it is asked once a day at most."""
        last = self.case.chased_at
        days = (HOURS.day(self.now) - HOURS.day(self.case.since)).days
        assert last is None or self.asks_since_word <= 1 + days

    def _counted(self) -> Chased:
        """As the actions do first: a promised time that has just gone by counts."""
        eta = self.case.eta_at
        if eta and self.now > eta:
            self.missed += 1
            return missed(self.case, RUNGS)
        return self.case


TestChase = Chase.TestCase
TestChase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
