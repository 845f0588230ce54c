"""Swaps without Slack: who acts, what they work, and what is stored."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select

from bot.actions.people import Caller, recognise
from bot.actions.settings_change import change_settings
from bot.actions.swaps_propose import Proposal, propose
from bot.app import build_deps
from bot.deps import Deps, new_id
from bot.domain.permissions import OPERATOR
from bot.sandbox import Sandbox
from bot.settings import Settings
from storage.tables import Assignment, Message, Shift, Swap
from tests.actions.desk import Desk, account

TEAM = """\
email,name,role,team,timezone
ana@example.com,Ana,agent,Mail,UTC
ben@example.com,Ben,agent,Mail,UTC
dev@example.com,Dev,agent,Mail,UTC
cora@example.com,Cora,coordinator,,UTC
carla@example.com,Carla,coordinator,,UTC
"""
NAMES = ("ana", "ben", "dev", "cora", "carla")
NOWHERE = "http://127.0.0.1:9/api/"
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


class SwapDesk:
    """One workspace with a few shifts each, on a clock that is moved by hand.

    With a sandbox, in which there are these people, #floor and #ops, messages can be sent there. Where every run
    has to go the same way, ``ids`` makes the ids of what is stored: the real ones are partly chance.
    """

    def __init__(
        self,
        database_url: str,
        folder: Path,
        sandbox: Sandbox | None = None,
        *,
        ids: Callable[[], UUID] = new_id,
    ) -> None:
        self.now = NOW
        self._ids = {name: f"U0{name.upper()}" for name in NAMES}
        channels = {"ops_channel": "C0OPS", "floor_channel": "C0FLOOR"}
        if sandbox:
            self._ids = {name: sandbox.user_id(name) for name in NAMES}
            channels = {key: sandbox.channel_id(f"#{key.partition('_')[0]}") for key in channels}
        settings = Settings(
            _env_file=None,
            SLACK_BOT_TOKEN=sandbox.bot_token if sandbox else "xoxb-1",
            SLACK_API_URL=sandbox.api_url if sandbox else NOWHERE,
            FLOORWALKER_DATABASE_URL=database_url,
        )
        self.deps: Deps = replace(build_deps(settings, lambda: self.now), new_id=ids)
        self.desk = Desk(self.deps, folder)
        self.desk.people(TEAM, [account(name, self._ids[name]) for name in NAMES])
        days = {"ana": (6, 13), "ben": (7, 14), "dev": (8, 15)}
        self.desk.shifts(
            *(f"{n}@example.com,2026-11-{day:02},09:00,17:00,UTC,mail" for n, each in days.items() for day in each)
        )
        change_settings(self.deps, "T1", OPERATOR, "workspace", channels)

    def review(self) -> None:
        """Every swap needs approval from now on."""
        change_settings(self.deps, "T1", OPERATOR, "workspace", {"auto_approve": "no"})

    def caller(self, name: str) -> Caller:
        """Somebody who acts."""
        return recognise(self.deps, "T1", self._ids[name])

    def held(self, name: str) -> list[UUID]:
        """The assignments in force of somebody, in order."""
        member_id = self.desk.member(name).id
        return [row.id for row in self.assignments() if row.member_id == member_id]

    def proposal(self, asker: str, colleague: str, mine: int = 0, theirs: int = 0) -> Proposal:
        """A filled-in form: each one's shift by its place in their list."""
        given, returned = self.held(asker)[mine], self.held(colleague)[theirs]
        return Proposal(new_id(), given, self._ids[colleague], returned)

    def proposes(self, asker: str, colleague: str, mine: int = 0, theirs: int = 0) -> UUID:
        """Somebody proposes a swap."""
        return propose(self.deps, self.caller(asker), self.proposal(asker, colleague, mine, theirs))

    def assignments(self) -> list[Assignment]:
        """All that are in force, in order."""
        statement = select(Assignment).where(Assignment.workspace_id == "T1", Assignment.replaced_at.is_(None))
        with self.deps.sessions.read("T1") as session:
            return list(session.scalars(statement.order_by(Assignment.start, Assignment.id)))

    def assignment(self, assignment_id: UUID) -> Assignment:
        """One of them, in force or replaced."""
        with self.deps.sessions.read("T1") as session:
            return session.get_one(Assignment, ("T1", assignment_id))

    def swaps(self) -> list[Swap]:
        """All swaps, by number."""
        statement = select(Swap).where(Swap.workspace_id == "T1").order_by(Swap.number)
        with self.deps.sessions.read("T1") as session:
            return list(session.scalars(statement))

    def state(self, swap_id: UUID) -> str:
        """Where a swap stands."""
        return next(row.state for row in self.swaps() if row.id == swap_id)

    def messages(self, card: str, audience: str) -> Counter[UUID | None]:
        """How many messages of a card an audience has, by swap."""
        statement = select(Message.subject_id).where(
            Message.workspace_id == "T1", Message.card == card, Message.audience == audience
        )
        with self.deps.sessions.read("T1") as session:
            return Counter(session.scalars(statement))

    def waiting(self) -> int:
        """How many messages are not shown as they should be."""
        statement = select(func.count()).where(
            Message.workspace_id == "T1", Message.state == "open", Message.shown < Message.wanted
        )
        with self.deps.sessions.read("T1") as session:
            return session.scalar(statement) or 0

    def demand_whole(self) -> None:
        """Every shift is worked by one person from its start to its end, and nobody works twice at once."""
        with self.deps.sessions.read("T1") as session:
            shifts = list(
                session.scalars(select(Shift).where(Shift.workspace_id == "T1", Shift.removed_at.is_(None)))
            )
        rows = self.assignments()
        assert sorted((row.shift_id, row.start, row.end) for row in rows) == sorted(
            (shift.id, shift.start, shift.end) for shift in shifts
        )
        assert all(row.member_id for row in rows)
        assert len({(row.member_id, row.start) for row in rows}) == len(rows)

    def close(self) -> None:
        """Gives the database back."""
        self.deps.sessions.close()
