"""Everybody finds their own on the board of a workspace."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from bot.domain.home_board import Board
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody, WorkedShift

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
ANA, BEN, CORA, ZOE = (
    Somebody(UUID(int=each), name, None) for each, name in enumerate(("Ana", "ben", "Cora", "Zoe"), 1)
)


def at(start: float, end: float) -> Interval:
    return Interval(NOW + timedelta(hours=start), NOW + timedelta(hours=end))


def works(who: Somebody | None, start: float, end: float, queue: str | None = "mail") -> WorkedShift:
    return WorkedShift(at(start, end), who, queue)


def board(*shifts: WorkedShift, own: dict[UUID, list[WorkedShift]] | None = None) -> Board:
    ordered = tuple(sorted(shifts, key=lambda each: each.interval))
    return Board(date(2026, 11, 2), ordered, own or {}, {}, (), {})


def test_what_somebody_works_ends_after_the_beginning_and_begins_before_the_end() -> None:
    over, running, coming, later = (works(None, *each) for each in ((-9, 0), (-8, 1), (2, 8), (8, 9)))
    found = board(own={ANA.member_id: [over, running, coming, later]})
    assert found.of(ANA.member_id, at(0, 8)) == (running, coming)
    assert found.of(BEN.member_id, at(0, 8)) == ()


def test_beside_somebody_are_the_others_on_the_queue_at_the_time_by_name() -> None:
    own = works(ANA, -1, 7)
    others = works(ZOE, -2, 0), works(CORA, 6, 14), works(BEN, 0, 8)
    elsewhere = works(CORA, 0, 8, "voice"), works(ZOE, 7, 15), works(BEN, -9, -1), works(None, 0, 8)
    found = board(own, *others, *elsewhere)
    assert [each.worker for each in found.beside(ANA, own)] == [BEN, CORA, ZOE]


def test_nobody_is_beside_who_works_on_no_queue() -> None:
    own = works(ANA, -1, 7, None)
    assert board(own, works(BEN, -1, 7, None)).beside(ANA, own) == ()


def test_the_floor_is_who_is_on_what_changes_tonight_and_what_nobody_works_now() -> None:
    on, over, tonight, tomorrow = works(ANA, -1, 7), works(BEN, -9, 0), works(CORA, 3, 20), works(ZOE, 13, 20)
    running, open_soon = works(None, -1, 1), works(None, 3, 5)
    floor = board(on, over, tonight, tomorrow, running, open_soon).floor(NOW, NOW + timedelta(hours=12))
    assert floor.on == (on,)
    assert [(each.begin, each.end) for each in floor.turnovers] == [((CORA,), ()), ((), (ANA,))]
    assert floor.unworked == (running,)
