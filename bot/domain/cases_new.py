"""What is known of a case when it is opened, before it has a number; and what is entered in its form."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.domain.cases import Priority, State
from bot.domain.cases_shown import CaseShown


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case to be opened; one that mirrors a case of a helpdesk has that tool's name as ``source``."""

    title: str
    customer: str | None = None
    priority: Priority = Priority.NORMAL
    tier: str | None = None
    language: str | None = None
    channel: str | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    queue_id: UUID | None = None
    owner_id: UUID | None = None
    source: str | None = None
    external_id: str | None = None
    external_url: str | None = None
    external_version: str | None = None
    opened_at: datetime | None = None  # None: now
    state: State = State.NEW
    replied: bool = False  # the team has replied, and nobody says when: so no first reply is owed
    replied_at: datetime | None = None  # when it did last


@dataclass(frozen=True, slots=True)
class Entered:
    """What somebody has entered of a case; ``link`` leads to the message that it was made of."""

    title: str
    customer: str | None = None
    priority: Priority = Priority.NORMAL
    tier: str | None = None
    category: str | None = None
    language: str | None = None
    channel: str | None = None
    tags: tuple[str, ...] = ()
    queue_id: UUID | None = None
    owner: str | None = None  # a Slack account
    note: str = ""
    link: str | None = None


@dataclass(frozen=True, slots=True)
class CaseForm:
    """What the form begins with that opens a case or, with a ``case``, puts its record right."""

    nonce: UUID
    queues: tuple[tuple[UUID, str], ...] = ()
    case: CaseShown | None = None
