"""The matrix: which question goes to which department, how long each step may take, and how far up it goes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any
from uuid import UUID

from bot.domain.cases import Priority

_MINUTE = timedelta(minutes=1)


class Severity(IntEnum):
    """How bad it is that there is no answer: 1 is the worst."""

    CRITICAL = 1
    HIGH = 2
    NORMAL = 3
    LOW = 4

    @classmethod
    def of(cls, priority: Priority) -> "Severity":
        """What a case of this priority is asked with, unless somebody says otherwise."""
        return cls(len(Priority) - priority.rank)


class Rung(IntEnum):
    """Who hears of a question that stays without a word, one after the other."""

    CONTACT = 0  # of the department
    LEAD = 1  # of the department
    COORDINATOR = 2
    MANAGER = 3


@dataclass(frozen=True, slots=True)
class Times:
    """How long each step may take, in the department's own hours.

    ``own``: until somebody of it owns the question; ``answer``: until it is answered; ``step``: how long whoever
    has it may be silent before the next hears of it.
    """

    own: timedelta
    answer: timedelta
    step: timedelta


USUAL: Mapping[Severity, Times] = {
    Severity.CRITICAL: Times(timedelta(minutes=30), timedelta(hours=4), timedelta(hours=1)),
    Severity.HIGH: Times(timedelta(hours=1), timedelta(hours=8), timedelta(hours=2)),
    Severity.NORMAL: Times(timedelta(hours=4), timedelta(hours=16), timedelta(hours=4)),
    Severity.LOW: Times(timedelta(hours=8), timedelta(hours=40), timedelta(hours=8)),
}


@dataclass(frozen=True, slots=True)
class Row:
    """Cases like this go there: a category, severity or tier of None is any.

    ``contact_id`` is whom it is put to first; None: whoever of the department sees it. ``times`` None: as usual
    for the severity.
    """

    department_id: UUID
    category: str | None = None
    severity: Severity | None = None
    tier: str | None = None
    contact_id: UUID | None = None
    times: Times | None = None

    def fits(self, category: str | None, severity: Severity, tier: str | None) -> bool:
        """Whether it speaks of such a case; capitals do not count."""
        return (
            (self.category is None or _folded(self.category) == _folded(category))
            and self.severity in (None, severity)
            and (self.tier is None or _folded(self.tier) == _folded(tier))
        )

    @property
    def wants(self) -> tuple[str, Severity | None, str]:
        """What a case must have, by which two rows are the same line of the matrix."""
        return _folded(self.category), self.severity, _folded(self.tier)

    @property
    def closeness(self) -> tuple[bool, bool, bool]:
        """The more a row asks for, the sooner it counts: category before tier before severity."""
        return self.category is not None, self.tier is not None, self.severity is not None


@dataclass(frozen=True, slots=True)
class Route:
    """Where a question goes, and by when what is to happen. ``matrix_number`` None: by the usual matrix.

    ``step`` is how long, in the department's hours, each rung may be silent.
    """

    department_id: UUID
    contact_id: UUID | None
    own_by: datetime
    answer_by: datetime
    step: timedelta
    matrix_number: int | None


def pick(
    rows: Iterable[Row],
    category: str | None,
    severity: Severity,
    tier: str | None,
    department_id: UUID | None = None,
) -> Row | None:
    """The row that counts for such a case, of a certain department if it is chosen; the closest, then the first.

    A department that was chosen and has no row of its own is asked with the usual times.
    """
    there = [each for each in rows if department_id in (None, each.department_id)]
    fitting = [each for each in there if each.fits(category, severity, tier)]
    if fitting:
        return max(fitting, key=lambda each: each.closeness)
    return Row(department_id) if department_id else None


def usual_rows(departments: Mapping[UUID, str]) -> tuple[Row, ...]:
    """The matrix where nobody has made one: what is about a department, by name, goes there."""
    return tuple(Row(each, name) for each, name in departments.items())


def times_of(row: Row, severity: Severity) -> Times:
    """How long each step may take by this row."""
    return row.times or USUAL[severity]


def to_documents(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """As they are stored."""
    return [
        {
            "department": str(each.department_id),
            "category": each.category,
            "severity": each.severity,
            "tier": each.tier,
            "contact": str(each.contact_id) if each.contact_id else None,
            "minutes": _minutes(each.times) if each.times else None,
        }
        for each in rows
    ]


def from_documents(documents: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
    """What is stored."""
    return tuple(
        Row(
            UUID(each["department"]),
            each["category"],
            Severity(each["severity"]) if each["severity"] else None,
            each["tier"],
            UUID(each["contact"]) if each["contact"] else None,
            Times(*(minutes * _MINUTE for minutes in each["minutes"])) if each["minutes"] else None,
        )
        for each in documents
    )


def _minutes(times: Times) -> list[int]:
    return [each // _MINUTE for each in (times.own, times.answer, times.step)]


def _folded(text: str | None) -> str:
    return " ".join((text or "").split()).casefold()
