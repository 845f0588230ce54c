"""Questions to departments, the times that they promised, and what is said in the threads about them."""

from collections.abc import Collection, Sequence
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_, select

from bot.domain.escalations import EtaState, State
from storage.db import WorkspaceSession
from storage.tables import Escalation, EscalationEta, EscalationSaid, Lane, Message, Note


class Root(NamedTuple):
    """The message that a thread is about: which card it shows to whom, and of what."""

    message_id: UUID
    lane: str
    card: str
    audience: str
    subject_id: UUID | None


def escalation(session: WorkspaceSession, escalation_id: UUID) -> Escalation | None:
    """One by id."""
    return session.get(Escalation, (session.workspace_id, escalation_id))


def escalation_of_number(session: WorkspaceSession, number: int) -> Escalation | None:
    """One by the number that people quote."""
    return session.scalar(
        select(Escalation).where(Escalation.workspace_id == session.workspace_id, Escalation.number == number)
    )


def escalations_of_case(session: WorkspaceSession, case_id: UUID, states: Collection[str]) -> Sequence[Escalation]:
    """Those about a case that are in one of the states, in the order in which they were asked."""
    return session.scalars(
        select(Escalation)
        .where(
            Escalation.workspace_id == session.workspace_id,
            Escalation.case_id == case_id,
            Escalation.state.in_(states),
        )
        .order_by(Escalation.number)
    ).all()


def open_eta(session: WorkspaceSession, escalation_id: UUID) -> EscalationEta | None:
    """The time that is promised, as long as nobody has counted it as kept, missed or taken back."""
    return session.scalar(
        select(EscalationEta).where(
            EscalationEta.workspace_id == session.workspace_id,
            EscalationEta.escalation_id == escalation_id,
            EscalationEta.state == EtaState.OPEN,
        )
    )


def waits_for(session: WorkspaceSession, note_id: UUID) -> bool:
    """Whether an escalation waits for what was asked in a note."""
    found = session.scalar(
        select(Escalation.id).where(
            Escalation.workspace_id == session.workspace_id,
            Escalation.state == State.NEEDS_INFO,
            Escalation.need_id == note_id,
        )
    )
    return found is not None


def copies(session: WorkspaceSession, card: str, escalation_id: UUID, audience: str) -> Sequence[Message]:
    """The messages in which an audience is shown the card of one, the oldest first."""
    statement = select(Message).where(
        Message.workspace_id == session.workspace_id,
        Message.card == card,
        Message.subject_id == escalation_id,
        Message.audience == audience,
    )
    # Asked for in that order, SQLite would go through the whole primary key, which has it.
    return sorted(session.scalars(statement), key=attrgetter("id"))


def root_at(session: WorkspaceSession, channel: str, ts: str) -> Root | None:
    """What the bot shows in a message of a channel or of direct messages; None where it is none of the bot's."""
    found = session.execute(
        select(Message.id, Message.lane, Message.card, Message.audience, Message.subject_id)
        .join(Lane, (Lane.workspace_id == Message.workspace_id) & (Lane.lane == Message.lane))
        .where(
            Message.workspace_id == session.workspace_id,
            Message.ts == ts,
            Lane.workspace_id == session.workspace_id,
            or_(Lane.lane == channel, Lane.channel == channel),
        )
    ).first()
    return Root(*found) if found else None


def said_at(session: WorkspaceSession, channel: str, ts: str) -> EscalationSaid | None:
    """The reply at a place in Slack, if it is one that the other side reads."""
    return session.get(EscalationSaid, (session.workspace_id, channel, ts))


def note(session: WorkspaceSession, note_id: UUID) -> Note | None:
    """A note by id, erased or not."""
    return session.get(Note, (session.workspace_id, note_id))
