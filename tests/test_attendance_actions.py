"""Somebody comes, or does not: who is asked when, what becomes of their work, and what is kept of it."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.actions.attendance import Away, NotAsked, NothingNear, Settlement
from bot.actions.settings_change import change_settings
from bot.domain.attendance import NotOpen
from bot.domain.permissions import OPERATOR, NotPermitted
from storage.tables import Audit
from tests.attendance_desk import AttendanceDesk
from tests.races import at_once

OPS = "C0OPS"
NO_SIGN = "*No sign of <@U0ANA> since 09:00.* They were asked and have not answered."


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[AttendanceDesk]:
    desk = AttendanceDesk(sqlite_url, tmp_path)
    desk.asks_for_signs(responsible="mon-sun 08:00-20:00 ben@example.com")
    yield desk
    desk.close()


@pytest.fixture
def any_desk(database_url: str, tmp_path: Path) -> Iterator[AttendanceDesk]:
    desk = AttendanceDesk(database_url, tmp_path)
    desk.asks_for_signs()
    yield desk
    desk.close()


def misses(desk: AttendanceDesk) -> None:
    """Ana is waited for, asked, and then who answers for her is."""
    for hour, minute in ((8, 55), (9, 10), (9, 20)):
        desk.passes_to(6, hour, minute)


def test_they_are_reminded_then_asked_and_then_the_coordinators_are(any_desk: AttendanceDesk) -> None:
    desk = any_desk
    desk.passes_to(6, 8, 54)
    assert desk.states() == []
    desk.passes_to(6, 8, 55)
    assert desk.heard() == [("U0ANA", "Your shift begins at 10:00.")]  # in Madrid
    desk.passes_to(6, 9, 9)
    assert desk.shown_by() == ["attendance.reminder"]
    desk.passes_to(6, 9, 10)
    assert desk.heard()[1] == ("U0ANA", "*Your shift began at 10:00. Are you there?*")
    desk.passes_to(6, 9, 19)
    assert desk.states() == [("ana", 9, "asked")]
    desk.passes_to(6, 9, 20)
    assert desk.heard()[2:] == [(OPS, NO_SIGN)]
    assert desk.works(6) == [("ana", 9, 17)]
    desk.settles("cora", Settlement.RELEASE)
    assert desk.works(6) == [("nobody", 9, 17)]
    [row] = desk.absences()
    assert (row.kind, row.state, row.start.hour, row.end.hour) == ("no show", "in force", 9, 17)
    desk.now = desk.on(7, 4, 5).start
    desk.forgets()
    assert (desk.states(), desk.shown_by()) == ([], [])


def test_who_is_there_is_asked_nothing_and_nothing_of_it_is_in_the_audit(desk: AttendanceDesk) -> None:
    desk.passes_to(6, 8, 10)
    assert desk.says_here("ana").work == desk.on(6)
    desk.passes_to(6, 8, 55)
    desk.passes_to(6, 9, 30)
    assert (desk.states(), desk.heard()) == ([("ana", 9, "here")], [])
    desk.says_here("ana")
    with desk.deps.sessions.read("T1") as session:
        actions = session.scalars(select(Audit.action).where(Audit.workspace_id == "T1")).all()
    assert not [each for each in actions if "attendance" in each or "absence" in each]


def test_nobody_is_asked_where_no_sign_is_wanted(desk: AttendanceDesk) -> None:
    change_settings(desk.deps, "T1", OPERATOR, "workspace", {"attendance": ""})
    misses(desk)
    assert desk.states() == []
    with pytest.raises(NotAsked):
        desk.says_here("ana")


def test_who_is_away_or_late_is_not_asked_and_who_is_late_only_then(desk: AttendanceDesk) -> None:
    desk.now = desk.on(6, 8, 9).start
    desk.away("ana", 6, 9, 9.5)
    misses(desk)
    assert desk.states() == []
    desk.passes_to(6, 9, 25)
    assert desk.states() == [("ana", 9, "awaited")]
    assert desk.arrivals()[0].start.minute == 30
    desk.passes_to(6, 9, 40)
    assert desk.states() == [("ana", 9, "asked")]
    desk.away("ana", 6, 9.5, 24)
    desk.passes_to(6, 9, 50)
    assert desk.states() == [("ana", 9, "over")]
    with pytest.raises(Away):
        desk.says_here("ana")


def test_who_says_when_asked_that_they_are_late_is_waited_for_then(desk: AttendanceDesk) -> None:
    misses(desk)
    desk.away("ana", 6, 9, 10)
    desk.passes_to(6, 9, 22)
    assert desk.states() == [("ana", 9, "over")]
    assert desk.heard()[-1][1] == (
        "Nothing is to be decided about <@U0ANA> any more: they have answered, or the shift has changed."
    )
    desk.passes_to(6, 9, 55)
    assert desk.states() == [("ana", 9, "over"), ("ana", 10, "awaited")]
    desk.says_here("ana")
    desk.passes_to(6, 10, 30)
    assert desk.states()[-1] == ("ana", 10, "here")


def test_who_came_back_early_is_there(desk: AttendanceDesk) -> None:
    desk.now = desk.on(6, 7, 8).start
    absence = desk.goes_away("ana", 6)
    desk.passes_to(6, 8, 55)
    desk.passes_to(6, 10, 0)
    assert desk.states() == []
    desk.back("ana", absence)
    assert desk.works(6) == [("nobody", 9, 10), ("ana", 10, 17)]
    desk.passes_to(6, 10, 11)
    assert desk.states() == []


def test_a_swapped_shift_is_that_of_whoever_works_it_and_a_part_that_was_given_away_is_a_pause(
    desk: AttendanceDesk,
) -> None:
    cover = desk.offers("ana", 6, 11, 13)
    desk.takes("ben", cover)
    desk.passes_to(6, 8, 55)
    desk.says_here("ana")
    desk.passes_to(6, 10, 55)
    desk.passes_to(6, 13, 20)
    assert desk.states() == [("ana", 9, "here"), ("ben", 11, "over")]
    whole = desk.offers("dev", 8)
    desk.takes("ana", whole)
    desk.passes_to(8, 8, 55)
    assert desk.states()[-1] == ("ana", 9, "awaited")


def test_a_shift_that_is_planned_after_it_began_asks_nobody(desk: AttendanceDesk) -> None:
    desk.now = desk.on(6, 8, 9).start
    desk.desk.shifts("ben@example.com,2026-11-06,06:00,14:00,UTC,mail")
    desk.passes_to(6, 8, 1)
    assert desk.states() == []


def test_whoever_is_named_for_the_hour_answers_where_no_lead_is_on_and_nobody_else(desk: AttendanceDesk) -> None:
    misses(desk)
    assert desk.heard()[2:] == [("U0BEN", NO_SIGN.replace("09:00", "10:00"))]
    for name in ("dev", "ana"):
        with pytest.raises(NotPermitted):
            desk.settles(name, Settlement.RELEASE)
    desk.settles("ben", Settlement.WAIT)
    assert desk.arrivals()[0].due_at == desk.now.replace(minute=35)
    desk.passes_to(6, 9, 34)
    assert len(desk.heard()) == 3
    desk.passes_to(6, 9, 35)
    assert desk.heard()[3:] == [
        ("U0BEN", "Still no sign of <@U0ANA>, whose shift began at Fri, Nov 6, 10:00."),
    ]
    desk.settles("ben", Settlement.HERE)
    assert desk.heard()[2][1] == "<@U0ANA> is here, says <@U0BEN>."
    assert desk.works(6) == [("ana", 9, 17)]
    with pytest.raises(NotOpen):
        desk.settles("cora", Settlement.RELEASE)


def test_who_comes_after_all_has_again_what_nobody_took(desk: AttendanceDesk) -> None:
    misses(desk)
    desk.settles("cora", Settlement.RELEASE)
    assert desk.beside("absence.own") == ["You are put down as away until Fri, Nov 6, 18:00."]
    desk.passes_to(6, 10, 0)
    noted = desk.says_here("ana")
    assert noted.returned
    assert noted.returned.given == 1
    assert desk.works(6) == [("nobody", 9, 10), ("ana", 10, 17)]
    desk.passes_to(6, 10, 30)
    assert desk.states() == [("ana", 9, "here")]


def test_a_sign_and_a_release_at_once_leave_the_rest_of_the_shift_with_who_is_there(
    any_desk: AttendanceDesk,
) -> None:
    desk = any_desk
    misses(desk)
    desk.settles("cora", Settlement.WAIT)
    desk.passes_to(6, 9, 35)
    assert desk.shown_by()[-1] == "attendance.still"
    at_once(partial(desk.says_here, "ana"), partial(desk.settles, "cora", Settlement.RELEASE))
    assert desk.states() == [("ana", 9, "here")]
    assert desk.works(6)[-1] == ("ana", 9, 17)
    desk.now = desk.on(7, 4, 5).start
    desk.forgets()
    assert (desk.states(), desk.shown_by()) == ([], [])


def test_a_sign_that_nobody_waits_for_says_when_one_will_count(desk: AttendanceDesk) -> None:
    desk.now = desk.on(6, 6, 7).start
    with pytest.raises(NothingNear) as nothing:
        desk.says_here("ana")
    assert nothing.value.then == desk.on(6).start
    with pytest.raises(NothingNear) as nothing:
        desk.says_here("carla")
    assert nothing.value.then is None
