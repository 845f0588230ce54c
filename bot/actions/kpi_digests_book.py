"""What a report is made of, as a workbook: figures, the rows behind them, what they mean, and their sources."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from bot.connectors.workbooks import write_xlsx
from bot.deps import Deps
from bot.domain.kpi import DEFINITIONS, Unit
from bot.domain.kpi_digests import Line, Report
from bot.domain.sheets import Cell, Column, Number, Sheet
from bot.views.formats import Formats
from bot.views.kpi_digests import met_words
from bot.views.kpi_sheets import definition_rows, value_cell
from bot.views.kpi_words import missing_words, source_words, span_words
from storage.db import WorkspaceSession
from storage.kpi import heard
from storage.kpi_digests import facts_of
from storage.people import members, teams
from storage.shifts import queues
from storage.tables import KpiFact

_NUMBERS = ("Numerator", "Denominator")


def workbook(deps: Deps, workspace_id: str, report: Report, formats: Formats, *, people: bool) -> bytes:
    """The workbook as a file; ``people``: whether its reader may see who did what."""
    with deps.sessions.read(workspace_id) as session:
        return write_xlsx(
            (
                _figures(report, formats),
                _rows(session, report, people=people),
                _definitions(report),
                _sources(session, report, formats),
            )
        )


def _figures(report: Report, formats: Formats) -> Sheet:
    spans = [report.span, report.span.before(), report.span.year_before()]
    value, before, year_before = (Column(span_words(each, formats), "whole") for each in spans)
    change = Column("Change; of shares in points", "whole")
    aimed = (Column("Target", "whole"), Column("Target met"))
    parts = (Column("n", "whole"), Column("n counts"), *(Column(each, "number") for each in _NUMBERS))
    columns = (
        Column("Figure"),
        Column("Unit"),
        value,
        before,
        change,
        year_before,
        *aimed,
        *parts,
        Column("Note"),
    )
    return Sheet("Figures", columns, [_figure(each, formats) for each in report.lines])


def _figure(line: Line, formats: Formats) -> tuple[Cell, ...]:
    reading, definition = line.reading, DEFINITIONS[line.reading.figure]
    return (
        definition.name,
        definition.unit.value,
        *(value_cell(definition.figure, each) for each in (reading.value, line.before)),
        _change(line),
        *(value_cell(definition.figure, each) for each in (line.year_before, reading.target)),
        met_words(reading.met),
        reading.n,
        definition.counts,
        reading.numerator,
        reading.denominator,
        "" if reading.value is not None else missing_words(reading, formats),
    )


def _change(line: Line) -> Cell:
    unit = DEFINITIONS[line.reading.figure].unit
    if line.change is None or unit is not Unit.SHARE:
        return value_cell(line.reading.figure, line.change)
    return Number(100 * line.change, "tenth")


def _rows(session: WorkspaceSession, report: Report, *, people: bool) -> Sheet:
    """What was measured, as far as the report is made of it; without people their rows are added up."""
    queue, team = {row.id: row.name for row in queues(session)}, {row.id: row.name for row in teams(session)}
    person = {row.id: row.name for row in members(session)} if people else {}
    sums: dict[tuple[Cell, ...], list[float | None]] = defaultdict(lambda: [0.0, None])
    for fact in _facts(session, report):
        key = (
            fact.day,
            _said(fact.measure),
            source_words(fact.source),
            _name(queue, fact.queue_id),
            _name(team, fact.team_id),
            fact.channel or "",
            *((_name(person, fact.member_id),) if people else ()),
        )
        total = sums[key]
        total[0] = (total[0] or 0.0) + fact.numerator
        total[1] = total[1] if fact.denominator is None else (total[1] or 0.0) + fact.denominator
    named = ("Measure", "Source", "Queue", "Team", "Channel", *(("Person",) if people else ()))
    columns = (Column("Day", "day"), *map(Column, named), *(Column(each, "number") for each in _NUMBERS))
    return Sheet("Rows", columns, [(*key, *total) for key, total in sums.items()])


def _facts(session: WorkspaceSession, report: Report) -> Iterator[KpiFact]:
    measures = {each for line in report.lines for each in DEFINITIONS[line.reading.figure].measures}
    for fact in facts_of(session, report.span.starts, report.span.ends):
        here = report.cut.queue_id in (None, fact.queue_id) and report.cut.team_id in (None, fact.team_id)
        if here and fact.measure in measures:
            yield fact


def _definitions(report: Report) -> Sheet:
    columns = tuple(map(Column, ("Figure", "How it is reckoned", "Unit", "n counts", "Measures")))
    figures = [line.reading.figure for line in report.lines]
    meant = definition_rows(figures, report.formula)
    measures = (", ".join(map(_said, DEFINITIONS[each].measures)) for each in figures)
    return Sheet("Definitions", columns, [(*row, these) for row, these in zip(meant, measures, strict=True)])


def _sources(session: WorkspaceSession, report: Report, formats: Formats) -> Sheet:
    """Where the figures are from, and when each was heard last, by the clocks of the workspace."""
    columns = (Column("Source"), Column("Last heard"), Column("First day", "day"), Column("Last day", "day"))
    known, span = heard(session), report.span
    walls = {source: at.astimezone(formats.zone).replace(tzinfo=None) for source, at in known.items()}
    rows = [(source_words(each), walls.get(each), span.starts, span.last) for each in report.sources]
    return Sheet("Sources", columns, rows)


def _said(measure: str) -> str:
    return measure.replace("_", " ")


def _name(names: dict[UUID, str], which: UUID | None) -> str:
    return names.get(which, "") if which else ""
