"""A floor on which shifts are given away: what is typed and pressed, and what everybody reads of it."""

from sqlalchemy import select

from bot.sandbox import Modal, Shown
from jobs.covers import TURN
from storage.tables import Cover
from tests.scenarios.swapping import BOT, Floor


class Covers:
    """The floor of the swaps: Ana and Ben work for mail, Dev could; Cora coordinates, Cleo leads Dev's team."""

    def __init__(self, floor: Floor) -> None:
        self.floor, self.work = floor, floor.work

    def gives(self, who: str = "ana", text: str = "fri", note: str = "") -> None:
        """Types /cover, and sends the form as it is filled in by that."""
        person = self.work.person(who)
        person.types(f"/cover {text}")
        person.sees_modal("Give a shift away")
        if note:
            person.fills("Note", note)
        person.submits()
        assert person.modal is None, person.modal
        self.floor.settles()

    def opens(self, text: str = "mail sat 10-14") -> Shown:
        """Cora types /cover open, and confirms what is said back."""
        said = self.work.asks("cora", f"/cover open {text}")
        answer = self.work.presses("cora", next(each for each in said.buttons if each.startswith("Open")), said)
        self.floor.settles()
        return answer

    def card(self, who: str, where: str = BOT) -> Shown:
        """The newest card of a cover that somebody sees."""
        seen = self.work.person(who).sees(where)
        found = [shown for shown in seen if not shown.only_you and _names_a_cover(shown.text)]
        assert found, f"{who} sees no cover in {where}"
        return found[-1]

    def cards(self, who: str, where: str = BOT) -> list[str]:
        """How each of them begins."""
        seen = self.work.person(who).sees(where)
        return [shown.text.splitlines()[0] for shown in seen if _names_a_cover(shown.text)]

    def presses(self, who: str, label: str, where: str = BOT) -> Shown:
        """Presses a button on the newest card; the card afterwards."""
        card = self.card(who, where)
        person = self.work.person(who)
        person.presses(label, card)
        assert person.notices == []
        self.floor.settles()
        return person.refreshed(card)

    def form(self, who: str, label: str, where: str = BOT) -> Modal:
        """Presses a button on the newest card, and looks at the form behind it."""
        self.presses(who, label, where)
        return self.work.person(who).sees_modal()

    def takes(self, who: str, start: str, end: str) -> None:
        """Takes some hours by the form."""
        person = self.work.person(who)
        self.form(who, "Take part…")
        person.picks("From", start)
        person.picks("Until", end)
        person.submits()
        self.floor.settles()

    def told(self, who: str, where: str = BOT) -> list[str]:
        """What somebody reads beside their newest card."""
        return [shown.text for shown in self.work.person(who).thread(self.card(who, where))[1:]]

    def turns(self) -> None:
        """The clock looks after the covers."""
        self.floor.runs(TURN)

    def states(self) -> list[str]:
        """Where each stands, by number."""
        statement = select(Cover).where(Cover.workspace_id == self.work.sandbox.team_id).order_by(Cover.number)
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            return [row.state for row in session.scalars(statement)]


def _names_a_cover(text: str) -> bool:
    return text.startswith(("Cover ", "Open shift ", "A part of "))
