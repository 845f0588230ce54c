"""What a swap is: where it can stand, what can happen to it, and why something cannot."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.approval import Approver
from bot.domain.rules_swaps import Verdict


class State(StrEnum):
    """Where a swap stands."""

    OPEN = "open"  # waits for a colleague
    ACCEPTED = "accepted"  # waits for the check that settles it
    NEEDS_APPROVAL = "needs approval"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"  # one of the shifts changed
    UNDONE = "undone"


PENDING = frozenset({State.OPEN, State.ACCEPTED, State.NEEDS_APPROVAL})


class SwapNotOpen(Exception):
    """It is not in a state in which this can be done; ``taken_by`` is whose acceptance came first."""

    def __init__(self, state: State, taken_by: UUID | None = None) -> None:
        super().__init__(f"the swap is {state}")
        self.state = state
        self.taken_by = taken_by


class SwapNotYetExpired(Exception):
    """Its time is not over."""


class SwapWithOneself(Exception):
    """The asker is among those asked."""


class NobodyAsked(Exception):
    """There is no colleague to answer."""


class NotAsked(Exception):
    """It was not this person who was asked."""


@dataclass(frozen=True, slots=True)
class Swap:
    """What decides what can become of a swap.

    ``asked``: the colleagues who may still answer. ``proxies``: who did something here for somebody else.
    ``settled_at``: when it was approved. ``undo_wanted_by``: who agreed to undo it once regret was over.
    """

    asker: UUID
    asked: frozenset[UUID]
    expires_at: datetime
    state: State = State.OPEN
    accepted_by: UUID | None = None
    proxies: frozenset[UUID] = frozenset()
    decided_by: UUID | None = None
    settled_at: datetime | None = None
    undo_wanted_by: frozenset[UUID] = frozenset()

    @property
    def parties(self) -> frozenset[UUID]:
        """The asker, and the colleague once there is one."""
        return frozenset(each for each in (self.asker, self.accepted_by) if each)


@dataclass(frozen=True, slots=True)
class Accept:
    """A colleague who was asked takes it; ``proxy`` did it for them."""

    by: UUID
    verdict: Verdict
    proxy: UUID | None = None


@dataclass(frozen=True, slots=True)
class Settle:
    """What was accepted is approved if no rule wants anybody to look at it, or waits for approval."""

    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Decline:
    """A colleague who was asked does not want it, or who accepted it no more; ``proxy`` did it for them."""

    by: UUID
    proxy: UUID | None = None


@dataclass(frozen=True, slots=True)
class Withdraw:
    """The asker takes it back; ``proxy`` did it for them."""

    by: UUID
    proxy: UUID | None = None


@dataclass(frozen=True, slots=True)
class Approve:
    """It shall be so; nothing denies it."""

    by: Approver
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ApproveAnyway:
    """It shall be so although policy denies it, for a reason."""

    by: Approver
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """It shall not be, for a reason."""

    by: Approver
    reason: str


@dataclass(frozen=True, slots=True)
class Expire:
    """Nobody settled it in time."""


@dataclass(frozen=True, slots=True)
class Supersede:
    """One of its shifts changed."""


@dataclass(frozen=True, slots=True)
class Replan:
    """A new schedule leaves no room for what was settled."""


@dataclass(frozen=True, slots=True)
class Undo:
    """A party regrets it within ten minutes; the verdict is on swapping back."""

    by: UUID
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class AgreeToUndo:
    """A party wants it undone at any time; once both do it is. The verdict is on swapping back."""

    by: UUID
    verdict: Verdict


Event = (
    Accept
    | Settle
    | Decline
    | Withdraw
    | Approve
    | ApproveAnyway
    | Refuse
    | Expire
    | Supersede
    | Replan
    | Undo
    | AgreeToUndo
)
