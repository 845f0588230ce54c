"""What is read to say which covers somebody could take, and what is offered of what nobody works."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from bot.actions.covers_look import list_covers
from bot.actions.covers_open import Opening, open_shifts
from bot.actions.home_board import board
from bot.actions.home_covers import covers_of
from bot.actions.settings_change import change_settings
from bot.actions.unowned_offer import count_unowned, offer_each, to_offer_of_import
from bot.deps import Remembered, new_id
from bot.domain.covers_shown import Wrong
from bot.domain.permissions import OPERATOR, NotPermitted
from tests.cover_desk import CoverDesk

# For the session, the reader's own, settings, rules, people and their work: once, however many covers there are.
FEW = 32


@pytest.fixture
def desk(database_url: str, tmp_path: Path) -> Iterator[CoverDesk]:
    desk = CoverDesk(database_url, tmp_path)
    change_settings(desk.deps, "T1", OPERATOR, "workspace", {"cover_wave_size": "1"})
    yield desk
    desk.close()


@contextmanager
def statements() -> Iterator[list[str]]:
    """What the databases are asked meanwhile."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def opens(desk: CoverDesk, *days: int) -> int:
    """An import of an open shift on each of these days; its number."""
    done = desk.desk.shifts(*(f",2026-11-{day:02},09:00,17:00,UTC,mail" for day in days))
    assert done.number
    return done.number


def offers(desk: CoverDesk, number: int) -> None:
    """Cora offers all of it."""
    work = to_offer_of_import(desk.deps, desk.caller("cora"), number)
    offer_each(desk.deps, desk.caller("cora"), [each.id for each in work], new_id())


def test_a_list_asks_no_more_of_the_database_however_many_open_shifts_there_are(desk: CoverDesk) -> None:
    counts, found = [], []
    for days in ((16, 17, 18), (19, 20, 23, 24, 25, 26, 27)):
        offers(desk, opens(desk, *days))
        with statements() as asked:
            listed = list_covers(desk.deps, desk.caller("dev"))
        counts.append(len(asked))
        found.append(len(listed.open_shifts) + len(listed.offered))
    assert found == [3, 10]
    assert counts[0] == counts[1] <= FEW


def test_a_home_asks_no_more_of_the_database_however_many_open_shifts_there_are(desk: CoverDesk) -> None:
    counts, totals = [], []
    dev = desk.caller("dev").actor
    assert dev.member_id
    for days in ((16, 17, 18), (19, 20, 23, 24, 25, 26, 27)):
        offers(desk, opens(desk, *days))
        with desk.deps.sessions.read("T1") as session:
            on = board(Remembered(1), session, desk.now)
            with statements() as asked:
                own, open_shifts = covers_of(session, desk.deps, dev, dev.member_id, on)
        counts.append(len(asked))
        totals.append((len(own) + open_shifts.total, len(open_shifts.first)))
    assert totals == [(3, 2), (10, 4)]
    assert counts[0] == counts[1] <= FEW


def test_opening_many_shifts_reads_who_works_what_as_often_as_opening_one(desk: CoverDesk) -> None:
    counts = []
    for day, number in ((20, 1), (27, 8)):
        hours = desk.on(day)
        with statements() as asked:
            opened = open_shifts(
                desk.deps, desk.caller("cora"), Opening(new_id(), "mail", hours.start, hours.end, number)
            )
        assert [len(desk.asked(each)) for each in opened] == [1] * number
        counts.append(sum("FROM assignment" in each for each in asked))
    assert counts[0] == counts[1] > 0


def test_what_an_import_leaves_open_is_offered_once_and_to_others_by_turns(desk: CoverDesk) -> None:
    number = opens(desk, 16, 17)
    work = to_offer_of_import(desk.deps, desk.caller("cora"), number)
    assert [each.interval for each in work] == [desk.on(16), desk.on(17)]
    assert count_unowned(desk.deps, "T1", OPERATOR, number) == 2
    nonce, ids = new_id(), [each.id for each in work]
    done = offer_each(desk.deps, desk.caller("cora"), ids, nonce)
    assert (done.numbers, done.left_out) == ((1, 2), ())
    assert offer_each(desk.deps, desk.caller("cora"), ids, nonce) == done
    first, second = (desk.asked(row.id) for row in desk.covers())
    assert first != second
    late = offer_each(desk.deps, desk.caller("carla"), ids, new_id())
    assert (late.numbers, late.left_out) == ((), ((Wrong.OFFERED_ALREADY,),) * 2)
    assert to_offer_of_import(desk.deps, desk.caller("cora"), number) == ()
    assert to_offer_of_import(desk.deps, desk.caller("cora"), 99) == ()
    with pytest.raises(NotPermitted):
        offer_each(desk.deps, desk.caller("ana"), ids, new_id())


def test_where_all_were_asked_for_another_shift_they_are_asked_for_this_one_as_well(desk: CoverDesk) -> None:
    offers(desk, opens(desk, 16, 17, 18, 19, 20))
    assert [len(desk.asked(row.id)) for row in desk.covers()] == [1] * 5
