"""How old the open cases are and whose: a table whose sums agree whichever way they are added up."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from uuid import UUID


class Age(IntEnum):
    """How long ago a case was opened, in steps that people speak of."""

    DAY = 0  # less than one
    DAYS = 1  # one to three
    WEEK = 2  # three to seven
    WEEKS = 3  # one to two
    MONTH = 4  # two weeks to thirty days
    OLDER = 5


# From how much on a case is of the next age.
_STEPS = tuple(timedelta(days=each) for each in (1, 3, 7, 14, 30))


def opened_within(age: Age, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Cases of this age were opened after the first of these and up to the second; None: any time."""
    after = now - _STEPS[age] if age < len(_STEPS) else None
    until = now - _STEPS[age - 1] if age else None
    return after, until


@dataclass(frozen=True, slots=True)
class Counted:
    """So many live cases of an owner (None: nobody), of an age, that wait for a department (None: for none)."""

    owner_id: UUID | None
    waits_on_id: UUID | None
    age: Age
    number: int


@dataclass(frozen=True, slots=True)
class Row:
    """What somebody has, or nobody (``of`` None), or what waits for a department."""

    of: UUID | None
    by_age: Mapping[Age, int]

    @property
    def total(self) -> int:
        """All of it."""
        return sum(self.by_age.values())


@dataclass(frozen=True, slots=True)
class Aging:
    """The report: age × owner, who has the most of the oldest first, and what waits for departments."""

    total: Row
    owners: tuple[Row, ...]
    departments: tuple[Row, ...]


def aging(counted: Iterable[Counted]) -> Aging:
    """The table of what was counted."""
    rows = list(counted)
    return Aging(
        _row(None, rows),
        _rows(rows, "owner_id"),
        _rows([each for each in rows if each.waits_on_id], "waits_on_id"),
    )


def _rows(counted: Iterable[Counted], by: str) -> tuple[Row, ...]:
    grouped: dict[UUID | None, list[Counted]] = {}
    for each in counted:
        grouped.setdefault(getattr(each, by), []).append(each)
    found = [_row(of, rows) for of, rows in grouped.items()]
    return tuple(sorted(found, key=lambda each: [-each.by_age[age] for age in reversed(Age)] + [str(each.of)]))


def _row(of: UUID | None, counted: Iterable[Counted]) -> Row:
    by_age: Counter[Age] = Counter()
    for each in counted:
        by_age[each.age] += each.number
    return Row(of, {age: by_age[age] for age in Age})
