"""Covers, who is asked to take them, and the parts that were taken."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple, TypeVar
from uuid import UUID

from sqlalchemy import func, or_, select

from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Cover, CoverOffer, CoverPart, Member, Note, Queue, Shift

T = TypeVar("T", Cover, Shift, Member, Note, Queue)


class Offered(NamedTuple):
    """A cover, and how somebody was asked to take it."""

    cover: Cover
    offer: CoverOffer


def cover(session: WorkspaceSession, cover_id: UUID) -> Cover | None:
    """A cover by id."""
    return session.get(Cover, (session.workspace_id, cover_id))


def covers_by_id(session: WorkspaceSession, cover_ids: Iterable[UUID]) -> dict[UUID, Cover]:
    """Those of the covers that there are, in the order in which they are asked for."""
    wanted = list(cover_ids)
    found = {row.id: row for row in _by_ids(session, Cover, wanted)}
    return {each: found[each] for each in wanted if each in found}


@contextmanager
def named_by(
    session: WorkspaceSession, covers: Iterable[Cover], parts: Iterable[CoverPart], offers: Iterable[CoverOffer]
) -> Iterator[list[object]]:
    """Reads the shifts, queues, people and notes that these name at once.

    Within, the session looks each of them up without asking the database: it remembers what somebody holds.
    """
    rows, taken, asked = list(covers), list(parts), list(offers)
    people: set[UUID | None] = {each.member_id for each in asked}
    notes: set[UUID | None] = {row.note_id for row in rows}
    notes |= {each.reason_id for each in taken} | {each.reason_id for each in asked}
    for row in rows:
        people |= {row.owner_id, row.entered_by_id, row.ended_by_id}
    for each in taken:
        people |= {each.taker_id, each.decided_by_id, each.entered_by_id, each.ended_by_id}
    shifts = _by_ids(session, Shift, {row.shift_id for row in rows})
    for_queues = _by_ids(session, Queue, {shift.queue_id for shift in shifts})
    held: list[object] = [*shifts, *for_queues, *_by_ids(session, Member, people), *_by_ids(session, Note, notes)]
    yield held


def cover_of_number(session: WorkspaceSession, number: int) -> Cover | None:
    """A cover by the number that people quote."""
    return session.scalar(select(Cover).where(Cover.workspace_id == session.workspace_id, Cover.number == number))


def covers_in(session: WorkspaceSession, states: Collection[str]) -> Sequence[Cover]:
    """The covers in one of the states, in order of what they offer."""
    statement = select(Cover).where(Cover.workspace_id == session.workspace_id, Cover.state.in_(states))
    return session.scalars(statement.order_by(Cover.start, Cover.number)).all()


def covers_of_member(
    session: WorkspaceSession, member_id: UUID | None, states: Collection[str]
) -> Sequence[Cover]:
    """The covers in one of the states that somebody owns, has entered or took a part of, by number."""
    taken = select(CoverPart.cover_id).where(
        CoverPart.workspace_id == session.workspace_id, CoverPart.taker_id == member_id
    )
    statement = (
        select(Cover)
        .where(
            Cover.workspace_id == session.workspace_id,
            Cover.state.in_(states),
            or_(Cover.owner_id == member_id, Cover.entered_by_id == member_id, Cover.id.in_(taken)),
        )
        .order_by(Cover.number)
    )
    return session.scalars(statement).all()


def covers_alive(
    session: WorkspaceSession, open_: Collection[str], confirmed: str, settled_after: datetime
) -> Sequence[Cover]:
    """The covers of which anything may still become, by number.

    They are in one of the states ``open_``; or a part of them is ``confirmed`` since an instant, or somebody wants
    it undone.
    """
    undoable = or_(CoverPart.settled_at > settled_after, CoverPart.undo_wanted_by_id.is_not(None))
    part_of = select(CoverPart.cover_id).where(
        CoverPart.workspace_id == session.workspace_id, CoverPart.state == confirmed, undoable
    )
    statement = select(Cover).where(
        Cover.workspace_id == session.workspace_id, or_(Cover.state.in_(open_), Cover.id.in_(part_of))
    )
    return session.scalars(statement.order_by(Cover.number)).all()


def covers_of_shifts(
    session: WorkspaceSession, shift_ids: Iterable[UUID], states: Collection[str] | None = None
) -> list[Cover]:
    """The covers, all or in one of the states, of any part of these shifts, by number."""
    wanted = list(shift_ids)
    found: list[Cover] = []
    for at in range(0, len(wanted), PARAMETERS):
        statement = select(Cover).where(
            Cover.workspace_id == session.workspace_id, Cover.shift_id.in_(wanted[at : at + PARAMETERS])
        )
        found += session.scalars(statement if states is None else statement.where(Cover.state.in_(states)))
    return sorted(found, key=lambda row: row.number)


def covers_overdue(session: WorkspaceSession, states: Collection[str], now: datetime) -> Sequence[Cover]:
    """The covers in one of the states whose time is over, by number."""
    statement = select(Cover).where(
        Cover.workspace_id == session.workspace_id, Cover.state.in_(states), Cover.expires_at <= now
    )
    return session.scalars(statement.order_by(Cover.number)).all()


def covers_due(session: WorkspaceSession, states: Collection[str], now: datetime) -> Sequence[Cover]:
    """The covers in one of the states whose next people are to be asked, by number."""
    statement = select(Cover).where(
        Cover.workspace_id == session.workspace_id, Cover.state.in_(states), Cover.next_wave_at <= now
    )
    return session.scalars(statement.order_by(Cover.number)).all()


def part(session: WorkspaceSession, part_id: UUID) -> CoverPart | None:
    """A part that was taken, by id."""
    return session.get(CoverPart, (session.workspace_id, part_id))


def parts_of(session: WorkspaceSession, cover_ids: Iterable[UUID]) -> dict[UUID, list[CoverPart]]:
    """Everything that was ever taken of the covers, each in the order in which it was."""
    wanted = list(cover_ids)
    found: defaultdict[UUID, list[CoverPart]] = defaultdict(list)
    for at in range(0, len(wanted), PARAMETERS):
        statement = (
            select(CoverPart)
            .where(
                CoverPart.workspace_id == session.workspace_id,
                CoverPart.cover_id.in_(wanted[at : at + PARAMETERS]),
            )
            .order_by(CoverPart.taken_at, CoverPart.id)
        )
        for row in session.scalars(statement):
            found[row.cover_id].append(row)
    return dict(found)


def parts_in(session: WorkspaceSession, states: Collection[str]) -> Sequence[CoverPart]:
    """The parts in one of the states, in the order in which they were taken."""
    statement = select(CoverPart).where(
        CoverPart.workspace_id == session.workspace_id, CoverPart.state.in_(states)
    )
    return session.scalars(statement.order_by(CoverPart.taken_at, CoverPart.id)).all()


def offers_of(session: WorkspaceSession, cover_id: UUID) -> Sequence[CoverOffer]:
    """Everybody who was asked to take a cover, by wave and place."""
    statement = select(CoverOffer).where(
        CoverOffer.workspace_id == session.workspace_id, CoverOffer.cover_id == cover_id
    )
    return session.scalars(statement.order_by(CoverOffer.wave, CoverOffer.place)).all()


def offers_of_covers(session: WorkspaceSession, cover_ids: Iterable[UUID]) -> dict[UUID, list[CoverOffer]]:
    """Everybody who was asked to take each of the covers, by wave and place."""
    wanted = list(cover_ids)
    found: defaultdict[UUID, list[CoverOffer]] = defaultdict(list)
    for at in range(0, len(wanted), PARAMETERS):
        statement = (
            select(CoverOffer)
            .where(
                CoverOffer.workspace_id == session.workspace_id,
                CoverOffer.cover_id.in_(wanted[at : at + PARAMETERS]),
            )
            .order_by(CoverOffer.wave, CoverOffer.place)
        )
        for row in session.scalars(statement):
            found[row.cover_id].append(row)
    return dict(found)


def unanswered(session: WorkspaceSession, states: Collection[str]) -> Sequence[CoverOffer]:
    """Who was asked to take a cover in one of the states and has not said that they cannot."""
    statement = (
        select(CoverOffer)
        .join(Cover, (Cover.workspace_id == CoverOffer.workspace_id) & (Cover.id == CoverOffer.cover_id))
        .where(
            Cover.workspace_id == session.workspace_id,
            CoverOffer.workspace_id == session.workspace_id,
            Cover.state.in_(states),
            CoverOffer.answer.is_(None),
        )
        .order_by(Cover.start, Cover.number)
    )
    return session.scalars(statement).all()


def offer(session: WorkspaceSession, cover_id: UUID, member_id: UUID) -> CoverOffer | None:
    """How somebody was asked to take a cover."""
    return session.get(CoverOffer, (session.workspace_id, cover_id, member_id))


def offered_to(session: WorkspaceSession, member_id: UUID, states: Collection[str]) -> list[Offered]:
    """The covers in one of the states that somebody was asked to take, in order of what they offer."""
    statement = (
        select(Cover, CoverOffer)
        .join(CoverOffer, (CoverOffer.workspace_id == Cover.workspace_id) & (CoverOffer.cover_id == Cover.id))
        .where(
            Cover.workspace_id == session.workspace_id,
            CoverOffer.workspace_id == session.workspace_id,
            CoverOffer.member_id == member_id,
            Cover.state.in_(states),
        )
        .order_by(Cover.start, Cover.number)
    )
    return [Offered(*row) for row in session.execute(statement)]


def asked_often(session: WorkspaceSession, since: datetime, number: int) -> set[UUID]:
    """The members who have been asked to take so many covers, or more, after an instant."""
    statement = (
        select(CoverOffer.member_id)
        .where(CoverOffer.workspace_id == session.workspace_id, CoverOffer.asked_at > since)
        .group_by(CoverOffer.member_id)
        .having(func.count() >= number)
    )
    return set(session.scalars(statement))


def opened_at_once(session: WorkspaceSession, one: Cover) -> list[UUID]:
    """The open shifts that whoever opened this one opened with it, itself among them, by number."""
    statement = select(Cover.id).where(
        Cover.workspace_id == session.workspace_id,
        Cover.owner_id.is_(None),
        Cover.entered_by_id == one.entered_by_id,
        Cover.opened_at == one.opened_at,
    )
    return list(session.scalars(statement.order_by(Cover.number)))


def last_asked(session: WorkspaceSession, member_ids: Iterable[UUID]) -> dict[UUID, datetime]:
    """When those of the members who ever were asked to take a cover were asked last."""
    wanted = list(member_ids)
    found: dict[UUID, datetime] = {}
    for at in range(0, len(wanted), PARAMETERS):
        statement = (
            select(CoverOffer.member_id, func.max(CoverOffer.asked_at))
            .where(
                CoverOffer.workspace_id == session.workspace_id,
                CoverOffer.member_id.in_(wanted[at : at + PARAMETERS]),
            )
            .group_by(CoverOffer.member_id)
        )
        found |= dict(session.execute(statement).all())
    return found


def _by_ids(session: WorkspaceSession, table: type[T], ids: Iterable[UUID | None]) -> list[T]:
    wanted = [each for each in dict.fromkeys(ids) if each]
    found: list[T] = []
    for at in range(0, len(wanted), PARAMETERS):
        found += session.scalars(
            select(table).where(
                table.workspace_id == session.workspace_id, table.id.in_(wanted[at : at + PARAMETERS])
            )
        )
    return found
