"""Key figures as they are looked at: what was asked for, what came of it, and beside which time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from bot.domain.cases_named import CaseNamed
from bot.domain.kpi import Figure, Formula, Missing, Part, Reading, Split
from bot.domain.kpi_asked import Question
from bot.domain.kpi_periods import Span
from bot.domain.shifts import Somebody


class WhichTeam(Exception):
    """Somebody leads several teams, and has named none; ``teams`` by their ids."""

    def __init__(self, teams: Mapping[UUID, str]) -> None:
        super().__init__("which team is not said")
        self.teams = teams


@dataclass(frozen=True, slots=True)
class Place:
    """The names of what figures are of; all None: everything."""

    queue: str | None = None
    team: str | None = None
    channel: str | None = None
    person: Somebody | None = None
    is_own: bool = False  # the person is the reader


@dataclass(frozen=True, slots=True)
class Told:
    """A figure, and what it was in the time that it is put beside."""

    reading: Reading
    before: Reading

    @property
    def change(self) -> float | None:
        """By how much it is more now, in its unit; None where either is not known."""
        now, then = self.reading.value, self.before.value
        return None if now is None or then is None else now - then

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all is known of it."""
        reading = self.reading
        waits = reading.missing is Missing.NOT_YET and bool(reading.sources)
        return reading.value is None and not reading.too_few and not waits


@dataclass(frozen=True, slots=True)
class Looked:
    """The answer to a question.

    ``span`` are the days that are shown, of a period that is not over those that are; ``before`` as many of the
    one that it is put beside. ``parts`` are those of each figure that was taken apart by ``split``, ``splits`` by
    what the reader may take one apart. ``formula`` is that of the service level there; ``zone`` says whose days.
    """

    question: Question
    span: Span
    before: Span
    place: Place
    told: tuple[Told, ...]
    splits: tuple[Split, ...]
    may_export: bool
    formula: Formula
    zone: str
    split: Split | None = None
    parts: Mapping[Figure, tuple[Part, ...]] = field(default_factory=dict)

    @property
    def is_partial(self) -> bool:
        """Whether the period is not over."""
        return self.span != self.question.span


@dataclass(frozen=True, slots=True)
class Behind:
    """The first of the cases that a figure is made of, or that went wrong in it, and how many there are."""

    figure: Figure
    span: Span
    first: tuple[CaseNamed, ...]
    total: int
