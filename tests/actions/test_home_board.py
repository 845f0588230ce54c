"""The board of a workspace is read once, and anew as soon as anything on it may be another."""

from datetime import datetime, timedelta

from bot.actions.home_board import board
from bot.deps import Remembered
from bot.domain.home_board import Board
from tests.actions.desk import NOW, Desk

FRIDAY = "ana@example.com,2026-10-02,09:00,17:00,Europe/Berlin,mail,bring your badge"


def hung(desk: Desk, boards: Remembered, now: datetime = NOW) -> Board:
    with desk.deps.sessions.read(desk.workspace_id) as session:
        return board(boards, session, now)


def test_a_board_hangs_until_anything_changes(desk: Desk) -> None:
    boards = Remembered()
    desk.people()
    desk.shifts(FRIDAY)
    first = hung(desk, boards)
    assert hung(desk, boards, NOW + timedelta(hours=15, minutes=59)) is first
    desk.shifts("ben@example.com,2026-10-01,09:00,17:00,Europe/London,mail")
    second = hung(desk, boards)
    assert [each.worker.name for each in second.shifts if each.worker] == ["Ben Okafor", "Ana Ruiz"]


def test_every_day_has_its_own_board_also_where_nothing_changes(desk: Desk) -> None:
    boards = Remembered()
    desk.people()
    desk.shifts(FRIDAY, "ben@example.com,2026-10-10,09:00,17:00,Europe/London,mail")
    assert len(hung(desk, boards).shifts) == 1
    assert len(hung(desk, boards, NOW + timedelta(days=3)).shifts) == 2
    assert len(hung(desk, boards, NOW + timedelta(days=5)).shifts) == 1
    assert len(hung(desk, boards).shifts) == 1


def test_a_note_is_for_who_works_the_shift(desk: Desk) -> None:
    desk.people()
    desk.shifts(FRIDAY)
    found = hung(desk, Remembered())
    assert [each.note for each in found.shifts] == [None]
    assert [each.note for each in found.own[desk.member("ana").id]] == ["bring your badge"]
