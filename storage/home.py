"""Homes: who has theirs open, how they are drawn anew, and the swaps on them.

Each is a message in a lane of its own, which expires when it does not count as open any more.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, case, or_, select, update

from storage.db import WorkspaceSession
from storage.outbox import HAS_MAIL, State, wake
from storage.tables import Instant, Lane, Message, Swap

# The name of their card.
DESK = "home.desk"
# In the info of a session that has had them drawn anew: once in a transaction is enough.
_TOUCHED = "homes"
_UNSYNCHRONIZED = {"synchronize_session": False}
_NOW = bindparam("now", type_=Instant)
_OPEN = and_(
    Message.workspace_id == bindparam("own"),
    Message.card == DESK,
    Message.state == State.OPEN,
    Message.expires_at > _NOW,
)
_ANY_OPEN = select(Message.id).where(_OPEN).limit(1)
_WAKE = (
    update(Lane)
    .where(Lane.workspace_id == bindparam("own"), Lane.lane.in_(select(Message.lane).where(_OPEN)))
    .values(next_at=case((or_(Lane.next_at.is_(None), Lane.next_at > _NOW), _NOW), else_=Lane.next_at))
    .execution_options(**_UNSYNCHRONIZED)
)
_TOUCH = update(Message).where(_OPEN).values(wanted=Message.wanted + 1).execution_options(**_UNSYNCHRONIZED)


def any_home_open(session: WorkspaceSession, now: datetime) -> bool:
    """Whether anybody has their Home open."""
    return session.connection().scalar(_ANY_OPEN, {"own": session.workspace_id, "now": now}) is not None


def touch_homes(session: WorkspaceSession, now: datetime) -> None:
    """Has every Home that somebody has open drawn anew after commit."""
    if _TOUCHED in session.info:
        return
    session.info[_TOUCHED] = True
    if any_home_open(session, now):
        session.info[HAS_MAIL] = True
        for statement in (_WAKE, _TOUCH):
            session.connection().execute(statement, {"own": session.workspace_id, "now": now})


def renew_home(
    session: WorkspaceSession,
    home_id: UUID,
    member_id: UUID | None,
    now: datetime,
    until: datetime,
    *,
    blank: bool,
) -> None:
    """Counts a Home as open ``until`` then and has it drawn anew, as the member's, whatever came of it before.

    ``blank``: Slack shows nothing, whatever was published once.
    """
    home = session.get_one(Message, (session.workspace_id, home_id))
    wake(session, home.lane, now)
    home.subject_id, home.wanted = member_id, Message.wanted + 1
    home.expires_at, home.not_before = until, None
    home.state, home.tries, home.error = State.OPEN, 0, None
    if blank:
        home.ts = None


def swaps_alive(
    session: WorkspaceSession,
    pending: Collection[str],
    settled: str,
    *,
    settled_after: datetime,
    expired_after: datetime,
) -> Sequence[Swap]:
    """The swaps of which anything may still become, in order of number.

    They are in one of the states ``pending``; or they are ``settled`` since an instant or one of the two wants
    them undone, and they could be decided after the other instant.
    """
    undoable = or_(Swap.settled_at > settled_after, Swap.undo_wanted_by_id.is_not(None))
    statement = (
        select(Swap)
        .where(
            Swap.workspace_id == session.workspace_id,
            or_(Swap.state.in_(pending), and_(Swap.state == settled, Swap.expires_at > expired_after, undoable)),
        )
        .order_by(Swap.number)
    )
    return session.scalars(statement).all()
