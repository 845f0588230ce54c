"""What a cover is: work that is given away, part by part; what can happen to it, and why something cannot.

Where nobody works it there is no owner, and people read "open shift".
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.approval import Approver
from bot.domain.intervals import Interval, subtract
from bot.domain.rules_swaps import Verdict

# From so long before the start on there is no time to ask one after another.
EMERGENCY = timedelta(hours=1)
# Nobody is asked for more covers than that in the time that a wave has, nor while as many wait to reach them.
MOST_ASKED = 3


class State(StrEnum):
    """Where a cover stands. Parts that are confirmed stay so, whatever becomes of the rest."""

    OPEN = "open"  # some of it is to be taken, or waits for approval
    COVERED = "covered"  # all of it is confirmed
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"  # the shift changed


class PartState(StrEnum):
    """Where a part that somebody took stands."""

    NEEDS_APPROVAL = "needs approval"
    CONFIRMED = "confirmed"
    DECLINED = "declined"  # by an approver
    WITHDRAWN = "withdrawn"  # by the taker or with the cover
    EXPIRED = "expired"  # with the cover
    UNDONE = "undone"
    SUPERSEDED = "superseded"  # with the cover, or by a new schedule


class NotOpen(Exception):
    """It is not in a state in which this can be done.

    ``taken_by`` are those who came first; ``left`` is what is still to be taken.
    """

    def __init__(
        self,
        state: State | PartState,
        taken_by: frozenset[UUID] = frozenset(),
        left: tuple[Interval, ...] = (),
    ) -> None:
        super().__init__(f"the cover is {state}")
        self.state, self.taken_by, self.left = state, taken_by, left


class NotYetExpired(Exception):
    """Its time is not over."""


class NotOffered(Exception):
    """What somebody would take is no part of the cover."""


class CoverOfOneself(Exception):
    """The owner works it anyway."""


@dataclass(frozen=True, slots=True)
class TakenPart:
    """What somebody took of a cover.

    ``proxy`` took it for them. ``settled_at``: when it was confirmed. ``undo_wanted_by`` agreed to undo it once
    regret was over. ``ended_by`` gave it up, withdrew or undid it.
    """

    id: UUID
    taker: UUID
    interval: Interval
    state: PartState
    proxy: UUID | None = None
    decided_by: UUID | None = None
    settled_at: datetime | None = None
    undo_wanted_by: UUID | None = None
    ended_by: UUID | None = None

    @property
    def is_held(self) -> bool:
        """Whether nobody else can take it: it waits for approval, or is confirmed."""
        return self.state in (PartState.NEEDS_APPROVAL, PartState.CONFIRMED)

    @property
    def is_kept(self) -> bool:
        """Whether it went back to stay: undone by more than the taker's regret, or lost to a new schedule."""
        regretted = self.ended_by == self.taker and self.undo_wanted_by is None
        return self.state is PartState.SUPERSEDED or (self.state is PartState.UNDONE and not regretted)


@dataclass(frozen=True, slots=True)
class Cover:
    """What decides what can become of a cover.

    ``owner`` works it and gives it away; None: nobody works it, it is an open shift. ``entered_by`` offered it for
    the owner or opened the shift; None: the owner did, or a file. ``parts`` are all that was ever taken.
    """

    owner: UUID | None
    interval: Interval
    expires_at: datetime
    state: State = State.OPEN
    parts: tuple[TakenPart, ...] = ()
    entered_by: UUID | None = None

    @property
    def open_parts(self) -> tuple[Interval, ...]:
        """What is still to be taken, in order; nothing once the cover is over."""
        if self.state is not State.OPEN:
            return ()
        return subtract(self.interval, (each.interval for each in self.parts if each.is_held or each.is_kept))

    @property
    def unsettled(self) -> tuple[Interval, ...]:
        """What is still to be taken or waits for approval, and so has to stay with the owner, in order."""
        if self.state is not State.OPEN:
            return ()
        settled = (each for each in self.parts if each.is_kept or each.state is PartState.CONFIRMED)
        return subtract(self.interval, (each.interval for each in settled))

    @property
    def giver(self) -> UUID | None:
        """Who may take it back: the owner or, of an open shift, who opened it; None: a file did."""
        return self.owner or self.entered_by

    def part(self, part_id: UUID) -> TakenPart:
        """Raises LookupError where the cover has no such part."""
        for each in self.parts:
            if each.id == part_id:
                return each
        raise LookupError(f"the cover has no part {part_id}")

    def parties(self, part: TakenPart) -> frozenset[UUID]:
        """Who gives and who takes a part."""
        return frozenset(each for each in (self.owner, part.taker) if each)

    def proxies(self, part: TakenPart) -> frozenset[UUID]:
        """Who did something for either of them; who opened a shift did that for nobody."""
        return frozenset(each for each in (self.entered_by if self.owner else None, part.proxy) if each)


@dataclass(frozen=True, slots=True)
class Take:
    """Somebody takes an interval of it, under a new id; ``proxy`` does it for them."""

    part: UUID
    by: UUID
    interval: Interval
    verdict: Verdict
    proxy: UUID | None = None


@dataclass(frozen=True, slots=True)
class Approve:
    """A part shall be so; nothing denies it."""

    part: UUID
    by: Approver
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ApproveAnyway:
    """A part shall be so although policy denies it, for a reason."""

    part: UUID
    by: Approver
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """A part shall not be, for a reason."""

    part: UUID
    by: Approver
    reason: str


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Who took a part wants it no more, before it is approved; ``proxy`` does it for them."""

    part: UUID
    by: UUID
    proxy: UUID | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The owner takes back what is not confirmed, for whom ``proxy`` may do it; or somebody an open shift."""

    by: UUID
    proxy: UUID | None = None


@dataclass(frozen=True, slots=True)
class Expire:
    """Nobody settled the rest of it in time."""


@dataclass(frozen=True, slots=True)
class Supersede:
    """The shift changed under what is not confirmed."""


@dataclass(frozen=True, slots=True)
class Replan:
    """A new schedule leaves no room for a confirmed part."""

    part: UUID


@dataclass(frozen=True, slots=True)
class Undo:
    """The giver or the taker of a confirmed part regrets it within ten minutes; the verdict is on handing back."""

    part: UUID
    by: UUID
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class AgreeToUndo:
    """Owner or taker want a confirmed part undone at any time; once both do it is."""

    part: UUID
    by: UUID
    verdict: Verdict


Event = (
    Take | Approve | ApproveAnyway | Refuse | GiveUp | Withdraw | Expire | Supersede | Replan | Undo | AgreeToUndo
)
