"""Escalations without Slack: who asks and answers, and what is stored."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from bot.actions.cases_open import open_case
from bot.actions.escalations_ask import Question, ask
from bot.actions.people import Caller, recognise
from bot.actions.settings_change import change_settings
from bot.app import build_deps
from bot.deps import Deps, new_id
from bot.domain.cases_new import NewCase
from bot.domain.matrix import Severity
from bot.domain.permissions import OPERATOR
from bot.settings import Settings
from storage.people import departments
from storage.tables import Audit, Case, Escalation, EscalationEta, Lane, Message
from tests.actions.desk import Desk, account

TEAM = """\
email,name,role,team,timezone
ana@example.com,Ana,agent,Mail,UTC
lea@example.com,Lea,lead,Mail,UTC
cora@example.com,Cora,coordinator,,UTC
ben@example.com,Ben,contact,Billing,UTC
dev@example.com,Dev,contact,Billing,UTC
carl@example.com,Carl,contact,Logistics,UTC
"""
NAMES = ("ana", "lea", "cora", "ben", "dev", "carl")
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
BILLING, OPS = "C0BILLING", "C0OPS"


class EscalationDesk:
    """Ana has case 1; billing has a channel and two contacts, logistics has one contact and no channel."""

    def __init__(self, database_url: str, folder: Path, *, ids: Callable[[], UUID] = new_id) -> None:
        self.now = NOW
        settings = Settings(
            _env_file=None,
            SLACK_BOT_TOKEN="xoxb-1",
            SLACK_API_URL="http://127.0.0.1:9/api/",
            FLOORWALKER_DATABASE_URL=database_url,
        )
        self.deps: Deps = replace(build_deps(settings, lambda: self.now), new_id=ids)
        self.desk = Desk(self.deps, folder)
        self.desk.people(TEAM, [account(name) for name in NAMES])
        change_settings(self.deps, "T1", OPERATOR, "workspace", {"ops_channel": OPS})
        owner = self.desk.member("ana").id
        with self.deps.sessions.write("T1") as session:
            self.departments = {row.name: row.id for row in departments(session)}
            next(row for row in departments(session) if row.name == "Billing").channel = BILLING
            self.case_id = open_case(session, self.deps, OPERATOR, NewCase("Refund", owner_id=owner)).id

    def caller(self, name: str) -> Caller:
        """Somebody who acts."""
        return recognise(self.deps, "T1", f"U0{name.upper()}")

    def question(self, department: str = "Billing") -> Question:
        """A filled-in form."""
        return Question(new_id(), self.case_id, Severity.NORMAL, self.departments[department], "Where is it?")

    def asks(self, department: str = "Billing", who: str = "ana") -> UUID:
        """Somebody asks a department about case 1."""
        return ask(self.deps, self.caller(who), self.question(department)).escalation_id

    def row(self, escalation_id: UUID) -> Escalation:
        """What is stored of an escalation."""
        with self.deps.sessions.read("T1") as session:
            return session.get_one(Escalation, ("T1", escalation_id))

    def case(self) -> Case:
        """What is stored of the case."""
        with self.deps.sessions.read("T1") as session:
            return session.get_one(Case, ("T1", self.case_id))

    def etas(self) -> list[str]:
        """What became of each time that was promised, in the order in which they were."""
        statement = select(EscalationEta).where(EscalationEta.workspace_id == "T1")
        with self.deps.sessions.read("T1") as session:
            rows = session.scalars(statement.order_by(EscalationEta.given_at, EscalationEta.id))
            return [row.state for row in rows]

    def audited(self, action: str) -> int:
        """How often the audit says that this was done."""
        statement = select(Audit.id).where(Audit.workspace_id == "T1", Audit.action == action)
        with self.deps.sessions.read("T1") as session:
            return len(list(session.scalars(statement)))

    def messages(self, card: str, lane: str) -> list[Message]:
        """What was put into a lane of a card, in order."""
        of_lane = Message.workspace_id == "T1", Message.card == card, Message.lane == lane
        with self.deps.sessions.read("T1") as session:
            return list(session.scalars(select(Message).where(*of_lane).order_by(Message.number)))

    def sent(self, card: str, lane: str, channel: str, ts: str) -> None:
        """Slack has the first message of a card in a lane."""
        known = self.messages(card, lane)[0]
        with self.deps.sessions.write("T1") as session:
            session.get_one(Message, ("T1", known.id)).ts = ts
            if channel != lane:
                session.get_one(Lane, ("T1", lane)).channel = channel

    def close(self) -> None:
        """Gives the database back."""
        self.deps.sessions.close()
