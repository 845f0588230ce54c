"""50,000 open cases in one workspace: what the clock asks of the database, and how soon a card or a list is there.

The yardstick is the same workplace with a hundredth of the cases. The job asks a few things for each person who is
told, none for a case, and begins a new transaction after a thousand of them.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from slack_sdk import WebClient
from sqlalchemy import Engine, event, func, select

from bot.actions.absences import Report, report
from bot.actions.absences import turn as look_after
from bot.actions.cases_assign import to_assign
from bot.actions.cases_handover import load_cases, reassign_all
from bot.actions.cases_lists import aging_report, cases_of, listed
from bot.actions.cases_look import look
from bot.actions.hygiene import hygiene
from bot.actions.nudges import CARD
from bot.actions.nudges_cards import load_batch
from bot.actions.nudges_home import about_to_be_late
from bot.actions.nudges_turn import turn
from bot.actions.people import Caller, recognise
from bot.actions.settings_change import change_settings
from bot.actions.sla import reckon_many
from bot.actions.stuck import look as look_for_stuck
from bot.deps import Deps, new_id
from bot.domain.absences import Kind as Absent
from bot.domain.cases import By as Doer
from bot.domain.cases import Kind, Priority, State
from bot.domain.cases_lists import By, Scope
from bot.domain.intervals import Interval
from bot.domain.permissions import OPERATOR
from bot.settings import Settings
from storage.db import Sessions, open_engine
from storage.migrate import upgrade
from storage.people import members
from storage.shifts import queues
from storage.tables import Absence, Case, CaseEvent, Message, Nudge
from tests.actions.desk import Desk, account
from tests.bench.report import say, timed

CASES, FEW, PEOPLE, ROUNDS = 50_000, 500, 150, 5
_MONDAY = datetime(2026, 11, 2, 6, tzinfo=UTC)
_BATCH = 5000
_GOAL = "about 1, of statements for each person told"
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass
class Figures:
    """Milliseconds, statements and people who were told, by what was done."""

    took: dict[str, float] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)

    def words(self, what: str) -> str:
        """What it took."""
        told = f", {self.told[what]} people told" if self.told[what] else ""
        return f"{self.took[what]:.1f} ms, {self.asked[what]} statements{told}"

    def each(self, what: str) -> float:
        """Statements for each person who was told."""
        return self.asked[what] / max(1, self.told[what])


def run() -> None:
    """Prints the rows."""
    many, few = (_measured(number) for number in (CASES, FEW))
    for what in many.took:
        theirs = f"{few.words(what)}, with {FEW} cases"
        goal = _GOAL if many.told[what] else "none, of statements"
        say(f"{CASES:,} open cases: {what}", many.words(what), theirs, many.each(what) / few.each(what), goal)


def _measured(number: int) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/bench.sqlite3")
        upgrade(engine)
        bench = _Bench(engine, Path(folder))
        bench.opens(number)
        bench.ticks()
        bench.looks(number)
        bench.hands_over()
        bench.deps.sessions.close()
    return bench.figures


class _Bench:
    """A floor with many cases, opened in the 20 hours before Monday at six, each of which may take 96 hours."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.figures, self._engine, self._now = Figures(), engine, _MONDAY
        self.deps = Deps(Settings(), Sessions(engine), WebClient(), lambda: self._now, new_id)
        desk, names = Desk(self.deps, folder), [f"agent{number:03}" for number in range(PEOPLE)]
        lines = (
            f"{name}@example.com,{name},{'agent' if number % 15 else 'lead'},Team {number % 10},UTC"
            for number, name in enumerate(names)
        )
        accounts = [account(name, time_zone="UTC") for name in names]
        desk.people("\n".join(["email,name,role,team,timezone", *lines]), accounts)
        days = [_MONDAY.date() + timedelta(days=each) for each in range(6)]
        desk.shifts(*(f"{name}@example.com,{day},06:00,22:00,UTC,mail" for name in names for day in days))
        values = {"sla": "normal: resolution 96h", "business_hours": "always", "ops_channel": "C0OPS"}
        change_settings(self.deps, "T1", OPERATOR, "workspace", values)

    def opens(self, number: int) -> None:
        """So many cases, one in a hundred of which is nobody's."""
        random = Random(20261102)
        with self.deps.sessions.read("T1") as session:
            owners, queue = [each.id for each in members(session)], queues(session)[0].id
        for first in range(0, number, _BATCH):
            with self.deps.sessions.write("T1") as session:
                rows = [
                    _case(each + 1, None if random.random() < 0.01 else random.choice(owners), queue, random)
                    for each in range(first, min(first + _BATCH, number))
                ]
                session.add_all(rows)
                session.add_all(_opening(row) for row in rows)
                reckon_many(session, self.deps, rows)

    def ticks(self) -> None:
        """The job of the nudges: where nothing is due, in a minute as any other, and after days without it."""
        self._now = _MONDAY + 6 * _HOUR
        self._measure("a minute in which nothing is due", self._turn, ROUNDS)
        self._now = _MONDAY + 48 * _HOUR
        self._measure("half of the time of all is over: Home only", self._turn)
        self._now = _MONDAY + 53 * _HOUR
        self._turn()
        self._now += 31 * _MINUTE
        self._measure("half an hour without the job: 75 %", self._turn)
        self._now += _MINUTE
        self._measure("the minute after", self._turn)
        self._now = _MONDAY + 96 * _HOUR
        self._measure("all are late at once", self._turn)

    def looks(self, number: int) -> None:
        """What somebody looks at."""
        caller = recognise(self.deps, "T1", "U0AGENT000")
        queue = self._queue()
        self._measure("the card of a case", lambda: look(self.deps, caller, str(number // 2)), ROUNDS)
        self._measure("one's own cases, a page", lambda: cases_of(self.deps, caller), ROUNDS)
        self._measure("a queue, a page", lambda: listed(self.deps, caller, Scope(By.QUEUE, queue)), ROUNDS)
        self._measure("the aging report", lambda: aging_report(self.deps, caller), ROUNDS)
        self._measure("who could have a case", lambda: to_assign(self.deps, caller, str(number // 2)), ROUNDS)
        self._measure("records to put right", lambda: hygiene(self.deps, caller), ROUNDS)
        self._measure("about to be late, on the Home of a lead", lambda: self._home(caller), ROUNDS)
        self._measure("the message in which many are told", self._newest, ROUNDS)
        self._measure("one in a hundred comes to be stuck", self._stuck)
        self._measure("a look at which none does", self._stuck, ROUNDS)

    def hands_over(self) -> None:
        """Somebody is away: their cases on the card, and a hundred of them given to others by one press."""
        who, coordinator = (recognise(self.deps, "T1", f"U0AGENT{number:03}") for number in (1, 15))
        away = Interval(self._now, self._now + 10 * _HOUR)
        absence_id = report(self.deps, who, Report(new_id(), Absent.SICK, away))
        self._now += 3 * _MINUTE
        look_after(self.deps, "T1")
        self._measure("the cases of who is away, on the card", lambda: self._away(absence_id), ROUNDS)
        self._measure(
            "as many of them as one press gives", lambda: reassign_all(self.deps, coordinator, absence_id)
        )

    def _away(self, absence_id: UUID) -> object:
        with self.deps.sessions.read("T1") as session:
            return load_cases(session, session.get_one(Absence, ("T1", absence_id)), self._now)

    def _measure(self, what: str, act: Callable[[], object], rounds: int = 1) -> None:
        before = self._told()
        with _statements(self._engine) as sent:
            took = min(timed(act) for _ in range(rounds))
        self.figures.took[what], self.figures.asked[what] = took, len(sent) // rounds
        self.figures.told[what] = self._told() - before

    def _turn(self) -> None:
        turn(self.deps, "T1")

    def _told(self) -> int:
        with self.deps.sessions.read("T1") as session:
            every = select(func.count()).where(Message.workspace_id == "T1", Message.card == CARD)
            return session.scalar(every) or 0

    def _stuck(self) -> None:
        look_for_stuck(self.deps, "T1")

    def _home(self, caller: Caller) -> object:
        with self.deps.sessions.read("T1") as session:
            return about_to_be_late(session, caller.actor, self._now)

    def _newest(self) -> object:
        with self.deps.sessions.read("T1") as session:
            told = select(Nudge.batch_id).where(Nudge.workspace_id == "T1", Nudge.told_at == self._now)
            return load_batch(session, self.deps, session.scalars(told.limit(1)).one())

    def _queue(self) -> UUID:
        with self.deps.sessions.read("T1") as session:
            return queues(session)[0].id


@contextmanager
def _statements(engine: Engine) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def _case(number: int, owner_id: UUID | None, queue_id: UUID, random: Random) -> Case:
    opened_at = _MONDAY - timedelta(minutes=random.randrange(20 * 60))
    return Case(
        workspace_id="T1",
        id=new_id(),
        number=number,
        title=f"Parcel {number} never came",
        customer=f"Customer {random.randrange(9000)}",
        state=State.OPEN,
        priority=Priority.NORMAL,
        tags=[],
        queue_id=queue_id,
        owner_id=owner_id,
        opened_at=opened_at,
        changed_at=opened_at,
    )


def _opening(row: Case) -> CaseEvent:
    queue, owner = str(row.queue_id), str(row.owner_id) if row.owner_id else None
    data = {"state": row.state, "priority": row.priority, "queue": queue, "owner": owner, "tier": None}
    return CaseEvent(
        workspace_id="T1",
        id=new_id(),
        case_id=row.id,
        number=1,
        at=row.opened_at,
        kind=Kind.OPENED,
        by=Doer.HELPDESK,
        data=data,
    )


if __name__ == "__main__":
    run()
