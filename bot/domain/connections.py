"""Tools that are connected: how a connection is doing, and what becomes of changes to be made in a helpdesk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID


class Mirrors(StrEnum):
    """What is mirrored from a tool."""

    CASES = "cases"  # of a helpdesk, which is written, too
    ARTICLES = "articles"  # of a knowledge base, which is only read


class ConnectionState(StrEnum):
    """Whether a tool is read and written."""

    GOOD = "good"
    SIGN_IN_FAILED = "sign-in failed"  # nothing is asked of it before somebody signs in anew


class WriteState(StrEnum):
    """What has become of a change that is to be made in a helpdesk."""

    WAITING = "waiting"
    DONE = "done"
    CONFLICT = "conflict"  # somebody else changed there what was to be changed
    REFUSED = "refused"  # it will not do that, or the case is not there any more
    TAKEN = "taken"  # after a conflict: what stands there is right
    REPEATED = "repeated"  # after a conflict: asked again, by another write


# After each attempt to which nothing was answered; the last one holds from then on.
RETRIES = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1))


def try_again_after(tries: int) -> timedelta:
    """How long to wait after so many attempts, at least one."""
    return RETRIES[min(tries, len(RETRIES)) - 1]


class NotConnected(Exception):
    """No such tool is connected."""


class WriteIsSettled(Exception):
    """Somebody has said already what becomes of it."""


@dataclass(frozen=True, slots=True)
class Blank:
    """Something that must be known to sign in, or (scope) what is read of an account: that is no secret."""

    name: str
    label: str
    hint: str
    scope: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """A kind of tool that can be connected: what it is called, where accounts are, what signing in takes.

    ``anywhere``: all accounts are at one address, so nobody has to know theirs.
    """

    kind: str
    name: str
    domain: str
    blanks: tuple[Blank, ...]
    mirrors: Mirrors = Mirrors.CASES
    anywhere: bool = False


@dataclass(frozen=True, slots=True)
class ConnectionShown:
    """A tool as people read of it."""

    kind: str
    name: str
    address: str
    state: ConnectionState
    connected_at: datetime
    read_at: datetime | None
    waiting: int  # changes that are still to be made there
    conflicts: int
    error: str | None
    unknown_groups: tuple[str, ...] = ()  # that live cases are in, and that are no queues here
    mirrors: Mirrors = Mirrors.CASES
    mirrored: int = 0  # articles


@dataclass(frozen=True, slots=True)
class WriteShown:
    """A change that could not be made in the helpdesk as it was asked for.

    ``wanted`` and ``found`` are what the field should hold and what it holds, with people by name; ``asked_by`` is
    who wanted it, ``settled_by`` who said which of the two is right.
    """

    id: UUID
    helpdesk: str
    case_number: int
    reference: str
    title: str
    url: str | None
    field: str
    state: WriteState
    asked_by: str | None
    wanted: Any
    found: Any
    settled_by: str | None
    error: str | None


@dataclass(frozen=True, slots=True)
class Stranger:
    """Whoever owns a case in the helpdesk, and is nobody of ours; None as a name: it is not known."""

    name: str | None
    helpdesk: str


@dataclass(frozen=True, slots=True)
class MirrorShown:
    """What is to be said of a case beside its helpdesk."""

    writes: tuple[WriteShown, ...]
    stranger: Stranger | None
