"""From the facts of days to what people read: which source counts, and how sums become a value."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import NamedTuple, TypeVar
from uuid import UUID

from bot.domain.intervals import Interval, merge, total
from bot.domain.kpi import CONTACTS, OWN_SOURCE, Definition, Figure, Formula, Measure, Shape, Unit

T = TypeVar("T")
# Under so many people what is said of a group is said of persons.
LEAST_GROUP = 5
_DAY, _MINUTE = timedelta(days=1), timedelta(minutes=1)


class Sum(NamedTuple):
    """What a source says of a measure on a day and in a queue (None: in none), added up.

    ``part`` is what the sum is of, where it was taken apart. ``teams``, ``channels`` and ``members`` say how many
    of its facts name one.
    """

    day: date
    measure: str
    source: str
    queue_id: UUID | None
    part: object
    numerator: float
    denominator: float | None
    changed_at: datetime
    teams: int = 0
    channels: int = 0
    members: int = 0


class Known(NamedTuple):
    """What comes of the sums of a figure: None where what its formula takes is not known."""

    numerator: float
    denominator: float | None
    n: float


@dataclass(frozen=True, slots=True)
class Terms:
    """What a workspace has decided about its figures."""

    formula: Formula = Formula.OFFERED
    least_n: int = 30
    fcr_days: int = 7


def counted(sums: Iterable[Sum]) -> list[Sum]:
    """Those that count, so that nothing is counted twice where several sources measure the same.

    Of a day and a measure, contacts and what became of them being one, a file goes before what the bot has seen,
    and of files that which was changed last. A source that names queues counts for those that no other has before
    it; one that names none counts for all of them, or for none if another has any.
    """
    by_day: defaultdict[tuple[date, str], list[Sum]] = defaultdict(list)
    for each in sums:
        family = Measure.OFFERED if each.measure in CONTACTS else each.measure
        by_day[each.day, family].append(each)
    return [each for same in by_day.values() for each in _of_day(same)]


def reckon(figure: Definition, sums: Iterable[Sum], formula: Formula) -> Known | None:
    """What the sums that count say of a rate or a sum; None where they do not say it."""
    every = list(sums)
    if figure.figure is Figure.SERVICE_LEVEL:
        return _service_level(every, formula)
    if not every:
        return None
    numerator = sum(each.numerator for each in every)
    if figure.shape is not Shape.RATE:
        return Known(numerator, None, numerator)
    denominator = sum(each.denominator or 0 for each in every)
    return Known(numerator, denominator, denominator)


def value_of(figure: Definition, known: Known) -> float | None:
    """What people read, in the unit of the figure; None of a rate of nothing."""
    if known.denominator is None:
        return known.numerator
    if not known.denominator:
        return None
    share = known.numerator / known.denominator
    return 100 * share if figure.unit is Unit.POINTS else share


def too_few(figure: Definition, known: Known, least_n: int) -> bool:
    """Whether a rate is of so few that it says nothing."""
    least = least_n if figure.least is None else figure.least
    return figure.shape is Shape.RATE and known.n < least


class Kept(NamedTuple):
    """How somebody kept to what was rostered, in minutes."""

    right: float  # worked when rostered
    worked: float
    rostered: float


def kept(rostered: Iterable[Interval], worked: Interval) -> Kept:
    """Adherence is the first of the last, whenever one works; conformance the second."""
    plan = merge(rostered)
    right = [part for each in plan if (part := each.intersection(worked))]
    return Kept(*(total(each) / _MINUTE for each in (right, [worked], plan)))


def published_on(last: date, fcr_days: int) -> date:
    """When first contact resolution of a period that ends with a day is known: its window is over by then."""
    return last + (fcr_days + 1) * _DAY


def median_days(opened: Collection[datetime], at: datetime) -> float | None:
    """The age in the middle, in days, of cases that were opened at these times; None where there are none."""
    return median((at - each) / _DAY for each in opened) if opened else None


def told_groups(groups: Mapping[UUID | None, Sequence[T]]) -> dict[UUID | None, list[T]]:
    """What is said of people by their teams, of groups of five or more: smaller ones together, or not at all."""
    told: dict[UUID | None, list[T]] = {
        team: list(group) for team, group in groups.items() if team and len(group) >= LEAST_GROUP
    }
    rest = [each for team, group in groups.items() if team not in told for each in group]
    if len(rest) >= LEAST_GROUP:
        told[None] = rest
    return told


def _of_day(same: Sequence[Sum]) -> list[Sum]:
    sources: defaultdict[str, list[Sum]] = defaultdict(list)
    for each in same:
        sources[each.source].append(each)
    found: list[Sum] = []
    taken: set[UUID | None] = set()
    for _, mine in sorted(sources.items(), key=_rank):
        queues = {each.queue_id for each in mine}
        if queues == {None}:
            # It speaks of the floor, unless that is what no queue has of a source that goes by queues.
            if not taken:
                return mine
            continue
        found += [each for each in mine if each.queue_id not in taken]
        taken |= queues
    return found


def _rank(source: tuple[str, Sequence[Sum]]) -> tuple[bool, float, str]:
    name, mine = source
    return name == OWN_SOURCE, -max(each.changed_at.timestamp() for each in mine), name


def _service_level(sums: Sequence[Sum], formula: Formula) -> Known | None:
    """Of the days and queues of which all is known that the formula takes, of the same contacts."""
    cells: defaultdict[tuple[object, ...], dict[str, Sum]] = defaultdict(dict)
    for each in sums:
        cells[each.day, each.source, each.queue_id, each.part][each.measure] = each
    parts = [part for cell in cells.values() if (part := _in_time(cell, formula))]
    if not parts:
        return None
    met, of = (sum(each) for each in zip(*parts, strict=True))
    return Known(met, of, of)


def _in_time(cell: Mapping[str, Sum], formula: Formula) -> tuple[float, float] | None:
    in_target = cell.get(Measure.ANSWERED_IN_TARGET)
    offered = in_target.denominator if in_target else None
    if in_target is None or offered is None:
        return None
    if formula is Formula.OFFERED:
        return in_target.numerator, offered
    other = cell.get(Measure.ANSWERED if formula is Formula.ANSWERED else Measure.ABANDONED_IN_TARGET)
    if other is None or other.denominator != offered:
        return None
    match formula:
        case Formula.ANSWERED:
            return in_target.numerator, other.numerator
        case Formula.WITHOUT_SHORT:
            return in_target.numerator, offered - other.numerator
        case Formula.SHORT_AS_MET:
            return in_target.numerator + other.numerator, offered
