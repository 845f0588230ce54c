"""Key figures of what was seen late, taken back, or answered long before it was due."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.actions.kpi_collect import collect_days
from bot.domain.cases import By, Happening, Kind
from bot.domain.kpi import Figure, Missing
from bot.domain.kpi_periods import Span, day_of, week_of
from bot.domain.permissions import CLOCK
from bot.domain.wallclock import ONE_DAY
from storage.tables import Case, Department, Escalation, EscalationEta
from tests.actions.desk import Desk
from tests.kpi_desk import MONDAY, Figures, at, on_sqlite, solved, wrote


@pytest.fixture
def figures(desk: Desk) -> Figures:
    desk.people()
    return Figures(desk)


@pytest.fixture
def quick(sqlite_url: str, tmp_path: Path) -> Iterator[Figures]:
    with on_sqlite(sqlite_url, tmp_path) as figures:
        yield figures


def test_a_next_reply_counts_on_its_day_from_whichever_day_on_is_reckoned(figures: Figures) -> None:
    figures.prefers(business_hours="always", sla="all: next reply 72h", kpi_least_n="1")
    replied = wrote(By.MEMBER, 21, 10), wrote(By.CUSTOMER, 21, 11), wrote(By.MEMBER, 21, 12)
    figures.opens(at(21), *replied, solved(22))
    figures.collect()
    due = day_of(date(2026, 9, 24))
    assert figures.read(Figure.SLA_NEXT_REPLY, due).denominator == 1
    # As on the day after it, when the case has been solved for long.
    collect_days(figures.deps, "T1", CLOCK, Span(due.starts, due.ends + ONE_DAY))
    assert figures.read(Figure.SLA_NEXT_REPLY, due).denominator == 1


def test_what_was_taken_back_was_never_written(quick: Figures) -> None:
    quick.prefers(business_hours="always", sla="all: next reply 4h", kpi_least_n="1")
    taken_back = Happening(Kind.MESSAGE, {"void": at(18, 11).isoformat()}, By.CUSTOMER, at=at(19))
    begun = wrote(By.MEMBER, 18, 10), wrote(By.CUSTOMER, 18, 11)
    quick.opens(at(18), *begun, wrote(By.CUSTOMER, 18, 12), wrote(By.MEMBER, 18, 13), solved(18, 14), taken_back)
    quick.opens(at(18), *begun, solved(18, 14), taken_back)
    quick.collect()
    week = week_of(date(2026, 9, 18), 0)
    replies, at_once = (quick.read(each, week) for each in (Figure.SLA_NEXT_REPLY, Figure.FCR))
    assert (replies.numerator, replies.denominator) == (1, 1)
    assert (at_once.numerator, at_once.denominator) == (1, 2)


def test_cases_that_a_helpdesk_tells_of_long_after_are_reckoned_the_next_night(figures: Figures) -> None:
    figures.opens(at(21))
    figures.collect()
    summer = [datetime(2026, month, 3, 9, tzinfo=UTC) for month in (7, 5)]
    for opened in summer:
        figures.opens(opened)
        figures.now += ONE_DAY
        figures.collect()
        assert figures.read(Figure.OPENED, day_of(opened.date())).value == 1


def test_after_weeks_of_downtime_no_day_is_missing(quick: Figures) -> None:
    quick.opens(at(21))
    quick.collect()
    quick.now += timedelta(days=50)
    quick.collect()
    silent = quick.read(Figure.OPENED, Span(MONDAY, quick.now.date())).silent
    assert silent == ()


def test_a_file_of_figures_leaves_what_was_reckoned_as_it_is(quick: Figures) -> None:
    quick.opens(at(1))
    quick.collect()
    quick.opens(at(2))
    quick.file("Date,Offered", "2026-09-21,5")
    quick.collect()
    assert quick.read(Figure.OPENED, day_of(date(2026, 9, 2))).value == 0


def test_each_day_is_written_by_itself_so_that_nobody_waits_long(quick: Figures) -> None:
    for day in range(21, 26):
        quick.opens(at(day))
    seen: list[int] = []

    quick.deps.sessions.after_commit.append(lambda _: seen.append(len(quick.facts())))
    collect_days(quick.deps, "T1", CLOCK, Span(MONDAY, MONDAY + 5 * ONE_DAY))
    assert len(seen) == 5
    assert sorted(set(seen)) == seen


def test_of_a_weekend_the_same_is_known_whichever_day_one_looks(quick: Figures) -> None:
    quick.desk.shifts("ana@example.com,2026-09-25,09:00,17:00,UTC")
    quick.collect()
    facts = {(row.day, row.measure) for row in quick.facts()}
    collect_days(quick.deps, "T1", CLOCK, Span(date(2026, 9, 26), date(2026, 9, 28)))
    assert {(row.day, row.measure) for row in quick.facts()} == facts
    assert quick.read(Figure.ABSENCE).silent == tuple(MONDAY + number * ONE_DAY for number in range(4))


def test_promised_times_count_when_they_fall_due_and_not_once_they_were_taken_back(quick: Figures) -> None:
    quick.opens(at(21))
    promised = [(23, "kept"), (24, "taken back"), (25, "missed"), (26, "open"), (30, "open")]
    new_id, same = quick.deps.new_id, {"workspace_id": "T1"}
    with quick.deps.sessions.write("T1") as session:
        department = session.scalars(select(Department).where(Department.workspace_id == "T1")).one()
        case = session.scalars(select(Case).where(Case.workspace_id == "T1")).one()
        asked = Escalation(
            **same,
            id=new_id(),
            number=1,
            case_id=case.id,
            severity=2,
            department_id=department.id,
            state="owned",
            asked_by_id=quick.desk.member("ana").id,
            asked_at=at(22),
            sent_at=at(22),
        )
        session.add(asked)
        session.flush()
        its = {**same, "escalation_id": asked.id, "department_id": department.id, "given_at": at(22)}
        session.add_all(EscalationEta(**its, id=new_id(), eta_at=at(day), state=state) for day, state in promised)
    quick.collect()
    kept, asked_of = quick.read(Figure.ETA_KEPT), quick.read(Figure.ESCALATIONS)
    assert (kept.numerator, kept.denominator, kept.too_few) == (1, 3, True)
    assert (asked_of.value, asked_of.silent) == (1, (MONDAY,))


def test_a_day_of_a_clock_change_has_all_that_happened_in_its_hours(quick: Figures) -> None:
    quick.prefers(time_zone="Europe/Berlin")
    quick.now = datetime(2026, 10, 27, 8, tzinfo=UTC)
    # Sunday, 25 October has 25 hours: from 22:00 to 23:00 in UTC.
    for hour in (21.5, 22, 22 + 24.5, 22 + 25):
        quick.opens(datetime(2026, 10, 24, tzinfo=UTC) + timedelta(hours=hour))
    quick.collect()
    sunday = day_of(date(2026, 10, 25))
    opened = [quick.read(Figure.OPENED, each).value for each in (sunday.before(), sunday, day_of(sunday.ends))]
    assert opened == [1, 2, 1]
    assert quick.read(Figure.BACKLOG, sunday).value == 3
    assert quick.read(Figure.CSAT, sunday).missing is Missing.NOTHING
