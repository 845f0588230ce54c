"""The clocks against a slow reference that counts every minute by itself, whatever happens to a case.

The reference looks at the clock on the wall for each minute and at nothing else: it knows no tables, no sums, and
nothing of what came before but how many minutes it has counted.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.cases import By, Kind, Priority, State
from bot.domain.sla import Mode, Terms
from bot.domain.sla_calendar import BusinessHours, Calendar, FreeDays
from bot.domain.sla_policy import Metric, read_business_hours, read_pauses
from bot.domain.sla_replay import replay
from tests.domain.sla_examples import Event

MINUTE = timedelta(minutes=1)
BERLIN = ZoneInfo("Europe/Berlin")
# Clocks are put back in the night to Sunday 25 October.
BEGUN = datetime(2026, 10, 22, 6, tzinfo=UTC)
HOLIDAY = datetime(2026, 10, 26).date()
# By queue: weekdays, from and to, by the clocks of Berlin.
HOURS = {
    None: (({0, 1, 2, 3, 4}, "09:00", "12:00"), ({0, 1, 2, 3, 4}, "13:00", "17:00")),
    "nights": (({0, 1, 2, 3, 4, 5, 6}, "22:00", "06:00"), ({5, 6}, "10:00", "11:30")),
}
LINES = {None: "mon-fri 09:00-12:00, 13:00-17:00", "nights": "mon-sun 22:00-06:00; sat, sun 10:00-11:30"}
PAUSES = {None: "pending; on hold: next reply", "nights": "on hold"}
TARGETS = {
    Priority.LOW: {Metric.FIRST_REPLY: 600, Metric.NEXT_REPLY: 900, Metric.RESOLUTION: 2400},
    Priority.NORMAL: {Metric.FIRST_REPLY: 240, Metric.RESOLUTION: 960},
    Priority.HIGH: {Metric.NEXT_REPLY: 120, Metric.RESOLUTION: 300},
    Priority.URGENT: {Metric.FIRST_REPLY: 15, Metric.NEXT_REPLY: 30, Metric.RESOLUTION: 45},
}
CALENDARS = {
    queue: Calendar(
        BusinessHours(read_business_hours(lines)[0], BERLIN), lambda _year: FreeDays(frozenset({HOLIDAY}))
    )
    for queue, lines in LINES.items()
}


def terms_of(queue: str | None, _tier: str | None, priority: Priority) -> Terms:
    targets = {metric: minutes * MINUTE for metric, minutes in TARGETS[priority].items()}
    return Terms(CALENDARS[queue], targets, read_pauses(PAUSES[queue]))


@cache
def is_open(queue: str | None, minute: int) -> bool:
    """Whether the desk works in the minute that is so many after the beginning, by a look at the wall."""
    local = (BEGUN + minute * MINUTE).astimezone(BERLIN)
    shown, today = f"{local:%H:%M}", local.date()
    yesterday = today - timedelta(days=1)
    for weekdays, start, end in HOURS[queue]:
        here = today.weekday() in weekdays and today != HOLIDAY
        before = yesterday.weekday() in weekdays and yesterday != HOLIDAY
        if start < end and here and start <= shown < end:
            return True
        if start > end and ((here and shown >= start) or (before and shown < end)):
            return True
    return False


@dataclass
class SlowClock:
    """Minutes counted one by one; ``counted`` are those in which it ran, ``queue`` whose hours it goes by."""

    target: int | None
    queue: str | None
    counted: list[int] = field(default_factory=list)
    paused: int = 0
    answered: bool = False
    stopped: int | None = None
    moved: int | None = None
    counted_then: int = 0  # how many it had counted when a change made it late


class Clocks(RuleBasedStateMachine):
    """A case to which anything may happen at any minute."""

    @initialize(priority=st.sampled_from(Priority), state=st.sampled_from([State.NEW, State.OPEN, State.PENDING]))
    def opens(self, priority: Priority, state: State) -> None:
        self.minute = 0
        self.state, self.priority, self.gone, self.replied = state, priority, False, False
        self.queue: str | None = None
        self.slow = {each: self.new(each) for each in (Metric.FIRST_REPLY, Metric.RESOLUTION)}
        self.events = [Event(Kind.OPENED, {"state": state, "priority": priority, "queue": None}, at=BEGUN)]
        self.follow()

    @rule(minutes=st.integers(1, 60 * 20))
    def waits(self, minutes: int) -> None:
        for minute in range(self.minute, self.minute + minutes):
            for metric, clock in self.slow.items():
                if clock.answered or self.is_over() or not is_open(self.queue, minute):
                    continue
                if self.stands(metric):
                    clock.paused += 1
                else:
                    clock.counted.append(minute)
        self.minute += minutes

    @rule(state=st.sampled_from(State))
    def turns(self, state: State) -> None:
        self.state = state
        self.happens(Kind.STATE, {"state": state})
        self.follow()

    @rule(priority=st.sampled_from(Priority))
    def matters(self, priority: Priority) -> None:
        self.priority = priority
        self.happens(Kind.PRIORITY, {"priority": priority})
        self.follow()

    @rule(queue=st.sampled_from([None, "nights"]))
    def goes_to(self, queue: str | None) -> None:
        self.queue = queue
        self.happens(Kind.QUEUE, {"queue": queue})
        self.follow()

    @rule(gone=st.booleans())
    def disappears(self, gone: bool) -> None:
        self.gone = gone
        self.happens(Kind.GONE, {"gone": gone})
        self.follow()

    @rule(kind=st.sampled_from([Kind.OWNER, Kind.NOTE, Kind.SNOOZE, Kind.WORKING]))
    def is_given_away(self, kind: Kind) -> None:
        self.happens(kind, {"owner": "somebody else"})

    @rule(by=st.sampled_from([By.MEMBER, By.HELPDESK, By.BOT]))
    def is_answered(self, by: By) -> None:
        self.happens(Kind.MESSAGE, {}, by)
        if by is By.BOT:
            return
        self.replied = True
        for metric in (Metric.FIRST_REPLY, Metric.NEXT_REPLY):
            clock = self.slow.get(metric)
            if clock and not clock.answered:
                clock.answered = True
                clock.stopped = self.minute if clock.stopped is None else clock.stopped

    @rule()
    def is_asked(self) -> None:
        self.happens(Kind.MESSAGE, {}, By.CUSTOMER)
        waits = self.slow.get(Metric.NEXT_REPLY)
        owes_first = not self.replied and self.slow[Metric.FIRST_REPLY].target is not None
        if not owes_first and (waits is None or waits.answered):
            self.slow[Metric.NEXT_REPLY] = self.new(Metric.NEXT_REPLY)
            self.follow()

    @invariant()
    def both_say_the_same(self) -> None:
        clocks = {each.metric: each for each in replay(self.events, terms_of)[0]}
        assert clocks.keys() == {metric for metric, clock in self.slow.items() if clock.target}
        now = BEGUN + self.minute * MINUTE
        for metric, found in clocks.items():
            slow = self.slow[metric]
            assert found.used_at(now) == len(slow.counted) * MINUTE
            assert found.paused_at(now) == slow.paused * MINUTE
            assert found.due_at == self.due(metric, slow)
            assert found.stopped_at == (None if slow.stopped is None else BEGUN + slow.stopped * MINUTE)
            assert found.mode is self.mode(metric, slow)
            assert found.moved_at == (None if slow.moved is None else BEGUN + slow.moved * MINUTE)
            assert slow.target
            act_by = None if slow.moved is None else self.end_of(metric, slow, slow.counted_then + slow.target)
            assert found.act_by == act_by

    def happens(self, kind: Kind, data: dict[str, object], by: By = By.MEMBER) -> None:
        self.events.append(Event(kind, data, by, at=BEGUN + self.minute * MINUTE))

    def follow(self) -> None:
        """Every clock that is not at its end stops or goes on, and has the time that holds from now on."""
        for metric, clock in self.slow.items():
            if clock.answered:
                continue
            if self.is_over():
                clock.stopped = self.minute if clock.stopped is None else clock.stopped
                continue
            clock.stopped, clock.queue = None, self.queue
            target, before = TARGETS[self.priority].get(metric), clock.target
            if target == before:
                continue
            was_late = before is not None and before <= len(clock.counted)
            is_late = target is not None and target <= len(clock.counted)
            clock.moved = (clock.moved if was_late else self.minute) if is_late else None
            if not was_late:
                clock.counted_then = len(clock.counted)
            clock.target = target

    def is_over(self) -> bool:
        return self.gone or self.state in (State.SOLVED, State.CLOSED)

    def stands(self, metric: Metric) -> bool:
        if self.queue == "nights":
            return self.state is State.ON_HOLD
        return self.state is State.PENDING or (self.state is State.ON_HOLD and metric is Metric.NEXT_REPLY)

    def due(self, metric: Metric, clock: SlowClock) -> datetime | None:
        """The end of the minute with which its time is used: one that was counted, or would be from here on."""
        assert clock.target
        return self.end_of(metric, clock, clock.target)

    def end_of(self, metric: Metric, clock: SlowClock, number: int) -> datetime | None:
        """The end of the minute that is counted as so many; None while none is."""
        if number <= len(clock.counted):
            return BEGUN + (clock.counted[number - 1] + 1) * MINUTE
        if clock.stopped is None and self.stands(metric):
            return None
        left, minute = number - len(clock.counted), self.minute if clock.stopped is None else clock.stopped
        while left:
            left -= is_open(clock.queue, minute)
            minute += 1
        return BEGUN + minute * MINUTE

    def new(self, metric: Metric) -> SlowClock:
        return SlowClock(TARGETS[self.priority].get(metric), self.queue)

    def mode(self, metric: Metric, clock: SlowClock) -> Mode:
        due = self.due(metric, clock)
        if clock.stopped is not None:
            return Mode.MISSED if due and BEGUN + clock.stopped * MINUTE > due else Mode.MET
        return Mode.PAUSED if self.stands(metric) else Mode.RUNNING


TestClocks = Clocks.TestCase
TestClocks.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
