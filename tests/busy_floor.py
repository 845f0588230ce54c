"""What people do with covers and swaps at a busy desk, one thing after the other."""

from collections.abc import Callable, Sequence
from datetime import time
from functools import partial
from typing import NamedTuple, TypeVar
from uuid import UUID

from bot.actions import covers_decide, covers_undo, swaps
from bot.actions.covers_propose import Offer, offer
from bot.actions.covers_take import give_up, take
from bot.actions.covers_turn import life_of
from bot.domain.covers import PartState
from bot.domain.intervals import Interval
from storage.tables import Assignment, Cover, CoverPart, Swap
from tests.busy_desk import BusyDesk
from tests.cover_hours import QUARTER, Leg

AGENTS = ("ana", "ben", "dev")

Row = TypeVar("Row")


class Taking(NamedTuple):
    """What somebody takes of what is open, themselves or by a coordinator, and what is decided if it needs that.

    ``rival`` is who wants the same as soon as it is taken.
    """

    piece: str = "all"
    rival: str | None = None
    proxied: bool = False
    decision: str | None = "approve"


class Regret(NamedTuple):
    """What somebody wants to be undone, and whether the other wants so too; first it may be handed on and back."""

    place: int
    of_a_swap: bool
    both: bool
    handed_on: bool


class BusyFloor(BusyDesk):
    """The desk where whoever is here covers, swaps and regrets."""

    def offers_some(self, who: str, row: Assignment, hours: Interval, owner: str | None = None) -> Cover | None:
        """Somebody gives away some of what they work, or of what the owner does; the cover, if it is one."""
        account = self._ids[owner] if owner else None
        wanted = Offer(self.deps.new_id(), row.id, hours.start, hours.end, owner=account)
        done = self.does("offered", partial(offer, self.deps, self.caller(who), wanted))
        return self.covers()[-1] if done else None

    def somebody_takes(self, who: str, row: Cover | None, taking: Taking | None) -> None:
        """Somebody who is here takes some of a cover, and a coordinator decides if need be."""
        left = life_of(row, self.parts(row.id)).open_parts if row else ()
        if row and taking and left and who not in self.gone:
            by, taker = ("carla", self.slack(who)) if taking.proxied else (who, None)
            wanted = cut(left[0], taking.piece)
            taken = partial(take, self.deps, self.caller(by), row.id, wanted, self.deps.new_id(), taker)
            waited = self.ledger.taken(PartState.NEEDS_APPROVAL)
            if not self.does("taken", taken):
                return
            if taking.rival and taking.rival not in self.gone:
                rival = self.caller(taking.rival)
                self.does("taken", partial(take, self.deps, rival, row.id, wanted, self.deps.new_id()))
            waits = self.ledger.taken(PartState.NEEDS_APPROVAL)
            if taking.decision and len(waits) > len(waited):
                self.decides(waits[0], taking.decision, "cora")

    def undoes(self, row: Swap | CoverPart, regret: Regret) -> None:
        """One of the two undoes what was settled, or both want to."""
        leg = self.ledger.legs_of(row)[0]
        if regret.handed_on:
            self.goes_on(leg, regret.place, "all", back=True)
        # Of an open shift nobody is the giver: whoever opened it may regret that.
        for each in [leg.taker, leg.giver or self.member["cora"]][: 2 if regret.both else 1]:
            if self.name[each] not in self.gone:
                if isinstance(row, CoverPart):
                    self.does("part undone", partial(covers_undo.undo, self.deps, self.one(each), row.id))
                else:
                    self.does("swap undone", partial(swaps.undo, self.deps, self.one(each), row.id))

    def decides(self, row: CoverPart, how: str, by: str) -> None:
        """What becomes of a part that waits for approval."""
        decides, taker = self.caller(by), self.one(row.taker_id)
        deeds: dict[str, Callable[[], object]] = {
            "approve": partial(covers_decide.approve, self.deps, decides, row.id),
            "approve anyway": partial(
                covers_decide.approve_anyway, self.deps, decides, row.id, self.deps.new_id(), "short"
            ),
            "refuse": partial(covers_decide.refuse, self.deps, decides, row.id, self.deps.new_id(), "no"),
            "give up": partial(give_up, self.deps, taker, row.id),
        }
        if how in deeds:
            self.does(how, deeds[how])

    def goes_on(self, leg: Leg, place: int, piece: str, *, back: bool) -> None:
        """Whoever has taken something over gives some of it to somebody else, who may give it back."""
        taker, (shift_id, start) = self.name[leg.taker], leg.slots[0]
        hours = cut(Interval(start, start + QUARTER * len(leg.slots)), piece)
        third = picked([name for name in AGENTS if name != taker], place)
        if not self.gone.isdisjoint({taker, third}):
            return
        for who, to in [(taker, third), (third, taker)][: 2 if back else 1]:
            for row in self.ledger.in_force:
                its = (row.shift_id, row.member_id) == (shift_id, self.member[who])
                if its and row.start <= hours.start < row.end:
                    self.somebody_takes(to, self.offers_some(who, row, hours), Taking())

    def line(self, owner: UUID | None, day: int, at: tuple[time, time]) -> str:
        """A line of a file of shifts."""
        address = f"{self.name[owner]}@example.com" if owner else ""
        return f"{address},2026-11-{day:02},{at[0]:%H:%M},{at[1]:%H:%M},UTC,mail"


def picked(rows: Sequence[Row], place: int) -> Row:
    """One of the rows, of which there have to be any."""
    return rows[place % len(rows)]


def cut(whole: Interval, piece: str) -> Interval:
    """Some of an interval, mostly not by the hour; all of what is too short for that."""
    quarters = whole.length // QUARTER
    middle, edge = quarters // 2 | 1, quarters // 4 | 1
    first, last = {
        "all": (0, quarters),
        "first half": (0, middle),
        "middle": (edge, quarters - edge),
        "last half": (middle, quarters),
    }[piece]
    return Interval(whole.start + QUARTER * first, whole.start + QUARTER * last) if first < last else whole
