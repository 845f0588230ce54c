"""Editing the base by hand, one shift at a time: what an edit makes of it, and what is shown of that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from bot.domain.imports import Row
from bot.domain.intervals import EmptyInterval, Interval
from bot.domain.shifts import Somebody
from bot.domain.shifts_import import KnownShift, Move, PlannedShift, ShiftLine, ShiftPlan, clashes_of
from bot.domain.swaps_review import Review
from bot.domain.uploads import Preview
from bot.domain.wallclock import ONE_DAY, local_times
from bot.domain.when_dates import YEARS


class Way(StrEnum):
    """What can be done by hand."""

    ADD = "add"
    CHANGE = "change"
    SPLIT = "split"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Draft:
    """A shift as it is to be: ``owner`` None leaves it open; an end at or before the start is on the next day.

    The times are on the wall of the zone that it has already or, where it is new, of its owner's.
    """

    owner: UUID | None
    day: date
    start: time
    end: time
    queue: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Cut:
    """Two shifts are to be made of one, at this time on its wall."""

    at: time


@dataclass(frozen=True, slots=True)
class Removal:
    """It is not to be planned any more."""


Edit = Draft | Cut | Removal


class BadEdit(Exception):
    """What was asked for cannot be planned; the subclasses say why."""


class FarAway(BadEdit):
    """Nobody plans for a day of that year."""


class NothingChanged(BadEdit):
    """The shift is like that already."""


class SkippedByClocks(BadEdit):
    """Clocks in the zone skip all of the shift on that day."""

    def __init__(self, zone: str) -> None:
        super().__init__(f"{zone} skips it")
        self.zone = zone


class NotWithin(BadEdit):
    """A shift can only be split after its start and before its end."""

    def __init__(self, shift: PlannedShift) -> None:
        super().__init__("not within the shift")
        self.shift = shift


class OwnerHasLeft(BadEdit):
    """The owner wanted is not on the roster, or not in Slack, any more."""


class WorksThen(BadEdit):
    """The owner would be on two shifts at once; ``other`` is the one that they have."""

    def __init__(self, other: PlannedShift) -> None:
        super().__init__("two shifts at once")
        self.other = other


class Owner(NamedTuple):
    """Somebody whose shift it is, or may be."""

    id: UUID
    name: str
    email: str


class Work(NamedTuple):
    """Who works which part of a shift; nobody: it is open."""

    interval: Interval
    worker: Somebody | None


@dataclass(frozen=True, slots=True)
class Listing:
    """The shifts that start from the first to the last day, of whom (None: everybody's); and a page of them."""

    slack_id: str | None
    first: date
    last: date
    page: int = 0


@dataclass(frozen=True, slots=True)
class ShiftToEdit:
    """A shift of the base; ``worked`` says by whom, where that is not its owner from start to end.

    ``version`` is another one as soon as anything that is planned of it is.
    """

    id: UUID
    shift: PlannedShift
    owner: Somebody | None
    version: str
    worked: tuple[Work, ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftsToEdit:
    """The shifts that were asked for, in order; ``whose`` None: everybody's."""

    listing: Listing
    whose: Somebody | None
    shifts: tuple[ShiftToEdit, ...]

    def lists(self, draft: Draft) -> bool:
        """Whether what was drafted would be among them."""
        theirs = self.whose is None or self.whose.member_id == draft.owner
        return theirs and self.listing.first <= draft.day <= self.listing.last


@dataclass(frozen=True, slots=True)
class EditForm:
    """A form for one edit, opened from a list: of a ``shift`` or, to add one, of none.

    ``owner`` is whose it is, or is first proposed to be (None: nobody's); ``queues`` those that there are.
    """

    way: Way
    nonce: UUID
    listing: Listing
    shift: ShiftToEdit | None
    owner: Owner | None
    queues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an edit would do to the base and to what is in force on it, as the preview of a file says it.

    ``waiting`` are the requests that nobody has settled and that would end, as people call them: "swap 14".
    ``review`` says which rules it breaks for whom of ``people``. ``begun``: it is about work that has begun.
    ``digest`` is another one as soon as any of this is; numbers of rules do not count. ``names`` are those of whom
    the preview speaks, by e-mail address.
    """

    preview: Preview
    waiting: tuple[str, ...]
    review: Review
    people: Mapping[UUID, Somebody]
    begun: bool
    digest: str
    names: Mapping[str, Somebody] = field(default_factory=dict)


def planned(draft: Draft, email: str | None, zone: str) -> PlannedShift:
    """A draft as a file would have it; raises ``FarAway`` and ``SkippedByClocks``."""
    if draft.day.year not in YEARS:
        raise FarAway
    start, end = local_times(draft.day, draft.start, draft.end)
    shift = PlannedShift(email, start, end, zone, draft.queue, draft.note)
    try:
        _ = shift.interval
    except EmptyInterval:
        raise SkippedByClocks(zone) from None
    return shift


def put(known: KnownShift | None, after: PlannedShift, standing: Sequence[KnownShift]) -> ShiftPlan:
    """Has a shift of the base become another one or, where none is known, adds it.

    What stands on it ends with another owner. ``standing`` are the others of the base near it. Raises
    ``NothingChanged``.
    """
    if known and known.shift == after:
        raise NothingChanged
    line = _line(after)
    clashes = clashes_of(standing, [line])
    if known:
        return ShiftPlan((), (Move(known, line, after),), (), clashes, 0)
    return ShiftPlan((line,), (), (), clashes, 0)


def cut(known: KnownShift, at: time) -> ShiftPlan:
    """Has a shift end at a time on its wall, and another one of its owner begin there; raises ``NotWithin``."""
    shift = known.shift
    middle = datetime.combine(shift.start_local, at)
    middle = middle if middle > shift.start_local else middle + ONE_DAY
    first, second = replace(shift, end_local=middle), replace(shift, start_local=middle)
    try:
        _ = first.interval, second.interval
    except EmptyInterval:
        raise NotWithin(shift) from None
    return ShiftPlan((_line(second),), (Move(known, _line(first), first),), (), (), 0)


def remove(known: KnownShift) -> ShiftPlan:
    """Takes a shift out of the base."""
    return ShiftPlan((), (), (known,), (), 0)


def _line(shift: PlannedShift) -> ShiftLine:
    """As if a file had said all of it."""
    return ShiftLine(Row("", 0, {"queue": shift.queue or "", "note": shift.note or ""}), shift)
