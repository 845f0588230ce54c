"""The outbox: what people are to be shown, as writers put it there and as a sender finds it.

A lane's row is locked before its messages, and only a writer of the workspace locks more than one lane: so
writers and senders never wait for each other in a circle.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import IntEnum, StrEnum
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select, update
from sqlalchemy.orm import aliased

from storage.db import WorkspaceSession
from storage.tables import Lane, Message

# In the info of a session that has left something to send.
HAS_MAIL = "outbox"


class Priority(IntEnum):
    """What goes first in a lane."""

    PRESS = 0  # somebody waits for it: not held back by quiet hours
    CARD = 1
    OFFER = 2  # others are asked as well, and whoever is may take their time
    BULK = 3  # for your information: several that are overdue become one


class State(StrEnum):
    """What has become of a message; only an open one is worked on."""

    OPEN = "open"
    DROPPED = "dropped"  # there was nothing to show, or somebody has deleted it
    EXPIRED = "expired"
    FOLDED = "folded"  # shown within its parent
    FAILED = "failed"


_PARENT = aliased(Message)
_PARENT_IS_COMING = (
    select(_PARENT.id)
    .where(
        _PARENT.workspace_id == bindparam("own"),
        _PARENT.id == Message.parent_id,
        _PARENT.ts.is_(None),
        _PARENT.state == State.OPEN,
    )
    .exists()
)
# The messages of a lane that are not up to date in Slack; a reply only once its parent is there. A parent that
# will never be there is not waited for. Statements are built once: to build them takes longer than to run them.
WAITING = and_(
    Message.workspace_id == bindparam("own"),
    Message.lane == bindparam("name"),
    Message.state == State.OPEN,
    Message.shown < Message.wanted,
    ~_PARENT_IS_COMING,
)
_DUE = and_(WAITING, or_(Message.not_before.is_(None), Message.not_before <= bindparam("now")))
# What somebody looks at already is brought up to date before anything new that can wait is posted.
_TURN = case(
    (and_(Message.ts.is_not(None), Message.priority > Priority.CARD), Priority.CARD), else_=Message.priority
)
_FIRST_DUE = select(Message).where(_DUE).order_by(_TURN, Message.number).limit(1)
_FOLDABLE = (
    select(Message)
    .where(
        _DUE,
        or_(Message.expires_at.is_(None), Message.expires_at > bindparam("now")),
        Message.priority == Priority.BULK,
        Message.parent_id.is_(None),
        Message.ts.is_(None),
        Message.attempt_at.is_(None),
        Message.card != bindparam("card"),
    )
    .order_by(Message.number)
    .limit(bindparam("most"))
)


def message_of_key(session: WorkspaceSession, key: str) -> Message | None:
    """The message with this key."""
    return session.scalar(select(Message).where(Message.workspace_id == session.workspace_id, Message.key == key))


def message_about(session: WorkspaceSession, card: str, subject_id: UUID, audience: str) -> Message | None:
    """The first message in which an audience was shown, or is to be shown, a subject's card."""
    # Asked for the first in order, SQLite would go through all messages, which the primary key has in order.
    found = session.scalars(
        select(Message).where(
            Message.workspace_id == session.workspace_id,
            Message.card == card,
            Message.subject_id == subject_id,
            Message.audience == audience,
        )
    )
    return min(found, key=attrgetter("id"), default=None)


def newest_in_lane(session: WorkspaceSession, card: str, subject_id: UUID, lane: str) -> Message | None:
    """The newest message of a card about a subject in a lane that can be replied to, sent or still to be sent."""
    return session.scalar(
        select(Message)
        .where(
            Message.workspace_id == session.workspace_id,
            Message.card == card,
            Message.subject_id == subject_id,
            Message.lane == lane,
            Message.state == State.OPEN,
        )
        .order_by(Message.number.desc())
        .limit(1)
    )


def last_facts(session: WorkspaceSession, card: str, subject_id: UUID) -> dict[str, Any] | None:
    """What stood on the newest message of a card about a subject; None where there is none."""
    statement = select(Message.id, Message.facts).where(
        Message.workspace_id == session.workspace_id,
        Message.card == card,
        Message.subject_id == subject_id,
    )
    newest = max(session.execute(statement), key=attrgetter("id"), default=None)
    return newest.facts if newest else None


def add(session: WorkspaceSession, message: Message, now: datetime) -> None:
    """Puts a message with a new key at the end of its lane."""
    message.number = wake(session, message.lane, message.not_before or now, more=1)
    session.add(message)


def subjects_shown(session: WorkspaceSession, card: str) -> set[UUID]:
    """Of which subjects there is a card of that name that can be shown anew."""
    statement = select(Message.subject_id).where(
        Message.workspace_id == session.workspace_id,
        Message.card == card,
        Message.state.in_((State.OPEN, State.FOLDED)),
    )
    return {each for each in session.scalars(statement.distinct()) if each}


def touch(session: WorkspaceSession, card: str, subject_id: UUID, now: datetime) -> None:
    """Has every copy of the subject's card shown anew, also those that were folded into another message."""

    def of_subject(row: type[Message]) -> ColumnElement[bool]:
        return and_(
            row.workspace_id == session.workspace_id,
            row.card == card,
            row.subject_id == subject_id,
            row.state.in_((State.OPEN, State.FOLDED)),
        )

    for lane in session.scalars(select(Message.lane).where(of_subject(Message)).distinct().order_by(Message.lane)):
        wake(session, lane, now)
    # Only now, with the lanes locked: meanwhile a sender may have folded some of them.
    copy = aliased(Message)
    session.execute(
        update(Message)
        .where(
            Message.workspace_id == session.workspace_id,
            Message.state == State.OPEN,
            or_(
                and_(Message.card == card, Message.subject_id == subject_id),
                Message.id.in_(select(copy.parent_id).where(of_subject(copy), copy.state == State.FOLDED)),
            ),
        )
        .values(wanted=Message.wanted + 1),
        execution_options={"synchronize_session": False},
    )


