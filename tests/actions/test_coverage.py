"""What queues need and who is there, from what is stored."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.actions.coverage import Coverage, coverage_of
from bot.actions.forecast import forecast
from bot.actions.settings_change import change_settings
from bot.actions.settings_scopes import scope_of
from bot.app import JOBS
from bot.domain.coverage_shown import Source
from bot.domain.intervals import Interval
from bot.domain.permissions import OPERATOR
from jobs.coverage import FORECAST
from storage.coverage import forecast_rows
from tests.actions.desk import NOW, Desk
from tests.coverage_desk import Planner, weeks_of

MONDAY, TUESDAY = date(2026, 9, 28), date(2026, 9, 29)
DAY = Interval(datetime(2026, 9, 29, tzinfo=UTC), datetime(2026, 9, 30, tzinfo=UTC))
TEAM = [f"p{number:02}" for number in range(20)]


@pytest.fixture
def planner(desk: Desk) -> Planner:
    """Twenty people on calls on Tuesday from 9 to 17, in UTC."""
    people(desk)
    desk.shifts(*(f"{name}@example.com,{TUESDAY},09:00,17:00,UTC,calls" for name in TEAM))
    return Planner(desk.deps, desk.workspace_id, desk.folder)


def people(desk: Desk, columns: str = "", *values: str) -> None:
    """The team, with a column more whose values the first of them have."""
    lines = [f"{name}@example.com,{name.title()},agent,UTC" for name in TEAM]
    said = [*values, *[""] * (len(lines) - len(values))]
    lines = [f"{line},{value}" if columns else line for line, value in zip(lines, said, strict=True)]
    desk.people("\n".join([f"email,name,role,timezone{columns}", *lines]))


def prefers(desk: Desk, queue: str | None = None, **values: str) -> None:
    with desk.deps.sessions.read(desk.workspace_id) as session:
        scope = scope_of(session, None, queue)
    change_settings(desk.deps, desk.workspace_id, OPERATOR, scope, values)


def covered(desk: Desk, within: Interval = DAY) -> Coverage:
    with desk.deps.sessions.read(desk.workspace_id) as session:
        return coverage_of(session, within)


def required(desk: Desk, hour: int) -> float | None:
    """The heads of the first queue at an hour of Tuesday."""
    (requirement,) = covered(desk).needs[0].requirements
    return requirement.heads[hour * 4]


def test_a_known_leave_and_a_known_training_are_not_taken_off_twice(desk: Desk, planner: Planner) -> None:
    # RULES: 14 on contacts, of whom 18 % are lost on the day: 18. Rostered 20 - 1 leave - 1 training = 18: no gap.
    planner.volume(*weeks_of("calls", MONDAY, 9, 100))
    prefers(desk, time_zone="UTC")
    desk.shifts(
        *(f"{name}@example.com,{TUESDAY},09:00,17:00,UTC,calls" for name in TEAM[1:]), replaced=(TUESDAY,) * 2
    )
    planner.activities(f"p01@example.com,{TUESDAY},09:00,17:00,training")
    assert required(desk, 12) == 18
    assert covered(desk).gaps == ()
    planner.activities(
        f"p01@example.com,{TUESDAY},09:00,17:00,training", f"p02@example.com,{TUESDAY},12:00,13:00,meeting"
    )
    (gap,) = covered(desk).gaps
    assert (gap.worst.required, gap.worst.there, gap.interval.length) == (18, 17, timedelta(hours=1))


def test_new_hires_count_by_how_far_they_have_learned(desk: Desk, planner: Planner) -> None:
    # RULES: 12 + 4 x 0.3 = 13.2 against 14: short.
    people(desk, ",hired_on", *["2026-09-15"] * 4)
    desk.shifts(
        *(f"{name}@example.com,{TUESDAY},09:00,17:00,UTC,calls" for name in TEAM[:16]), replaced=(TUESDAY,) * 2
    )
    prefers(desk, ramp="30, 60, 80")
    planner.plan(f"{TUESDAY},09:00,17:00,calls,14,,UTC")
    (gap,) = covered(desk).gaps
    assert (gap.worst.there, gap.worst.short) == (13.2, 0.8)


def test_chats_are_shared_by_as_many_as_one_person_has_at_once(desk: Desk, planner: Planner) -> None:
    planner.volume(*weeks_of("calls", MONDAY, 9, 100))
    prefers(desk, time_zone="UTC")
    prefers(desk, "calls", channel="chats", concurrency="2")
    # 14 places are 7 heads, which are 7 / 0.82 = 8.5 people.
    assert required(desk, 12) == 9


def test_work_that_waits_is_spread_over_the_hours_in_which_somebody_works(desk: Desk, planner: Planner) -> None:
    planner.volume(*weeks_of("calls", MONDAY, 9, 100))
    prefers(desk, time_zone="UTC")
    prefers(desk, "calls", channel="backlog", deadline_hours="8")
    # 10 Erlang as it comes in, 10 / 0.82 = 12.2 people; no service level, as nobody waits on a line.
    found = covered(desk)
    assert required(desk, 12) == 13
    whole_week = covered(desk, Interval(DAY.start - timedelta(days=1), DAY.end + timedelta(days=5)))
    assert whole_week.needs[0].requirements[0].heads[96 + 48] == 13
    assert found.level(found.needs[0], DAY) is None


def test_the_fewest_people_have_to_be_there_while_shifts_of_the_queue_are_planned(
    desk: Desk, planner: Planner
) -> None:
    assert planner
    prefers(desk, "calls", minimum_heads="21")
    assert (required(desk, 8), required(desk, 9)) == (None, 21)
    assert covered(desk).needs[0].sources == {Source.MINIMUM}
    (gap,) = covered(desk).gaps
    assert gap.worst.short == 1


def test_a_file_comes_before_the_settings_and_these_before_a_forecast(desk: Desk, planner: Planner) -> None:
    planner.volume(*weeks_of("calls", MONDAY, 9, 100))
    prefers(desk, time_zone="UTC")
    prefers(desk, "calls", plan="tue 12-14 7")
    planner.plan(f"{TUESDAY},13:00,14:00,calls,5,,UTC")
    assert [required(desk, hour) for hour in (11, 12, 13, 14)] == [18, 7, 5, 18]
    assert covered(desk).needs[0].sources == {Source.FORECAST, Source.SETTING, Source.PLAN}


def test_where_nobody_says_how_long_a_contact_takes_that_is_said(desk: Desk, planner: Planner) -> None:
    prefers(desk, time_zone="UTC")
    lines = [line.rsplit(",", 1)[0] for line in weeks_of("calls", MONDAY, 9, 100)]
    planner.volume(*lines, columns="interval_start,queue,offered")
    assert covered(desk).needs[0].no_handle_time
    prefers(desk, "calls", handle_seconds="180")
    assert not covered(desk).needs[0].no_handle_time
    assert required(desk, 12) == 18


def test_a_night_shift_and_the_day_on_which_clocks_change_are_covered_hour_by_hour(
    desk: Desk, planner: Planner
) -> None:
    planner.plan("2026-10-24,22:00,06:00,calls,1,,Europe/Berlin")
    desk.shifts("p00@example.com,2026-10-24,22:00,06:00,Europe/Berlin,calls")
    night = Interval(datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 12, tzinfo=UTC))
    found = covered(desk, night)
    assert sum((each.interval.length for each in found.stretches), timedelta()) == timedelta(hours=9)
    assert found.gaps == ()


def test_every_night_the_weeks_ahead_are_foretold_anew_and_what_was_expected_stays(
    desk: Desk, planner: Planner
) -> None:
    prefers(desk, time_zone="UTC")
    planner.volume(*weeks_of("calls", MONDAY, 9, 100))

    def foretold(first: date, last: date) -> list[date]:
        with desk.deps.sessions.read(desk.workspace_id) as session:
            return [row.day for row in forecast_rows(session, first, last)]

    assert foretold(MONDAY, date(2027, 1, 1))[-1] == date(2026, 10, 30)
    later = replace(desk.deps, clock=lambda: NOW + timedelta(weeks=1))
    forecast(later, desk.workspace_id)
    assert foretold(MONDAY, date(2027, 1, 1))[-1] == date(2026, 11, 6)
    assert foretold(MONDAY, MONDAY) == [MONDAY]
    assert FORECAST in JOBS


def test_a_day_that_is_not_like_its_weekday_is_not_foretold_from_it(desk: Desk, planner: Planner) -> None:
    prefers(desk, time_zone="UTC", special_days=f"{TUESDAY} release")
    planner.volume(*weeks_of("calls", MONDAY, 9, 100))
    assert covered(desk).needs[0].requirements == ()
