"""Open shifts: those that nobody works are opened and offered to others."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.covers_propose import BadOffer, begin_cover, least_of, offered_of
from bot.actions.covers_tell import show
from bot.actions.covers_turn import Turn
from bot.actions.covers_waves import ask
from bot.actions.people import Caller
from bot.actions.record import record
from bot.actions.settings import preferences
from bot.actions.shifts_import import EDIT, ShiftImport, apply_plan
from bot.actions.shifts_write import Stored
from bot.deps import Deps
from bot.domain.covers_shown import Audience, Wrong
from bot.domain.intervals import Interval
from bot.domain.permissions import Deed
from bot.domain.shifts_edit import put
from bot.domain.shifts_import import PlannedShift, ShiftPlan
from storage.covers import covers_of_shifts
from storage.db import WorkspaceSession
from storage.imports import shifts_of_import
from storage.people import members
from storage.shifts import queues
from storage.swaps import assignment, form_result, remember_form
from storage.tables import Queue

_MOST = 20
_LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Opening:
    """So many shifts of the same hours, on a queue (None: none) that there is."""

    nonce: UUID
    queue: str | None
    start: datetime
    end: datetime
    number: int = 1
    note: str = ""


def open_shifts(deps: Deps, caller: Caller, wanted: Opening) -> tuple[UUID, ...]:
    """Plans the shifts, to be undone like an import, and offers each; the ids of the covers, by number.

    They are the same where the form was sent before. Raises ``BadOffer`` and ``NotPermitted``.
    """
    caller.actor.require(Deed.OPEN_SHIFT)
    with deps.sessions.write(caller.workspace_id) as session:
        if known := form_result(session, wanted.nonce):
            return tuple(row.id for row in covers_of_shifts(session, shifts_of_import(session, known)))
        now, known_queues = deps.clock(), {row.name.casefold(): row for row in queues(session)}
        _check(wanted, known_queues, now)
        line = put(None, _planned(session, wanted, known_queues), ()).added
        plan = ShiftPlan(line * wanted.number, (), (), (), 0)
        stored = Stored({row.email: row for row in members(session)}, known_queues, {})
        done = ShiftImport(None, plan, (), ())
        entry = apply_plan(session, deps, caller.actor, EDIT, "", done, stored, lambda _done, _steps: None)
        remember_form(session, wanted.nonce, entry.id, now)
        opened: list[UUID] = []
        asked: frozenset[UUID] = frozenset()
        for shift_id in shifts_of_import(session, entry.id):
            turn = begin_cover(
                session, deps, caller.actor, shift_id, Interval(wanted.start, wanted.end), note=wanted.note
            )
            # Whoever is asked for one of them need not read the same of each other at once.
            asked |= set(offer_out(turn, asked))
            opened.append(turn.row.id)
        return tuple(opened)


def offer_open(deps: Deps, caller: Caller, assignment_id: UUID, nonce: UUID) -> UUID:
    """Offers what stands in the schedule and nobody works; the cover's id. Raises the same."""
    caller.actor.require(Deed.OPEN_SHIFT)
    with deps.sessions.write(caller.workspace_id) as session:
        if known := form_result(session, nonce):
            return known
        row = assignment(session, assignment_id)
        if row is None or row.member_id:
            raise BadOffer((Wrong.SHIFT_CHANGED,))
        interval = offered_of(session, row, None, None, deps.clock(), least_of(session, None))
        turn = begin_cover(session, deps, caller.actor, row.shift_id, interval)
        remember_form(session, nonce, turn.row.id, deps.clock())
        offer_out(turn)
        return turn.row.id


def announce(turn: Turn) -> None:
    """Notes that an open shift is there to be taken, and shows it to whoever opened it."""
    row = turn.row
    after = {"state": row.state}
    record(turn.session, turn.deps, turn.actor, "cover.open", ("cover", row.id), None, after, row.number)
    show(turn, Audience.PROXY)


def offer_out(turn: Turn, but: frozenset[UUID] = frozenset()) -> tuple[UUID, ...]:
    """Announces it and asks the first people, ``but`` none of these; who they are."""
    announce(turn)
    return ask(turn, but)


def _check(wanted: Opening, known_queues: dict[str, Queue], now: datetime) -> None:
    wrong = []
    if wanted.queue and wanted.queue.casefold() not in known_queues:
        wrong.append(Wrong.UNKNOWN_QUEUE)
    if wanted.end <= wanted.start:
        wrong.append(Wrong.NO_LENGTH)
    elif wanted.end - wanted.start > _LONGEST:
        wrong.append(Wrong.TOO_LONG)
    if wanted.start <= now:
        wrong.append(Wrong.SHIFT_BEGUN)
    if not 1 <= wanted.number <= _MOST:
        wrong.append(Wrong.TOO_MANY)
    if wrong:
        raise BadOffer(tuple(wrong))


def _planned(session: WorkspaceSession, wanted: Opening, known_queues: dict[str, Queue]) -> PlannedShift:
    zone = preferences(session).time_zone
    start, end = (each.astimezone(ZoneInfo(zone)).replace(tzinfo=None) for each in (wanted.start, wanted.end))
    queue = known_queues[wanted.queue.casefold()].name if wanted.queue else None
    return PlannedShift(None, start, end, zone, queue)
