"""What every helpdesk gives and takes, in our words; each provider has a module of its own that speaks its API.

Nothing here knows rows or people of ours: who and what somebody is, is said by the helpdesk's own ids.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlsplit

from bot.domain.cases import By, Kind, Priority, State
from bot.domain.connections import Blank

# As a name of the internet.
_ACCOUNT = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


class Change(StrEnum):
    """What can be changed in a helpdesk. The fields of a write are named as in the data of the happening."""

    OWNER = "owner"  # owner, the id there, or None
    STATE = "state"  # state
    NOTE = "note"  # nothing but its text; internal, never seen by the customer
    TAGS = "tags"  # tags, all of them, sorted


@dataclass(frozen=True, slots=True)
class PersonRead:
    """Somebody there: an agent, or a customer."""

    external_id: str
    name: str | None
    email: str | None
    is_agent: bool


@dataclass(frozen=True, slots=True)
class EventRead:
    """Something that happened there to the case with the id ``case``.

    ``data`` is as ``Kind`` says it, with ids and names of the helpdesk (owner: the id there; queue: its name).
    ``by`` is the customer, the bot (an automation, or a write of ours) or ``HELPDESK``: somebody of the team,
    ``person``.
    """

    case: str
    external_id: str  # unique in the case
    kind: Kind
    at: datetime
    by: By
    person: str | None = None
    data: dict[str, Any] = field(default_factory=dict)
    write_id: str | None = None  # of the write of ours that it comes of, where the helpdesk tells


@dataclass(frozen=True, slots=True)
class DeadlineRead:
    """Until when the helpdesk wants something done, or (None) that it waits for nothing."""

    case: str
    metric: str  # first reply, next reply or resolution
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseRead:
    """A case as it stands there. What the helpdesk does not say is None, or empty."""

    external_id: str
    version: str  # by ``version_of``
    url: str | None = None  # for people, not for programs
    title: str = ""
    customer: str | None = None
    state: State = State.NEW
    priority: Priority = Priority.NORMAL
    tier: str | None = None
    language: str | None = None
    channel: str | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()  # sorted
    queue: str | None = None  # the name of its group, project …
    owner: str | None = None  # the id there
    opened_at: datetime | None = None
    changed_at: datetime | None = None
    solved_at: datetime | None = None
    satisfaction: str | None = None  # good or bad
    opened_with: dict[str, Any] = field(
        default_factory=dict
    )  # state, priority, queue, owner, where they were others
    gone: bool = False  # deleted; then nothing but its id counts


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of what changed, in the order of time; ``cursor`` goes on behind it, also weeks later.

    A case may come twice, and an event again that was there before; events of cases that never came may be passed
    over. ``more`` says that there is more to read at once.
    """

    cursor: dict[str, Any]
    more: bool
    cases: tuple[CaseRead, ...] = ()
    events: tuple[EventRead, ...] = ()
    deadlines: tuple[DeadlineRead, ...] = ()
    people: tuple[PersonRead, ...] = ()


@dataclass(frozen=True, slots=True)
class Write:
    """A change to make in one case. ``before`` is what whoever asked for it saw in the same fields.

    ``id`` is the same in each attempt, so that one whose answer was lost is recognised where that is possible.
    """

    id: str
    kind: Change
    wanted: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    note: str | None = None
    based_on: str | None = None


class HelpdeskFails(Exception):
    """What can go wrong there; ``name`` is what is remembered and logged of it: never what a server wrote."""

    name = "failed"


class SignInFailed(HelpdeskFails):
    """The credentials are none, or none any more, or may not do that."""

    name = "sign-in failed"


class Forbidden(SignInFailed):
    """They are good, but not for that."""


class TooManyRequests(HelpdeskFails):
    """It wants to be left alone for ``seconds``."""

    name = "too many requests"

    def __init__(self, seconds: int) -> None:
        super().__init__(f"asked to wait {seconds} s")
        self.seconds = seconds


class ToolIsAway(HelpdeskFails):
    """It does not answer, or not with what its documentation says."""

    name = "away"


class Refused(HelpdeskFails):
    """It will not do that, now or later; ``words`` are its own, for the person who asked, and for nobody else."""

    name = "refused"

    def __init__(self, words: str) -> None:
        super().__init__("refused")
        self.words = words


class Gone(HelpdeskFails):
    """There is no such case any more."""

    name = "gone"


class Conflict(HelpdeskFails):
    """Somebody else changed there what was to be changed; ``found`` is what stands in the fields of the write."""

    name = "conflict"

    def __init__(self, found: dict[str, Any], version: str) -> None:
        super().__init__("changed there meanwhile")
        self.found = found
        self.version = version


class BadAddress(Exception):
    """What was typed is not the address of such a helpdesk."""


class Helpdesk(Protocol):
    """One account at one provider, signed in. Every method may raise ``HelpdeskFails``."""

    def check(self) -> str:
        """Whom one is signed in as, as people call them there."""

    def close(self) -> None:
        """Gives its connections back."""

    def read(self, cursor: dict[str, Any] | None, since: datetime) -> Iterator[Page]:
        """All that changed behind the cursor, or (None) since then, page by page, until there is no more.

        A page is asked for when the one before has been dealt with, not earlier.
        """

    def write(self, external_id: str, write: Write) -> str:
        """Makes a change, unless it is made already, and gives the version of the case after it.

        Raises ``Conflict`` where the fields hold neither what was there ``before`` nor what is ``wanted``; that
        something else changed meanwhile is none.
        """


Tool = TypeVar("Tool", covariant=True)


@dataclass(frozen=True)
class Provider(Generic[Tool]):
    """A kind of tool: what it is called, what signing in takes, how it is opened.

    ``open`` gets the base address, the secrets by the names of the blanks, and the clock.
    """

    kind: str  # zendesk
    name: str  # Zendesk
    domain: str  # zendesk.com
    blanks: tuple[Blank, ...]
    open: Callable[[str, Mapping[str, str], Callable[[], datetime]], Tool]
    address: str | None = None  # where all accounts are asked, whatever people call theirs


def base_address(provider: Provider[Any], typed: str, *, stand_ins: bool = False) -> str:
    """The https address of an account from however people write it: acme, acme.zendesk.com, or a page's address.

    Secrets are sent to the provider's own domain and nowhere else; with ``stand_ins`` also to a server on this
    machine that plays it. Raises ``BadAddress``.
    """
    text = typed.strip().lower()
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise BadAddress(typed) from None
    if stand_ins and host == "127.0.0.1" and port:
        return f"http://127.0.0.1:{port}"
    if provider.address:
        return provider.address
    account = host.removesuffix(f".{provider.domain}")
    if parts.scheme not in ("", "https") or parts.username is not None or not _ACCOUNT.fullmatch(account):
        raise BadAddress(typed)
    return f"https://{account}.{provider.domain}"


def version_of(changed_at: datetime) -> str:
    """A version that sorts: the time of the last change in UTC."""
    return changed_at.astimezone(UTC).isoformat(timespec="microseconds")
