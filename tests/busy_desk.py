"""A desk at which anything may happen: it is done or refused, and counted."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from pathlib import Path
from uuid import UUID

from bot.actions.approvers import ReviewChanged
from bot.actions.covers_propose import BadOffer
from bot.actions.imports import AlreadyUndone, ImportInUse
from bot.actions.people import Caller
from bot.actions.shifts_edit import Wanted, outlook_of, save
from bot.actions.shifts_edit_form import shifts_to_edit
from bot.actions.shifts_import import Clashing
from bot.actions.swaps_propose import BadProposal, SameSwap
from bot.actions.swaps_turn import NotLegal
from bot.domain.approval import EnteredAsProxy, NotPossible, RegretIsOver
from bot.domain.covers import CoverOfOneself, NotOpen
from bot.domain.shifts_edit import BadEdit, Edit, Listing, ShiftToEdit
from bot.domain.swaps import PENDING, SwapNotOpen
from tests.cover_hours import Ledger, Slot
from tests.departure_desk import DepartureDesk
from tests.swap_desk import NAMES

REFUSALS = (
    AlreadyUndone,
    BadEdit,
    BadOffer,
    BadProposal,
    Clashing,
    CoverOfOneself,
    EnteredAsProxy,
    ImportInUse,
    NotLegal,
    NotOpen,
    NotPossible,
    RegretIsOver,
    SameSwap,
    SwapNotOpen,
)
# What an import and its undoing change of the schedule; the rest are books and messages.
SCHEDULE = ("shift", "assignment", "swap", "cover", "cover_part", "note", "queue")
# The imports of the desk itself.
OWN_IMPORTS = 2
ALL_DAYS = Listing(None, date(2026, 11, 1), date(2026, 11, 20))


class BusyDesk(DepartureDesk):
    """The desk of those who cover, leave and come back; ``done`` counts what happens and what is refused."""

    def __init__(self, database_url: str, folder: Path, done: Counter[str]) -> None:
        super().__init__(database_url, folder, ids=map(_id, count(1)).__next__)
        self.done = done
        self.member = {name: self.desk.member(name).id for name in NAMES}
        self.name = {member_id: name for name, member_id in self.member.items()}
        self._had: dict[str, set[Slot]] = {}
        self._read_at: tuple[int, datetime] | None = None

    @property
    def ledger(self) -> Ledger:
        """What is stored by now, read anew where anything is written or time has passed."""
        now = self._revision(), self.now
        if now != self._read_at:
            self._read_at, self._read = now, Ledger(self.deps)
        return self._read

    @property
    def gone(self) -> set[str]:
        """Who has left."""
        return {self.name[each] for each in self.ledger.gone}

    def one(self, member_id: UUID) -> Caller:
        """Somebody who acts, by their id."""
        return self.caller(self.name[member_id])

    def slack(self, name: str) -> str:
        """Somebody's account."""
        return self._ids[name]

    def numbers(self) -> list[int]:
        """The imports and edits since the desk was opened that are not undone, the last first."""
        return self.ledger.imports[: OWN_IMPORTS - 1 : -1]

    def base(self) -> tuple[ShiftToEdit, ...]:
        """The shifts of the base as they are listed to be edited."""
        return shifts_to_edit(self.deps, self.caller("cora"), ALL_DAYS).shifts

    def does(self, what: str, deed: Callable[[], object]) -> bool:
        """Whether it is done; whatever is refused changes nothing."""
        before = self._revision()
        try:
            done = deed()
        except ReviewChanged:
            return False
        except REFUSALS as refusal:
            assert self._revision() == before
            self.done[type(refusal).__name__] += 1
            return False
        # An undoing that the other has to agree to is none yet.
        self.done[what] += done is not False
        return True

    def imports(self, line: str, replaced: tuple[date, date] | None, *, undone: bool) -> None:
        """Takes over a line; what else is planned on the days ``replaced`` goes."""
        self._takes_over("imported", lambda: self.desk.shifts(line, replaced=replaced), undone)

    def edits_by_hand(self, what: str, shift: ShiftToEdit | None, edit: Edit, *, undone: bool) -> None:
        """Changes a shift by hand, or adds one, once it was looked at what that does."""

        def saved() -> None:
            cora = self.caller("cora")
            asked = Wanted(self.deps.new_id(), shift.id if shift else None, shift.version if shift else "", edit)
            save(self.deps, cora, replace(asked, seen=outlook_of(self.deps, cora, asked).digest))

        self._takes_over(what, saved, undone)

    def leaves(self, name: str = "ana") -> None:
        """From now on nobody works what they were to."""
        before, ahead = self.ledger.worked, self.ledger.ahead(self.member[name])
        super().leaves(name)
        assert self.ledger.worked == before | dict.fromkeys(ahead)
        self._had[name] = ahead
        self.done["left"] += 1

    def returns(self, name: str = "ana") -> None:
        """What they had and nobody works is theirs again, if it would be, and beside it what is planned since.

        Of a shift at the same time as another of theirs it may be nothing.
        """
        own, before = self.member[name], self.ledger.worked
        free = {slot for slot, worker in before.items() if worker is None and slot[1] >= self.now}
        theirs = {slot for slot, owner in self.ledger.planned.items() if owner == own}
        theirs |= {slot for leg in self.ledger.legs if leg.taker == own for slot in leg.slots}
        super().returns(name)
        after = self.ledger.worked
        given = {slot for slot in after if after[slot] != before[slot]}
        assert given <= free
        assert {after[slot] for slot in given} <= {own}
        kept = (self._had.pop(name) & theirs & free) - given
        busy = {at for (_, at), worker in after.items() if worker == own}
        assert {shift for shift, _ in kept} == {shift for shift, at in kept if at in busy}
        self.done["returned"] += 1

    def _revision(self) -> int:
        """How often anything was written."""
        with self.deps.sessions.read("T1") as session:
            return session.revision()

    def _takes_over(self, what: str, deed: Callable[[], object], undone: bool) -> None:
        """Does something that can be taken back; where it is ``undone`` at once, all is as it was."""
        waiting, before = self._waiting(), self._schedule()
        # What was waiting for an answer ends with any change, and that stays so.
        if self.does(what, deed) and undone and self._waiting() == waiting and before != self._schedule():
            self.desk.undo(self.numbers()[0])
            assert self._schedule() == before
            self.done["undone at once"] += 1

    def _schedule(self) -> dict[str, object]:
        """All that is stored of the schedule, of swaps and of covers."""
        everything = self.desk.everything()
        return {table: everything[table] for table in SCHEDULE}

    def _waiting(self) -> set[UUID]:
        """The swaps and covers that are not settled."""
        pending = {row.id for row in self.ledger.swaps if row.state in PENDING}
        return pending | {row.id for row in self.ledger.open_covers}


def _id(number: int) -> UUID:
    return UUID(int=number)
