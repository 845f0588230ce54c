"""What a report of key figures says: read now, beside what was there before and what earlier reports said."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

from bot.actions.kpi import readings
from bot.actions.settings import WORKSPACE, Preferences, preferences
from bot.deps import Deps
from bot.domain.kpi import OWN_SOURCE, UNNAMED_SOURCE, Cut, Figure, Missing, Reading
from bot.domain.kpi_asked import USUAL
from bot.domain.kpi_digests import LATE, PAST, Correction, Line, Report, Times, corrections, earlier
from bot.domain.kpi_periods import Cadence, Span
from bot.domain.limits import WEEKDAYS
from storage.db import WorkspaceSession
from storage.kpi_digests import digests_before
from storage.tables import KpiDigest, KpiSubscription
from storage.tables.base import Documents

Values = dict[Figure, float | None]


def times_of(row: KpiSubscription, preferred: Preferences) -> Times:
    """When a subscription's reports come: as it says itself, else as the workspace does."""
    weekday = WEEKDAYS.index(preferred.digest_weekday) if row.weekday is None else row.weekday
    return Times(Cadence(row.cadence), weekday, time.fromisoformat(row.at or preferred.digest_at))


def cut_of(row: KpiSubscription) -> Cut:
    """Of what a subscription's reports are."""
    return Cut(queue_id=row.queue_id, team_id=row.team_id)


def report_of(session: WorkspaceSession, deps: Deps, row: KpiSubscription, span: Span) -> Report:
    """The report of a period, with what has changed since earlier reports of the subscription were sent."""
    cut, chosen = cut_of(row), tuple(map(Figure, row.measures))
    figures = chosen or USUAL
    known: dict[Span, dict[Figure, Reading]] = {}

    def read(when: Span) -> dict[Figure, Reading]:
        if when not in known:
            known[when] = {each.figure: each for each in readings(session, deps, when, cut, figures)}
        return known[when]

    # Of the usual ones only those are there of which anything was ever known: nobody misses the others.
    lines = [line for line in _lines(read, span) if chosen or _known(line)]
    preferred = preferences(session)
    report = Report(
        Cadence(row.cadence),
        span,
        cut,
        preferred.time_zone,
        deps.clock(),
        tuple(lines),
        preferences(session, _scope_of(cut)).service_level_formula,
        preferred.kpi_fcr_days,
    )
    before = digests_before(session, row, span.starts, LATE)
    said = _said(before, {each: report.rule_of(each) for each in figures})
    late = corrections(said.items(), {when: {f: each.value for f, each in read(when).items()} for when in said})
    return replace(report, corrections=late, recounted=_recounted(before, report))


def _lines(read: Callable[[Span], Mapping[Figure, Reading]], span: Span) -> Iterator[Line]:
    """Each figure, beside what it was before."""
    past, before, last_year = earlier(span, PAST), read(span.before()), read(span.year_before())
    for figure, reading in read(span).items():
        yield Line(
            reading,
            before[figure].value,
            last_year[figure].value,
            tuple(read(each)[figure].value for each in past),
            _silent(reading, before[figure]),
        )


def as_documents(report: Report) -> tuple[Documents, Documents]:
    """What a report said, and what of earlier ones: as it is kept to be compared with later."""
    figures = [
        {"figure": each.figure, "value": each.value, "rule": report.rule_of(each.figure)}
        for each in (line.reading for line in report.lines)
    ]
    late = [
        {
            "figure": each.figure,
            "starts": str(each.span.starts),
            "ends": str(each.span.ends),
            "said": each.said,
            "now": each.now,
        }
        for each in report.corrections
    ]
    return figures, late


def zone_of_workspace(preferred: Preferences) -> ZoneInfo:
    """By whose days and hours reports are made."""
    return ZoneInfo(preferred.time_zone)


def _scope_of(cut: Cut) -> str:
    """Whose settings hold for it."""
    if cut.queue_id:
        return f"queue:{cut.queue_id}"
    return f"team:{cut.team_id}" if cut.team_id else WORKSPACE


def _said(digests: Collection[KpiDigest], rules: Mapping[Figure, str | None]) -> Mapping[Span, Values]:
    """What people were told last of each period, by the report of it or by a later one that corrected it.

    Without what was counted by another rule: that is otherwise now, and was right then.
    """
    said: dict[Span, Values] = {}
    for row in digests:
        said[Span(row.starts, row.ends)] = {
            Figure(each["figure"]): each["value"]
            for each in row.figures
            if each["figure"] in rules and each["rule"] == rules[Figure(each["figure"])]
        }
        for each in map(_correction, row.corrected):
            if each.figure in said.get(each.span, {}):
                said[each.span][each.figure] = each.now
    return said


def _recounted(digests: Sequence[KpiDigest], report: Report) -> tuple[Figure, ...]:
    """What the last report counted by another rule."""
    last = {Figure(each["figure"]): each["rule"] for row in digests[-1:] for each in row.figures}
    figures = (line.reading.figure for line in report.lines)
    return tuple(each for each in figures if last.get(each, report.rule_of(each)) != report.rule_of(each))


def _correction(document: Mapping[str, str | float | None]) -> Correction:
    starts, ends = (date.fromisoformat(str(document[edge])) for edge in ("starts", "ends"))
    said, now = (None if document[key] is None else float(document[key] or 0) for key in ("said", "now"))
    return Correction(Figure(str(document["figure"])), Span(starts, ends), said, now)


def _silent(reading: Reading, before: Reading) -> tuple[str, ...]:
    """What has gone silent out there; what the bot has not seen itself has just not happened.

    A file without a name is one that somebody had: nobody expects another.
    """
    return tuple(sorted(set(before.sources) - {*reading.sources, OWN_SOURCE, UNNAMED_SOURCE}))


def _known(line: Line) -> bool:
    reading, there = line.reading, (line.reading.value, line.before, line.year_before, *line.past)
    waits = reading.missing is Missing.NOT_YET and bool(reading.sources)
    return reading.too_few or waits or any(each is not None for each in there)
