"""Spreadsheets that somebody gives the bot: where each stands, and what taking it over would do."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from bot.domain.imports import Problem
from bot.domain.imports_standing import Kind, Why
from bot.domain.rules import RuleId
from bot.domain.shifts_import import PlannedShift

# How long a preview waits for a decision, and what somebody has uploaded is kept.
KEPT = timedelta(days=1)
MOST_DAYS = 366
Days = tuple[date, date]


class State(StrEnum):
    """Where an upload stands."""

    READING = "reading"
    READ = "read"  # previewed, and waiting for a decision
    UNREADABLE = "unreadable"  # something is wrong with it
    LOST = "lost"  # it could not be had, and never will be
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


BUSY = frozenset({State.READING, State.APPLYING, State.UNDOING})
# In these the file, and what it says, is no longer needed.
FORGETTABLE = frozenset({State.READ, State.UNREADABLE})


class Remark(StrEnum):
    """What is to be said beside the state."""

    BEGUN = "begun"  # shifts of the import have begun, so that it can no longer be undone
    CHANGED = "changed"  # since it was previewed, so that it was not applied but previewed anew
    FAILED = "failed"  # through a fault of ours
    IN_USE = "in use"  # something depends on the import, so that it was not undone
    MAY_NOT = "may not"  # whoever gave it may not import, or not any more
    NO_SCOPE = "no scope"  # the app may not read files
    NO_FILE = "no file"  # it is not in Slack, or not any more
    TOO_LARGE = "too large"
    SLACK_AWAY = "slack away"


class What(StrEnum):
    """What happens to a shift or a person."""

    ADDED = "added"
    CHANGED = "changed"
    MOVED = "moved"
    REMOVED = "removed"
    CLASHING = "clashing"
    UNCHANGED = "unchanged"
    LEFT = "left"  # has left Slack, and is planned nevertheless
    UNLINKED = "unlinked"  # has no Slack account yet
    HELD = "held"  # a settled swap or cover, although a shift of it moves
    ENDED = "ended"  # a settled swap or cover that there is no room for


_DEEDS = frozenset({What.ADDED, What.CHANGED, What.MOVED, What.REMOVED, What.CLASHING})


class UploadNotOpen(Exception):
    """It can no longer be done, or not yet: it stands at ``state``."""

    def __init__(self, state: State) -> None:
        super().__init__(f"the upload is {state}")
        self.state = state


@dataclass(frozen=True, slots=True)
class ShiftEntry:
    """What happens to a shift, through which ``line`` of the file (None: through none).

    ``after`` is what it becomes, ``other`` what it clashes with and ``other_line`` where that stands in the file.
    Notes are left out. ``name`` is its owner's where they have left.
    """

    what: What
    line: int | None
    shift: PlannedShift
    after: PlannedShift | None = None
    new_note: bool = False
    other: PlannedShift | None = None
    other_line: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class ExchangeEntry:
    """What becomes of a settled swap or cover of which something that it hands on, the ``leg``, is otherwise now.

    ``works`` is what somebody works by it, or, where it ends, from then on (None: nobody). It ends for the reason
    ``why``: beside another shift of the same person, or against ``rules``.
    """

    what: What
    line: int | None
    kind: Kind
    number: int
    leg: PlannedShift
    works: tuple[tuple[PlannedShift, str | None], ...]
    parties: tuple[str, ...] = ()
    why: Why | None = None
    beside: PlannedShift | None = None
    rules: tuple[RuleId, ...] = ()


def emails_of(entry: ShiftEntry | ExchangeEntry) -> Iterator[str]:
    """The e-mail addresses of those of whom it speaks."""
    if isinstance(entry, ShiftEntry):
        shifts = [entry.shift, entry.after, entry.other]
    else:
        shifts = [entry.leg, entry.beside]
        yield from entry.parties
        yield from (worker for _, worker in entry.works if worker)
    yield from (each.email for each in shifts if each and each.email)


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """What happens to somebody on the roster; ``changes`` are columns with what they said and will say."""

    what: What
    line: int
    name: str
    email: str
    role: str
    changes: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesEntry:
    """What happens to the figures of a queue, or to activities of a kind, from ``first`` to ``last``."""

    what: What
    name: str
    kind: str
    count: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class BalanceEntry:
    """By how many minutes a balance of somebody changes on a day, to be taken by ``expires`` if that is said.

    Why somebody adjusts it is left out.
    """

    what: What
    line: int
    email: str
    ledger: str
    minutes: int
    on: date
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """What happens to a case, known by what it is called elsewhere; ``changes`` are the columns that differ."""

    what: What
    line: int
    reference: str
    title: str
    changes: tuple[str, ...] = ()


Entry = ShiftEntry | ExchangeEntry | PersonEntry | SeriesEntry | BalanceEntry | CaseEntry


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking a file over would do: so much of each kind, and the first of the ``entries`` one by one.

    ``days`` are the first and the last that a shifts file speaks of. ``read_columns`` are the headings with what
    they were taken for. Columns and sheets that nothing is read from, and queues that there were none of before,
    are named.
    """

    counts: Mapping[What, int]
    entries: tuple[Entry, ...]
    days: Days | None = None
    new_queues: tuple[str, ...] = ()
    read_columns: tuple[tuple[str, str], ...] = ()
    unread_columns: tuple[str, ...] = ()
    unread_sheets: tuple[str, ...] = ()
    ended: Mapping[Kind, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether everything is as the file says already."""
        return not any(self.counts.get(what) for what in _DEEDS)

    @property
    def is_applicable(self) -> bool:
        """Whether it can be taken over."""
        return not self.is_empty and not self.counts.get(What.CLASHING)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a file cannot be taken over: the first of its ``total`` problems, or that nothing says what it is."""

    problems: tuple[Problem, ...]
    total: int
    unknown_header: bool


@dataclass(frozen=True, slots=True)
class UploadShown:
    """An upload as its card shows it; ``number`` is that of the import, ``replaced`` the days that it replaces.

    ``kind`` is that of the file, once the header has said it. ``in_the_way`` are the lines that say why it was not
    undone, ``reference`` is what the log calls a fault. ``unowned`` is how many of its shifts nobody
    works and nobody is asked for.
    """

    id: UUID
    name: str
    state: State
    kind: str | None
    read_at: datetime
    replaced: Days | None = None
    preview: Preview | None = None
    trouble: Trouble | None = None
    remark: Remark | None = None
    in_the_way: tuple[str, ...] = ()
    number: int | None = None
    reference: str | None = None
    unowned: int = 0
