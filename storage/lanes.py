"""Lanes: how a sender claims one, and what it may write while the lane is its own.

Instants called ``now`` are business time, as in ``not_before``; those called ``real`` or ``free_at`` are real
time, as leases, rests and attempts are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, func, or_, select, update

from storage.db import WorkspaceSession
from storage.outbox import WAITING, Priority, State, wake
from storage.tables import Instant, Lane, Message

_UNSYNCHRONIZED = {"synchronize_session": False}
_OWN_LANE = and_(Lane.workspace_id == bindparam("own"), Lane.lane == bindparam("name"))
_FENCE = select(Lane.fence).where(_OWN_LANE).with_for_update()
_NEXT_AT = select(func.min(func.coalesce(Message.not_before, bindparam("now", type_=Instant)))).where(WAITING)
_GIVE_BACK = (
    update(Lane)
    .where(_OWN_LANE)
    .values(
        next_at=bindparam("next"),
        free_at=bindparam("free"),
        channel=func.coalesce(bindparam("found"), Lane.channel),
    )
    .execution_options(**_UNSYNCHRONIZED)
)
_HOLD = (
    update(Message)
    .where(
        WAITING,
        Message.priority > Priority.PRESS,
        Message.ts.is_(None),
        or_(Message.not_before.is_(None), Message.not_before < bindparam("until")),
    )
    .values(not_before=bindparam("until"))
    .execution_options(**_UNSYNCHRONIZED)
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A lane that a sender works on until its lease ends, or until it gives the lane back.

    ``channel`` is where its messages go, where that is known already.
    """

    workspace_id: str
    lane: str
    fence: int
    until: datetime
    channel: str | None


def claim(connection: Connection, now: datetime, real: datetime, until: datetime, most: int) -> list[Claim]:
    """Takes lanes that have something to send and that nobody holds, whichever have rested longest first."""
    found = connection.execute(
        select(Lane.workspace_id, Lane.lane, Lane.fence, Lane.channel)
        .where(Lane.next_at <= now, or_(Lane.free_at.is_(None), Lane.free_at <= real))
        .order_by(Lane.free_at.nulls_first(), Lane.next_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    ).all()
    if found:
        connection.execute(
            update(Lane)
            .where(Lane.workspace_id == bindparam("workspace"), Lane.lane == bindparam("name"))
            .values(fence=Lane.fence + 1, free_at=until),
            [{"workspace": row.workspace_id, "name": row.lane} for row in found],
        )
    return [Claim(row.workspace_id, row.lane, row.fence + 1, until, row.channel) for row in found]


def next_free(connection: Connection, now: datetime) -> datetime | None:
    """When the next lane with something to send may be claimed, in real time; None if none has anything now."""
    return connection.scalar(select(func.min(Lane.free_at)).where(Lane.next_at <= now))


def begin_attempt(session: WorkspaceSession, own: Claim, message_id: UUID, real: datetime) -> bool:
    """Notes that the message may be there from now on; False where the lane is not one's own any more.

    Of several attempts whose outcome is unknown the first one is kept, since each of them may have succeeded.
    """
    if not _is_own(session, own):
        return False
    _change(session, message_id, attempt_at=func.coalesce(Message.attempt_at, real))
    return True


def settle(
    session: WorkspaceSession,
    own: Claim,
    now: datetime,
    free_at: datetime,
    message_id: UUID | None = None,
    *,
    channel: str | None = None,
    **columns: Any,
) -> bool:
    """Writes these columns of the message and gives the lane back, to be claimed again from ``free_at`` on.

    Keeps the ``channel`` that its messages go to, if it was found out.
    False, and nothing is written, where the lane is not one's own any more.
    """
    if not _is_own(session, own):
        return False
    if message_id:
        _change(session, message_id, **columns)
    _give_back(session, own, now, free_at, channel)
    return True


def show_again(
    session: WorkspaceSession, lost: Claim, now: datetime, real: datetime, message_id: UUID, ts: str | None
) -> None:
    """For who has sent something without owning the lane any more: what another sender showed may be undone.

    Keeps the ``ts``, if the message has none yet. What Slack has now is not known.
    """
    wake(session, lost.lane, now)
    unknown = func.coalesce(Message.attempt_at, real)
    _change(session, message_id, wanted=Message.wanted + 1, ts=func.coalesce(Message.ts, ts), attempt_at=unknown)


def hold(
    session: WorkspaceSession,
    own: Claim,
    now: datetime,
    free_at: datetime,
    until: Callable[[], datetime | None],
) -> bool:
    """Puts off what can wait, and what nobody has seen yet; False where the lane is not one's own any more.

    ``until`` is asked again while the lane is locked: None where nothing is to be put off any more.
    """
    if not _is_own(session, own):
        return False
    end = until()
    if end:
        session.execute(_HOLD, _parameters(own) | {"until": end})
    _give_back(session, own, now, free_at)
    return True


def release(
    session: WorkspaceSession, lane: str, held_until: datetime, now: datetime, until: datetime | None = None
) -> None:
    """Has a sender look again at what was put off until then; with ``until`` at another time."""
    wake(session, lane, until or now)
    session.execute(
        update(Message)
        .where(
            Message.workspace_id == session.workspace_id,
            Message.lane == lane,
            Message.ts.is_(None),
            Message.not_before == held_until,
        )
        .values(not_before=until),
        execution_options=_UNSYNCHRONIZED,
    )


def fold(session: WorkspaceSession, own: Claim, whole: Message, parts: Iterable[UUID]) -> bool:
    """Has one message show what several would have; False where the lane is not one's own any more.

    The lane is kept.
    """
    if not _is_own(session, own):
        return False
    session.add(whole)
    session.flush()
    for part in parts:
        _change(session, part, state=State.FOLDED, parent_id=whole.id)
    return True


def _is_own(session: WorkspaceSession, own: Claim) -> bool:
    """Whether the fence is still one's own, which then holds until the end of the transaction."""
    return session.scalar(_FENCE, _parameters(own)) == own.fence


def _give_back(
    session: WorkspaceSession, own: Claim, now: datetime, free_at: datetime, channel: str | None = None
) -> None:
    next_at = session.scalar(_NEXT_AT, _parameters(own) | {"now": now})
    session.execute(_GIVE_BACK, _parameters(own) | {"next": next_at, "free": free_at, "found": channel})


def _parameters(own: Claim) -> dict[str, Any]:
    return {"own": own.workspace_id, "name": own.lane}


def _change(session: WorkspaceSession, message_id: UUID, **columns: Any) -> None:
    session.execute(
        update(Message)
        .where(Message.workspace_id == session.workspace_id, Message.id == message_id)
        .values(**columns),
        execution_options=_UNSYNCHRONIZED,
    )
