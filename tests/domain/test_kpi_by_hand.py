"""The tables of docs/figures.md, reckoned by hand there and with the code here."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from bot.domain.intervals import Interval
from bot.domain.kpi import DEFINITIONS, OWN_SOURCE, Figure, Formula, Measure, Unit
from bot.domain.kpi_columns import COLUMNS, FIGURES
from bot.domain.kpi_reckon import (
    Sum,
    counted,
    kept,
    median_days,
    published_on,
    reckon,
    told_groups,
    too_few,
    value_of,
)

PAGE = Path(__file__).parents[2] / "docs" / "figures.md"
DAY = date(2026, 3, 2)
AT = datetime(2026, 3, 3, tzinfo=UTC)
UNITS = {
    Unit.SHARE: "percent",
    Unit.SECONDS: "seconds",
    Unit.POINTS: "points",
    Unit.COUNT: "a number",
    Unit.DAYS: "days",
}
QUEUES = {"billing": UUID(int=1), "tech": UUID(int=2), "returns": UUID(int=3), "*": None}

Row = list[str]
Groups = dict[UUID | None, list[tuple[timedelta, timedelta]]]


def tables() -> Iterator[tuple[str, Row, list[Row]]]:
    """Each table of the page: the heading above it, its header and its rows."""
    heading, lines = "", []
    for line in [*PAGE.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("|"):
            lines.append([cell.strip() for cell in line.strip("|").split("|")])
        elif lines:
            yield heading, lines[0], lines[2:]
            lines = []
        if line.startswith("#"):
            heading = line.strip("# ")


def said(measure: Measure, numerator: float, denominator: float | None = None, queue: str = "billing") -> Sum:
    return Sum(DAY, measure, OWN_SOURCE, QUEUES[queue], None, numerator, denominator, AT)


def read(figure: Figure, *sums: Sum, formula: Formula = Formula.OFFERED, places: int = 1) -> str:
    """What people would read."""
    definition = DEFINITIONS[figure]
    known = reckon(definition, sums, formula)
    assert known
    if too_few(definition, known, 30):
        return "too few"
    value = value_of(definition, known)
    assert value is not None
    return f"{100 * value:.{places}f} %" if definition.unit is Unit.SHARE else f"{value:.1f}"


def check_definitions(row: Row) -> None:
    definition = next(each for each in DEFINITIONS.values() if each.name == row[0])
    assert row[1:] == [definition.how, definition.counts, UNITS[definition.unit], definition.better.value]


def check_service_level(row: Row) -> None:
    offered, answered, in_time, abandoned, early = map(int, row[:5])
    sums = (
        said(Measure.OFFERED, offered),
        said(Measure.ANSWERED, answered, offered),
        said(Measure.ANSWERED_IN_TARGET, in_time, offered),
        said(Measure.ABANDONED, abandoned, offered),
        said(Measure.ABANDONED_IN_TARGET, early, offered),
    )
    assert read(Figure.SERVICE_LEVEL, *sums, formula=Formula(row[5])) == row[6]


def check_csat(row: Row) -> None:
    _, _, parts = next(each for each in tables() if each[1][0] == "queue")
    mine = [each for each in parts if each[0] != "all" and row[0] in (each[0], "all")]
    assert [sum(int(each[number]) for each in mine) for number in (1, 2)] == [int(row[1]), int(row[2])]
    sums = [said(Measure.CSAT, int(good), int(every), queue) for queue, good, every, _ in mine]
    assert read(Figure.CSAT, *sums) == row[3]


def check_nps(row: Row) -> None:
    promoters, detractors, answered = map(int, row[:3])
    assert read(Figure.NPS, said(Measure.NPS, promoters - detractors, answered)) == row[3]


def check_handle_time(row: Row) -> None:
    few, short, many, long = map(int, row[:4])
    sums = said(Measure.AHT, few * short, few), said(Measure.AHT, many * long, many, "tech")
    assert read(Figure.AHT, *sums) == row[4]


def check_sla(row: Row) -> None:
    due, met, late, overdue = map(int, row[:4])
    assert due == met + late + overdue
    assert read(Figure.SLA_RESOLUTION, said(Measure.SLA_RESOLUTION, met, due)) == row[4]


def check_first_contact(row: Row) -> None:
    assert published_on(date.fromisoformat(row[0]), int(row[1])) == date.fromisoformat(row[2])


def check_age(row: Row) -> None:
    one, other = ([AT - timedelta(hours=int(each)) for each in cell.split(",")] for cell in row[:2])
    ages = [median_days(each, AT) for each in (one, other, [*one, *other])]
    assert [each and round(24 * each, 9) for each in ages] == [float(each) for each in row[2:]]


def check_adherence(row: Row) -> None:
    rostered, right, worked = map(int, row[:3])
    assert read(Figure.ADHERENCE, said(Measure.ADHERENCE, right, rostered), places=2) == row[3]
    assert read(Figure.CONFORMANCE, said(Measure.CONFORMANCE, worked, rostered), places=2) == row[4]


def check_log_ins(row: Row) -> None:
    plan, worked = (span_of(cell) for cell in row[:2])
    right, there, rostered = kept([plan], worked)
    assert read(Figure.ADHERENCE, said(Measure.ADHERENCE, right, rostered), places=2) == row[2]
    assert read(Figure.CONFORMANCE, said(Measure.CONFORMANCE, there, rostered), places=2) == row[3]


def span_of(cell: str) -> Interval:
    start, end = (datetime.combine(DAY, time.fromisoformat(each), UTC) for each in cell.split("–"))
    return Interval(start, end)


def check_quality(row: Row) -> None:
    assert read(Figure.QUALITY, said(Measure.QUALITY, int(row[0]), int(row[1])), places=2) == row[2]


def check_absence(row: Row) -> None:
    hour = timedelta(hours=1)
    groups: Groups = {
        UUID(int=number): [(hour, hour)] * int(each) for number, each in enumerate(row[0].split(","), 1)
    }
    assert ", ".join(str(len(each)) for each in told_groups(groups).values()) == row[1]


def check_sources(row: Row) -> None:
    sums = []
    for number, cell in enumerate(row[:3]):
        for each in filter(None, cell.split(",")):
            queue, value = each.split()
            source = OWN_SOURCE if number == 2 else f"file {number}"
            # What the bot has seen itself was written last of all.
            at = AT + timedelta(days=9) if number == 2 else AT - timedelta(days=number)
            sums.append(Sum(DAY, Measure.CSAT, source, QUEUES[queue], None, int(value), 100, at))
    names = {queue_id: name for name, queue_id in QUEUES.items()}
    assert {f"{names[each.queue_id]} {each.numerator}" for each in counted(sums)} == set(row[3].split(", "))


def check_files(row: Row) -> None:
    named = re.findall("`([a-z_]+)`", " ".join(row))
    assert named
    assert set(named) <= set(COLUMNS)


CHECKS: Mapping[str, Callable[[Row], None]] = {
    "figure": check_definitions,
    "offered": check_service_level,
    "queue": check_csat,
    "promoters": check_nps,
    "contacts": check_handle_time,
    "due": check_sla,
    "last day": check_first_contact,
    "hours open, one team": check_age,
    "rostered minutes": check_adherence,
    "rostered": check_log_ins,
    "points reached": check_quality,
    "people rostered, by team": check_absence,
    "newest file": check_sources,
    "column": check_files,
}
ROWS = [(header[0], row) for _, header, rows in tables() for row in rows]


def test_the_page_has_every_table_once_and_the_code_every_check() -> None:
    assert sorted(header[0] for _, header, _ in tables()) == sorted(CHECKS)


def test_the_page_defines_every_figure_and_names_every_column_of_files() -> None:
    said_of = {header[0]: rows for _, header, rows in tables()}
    assert [row[0] for row in said_of["figure"]] == [each.name for each in DEFINITIONS.values()]
    assert set(re.findall("`([a-z_]+)`", str(said_of["column"]))) == set(FIGURES)


@pytest.mark.parametrize(("table", "row"), ROWS, ids=[f"{table}-{row[0]}-{row[-1]}" for table, row in ROWS])
def test_what_was_reckoned_by_hand_is_what_people_read(table: str, row: Row) -> None:
    CHECKS[table](row)
