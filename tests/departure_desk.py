"""People leave and come back without Slack: what the coordinators read of it, and what is stored."""

from uuid import UUID

from sqlalchemy import select

from bot.actions.covers_open import offer_open
from bot.actions.departures_offer import give
from bot.actions.people_follow import follow_account
from bot.actions.shifts_edit import Wanted, outlook_of, save, version_of
from bot.app import build_cards
from bot.deps import new_id
from bot.domain.shifts_edit import Draft
from bot.domain.shifts_import import PlannedShift
from bot.views.blocks import Message as View
from storage.covers import part
from storage.tables import Departure, Message
from tests.actions.desk import account
from tests.cover_desk import CoverDesk


class DepartureDesk(CoverDesk):
    """The desk of those who cover, where people leave and come back."""

    events = 0

    def leaves(self, name: str = "ana") -> None:
        """Slack says that the account is deactivated."""
        self._follows(name, gone=True)

    def returns(self, name: str = "ana") -> None:
        """It is there again."""
        self._follows(name, gone=False)

    def _follows(self, name: str, *, gone: bool) -> None:
        DepartureDesk.events += 1
        said = account(name, self._ids[name], deleted=gone, updated=DepartureDesk.events + 1)
        follow_account(self.deps, "T1", f"Ev{DepartureDesk.events}", said)

    def gives(self, day: int, taker: str) -> UUID:
        """Cora has somebody work what nobody does that day; the part of the cover."""
        give(self.deps, self.caller("cora"), self.unowned(day), self._ids[taker], new_id())
        return self.parts(self.covers()[-1].id)[-1].id

    def opens(self, day: int) -> UUID:
        """Cora offers that to others; the cover."""
        return offer_open(self.deps, self.caller("cora"), self.unowned(day), new_id())

    def unowned(self, day: int) -> UUID:
        """The assignment that nobody has that day."""
        return next(row.id for row in self.assignments() if row.start.day == day and row.member_id is None)

    def edits(self, day: int, edit: Draft) -> list[str]:
        """Cora edits the shift of a day; what she has looked at."""
        shift = next(each for each in self.desk.base() if each.start.day == day)
        emails = {self.desk.member(name).id: f"{name}@example.com" for name in self._ids}
        planned = PlannedShift(
            emails.get(shift.member_id) if shift.member_id else None,
            shift.start_local,
            shift.end_local,
            shift.time_zone,
            "mail",
        )
        wanted = Wanted(new_id(), shift.id, version_of(planned), edit)
        outlook = outlook_of(self.deps, self.caller("cora"), wanted)
        save(self.deps, self.caller("cora"), Wanted(wanted.nonce, shift.id, wanted.version, edit, outlook.digest))
        return [entry.what for entry in outlook.preview.entries]

    def worked(self, day: int) -> list[tuple[str, int, int]]:
        """The same of a day with several shifts, by name."""
        names = {self.desk.member(name).id: name for name in self._ids}
        rows = [row for row in self.assignments() if row.start.day == day]
        return sorted(
            (names[row.member_id] if row.member_id else "nobody", row.start.hour, row.end.hour) for row in rows
        )

    def card(self) -> list[str]:
        """What the coordinators read of who has left, line by line, on the newest card."""
        return self._rendered("departure")[-1]

    def said(self, card: str) -> list[str]:
        """What is said beside it."""
        return [lines[0] for lines in self._rendered(card)]

    def _rendered(self, card: str) -> list[list[str]]:
        cards = build_cards(self.deps)
        statement = select(Message).where(Message.workspace_id == "T1", Message.card == card)
        with self.deps.sessions.read("T1") as session:
            rows = session.scalars(statement.order_by(Message.number, Message.id))
            drawn = [cards.render(session, row) for row in rows]
        return [lines_of(each) for each in drawn if each]

    def departures(self) -> int:
        """How many cards there are."""
        with self.deps.sessions.read("T1") as session:
            return len(list(session.scalars(select(Departure).where(Departure.workspace_id == "T1"))))

    def part_state(self, part_id: UUID) -> str:
        """Where a part of a cover stands."""
        with self.deps.sessions.read("T1") as session:
            row = part(session, part_id)
        assert row
        return row.state


def lines_of(shown: View) -> list[str]:
    """What its sections say or, where it has none, its text."""
    sections = [each["text"]["text"] for each in shown.get("blocks", []) if each["type"] == "section"]
    return [line for text in sections or [shown["text"]] for line in text.splitlines()]
