"""What it does to coverage that somebody goes or comes, from what is stored."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from math import floor
from zoneinfo import ZoneInfo

import pytest

from bot.actions.coverage import coverage_of
from bot.actions.coverage_effect import Effects, LeftBehind, effect_of
from bot.actions.settings_change import change_settings
from bot.actions.settings_scopes import scope_of
from bot.domain.coverage_effect import EffectShown, Moves, Stand, Summary, effect
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval
from bot.domain.permissions import OPERATOR
from bot.views.coverage_effect import effect_lines
from bot.views.formats import Formats
from tests.actions.desk import Desk
from tests.coverage_desk import Planner, weeks_of

MONDAY, TUESDAY = date(2026, 9, 28), date(2026, 9, 29)
NAMES = [f"p{number:02}" for number in range(20)]
CALLS, GERMAN = Post("calls"), Post("calls", "german")


@pytest.fixture
def planner(desk: Desk) -> Planner:
    """Twenty people, of whom the first speaks German and the second is new, work calls from 9 to 17 on Tuesday."""
    lines = [f"{name}@example.com,{name},agent,UTC,," for name in NAMES]
    lines[0] = "p00@example.com,p00,agent,UTC,german,"
    lines[1] = "p01@example.com,p01,agent,UTC,,2026-09-15"
    desk.people("\n".join(["email,name,role,timezone,skills,hired_on", *lines]))
    desk.shifts(*(f"{name}@example.com,{TUESDAY},09:00,17:00,UTC,calls" for name in NAMES[:18]))
    prefers(desk, time_zone="UTC", ramp="30, 60, 80")
    return Planner(desk.deps, desk.workspace_id, desk.folder)


def prefers(desk: Desk, queue: str | None = None, **values: str) -> None:
    with desk.deps.sessions.read(desk.workspace_id) as session:
        scope = scope_of(session, None, queue)
    change_settings(desk.deps, desk.workspace_id, OPERATOR, scope, values)


def on(start: float, end: float, day: date = TUESDAY) -> Interval:
    midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Interval(midnight + timedelta(hours=start), midnight + timedelta(hours=end))


def without(desk: Desk, name: str, *intervals: Interval, zone: str | None = None) -> EffectShown:
    with desk.deps.sessions.read(desk.workspace_id) as session:
        return effect_of(session, {desk.member(name).id: intervals}, (), ZoneInfo(zone) if zone else None)


def instead(desk: Desk, name: str, other: str, interval: Interval) -> LeftBehind:
    """One of them comes for another."""
    gone, comes = {desk.member(name).id: [interval]}, Stand(interval, "calls", desk.member(other).id)
    with desk.deps.sessions.read(desk.workspace_id) as session:
        return Effects(session).of([interval], Moves(gone, [comes]))


def levels(summary: Summary) -> Iterator[float]:
    for each in (summary.before, summary.after):
        assert each
        assert each.service_level
        yield each.service_level


def test_a_day_off_shows_heads_at_worst_and_the_service_level(desk: Desk, planner: Planner) -> None:
    planner.volume(*weeks_of("calls", MONDAY, 9, 100))
    planner.plan(f"{TUESDAY},14:00,15:00,calls,19,,UTC")
    found = without(desk, "p02", on(0, 24))
    (summary,) = found.summaries
    assert (summary.post, summary.interval, found.unplanned) == (CALLS, on(9, 17), ())
    assert (summary.usual.before, summary.usual.after, summary.usual.required) == (17.3, 16.3, 18)
    assert (summary.worst.interval, summary.worst.after, summary.worst.required) == (on(14, 15), 16.3, 19)
    before, after = (floor(100 * each) for each in levels(summary))
    assert after < before
    (line,) = effect_lines(found, Formats(ZoneInfo("UTC")))
    assert line == (
        f"Tue, Sep 29, 09:00–17:00 · calls 17.3 → 16.3 of 18 needed; service level {before} → {after}\u00a0%; "
        "worst 14:00–15:00: 17.3 → 16.3 of 19"
    )


def test_a_language_that_the_plan_asks_for_is_missed_beside_the_queue(desk: Desk, planner: Planner) -> None:
    planner.plan(f"{TUESDAY},10:00,12:00,calls,1,german,UTC")
    (queue, german) = without(desk, "p00", on(0, 24)).summaries
    assert (german.post, german.interval, german.usual.before) == (GERMAN, on(10, 12), 1)
    assert (german.usual.after, german.usual.required) == (0, 1)
    assert (queue.post, queue.usual.required) == (CALLS, 0)
    assert effect_lines(without(desk, "p00", on(10, 11)), Formats(ZoneInfo("UTC"))) == [
        "Tue, Sep 29, 10:00–11:00 · calls (german) 1 → 0 of 1 needed"
    ]
    assert [each.post for each in without(desk, "p02", on(10, 12)).summaries] == [CALLS]


def test_who_is_away_on_days_that_nobody_is_planned_for_yet_reads_that(desk: Desk, planner: Planner) -> None:
    assert planner
    found = without(desk, "p02", on(-24, 48), on(96, 120))
    assert found.unplanned == (date(2026, 9, 30), date(2026, 10, 3))
    assert effect_lines(found, Formats(ZoneInfo("UTC"))) == [
        "Tue, Sep 29, 09:00–17:00 · calls 17.3 → 16.3",
        "Wed, Sep 30, Sat, Oct 3: nobody is planned yet",
    ]
    assert effect_lines(without(desk, "p19", on(0, 24)), Formats(ZoneInfo("UTC"))) == [
        "No queue has fewer people than before."
    ]


def test_a_night_is_told_by_the_days_that_it_touches(desk: Desk, planner: Planner) -> None:
    planner.plan(f"{TUESDAY},22:00,06:00,calls,1,,Europe/Berlin")
    desk.shifts(f"p19@example.com,{TUESDAY},22:00,06:00,Europe/Berlin,calls")
    found = without(desk, "p19", on(0, 48), zone="Europe/Berlin")
    assert [(each.interval, each.usual.after) for each in found.summaries] == [(on(20, 22), 0), (on(22, 28), 0)]


def test_who_steps_in_keeps_the_breaks_and_counts_by_how_far_they_have_learned(
    desk: Desk, planner: Planner
) -> None:
    planner.plan(f"{TUESDAY},09:00,17:00,calls,18,,UTC")
    planner.activities(f"p02@example.com,{TUESDAY},12:00,12:30,break")
    assert not any(each.changes for each in instead(desk, "p02", "p19", on(9, 17)).effects)
    desk.people("email,name,hired_on\np18@example.com,p18,2026-09-15\n")
    (found,) = instead(desk, "p02", "p18", on(9, 17)).summaries
    assert (found.usual.before, found.usual.after) == (17.3, 16.6)


def test_what_is_looked_up_for_several_changes_is_read_once(desk: Desk, planner: Planner) -> None:
    planner.plan(f"{TUESDAY},09:00,17:00,calls,18,,UTC")
    with desk.deps.sessions.read(desk.workspace_id) as session:
        effects = Effects(session)
        every = [effects.of([on(9, 17)], Moves({desk.member(name).id: [on(9, 12)]})) for name in NAMES]
    assert [len(each.effects) for each in every] == [2] * 18 + [0] * 2
    assert {each.effects[0].after for each in every[:18]} == {16.3, 17.0}
    assert [len(each.short) for each in every] == [2] * 18 + [0] * 2
    prefers(desk, gap_least_heads="1")
    with desk.deps.sessions.read(desk.workspace_id) as session:
        left = Effects(session).of([on(9, 17)], Moves({desk.member("p01").id: [on(9, 12)]}))
    assert [each.interval for each in left.short] == [on(9, 12)]


def test_what_lies_in_days_that_were_read_twice_is_told_once(desk: Desk, planner: Planner) -> None:
    planner.plan(f"{TUESDAY},09:00,17:00,calls,18,,UTC")
    with desk.deps.sessions.read(desk.workspace_id) as session:
        effects, gone = Effects(session), Moves({desk.member("p02").id: [on(9, 17)]})
        once = effects.of([on(9, 12)], gone)
        assert effects.of([on(16, 30)], gone).effects
        assert effects.of([on(9, 12)], gone) == once
        assert [each.interval for each in effects.of([on(9, 12), on(16, 30)], gone).summaries] == [
            on(9, 12),
            on(16, 17),
        ]


def test_what_is_foretold_is_what_coverage_says_once_it_is_done(desk: Desk, planner: Planner) -> None:
    planner.plan(f"{TUESDAY},09:00,17:00,calls,12,,UTC", f"{TUESDAY},11:00,15:00,calls,1,german,UTC")
    one, other = desk.member("p00").id, desk.member("p19").id
    moves = Moves({one: [on(9, 13)]}, [Stand(on(9, 12.5), "calls", other)])
    with desk.deps.sessions.read(desk.workspace_id) as session:
        foretold = Effects(session).of([on(9, 17)], moves).effects
        before = coverage_of(session, on(0, 24)).stretches
    others = [f"{name}@example.com,{TUESDAY},09:00,17:00,UTC,calls" for name in NAMES[1:18]]
    moved = [
        f"p00@example.com,{TUESDAY},13:00,17:00,UTC,calls",
        f"p19@example.com,{TUESDAY},09:00,12:30,UTC,calls",
    ]
    desk.shifts(*others, *moved, replaced=(TUESDAY, TUESDAY))
    with desk.deps.sessions.read(desk.workspace_id) as session:
        after = coverage_of(session, on(0, 24)).stretches
    done = [each for each in effect(before, after, on(9, 17)) if each.changes or not each.post.skill]
    assert list(foretold) == done
    # The other speaks no German: who comes for a speaker of it helps with the other calls.
    assert {(each.post, each.before, each.after) for each in done if each.changes} == {
        (CALLS, 16.3, 17.3),
        (GERMAN, 1, 0),
    }
