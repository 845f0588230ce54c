"""The audit as people read it: who did what, when, and what was there before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.shifts import ShiftChange, Somebody


@dataclass(frozen=True, slots=True)
class Topic:
    """What an audit is about: a numbered thing (swap 14), a person, or, with neither, the latest changes."""

    kind: str | None = None
    number: int | None = None
    person: Somebody | None = None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One thing that was done.

    ``actor`` None: no member of the roster, and ``actor_kind`` says who else. ``subject`` is the member that it
    was done to, None for what is no member or is gone, and ``subject_id`` the id of what it was done to, whatever
    that is; ``whom`` is the one for whom it was done by a proxy. Of an import, ``shifts`` is how many planned
    shifts of the person ``whose`` audit it is were changed, and ``edited`` what was done to each by hand.
    """

    at: datetime
    actor_kind: str
    actor: Somebody | None
    action: str
    subject_kind: str
    number: int | None
    subject: Somebody | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    whom: Somebody | None = None
    whose: Somebody | None = None
    shifts: int = 0
    edited: tuple[ShiftChange, ...] = ()
    subject_id: str | None = None


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of an audit, oldest line first; page 0 is the newest.

    ``first`` is the place of the first line among all, from 1; ``names`` are those of teams, queues, departments
    and members by id.
    """

    topic: Topic
    lines: tuple[AuditLine, ...]
    page: int
    first: int
    total: int
    names: Mapping[str, str]

    @property
    def has_earlier(self) -> bool:
        """Whether older lines precede it."""
        return self.first > 1

    @property
    def has_later(self) -> bool:
        """Whether newer lines follow it."""
        return self.page > 0
