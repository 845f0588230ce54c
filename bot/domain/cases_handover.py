"""Cases of who is away: which of them cannot wait, and which go back when they return."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.cases import By, Kind
from bot.domain.intervals import Interval

# What the clock and the bot add says nothing of anybody's work; a deadline follows from other things.
_NOBODYS = frozenset({By.BOT, By.CLOCK})
_FOLLOWS = frozenset({Kind.DEADLINE, Kind.STUCK})
# Why a case has another owner: what an event says of one that was handed over, or given back.
ABSENCE = "absence"


@dataclass(frozen=True, slots=True)
class Done:
    """Something that happened to a case since it was handed over."""

    kind: Kind
    by: By


def is_at_risk(due_at: datetime | None, away: Interval, back_at: datetime, now: datetime) -> bool:
    """Whether a case is due while its owner is away, or before they are back at work.

    What is overdue when they go is at risk, too, once they are away.
    """
    if due_at is None or due_at >= back_at:
        return False
    return due_at >= away.start or away.start <= now


def holder(case_id: UUID, to_id: UUID, onward: Mapping[tuple[UUID, UUID], UUID]) -> UUID:
    """Who has a case that was handed over, if it was handed on because they are away as well.

    ``onward`` says of a case and who is away who has it meanwhile.
    """
    been = {to_id}
    while (following := onward.get((case_id, to_id))) and following not in been:
        to_id = following
        been.add(to_id)
    return to_id


def goes_back(since: Iterable[Done]) -> bool:
    """Whether it is theirs again who handed it over: nobody has done anything about it since."""
    return all(each.by in _NOBODYS or each.kind in _FOLLOWS for each in since)
