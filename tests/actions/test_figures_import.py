"""Files of volumes, plans and activities: corrected by a second one, never doubled, and taken back whole."""

from datetime import date

import pytest
from sqlalchemy import select

from bot.domain.imports import BadFile
from storage.coverage import activities, forecast_rows, qualities, requirement_rows
from storage.shifts import queues
from storage.tables import Forecast, Volume
from tests.actions.desk import NOW, Desk
from tests.coverage_desk import Planner, weeks_of

MONDAY = date(2026, 9, 28)


@pytest.fixture
def planner(desk: Desk) -> Planner:
    desk.people()
    return Planner(desk.deps, desk.workspace_id, desk.folder)


def _offered(desk: Desk, queue: str) -> dict[str, list[float | None]]:
    with desk.deps.sessions.read(desk.workspace_id) as session:
        ids = {row.name: row.id for row in queues(session)}
        rows = session.scalars(
            select(Volume).where(Volume.workspace_id == desk.workspace_id, Volume.queue_id == ids[queue])
        )
        return {
            f"{row.day} {row.minutes}": [each for each in row.counts["offered"] if each is not None]
            for row in rows
        }


def test_volumes_are_kept_by_day_and_a_second_import_of_an_interval_corrects_it(
    desk: Desk, planner: Planner
) -> None:
    first = planner.volume("2026-09-21 09:00,mail,10,180", "2026-09-21 09:30,mail,12,190")
    assert (first.number, first.series[0].added, first.new_queues) == (2, 2, ("mail",))
    assert _offered(desk, "mail") == {"2026-09-21 30": [10, 12]}

    again = planner.volume("2026-09-21 09:00,Mail,11,180", "2026-09-21 09:30,mail,12,190")
    assert (again.series[0].changed, again.series[0].unchanged, again.new_queues) == (1, 1, ())
    assert _offered(desk, "mail") == {"2026-09-21 30": [11, 12]}
    assert planner.volume("2026-09-21 09:30,mail,12,190").number is None


def test_a_single_line_on_the_full_hour_corrects_a_half_hour_and_many_of_them_are_refused(
    desk: Desk, planner: Planner
) -> None:
    planner.volume("2026-09-21 09:00,mail,10,180", "2026-09-21 09:30,mail,12,190")
    planner.volume("2026-09-21 09:00,mail,13,180")
    assert _offered(desk, "mail") == {"2026-09-21 30": [13, 12]}
    with pytest.raises(BadFile) as refused:
        planner.volume(*(f"2026-09-22 {hour:02}:00,mail,20,180" for hour in range(8, 18)))
    assert refused.value.problems[0].expected == "intervals of 30 minutes for mail, as they were imported before"


def test_shorter_intervals_take_the_place_of_longer_ones(desk: Desk, planner: Planner) -> None:
    planner.volume("2026-09-21 09:00,mail,20,180", "2026-09-21 10:00,mail,22,180")
    planner.volume("2026-09-21 09:00,mail,9,180", "2026-09-21 09:15,mail,11,180")
    assert _offered(desk, "mail") == {"2026-09-21 15": [9, 11]}


def test_an_import_of_volumes_is_taken_back_whole_with_the_forecast_that_stood_on_it(
    desk: Desk, planner: Planner
) -> None:
    before = desk.tables()
    done = planner.volume(*weeks_of("mail", MONDAY, 9, 20))
    with desk.deps.sessions.read(desk.workspace_id) as session:
        ahead = forecast_rows(session, MONDAY, date(2026, 10, 4))
        assert {row.day.weekday(): max(each or 0 for each in row.offered) for row in ahead} == dict.fromkeys(
            range(5), 20
        )
        (quality,) = qualities(session).values()
        assert (quality.wape, quality.days) == (0, 20)
    undone = desk.undo(done.number)
    assert undone.gone["volume"] == 45
    assert desk.tables() == before


