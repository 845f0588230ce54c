"""Tells of the settled swaps that an import of shifts, or its undoing, has moved, ended or put in force again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bot.actions.cards import Cards, Facts
from bot.actions.record import record
from bot.actions.swaps_cards import load_swap, reply, show
from bot.actions.swaps_turn import PARTIES
from bot.deps import Deps
from bot.domain.imports_swaps import Why
from bot.domain.imports_told import Outcome, Slot, SlotChange
from bot.domain.intervals import Interval
from bot.domain.permissions import Actor
from bot.domain.swaps import State
from bot.domain.swaps_shown import Audience, SwapShown
from bot.views.blocks import Message
from bot.views.formats import Formats
from bot.views.imports_told import swap_rescheduled
from storage.db import WorkspaceSession
from storage.imports_swaps import Exchanged
from storage.shifts import assignments_of
from storage.swaps import queue_of
from storage.tables import Assignment, Import, Member

CARD = "swap.rescheduled"


@dataclass(frozen=True, slots=True)
class Glance:
    """Swaps at one moment: the state of each, and their shifts, if planned, as they are worked."""

    states: Mapping[UUID, str]
    slots: Mapping[UUID, Slot]

    def changes(self, each: Exchanged, now: "Glance") -> list[SlotChange]:
        """The two shifts of a swap then and now."""
        return [SlotChange(self.slots.get(shift), now.slots.get(shift)) for shift in (each.given, each.returned)]

    def outcome(self, each: Exchanged) -> Outcome:
        """What has become of a swap since."""
        if each.swap.state == self.states[each.swap.id]:
            return Outcome.HOLDS
        return Outcome.RESTORED if each.swap.state == State.APPROVED else Outcome.ENDED


def glance(session: WorkspaceSession, swaps: Iterable[Exchanged]) -> Glance:
    """The swaps as they are now."""
    every = list(swaps)
    standing = assignments_of(session, {shift for each in every for shift in (each.given, each.returned)})
    return Glance(
        {each.swap.id: each.swap.state for each in every}, {row.shift_id: _slot(session, row) for row in standing}
    )


def tell_parties(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    entry: Import,
    swaps: Iterable[Exchanged],
    before: Glance,
    reasons: Mapping[UUID, Why],
) -> set[UUID]:
    """Records and tells what has become of the swaps since; the shifts that were told of.

    ``reasons`` say why some have ended. The two are told, and where a swap ends or is in force again the
    coordinators and the floor as well. What is over by now is nobody's news.
    """
    every = list(swaps)
    now, told = glance(session, every), set[UUID]()
    for each in every:
        outcome, changes = before.outcome(each), before.changes(each, now)
        if outcome is Outcome.HOLDS and all(change.before == change.after for change in changes):
            continue
        _record(session, deps, actor, each, outcome, before)
        told |= {each.given, each.returned}
        show(session, deps, each.swap)
        if any(slot.interval.end > deps.clock() for change in changes for slot in change if slot):
            _say(session, deps, entry, each, outcome, reasons.get(each.swap.id), changes)
    return told


def register_cards(cards: Cards) -> None:
    """The card of this module."""
    cards.register(CARD, load_swap, _draw)


def _record(
    session: WorkspaceSession, deps: Deps, actor: Actor, each: Exchanged, outcome: Outcome, before: Glance
) -> None:
    row = each.swap
    record(
        session,
        deps,
        actor,
        "swap.move"
        if outcome is Outcome.HOLDS
        else "swap.supersede"
        if outcome is Outcome.ENDED
        else "swap.restore",
        ("swap", row.id),
        {"state": before.states[row.id]},
        {"state": row.state},
        row.number,
    )


def _say(
    session: WorkspaceSession,
    deps: Deps,
    entry: Import,
    each: Exchanged,
    outcome: Outcome,
    why: Why | None,
    changes: Iterable[SlotChange],
) -> None:
    said = [[_said(slot) for slot in change] for change in changes]
    facts = {"outcome": outcome, "why": why, "shifts": said}
    others = () if outcome is Outcome.HOLDS else (Audience.APPROVERS, Audience.FLOOR)
    for audience in (*PARTIES, *others):
        name = f"{entry.kind} {entry.number} {'undone' if entry.undone_at else 'done'}"
        reply(session, deps, each.swap, audience, CARD, name, facts)


def _draw(shown: SwapShown, audience: str, formats: Formats, facts: Facts) -> Message:
    why = Why(facts["why"]) if facts["why"] else None
    changes = [SlotChange(*map(_read, change)) for change in facts["shifts"]]
    return swap_rescheduled(shown.number, Outcome(facts["outcome"]), why, changes, Audience(audience), formats)


def _slot(session: WorkspaceSession, row: Assignment) -> Slot:
    queue = queue_of(session, row)
    worker = session.get(Member, (session.workspace_id, row.member_id)) if row.member_id else None
    return Slot(Interval(row.start, row.end), queue.name if queue else None, worker.slack_id if worker else None)


def _said(slot: Slot | None) -> list[str | None] | None:
    if slot is None:
        return None
    return [slot.interval.start.isoformat(), slot.interval.end.isoformat(), slot.queue, slot.worker]


def _read(said: list[Any] | None) -> Slot | None:
    if said is None:
        return None
    start, end, queue, worker = said
    return Slot(Interval(datetime.fromisoformat(start), datetime.fromisoformat(end)), queue, worker)
