"""Key figures as tables that people take out: rows, what each figure means, and where they are from."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from bot.domain.kpi import DEFINITIONS, FORMULAS, Figure, Formula, Part, Reading, Split, Unit
from bot.domain.kpi_looked import Looked, Place
from bot.domain.sheets import Cell, Column, Kind, Number, Sheet
from bot.views.formats import Formats
from bot.views.kpi_words import missing_words, part_words, source_words, span_words

_UNITS = {
    Unit.SHARE: "share, 1 is all",
    Unit.SECONDS: "seconds",
    Unit.POINTS: "points, -100 to 100",
    Unit.COUNT: "count",
    Unit.DAYS: "days",
}
_READ_AS: Mapping[Unit, Kind] = {Unit.SHARE: "percent", Unit.DAYS: "tenth"}
_MADE_OF = (Column("n", "whole"), Column("n counts"), Column("Numerator", "whole"), Column("Denominator", "whole"))
_KNOWN = (*_MADE_OF, Column("Target"), Column("Target met"), Column("Note"), Column("Sources"))
ROWS = (
    Column("Figure"),
    Column("Of"),
    Column("By"),
    Column("Part"),
    Column("First day", "day"),
    Column("Last day", "day"),
    Column("Value", "whole"),
    Column("Unit"),
    *_KNOWN,
)


def workbook(looked: Looked, formats: Formats, made_at: datetime) -> tuple[Sheet, ...]:
    """All of an answer: the figures, what they are made of, definitions and sources."""
    parts = [_parts(looked, looked.split, formats)] if looked.split else []
    return (
        _figures(looked, formats),
        *parts,
        _definitions(looked),
        _sources(looked, formats, made_at),
    )


def rows_sheet(looked: Looked, formats: Formats) -> Sheet:
    """Each figure in a row: now, in the time beside it, and what it was taken apart into."""
    return Sheet("Figures", ROWS, list(_rows(looked, formats)))


def value_cell(figure: Figure, value: float | None) -> Cell:
    """A value that reads in the unit of its figure."""
    return None if value is None else Number(value, _READ_AS.get(DEFINITIONS[figure].unit, "whole"))


def definition_rows(figures: Sequence[Figure], formula: Formula) -> Iterator[list[Cell]]:
    """What each figure means."""
    for figure in figures:
        definition = DEFINITIONS[figure]
        how = FORMULAS[formula] if figure is Figure.SERVICE_LEVEL else definition.how
        yield [definition.name, how, _UNITS[definition.unit], definition.counts]


def _figures(looked: Looked, formats: Formats) -> Sheet:
    """Each figure in a row, with what it was in the time beside it."""
    beside = Column(f"Value, {span_words(looked.before, formats)}", "whole")
    value = Column(f"Value, {span_words(looked.span, formats)}", "whole")
    rows = [
        [
            DEFINITIONS[each.reading.figure].name,
            _of(looked.place),
            value_cell(each.reading.figure, each.reading.value),
            value_cell(each.reading.figure, each.before.value),
            *_told(each.reading, formats),
        ]
        for each in looked.told
    ]
    return Sheet("Figures", (Column("Figure"), Column("Of"), value, beside, Column("Unit"), *_KNOWN), rows)


def _parts(looked: Looked, split: Split, formats: Formats) -> Sheet:
    """What each figure is made of."""
    label = Column(split.value.capitalize(), "day" if split is Split.DAY else "text")
    rows = [
        [
            DEFINITIONS[figure].name,
            _of(looked.place),
            part.label if isinstance(part.label, date) else part_words(part.label, split),
            value_cell(figure, part.reading.value),
            *_told(part.reading, formats),
        ]
        for figure, parts in looked.parts.items()
        for part in parts
    ]
    columns = (Column("Figure"), Column("Of"), label, Column("Value", "whole"), Column("Unit"), *_KNOWN)
    return Sheet(f"By {split.value}", columns, rows)


def _rows(looked: Looked, formats: Formats) -> Iterator[list[Cell]]:
    of = _of(looked.place)
    for told in looked.told:
        yield _row(told.reading, of, "", "", formats)
        yield _row(told.before, of, "", "", formats)
        for part in looked.parts.get(told.reading.figure, ()):
            yield _part(part, of, looked.split, formats)


def _part(part: Part, of: str, split: Split | None, formats: Formats) -> list[Cell]:
    label = part.label.isoformat() if isinstance(part.label, date) else part_words(part.label, split)
    return _row(part.reading, of, split.value if split else "", label, formats)


def _row(reading: Reading, of: str, by: str, part: str, formats: Formats) -> list[Cell]:
    return [
        DEFINITIONS[reading.figure].name,
        of,
        by,
        part,
        reading.span.starts,
        reading.span.last,
        value_cell(reading.figure, reading.value),
        *_told(reading, formats),
    ]


def _told(reading: Reading, formats: Formats) -> Iterator[Cell]:
    """The unit of a reading, and all that is known beside its value; of too few no more than how many."""
    definition, value = DEFINITIONS[reading.figure], reading.value
    counted = value is not None or reading.too_few
    yield definition.unit.value
    yield _number(reading.n) if counted else None
    yield definition.counts if counted else None
    yield None if value is None else _number(reading.numerator)
    yield None if value is None else _number(reading.denominator)
    yield value_cell(reading.figure, reading.target)
    yield None if reading.met is None else "met" if reading.met else "missed"
    yield missing_words(reading, formats) if value is None else None
    yield ", ".join(map(source_words, reading.sources))


def _number(value: float | None) -> Cell:
    """A sum, with as many digits as it needs."""
    if value is None:
        return None
    return int(value) if float(value).is_integer() else Number(value, "tenth")


def _of(place: Place) -> str:
    person = place.person.name if place.person else None
    return ", ".join(filter(None, (person, place.queue, place.team, place.channel))) or "everything"


def _definitions(looked: Looked) -> Sheet:
    columns = (Column("Figure"), Column("How it is reckoned"), Column("Unit"), Column("n counts"))
    figures = [each.reading.figure for each in looked.told]
    return Sheet("Definitions", columns, list(definition_rows(figures, looked.formula)))


def _sources(looked: Looked, formats: Formats, made_at: datetime) -> Sheet:
    columns = (
        Column("Source"),
        Column("Figures"),
        Column(f"As of ({formats.zone.key})"),
        Column("Days of the zone"),
    )
    used: dict[str, list[Reading]] = {}
    for told in looked.told:
        for source in told.reading.sources:
            used.setdefault(source, []).append(told.reading)
    rows: list[list[Cell]] = [
        [
            source_words(source),
            "; ".join(DEFINITIONS[each.figure].name for each in mine),
            _wall(min((each.as_of for each in mine if each.as_of), default=None), formats),
            looked.zone,
        ]
        for source, mine in sorted(used.items())
    ]
    return Sheet("Sources", columns, [*rows, ["Taken out", None, _wall(made_at, formats), looked.zone]])


def _wall(instant: datetime | None, formats: Formats) -> datetime | None:
    return instant.astimezone(formats.zone).replace(tzinfo=None, microsecond=0) if instant else None
