"""Key figures: what is measured, what people read of it, and in which words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from bot.domain.kpi_periods import Span

# What is reckoned from what the bot itself has seen; any other source is a file's mapping.
OWN_SOURCE = "floorwalker"
# The source of what a file says that is taken as its headings are, without a name.
UNNAMED_SOURCE = "file"


class Measure(StrEnum):
    """What is stored of a day. Most are counts; a rate is the ratio of two sums, never a mean of rates.

    Where a fact has a denominator, the numerator is of these and of no others: ``answered`` of the contacts
    offered of which it is known how many were answered, ``csat`` satisfied of answered, ``nps`` promoters less
    detractors of answered, and so on.
    """

    OFFERED = "offered"
    ANSWERED = "answered"  # of those offered, as the next three
    ANSWERED_IN_TARGET = "answered_in_target"
    ABANDONED = "abandoned"
    ABANDONED_IN_TARGET = "abandoned_in_target"
    AHT = "aht"  # seconds, of contacts whose time is known
    OPENED = "opened"  # cases
    SOLVED = "solved"  # cases
    CSAT = "csat"
    NPS = "nps"
    FCR = "fcr"  # solved at once, of cases solved whose window is over
    SLA_FIRST_REPLY = "sla_first_reply"  # clocks met, of those that fell due, as the next two
    SLA_NEXT_REPLY = "sla_next_reply"
    SLA_RESOLUTION = "sla_resolution"
    BACKLOG = "backlog"  # cases open when the day ended: a level
    ESCALATED = "escalated"  # questions put to departments
    ETA_KEPT = "eta_kept"  # promised times kept, of those that fell due
    COVERED = "covered"  # head hours that were there of those needed, none counted beyond the need
    ADHERENCE = "adherence"  # minutes in the right state, of minutes rostered
    CONFORMANCE = "conformance"  # minutes worked, whenever, of minutes rostered
    OCCUPANCY = "occupancy"  # minutes busy with contacts, of minutes there for them
    QUALITY = "quality"  # points reached in reviews, of points that could be; what does not apply is in neither
    ABSENT = "absent"  # hours of absence, of hours rostered; of groups of five or more


class Figure(StrEnum):
    """What people read."""

    CONTACTS = "contacts"
    SERVICE_LEVEL = "service level"
    ABANDONMENT = "abandonment"
    AHT = "aht"
    OCCUPANCY = "occupancy"
    CSAT = "csat"
    NPS = "nps"
    FCR = "fcr"
    QUALITY = "quality"
    SLA_FIRST_REPLY = "first reply"
    SLA_NEXT_REPLY = "next reply"
    SLA_RESOLUTION = "resolution"
    OPENED = "opened"
    SOLVED = "solved"
    BACKLOG = "backlog"
    BACKLOG_AGE = "backlog age"
    ESCALATIONS = "escalations"
    ETA_KEPT = "eta kept"
    COVERAGE = "coverage"
    ADHERENCE = "adherence"
    CONFORMANCE = "conformance"
    ABSENCE = "absence"


class Unit(StrEnum):
    """How a value is to be read."""

    SHARE = "share"  # between 0 and 1
    SECONDS = "seconds"
    POINTS = "points"  # from -100 to 100
    COUNT = "count"
    DAYS = "days"  # and parts of them


class Better(StrEnum):
    """In which direction a figure gets better."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class Shape(StrEnum):
    """How a figure is made of the days."""

    RATE = "rate"  # the ratio of two sums
    SUM = "sum"
    LEVEL = "level"  # as the last day says it
    ANEW = "anew"  # from the cases themselves, never from what was said of single days


class Split(StrEnum):
    """By what a figure can be taken apart."""

    DAY = "day"
    QUEUE = "queue"
    CHANNEL = "channel"
    TEAM = "team"
    MEMBER = "member"
    SOURCE = "source"


