"""A report of key figures as it is read: each in a line, what changed most, what is missing, what is said late."""

from collections.abc import Iterator
from datetime import date

from bot.domain.kpi import DEFINITIONS, FORMULAS, Figure, Unit
from bot.domain.kpi_digests import Correction, Line, Report, changed_most
from bot.domain.kpi_periods import Cadence
from bot.views import kpi_chart
from bot.views.attached import Attached, picture, with_files
from bot.views.blocks import Block, Message, buttons, context, message, paragraphs, section
from bot.views.fitting import fitting
from bot.views.formats import Formats, escape, shorten
from bot.views.kpi_buttons import drill_button, export_of
from bot.views.kpi_chart import Chart, Panel
from bot.views.kpi_words import (
    MOST_SILENT,
    count_words,
    judged_words,
    measured_words,
    missing_words,
    since_words,
    source_words,
    span_words,
    target_words,
    value_words,
)

_NAME, _MOST_LATE, _LONGEST = 60, 10, 2500
# What a screen reader says of a picture.
_SPOKEN = 1000
_TITLES = {
    Cadence.DAILY: "The day in figures",
    Cadence.WEEKLY: "The week in figures",
    Cadence.MONTHLY: "The month in figures",
}
_BEFORE = {Cadence.DAILY: "the day before", Cadence.WEEKLY: "the week before", Cadence.MONTHLY: "the month before"}
_PERIODS = {Cadence.DAILY: "days", Cadence.WEEKLY: "weeks", Cadence.MONTHLY: "months"}
_LOOK_AFTER = "Look at `/floor connections` and at what was last imported."


def digest_card(report: Report, whose: str, key: str, formats: Formats) -> Message:
    """A report; ``whose`` is the team and queue that it is of, ``key`` the message's."""
    title = _title(report, whose, formats)
    figures, chart = [line.reading.figure for line in report.lines], _chart(report, formats)
    shown = _attached(chart, key) if chart else None
    drawn = message(
        f"{title}. {_spoken(report, formats)}",
        *paragraphs([f"*{title}*{_beside(report)}", *_lines(report, formats)]),
        *([picture(shown)] if shown else ()),
        *_changed(report, formats),
        *_missing(report, formats),
        *_late(report, formats),
        *(() if report.nothing else (buttons(*export_of(report.span, report.cut, figures)),)),
        context("\n".join(_notes(report, formats))),
    )
    return with_files(drawn, shown) if shown else drawn


def rows_message(book: Attached) -> Message:
    """What stands in the thread below a report."""
    said = "The rows behind these figures, what each figure means, and where they are from:"
    return with_files(message(said), book)


def book_name(report: Report) -> str:
    """What the workbook is called."""
    return f"figures-{report.span.starts}-{report.span.last}.xlsx"


def met_words(met: bool | None) -> str:
    """Whether a target was met; nothing where there is none."""
    return "" if met is None else "met" if met else "missed"


def _title(report: Report, whose: str, formats: Formats) -> str:
    of = f" · {escape(shorten(whose, _NAME))}" if whose else ""
    return f"{_TITLES[report.cadence]}: {span_words(report.span, formats)}{of}"


def _beside(report: Report) -> str:
    """With what the values are compared."""
    changed = any(line.change is not None for line in report.lines)
    return f", beside {_BEFORE[report.cadence]}" if changed else ""


def _lines(report: Report, formats: Formats) -> list[str]:
    known = [line for line in report.lines if line.reading.value is not None]
    if not known:
        return [f"Nothing was measured in this time. {_LOOK_AFTER}"]
    return [f"• {_line(each, formats)}" for each in known]


def _line(line: Line, formats: Formats) -> str:
    reading, figure = line.reading, line.reading.figure
    assert reading.value is not None
    parts = [f"{DEFINITIONS[figure].name} *{value_words(figure, reading.value, formats)}*"]
    if DEFINITIONS[figure].unit is not Unit.COUNT:
        parts[0] += f" of {count_words(reading, formats)}"
    if line.before is not None:
        parts.append(since_words(figure, reading.value, line.before, formats))
    if line.year_before is not None:
        parts.append(f"{since_words(figure, reading.value, line.year_before, formats)} on last year")
    if target := target_words(reading, formats):
        parts.append(target)
    return " · ".join(parts)


def _spoken(report: Report, formats: Formats) -> str:
    """What a notification says: the figures with a target, or else the first ones."""
    known = [line.reading for line in report.lines if line.reading.value is not None]
    aimed = [each for each in known if each.met is not None]
    said = [
        f"{DEFINITIONS[each.figure].name} {value_words(each.figure, each.value, formats)}"
        + (f" (target {met_words(each.met)})" if each.met is not None else "")
        for each in (aimed or known)[:3]
        if each.value is not None
    ]
    return f"{', '.join(said)}." if said else "Nothing was measured in this time."


def _changed(report: Report, formats: Formats) -> Iterator[Block]:
    changed = changed_most(report.lines)
    if changed:
        yield section("*What changed most*")
    for line in changed:
        figure, reading = line.reading.figure, line.reading
        assert line.change is not None
        assert line.before is not None
        assert reading.value is not None
        judged = judged_words(figure, line.change)
        text = (
            f"{DEFINITIONS[figure].name}: {since_words(figure, reading.value, line.before, formats)}"
            f"{f', {judged}' if judged else ''} ({value_words(figure, line.before, formats)} → "
            f"{value_words(figure, reading.value, formats)})"
        )
        spoken = f"What is behind it: {DEFINITIONS[figure].name}"
        button = drill_button("What is behind it", figure, report.span, report.cut, spoken)
        yield {**section(text), "accessory": button}


