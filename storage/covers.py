"""Covers, who is asked to take them, and the parts that were taken."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import func, or_, select

from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import Cover, CoverOffer, CoverPart


class Offered(NamedTuple):
    """A cover, and how somebody was asked to take it."""

    cover: Cover
    offer: CoverOffer


def cover(session: WorkspaceSession, cover_id: UUID) -> Cover | None:
    """A cover by id."""
    return session.get(Cover, (session.workspace_id, cover_id))


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
