"""Every table. ``workspace_id`` (Slack's team id) comes first in each primary key and each foreign key.

Instants are aware and stored in UTC; a naive one is refused. Wall-clock columns end in ``_local`` and mean
something only together with the row's ``time_zone``.
"""

from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Instant(TypeDecorator[datetime]):
    """A point in time: aware in Python, UTC in the database. SQLite would silently drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive time cannot be stored as an instant: {value.isoformat()}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


WallClock = Annotated[datetime, mapped_column(DateTime(timezone=False))]
WorkspaceId = Annotated[str, mapped_column(Text, ForeignKey("workspace.workspace_id"), primary_key=True)]
Id = Annotated[UUID, mapped_column(Uuid, primary_key=True)]
Document = dict[str, Any]
Names = list[str]


class Base(DeclarativeBase):
    """What all tables share: how constraints are named, and which column a Python type gets."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - read by SQLAlchemy
        datetime: Instant,
        str: Text,
        UUID: Uuid,
        date: Date,
        Names: JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql"),
        Document: JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql"),
    }


def _owned(column: str, table: str) -> ForeignKeyConstraint:
    """A reference that cannot leave the workspace."""
    return ForeignKeyConstraint(["workspace_id", column], [f"{table}.workspace_id", f"{table}.id"])


class Workspace(Base):
    """A Slack workspace; its row is what writers lock.

    ``revision`` grows with every write session that commits: what was derived from the workspace's rows at a
    revision still holds as long as it is the same.
    """

    __tablename__ = "workspace"

    workspace_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    revision: Mapped[int] = mapped_column(BigInteger)


class Team(Base):
    """People who are led and scheduled together."""

    __tablename__ = "team"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    name: Mapped[str]
    channel: Mapped[str | None]


class Department(Base):
    """People outside support who answer questions: billing, logistics, engineering."""

    __tablename__ = "department"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    name: Mapped[str]
    channel: Mapped[str | None]


class Queue(Base):
    """A stream of contacts that shifts are planned for."""

    __tablename__ = "queue"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    name: Mapped[str]


class Skill(Base):
    """What a person can be assigned for; a language is a skill."""

    __tablename__ = "skill"
    __table_args__ = (UniqueConstraint("workspace_id", "name"),)

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    name: Mapped[str]