def _missing(report: Report, formats: Formats) -> Iterator[Block]:
    """What is not there although it might be: figures, days, and sources that have gone silent."""
    absent: dict[str, list[str]] = {}
    for line in report.lines:
        # That nothing came from its source says more.
        explained = report.nothing or (line.silent_sources and not line.reading.too_few)
        if line.reading.value is None and not explained:
            why = missing_words(line.reading, formats)
            absent.setdefault(why, []).append(DEFINITIONS[line.reading.figure].name)
    said = [f"• {', '.join(names)}: {why}" for why, names in absent.items()]
    said += _silent_sources(report)
    said += _silent_days(report, formats)
    if said:
        yield section("\n".join(["*What is missing*", *fitting(said, _MOST_LATE, _LONGEST, "gaps")]))


def _silent_sources(report: Report) -> list[str]:
    """What has gone silent, each once; those together that spoke of the same figures."""
    figures: dict[str, list[str]] = {}
    for line in report.lines:
        for source in line.silent_sources:
            figures.setdefault(source, []).append(DEFINITIONS[line.reading.figure].name)
    alike: dict[tuple[str, ...], list[str]] = {}
    for source, names in figures.items():
        alike.setdefault(tuple(names), []).append(escape(source))
    hint = "" if report.nothing else f" {_LOOK_AFTER}"
    return [
        f"• Nothing came from {', '.join(sources)} ({', '.join(names)}).{hint}" for names, sources in alike.items()
    ]


def _silent_days(report: Report, formats: Formats) -> list[str]:
    """Days of which nothing is known, by its figures; where they are many, how many are left."""
    days: dict[tuple[date, ...], list[str]] = {}
    for line in report.lines:
        if line.reading.value is not None and line.reading.silent:
            days.setdefault(line.reading.silent, []).append(DEFINITIONS[line.reading.figure].name)
    return [
        f"• Nothing is known of {', '.join(map(formats.day, each))} ({', '.join(names)})"
        if len(each) <= MOST_SILENT
        else f"• {', '.join(names)}: {measured_words(report.span.length - len(each), report.span, report.cut)}"
        for each, names in days.items()
    ]


def _late(report: Report, formats: Formats) -> Iterator[Block]:
    """What earlier reports said otherwise or did not know yet, and what is not to be compared with them."""
    late = report.corrections
    corrected = [f"• {_correction(each, formats)}" for each in late if each.said is not None]
    came = [f"• {_correction(each, formats)}" for each in late if each.said is None]
    rules = [f"• {_rule(each, report)}. The values beside it are, too." for each in report.recounted]
    titles = ("Corrected since earlier reports", "Known since earlier reports", "Counted otherwise from now on")
    for title, lines in zip(titles, (corrected, came, rules), strict=True):
        if lines:
            yield section("\n".join([f"*{title}*", *fitting(lines, _MOST_LATE, _LONGEST, "more")]))


def _correction(each: Correction, formats: Formats) -> str:
    of = f"{DEFINITIONS[each.figure].name}, {span_words(each.span, formats)}:"
    now = "not known" if each.now is None else value_words(each.figure, each.now, formats)
    if each.said is None:
        return f"{of} {now}"
    return f"{of} was {value_words(each.figure, each.said, formats)}, is {now}"


def _notes(report: Report, formats: Formats) -> Iterator[str]:
    """How figures are counted that are not counted everywhere alike, whose days, how fresh, and from where."""
    known = (line.reading.figure for line in report.lines if line.reading.value is not None)
    yield from (_rule(each, report) for each in known if report.rule_of(each))
    as_of = f" · as of {formats.moment(report.as_of)}" if report.as_of else ""
    sources = f" · from {', '.join(map(escape, map(source_words, report.sources)))}" if report.sources else ""
    rows = "" if report.nothing else " · in the thread: rows, definitions and sources"
    yield f"Days in {report.zone.replace('_', ' ')}{as_of}{sources}{rows}"


def _rule(figure: Figure, report: Report) -> str:
    rule = FORMULAS[report.formula] if figure is Figure.SERVICE_LEVEL else f"within {report.window} days"
    return f"{DEFINITIONS[figure].name}: {rule}"


def _chart(report: Report, formats: Formats) -> Chart | None:
    """The figures with a target first, then as they stand above."""
    lines = [line for line in report.lines if kpi_chart.is_drawn((*line.past, line.reading.value))]
    shown = sorted(lines, key=lambda line: line.reading.target is None)[: kpi_chart.MOST]
    if not shown:
        return None
    panels = tuple(_panel(line, formats) for line in shown)
    return Chart(panels, f"{len(panels[0].values)} {_PERIODS[report.cadence]}")


def _panel(line: Line, formats: Formats) -> Panel:
    reading = line.reading
    assert reading.value is not None
    value = value_words(reading.figure, reading.value, formats)
    values = (*line.past, reading.value)
    return Panel(DEFINITIONS[reading.figure].name, value, values, reading.target, reading.met)


def _attached(chart: Chart, key: str) -> Attached:
    spoken = shorten(kpi_chart.alternative(chart), _SPOKEN)
    return Attached(f"{key}:chart", "figures.png", lambda: kpi_chart.draw(chart), spoken)
