"""A sick call among 150 people: from Yes to the first offer, and from Take all to every card that shows it.

The two minutes in which it can be taken back are not waited for. The yardstick is a bare loop that posts as
many messages to the same sandbox.
"""

import logging
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from uuid import UUID

import structlog
from slack_sdk import WebClient
from sqlalchemy import func, select

from bot.actions.absences import Report, report, turn
from bot.actions.absences_offer import offer_hole
from bot.actions.covers_take import take
from bot.actions.people import Caller, recognise
from bot.actions.people_import import import_people
from bot.actions.settings_change import change_settings
from bot.app import build_cards, build_sender
from bot.connectors.slack import all_accounts
from bot.connectors.spreadsheets import read_table
from bot.deps import Deps, new_id
from bot.domain import people_import
from bot.domain.absences import REGRET, Kind
from bot.domain.intervals import Interval
from bot.domain.permissions import OPERATOR
from bot.sandbox import Sandbox
from bot.settings import Settings
from jobs.outbox_turn import Times
from storage.db import Sessions, open_engine
from storage.migrate import upgrade
from storage.tables import Assignment, Cover, Message
from tests.actions.desk import Desk
from tests.bench.report import say, timed

PEOPLE, CALLS = 150, 8
_MORNING = datetime(2026, 11, 23, 6, 40, tzinfo=UTC)
_NAMES = [f"agent{number:03}" for number in range(PEOPLE)]
_OFF = 5  # every so many people do not work that day


class _Floor:
    """150 people who cover for each other, and the outbox being worked off."""

    def __init__(self, sandbox: Sandbox, folder: Path) -> None:
        self.now, self.sandbox, self.workspace_id = _MORNING, sandbox, sandbox.team_id
        settings = Settings(SLACK_BOT_TOKEN=sandbox.bot_token, SLACK_API_URL=sandbox.api_url)
        engine = open_engine(f"sqlite:///{folder}/bench.sqlite3")
        upgrade(engine)
        self.slack = WebClient(sandbox.bot_token, sandbox.api_url)
        self.deps = Deps(settings, Sessions(engine), self.slack, lambda: self.now, new_id)
        self._bring_in(folder)

    def caller(self, name: str) -> Caller:
        """Somebody who acts."""
        return recognise(self.deps, self.workspace_id, self.sandbox.user_id(name))

    def falls_ill(self, name: str) -> UUID:
        """They say so, it comes in force, and what is open is offered; the cover."""
        day = Interval(_MORNING, _MORNING + timedelta(hours=17))
        report(self.deps, self.caller(name), Report(new_id(), Kind.SICK, day))
        self.now += REGRET
        turn(self.deps, self.workspace_id)
        with self.deps.sessions.read(self.workspace_id) as session:
            hole = session.scalar(
                select(Assignment.id).where(
                    Assignment.workspace_id == self.workspace_id,
                    Assignment.member_id.is_(None),
                    Assignment.replaced_at.is_(None),
                )
            )
        assert hole
        offer_hole(self.deps, self.caller("cora"), hole, new_id())
        with self.deps.sessions.read(self.workspace_id) as session:
            newest = select(Cover.id).where(Cover.workspace_id == self.workspace_id).order_by(Cover.number.desc())
            found = session.scalar(newest.limit(1))
        assert found
        return found

    def asked(self, cover_id: UUID) -> list[str]:
        """Who has read the offer, by account."""
        statement = select(Message.lane).where(
            Message.workspace_id == self.workspace_id,
            Message.card == "cover",
            Message.subject_id == cover_id,
            Message.audience.startswith("asked:"),
            Message.ts.is_not(None),
        )
        with self.deps.sessions.read(self.workspace_id) as session:
            return list(session.scalars(statement.order_by(Message.id)))

    def waiting(self) -> int:
        """How many messages are not in Slack as they should be."""
        statement = select(func.count()).where(
            Message.workspace_id == self.workspace_id, Message.state == "open", Message.shown < Message.wanted
        )
        with self.deps.sessions.read(self.workspace_id) as session:
            return session.scalar(statement) or 0

    def sent(self) -> int:
        """How many times a message was posted or edited."""
        statement = select(func.sum(Message.shown)).where(Message.workspace_id == self.workspace_id)
        with self.deps.sessions.read(self.workspace_id) as session:
            return session.scalar(statement) or 0

    def _bring_in(self, folder: Path) -> None:
        for name in ("cora", *_NAMES):
            self.sandbox.invite(name, real_name=name.capitalize(), tz="Europe/Berlin")
        channel = self.sandbox.channel("#ops", members=["cora"], bot=True)
        lines = [f"{name}@example.com,{name},agent,team{number % 8}" for number, name in enumerate(_NAMES)]
        file = folder / "people.csv"
        file.write_text("\n".join(["email,name,role,team", "cora@example.com,Cora,coordinator,", *lines]))
        rows = read_table(file.name, file, people_import.REQUIRED)
        accounts = all_accounts(self.slack)
        import_people(self.deps, self.workspace_id, OPERATOR, rows, accounts, files=file.name, dry_run=False)
        change_settings(self.deps, self.workspace_id, OPERATOR, "workspace", {"ops_channel": channel})
        day = _MORNING.date()
        Desk(self.deps, folder, self.workspace_id).shifts(
            *(
                f"{name}@example.com,{day},10:00,18:00,Europe/Berlin,mail"
                for number, name in enumerate(_NAMES)
                if number % _OFF
            )
        )