class Member(Base):
    """A person on the roster.

    ``name`` and ``time_zone`` are what the roster says, ``slack_name`` and ``slack_time_zone`` what Slack
    says now: keeping both lets a file be imported again without undoing what a person changed in Slack.
    """

    __tablename__ = "member"
    __table_args__ = (
        UniqueConstraint("workspace_id", "email"),
        UniqueConstraint("workspace_id", "slack_id"),
        _owned("team_id", "team"),
        _owned("department_id", "department"),
        CheckConstraint("capacity >= 0 AND capacity <= 1", name="capacity_is_a_share"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    email: Mapped[str]  # lower case
    name: Mapped[str]
    time_zone: Mapped[str | None]
    team_id: Mapped[UUID | None]
    department_id: Mapped[UUID | None]
    weekly_minutes: Mapped[int | None]  # hours of the contract
    capacity: Mapped[float] = mapped_column(default=1.0)  # share of the time on contacts
    hired_on: Mapped[date | None]
    slack_id: Mapped[str | None]
    slack_name: Mapped[str | None]
    slack_time_zone: Mapped[str | None]
    slack_updated: Mapped[int | None] = mapped_column(
        BigInteger
    )  # Slack's own version of the profile, seconds since 1970
    deactivated_at: Mapped[datetime | None]
    limits: Mapped[Names] = mapped_column(default=list)  # by name, in order; why is not stored


class MemberSkill(Base):
    """A skill that a person has."""

    __tablename__ = "member_skill"
    __table_args__ = (_owned("member_id", "member"), _owned("skill_id", "skill"))

    workspace_id: Mapped[WorkspaceId]
    member_id: Mapped[Id]
    skill_id: Mapped[Id]


class Grant(Base):
    """A role that a person has, for one team or (without a team) for all."""

    __tablename__ = "grant"
    __table_args__ = (
        _owned("member_id", "member"),
        _owned("team_id", "team"),
        UniqueConstraint("workspace_id", "member_id", "role", "team_id"),
        # Two nulls are distinct to a unique key, so the grants for all teams need one of their own.
        Index(
            "uq_grant_for_all_teams",
            "workspace_id",
            "member_id",
            "role",
            unique=True,
            sqlite_where=text("team_id IS NULL"),
            postgresql_where=text("team_id IS NULL"),
        ),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    member_id: Mapped[UUID]
    role: Mapped[str]
    team_id: Mapped[UUID | None]
    from_roster: Mapped[bool]  # said by the people file, which may say otherwise next time


class Note(Base):
    """Free text that somebody wrote; the only place for it, so that it can be erased."""

    __tablename__ = "note"
    __table_args__ = (_owned("author_id", "member"),)

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    author_id: Mapped[UUID | None]
    text: Mapped[str]
    written_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class Import(Base):
    """A file, or several of one kind, that was taken over whole."""

    __tablename__ = "import"
    __table_args__ = (UniqueConstraint("workspace_id", "number"),)

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]
    kind: Mapped[str]  # people or shifts
    files: Mapped[str]
    imported_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]


class ImportChange(Base):
    """One row that an import added, moved or removed, as it was before and as it is after."""

    __tablename__ = "import_change"
    __table_args__ = (
        _owned("import_id", "import"),
        Index(None, "workspace_id", "import_id", "position", unique=True),
        Index(None, "workspace_id", "subject_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    import_id: Mapped[UUID]
    position: Mapped[int]
    table: Mapped[str]
    subject_id: Mapped[UUID]
    before: Mapped[Document | None]
    after: Mapped[Document | None]


class Shift(Base):
    """The base schedule as imported: local times and zone are what counts, the instants follow from them."""

    __tablename__ = "shift"
    __table_args__ = (
        _owned("member_id", "member"),
        _owned("queue_id", "queue"),
        _owned("note_id", "note"),
        Index(None, "workspace_id", "start"),
        CheckConstraint('start < "end"', name="starts_before_it_ends"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    member_id: Mapped[UUID | None]  # nobody: an open shift
    start_local: Mapped[WallClock]
    end_local: Mapped[WallClock]
    time_zone: Mapped[str]
    start: Mapped[datetime]
    end: Mapped[datetime]
    queue_id: Mapped[UUID | None]
    note_id: Mapped[UUID | None]
    removed_at: Mapped[datetime | None]


class Assignment(Base):
    """Who really works which part of a shift.

    The rows of a shift that are not replaced partition it. A later decision replaces rows and adds new ones,
    so the history stays and the base is never edited.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        _owned("shift_id", "shift"),
        _owned("member_id", "member"),
        Index(None, "workspace_id", "start"),
        Index(None, "workspace_id", "member_id", "start"),
        Index(None, "workspace_id", "shift_id"),
        CheckConstraint('start < "end"', name="starts_before_it_ends"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    shift_id: Mapped[UUID]
    member_id: Mapped[UUID | None]
    start: Mapped[datetime]
    end: Mapped[datetime]
    cause: Mapped[str]  # base, or the capability that decided otherwise
    assigned_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]


class FeedToken(Base):
    """The address of somebody's calendar feed, of which only a digest is kept; read across workspaces.

    Who has no Slack session asks with nothing but the address: the digest says whose it is.
    """

    __tablename__ = "feed_token"
    __table_args__ = (
        _owned("member_id", "member"),
        UniqueConstraint("digest"),
        Index(
            "uq_feed_token_in_force",
            "workspace_id",
            "member_id",
            unique=True,
            sqlite_where=text("revoked_at IS NULL"),
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    member_id: Mapped[UUID]
    digest: Mapped[str]  # SHA-256 of the token, as hexadecimal digits
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_read_at: Mapped[datetime | None]  # to the hour


class Setting(Base):
    """One version of the settings of a scope (workspace, team or queue); the highest version is in force."""

    __tablename__ = "setting"

    workspace_id: Mapped[WorkspaceId]
    scope: Mapped[str] = mapped_column(primary_key=True)  # "workspace", "team:<id>" or "queue:<id>"
    version: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[Document]
    changed_at: Mapped[datetime]


class Audit(Base):
    """Who did what, when, and what was there before and after. No free text."""

    __tablename__ = "audit"
    __table_args__ = (
        Index(None, "workspace_id", "subject_kind", "subject_id"),
        Index(None, "workspace_id", "at"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]  # nobody on the roster: the operator at the command line, Slack, or the clock
    actor: Mapped[str]  # member, operator, slack or clock
    action: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[UUID | None]
    number: Mapped[int | None]
    before: Mapped[Document | None]
    after: Mapped[Document | None]


class Counter(Base):
    """The last number given out for a kind of thing; people quote these numbers."""

    __tablename__ = "counter"

    workspace_id: Mapped[WorkspaceId]
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class SeenEvent(Base):
    """A Slack event whose effect is stored: a retry of it does nothing."""

    __tablename__ = "seen_event"

    workspace_id: Mapped[WorkspaceId]
    event_id: Mapped[str] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime]


class Lane(Base):
    """A channel or a person that messages go to, one sender at a time.

    Read across workspaces, so it holds nothing personal but the ids in ``lane`` and ``channel``. ``next_at`` is
    business time, as people live by it. ``free_at`` is real time: the lane is claimed by nobody (else) before,
    because a sender has it on lease, or because it rests after a post or a failure. ``fence`` grows with each
    claim: whoever finds another value than their own has lost the lease.
    """

    __tablename__ = "lane"
    __table_args__ = (Index(None, "next_at"),)

    workspace_id: Mapped[WorkspaceId]
    lane: Mapped[str] = mapped_column(primary_key=True)  # a channel's or a person's Slack id, or their Home
    channel: Mapped[str | None]  # where messages to a person go, once Slack has said it
    next_at: Mapped[datetime | None]  # when there may be something to send; None: nothing is waiting
    free_at: Mapped[datetime | None]
    fence: Mapped[int]
    told: Mapped[int]  # how many messages the lane has been given


class Message(Base):
    """One message as one recipient sees it: the outbox and the register of copies in one.

    ``wanted`` counts the changes of what it shows, ``shown`` how many of them Slack has; it is up to date when
    they are equal. ``facts`` are what was true when it was written and is gone since (old → new).
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("workspace_id", "key"),
        _owned("parent_id", "message"),
        Index(None, "workspace_id", "card", "subject_id"),
        Index(None, "workspace_id", "parent_id"),
        Index(
            "ix_message_waiting",
            "workspace_id",
            "lane",
            "priority",
            "number",
            sqlite_where=text("state = 'open' AND shown < wanted"),
            postgresql_where=text("state = 'open' AND shown < wanted"),
        ),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    key: Mapped[str]  # what makes it the same message; also found in Slack's message metadata
    card: Mapped[str]  # the name in the register of cards
    subject_id: Mapped[UUID | None]
    audience: Mapped[str]  # for whom the card is drawn, as the card understands it
    facts: Mapped[Document | None]
    lane: Mapped[str]
    number: Mapped[int]  # its place in the lane
    parent_id: Mapped[UUID | None]  # the message in whose thread it is a reply, or that it was folded into
    priority: Mapped[int]  # the lower goes first
    not_before: Mapped[datetime | None]  # business time, as is expires_at
    expires_at: Mapped[datetime | None]  # posted no more from then on; a Home is not open any more
    wanted: Mapped[int] = mapped_column(default=1)
    shown: Mapped[int] = mapped_column(default=0)
    ts: Mapped[str | None]  # Slack's id of it; of a Home, which has none, a digest of what was published
    attempt_at: Mapped[datetime | None]  # real time; a post or publishing was begun whose outcome is not known
    tries: Mapped[int] = mapped_column(default=0)  # how often it failed since it last succeeded
    state: Mapped[str] = mapped_column(default="open")  # open, dropped, expired, folded or failed
    error: Mapped[str | None]  # Slack's error code


class JobSchedule(Base):
    """Which period of a job a workspace has reached, and when to look at it; read across workspaces."""

    __tablename__ = "job_schedule"
    __table_args__ = (Index(None, "next_due_at"),)

    workspace_id: Mapped[WorkspaceId]
    job: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str]  # the first that is not settled, as in job_run
    next_due_at: Mapped[datetime]


class JobRun(Base):
    """One period of a job: the row decides which process runs it, and that it runs once."""

    __tablename__ = "job_run"

    workspace_id: Mapped[WorkspaceId]
    job: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)  # a local date, or an instant, as the job counts
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime]
    fence: Mapped[int]
    tries: Mapped[int]  # how often it has failed
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None]  # done, skipped or failed


class Swap(Base):
    """Two people exchange what they work: the asker's ``given`` for the colleague's ``returned``.

    Both are assignments that were in force when it was proposed; ``..._made`` are those that were appended in
    their place when it was settled. ``review`` is what the last whole check found, as approvers read it.
    """

    __tablename__ = "swap"
    __table_args__ = (
        UniqueConstraint("workspace_id", "number"),
        _owned("asker_id", "member"),
        _owned("colleague_id", "member"),
        _owned("given_id", "assignment"),
        _owned("returned_id", "assignment"),
        _owned("given_made_id", "assignment"),
        _owned("returned_made_id", "assignment"),
        _owned("note_id", "note"),
        _owned("answer_id", "note"),
        _owned("reason_id", "note"),
        _owned("decided_by_id", "member"),
        _owned("undo_wanted_by_id", "member"),
        _owned("superseded_by_id", "swap"),
        _owned("entered_by_id", "member"),
        _owned("answered_by_id", "member"),
        _owned("ended_by_id", "member"),
        Index(None, "workspace_id", "state", "expires_at"),
        Index(None, "workspace_id", "given_id"),
        Index(None, "workspace_id", "returned_id"),
    )

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    number: Mapped[int]
    asker_id: Mapped[UUID]
    colleague_id: Mapped[UUID]
    given_id: Mapped[UUID]
    returned_id: Mapped[UUID]
    given_made_id: Mapped[UUID | None]
    returned_made_id: Mapped[UUID | None]
    state: Mapped[str]  # as the domain names it
    note_id: Mapped[UUID | None]  # the asker's
    answer_id: Mapped[UUID | None]  # the colleague's, with a refusal
    reason_id: Mapped[UUID | None]  # the approver's
    review: Mapped[Document]
    proposed_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None]
    undo_wanted_by_id: Mapped[UUID | None]  # the party who agreed to undo it first
    superseded_by_id: Mapped[UUID | None]  # the swap that took one of the shifts
    entered_by_id: Mapped[UUID | None]  # whoever proposed it for the asker; None: the asker
    answered_by_id: Mapped[UUID | None]  # whoever accepted it for the colleague; None: the colleague
    ended_by_id: Mapped[UUID | None]  # whoever withdrew, declined or undid it