def lanes_behind(session: WorkspaceSession, card: str, number: int, now: datetime) -> set[str]:
    """The lanes in which so many posts of a card, or more, still wait to be sent."""
    statement = (
        select(Message.lane)
        .where(
            Message.workspace_id == session.workspace_id,
            Message.card == card,
            Message.state == State.OPEN,
            Message.shown < Message.wanted,
            Message.ts.is_(None),
            or_(Message.expires_at.is_(None), Message.expires_at > now),
        )
        .group_by(Message.lane)
        .having(func.count() >= number)
    )
    return set(session.scalars(statement))


def end_unsent(
    session: WorkspaceSession, card: str, subject_id: UUID, audiences: Collection[str], until: datetime
) -> None:
    """Has what these audiences have not been sent of a subject's card be posted no more from then on."""
    session.execute(
        update(Message).where(_unsent(session, card, subject_id, audiences)).values(expires_at=until),
        execution_options={"synchronize_session": False},
    )


def revive_unsent(
    session: WorkspaceSession,
    card: str,
    subject_id: UUID,
    audiences: Collection[str],
    until: datetime,
    now: datetime,
) -> None:
    """Has what these audiences never saw of a subject's card, because its time was over, go out until then."""
    never_seen = and_(
        Message.workspace_id == session.workspace_id,
        Message.card == card,
        Message.subject_id == subject_id,
        Message.audience.in_(audiences),
        Message.state == State.EXPIRED,
        Message.ts.is_(None),
        Message.attempt_at.is_(None),
    )
    for lane in session.scalars(select(Message.lane).where(never_seen).distinct().order_by(Message.lane)):
        wake(session, lane, now)
    session.execute(
        update(Message).where(never_seen).values(state=State.OPEN, expires_at=until, wanted=Message.wanted + 1),
        execution_options={"synchronize_session": False},
    )


def hurry(
    session: WorkspaceSession, card: str, subject_id: UUID, audiences: Collection[str], now: datetime
) -> None:
    """Has what these audiences have not been sent of a subject's card go out now, whatever held it back."""
    unsent = _unsent(session, card, subject_id, audiences)
    for lane in session.scalars(select(Message.lane).where(unsent).distinct().order_by(Message.lane)):
        wake(session, lane, now)
    session.execute(
        update(Message).where(unsent).values(priority=Priority.PRESS, not_before=None),
        execution_options={"synchronize_session": False},
    )


def _unsent(
    session: WorkspaceSession, card: str, subject_id: UUID, audiences: Collection[str]
) -> ColumnElement[bool]:
    return and_(
        Message.workspace_id == session.workspace_id,
        Message.card == card,
        Message.subject_id == subject_id,
        Message.audience.in_(audiences),
        Message.state == State.OPEN,
        Message.ts.is_(None),
        Message.attempt_at.is_(None),
    )


def wake(session: WorkspaceSession, lane: str, due: datetime, more: int = 0) -> int:
    """Has a sender look at the lane when ``due`` or before, and counts ``more`` messages; how many it has had."""
    session.info[HAS_MAIL] = True
    sooner = case((or_(Lane.next_at.is_(None), Lane.next_at > due), due), else_=Lane.next_at)
    told: int | None = session.scalar(
        update(Lane)
        .where(Lane.workspace_id == session.workspace_id, Lane.lane == lane)
        .values(next_at=sooner, told=Lane.told + more)
        .returning(Lane.told),
        execution_options={"synchronize_session": False},
    )
    if told is None:
        session.add(Lane(workspace_id=session.workspace_id, lane=lane, next_at=due, told=more, fence=0))
        session.flush()
        return more
    return told


def first_due(session: WorkspaceSession, lane: str, now: datetime) -> Message | None:
    """What is to be sent next in the lane: the most urgent message, of those the oldest."""
    return session.scalar(_FIRST_DUE, {"own": session.workspace_id, "name": lane, "now": now})


def foldable(session: WorkspaceSession, lane: str, now: datetime, card: str, most: int) -> Sequence[Message]:
    """The overdue messages for information in a lane, at most so many; none of ``card``, which folds others."""
    asked = {"own": session.workspace_id, "name": lane, "now": now, "card": card, "most": most}
    return session.scalars(_FOLDABLE, asked).all()


def kept_until(session: WorkspaceSession, lane: str, then: datetime) -> Sequence[Message]:
    """What was put off until just then and can wait, with the replies to it, oldest first."""
    statement = (
        select(Message)
        .where(WAITING, Message.not_before == then, Message.ts.is_(None))
        .where(Message.priority > Priority.PRESS, Message.attempt_at.is_(None))
    )
    kept = session.scalars(statement, {"own": session.workspace_id, "name": lane}).all()
    replies = session.scalars(
        select(Message).where(
            Message.workspace_id == session.workspace_id,
            Message.lane == lane,
            Message.parent_id.in_([each.id for each in kept]),
            Message.state == State.OPEN,
            Message.ts.is_(None),
            Message.attempt_at.is_(None),
        )
    )
    return sorted({each.id: each for each in (*kept, *replies)}.values(), key=lambda each: each.number)


def folded_into(session: WorkspaceSession, message_id: UUID) -> Sequence[Message]:
    """The messages that another one shows, oldest first."""
    return session.scalars(
        select(Message)
        .where(
            Message.workspace_id == session.workspace_id,
            Message.parent_id == message_id,
            Message.state == State.FOLDED,
        )
        .order_by(Message.number)
    ).all()
