"""Open shifts: those that nobody works are opened and offered to others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bot.actions.covers_batch import show_batch
from bot.actions.covers_check import CoverCheck
from bot.actions.covers_propose import BadOffer, begin_cover, least_of, offered_of
from bot.actions.covers_tell import show
from bot.actions.covers_turn import Turn
from bot.actions.covers_waves import ask
from bot.actions.people import Caller
from bot.actions.record import record
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
        turns = begin_shifts(session, deps, caller, wanted)
        offer_out_all(turns)
        if len(turns) > 1:
            show_batch(session, deps, caller.slack_id, turns[0].row)
        return tuple(turn.row.id for turn in turns)


def begin_shifts(session: WorkspaceSession, deps: Deps, caller: Caller, wanted: Opening) -> list[Turn]:
    """Plans the shifts, with a cover for each of which nobody knows yet. Raises ``BadOffer``."""
    now, known_queues = deps.clock(), {row.name.casefold(): row for row in queues(session)}
    _check(wanted, known_queues, now)
    line = put(None, _planned(wanted, known_queues, caller.zone), ()).added
    plan = ShiftPlan(line * wanted.number, (), (), (), 0)
    stored = Stored({row.email: row for row in members(session)}, known_queues, {})
    done = ShiftImport(None, plan, (), ())
    entry = apply_plan(session, deps, caller.actor, EDIT, "", done, stored, lambda _done, _steps: None)
    remember_form(session, wanted.nonce, entry.id, now)
    interval = Interval(wanted.start, wanted.end)
    return [
        begin_cover(session, deps, caller.actor, shift_id, interval, note=wanted.note, opened_at=now)
        for shift_id in shifts_of_import(session, entry.id)
    ]


def offer_open(
    deps: Deps,
    caller: Caller,
    assignment_id: UUID,
    nonce: UUID,
    but: frozenset[UUID] = frozenset(),
    part: Interval | None = None,
    *,
    alone: bool = True,
    opened_at: datetime | None = None,
) -> UUID:
    """Offers what stands in the schedule and nobody works, or a part of it, not to ``but`` first; the cover's id.

    Where it is not ``alone`` another card says how it stands. Raises the same.
    """
    caller.actor.require(Deed.OPEN_SHIFT)
    with deps.sessions.write(caller.workspace_id) as session:
        if known := form_result(session, nonce):
            return known
        row = assignment(session, assignment_id)
        if row is None or row.member_id:
            raise BadOffer((Wrong.SHIFT_CHANGED,))
        start, end = (part.start, part.end) if part else (None, None)
        interval = offered_of(session, row, start, end, deps.clock(), least_of(session, None))
        turn = begin_cover(session, deps, caller.actor, row.shift_id, interval, opened_at=opened_at)
        remember_form(session, nonce, turn.row.id, deps.clock())
        announce(turn, alone=alone)
        ask(turn, but)
        return turn.row.id


def asked_by_turns(asked: frozenset[UUID], people: Iterable[UUID]) -> frozenset[UUID]:
    """Whom to spare for the next of several shifts, ``people`` having been asked for this one.

    Once everybody was asked it begins anew.
    """
    just = frozenset(people)
    return just if just & asked else asked | just


def announce(turn: Turn, *, alone: bool = True) -> None:
    """Notes that an open shift is there to be taken, and shows it to whoever opened it, if it is ``alone``."""
    row = turn.row
    after = {"state": row.state}
    record(turn.session, turn.deps, turn.actor, "cover.open", ("cover", row.id), None, after, row.number)
    show(turn, *([Audience.PROXY] if alone else []))


def offer_out_all(turns: Sequence[Turn]) -> None:
    """Announces each and asks the first people; whoever is asked for one is not asked for the next at once.

    Of several none has a card of its own for who opens them: another one says how they all stand.
    """
    asked: frozenset[UUID] = frozenset()
    for turn in turns:
        announce(turn, alone=len(turns) == 1)
    check = CoverCheck(turns[0].session, turns[0].deps.clock()) if turns else None
    for turn in turns:
        asked = asked_by_turns(asked, ask(turn, asked, check))


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


def _planned(wanted: Opening, known_queues: dict[str, Queue], zone: ZoneInfo) -> PlannedShift:
    """On the wall of whoever opens it: another zone may show that time twice, and then the first would hold."""
    start, end = (each.astimezone(zone).replace(tzinfo=None) for each in (wanted.start, wanted.end))
    queue = known_queues[wanted.queue.casefold()].name if wanted.queue else None
    return PlannedShift(None, start, end, zone.key, queue)