def run() -> None:
    """Prints both rows."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with _floor() as floor:
        ill = [name for number, name in enumerate(_NAMES) if number % _OFF][:CALLS]
        rows = list(zip(*(_measured(floor, name) for name in ill), strict=True))
        channel = floor.sandbox.channel_id("#ops")
        for what, figures in zip(
            ("from Yes to the first offer", "from Take all to every card"), rows, strict=True
        ):
            times, numbers = zip(*figures, strict=True)
            number = round(median(numbers))
            bare = _bare(floor.slack, channel, number)
            words = f"{median(times):.0f} ms, at most {max(times):.0f} ms"
            yardstick = f"{bare:.0f} ms for {number} messages by a bare loop"
            say(f"a sick call, {PEOPLE} people: {what}", words, yardstick, median(times) / bare, "none")


def _measured(floor: _Floor, name: str) -> tuple[tuple[float, int], tuple[float, int]]:
    """How long both take when somebody falls ill, in milliseconds, and how many messages are posted or edited."""
    begun, before = time.perf_counter(), floor.sent()
    cover_id = floor.falls_ill(name)
    _until(lambda: bool(floor.asked(cover_id)))
    offered = (time.perf_counter() - begun) * 1000
    _until(lambda: not floor.waiting())
    between, taker = floor.sent(), recognise(floor.deps, floor.workspace_id, floor.asked(cover_id)[0])
    begun = time.perf_counter()
    take(floor.deps, taker, cover_id)
    _until(lambda: not floor.waiting())
    settled = (time.perf_counter() - begun) * 1000
    return (offered, between - before), (settled, floor.sent() - between)


def _bare(slack: WebClient, channel: str, number: int) -> float:
    def loop() -> None:
        for _ in range(number):
            slack.chat_postMessage(channel=channel, text="x")

    return min(timed(loop) for _ in range(3))


def _until(true: Callable[[], bool]) -> None:
    while not true():
        time.sleep(0.002)


@contextmanager
def _floor() -> Iterator[_Floor]:
    with tempfile.TemporaryDirectory() as folder, Sandbox(rates="off") as sandbox:
        floor = _Floor(sandbox, Path(folder))
        sender = build_sender(floor.deps, build_cards(floor.deps), Times(pace=0))
        sender.start()
        try:
            yield floor
        finally:
            sender.close()
            floor.deps.sessions.close()


if __name__ == "__main__":
    run()
