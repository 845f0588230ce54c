"""Questions to other departments: who answers them by when, and the matrix that says so."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Documents, Id, WorkspaceId, owned


class DepartmentDesk(Base):
    """How a department is reached: in which hours, by the clocks of which zone, and who leads it."""

    __tablename__ = "department_desk"
    __table_args__ = (owned("department_id", "department"), owned("lead_id", "member"))

    workspace_id: Mapped[WorkspaceId]
    department_id: Mapped[Id]
    hours: Mapped[Documents | None]  # windows as availability has them; None: the workspace's business hours
    time_zone: Mapped[str | None]
    lead_id: Mapped[UUID | None]


class EscalationMatrix(Base):
    """One version of the matrix: which question goes where, and how long each step may take.

    ``rows`` are as the domain writes them, ``replaces`` those that held when it was proposed. A version is
    proposed by one person and approved by another; the one that was approved last is in force.
    """

    __tablename__ = "escalation_matrix"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        owned("proposed_by_id", "member"),
        owned("decided_by_id", "member"),
        owned("reason_id", "note"),
        owned("decision_id", "note"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]
    rows: Mapped[Documents]
    replaces: Mapped[Documents]
    state: Mapped[str]  # as the domain names it
    restores: Mapped[int | None]  # the number of the version that it brings back
    proposed_by_id: Mapped[UUID | None]
    proposed_at: Mapped[datetime]
    reason_id: Mapped[UUID | None]
    decided_by_id: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decision_id: Mapped[UUID | None]


class Escalation(Base):
    """A question to a department about a case.

    ``next_at`` is when the clock looks at it next; ``chased`` how often the department was asked again.
    ``misses`` counts the promised times that went by since somebody owns it.
    """

    __tablename__ = "escalation"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        owned("case_id", "case"),
        owned("department_id", "department"),
        owned("contact_id", "member"),
        owned("owner_id", "member"),
        owned("asked_by_id", "member"),
        owned("closed_by_id", "member"),
        owned("question_id", "note"),
        owned("need_id", "note"),
        owned("answer_id", "note"),
        owned("outcome_id", "note"),
        owned("promise_id", "customer_promise"),
        Index(None, "workspace_id", "state", "next_at"),
        Index(None, "workspace_id", "department_id", "state"),
        Index(None, "workspace_id", "case_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]
    case_id: Mapped[UUID]
    severity: Mapped[int]  # 1 is the worst
    department_id: Mapped[UUID]
    contact_id: Mapped[UUID | None]  # whom the matrix names
    state: Mapped[str]  # as the domain names it
    asked_by_id: Mapped[UUID]
    asked_at: Mapped[datetime]
    sent_at: Mapped[datetime]  # when it came to the department that has it now
    question_id: Mapped[UUID | None]
    need_id: Mapped[UUID | None]  # what the department asked to know last
    link: Mapped[str | None]  # to the message that it was raised from
    promise_id: Mapped[UUID | None]  # what the customer was promised
    matrix_number: Mapped[int | None]  # by which version it was sent
    owner_id: Mapped[UUID | None]  # of the department
    owned_at: Mapped[datetime | None]
    own_by: Mapped[datetime | None]  # by when somebody of the department should own it
    answer_by: Mapped[datetime | None]  # by when the matrix wants an answer
    eta_at: Mapped[datetime | None]  # the time that the department promised
    misses: Mapped[int] = mapped_column(default=0)
    chased: Mapped[int] = mapped_column(default=0)
    chased_at: Mapped[datetime | None]
    rung: Mapped[int] = mapped_column(default=0)  # how far up it went
    hop: Mapped[int] = mapped_column(default=0)  # how many departments said that it is not theirs
    step_minutes: Mapped[int | None]  # of the department's hours, that each rung may be silent; None: by severity
    silent_since: Mapped[datetime | None]  # since when a word is waited for; None: since it was asked
    missed_at: Mapped[datetime | None]  # the promised time that went by last
    next_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    answer_id: Mapped[UUID | None]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[UUID | None]
    outcome: Mapped[str | None]  # as the domain names it
    cause: Mapped[str | None]
    outcome_id: Mapped[UUID | None]  # in words


class EscalationEta(Base):
    """A time that a department promised, and whether it was kept: what its reliability is reckoned from."""

    __tablename__ = "escalation_eta"
    __table_args__ = (
        owned("escalation_id", "escalation"),
        owned("department_id", "department"),
        owned("given_by_id", "member"),
        Index(None, "workspace_id", "department_id", "eta_at"),
        Index(None, "workspace_id", "escalation_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    escalation_id: Mapped[UUID]
    department_id: Mapped[UUID]
    given_by_id: Mapped[UUID | None]
    given_at: Mapped[datetime]
    eta_at: Mapped[datetime]
    state: Mapped[str]  # open, kept, missed, or taken back before its time
    ended_at: Mapped[datetime | None]


class EscalationSaid(Base):
    """A reply in the thread of a question's card, or of its case, that the other side reads as a note.

    By where it stands in Slack it is found again when it is edited or deleted.
    """

    __tablename__ = "escalation_said"
    __table_args__ = (
        owned("escalation_id", "escalation"),
        owned("note_id", "note"),
        Index(None, "workspace_id", "escalation_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    channel: Mapped[str] = mapped_column(primary_key=True)
    ts: Mapped[str] = mapped_column(primary_key=True)
    escalation_id: Mapped[UUID]
    note_id: Mapped[UUID]
