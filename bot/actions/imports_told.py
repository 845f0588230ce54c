"""Tells of what was settled and an import of shifts, or its undoing, has moved, ended or put in force again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import chain
from typing import Any
from uuid import UUID

from bot.actions import covers_tell
from bot.actions.cards import Cards, Facts
from bot.actions.covers_cards import load_cover
from bot.actions.covers_turn import Turn as CoverTurn
from bot.actions.imports_glance import Glance, glance
from bot.actions.record import record
from bot.actions.swaps_cards import load_swap, reply, show
from bot.actions.swaps_turn import PARTIES
from bot.deps import Deps
from bot.domain.covers_shown import Audience as CoverAudience
from bot.domain.covers_shown import CoverShown, asked
from bot.domain.imports_standing import Kind, Why
from bot.domain.imports_told import Outcome, Slot, SlotChange
from bot.domain.intervals import Interval
from bot.domain.permissions import Actor
from bot.domain.swaps_shown import Audience, SwapShown
from bot.views.blocks import Message
from bot.views.formats import Formats
from bot.views.imports_told import rescheduled
from storage.db import WorkspaceSession
from storage.imports_standing import Exchanged, Swapped, Taken
from storage.tables import Import

SWAP_CARD, COVER_CARD = "swap.rescheduled", "cover.rescheduled"
_SWAP_DEEDS = {
    Outcome.HOLDS: "swap.move",
    Outcome.ENDED: "swap.supersede",
    Outcome.RESTORED: "swap.restore",
}
_COVER_DEEDS = {
    Outcome.HOLDS: "cover.move",
    Outcome.ENDED: "cover.end_part",
    Outcome.RESTORED: "cover.restore_part",
}


def tell_parties(
    session: WorkspaceSession,
    deps: Deps,
    actor: Actor,
    entry: Import,
    exchanges: Iterable[Exchanged],
    before: Glance,
    reasons: Mapping[UUID, Why],
) -> set[UUID]:
    """Records and tells what has become of swaps and covers since; the shifts of which all was told.

    ``reasons`` say why some have ended. The two are told, and where something ends or is in force again the
    coordinators and the floor as well. What is over by now is nobody's news.
    """
    every = list(exchanges)
    now, told = glance(session, every), set[UUID]()
    for each in every:
        outcome, changes = before.outcome(each, now), list(chain(*before.changes(each, now)))
        if outcome is Outcome.HOLDS and all(change.before == change.after for change in changes):
            continue
        _record(session, deps, actor, each, outcome, before)
        told |= before.whole_shifts(each, now)
        name = f"{entry.kind} {entry.number} {'undone' if entry.undone_at else 'done'}"
        facts = {"outcome": outcome, "why": reasons.get(each.row.id), "shifts": [*map(_said_of, changes)]}
        is_news = any(slot.interval.end > deps.clock() for change in changes for slot in change if slot)
        if isinstance(each, Swapped):
            _tell_of_swap(session, deps, each, name, facts if is_news else None)
        else:
            _tell_of_part(
                CoverTurn.of(session, deps, actor, each.cover.id), each, name, facts if is_news else None
            )
    return told


def register_cards(cards: Cards) -> None:
    """The cards of this module."""
    cards.register(SWAP_CARD, load_swap, _draw_swap)
    cards.register(COVER_CARD, load_cover, _draw_cover)


def _record(
    session: WorkspaceSession, deps: Deps, actor: Actor, each: Exchanged, outcome: Outcome, before: Glance
) -> None:
    states = {"state": before.states[each.row.id]}, {"state": each.row.state}
    if isinstance(each, Swapped):
        record(session, deps, actor, _SWAP_DEEDS[outcome], ("swap", each.row.id), *states, each.number)
    else:
        record(session, deps, actor, _COVER_DEEDS[outcome], ("cover", each.cover.id), *states, each.number)


def _tell_of_swap(session: WorkspaceSession, deps: Deps, swap: Swapped, name: str, facts: Facts | None) -> None:
    show(session, deps, swap.row)
    if facts:
        channels = () if facts["outcome"] == Outcome.HOLDS else (Audience.APPROVERS, Audience.FLOOR)
        for audience in (*PARTIES, *channels):
            reply(session, deps, swap.row, audience, SWAP_CARD, name, facts)


def _tell_of_part(turn: CoverTurn, taken: Taken, name: str, facts: Facts | None) -> None:
    covers_tell.show(turn)
    if facts:
        parties = (CoverAudience.OWNER, CoverAudience.PROXY, asked(taken.row.taker_id))
        channels = () if facts["outcome"] == Outcome.HOLDS else (CoverAudience.APPROVERS, CoverAudience.FLOOR)
        for audience in (*parties, *channels):
            covers_tell.reply(turn, audience, COVER_CARD, f"{name}:{taken.row.id}", facts, part=taken.row)


def _draw_swap(shown: SwapShown, audience: str, formats: Formats, facts: Facts) -> Message:
    return _drawn(Kind.SWAP, shown.number, formats, facts, with_reason=audience == Audience.APPROVERS)


def _draw_cover(shown: CoverShown, audience: str, formats: Formats, facts: Facts) -> Message:
    kind = Kind.COVER if shown.owner else Kind.OPEN_SHIFT
    return _drawn(kind, shown.number, formats, facts, with_reason=audience == CoverAudience.APPROVERS)


def _drawn(kind: Kind, number: int, formats: Formats, facts: Facts, *, with_reason: bool) -> Message:
    why = Why(facts["why"]) if facts["why"] and with_reason else None
    changes = [SlotChange(*map(_read, change)) for change in facts["shifts"]]
    return rescheduled(kind, number, Outcome(facts["outcome"]), why, changes, formats)


def _said_of(change: SlotChange) -> list[list[Any] | None]:
    return [_said(slot) for slot in change]


def _said(slot: Slot | None) -> list[Any] | None:
    if slot is None:
        return None
    return [slot.interval.start.isoformat(), slot.interval.end.isoformat(), slot.queue, slot.worker, slot.is_open]


def _read(said: list[Any] | None) -> Slot | None:
    if said is None:
        return None
    start, end, *rest = said
    return Slot(Interval(datetime.fromisoformat(start), datetime.fromisoformat(end)), *rest)