def test_a_dry_run_writes_nothing(desk: Desk, planner: Planner) -> None:
    before = desk.everything()
    assert planner.volume("2026-09-21 09:00,mail,10,180", dry_run=True).series[0].added == 1
    assert planner.plan("2026-09-29,09:00,17:00,mail,4", dry_run=True).series[0].added == 32
    assert planner.activities("ana@example.com,2026-09-29,12:00,12:30,break", dry_run=True).series[0].added == 1
    assert desk.everything() == before


def test_volumes_that_ended_long_ago_are_no_ground_for_a_forecast(desk: Desk, planner: Planner) -> None:
    planner.volume(*weeks_of("mail", date(2026, 3, 2), 9, 20))
    with desk.deps.sessions.read(desk.workspace_id) as session:
        assert session.scalars(select(Forecast).where(Forecast.workspace_id == desk.workspace_id)).all() == []
        assert qualities(session) == {}


def _heads(desk: Desk, day: date) -> list[tuple[float | None, ...]]:
    with desk.deps.sessions.read(desk.workspace_id) as session:
        return [tuple(dict.fromkeys(row.heads)) for row in requirement_rows(session, day, day)]


def test_a_plan_is_corrected_where_a_later_one_speaks_and_stays_elsewhere(desk: Desk, planner: Planner) -> None:
    planner.plan(
        "2026-09-29,09:00,17:00,mail,4,,Europe/Berlin", "2026-09-29,09:00,17:00,mail,1,german,Europe/Berlin"
    )
    done = planner.plan("2026-09-29,12:00,13:00,Mail,6.5,,Europe/Berlin")
    assert (done.series[0].changed, done.series[0].added) == (4, 0)
    assert sorted(_heads(desk, date(2026, 9, 29))) == [(None, 1), (None, 4, 6.5)]
    desk.undo(done.number)
    assert sorted(_heads(desk, date(2026, 9, 29))) == [(None, 1), (None, 4)]


def test_a_plan_with_lines_for_the_same_time_or_an_unknown_skill_is_refused(planner: Planner) -> None:
    with pytest.raises(BadFile) as twice:
        planner.plan("2026-09-29,09:00,17:00,mail,4", "2026-09-29,16:45,18:00,MAIL,3")
    assert [(each.line, each.expected) for each in twice.value.problems] == [
        (3, "a time of its own: plan.csv, line 2 plans this queue then, too")
    ]
    with pytest.raises(BadFile) as unknown:
        planner.plan("2026-09-29,09:00,17:00,mail,4,klingon", "2026-09-29,17:05,18:00,mail,4")
    assert [each.found for each in unknown.value.problems] == ["17:05"]
    with pytest.raises(BadFile) as unknown:
        planner.plan("2026-09-29,09:00,17:00,mail,4,klingon")
    assert [(each.column, each.found) for each in unknown.value.problems] == [("skill", "klingon")]


def test_of_the_days_of_a_person_that_a_file_speaks_of_it_says_all(desk: Desk, planner: Planner) -> None:
    planner.activities(
        "ana@example.com,2026-09-29,12:00,12:30,break",
        "ana@example.com,2026-09-30,12:00,12:30,break",
        "ben@example.com,2026-09-29,12:00,12:30,Break",
    )
    done = planner.activities(
        "ana@example.com,2026-09-29,13:00,13:30,break", "ana@example.com,2026-09-29,15:00,16:00,training"
    )
    assert {each.name: (each.added, each.removed) for each in done.series} == {"break": (1, 1), "training": (1, 0)}
    ana = desk.member("ana").id
    with desk.deps.sessions.read(desk.workspace_id) as session:
        rows = activities(session, NOW, NOW.replace(month=10))
        own = [(f"{row.start:%d %H:%M}", row.kind) for row in rows if row.member_id == ana]
    assert own == [("29 11:00", "break"), ("29 13:00", "training"), ("30 10:00", "break")]
    desk.undo(done.number)
    with desk.deps.sessions.read(desk.workspace_id) as session:
        assert [row.kind for row in activities(session, NOW, NOW.replace(month=10))] == ["break"] * 3
