"""Why the service level of a queue was what it was, as it is looked at."""

from dataclasses import dataclass
from enum import Enum, auto

from bot.domain.coverage_measured import Measured
from bot.domain.intervals import Interval
from bot.domain.kpi_periods import Span
from bot.domain.kpi_why import Conditions, Why

# Of more days it is not said why they were as they were.
MOST_DAYS = 7


class Lack(Enum):
    """What is not known, so that something cannot be said or is taken to be as planned."""

    NO_CONTACTS = auto()  # nothing says what came
    NONE_CAME = auto()
    NO_FORECAST = auto()  # nothing says what was expected
    NONE_EXPECTED = auto()  # some came when none were
    NO_HEADS = auto()  # nothing says how many were needed
    NOT_WAITING = auto()  # a backlog, in which nobody waits to be answered
    HANDLE_TIME = auto()  # taken to be as planned
    STAFF = auto()  # the same: no shift is known


@dataclass(frozen=True, slots=True)
class Late:
    """A time in which many waited too long: so many of the contacts that came, by what was reckoned."""

    interval: Interval
    late: float
    contacts: float


@dataclass(frozen=True, slots=True)
class QueueWhy:
    """What is known of a queue.

    ``planned`` and ``actual`` say what came altogether, what each contact took, and how many heads were on
    contacts on average while any were planned. ``unplanned`` are contacts that came when nothing was planned, and
    are left out. ``worst`` are the times in which the most waited too long.
    """

    queue: str
    lacks: tuple[Lack, ...]
    why: Why | None = None
    planned: Conditions | None = None
    actual: Conditions | None = None
    unplanned: float = 0
    worst: tuple[Late, ...] = ()
    measured: Measured | None = None


@dataclass(frozen=True, slots=True)
class WhyShown:
    """Of some days, of each queue of which anything is known."""

    span: Span
    queues: tuple[QueueWhy, ...]
