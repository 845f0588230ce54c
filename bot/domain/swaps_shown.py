"""A swap as people look at it: on cards, and in the form that proposes one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.intervals import Interval
from bot.domain.rules import Finding
from bot.domain.shifts import Somebody
from bot.domain.swaps import State
from bot.domain.swaps_review import Review


class Audience(StrEnum):
    """For whom a card is drawn."""

    ASKER = "asker"
    COLLEAGUE = "colleague"
    APPROVERS = "approvers"
    FLOOR = "floor"
    PROXY = "proxy"  # who acts, or may act, for one of the two


class News(StrEnum):
    """What has happened to a swap, to tell those whom it concerns."""

    ENTERED = "entered"  # by a proxy
    ACCEPTED = "accepted"  # and now waits for approval
    SETTLED = "settled"
    DECLINED = "declined"  # by the colleague
    REFUSED = "refused"  # by an approver
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    UNDO_WANTED = "undo wanted"  # by the other party
    UNDONE = "undone"


class Wrong(StrEnum):
    """What cannot be in a proposal, whatever the rules say."""

    GIVEN_NOT_YOURS = "given not yours"
    GIVEN_CHANGED = "given changed"  # since the form was opened
    GIVEN_BEGUN = "given begun"
    COLLEAGUE_UNKNOWN = "colleague unknown"
    COLLEAGUE_SELF = "colleague self"
    COLLEAGUE_ASKER = "colleague asker"  # for whom a proxy enters it
    COLLEAGUE_PROXY = "colleague proxy"  # who enters it for somebody else
    COLLEAGUE_LEFT = "colleague left"
    COLLEAGUE_IDLE = "colleague idle"  # has no shift ahead
    RETURNED_CHANGED = "returned changed"
    RETURNED_BEGUN = "returned begun"


@dataclass(frozen=True, slots=True)
class SwapShift:
    """One of the two shifts, by the assignment that is exchanged."""

    id: UUID
    interval: Interval
    queue: str | None


@dataclass(frozen=True, slots=True)
class SwapShown:
    """Everything that any card of a swap shows.

    ``given`` is the asker's shift, ``returned`` the colleague's. ``note`` is the asker's, ``answer`` the
    colleague's, ``reason`` the approver's. ``taken_by`` are the two whose
    swap took one of the shifts. ``undo_wanted_by`` agreed to undo it, and the other has not yet.
    ``entered_by`` proposed it for the asker, ``answered_by`` accepted it for the colleague; None: they did so
    themselves. ``ended_by`` withdrew, declined or undid it.
    """

    id: UUID
    number: int
    state: State
    asker: Somebody
    colleague: Somebody
    given: SwapShift
    returned: SwapShift
    review: Review
    proposed_at: datetime
    expires_at: datetime
    note: str | None = None
    answer: str | None = None
    reason: str | None = None
    accepted: bool = False
    decided_by: Somebody | None = None
    settled_at: datetime | None = None
    undo_wanted_by: UUID | None = None
    taken_by: tuple[Somebody, Somebody] | None = None
    entered_by: Somebody | None = None
    answered_by: Somebody | None = None
    ended_by: Somebody | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """From where somebody looks at a swap: what they read, and for which of the two they may act."""

    audience: Audience
    sides: frozenset[Audience] = frozenset()


@dataclass(frozen=True, slots=True)
class SwapList:
    """The swaps that wait for something, of the ``reader`` (``whose`` None) or of somebody else, by number."""

    whose: Somebody | None
    swaps: tuple[SwapShown, ...]
    reader: UUID | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A colleague's shift that cannot be given in return, and what denies it to the reader themselves."""

    shift: SwapShift
    finding: Finding


@dataclass(frozen=True, slots=True)
class SwapForm:
    """The form that proposes a swap, as far as it is filled in.

    ``shifts`` are the asker's own to choose from. ``legal`` are the colleague's that could be given in return;
    None: nothing can be looked for yet, because of what is ``wrong`` or not chosen. ``left_out`` are those that
    are not legal for the reader themselves; what stands in the way of others is not theirs to read. ``hints`` are
    said on top.
    """

    nonce: UUID
    shifts: tuple[SwapShift, ...]
    given: UUID | None = None
    colleague: str | None = None  # by their Slack account
    legal: tuple[SwapShift, ...] | None = None
    returned: UUID | None = None
    wrong: tuple[Wrong, ...] = ()
    hints: tuple[str, ...] = ()
    asker: str | None = None  # for whom it is entered, by their Slack account; None: the caller
    left_out: tuple[LeftOut, ...] = ()