class Form(Base):
    """A form that was submitted, by the nonce in it, and what came of it: sent again it gives the same."""

    __tablename__ = "form"

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    subject_id: Mapped[UUID]
    submitted_at: Mapped[datetime]


class Upload(Base):
    """A spreadsheet that somebody has given the bot; ``content`` and what it says are erased once it is settled.

    ``shown`` is the preview, or what is wrong, as the card shows it; ``digest`` is that of the whole preview.
    """

    __tablename__ = "upload"
    __table_args__ = (Index(None, "workspace_id", "state", "expires_at"),)

    workspace_id: Mapped[WorkspaceId]
    id: Mapped[Id]
    slack_id: Mapped[str]  # whose it is
    name: Mapped[str]
    file_id: Mapped[str | None]  # Slack's; None: it was pasted
    content: Mapped[bytes | None] = mapped_column(LargeBinary)
    kind: Mapped[str | None]  # people or shifts, once it was read
    state: Mapped[str]  # as the domain names it
    remark: Mapped[str | None]  # the same
    replaced_from: Mapped[date | None]  # the days within which what the file does not have is removed
    replaced_to: Mapped[date | None]
    shown: Mapped[Document | None]
    digest: Mapped[str | None]
    in_the_way: Mapped[Names | None]  # why it was not undone, line by line
    reference: Mapped[str | None]  # what the log calls a fault
    number: Mapped[int | None]  # of the import
    tries: Mapped[int] = mapped_column(default=0)  # how often Slack was asked for it in vain
    received_at: Mapped[datetime]
    expires_at: Mapped[datetime]
