"""A case: what state it can be in, and what can happen to it.

What happened is a list that is only added to; state, owner and clocks follow from it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class State(StrEnum):
    """Where a case stands, in the words that helpdesks share."""

    NEW = "new"  # nobody has replied yet
    OPEN = "open"  # it is the team's turn
    PENDING = "pending"  # it waits for the customer
    ON_HOLD = "on hold"  # it waits for somebody of ours
    SOLVED = "solved"  # and the customer may come back to it
    CLOSED = "closed"


LIVE = frozenset({State.NEW, State.OPEN, State.PENDING, State.ON_HOLD})


class Priority(StrEnum):
    """How soon something must be done."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """The higher, the more urgent."""
        return list(Priority).index(self)


class By(StrEnum):
    """Whose doing something was."""

    CUSTOMER = "customer"
    MEMBER = "member"
    BOT = "bot"  # an automatic answer, of ours or of the helpdesk
    CLOCK = "clock"  # the time of something was over
    HELPDESK = "helpdesk"  # read there, and not known to be one of our people


class Kind(StrEnum):
    """What can happen, each with what its data holds; besides, the number of the import that said it."""

    # State, priority, queue, owner, tier, by id or name as they are stored; replied, where the team had then.
    OPENED = "opened"
    STATE = "state"  # state; on hold: waits_on, the department's id; because: if not of itself
    PRIORITY = "priority"  # priority
    QUEUE = "queue"  # queue, its id or None; if somebody rerouted it, reason: misroute or other; rule: whose fault
    OWNER = "owner"  # owner, the member's id or None; because: of what, if not of somebody's own will
    TIER = "tier"  # tier
    RECORD = "record"  # the names of the other fields that were changed: title, customer, tags …
    # Between customer and team: by says whose; the words are not kept. Void: the time of one that was none.
    MESSAGE = "message"
    NOTE = "note"  # an internal one, with the note, or without where the helpdesk has it
    SNOOZE = "snooze"  # until
    WORKING = "working"  # the owner says that they are at it
    ESCALATION = "escalation"  # escalation, its id, and what became of it; with the note, if there is one
    PROMISE = "promise"  # promise, its id, and what became of it
    STUCK = "stuck"  # why, or None when it moves again
    SATISFACTION = "satisfaction"  # satisfaction
    GONE = "gone"  # deleted in the helpdesk, or given back by it (gone: false)
    DEADLINE = "deadline"  # metric, due_at, or None: what the helpdesk says of a clock


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens to a case. ``external_id`` is its id in the helpdesk, by which it happens once."""

    kind: Kind
    data: dict[str, Any] = field(default_factory=dict)
    by: By = By.MEMBER
    member_id: UUID | None = None
    at: datetime | None = None  # None: now
    note_id: UUID | None = None
    external_id: str | None = None


class UnknownCase(Exception):
    """There is no case of this number, or it is none of the reader's."""


class CaseIsOver(Exception):
    """It is closed, or gone from the helpdesk: nothing can be done about it any more."""
