"""A floor on which shifts are swapped: who does what, and what everybody reads of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from bot.actions.settings_change import change_settings
from bot.actions.settings_scopes import scope_of
from bot.app import build_cards, build_sender
from bot.domain.permissions import OPERATOR
from bot.sandbox import Shown
from bot.settings import Mode
from jobs.outbox import Sender
from jobs.outbox_turn import Times
from jobs.runs import Job
from storage.tables import Assignment, Member, Message, Swap
from tests.workplace import Workplace, opened, until

ANA_FRI = "Fri, Nov 6, 09:00–17:00 · mail"
BEN_SAT = "Sat, Nov 7, 10:00–18:00 · mail"  # as ana reads it
SHIFTS = (
    "ana@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail",
    "ana@example.com,2026-11-13,09:00,17:00,Europe/Berlin,mail",
    "ben@example.com,2026-11-07,09:00,17:00,Europe/London,mail",
    "ben@example.com,2026-11-14,09:00,17:00,Europe/London,mail",
    "dev@example.com,2026-11-10,09:00,17:00,Asia/Kolkata,mail",
)
BOT = "@floorwalker"
CONTACTS = "Swaps are for those who work shifts here. If you do, ask a coordinator for the role of an agent."


class Floor:
    """A workplace with a schedule, two channels, and the outbox being worked off."""

    def __init__(self, work: Workplace, sender: Sender) -> None:
        self.work, self.sender = work, sender
        work.at("2026-11-02 12:00")
        work.people()
        work.shifts(*SHIFTS)
        work.sandbox.channel("#floor", members=["ana", "ben", "cora", "dev"], bot=True)
        work.sandbox.channel("#ops", private=True, members=["cora", "cleo", "ana"], bot=True)
        channels = {"ops_channel": "#ops", "floor_channel": "#floor"}
        work.prefers(**{key: work.sandbox.channel_id(name) for key, name in channels.items()})

    def review(self) -> None:
        """Every swap needs approval from now on."""
        self.work.prefers(auto_approve="no")

    def needs(self, queue: str, **values: str) -> None:
        """A queue has settings of its own from now on."""
        deps, team_id = self.work.deps, self.work.sandbox.team_id
        with deps.sessions.read(team_id) as session:
            scope = scope_of(session, None, queue)
        change_settings(deps, team_id, OPERATOR, scope, values)

    def proposes(
        self, who: str = "ana", text: str = "fri with @ben", returned: str = BEN_SAT, note: str | None = None
    ) -> None:
        """Types /swap, fills the form in and sends it."""
        person = self.work.person(who)
        person.types(f"/swap {text}")
        person.sees_modal("Swap a shift")
        person.picks("For their shift", returned)
        if note is not None:
            person.fills("Note", note)
        person.submits()
        assert person.modal is None, person.modal
        self.settles()

    def card(self, who: str, where: str = BOT, text: str = "Swap ") -> Shown:
        """The newest card of a swap that somebody sees."""
        seen = self.work.person(who).sees(where)
        found = [shown for shown in seen if text in shown.text and not shown.only_you]
        assert found, f"{who} sees no {text} in {where}"
        return found[-1]

    def presses(self, who: str, label: str, where: str = BOT) -> Shown:
        """Presses a button on the newest card; the card afterwards."""
        card = self.card(who, where)
        self.taps(who, label, where)
        self.settles()
        return self.work.person(who).refreshed(card)

    def says_why(self, who: str, text: str) -> None:
        """Fills in the form that asks why, and sends it."""
        person = self.work.person(who)
        person.sees_modal()
        label = next(label for label in person.sees_modal().labels if label.startswith("Why"))
        if text:
            person.fills(label, text)
        person.submits()
        self.settles()

    def told(self, who: str, where: str = BOT) -> list[str]:
        """What somebody reads beside their newest card."""
        person = self.work.person(who)
        return [shown.text for shown in person.thread(self.card(who, where))[1:]]

    def only_to(self, who: str, where: str = BOT) -> str:
        """The newest line that only this person sees."""
        seen = [shown for shown in self.work.person(who).sees(where) if shown.only_you]
        assert seen, self.work.person(who).sees(where)
        return seen[-1].text

    def announced(self) -> list[Shown]:
        """What the floor's channel reads."""
        return [shown for shown in self.work.person("dev").sees("#floor") if shown.text.startswith("Swap")]

    def falls_silent(self) -> None:
        """Nothing is sent any more: cards stay as they are."""
        self.sender.close()

    def taps(self, who: str, label: str, where: str = BOT) -> None:
        """Presses a button on the newest card, and waits for nothing."""
        person = self.work.person(who)
        person.presses(label, self.card(who, where))
        assert person.notices == []

    def runs(self, job: Job) -> None:
        """The clock sets a job off."""
        now = self.work.deps.clock()
        job.run(self.work.deps, self.work.sandbox.team_id, job.when.first(now, ZoneInfo("UTC")))
        self.settles()

    def settles(self) -> None:
        """Waits until everybody has been shown everything."""
        until(lambda: self._waiting() == 0)

    def works(self, name: str) -> list[str]:
        """The days on which somebody works, as it is stored."""
        statement = (
            select(Assignment.start)
            .join(Member, (Member.workspace_id == Assignment.workspace_id) & (Member.id == Assignment.member_id))
            .where(
                Assignment.workspace_id == self.work.sandbox.team_id,
                Assignment.replaced_at.is_(None),
                Member.email == f"{name}@example.com",
            )
            .order_by(Assignment.start)
        )
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            return [f"{start:%b %-d}" for start in session.scalars(statement)]

    def assignment(self, name: str) -> UUID:
        """The first that somebody has ahead of them."""
        statement = select(Assignment.id).where(
            Assignment.workspace_id == self.work.sandbox.team_id,
            Assignment.replaced_at.is_(None),
            Assignment.member_id == self.work.member(name).id,
        )
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            return session.scalars(statement.order_by(Assignment.start)).first() or UUID(int=0)

    def states(self) -> list[str]:
        """Where each swap stands, by number."""
        statement = select(Swap).where(Swap.workspace_id == self.work.sandbox.team_id).order_by(Swap.number)
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            return [row.state for row in session.scalars(statement)]

    def announcements(self) -> int:
        """How many messages announce a swap."""
        statement = select(func.count()).where(
            Message.workspace_id == self.work.sandbox.team_id, Message.card == "swap", Message.audience == "floor"
        )
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            return session.scalar(statement) or 0

    def _waiting(self) -> int:
        statement = select(func.count()).where(
            Message.workspace_id == self.work.sandbox.team_id,
            Message.state == "open",
            Message.shown < Message.wanted,
        )
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            return session.scalar(statement) or 0


@contextmanager
def swapping(database_url: str, mode: Mode, folder: Path) -> Iterator[Floor]:
    """A floor with a sender that needs no rest between two messages."""
    with opened(database_url, mode, folder) as work:
        sender = build_sender(work.deps, build_cards(work.deps), Times(pace=0, poll=0.05))
        sender.start()
        try:
            yield Floor(work, sender)
        finally:
            sender.close()
