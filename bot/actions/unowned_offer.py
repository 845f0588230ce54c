"""Offering what nobody works to others, several at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid5

from bot.actions.covers_batch import show_batch
from bot.actions.covers_open import asked_by_turns, offer_open
from bot.actions.covers_propose import BadOffer
from bot.actions.people import Caller
from bot.actions.unowned import not_offered, unowned_ahead
from bot.deps import Deps
from bot.domain.covers_shown import Wrong
from bot.domain.permissions import Actor, Deed
from bot.domain.unowned import Unowned
from storage.covers import cover, offers_of
from storage.imports import import_by_number
from storage.tables import Cover


@dataclass(frozen=True, slots=True)
class Offered:
    """What came of it: the numbers of the open shifts, and for each that was left out why."""

    numbers: tuple[int, ...]
    left_out: tuple[tuple[Wrong, ...], ...] = ()


def to_offer(deps: Deps, caller: Caller, assignment_id: UUID) -> tuple[Unowned, ...]:
    """That alone, while nobody works it and it is not offered. Raises ``NotPermitted``."""
    caller.actor.require(Deed.OPEN_SHIFT)
    with deps.sessions.read(caller.workspace_id) as session:
        every = unowned_ahead(session, deps.clock())
        return tuple(each for each in every if each.id == assignment_id and each.number is None)


def to_offer_of_import(deps: Deps, caller: Caller, number: int) -> tuple[Unowned, ...]:
    """What of an import nobody works and is not offered, in order. Raises ``NotPermitted``."""
    caller.actor.require(Deed.OPEN_SHIFT)
    return _of_import(deps, caller.workspace_id, number)


def count_unowned(deps: Deps, workspace_id: str, actor: Actor, number: int) -> int:
    """How much of an import nobody works and is not offered. Raises ``NotPermitted``."""
    actor.require(Deed.IMPORT_SCHEDULE)
    return len(_of_import(deps, workspace_id, number))


def offer_each(deps: Deps, caller: Caller, assignment_ids: Iterable[UUID], nonce: UUID) -> Offered:
    """Offers each by itself, so that nobody else waits for all of them; what cannot be any more is left out.

    Who is asked for one of them is not asked for the next at once. Of several the caller has one message that says
    how they stand. Under the same nonce nothing is offered twice. Raises ``NotPermitted``.
    """
    caller.actor.require(Deed.OPEN_SHIFT)
    opened: list[Cover] = []
    left_out: list[tuple[Wrong, ...]] = []
    asked: frozenset[UUID] = frozenset()
    every = list(assignment_ids)
    for each in every:
        own, first = uuid5(nonce, str(each)), opened[0].opened_at if opened else None
        try:
            cover_id = offer_open(deps, caller, each, own, asked, alone=len(every) == 1, opened_at=first)
        except BadOffer as bad:
            left_out.append(bad.wrong)
            continue
        with deps.sessions.read(caller.workspace_id) as session:
            if row := cover(session, cover_id):
                opened.append(row)
            asked = asked_by_turns(asked, (offer.member_id for offer in offers_of(session, cover_id)))
    if opened and len(every) > 1:
        with deps.sessions.write(caller.workspace_id) as session:
            show_batch(session, deps, caller.slack_id, opened[0])
    return Offered(tuple(row.number for row in opened), tuple(left_out))


def _of_import(deps: Deps, workspace_id: str, number: int) -> tuple[Unowned, ...]:
    with deps.sessions.read(workspace_id) as session:
        entry = import_by_number(session, number)
        return not_offered(session, [entry.id], deps.clock()).get(entry.id, ()) if entry else ()
