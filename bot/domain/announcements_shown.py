"""An announcement as people look at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bot.domain.announcements import Kind, State
from bot.domain.shifts import Somebody


class Seat(StrEnum):
    """Who looks at the card of an announcement."""

    CHANNEL = "channel"
    AUTHOR = "author"


class News(StrEnum):
    """What is said of an announcement beside its card."""

    CHANGED = "changed"  # and is to be read again
    LATE = "late"  # somebody has not read it in time


@dataclass(frozen=True, slots=True)
class AudienceShown:
    """Whom it is for, by name; all empty: everybody. ``people``: how many are named."""

    teams: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    on: date | None = None
    at_work: bool = False
    people: int = 0


@dataclass(frozen=True, slots=True)
class AnnouncementShown:
    """An announcement as it stands; ``text`` None: it was erased.

    ``read`` of ``readers`` have acknowledged it as it has to be. ``revision`` grows with each edit, and is 1
    before the first. ``channels`` are Slack ids; none: direct messages.
    """

    id: UUID
    number: int
    kind: Kind
    state: State
    title: str
    text: str | None
    author: Somebody | None
    audience: AudienceShown
    channels: tuple[str, ...]
    mentions: bool
    asks: bool
    revision: int
    send_at: datetime
    sent_at: datetime | None
    due_at: datetime | None
    expires_at: datetime
    readers: int
    read: int
    subject_id: UUID | None = None

    @property
    def missing(self) -> int:
        """How many have not read it yet."""
        return self.readers - self.read


@dataclass(frozen=True, slots=True)
class ReaderShown:
    """An announcement as one of its readers has it: since when it is read as it has to be (None: not yet)."""

    announcement: AnnouncementShown
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """Somebody in the list of who has read it. ``away``: not at work for longer than a night."""

    who: Somebody
    read_at: datetime | None
    away: bool = False


@dataclass(frozen=True, slots=True)
class ReadersPage:
    """A page of those who have not read it yet and then of those who have, as far as the reader may know."""

    announcement: AnnouncementShown
    rows: tuple[ReaderRow, ...]
    missing: int  # of all whom the reader may know
    everybody: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class AnnouncementLine:
    """One as somebody has to do with it: ``is_read`` None where it is not theirs to acknowledge; ``read_at``."""

    announcement: AnnouncementShown
    is_read: bool | None
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AnnouncementsPage:
    """A page of announcements, the newest first."""

    lines: tuple[AnnouncementLine, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True, slots=True)
class FormShown:
    """What whoever writes an announcement chooses from, names by id.

    ``everybody``: they announce beyond their own team, which is called ``team`` and has its ``channel``.
    """

    teams: Mapping[UUID, str]
    skills: Mapping[UUID, str]
    languages: Mapping[UUID, str]
    everybody: bool
    team: str | None
    channel: str | None


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A line of the file of who has read one: since when as it has to be, and which revision they saw last."""

    name: str
    email: str
    team: str | None
    read_at: datetime | None
    revision: int | None
    reminders: int


@dataclass(frozen=True, slots=True)
class UnreadSeen:
    """The first that somebody is yet to read, and how many there are."""

    first: tuple[AnnouncementShown, ...] = ()
    total: int = 0
