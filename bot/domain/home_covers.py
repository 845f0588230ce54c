"""Covers as they stand on somebody's Home."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.approval import REGRET
from bot.domain.covers import PartState, State
from bot.domain.covers_shown import CoverShown, PartShown, Seat
from bot.domain.shifts import Somebody


@dataclass(frozen=True, slots=True)
class CoverSeen:
    """A cover, and from where the reader looks at it."""

    cover: CoverShown
    seat: Seat


@dataclass(frozen=True, slots=True)
class PartToDecide:
    """A part that waits for the reader's decision, and the cover that it is of."""

    cover: CoverShown
    part: PartShown


@dataclass(frozen=True, slots=True)
class OpenShifts:
    """The first of the open shifts that the reader could take and was not asked for, and how many there are."""

    first: tuple[CoverShown, ...] = ()
    total: int = 0


def waits_for(reader: Somebody, seen: CoverSeen, now: datetime) -> bool:
    """Whether the reader has to say something: to take it or not, or to agree to undo what is still ahead."""
    cover = seen.cover
    holds = any(each.taker.member_id == reader.member_id for each in cover.held)
    asked = any(each.member.member_id == reader.member_id and not each.cannot for each in cover.asked)
    if cover.open_parts and seen.seat.may_take and asked and not holds:
        return True
    wanted = (each for each in _theirs(reader, cover) if _wants_undo(each, now))
    return any(each.undo_wanted_by != reader.member_id for each in wanted)


def is_request(reader: Somebody, seen: CoverSeen, now: datetime) -> bool:
    """Whether the reader is to be shown where it stands.

    It is open and theirs, or they opened it; or a part that they gave or took waits for others, or is settled and
    can be undone.
    """
    cover = seen.cover
    if waits_for(reader, seen, now):
        return False
    gives = any(each and each.member_id == reader.member_id for each in (cover.owner, cover.entered_by))
    if gives and cover.state is State.OPEN:
        return True
    return any(_may_change(each, now) for each in _theirs(reader, cover))


def _theirs(reader: Somebody, cover: CoverShown) -> list[PartShown]:
    """The parts that somebody gave or took."""
    giver = cover.owner or cover.entered_by
    gives = giver is not None and giver.member_id == reader.member_id
    return [each for each in cover.held if gives or each.taker.member_id == reader.member_id]


def _may_change(part: PartShown, now: datetime) -> bool:
    if part.state is PartState.NEEDS_APPROVAL:
        return True
    recently = part.settled_at is not None and now < part.settled_at + REGRET
    return recently or _wants_undo(part, now)


def _wants_undo(part: PartShown, now: datetime) -> bool:
    return part.state is PartState.CONFIRMED and part.undo_wanted_by is not None and now < part.interval.start
