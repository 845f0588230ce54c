"""A working day, played in the terminal: what each person types, presses and reads."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

from bot.connectors.holidays import public_holidays
from bot.demo.cast import ZONE, Cast
from bot.demo.scenes import (
    absences,
    calendar,
    cases,
    coverage,
    covers,
    floor,
    home,
    knowledge,
    outbox,
    reports,
    shifts,
    swaps,
    timeoff,
    uploads,
)
from bot.demo.script import Watch
from bot.demo.stage import HOLIDAYS, Stage

Scene = Callable[[Cast], None]
SCENES: tuple[Scene, ...] = (
    home.the_desks,
    shifts.the_morning,
    swaps.only_what_the_rules_allow,
    home.a_swap_from_home_to_home,
    swaps.settled_among_themselves,
    swaps.approved_by_the_desk,
    swaps.declined,
    swaps.entered_by_a_lead,
    swaps.taken_back,
    covers.a_part_is_taken,
    shifts.corrected_by_hand,
    uploads.a_plan_that_changes,
    coverage.before_customers_notice,
    coverage.what_helps_today,
    coverage.a_gap_is_filled,
    absences.a_sick_call,
    cases.handed_over,
    cases.what_is_mine,
    cases.answered_in_time,
    knowledge.found_and_mended,
    knowledge.read_by_all_but_one,
    reports.mondays_report,
    timeoff.decided_with_the_floor_in_sight,
    timeoff.a_night_is_asked_about,
    calendar.a_calendar_of_ones_own,
    floor.rules_of_ones_own,
    swaps.approved_anyway,
    floor.a_deputy,
    outbox.without_slack,
    floor.quiet_hours,
    floor.what_is_set_up,
    floor.all_is_well,
)


def opening(now: datetime) -> datetime:
    """When the day of the tour begins: at 09:05 where the team is, on a Monday soon after ``now``.

    In its week there is no public holiday: few contacts come on one, and nobody would be missing.
    """
    today = now.astimezone(ZONE).date()
    monday = today + timedelta(days=7 - today.weekday())
    while _has_holiday(monday):
        monday += timedelta(weeks=1)
    return datetime.combine(monday, time(9, 5), ZONE)


def _has_holiday(monday: date) -> bool:
    """Whether there is a public holiday in this week."""
    sunday = monday + timedelta(days=6)
    return any(monday <= day <= sunday for day in public_holidays(HOLIDAYS, monday, sunday))


def play(stage: Stage, watch: Watch, scenes: Sequence[Scene] = SCENES) -> bool:
    """Plays every scene, and says whether all of it happened; a scene's docstring is its title."""
    cast, missed = Cast(stage, watch), 0
    for number, scene in enumerate(scenes, 1):
        title = (scene.__doc__ or "").splitlines()[0]
        watch(f"\n{number}. {title}\n")
        try:
            scene(cast)
        except AssertionError as missing:
            watch(f"\n  ✗ This did not happen: {missing}")
            missed += 1
    watch(f"\n{missed} of {len(scenes)} scenes went wrong." if missed else f"\nAll {len(scenes)} scenes happened.")
    return missed == 0
