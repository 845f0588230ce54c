"""Time off that is offered because more people are there than are needed."""

from collections.abc import Collection
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from sqlalchemy import func, select

from storage.db import PARAMETERS, WorkspaceSession
from storage.tables import LeaveRequest, SurplusAsk, SurplusOffer


def surplus_offer(session: WorkspaceSession, offer_id: UUID) -> SurplusOffer | None:
    """An offer by id."""
    return session.get(SurplusOffer, (session.workspace_id, offer_id))


def surplus_offers(session: WorkspaceSession, state: str) -> list[SurplusOffer]:
    """Those in a state, the oldest first."""
    statement = select(SurplusOffer).where(
        SurplusOffer.workspace_id == session.workspace_id, SurplusOffer.state == state
    )
    # Asked for in that order, SQLite would go through the whole primary key, which has it.
    return sorted(session.scalars(statement), key=attrgetter("id"))


def surplus_asks(session: WorkspaceSession, offer_id: UUID) -> list[SurplusAsk]:
    """Who was asked, in that order."""
    return list(
        session.scalars(
            select(SurplusAsk)
            .where(SurplusAsk.workspace_id == session.workspace_id, SurplusAsk.offer_id == offer_id)
            .order_by(SurplusAsk.asked_at, SurplusAsk.member_id)
        )
    )


def surplus_ask(session: WorkspaceSession, offer_id: UUID, member_id: UUID) -> SurplusAsk | None:
    """What somebody was asked of an offer."""
    return session.get(SurplusAsk, (session.workspace_id, offer_id, member_id))


def last_asked(session: WorkspaceSession, member_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """When each of them was asked last; who never was, is left out."""
    found: dict[UUID, datetime] = {}
    wanted = list(member_ids)
    for at in range(0, len(wanted), PARAMETERS):
        rows = session.execute(
            select(SurplusAsk.member_id, func.max(SurplusAsk.asked_at).label("asked_at"))
            .where(
                SurplusAsk.workspace_id == session.workspace_id,
                SurplusAsk.member_id.in_(wanted[at : at + PARAMETERS]),
            )
            .group_by(SurplusAsk.member_id)
        )
        found |= {row.member_id: row.asked_at for row in rows}
    return found


def gone_since(session: WorkspaceSession, since: datetime, states: Collection[str]) -> list[SurplusAsk]:
    """Whoever has gone since then by an offer, whose request stands in one of these states."""
    return list(
        session.scalars(
            select(SurplusAsk)
            .join(
                LeaveRequest,
                (LeaveRequest.workspace_id == SurplusAsk.workspace_id)
                & (LeaveRequest.id == SurplusAsk.request_id),
            )
            .where(
                SurplusAsk.workspace_id == session.workspace_id,
                LeaveRequest.workspace_id == session.workspace_id,
                LeaveRequest.state.in_(states),
                SurplusAsk.start > since,
            )
        )
    )
