"""Cases: what customers want of the team, what happened to each, and its clocks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, Document, Documents, Id, Names, WorkspaceId, owned


class Case(Base):
    """A case as it stands now; ``case_event`` says how it came to that.

    One that mirrors a case of a helpdesk has that tool's name as ``source``, and its id there. Title and
    customer are a customer's data: erasing a case leaves them empty.
    """

    __tablename__ = "case"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        UniqueConstraint("workspace_id", "source", "external_id"),
        owned("queue_id", "queue"),
        owned("owner_id", "member"),
        owned("waits_on_id", "department"),
        owned("routed_by_id", "routing_rule"),
        Index(None, "workspace_id", "state", "due_at"),
        Index(None, "workspace_id", "owner_id", "state", "due_at"),
        Index(None, "workspace_id", "queue_id", "state", "due_at"),
        Index(None, "workspace_id", "customer"),
        Index(None, "workspace_id", "external_url"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]
    source: Mapped[str | None]
    external_id: Mapped[str | None]
    external_url: Mapped[str | None]
    external_version: Mapped[str | None]  # as the helpdesk writes it: what a change of ours is based on
    external_gone_at: Mapped[datetime | None]  # deleted there
    title: Mapped[str]
    customer: Mapped[str | None]
    state: Mapped[str]  # as the domain names it
    priority: Mapped[str]
    tier: Mapped[str | None]  # of the customer
    language: Mapped[str | None]
    channel: Mapped[str | None]  # e-mail, chat, phone …
    category: Mapped[str | None]  # what it is about
    tags: Mapped[Names]
    queue_id: Mapped[UUID | None]
    owner_id: Mapped[UUID | None]
    waits_on_id: Mapped[UUID | None]  # the department that it is on hold for
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    solved_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]  # the first deadline of the clocks that run
    reopened: Mapped[int] = mapped_column(default=0)  # how often the customer came back
    rerouted: Mapped[int] = mapped_column(default=0)  # how often it went to another queue
    routed_by_id: Mapped[UUID | None]  # the rule by which it came to its first queue
    stuck_at: Mapped[datetime | None]  # since when a coordinator sees to it that it moves
    stuck: Mapped[str | None]  # why, as the domain names it
    snoozed_until: Mapped[datetime | None]
    satisfaction: Mapped[str | None]  # good or bad, as the customer said
    satisfied_at: Mapped[datetime | None]


class CaseEvent(Base):
    """Something that happened to a case; only ever added to.

    ``data`` is what the kind of it needs (the new state, the owner …), never free text: that is in the note.
    An event of a helpdesk has its id there, so that reading it twice adds it once.
    """

    __tablename__ = "case_event"
    __table_args__ = (
        owned("case_id", "case"),
        owned("member_id", "member"),
        owned("note_id", "note"),
        UniqueConstraint("workspace_id", "case_id", "external_id"),
        UniqueConstraint("workspace_id", "case_id", "number"),
        Index(None, "workspace_id", "case_id", "at"),
        Index(None, "workspace_id", "kind", "at"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    case_id: Mapped[UUID]
    number: Mapped[int]  # in which order it was noted
    at: Mapped[datetime]
    kind: Mapped[str]  # as the domain names it
    by: Mapped[str]  # customer, member, bot, clock or the helpdesk
    member_id: Mapped[UUID | None]
    data: Mapped[Document]
    note_id: Mapped[UUID | None]
    external_id: Mapped[str | None]


class CaseClock(Base):
    """One clock of a case as it was reckoned last; everything in it follows from the events and the policy.

    ``rungs`` are its warnings, ``percent`` and ``at``; ``rung_percent`` is the next of them, due at ``rung_at``,
    which is what the job of the nudges asks for. They are empty while the clock stands. ``version`` grows
    whenever the deadline moves, so that a warning of a deadline that is gone is none.
    """

    __tablename__ = "case_clock"
    __table_args__ = (
        owned("case_id", "case"),
        Index(None, "workspace_id", "rung_at"),
        Index(None, "workspace_id", "due_at"),
    )

    workspace_id: Mapped[WorkspaceId]
    case_id: Mapped[Id]
    metric: Mapped[str] = mapped_column(primary_key=True)  # first reply, next reply or resolution
    state: Mapped[str]  # running, paused, met, missed: as the domain names it
    target_minutes: Mapped[int | None]  # None: the deadline is the helpdesk's
    started_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]  # None while it is paused
    act_by: Mapped[datetime | None]  # where a change of priority, tier or queue had made it late
    breached_at: Mapped[datetime | None]
    version: Mapped[int]
    rungs: Mapped[Documents]
    told_percent: Mapped[int]  # the highest warning of this version that was dealt with
    rung_percent: Mapped[int | None]
    rung_at: Mapped[datetime | None]


class CaseCheck(Base):
    """Somebody looked at what seemed wrong with the record of a case, and it is done, or right as it is."""

    __tablename__ = "case_check"
    __table_args__ = (owned("case_id", "case"), owned("member_id", "member"))

    workspace_id: Mapped[WorkspaceId]
    case_id: Mapped[Id]
    what: Mapped[str] = mapped_column(primary_key=True)  # as the domain names it
    member_id: Mapped[UUID | None]
    done_at: Mapped[datetime]


class CaseHandover(Base):
    """A case of who is away that was given to somebody else meanwhile, until they are back.

    ``number`` is that of the event by which it was: what happened since has a higher one.
    """

    __tablename__ = "case_handover"
    __table_args__ = (
        owned("absence_id", "absence"),
        owned("case_id", "case"),
        owned("to_id", "member"),
        Index(None, "workspace_id", "case_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    absence_id: Mapped[Id]
    case_id: Mapped[Id]
    to_id: Mapped[UUID]
    number: Mapped[int]
    handed_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]  # its owner is back
    given_back: Mapped[bool] = mapped_column(default=False)


class RoutingRule(Base):
    """Which cases belong in which queue. ``wants`` is what a case must have, as the domain writes it."""

    __tablename__ = "routing_rule"
    __table_args__ = (owned("queue_id", "queue"), UniqueConstraint("workspace_id", "name"))

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    name: Mapped[str]
    position: Mapped[int]  # the first that fits is the one
    wants: Mapped[Document]
    queue_id: Mapped[UUID]
    priority: Mapped[str | None]  # that it gives
    ended_at: Mapped[datetime | None]


class Nudge(Base):
    """Something that somebody should look at: told by itself, or with others of theirs in one message.

    ``key`` says what makes it the same: a nudge of one warning of one deadline is given once. ``batch_id`` is the
    message's subject that it is told in.
    """

    __tablename__ = "nudge"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        owned("member_id", "member"),
        Index(None, "workspace_id", "told_at", "ended_at"),
        Index(None, "workspace_id", "next_at"),
        Index(None, "workspace_id", "subject_id"),
        Index(None, "workspace_id", "batch_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    key: Mapped[str]
    kind: Mapped[str]  # as the domain names it
    subject_id: Mapped[UUID]  # the case, the promise, the escalation …
    member_id: Mapped[UUID | None]  # None: the coordinators' channel
    data: Mapped[Document]
    urgent: Mapped[bool]  # told without waiting for others
    made_at: Mapped[datetime]
    not_before: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    batch_id: Mapped[UUID | None]
    next_at: Mapped[datetime | None]  # when somebody else is told of it, if nobody has seen to it
    ended_at: Mapped[datetime | None]  # somebody saw to it, or it is none any more
    ended: Mapped[str | None]  # how, as the domain names it


class CustomerPromise(Base):
    """What a customer was promised, by when, and who sees to it."""

    __tablename__ = "customer_promise"
    __table_args__ = (
        owned("case_id", "case"),
        owned("owner_id", "member"),
        owned("made_by_id", "member"),
        owned("sent_by_id", "member"),
        owned("text_id", "note"),
        owned("draft_id", "note"),
        Index(None, "workspace_id", "owner_id", "state", "due_at"),
        Index(None, "workspace_id", "state", "next_at"),
        Index(None, "workspace_id", "case_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    case_id: Mapped[UUID]
    owner_id: Mapped[UUID]
    made_by_id: Mapped[UUID | None]
    made_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[str]  # as the domain names it
    text_id: Mapped[UUID | None]
    draft_id: Mapped[UUID | None]
    sent_at: Mapped[datetime | None]  # when somebody told the customer, as they say
    sent_by_id: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]
    missed_at: Mapped[datetime | None]  # the first time that went by
    rung: Mapped[int] = mapped_column(default=0)  # how many reminders have come
    next_at: Mapped[datetime | None]  # when the next does


class CaseException(Base):
    """A refund, an order or a delivery out of the ordinary that somebody must approve; no money is moved here."""

    __tablename__ = "case_exception"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        owned("case_id", "case"),
        owned("asked_by_id", "member"),
        owned("decided_by_id", "member"),
        owned("reason_id", "note"),
        owned("decision_id", "note"),
        Index(None, "workspace_id", "state", "due_at"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]
    case_id: Mapped[UUID]
    kind: Mapped[str]  # refund, order or delivery, as the domain names it
    amount_minor: Mapped[int]  # cents, in most currencies
    currency: Mapped[str]
    state: Mapped[str]
    asked_by_id: Mapped[UUID]
    asked_at: Mapped[datetime]
    due_at: Mapped[datetime]
    reason_id: Mapped[UUID | None]
    decided_by_id: Mapped[UUID | None]
    decided_at: Mapped[datetime | None]
    decision_id: Mapped[UUID | None]
    rung: Mapped[int] = mapped_column(default=0)  # how often approvers were reminded


class HandUp(Base):
    """An agent asks for live help, and how long it took until somebody came."""

    __tablename__ = "hand_up"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        owned("asked_by_id", "member"),
        owned("taken_by_id", "member"),
        owned("case_id", "case"),
        owned("question_id", "note"),
        Index(None, "workspace_id", "state", "asked_at"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]
    asked_by_id: Mapped[UUID]
    case_id: Mapped[UUID | None]
    question_id: Mapped[UUID | None]
    asked_at: Mapped[datetime]
    state: Mapped[str]  # as the domain names it
    taken_by_id: Mapped[UUID | None]
    taken_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    rung: Mapped[int] = mapped_column(default=0)  # how far it went up
