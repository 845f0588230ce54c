"""The clocks of a case, by playing what happened to it once more.

A change of priority, tier or queue changes how long a clock may take and keeps what it has counted; who owns the
case changes nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.domain.cases import By, Kind, Priority, State
from bot.domain.sla import Clock, Mode, Terms, Waited
from bot.domain.sla_calendar import NOTHING, Calendar
from bot.domain.sla_policy import Metric

_OVER = frozenset({State.SOLVED, State.CLOSED})
_REPLIES = frozenset({By.MEMBER, By.HELPDESK})
_TERMS = frozenset({Kind.PRIORITY, Kind.QUEUE, Kind.TIER})


class Happened(Protocol):
    """What a clock needs to know of something that happened to a case."""

    @property
    def at(self) -> datetime:
        """When it did."""

    @property
    def kind(self) -> str:
        """What it was, as the domain of cases names it."""

    @property
    def by(self) -> str:
        """Whose doing it was."""

    @property
    def data(self) -> Mapping[str, Any]:
        """What the kind of it holds."""


# By queue (its id as the event has it), tier and priority.
TermsOf = Callable[[str | None, str | None, Priority], Terms]


def replay(events: Iterable[Happened], terms_of: TermsOf) -> tuple[tuple[Clock, ...], tuple[Waited, ...]]:
    """The clocks after these events, which are in order, and how long the case waited for which department."""
    play = _Play(terms_of)
    for each in standing(events):
        play.take(each)
    return play.clocks(), tuple(play.waits.values())


def standing(events: Iterable[Happened]) -> list[Happened]:
    """What happened, without messages that were taken back."""
    every = list(events)
    void = {(each.by, each.data["void"]) for each in every if each.kind == Kind.MESSAGE and "void" in each.data}
    return [
        each
        for each in every
        if each.kind != Kind.MESSAGE or ("void" not in each.data and (each.by, each.at.isoformat()) not in void)
    ]


class _Play:
    """A case at one point of its history."""

    def __init__(self, terms_of: TermsOf) -> None:
        self._terms_of = terms_of
        self._state, self._priority = State.NEW, Priority.NORMAL
        self._queue: str | None = None
        self._tier: str | None = None
        self._gone = self._replied = False
        self._terms: Terms | None = None
        self._running: dict[Metric, _Running] = {}
        self._said: dict[Metric, tuple[datetime, datetime | None]] = {}
        self._last_due: dict[Metric, datetime] = {}
        self._waits_on: str | None = None
        self.waits: dict[str, Waited] = {}

    def take(self, event: Happened) -> None:
        kind, data, at = event.kind, event.data, event.at
        if kind == Kind.MESSAGE:
            self._message(at, event.by)
        elif kind == Kind.OPENED:
            self._read(data)
            self._state = State(data.get("state") or State.NEW)
            self._terms = self._terms_of(self._queue, self._tier, self._priority)
            self._replied = bool(data.get("replied"))
            for metric in (Metric.RESOLUTION,) if self._replied else (Metric.FIRST_REPLY, Metric.RESOLUTION):
                self._start(metric, at)
            self._turn(at)
        elif kind == Kind.DEADLINE:
            self._deadline(at, data)
        elif kind in _TERMS or kind in (Kind.STATE, Kind.GONE):
            self._read(data)
            if kind == Kind.STATE:
                self._state = State(data["state"])
            elif kind == Kind.GONE:
                self._gone = bool(data.get("gone", True))
            else:
                self._terms = self._terms_of(self._queue, self._tier, self._priority)
            self._turn(at)
        if kind in (Kind.STATE, Kind.OPENED):
            self._wait(at, data.get("waits_on") if self._state is State.ON_HOLD else None)

    def clocks(self) -> tuple[Clock, ...]:
        """Each clock for which there is a target or a deadline."""
        found = []
        for metric in Metric:
            running = self._running.get(metric)
            said = self._said.get(metric)
            if running and said and (running.started_at <= said[0] or metric is not Metric.NEXT_REPLY):
                # Of what is answered a helpdesk takes the deadline away, and it was still that one.
                found.append(running.by_helpdesk(said[1], self._last_due.get(metric)))
            elif running and running.target:
                found.append(running.by_policy())
        return tuple(found)

    def _read(self, data: Mapping[str, Any]) -> None:
        self._queue = data.get("queue", self._queue)
        self._tier = data.get("tier", self._tier)
        self._priority = Priority(data.get("priority") or self._priority)

    def _message(self, at: datetime, by: str) -> None:
        if by == By.CUSTOMER:
            pending = self._running.get(Metric.NEXT_REPLY)
            if not self._owes_first() and (pending is None or pending.answered):
                self._start(Metric.NEXT_REPLY, at)
        elif by in _REPLIES:
            self._replied = True
            for metric in (Metric.FIRST_REPLY, Metric.NEXT_REPLY):
                if metric in self._running:
                    self._running[metric].answer(at)

    def _owes_first(self) -> bool:
        """Whether the first reply, for which there is a time, is still to come: what else comes waits for it."""
        first = self._running.get(Metric.FIRST_REPLY)
        return bool(first and not self._replied and (first.target or Metric.FIRST_REPLY in self._said))

    def _deadline(self, at: datetime, data: Mapping[str, Any]) -> None:
        metric, due = Metric(data["metric"]), data.get("due_at")
        if isinstance(due, str):
            due = datetime.fromisoformat(due)
        running = self._running.get(metric)
        if due and metric is Metric.NEXT_REPLY and (running is None or running.answered):
            self._start(metric, at)  # of a message that was not read
        self._said[metric] = (at, due)
        if due:
            self._last_due[metric] = due

    def _start(self, metric: Metric, at: datetime) -> None:
        if self._terms:
            self._running[metric] = _Running(metric, at, self._mode(metric), self._terms)
            self._last_due.pop(metric, None)

    def _turn(self, at: datetime) -> None:
        if self._terms:
            for metric, running in self._running.items():
                running.turn(at, self._mode(metric), self._terms)

    def _mode(self, metric: Metric) -> Mode:
        if self._gone or self._state in _OVER:
            return Mode.MET
        assert self._terms
        return Mode.PAUSED if self._state in self._terms.pauses[metric] else Mode.RUNNING

    def _wait(self, at: datetime, department: str | None) -> None:
        before = self.waits.get(self._waits_on) if self._waits_on else None
        if before:
            self.waits[before.department] = Waited(before.department, before.at(at), None, before.calendar)
        if department and self._terms:
            known = self.waits.get(department)
            spent = known.spent if known else NOTHING
            self.waits[department] = Waited(department, spent, at, self._terms.calendar)
        self._waits_on = department


class _Running:
    """A clock while the history is played. It stands as ``Mode.MET`` once stopped, whether in time or not."""

    def __init__(self, metric: Metric, at: datetime, mode: Mode, terms: Terms) -> None:
        self.metric, self.started_at, self.answered = metric, at, False
        self.target = terms.targets.get(metric)
        self._since, self._mode, self._calendar = at, mode, terms.calendar
        self._runs: list[tuple[datetime, timedelta, Calendar]] = []
        self._spent = self._paused = NOTHING
        self._moved_at: datetime | None = None
        self._spent_then = NOTHING

    def turn(self, at: datetime, mode: Mode, terms: Terms) -> None:
        """From now on it stands so, and on these terms. What is answered, or stopped, keeps those that it had."""
        if self.answered:
            return
        self._count(at, mode)
        if mode is Mode.MET:
            return
        self._calendar = terms.calendar
        target = terms.targets.get(self.metric)
        if target != self.target:
            was_late = self.target is not None and self.target <= self._spent
            is_late = target is not None and target <= self._spent
            if not is_late:
                self._moved_at = None
            elif not was_late:
                self._moved_at, self._spent_then = at, self._spent
            self.target = target

    def answer(self, at: datetime) -> None:
        """What it waited for has come."""
        if not self.answered:
            self._count(at, Mode.MET)
            self.answered = True

    def by_policy(self) -> Clock:
        """The clock with the deadline that we reckon."""
        assert self.target
        due = self._due(self.target)
        act_by = self._due(self._spent_then + self.target) if self._moved_at else None
        return replace(self._clock(self.target, due, self._mode), moved_at=self._moved_at, act_by=act_by)

    def by_helpdesk(self, due: datetime | None, last: datetime | None) -> Clock:
        """The clock with the deadline of the helpdesk, ``last`` once it is stopped; without one it stands."""
        if self._mode is Mode.MET:
            return self._clock(None, due or last, Mode.MET)
        return self._clock(None, due, Mode.RUNNING if due else Mode.PAUSED)

    def _clock(self, target: timedelta | None, due: datetime | None, mode: Mode) -> Clock:
        if mode is Mode.MET and due and self._since > due:
            mode = Mode.MISSED
        return Clock(
            self.metric,
            mode,
            target,
            self.started_at,
            self._since,
            due,
            None,
            None,
            self._spent,
            self._paused,
            self._calendar,
        )

    def _due(self, target: timedelta) -> datetime | None:
        left = target
        for start, length, calendar in self._runs:
            if length >= left:
                return calendar.after(start, left)
            left -= length
        return None if self._mode is Mode.PAUSED else self._calendar.after(self._since, left)

    def _count(self, at: datetime, mode: Mode) -> None:
        if self._mode is Mode.RUNNING:
            length = self._calendar.between(self._since, at)
            self._runs.append((self._since, length, self._calendar))
            self._spent += length
        elif self._mode is Mode.PAUSED:
            self._paused += self._calendar.between(self._since, at)
        stays_stopped = mode is Mode.MET and self._mode is Mode.MET
        if not stays_stopped:
            self._since = at
        self._mode = mode
