"""Which of several covers somebody could take: people, work and settings are read once for all of them."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from bot.actions.covers_check import CoverCheck
from bot.actions.covers_propose import least_of
from bot.actions.covers_turn import life_of
from bot.deps import Deps
from bot.domain.approval import BothSides
from bot.domain.covers import Cover as Life
from bot.domain.covers import CoverOfOneself, NotOpen
from bot.domain.covers_life import demand_taker
from bot.domain.intervals import Interval, subtract
from bot.domain.permissions import Actor, Deed
from bot.domain.ranking import Candidate, rank
from bot.domain.rules_swaps import check_cover
from storage.covers import parts_of
from storage.db import WorkspaceSession
from storage.people import member
from storage.shifts import queues, shifts_by_id
from storage.tables import Cover, CoverPart, Queue

Parts = Mapping[UUID, Sequence[CoverPart]]


def takeable(
    session: WorkspaceSession, deps: Deps, actor: Actor, covers: Iterable[Cover], parts: Parts | None = None
) -> set[UUID]:
    """The covers of which who acts could take any part: by their role, and nothing that is firm denies it.

    While they are away, nothing of them. ``parts`` are all that was ever taken of the covers, where they are known
    already.
    """
    me = member(session, actor.member_id) if actor.member_id else None
    if me is None or not actor.may(Deed.TAKE_COVER, of=me.id):
        return set()
    now, rows = deps.clock(), list(covers)
    taken = parts_of(session, [row.id for row in rows]) if parts is None else parts
    left = {row.id: tuple(_open_to(me.id, life_of(row, taken.get(row.id, ())), now)) for row in rows}
    wanted = [row for row in rows if left[row.id]]
    if not wanted:
        return set()
    check, least = CoverCheck(session, now), _Least(session)
    party = check.parties.party(me, *(each for row in wanted for each in left[row.id]))
    candidate = Candidate(party.person, party.policy, party.work)
    shifts = shifts_by_id(session, {row.shift_id for row in wanted})
    known_queues: dict[UUID | None, Queue] = {each.id: each for each in queues(session)}

    def possible(row: Cover, interval: Interval) -> bool:
        piece = check.piece(interval, known_queues.get(shifts[row.shift_id].queue_id))
        if not check_cover(None, party, piece, now).firm:
            return True
        return any(rank(piece, [candidate], now, least=least.of(row)))

    away = party.person.absences
    return {
        row.id
        for row in wanted
        if any(possible(row, part) for each in left[row.id] for part in subtract(each, away))
    }


class _Least:
    """The shortest part that can be taken where the owner works, looked up once for each team."""

    def __init__(self, session: WorkspaceSession) -> None:
        self._session = session
        self._known: dict[UUID | None, timedelta] = {}

    def of(self, row: Cover) -> timedelta:
        owner = member(self._session, row.owner_id) if row.owner_id else None
        team_id = owner.team_id if owner else None
        if team_id not in self._known:
            self._known[team_id] = least_of(self._session, owner)
        return self._known[team_id]


def _open_to(member_id: UUID, life: Life, now: datetime) -> Iterable[Interval]:
    for each in life.open_parts:
        with suppress(NotOpen, CoverOfOneself, BothSides):
            demand_taker(life, member_id, each, now)
            yield each
