"""Changing the matrix: one person proposes a version and says why, a second one decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot.domain.matrix import Row

MOST_ROWS = 200


class State(StrEnum):
    """What can become of a version of the matrix."""

    PROPOSED = "proposed"
    IN_FORCE = "in force"
    REPLACED = "replaced"  # it was in force
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # whoever proposed it took it back, or proposed another one


class Proposed(Exception):
    """Somebody else has proposed a version that is not decided yet: ``number``."""

    def __init__(self, number: int) -> None:
        super().__init__(f"version {number} is not decided yet")
        self.number = number


class NotProposed(Exception):
    """The version is decided, or taken back."""


class OwnVersion(Exception):
    """Nobody approves what they proposed."""


class ReasonMissing(Exception):
    """A change says why."""


class NothingChanged(Exception):
    """It would be as it is."""


class TooManyRows(Exception):
    """There are more than ``MOST_ROWS``."""


class NoSuchRow(Exception):
    """It is not there any more."""


def put(rows: Sequence[Row], row: Row, instead_of: Row | None = None) -> tuple[Row, ...]:
    """The rows with this one, which takes the place of the one that speaks of the same, or of ``instead_of``.

    Raises ``NoSuchRow``, ``NothingChanged`` and ``TooManyRows``.
    """
    if instead_of is not None and instead_of not in rows:
        raise NoSuchRow
    if row in rows:
        raise NothingChanged
    same = [each for each in rows if each == instead_of or each.wants == row.wants]
    changed = tuple(row if each == same[0] else each for each in rows if each not in same[1:]) if same else None
    after = changed or (*rows, row)
    if len(after) > MOST_ROWS:
        raise TooManyRows
    return after


def without(rows: Sequence[Row], row: Row) -> tuple[Row, ...]:
    """The rows but this one. Raises ``NoSuchRow``."""
    if row not in rows:
        raise NoSuchRow
    return tuple(each for each in rows if each != row)


@dataclass(frozen=True, slots=True)
class Difference:
    """One line of a change: what was there (None: nothing), and what is to be (None: nothing)."""

    before: Row | None
    after: Row | None


def differences(before: Sequence[Row], after: Sequence[Row]) -> tuple[Difference, ...]:
    """What a version changes, line by line."""
    old = {each.wants: each for each in before}
    new = {each.wants: each for each in after}
    return tuple(
        Difference(old.get(wants), new.get(wants))
        for wants in dict.fromkeys((*old, *new))
        if old.get(wants) != new.get(wants)
    )


def propose(
    rows: Sequence[Row], in_force: Sequence[Row], reason: str, by: UUID, waiting: tuple[int, UUID | None] | None
) -> None:
    """Lets somebody propose a version. ``waiting``: the number and the author of one that is not decided.

    Raises ``ReasonMissing``, ``NothingChanged``, ``TooManyRows`` and ``Proposed``.
    """
    if not reason.strip():
        raise ReasonMissing
    if tuple(rows) == tuple(in_force):
        raise NothingChanged
    if len(rows) > MOST_ROWS:
        raise TooManyRows
    if waiting and waiting[1] != by:
        raise Proposed(waiting[0])


def decide(state: State, proposed_by: UUID | None, by: UUID) -> None:
    """Lets a second person decide. Raises ``NotProposed`` and ``OwnVersion``."""
    if state is not State.PROPOSED:
        raise NotProposed
    if by == proposed_by:
        raise OwnVersion