class Missing(StrEnum):
    """Why a figure has no value, where it is not that there is too little to say."""

    NOTHING = "nothing was measured"
    NOT_BY_TEAM = "not measured by team"
    NOT_BY_MEMBER = "not measured by person"
    NOT_BY_CHANNEL = "not measured by channel"
    NOT_BY_QUEUE = "not measured by queue"
    NOT_YET = "its window is not over"
    NOT_IN_FORMULA = "what its formula takes is not known"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure means.

    ``how`` is its formula in words, ``counts`` what its n is a number of. Of fewer than ``least`` it is "too few";
    None: as the workspace says.
    """

    figure: Figure
    name: str
    unit: Unit
    better: Better
    shape: Shape
    measures: tuple[Measure, ...]
    counts: str
    how: str
    least: int | None = None


class Formula(StrEnum):
    """The service levels in use: contacts answered in time, by what."""

    ANSWERED = "answered"
    OFFERED = "offered"
    WITHOUT_SHORT = "without short abandons"  # who gave up within the target's time is left out
    SHORT_AS_MET = "short abandons as met"


FORMULAS: Mapping[Formula, str] = {
    Formula.ANSWERED: "answered in the target's time ÷ answered",
    Formula.OFFERED: "answered in the target's time ÷ offered",
    Formula.WITHOUT_SHORT: "answered in the target's time ÷ (offered - abandoned within it)",
    Formula.SHORT_AS_MET: "(answered in the target's time + abandoned within it) ÷ offered",
}


class Cut(NamedTuple):
    """Of what a figure is: everything, or a queue, a team, a channel, a person, or where these meet."""

    queue_id: UUID | None = None
    team_id: UUID | None = None
    channel: str | None = None
    member_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A figure as it is read of a period and a cut.

    ``value`` is in the unit of its definition, None where there is ``too_few`` to say or something is ``missing``;
    then ``published_on`` is when it will be there, if that is known. A rate is ``numerator`` / ``denominator``;
    ``n`` is how many it is made of, as ``Definition.counts`` names them. ``silent`` are days of the period, up to
    now, of which nothing is known. ``target`` is in the unit of the value, ``met`` None where there is none or no
    value.
    """

    figure: Figure
    span: Span
    cut: Cut
    value: float | None
    n: float = 0
    numerator: float = 0
    denominator: float | None = None
    too_few: bool = False
    missing: Missing | None = None
    published_on: date | None = None
    silent: tuple[date, ...] = ()
    as_of: datetime | None = None
    sources: tuple[str, ...] = ()
    target: float | None = None
    met: bool | None = None


class Part(NamedTuple):
    """A figure of a part: of a day, or of what has this name (empty: of what belongs to none)."""

    label: date | str
    reading: Reading


def _defined(
    figure: Figure,
    name: str,
    unit: Unit,
    better: Better,
    shape: Shape,
    measures: tuple[Measure, ...],
    counts: str,
    how: str,
    least: int | None = None,
) -> tuple[Figure, Definition]:
    return figure, Definition(figure, name, unit, better, shape, measures, counts, how, least)


CONTACTS = (
    Measure.OFFERED,
    Measure.ANSWERED,
    Measure.ANSWERED_IN_TARGET,
    Measure.ABANDONED,
    Measure.ABANDONED_IN_TARGET,
)
# A time promised by a department is rare; so few say something in its weekly report, too.
_FEW = 5

