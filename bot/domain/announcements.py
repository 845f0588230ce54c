"""Announcements, in the words that all their parts share."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

# How long one is open for whom it does not say until when.
OPEN_FOR = timedelta(days=30)
# After the time by which it was to be read, whoever was away still has so long to.
AFTER_DUE = timedelta(days=14)


class Kind(StrEnum):
    """What an announcement comes of, by which a team chooses where it is heard."""

    TYPED = "typed"  # somebody wrote it
    SOP = "sop"  # a procedure was changed
    SWAP = "swap"  # settled
    COVER = "cover"  # found
    SCHEDULE = "schedule"  # published, or changed


class State(StrEnum):
    """Where an announcement stands."""

    SCHEDULED = "scheduled"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


OPEN = frozenset({State.SCHEDULED, State.SENT})


class Wrong(StrEnum):
    """What keeps an announcement from being made so."""

    NO_TITLE = "no title"
    NO_TEXT = "no text"
    NOBODY = "nobody"  # the audience is empty
    SENT_BEFORE_NOW = "sent before now"
    DUE_BEFORE_SENT = "due before sent"
    DUE_OVER = "due over"  # it is to be read again by a time that is over
    EXPIRES_BEFORE_SENT = "expires before sent"
    EXPIRES_BEFORE_DUE = "expires before due"
    NOT_ON_ROSTER = "not on roster"  # somebody who is named
    BEYOND_TEAM = "beyond team"  # who leads nobody announces to their own team only
    CHANNEL_BEYOND_TEAM = "channel beyond team"
    MAY_NOT_MENTION = "may not mention"
    MENTIONS_NOBODY = "mentions nobody"  # there is no channel in which everybody could be
    NO_CHANNEL = "no channel"  # in which the bot can write


class UnknownAnnouncement(Exception):
    """There is no such announcement, or it is not for whoever asks."""


class NotOpen(Exception):
    """It was withdrawn, or its time is over."""

    def __init__(self, state: State) -> None:
        super().__init__(state)
        self.state = state


class NotForYou(Exception):
    """Somebody acknowledges what is for others."""


class BadAnnouncement(Exception):
    """It cannot be made so; nothing was."""

    def __init__(self, wrong: tuple[Wrong, ...]) -> None:
        super().__init__(", ".join(wrong))
        self.wrong = wrong


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an announcement is for: who fits everything that is said, and ``people`` besides; nothing: everybody.

    One of the teams, one of the skills, one of the languages (which are skills, too); and who works on the day
    ``on``, or at the moment at which it goes out (``at_work``).
    """

    teams: frozenset[UUID] = frozenset()
    skills: frozenset[UUID] = frozenset()
    languages: frozenset[UUID] = frozenset()
    on: date | None = None
    at_work: bool = False
    people: frozenset[UUID] = frozenset()

    @property
    def by_shift(self) -> bool:
        """Whether it goes by who works when."""
        return self.on is not None or self.at_work

    @property
    def by_traits(self) -> bool:
        """Whether people belong to it by what they are, and not only by name."""
        return bool(self.teams or self.skills or self.languages or self.by_shift) or not self.people

    def document(self) -> dict[str, Any]:
        """As it is stored."""
        named = {name: sorted(map(str, getattr(self, name))) for name in _SETS}
        said: dict[str, Any] = {name: ids for name, ids in named.items() if ids}
        return (
            said | ({"on": self.on.isoformat()} if self.on else {}) | ({"at_work": True} if self.at_work else {})
        )


_SETS = ("teams", "skills", "languages", "people")


def read_audience(document: dict[str, Any]) -> Audience:
    """The audience that was stored."""
    named = {name: frozenset(map(UUID, document.get(name, ()))) for name in _SETS}
    on = document.get("on")
    return Audience(**named, on=date.fromisoformat(on) if on else None, at_work=bool(document.get("at_work")))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may belong to an audience. ``works``: at the time that the audience goes by."""

    id: UUID
    team: UUID | None
    skills: frozenset[UUID]
    works: bool = False


def belongs(audience: Audience, candidate: Candidate) -> bool:
    """Whether an announcement is for somebody."""
    if candidate.id in audience.people:
        return True
    return (
        audience.by_traits
        and (not audience.teams or candidate.team in audience.teams)
        and all(not one_of or one_of & candidate.skills for one_of in (audience.skills, audience.languages))
        and (candidate.works or not audience.by_shift)
    )


@dataclass(frozen=True, slots=True)
class NewAnnouncement:
    """What is to be announced.

    ``channels`` (Slack ids) is where it stands; none: in a direct message to each. ``mentions``: everybody in
    these channels is notified. ``asks``: it is to be acknowledged, by ``due_at`` if that is said. ``send_at``
    None: now. ``expires_at`` None: as ``expiry`` has it. ``subject_id`` is what it tells of.
    """

    kind: Kind
    title: str
    text: str
    audience: Audience
    author_id: UUID | None
    channels: tuple[str, ...] = ()
    mentions: bool = False
    asks: bool = True
    send_at: datetime | None = None
    due_at: datetime | None = None
    expires_at: datetime | None = None
    subject_id: UUID | None = None


def expiry(expires_at: datetime | None, send_at: datetime, due_at: datetime | None) -> datetime:
    """When its time is over: as said, or a month after it goes out, and two weeks after it is due."""
    return expires_at or max(send_at + OPEN_FOR, due_at + AFTER_DUE if due_at else send_at)


def wrong_words(title: str, text: str) -> tuple[Wrong, ...]:
    """What is missing of what it says."""
    missing = ((title, Wrong.NO_TITLE), (text, Wrong.NO_TEXT))
    return tuple(wrong for said, wrong in missing if not said.strip())


def wrong_times(
    now: datetime, send_at: datetime | None, due_at: datetime | None, expires_at: datetime | None
) -> tuple[Wrong, ...]:
    """What cannot be of the times: each comes after the one before."""
    sent = send_at or now
    found = (
        (send_at is not None and send_at <= now, Wrong.SENT_BEFORE_NOW),
        (due_at is not None and due_at <= sent, Wrong.DUE_BEFORE_SENT),
        (expires_at is not None and expires_at <= sent, Wrong.EXPIRES_BEFORE_SENT),
        (due_at is not None and expires_at is not None and sent < expires_at < due_at, Wrong.EXPIRES_BEFORE_DUE),
    )
    return tuple(wrong for is_so, wrong in found if is_so)
