"""Which cases a list shows, and what it says of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.cases import Priority, State
from bot.domain.cases_aging import Age, Aging
from bot.domain.shifts import Somebody

PAGE = 10  # cases
ROWS = 15  # owners on a page of the aging report
OLDEST = 10


class By(StrEnum):
    """By what cases are found."""

    OWNER = "owner"  # of: a member, None: nobody's
    QUEUE = "queue"  # of: a queue, None: in none
    AGE = "age"  # the age alone
    DEPARTMENT = "department"  # of: the department that they wait for


@dataclass(frozen=True, slots=True)
class Scope:
    """The live cases of an owner, in a queue, of an age or that wait for a department; the first due first.

    With an age the oldest are first.
    """

    by: By
    of: UUID | None = None
    age: Age | None = None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case in a list."""

    id: UUID
    number: int
    title: str
    customer: str | None
    state: State
    priority: Priority
    owner: Somebody | None
    queue: str | None
    waits_on: str | None
    opened_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of a list: ``total`` cases in all, ``late`` of them overdue; ``name`` is whose or what's they are.

    ``suggested`` is, of a case that is in no queue, the queue in which it belongs by a rule, and the rule's name.
    """

    scope: Scope
    name: str | None
    own: bool
    page: int
    total: int
    late: int
    lines: tuple[CaseLine, ...]
    at: datetime
    suggested: Mapping[UUID, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class QueueLine:
    """How many live cases are in a queue (``id`` None: in none), and how many of them are overdue or nobody's."""

    id: UUID | None
    name: str | None
    total: int
    late: int
    unowned: int


@dataclass(frozen=True, slots=True)
class AgingShown:
    """The aging report as people look at it: a page of its owners, with names by id."""

    aging: Aging
    page: int
    people: Mapping[UUID, Somebody]
    departments: Mapping[UUID, str]
    oldest: tuple[CaseLine, ...]
    at: datetime
