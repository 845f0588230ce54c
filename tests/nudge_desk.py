"""Cases without Slack: who is on, what comes due, and what each person was told of it."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bot.actions.cases_open import open_case
from bot.actions.cases_turn import happen
from bot.actions.nudges_home import about_to_be_late
from bot.actions.nudges_turn import turn
from bot.actions.own import OwnPreferences, change_own
from bot.actions.people import Caller, recognise
from bot.actions.settings_change import change_settings
from bot.app import build_cards, build_deps
from bot.deps import Deps
from bot.domain.cases import By, Happening, Kind
from bot.domain.cases_new import NewCase
from bot.domain.limits import WEEKDAYS
from bot.domain.nudges_shown import AboutToBeLate
from bot.domain.permissions import CLOCK, OPERATOR
from bot.settings import Settings
from storage.cases import case
from storage.tables import Case, Message, Nudge
from tests.actions.desk import Desk, account

TEAM = """\
email,name,role,team,timezone
ana@example.com,Ana,agent,Mail,UTC
ben@example.com,Ben,agent,Phones,UTC
lea@example.com,Lea,lead,Mail,UTC
max@example.com,Max,lead,Phones,UTC
cora@example.com,Cora,coordinator,,UTC
"""
NAMES = ("ana", "ben", "lea", "max", "cora")
NOWHERE = "http://127.0.0.1:9/api/"
MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)


class NudgeDesk:
    """A workspace on Monday the 2nd of November at 10, in which Ana, Lea and Max work from 9 to 17."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.now = MONDAY
        settings = Settings(
            _env_file=None,
            SLACK_BOT_TOKEN="xoxb-1",
            SLACK_API_URL=NOWHERE,
            FLOORWALKER_DATABASE_URL=database_url,
        )
        self.deps: Deps = build_deps(settings, lambda: self.now)
        self.desk = Desk(self.deps, folder)
        self.desk.people(TEAM, [account(name, time_zone="UTC") for name in NAMES])
        self.names = {self.desk.member(name).id: name for name in NAMES}
        self.works("ana", "lea", "max")
        self.prefers(ops_channel="C0OPS")

    def works(self, *names: str) -> None:
        """These people work on that Monday, and nobody else does."""
        day = self.now.date()
        lines = (f"{name}@example.com,{day},09:00,17:00,UTC,mail" for name in names)
        self.desk.shifts(*lines, replaced=(day, day))

    def rests(self, name: str, start: int, end: int, *, at_any_hour: bool = False) -> None:
        """These are somebody's quiet hours, each day."""
        quiet = {"quiet_from": time(start), "quiet_to": time(end), "quiet_days": list(WEEKDAYS)}
        own = OwnPreferences.model_validate(quiet | {"at_any_hour": at_any_hour})
        change_own(self.deps, "T1", self.caller(name).actor, own)

    def prefers(self, **values: str) -> None:
        """Settings of the workspace."""
        change_settings(self.deps, "T1", OPERATOR, "workspace", values)

    def caller(self, name: str) -> Caller:
        """Somebody who acts."""
        return recognise(self.deps, "T1", f"U0{name.upper()}")

    def at(self, hour: int, minute: int = 0, day: int = 2) -> None:
        """It is so late."""
        self.now = datetime(2026, 11, day, hour, minute, tzinfo=UTC)

    def opens(self, title: str, owner: str | None = "ana", **fields: Any) -> UUID:
        """A case is there from now on."""
        owner_id = self.desk.member(owner).id if owner else None
        with self.deps.sessions.write("T1") as session:
            return open_case(session, self.deps, CLOCK, NewCase(title=title, owner_id=owner_id, **fields)).id

    def happens(self, case_id: UUID, kind: Kind, by: By = By.MEMBER, name: str = "ana", **data: Any) -> None:
        """Something happens to it."""
        caller = self.caller(name)
        with self.deps.sessions.write("T1") as session:
            row = case(session, case_id)
            assert row
            happen(session, self.deps, caller.actor, row, Happening(kind, data, by))

    def turns(self) -> list[str]:
        """The clock ticks; what is told now, and to whom."""
        before = len(self.told())
        turn(self.deps, "T1")
        return self.told()[before:]

    def waits(self, minutes: int) -> list[str]:
        """So many minutes pass, each with a tick; what was told, with the time."""
        found = []
        for _ in range(minutes):
            self.now += timedelta(minutes=1)
            found += [f"{self.now:%H:%M} {each}" for each in self.turns()]
        return found

    def told(self) -> list[str]:
        """Every message of nudges: to whom, and what it says now."""
        return [f"{message.lane}: {shown['text']}" for message, shown in self.messages()]

    def messages(self) -> list[tuple[Message, Mapping[str, Any]]]:
        """The same as it is drawn."""
        cards = build_cards(self.deps)
        statement = select(Message).where(Message.workspace_id == "T1", Message.card == "nudges")
        with self.deps.sessions.read("T1") as session:
            rows = session.scalars(statement.order_by(Message.id)).all()
            return [(row, cards.render(session, row) or {"text": "nothing"}) for row in rows]

    def late_of(self, name: str) -> AboutToBeLate:
        """What somebody's Home says of it."""
        with self.deps.sessions.read("T1") as session:
            return about_to_be_late(session, self.caller(name).actor, self.now)

    def home_of(self, name: str) -> int:
        """How often somebody's Home was to be drawn."""
        with self.deps.sessions.read("T1") as session:
            home = session.scalar(
                select(Message).where(Message.workspace_id == "T1", Message.lane == f"home:U0{name.upper()}")
            )
            assert home
            return home.wanted

    def nudges(self) -> list[Nudge]:
        """All that there are."""
        with self.deps.sessions.read("T1") as session:
            rows = session.scalars(select(Nudge).where(Nudge.workspace_id == "T1").order_by(Nudge.id))
            return list(rows)

    def case(self, case_id: UUID) -> Case:
        """A case as it stands."""
        with self.deps.sessions.read("T1") as session:
            return session.get_one(Case, ("T1", case_id))
