"""A floor on which people ask for time off: what is typed and pressed, and what everybody reads of it."""

from sqlalchemy import select

from bot.domain.timeoff_statement import balance
from bot.sandbox import Shown
from jobs.timeoff import REMIND
from storage.tables import Absence, LeaveRequest
from storage.timeoff import books
from tests.scenarios.swapping import BOT, Floor

OPS = "#ops"
PAID = "paid leave"


class TimeOff:
    """The floor of the swaps on Monday, November 2 at noon, with 28 days of leave a year."""

    def __init__(self, floor: Floor) -> None:
        self.floor, self.work = floor, floor.work
        self.work.prefers(time_zone="Europe/Berlin", leave_weeks="5.6")

    def types(self, who: str, text: str) -> Shown:
        """Types the command, and reads what only they see."""
        return self.work.asks(who, f"/timeoff {text}")

    def asks(self, who: str, text: str) -> Shown:
        """Types it, reads what it costs, and sends it; what is answered."""
        answer = self.work.presses(who, "Send", self.types(who, text))
        self.floor.settles()
        return answer

    def card(self, who: str, where: str = BOT) -> Shown:
        """The newest card of a request that somebody sees."""
        seen = self.work.person(who).sees(where)
        found = [each for each in seen if each.text.startswith("Time off ") and each.blocks and not each.only_you]
        assert found, seen
        return found[-1]

    def presses(self, who: str, label: str, where: str = BOT) -> Shown:
        """Presses a button on the newest card; the card afterwards."""
        card, person = self.card(who, where), self.work.person(who)
        person.presses(label, card)
        assert person.notices == []
        self.floor.settles()
        return person.refreshed(card)

    def writes(self, who: str, text: str) -> None:
        """Fills in the form that asks for some words."""
        person = self.work.person(who)
        person.fills(person.sees_modal().labels[0], text)
        person.submits()
        assert person.modal is None, person.modal
        self.floor.settles()

    def told(self, who: str, where: str = BOT) -> list[str]:
        """What somebody reads beside their newest card."""
        return [shown.text for shown in self.work.person(who).thread(self.card(who, where))[1:]]

    def passes(self, local: str) -> None:
        """The clock goes on to then, and looks after the requests."""
        self.work.at(local)
        self.floor.runs(REMIND)

    def states(self) -> list[str]:
        """Where each request stands, by number."""
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            rows = session.scalars(
                select(LeaveRequest)
                .where(LeaveRequest.workspace_id == session.workspace_id)
                .order_by(LeaveRequest.number)
            )
            return [row.state for row in rows]

    def absences(self) -> list[tuple[str, str]]:
        """The kind and the state of each, in order."""
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            rows = session.scalars(
                select(Absence).where(Absence.workspace_id == session.workspace_id).order_by(Absence.start)
            )
            return [(row.kind, row.state) for row in rows]

    def days(self, who: str, ledger: str = PAID) -> float:
        """What somebody has by all that is stored, in days of eight hours."""
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            whose = self.work.member(who).id
            return (
                balance(books(session, [whose])[whose, ledger], self.work.instant("2030-01-01 00:00").date()) / 480
            )
