"""The matrix and its versions as people look at them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.matrix import Row
from bot.domain.matrix_change import Difference, State
from bot.domain.shifts import Somebody


@dataclass(frozen=True, slots=True)
class Names:
    """What the ids of rows are called."""

    departments: Mapping[UUID, str]
    people: Mapping[UUID, Somebody]


@dataclass(frozen=True, slots=True)
class VersionShown:
    """A version: what it changes of what was in force when it was proposed, why, and who decided."""

    id: UUID
    number: int
    state: State
    restores: int | None
    differences: tuple[Difference, ...]
    names: Names
    proposed_by: Somebody | None
    proposed_at: datetime
    reason: str | None
    decided_by: Somebody | None
    decided_at: datetime | None
    decision: str | None


@dataclass(frozen=True, slots=True)
class MatrixShown:
    """The rows that hold, ``number`` None: the usual ones; the version that waits, and those that held before."""

    rows: tuple[Row, ...]
    number: int | None
    names: Names
    waiting: VersionShown | None
    earlier: tuple[VersionShown, ...]
    me: UUID | None


@dataclass(frozen=True, slots=True)
class RowChoices:
    """What a row can be made of: departments, and who is of them; ``row`` is the one to be changed."""

    row: Row | None
    names: Names
    contacts: Mapping[UUID, tuple[Somebody, ...]]