DEFINITIONS: Mapping[Figure, Definition] = dict(
    (
        _defined(
            Figure.CONTACTS,
            "Contacts",
            Unit.COUNT,
            Better.NEITHER,
            Shape.SUM,
            (Measure.OFFERED,),
            "contacts",
            "contacts offered",
        ),
        _defined(
            Figure.SERVICE_LEVEL,
            "Service level",
            Unit.SHARE,
            Better.UP,
            Shape.RATE,
            CONTACTS,
            "contacts",
            "contacts answered in the target's time, by the workspace's formula",
        ),
        _defined(
            Figure.ABANDONMENT,
            "Abandonment",
            Unit.SHARE,
            Better.DOWN,
            Shape.RATE,
            (Measure.ABANDONED,),
            "contacts",
            "contacts abandoned ÷ offered",
        ),
        _defined(
            Figure.AHT,
            "Handle time",
            Unit.SECONDS,
            Better.NEITHER,
            Shape.RATE,
            (Measure.AHT,),
            "contacts",
            "seconds of the contacts handled ÷ contacts handled",
        ),
        _defined(
            Figure.OCCUPANCY,
            "Occupancy",
            Unit.SHARE,
            Better.NEITHER,
            Shape.RATE,
            (Measure.OCCUPANCY,),
            "minutes",
            "minutes busy with contacts ÷ minutes there for them",
            0,
        ),
        _defined(
            Figure.CSAT,
            "CSAT",
            Unit.SHARE,
            Better.UP,
            Shape.RATE,
            (Measure.CSAT,),
            "answers",
            "satisfied ÷ answered",
        ),
        _defined(
            Figure.NPS,
            "NPS",
            Unit.POINTS,
            Better.UP,
            Shape.RATE,
            (Measure.NPS,),
            "answers",
            "100 × (promoters - detractors) ÷ answered",
        ),
        _defined(
            Figure.FCR,
            "First contact resolution",
            Unit.SHARE,
            Better.UP,
            Shape.RATE,
            (Measure.FCR,),
            "cases",
            "cases that the customer wrote about once, up to the end of a window after they were solved ÷ solved",
        ),
        _defined(
            Figure.QUALITY,
            "Quality",
            Unit.SHARE,
            Better.UP,
            Shape.RATE,
            (Measure.QUALITY,),
            "points",
            "points reached in reviews ÷ points of the items that applied",
            0,
        ),
        _defined(
            Figure.SLA_FIRST_REPLY,
            "SLA, first reply",
            Unit.SHARE,
            Better.UP,
            Shape.RATE,
            (Measure.SLA_FIRST_REPLY,),
            "deadlines",
            "first replies in time ÷ those that fell due",
        ),
        _defined(
            Figure.SLA_NEXT_REPLY,
            "SLA, next reply",
            Unit.SHARE,
            Better.UP,
            Shape.RATE,
            (Measure.SLA_NEXT_REPLY,),
            "deadlines",
            "next replies in time ÷ those that fell due",
        ),
        _defined(
            Figure.SLA_RESOLUTION,
            "SLA, resolution",
            Unit.SHARE,
            Better.UP,
            Shape.RATE,
            (Measure.SLA_RESOLUTION,),
            "deadlines",
            "solved in time ÷ those that fell due",
        ),
        _defined(
            Figure.OPENED,
            "Cases opened",
            Unit.COUNT,
            Better.NEITHER,
            Shape.SUM,
            (Measure.OPENED,),
            "cases",
            "cases opened",
        ),
        _defined(
            Figure.SOLVED,
            "Cases solved",
            Unit.COUNT,
            Better.NEITHER,
            Shape.SUM,
            (Measure.SOLVED,),
            "cases",
            "cases solved, by the day that they were",
        ),
        _defined(
            Figure.BACKLOG,
            "Backlog",
            Unit.COUNT,
            Better.DOWN,
            Shape.LEVEL,
            (Measure.BACKLOG,),
            "cases",
            "cases open when the last day ended",
        ),
        _defined(
            Figure.BACKLOG_AGE,
            "Age of the backlog",
            Unit.DAYS,
            Better.DOWN,
            Shape.ANEW,
            (),
            "cases",
            "median time that the cases open when the last day ended had been open",
            1,
        ),
        _defined(
            Figure.ESCALATIONS,
            "Escalations",
            Unit.COUNT,
            Better.NEITHER,
            Shape.SUM,
            (Measure.ESCALATED,),
            "questions",
            "questions put to other departments",
        ),
        _defined(
            Figure.ETA_KEPT,
            "Promised times kept",
            Unit.SHARE,
            Better.UP,
            Shape.RATE,
            (Measure.ETA_KEPT,),
            "promised times",
            "times promised by departments that were kept ÷ those that fell due",
            _FEW,
        ),
        _defined(
            Figure.COVERAGE,
            "Coverage",
            Unit.SHARE,
            Better.UP,
            Shape.RATE,
            (Measure.COVERED,),
            "hours needed",
            "head hours there, none beyond the need ÷ head hours needed",
            0,
        ),
        _defined(
            Figure.ADHERENCE,
            "Adherence",
            Unit.SHARE,
            Better.UP,
            Shape.RATE,
            (Measure.ADHERENCE,),
            "minutes",
            "minutes in the right state ÷ minutes rostered",
            0,
        ),
        _defined(
            Figure.CONFORMANCE,
            "Conformance",
            Unit.SHARE,
            Better.NEITHER,
            Shape.RATE,
            (Measure.CONFORMANCE,),
            "minutes",
            "minutes worked, whenever ÷ minutes rostered",
            0,
        ),
        _defined(
            Figure.ABSENCE,
            "Absence",
            Unit.SHARE,
            Better.DOWN,
            Shape.RATE,
            (Measure.ABSENT,),
            "hours rostered",
            "hours of absence, without approved leave ÷ hours rostered, of groups of five or more",
            0,
        ),
    )
)
