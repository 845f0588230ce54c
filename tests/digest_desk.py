"""Key figures without Slack: what was measured, when reports come, and what they say."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select

from bot.actions.kpi_digests import subscribe, turn
from bot.actions.kpi_digests_cards import CARD, ROWS
from bot.actions.settings_change import change_settings
from bot.app import build_cards, build_deps
from bot.deps import Deps
from bot.domain.kpi import Measure
from bot.domain.permissions import CLOCK, OPERATOR
from bot.settings import Settings
from storage.kpi import note_heard
from storage.tables import KpiDigest, KpiFact, KpiSubscription, Message
from tests.actions.desk import Desk, account

TEAM = """\
email,name,role,team,timezone
ana@example.com,Ana,agent,Mail,Europe/Berlin
lea@example.com,Lea,lead,Mail,Europe/Berlin
cora@example.com,Cora,coordinator,,Europe/Berlin
"""
NOWHERE = "http://127.0.0.1:9/api/"
OPS = "C0OPS"


class DigestDesk:
    """A workspace in Berlin on Thursday the 5th of March 2026 at noon UTC; nothing was measured yet."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.now = datetime(2026, 3, 5, 12, tzinfo=UTC)
        settings = Settings(
            _env_file=None,
            SLACK_BOT_TOKEN="xoxb-1",
            SLACK_API_URL=NOWHERE,
            FLOORWALKER_DATABASE_URL=database_url,
        )
        self.deps: Deps = build_deps(settings, lambda: self.now)
        self.desk = Desk(self.deps, folder)
        self.desk.people(TEAM, [account(name, time_zone="Europe/Berlin") for name in ("ana", "lea", "cora")])
        self.prefers(ops_channel=OPS, time_zone="Europe/Berlin")

    def prefers(self, **values: str) -> None:
        """Settings of the workspace."""
        change_settings(self.deps, "T1", OPERATOR, "workspace", values)

    def measures(
        self, day: str, measure: Measure, numerator: float, denominator: float | None = None, **cut: Any
    ) -> None:
        """A source says what was on a day; said again it corrects what it said."""
        source = cut.pop("source", "zendesk")
        said = ":".join(f"{name}={value}" for name, value in sorted(cut.items()))
        with self.deps.sessions.write("T1") as session:
            on = date.fromisoformat(day)
            known = session.scalar(
                select(KpiFact).where(
                    KpiFact.workspace_id == "T1",
                    KpiFact.day == on,
                    KpiFact.measure == measure,
                    KpiFact.source == source,
                    KpiFact.cut == said,
                )
            )
            row = known or KpiFact(
                workspace_id="T1", id=self.deps.new_id(), day=on, measure=measure, source=source
            )
            row.cut, row.numerator, row.denominator, row.changed_at = said, numerator, denominator, self.now
            for name, value in cut.items():
                setattr(row, name, value)
            session.add(row)
            note_heard(session, source, self.now)

    def week(
        self, monday: str, measure: Measure, numerator: float, denominator: float | None = None, **cut: Any
    ) -> None:
        """The same on each day from this Monday on."""
        first = date.fromisoformat(monday)
        for number in range(7):
            self.measures(str(first + timedelta(number)), measure, numerator, denominator, **cut)

    def subscribes(self, lane: str = OPS, cadence: str = "weekly", **fields: Any) -> UUID:
        """Somebody gets reports from now on."""
        with self.deps.sessions.write("T1") as session:
            what = {"cadence": cadence, "lane": lane, "measures": [], **fields}
            row = KpiSubscription(workspace_id="T1", id=self.deps.new_id(), **what)
            subscribe(session, self.deps, CLOCK, row)
            return row.id

    def at(self, local: str) -> None:
        """It is so late in UTC."""
        self.now = datetime.fromisoformat(local).replace(tzinfo=UTC)

    def turns(self, local: str) -> list[str]:
        """The clock ticks at a time in UTC; what the reports say that are sent now."""
        self.at(local)
        before = len(self.reports())
        turn(self.deps, "T1")
        return self.reports()[before:]

    def reports(self) -> list[str]:
        """What every report reads, in the order in which they were sent."""
        return [words(shown) for message, shown in self.shown() if message.card == CARD]

    def shown(self) -> list[tuple[Message, Mapping[str, Any]]]:
        """The messages of reports as they are drawn."""
        cards = build_cards(self.deps)
        with self.deps.sessions.read("T1") as session:
            statement = select(Message).where(Message.workspace_id == "T1", Message.card.in_((CARD, ROWS)))
            rows = session.scalars(statement.order_by(Message.id)).all()
            return [(row, cards.render(session, row) or {}) for row in rows]

    def digests(self) -> list[KpiDigest]:
        """The reports that are kept."""
        with self.deps.sessions.read("T1") as session:
            statement = select(KpiDigest).where(KpiDigest.workspace_id == "T1")
            return list(session.scalars(statement.order_by(KpiDigest.id)))

    def close(self) -> None:
        """Gives the connections back."""
        self.deps.sessions.close()


def words(shown: Mapping[str, Any]) -> str:
    """All that stands in a message."""
    said = []
    for block in shown["blocks"]:
        said += [block["text"]["text"]] if "text" in block else []
        said += [each["text"] for each in block.get("elements", ()) if each["type"] == "mrkdwn"]
    return "\n".join(said)
