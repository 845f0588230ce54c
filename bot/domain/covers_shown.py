"""A cover as people look at it: on cards, in lists, and in the forms that offer it or take a part of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.coverage_effect import Summary
from bot.domain.covers import PartState, State
from bot.domain.intervals import Interval
from bot.domain.ranking import Place
from bot.domain.shifts import Somebody
from bot.domain.swaps_review import Review
from bot.domain.swaps_shown import SwapShift

_ASKED = "asked:"


class Audience(StrEnum):
    """For whom a card is drawn. Whoever is asked or took a part has a card of their own: see ``asked``."""

    OWNER = "owner"
    PROXY = "proxy"  # who offered it for the owner, or opened the shift
    APPROVERS = "approvers"
    FLOOR = "floor"
    LEAD = "lead"  # of the owner's team, once there is no time left; where there is none, the coordinators


def asked(member_id: UUID) -> str:
    """The audience that one of those is who were asked or took a part."""
    return f"{_ASKED}{member_id}"


def member_asked(audience: str) -> UUID | None:
    """Who that is; None for any other audience."""
    return UUID(audience.removeprefix(_ASKED)) if audience.startswith(_ASKED) else None


class News(StrEnum):
    """What has happened to a cover, or to a part of it, to tell those whom it concerns."""

    ENTERED = "entered"  # offered for the owner by a proxy
    TAKEN = "taken"  # a part, which now waits for approval
    TAKEN_FOR = "taken for"  # a part, for the taker by a proxy
    CONFIRMED = "confirmed"  # a part
    REFUSED = "refused"  # a part, by an approver
    GIVEN_UP = "given up"  # a part that waited for approval, by its taker
    NOBODY_LEFT = "nobody left"  # everybody who can was asked, and some is still open
    EMERGENCY = "emergency"  # it begins within the hour, and some is still open
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"
    UNDO_WANTED = "undo wanted"  # of a part, by the other party
    UNDONE = "undone"  # a part
    OPEN_AGAIN = "open again"  # a part, for those who were asked before


class Wrong(StrEnum):
    """What cannot be in an offer or a take, whatever the rules say."""

    SHIFT_NOT_THEIRS = "shift not theirs"
    SHIFT_CHANGED = "shift changed"  # since the form was opened
    SHIFT_BEGUN = "shift begun"
    OUTSIDE_SHIFT = "outside shift"  # from or until
    NO_LENGTH = "no length"
    TOO_SHORT = "too short"
    OFFERED_ALREADY = "offered already"
    UNKNOWN_QUEUE = "unknown queue"  # of shifts to open
    TOO_MANY = "too many"  # shifts to open at once
    TOO_LONG = "too long"  # for one shift


@dataclass(frozen=True, slots=True)
class PartShown:
    """A part that somebody took. ``place`` is why they were asked; None: they were not."""

    id: UUID
    taker: Somebody
    interval: Interval
    state: PartState
    review: Review
    taken_at: datetime
    settled_at: datetime | None = None
    place: Place | None = None
    decided_by: Somebody | None = None
    reason: str | None = None
    entered_by: Somebody | None = None
    ended_by: Somebody | None = None
    undo_wanted_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class OfferShown:
    """Somebody who was asked. ``answer`` is True where they said that they cannot."""

    member: Somebody
    wave: int
    place: Place
    asked_at: datetime
    cannot: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CoverShown:
    """Everything that any card of a cover shows; ``owner`` None: an open shift.

    ``open_parts`` is what is still to be taken. ``next_wave_at`` None: nobody is left to be asked. ``effect`` is
    what it does to coverage if they are taken, where that is looked up.
    """

    id: UUID
    number: int
    state: State
    owner: Somebody | None
    interval: Interval
    shift: Interval
    queue: str | None
    open_parts: tuple[Interval, ...]
    parts: tuple[PartShown, ...]
    asked: tuple[OfferShown, ...]
    opened_at: datetime
    expires_at: datetime
    next_wave_at: datetime | None
    note: str | None = None
    entered_by: Somebody | None = None
    ended_by: Somebody | None = None
    effect: tuple[Summary, ...] = ()

    @property
    def held(self) -> tuple[PartShown, ...]:
        """The parts that wait for approval or are confirmed."""
        return tuple(each for each in self.parts if each.state in (PartState.NEEDS_APPROVAL, PartState.CONFIRMED))


@dataclass(frozen=True, slots=True)
class Seat:
    """From where somebody looks at a cover.

    ``reader`` None: a channel. ``may_take``: the rules and their role let them. ``acts_for_owner``: they are the
    owner, or may act for them. ``decides``: the parts that they may decide. ``may_give``: they, or whoever reads
    the channel, may take a part for somebody else.
    """

    reader: Somebody | None
    may_take: bool = False
    acts_for_owner: bool = False
    decides: frozenset[UUID] = frozenset()
    may_give: bool = False


@dataclass(frozen=True, slots=True)
class Meant:
    """What taking something would mean for the taker; ``waits``: it is settled only once somebody approves it."""

    review: Review
    waits: bool


@dataclass(frozen=True, slots=True)
class CoverList:
    """What ``/cover list`` shows: the reader's own covers, those offered to them, open shifts they could take.

    ``floor`` is for who decides or leads: all others that are open there.
    """

    own: tuple[CoverShown, ...]
    offered: tuple[CoverShown, ...]
    open_shifts: tuple[CoverShown, ...]
    floor: tuple[CoverShown, ...] = ()


@dataclass(frozen=True, slots=True)
class CoverForm:
    """The form that offers a shift, as far as it is filled in.

    ``shifts`` are the owner's ahead, to choose from; ``chosen`` is one of them, by its assignment. ``start``
    and ``end`` are what was typed of it; None: as the shift. ``owner`` is for whom it is offered, by their Slack
    account; None: the caller. ``least`` is the shortest part of a shift that can be offered, in minutes.
    """

    nonce: UUID
    shifts: tuple[SwapShift, ...]
    chosen: UUID | None = None
    start: datetime | None = None
    end: datetime | None = None
    owner: str | None = None
    least: int = 60
