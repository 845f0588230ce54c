"""Key figures: reckoned from what was seen, taken over from files, and read."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.actions.imports import undo_import
from bot.actions.kpi_collect import collect
from bot.actions.kpi_mapping import Mapped, UnknownMapping
from bot.domain.cases import By, Happening, Kind
from bot.domain.imports import BadFile
from bot.domain.kpi import Figure, Missing, Split
from bot.domain.kpi_periods import Span, day_of, week_of
from bot.domain.permissions import OPERATOR, SLACK, NotPermitted
from storage.tables import KpiMapping, Queue
from tests.actions.desk import Desk
from tests.kpi_desk import MONDAY, Figures, at, on_sqlite, solved, wrote

MEASURED = "interval_start,queue,offered,aht_seconds,answered,answered_in_target,abandoned,abandoned_in_target"


@pytest.fixture
def figures(desk: Desk) -> Figures:
    desk.people()
    return Figures(desk)


@pytest.fixture
def quick(sqlite_url: str, tmp_path: Path) -> Iterator[Figures]:
    with on_sqlite(sqlite_url, tmp_path) as figures:
        yield figures


def test_contacts_become_figures_by_queue_that_add_up_to_those_of_the_floor(figures: Figures) -> None:
    figures.planner.volume(
        "2026-09-21 09:00,billing,600,180,570,500,30,10",
        "2026-09-22 09:00,billing,200,190,190,170,10,4",
        "2026-09-21 09:00,tech,260,240,240,190,20,6",
        columns=MEASURED,
    )
    assert figures.read(Figure.CONTACTS).missing is Missing.NOTHING
    figures.collect()
    level = figures.read(Figure.SERVICE_LEVEL)
    assert (level.numerator, level.denominator, level.n) == (860, 1060, 1060)
    assert level.value == pytest.approx(860 / 1060)
    assert (level.target, level.met, level.as_of, level.sources) == (0.8, True, figures.now, ("floorwalker",))
    assert level.silent == tuple(date(2026, 9, day) for day in range(23, 28))
    handled = figures.read(Figure.AHT)
    assert handled.value == pytest.approx((570 * 180 + 190 * 190 + 240 * 240) / 1000)
    parts = figures.by(Figure.SERVICE_LEVEL, Split.QUEUE)
    assert [(part.label, part.reading.numerator) for part in parts] == [("billing", 670), ("tech", 190)]
    assert parts[1].reading.met is False
    assert figures.read(Figure.CONTACTS, queue="billing").value == 800
    daily = [part.reading.value for part in figures.by(Figure.CONTACTS, Split.DAY, queue="billing")]
    assert daily[:3] == [600, 200, None]
    assert figures.read(Figure.CONTACTS, team_id=figures.desk.member("ana").team_id).missing is Missing.NOT_BY_TEAM


def test_a_correction_is_collected_as_one_and_what_is_the_same_is_left_alone(figures: Figures) -> None:
    figures.planner.volume("2026-09-21 09:00,billing,60,180", "2026-09-21 09:00,tech,60,180")
    figures.collect()
    before = {row.id: row.changed_at for row in figures.facts()}
    assert before
    figures.now += timedelta(hours=1)
    figures.collect()
    assert {row.id: row.changed_at for row in figures.facts()} == before
    figures.planner.volume("2026-09-21 09:00,billing,70,180")
    figures.collect()
    assert figures.read(Figure.CONTACTS).value == 130
    changed = [row for row in figures.facts() if row.changed_at == figures.now]
    assert {row.id for row in changed} < before.keys()


def test_it_is_collected_each_hour_after_an_import_at_once_and_at_night_for_some_weeks(figures: Figures) -> None:
    figures.collect()
    figures.opens(figures.now)
    figures.opens(at(1))
    this_week = week_of(figures.now.date(), 0)
    figures.now += timedelta(minutes=59)
    figures.collect()
    assert figures.read(Figure.OPENED, this_week).missing is Missing.NOTHING
    figures.now += timedelta(minutes=1)
    figures.collect()
    assert figures.read(Figure.OPENED, this_week).value == 1
    assert figures.read(Figure.OPENED, day_of(date(2026, 9, 1))).missing is Missing.NOTHING
    figures.now += timedelta(days=1)
    figures.collect()
    assert figures.read(Figure.OPENED, day_of(date(2026, 9, 1))).value == 1
    figures.planner.volume("2026-06-01 09:00,billing,60,180")
    figures.collect()
    assert figures.read(Figure.CONTACTS, day_of(date(2026, 6, 1))).value == 60


def test_an_import_is_undone_with_what_was_reckoned_of_its_queue(figures: Figures) -> None:
    done = figures.planner.volume("2026-09-21 09:00,billing,60,180")
    figures.collect()
    figures.desk.undo(done.number)
    with figures.deps.sessions.read("T1") as session:
        assert not session.scalars(select(Queue).where(Queue.workspace_id == "T1")).all()
    figures.collect()
    assert figures.read(Figure.CONTACTS).missing is Missing.NOTHING


def test_only_the_clock_and_the_operator_collect(quick: Figures) -> None:
    with pytest.raises(NotPermitted):
        collect(quick.deps, "T1", SLACK)


def test_cases_are_counted_by_day_and_the_backlog_is_looked_up_anew(figures: Figures) -> None:
    ana = figures.desk.member("ana")
    figures.opens(at(21), solved(22), owner_id=ana.id, channel="Chat")
    figures.opens(at(21), solved(22), Happening(Kind.STATE, {"state": "open"}, By.CUSTOMER, at=at(24)), solved(25))
    figures.opens(at(25))
    figures.collect()
    assert figures.read(Figure.OPENED).value == 3
    assert figures.read(Figure.SOLVED).value == 2
    days = {part.label: part.reading.value for part in figures.by(Figure.BACKLOG, Split.DAY)}
    assert [days[date(2026, 9, day)] for day in range(21, 28)] == [2, 0, 0, 1, 1, 1, 1]
    assert figures.read(Figure.BACKLOG).value == 1
    age = figures.read(Figure.BACKLOG_AGE, Span(MONDAY, date(2026, 9, 25)))
    assert (age.value, age.n) == (3.625, 1)
    assert figures.read(Figure.OPENED, member_id=ana.id).value == 1
    assert figures.read(Figure.OPENED, team_id=ana.team_id).value == 1
    split = figures.by(Figure.OPENED, Split.MEMBER)
    assert [(part.label, part.reading.value) for part in split] == [("Ana Ruiz", 1), ("", 2)]
    assert [part.label for part in figures.by(Figure.OPENED, Split.CHANNEL)] == ["chat", ""]
    assert [(part.label, part.reading.n) for part in figures.by(Figure.BACKLOG_AGE, Split.TEAM)] == [("", 1)]
    assert figures.read(Figure.BACKLOG_AGE, day_of(MONDAY), channel="chat").n == 1
    for each in Split:
        assert sum(part.reading.value or 0 for part in figures.by(Figure.OPENED, each)) == 3


def test_first_contact_resolution_waits_for_its_window_and_asks_whether_the_customer_came_back(
    figures: Figures,
) -> None:
    figures.prefers(kpi_least_n="1")
    figures.opens(at(21), wrote(By.MEMBER, 21, 10), solved(21, 11))
    figures.opens(at(21), wrote(By.MEMBER, 21, 10), solved(21, 11), wrote(By.CUSTOMER, 27))
    figures.opens(at(21), wrote(By.MEMBER, 21, 10), wrote(By.CUSTOMER, 21, 10.5), solved(21, 11))
    figures.now = at(28, 20)
    figures.collect()
    early = figures.read(Figure.FCR, day_of(MONDAY))
    assert (early.missing, early.published_on) == (Missing.NOT_YET, date(2026, 9, 29))
    figures.now = at(29, 1)
    figures.collect()
    late = figures.read(Figure.FCR, day_of(MONDAY))
    assert (late.numerator, late.denominator, late.value) == (1, 3, 1 / 3)


def test_a_deadline_counts_when_it_falls_due_and_every_round_of_replies_does(figures: Figures) -> None:
    figures.prefers(
        business_hours="always", sla="all: first reply 2h, next reply 4h, resolution 24h", kpi_least_n="1"
    )
    figures.opens(
        at(21),
        wrote(By.MEMBER, 21, 10),
        wrote(By.CUSTOMER, 21, 12),
        wrote(By.MEMBER, 21, 13),
        wrote(By.CUSTOMER, 21, 14),
        wrote(By.MEMBER, 21, 20),
        solved(23),
    )
    figures.opens(at(22))
    figures.collect()
    first, following, resolution = (
        figures.read(figure) for figure in (Figure.SLA_FIRST_REPLY, Figure.SLA_NEXT_REPLY, Figure.SLA_RESOLUTION)
    )
    assert (first.numerator, first.denominator) == (1, 2)
    assert (following.numerator, following.denominator) == (1, 2)
    assert (resolution.numerator, resolution.denominator) == (0, 2)


def test_what_customers_say_is_too_few_to_tell_under_the_least_number(quick: Figures) -> None:
    for good in ("good", "good", "bad"):
        quick.opens(
            at(21), solved(22), Happening(Kind.SATISFACTION, {"satisfaction": good}, By.CUSTOMER, at=at(23))
        )
    quick.collect()
    few = quick.read(Figure.CSAT)
    assert (few.value, few.too_few, few.numerator, few.denominator) == (None, True, 2, 3)
    quick.prefers(kpi_least_n="3", kpi_targets="csat 60%; backlog 5")
    enough = quick.read(Figure.CSAT)
    assert (enough.value, enough.target, enough.met) == (2 / 3, 0.6, True)
    assert quick.read(Figure.CSAT, channel="fax").missing is Missing.NOT_BY_CHANNEL
    assert quick.read(Figure.NPS).missing is Missing.NOTHING


def test_a_file_is_read_by_its_headings_and_a_second_import_corrects_without_doubling(figures: Figures) -> None:
    header = "Day,Queue,Agent,Satisfied,Ratings"
    done = figures.file(header, "2026-09-21,billing,Ana Ruiz,40,50", "2026-09-21,billing,ben@example.com,20,25")
    assert (done.series[0].name, done.series[0].added, done.new_queues) == ("CSAT", 2, ("billing",))
    assert figures.read(Figure.CSAT).value == pytest.approx(60 / 75)
    assert figures.read(Figure.CSAT, member_id=figures.desk.member("ben").id).n == 25
    again = figures.file(header, "2026-09-21,billing,ana@example.com,40,50", "2026-09-21,billing,Ben Okafor,24,25")
    assert (again.series[0].changed, again.series[0].unchanged) == (1, 1)
    assert figures.read(Figure.CSAT).numerator == 64
    figures.desk.people("email,name,role,team\nben@example.com,Ben Okafor,agent,Phones\n")
    moved = figures.file(header, "2026-09-21,billing,Ben Okafor,24,25")
    assert (moved.series[0].added, moved.series[0].unchanged) == (0, 1)
    whole = figures.file("Date,Queue,Satisfied,Ratings", "2026-09-21,billing,60,80")
    assert (whole.series[0].added, whole.series[0].removed) == (1, 2)
    assert figures.read(Figure.CSAT).denominator == 80
    undo_import(figures.deps, "T1", OPERATOR, whole.number or 0)
    assert figures.read(Figure.CSAT).numerator == 64
    assert figures.file(header, "2026-09-21,billing,Ana Ruiz,40,50").number is None
    figures.file("Date,Satisfied,Ratings", "2026-09-21,70,90")
    assert figures.read(Figure.CSAT).denominator == 90


def test_a_file_goes_before_what_was_seen_and_only_for_its_queues(figures: Figures) -> None:
    figures.planner.volume("2026-09-21 09:00,billing,60,180", "2026-09-21 09:00,tech,40,180")
    figures.collect()
    figures.file("Date,Queue,Offered", "2026-09-21,billing,66")
    assert figures.read(Figure.CONTACTS).value == 106
    assert figures.read(Figure.CONTACTS).sources == ("file", "floorwalker")
    figures.now += timedelta(minutes=1)
    figures.file("Date,Offered", "2026-09-21,120", read_as=Mapped("acd", {"offered": "Offered"}))
    assert figures.read(Figure.CONTACTS).value == 120
    assert figures.read(Figure.CONTACTS, queue="tech").missing is Missing.NOT_BY_QUEUE
    figures.file("Date,Offered", "2026-09-27,0", read_as=Mapped("acd"))
    sunday = day_of(date(2026, 9, 27))
    assert figures.read(Figure.CONTACTS, sunday, queue="tech").missing is Missing.NOTHING


def test_adherence_is_reckoned_from_when_people_came_and_went_and_their_shifts(quick: Figures) -> None:
    quick.desk.shifts("ana@example.com,2026-09-21,09:00,17:00,UTC", "ben@example.com,2026-09-21,22:00,06:00,UTC")
    quick.file(
        "Date,Agent,Login,Logout",
        "2026-09-21,Ana Ruiz,09:30,17:30",
        "2026-09-21,Ben Okafor,22:00,06:00",
        "2026-09-22,Ana Ruiz,09:00,17:00",
    )
    ana = quick.desk.member("ana").id
    assert quick.read(Figure.ADHERENCE, member_id=ana).value == 0.9375
    assert quick.read(Figure.CONFORMANCE, member_id=ana).value == 1
    assert quick.read(Figure.ADHERENCE).denominator == 2 * 480
    with pytest.raises(BadFile):
        quick.file("Date,Login,Logout", "2026-09-21,09:30,17:30")


def test_columns_are_kept_under_a_name_and_found_again_by_themselves(quick: Figures) -> None:
    header = "Date,Happy ones,Answers given"
    columns = {"csat_positive": "Happy ones", "csat_answers": "Answers given"}
    with pytest.raises(BadFile):
        quick.file(header, "2026-09-21,40,50")
    with pytest.raises(UnknownMapping):
        quick.file(header, "2026-09-21,40,50", read_as=Mapped("survey"))
    quick.file(header, "2026-09-21,40,50", read_as=Mapped("Survey", columns))
    quick.file(header, "2026-09-22,45,50")
    with quick.deps.sessions.read("T1") as session:
        [kept] = session.scalars(select(KpiMapping).where(KpiMapping.workspace_id == "T1"))
        assert (kept.name, kept.columns) == ("survey", {"date": "Date", **columns})
    assert quick.read(Figure.CSAT).sources == ("survey",)
    assert quick.read(Figure.CSAT).numerator == 85


@pytest.mark.parametrize(
    ("lines", "column", "expected"),
    [
        (["2026-09-21,billing,,51,50"], "Satisfied", "at most 50, which is Ratings"),
        (["2026-09-31,billing,,1,50"], "Date", "a date such as 24.12.2026"),
        (["2026-10-21,billing,,1,50"], "Date", "a day that has begun"),
        (["2026-09-21,billing,Nobody,1,50"], "Agent", "somebody on the roster"),
        (["2026-09-21,billing,,many,50"], "Satisfied", "a whole number such as 1250"),
        (["2026-09-21,billing,,1,50", "2026-09-21,Billing,,2,50"], "Date", "a day of its own"),
        (["2026-09-21,billing,,1,50", "2026-09-21,billing,Ana Ruiz,2,50"], "Agent", "a person, as other lines"),
        (["2026-09-21,billing,,1,50", "2026-09-21,,,1,50"], "Queue", "a queue, as other lines of this day"),
        (["2026-09-21,billing,,,50"], None, "a figure in any of its columns"),
    ],
)
def test_a_bad_line_is_named_and_nothing_of_its_file_is_taken_over(
    quick: Figures, lines: list[str], column: str | None, expected: str
) -> None:
    with pytest.raises(BadFile) as refused:
        quick.file("Date,Queue,Agent,Satisfied,Ratings", "2026-09-20,billing,,30,40", *lines)
    [problem] = refused.value.problems
    assert (problem.column, problem.expected[: len(expected)]) == (column, expected)
    assert quick.facts() == []
