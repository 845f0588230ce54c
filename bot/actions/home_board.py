"""The board of a workspace: read once for all the Homes that a change has drawn anew."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from bot.actions.fairness import shares
from bot.actions.unowned import unowned_ahead
from bot.deps import Remembered
from bot.domain.absences import Away
from bot.domain.absences import Kind as AwayKind
from bot.domain.absences import State as AwayState
from bot.domain.approval import REGRET
from bot.domain.covers import PartState
from bot.domain.covers import State as Open
from bot.domain.home_board import Board
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody, WorkedShift
from bot.domain.swaps import PENDING, State
from storage.absences import absences_ahead
from storage.covers import covers_alive, parts_in, parts_of, unanswered
from storage.db import WorkspaceSession
from storage.home import swaps_alive
from storage.people import members
from storage.shifts import worked
from storage.tables import Cover, Member, Swap

# A week from any local day on that begins or ends within the first one, wherever on earth.
_DAYS = timedelta(days=10)
# Nothing is set to end longer before its earlier shift: what ended before lies behind both.
_LONG_AGO = timedelta(days=60)


def board(boards: Remembered, session: WorkspaceSession, now: datetime) -> Board:
    """The board of the day, as long as nobody changes anything."""
    today = now.astimezone(UTC).date()
    known = boards.recall(session, "board", lambda: _board(session, today))
    return known if known.first == today else _board(session, today)


def _board(session: WorkspaceSession, first: date) -> Board:
    begins = datetime.combine(first, time(), UTC)
    people = {row.id: _somebody(row) for row in members(session)}
    shifts: list[WorkedShift] = []
    own: defaultdict[UUID, list[WorkedShift]] = defaultdict(list)
    for each in worked(session, begins, begins + _DAYS):
        shift = WorkedShift(Interval(each.start, each.end), None, each.queue, each.note, each.id)
        if each.member_id:
            own[each.member_id].append(shift)
        shifts.append(replace(shift, worker=people[each.member_id] if each.member_id else None, note=None))
    alive = swaps_alive(
        session, PENDING, State.APPROVED, settled_after=begins - REGRET, expired_after=begins - _LONG_AGO
    )
    undecided = [row.id for row in alive if row.state == State.NEEDS_APPROVAL]
    undecided_parts = [row.id for row in parts_in(session, [PartState.NEEDS_APPROVAL])]
    covers = covers_alive(session, [Open.OPEN], PartState.CONFIRMED, begins - REGRET)
    return Board(
        first,
        tuple(shifts),
        own,
        _by_person(alive),
        undecided,
        shares(session, begins),
        _covers_by_person(session, covers),
        undecided_parts,
        unowned_ahead(session, begins),
        [row.id for row in sorted(covers, key=lambda row: row.start) if _is_open_shift(row)],
        _away_by_person(session, begins, people),
    )


def _away_by_person(
    session: WorkspaceSession, since: datetime, people: Mapping[UUID, Somebody]
) -> Mapping[UUID, Sequence[Away]]:
    found: defaultdict[UUID, list[Away]] = defaultdict(list)
    for row in absences_ahead(session, since):
        if row.kind == AwayKind.TIME_OFF:  # which stands among their requests
            continue
        away = Away(row.id, Interval(row.start, row.end), AwayState(row.state), people[row.member_id])
        found[row.member_id].append(away)
    return found


def _by_person(swaps: Iterable[Swap]) -> Mapping[UUID, Sequence[UUID]]:
    """The swaps by each of the two, and by who entered them."""
    found: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for row in swaps:
        for each in {row.asker_id, row.colleague_id, row.entered_by_id}:
            if each:
                found[each].append(row.id)
    return found


def _covers_by_person(session: WorkspaceSession, alive: Sequence[Cover]) -> Mapping[UUID, Sequence[UUID]]:
    """The covers by who gives, entered or takes them, and by who was asked to and has not answered."""
    parts = parts_of(session, [row.id for row in alive])
    found: defaultdict[UUID, dict[UUID, None]] = defaultdict(dict)
    for row in alive:
        takers = (each.taker_id for each in parts.get(row.id, ()))
        for each in (row.owner_id, row.entered_by_id, *takers):
            if each:
                found[each][row.id] = None
    for offer in unanswered(session, [Open.OPEN]):
        found[offer.member_id][offer.cover_id] = None
    return {person_id: list(covers) for person_id, covers in found.items()}


def _is_open_shift(row: Cover) -> bool:
    return row.owner_id is None and row.state == Open.OPEN


def _somebody(row: Member) -> Somebody:
    return Somebody(row.id, row.slack_name or row.name, row.slack_id, left=row.deactivated_at is not None)
