"""Time off without Slack: who asks, who decides, and what is stored."""

from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from bot.actions.absences import Report, report
from bot.actions.people import Caller, recognise
from bot.actions.settings_change import change_settings
from bot.actions.timeoff import ledgers_of
from bot.actions.timeoff_ask import Asked, ask
from bot.actions.timeoff_decide import GotWorse, approve, decline
from bot.actions.timeoff_end import cancel, withdraw
from bot.actions.timeoff_turn import turn_ledgers
from bot.actions.timeoff_turn_requests import turn_requests
from bot.deps import new_id
from bot.domain.absences import Kind
from bot.domain.intervals import Interval
from bot.domain.permissions import OPERATOR
from bot.domain.timeoff import Day
from bot.domain.timeoff_asked import Wish
from bot.domain.timeoff_kinds import PAID
from bot.domain.timeoff_ledger import Book
from bot.domain.timeoff_limits import LimitKind, Policy
from bot.domain.when_meaning import When
from storage.tables import Absence, Audit, LeaveLimit, LeaveRequest, Message
from storage.timeoff_requests import read_days
from tests.departure_desk import DepartureDesk

DAY = 480


def blackout(workspace_id: str, day: date, policy: Policy, made_at: datetime) -> LeaveLimit:
    """A limit for a day on which nobody takes time off."""
    return LeaveLimit(
        workspace_id=workspace_id,
        id=new_id(),
        kind=LimitKind.BLACKOUT,
        policy=policy,
        name="Release",
        teams=[],
        skills=[],
        people=[],
        first=day,
        last=day,
        weekdays=[],
        most=0,
        in_percent=False,
        made_at=made_at,
    )


class TimeOffDesk(DepartureDesk):
    """The desk of those who cover, where everybody has 28 days of leave a year; it is Monday, November 2, 2026."""

    def __init__(self, database_url: str, folder: Path, *, ids: Callable[[], UUID] = new_id) -> None:
        super().__init__(database_url, folder, ids=ids)
        self.prefers(leave_weeks="5.6")

    def prefers(self, **values: str) -> None:
        """Change settings of the workspace."""
        change_settings(self.deps, "T1", OPERATOR, "workspace", values)

    def asks(
        self,
        name: str,
        first: date,
        last: date | None = None,
        *,
        by: str | None = None,
        replaces: UUID | None = None,
    ) -> UUID:
        """Somebody asks for days, or somebody else does for them."""
        wish = Wish(PAID, When(first, last or first), False, replaces)
        whom = self._ids[name] if by else None
        return ask(self.deps, self.caller(by or name), Asked(new_id(), wish, whom))

    def approves(self, request_id: UUID, days: Collection[date] | None = None, by: str = "cora") -> None:
        """Somebody approves it, looking again where it got worse."""
        try:
            approve(self.deps, self.caller(by), request_id, days)
        except GotWorse:
            approve(self.deps, self.caller(by), request_id, days)

    def declines(self, request_id: UUID, by: str = "cora") -> None:
        """Somebody declines it."""
        decline(self.deps, self.caller(by), request_id, new_id(), "No")

    def withdraws_request(self, name: str, request_id: UUID) -> None:
        """Somebody does not want it any more."""
        withdraw(self.deps, self.caller(name), request_id)

    def cancels(self, name: str, request_id: UUID) -> int:
        """The same of what is approved; how many parts of shifts are theirs again."""
        return cancel(self.deps, self.caller(name), request_id)

    def waits(self, days: int) -> None:
        """Time passes, and the jobs do what is due."""
        self.now += timedelta(days=days)
        turn_ledgers(self.deps, "T1")
        turn_requests(self.deps, "T1")

    def caller(self, name: str) -> Caller:
        """Somebody who acts, Mona the manager too, where she is on the roster."""
        return recognise(self.deps, "T1", "U0MONA") if name == "mona" else super().caller(name)

    def blackout(self, day: date, policy: Policy) -> None:
        """A day on which nobody takes time off."""
        self.desk.put(blackout("T1", day, policy, self.now))

    def goes_away_now(self, name: str) -> None:
        """Somebody is ill for the day."""
        day = Interval(self.now, self.now + timedelta(hours=8))
        report(self.deps, self.caller(name), Report(new_id(), Kind.SICK, day))

    def messages_of(self, card: str) -> list[Message]:
        """What is told by a card, in order."""
        statement = select(Message).where(Message.workspace_id == "T1", Message.card == card)
        with self.deps.sessions.read("T1") as session:
            return list(session.scalars(statement.order_by(Message.id)))

    def audit_lines(self) -> list[Audit]:
        """Every line of the audit."""
        with self.deps.sessions.read("T1") as session:
            return list(session.scalars(select(Audit).where(Audit.workspace_id == "T1")))

    def request(self, request_id: UUID) -> LeaveRequest:
        """What is stored of it."""
        return next(row for row in self.requests() if row.id == request_id)

    def requests(self) -> list[LeaveRequest]:
        """All of them, by number."""
        statement = select(LeaveRequest).where(LeaveRequest.workspace_id == "T1")
        with self.deps.sessions.read("T1") as session:
            return list(session.scalars(statement.order_by(LeaveRequest.number)))

    def days(self, request_id: UUID) -> tuple[Day, ...]:
        """What of it stands."""
        return read_days(self.request(request_id).days)

    def absences(self) -> list[Absence]:
        """All that have come of them, in order."""
        statement = select(Absence).where(Absence.workspace_id == "T1").order_by(Absence.start, Absence.id)
        with self.deps.sessions.read("T1") as session:
            return list(session.scalars(statement))

    def book(self, name: str) -> Book:
        """The ledger of paid leave of somebody with all that is due today."""
        row = self.desk.member(name)
        with self.deps.sessions.read("T1") as session:
            return ledgers_of(session, self.deps, [row])[row.id].books[PAID]
