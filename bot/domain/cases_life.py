"""The life of a case: what each thing that happens makes of it, and what its events make of it one after another.

Nothing happens by itself: whoever replies to a new case says both, that there was a message and that it is open.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from bot.domain.cases import LIVE, By, CaseIsOver, Happening, Kind, Priority, State

# Of these there is no reason to refuse any, whatever has become of the case: they only note something beside it.
_BESIDE = frozenset(
    {Kind.NOTE, Kind.ESCALATION, Kind.PROMISE, Kind.STUCK, Kind.SATISFACTION, Kind.GONE, Kind.DEADLINE}
)
# Saying again what is so already is nothing that happened.
FIELDS = frozenset(
    {Kind.STATE, Kind.PRIORITY, Kind.QUEUE, Kind.OWNER, Kind.TIER, Kind.STUCK, Kind.SNOOZE, Kind.GONE}
)
# And these are not the case moving.
_STILL = frozenset({Kind.DEADLINE, Kind.STUCK, Kind.SNOOZE, Kind.SATISFACTION})
# Why a case is live again: the customer came back unless this is said.
MISTAKE = "mistake"
# Why it is not the department's turn any more.
AFTER_ANSWER, AFTER_CLOSING = "answered", "closed"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands, as far as that follows from what happened to it."""

    state: State
    priority: Priority
    tier: str | None
    queue_id: UUID | None
    owner_id: UUID | None
    opened_at: datetime
    changed_at: datetime
    waits_on_id: UUID | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    gone_at: datetime | None = None
    reopened: int = 0
    rerouted: int = 0
    stuck: str | None = None
    stuck_at: datetime | None = None
    snoozed_until: datetime | None = None
    satisfaction: str | None = None
    satisfied_at: datetime | None = None

    @property
    def over(self) -> bool:
        """Whether nothing can be done about it any more."""
        return self.state is State.CLOSED or self.gone_at is not None


def demand_possible(standing: Standing, happening: Happening, *, mirrored: bool) -> None:
    """Raises ``CaseIsOver`` where one of our people would do what cannot be done any more.

    What is closed here can be reopened here; what is closed in a helpdesk stays so.
    """
    if happening.by is not By.MEMBER or happening.kind in _BESIDE or not standing.over:
        return
    reopens = happening.kind is Kind.STATE and State(happening.data["state"]) in LIVE
    if mirrored or standing.gone_at or not reopens:
        raise CaseIsOver


def begun(data: dict[str, Any], at: datetime) -> Standing:
    """How a case stands that was opened with this."""
    standing = Standing(
        State.NEW,
        Priority(data["priority"]),
        data["tier"],
        _id(data["queue"]),
        _id(data["owner"]),
        opened_at=at,
        changed_at=at,
    )
    return _in_state(standing, {"state": data["state"]}, at)


def apply(standing: Standing, happening: Happening, at: datetime) -> Standing:
    """How it stands after something that happened at that time."""
    change = _CHANGES.get(happening.kind)
    changed = change(standing, happening.data, at) if change else standing
    return changed if happening.kind in _STILL else replace(changed, changed_at=max(standing.changed_at, at))


def replay(events: Iterable[tuple[datetime, Happening]]) -> Standing:
    """How it stands after all that has happened, in this order, the opening first."""
    (at, opened), *later = events
    standing = begun(opened.data, at)
    for at, happening in later:
        standing = apply(standing, happening, at)
    return standing


def is_change(before: Standing, after: Standing) -> bool:
    """Whether anything but the time of the last change differs."""
    return replace(before, changed_at=after.changed_at) != after


def differences(before: Standing, after: Standing) -> tuple[dict[str, Any], dict[str, Any]]:
    """What differs, before and after, as a document holds it; when it changed last is no difference."""
    names = [
        each.name
        for each in fields(Standing)
        if each.name != "changed_at" and getattr(before, each.name) != getattr(after, each.name)
    ]
    first, second = ({name: _plain(getattr(one, name)) for name in names} for one in (before, after))
    return first, second


def _in_state(standing: Standing, data: dict[str, Any], at: datetime) -> Standing:
    state = State(data["state"])
    live, was_live = state in LIVE, standing.state in LIVE
    back = live and not was_live and data.get("because") != MISTAKE
    moved = replace(
        standing,
        state=state,
        waits_on_id=_id(data.get("waits_on")) if state is State.ON_HOLD else None,
        solved_at=None if live else standing.solved_at or at,
        closed_at=(standing.closed_at or at) if state is State.CLOSED else None,
        reopened=standing.reopened + back,
    )
    return moved if live else replace(moved, stuck=None, stuck_at=None, snoozed_until=None)


def _in_queue(standing: Standing, data: dict[str, Any], _at: datetime) -> Standing:
    queue = _id(data["queue"])
    rerouted = standing.queue_id is not None and queue not in (None, standing.queue_id)
    return replace(standing, queue_id=queue, rerouted=standing.rerouted + rerouted)


def _owned(standing: Standing, data: dict[str, Any], _at: datetime) -> Standing:
    """Whoever has it now has put nothing off."""
    owner = _id(data["owner"])
    same = owner == standing.owner_id
    return replace(standing, owner_id=owner, snoozed_until=standing.snoozed_until if same else None)


def _stuck(standing: Standing, data: dict[str, Any], at: datetime) -> Standing:
    why = data["why"]
    return replace(standing, stuck=why, stuck_at=(standing.stuck_at or at) if why else None)


def _gone(standing: Standing, data: dict[str, Any], at: datetime) -> Standing:
    return replace(standing, gone_at=(standing.gone_at or at) if data.get("gone", True) else None)


def _snoozed(standing: Standing, data: dict[str, Any], _at: datetime) -> Standing:
    until = data["until"]
    return replace(standing, snoozed_until=datetime.fromisoformat(until) if until else None)


_CHANGES: dict[Kind, Callable[[Standing, dict[str, Any], datetime], Standing]] = {
    Kind.STATE: _in_state,
    Kind.PRIORITY: lambda standing, data, _: replace(standing, priority=Priority(data["priority"])),
    Kind.QUEUE: _in_queue,
    Kind.OWNER: _owned,
    Kind.TIER: lambda standing, data, _: replace(standing, tier=data["tier"]),
    Kind.STUCK: _stuck,
    Kind.SNOOZE: _snoozed,
    Kind.SATISFACTION: lambda standing, data, at: replace(
        standing, satisfaction=data["satisfaction"], satisfied_at=at if data["satisfaction"] else None
    ),
    Kind.GONE: _gone,
}


def _id(value: str | None) -> UUID | None:
    return UUID(value) if value else None


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return value.isoformat()
        case UUID():
            return str(value)
    return value
