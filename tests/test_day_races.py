"""Two do something about the same day at once: one wins, and nothing is done twice, on both databases."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from bot.actions.coverage_surplus import look, offer
from bot.actions.coverage_surplus_take import take
from bot.actions.covers_cards import CARD as COVER
from bot.actions.imports import ImportInUse
from bot.actions.ladder import climb
from bot.actions.ladder_do import CannotUndo, StepGone, do, undo
from bot.actions.settings_change import change_settings
from bot.deps import new_id
from bot.domain import covers_shown as audience
from bot.domain.coverage_surplus import Needed, NobodyToAsk, NotOffered, OfferedAlready, State, key_of
from bot.domain.intervals import Interval
from bot.domain.ladder import Rung
from bot.domain.ladder_shown import Against
from bot.domain.permissions import OPERATOR
from storage.ladder import steps_made
from storage.outbox import Priority
from storage.surplus import surplus_asks, surplus_offers
from storage.tables import Activity, LeaveRequest, Message
from tests.coverage_desk import Planner
from tests.races import at_once
from tests.swap_desk import SwapDesk

DAY = Interval(datetime(2026, 11, 2, 12, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC))


class DayDesk(SwapDesk):
    """The swappers' desk on Monday noon: Ana, Ben and Dev are on mail until five, Ana has training at two."""

    def __init__(self, database_url: str, folder: Path) -> None:
        super().__init__(database_url, folder)
        names = ("ana", "ben", "dev")
        self.desk.shifts(*(f"{name}@example.com,2026-11-02,09:00,17:00,UTC,mail" for name in names))
        self.planner = Planner(self.deps, "T1", folder)
        self.planner.activities("ana@example.com,2026-11-02,14:00,15:00,training,UTC")

    def activities(self) -> list[tuple[int, int]]:
        """The hours of everything that somebody does instead of contacts."""
        with self.deps.sessions.read("T1") as session:
            rows = session.scalars(select(Activity).where(Activity.workspace_id == "T1"))
            return [(row.start.hour, row.end.hour) for row in rows]


@pytest.fixture
def floor(database_url: str, tmp_path: Path) -> Iterator[DayDesk]:
    desk = DayDesk(database_url, tmp_path)
    yield desk
    desk.deps.sessions.close()


def test_a_step_is_done_once_however_many_press_and_undone_once(floor: DayDesk) -> None:
    floor.planner.plan("2026-11-02,14:00,15:00,mail,3,,UTC")
    against = Against(DAY)
    step = climb(floor.deps, floor.caller("cora"), against).offerings[0].step
    assert (step.rung, step.to) == (
        Rung.MOVE,
        Interval(datetime(2026, 11, 2, 15, tzinfo=UTC), datetime(2026, 11, 2, 16, tzinfo=UTC)),
    )
    nonce = new_id()
    twice = [lambda: do(floor.deps, floor.caller("cora"), against, step, nonce)] * 2
    assert at_once(*twice) == [None, None]
    with pytest.raises(StepGone):
        do(floor.deps, floor.caller("carla"), against, step, new_id())
    assert floor.activities() == [(15, 16)]
    assert climb(floor.deps, floor.caller("cora"), against).gap is None

    with floor.deps.sessions.read("T1") as session:
        (made,) = steps_made(session, DAY.start, DAY.end)
    done = at_once(*[lambda: undo(floor.deps, floor.caller("carla"), made.id)] * 2)
    assert {type(each) for each in done} == {type(None), CannotUndo}
    assert floor.activities() == [(14, 15)]


def test_what_was_put_off_comes_back_as_it_was_unless_a_file_has_brought_another(floor: DayDesk) -> None:
    floor.planner.plan("2026-11-02,14:00,17:00,mail,3,,UTC")
    against = Against(DAY)
    shown = climb(floor.deps, floor.caller("cora"), against)
    assert shown.offerings[0].step.to is None
    do(floor.deps, floor.caller("cora"), against, shown.offerings[0].step, new_id())
    assert floor.activities() == []
    made = climb(floor.deps, floor.caller("cora"), against).made[0]
    undo(floor.deps, floor.caller("cora"), made.id)
    assert floor.activities() == [(14, 15)]

    do(floor.deps, floor.caller("cora"), against, shown.offerings[0].step, new_id())
    floor.now = datetime(2026, 11, 2, 14, 30, tzinfo=UTC)
    made = climb(floor.deps, floor.caller("cora"), against).made[0]
    with pytest.raises(CannotUndo):
        undo(floor.deps, floor.caller("cora"), made.id)


def test_an_import_of_activities_is_not_undone_over_what_was_moved_or_put_off_since(floor: DayDesk) -> None:
    number = floor.planner.activities("ben@example.com,2026-11-02,14:00,15:00,training,UTC").number
    floor.planner.plan("2026-11-02,14:00,17:00,mail,3,,UTC")
    against = Against(DAY)
    steps = [each.step for each in climb(floor.deps, floor.caller("cora"), against).offerings]
    ben = floor.desk.member("ben").id
    do(floor.deps, floor.caller("cora"), against, next(each for each in steps if each.who == ben), new_id())
    with pytest.raises(ImportInUse):
        floor.desk.undo(number)


def test_who_works_longer_takes_what_nobody_works_then_before_another_shift_is_planned(floor: DayDesk) -> None:
    floor.desk.shifts(",2026-11-02,17:00,19:00,UTC,mail")
    floor.planner.plan("2026-11-02,17:00,19:00,mail,1,,UTC")
    against, cora, before = Against(DAY), floor.caller("cora"), len(floor.desk.base())
    shown = climb(floor.deps, cora, against)
    assert [(each.step.rung, each.step.people) for each in shown.offerings] == [
        *[(Rung.EXTEND, 1)] * 3,
        (Rung.OVERTIME, 1),
    ]
    do(floor.deps, cora, against, shown.offerings[0].step, new_id())
    assert len(floor.desk.base()) == before
    shown = climb(floor.deps, cora, against)
    assert shown.offered == (1,)
    assert not any(each.step.rung is Rung.OVERTIME for each in shown.offerings)


@pytest.mark.parametrize(
    ("hours", "looks_at", "priority"), [("08:00,09:00", 7, Priority.OFFER), ("17:00,18:00", 12, Priority.PRESS)]
)
def test_somebody_is_asked_once_and_in_their_quiet_hours_only_at_work(
    floor: DayDesk, hours: str, looks_at: int, priority: Priority
) -> None:
    floor.planner.plan(f"2026-11-02,{hours},mail,2,,UTC")
    floor.now = datetime(2026, 11, 2, looks_at, tzinfo=UTC)
    against, cora = Against(Interval(floor.now, DAY.end)), floor.caller("cora")
    step = climb(floor.deps, cora, against).offerings[0].step
    do(floor.deps, cora, against, step, new_id())
    left = [each.step.who for each in climb(floor.deps, cora, against).offerings]
    assert step.who
    assert step.who not in left
    assert len(left) == 3
    with floor.deps.sessions.read("T1") as session:
        asked = session.scalars(select(Message).where(Message.workspace_id == "T1", Message.card == COVER)).all()
        assert [each.priority for each in asked if each.audience == audience.asked(step.who)] == [priority]


def test_what_has_begun_of_a_step_stays_when_it_is_undone(floor: DayDesk) -> None:
    floor.desk.people("email,name,capacity\nben@example.com,Ben,0.5\n")
    floor.planner.plan("2026-11-02,15:00,17:00,mail,3,,UTC")
    against, cora = Against(DAY), floor.caller("cora")
    (offering,) = [each for each in climb(floor.deps, cora, against).offerings if each.step.rung is Rung.WHOLE]
    do(floor.deps, cora, against, offering.step, new_id())
    floor.now = datetime(2026, 11, 2, 16, tzinfo=UTC)
    (made,) = climb(floor.deps, cora, against).made
    undo(floor.deps, cora, made.id)
    with floor.deps.sessions.read("T1") as session:
        (row,) = steps_made(session, DAY.start, DAY.end)
        assert (row.start.hour, row.end.hour, row.undone_at) == (15, 16, None)
    shown = climb(floor.deps, cora, against)
    assert shown.made == ()
    assert shown.gap is not None


def test_a_step_against_what_is_short_already_is_done_though_the_clock_goes_on(floor: DayDesk) -> None:
    floor.desk.people("email,name,capacity\nben@example.com,Ben,0.5\n")
    floor.planner.plan("2026-11-02,12:00,17:30,mail,3,,UTC")
    floor.now = datetime(2026, 11, 2, 16, 1, 5, tzinfo=UTC)
    against, cora = Against(Interval(floor.now, DAY.end)), floor.caller("cora")
    steps = {each.step.rung: each.step for each in climb(floor.deps, cora, against).offerings}
    floor.now = datetime(2026, 11, 2, 16, 11, 20, tzinfo=UTC)
    for rung in (Rung.OVERTIME, Rung.WHOLE, Rung.EXTEND):
        do(floor.deps, cora, against, steps[rung], new_id())
    shown = climb(floor.deps, cora, against)
    assert [(each.interval.start, each.interval.end.hour) for each in shown.made] == [(floor.now, 17)]
    assert shown.offered


def test_a_break_that_was_moved_to_before_is_not_given_twice(floor: DayDesk) -> None:
    floor.planner.activities("ben@example.com,2026-11-02,15:00,15:30,break,UTC")
    floor.planner.plan("2026-11-02,15:00,16:00,mail,3,,UTC")
    against, cora = Against(DAY), floor.caller("cora")
    step = climb(floor.deps, cora, against).offerings[0].step
    assert step.to
    assert (step.to.start.hour, step.to.start.minute) == (14, 30)
    do(floor.deps, cora, against, step, new_id())
    (made,) = climb(floor.deps, cora, against).made
    floor.now = datetime(2026, 11, 2, 14, 40, tzinfo=UTC)
    with pytest.raises(CannotUndo):
        undo(floor.deps, cora, made.id)
    assert floor.activities() == [(14, 15), (14, 15)]


def test_time_off_is_offered_once_and_not_to_who_does_not_work_then_any_more(floor: DayDesk) -> None:
    change_settings(floor.deps, "T1", OPERATOR, "workspace", {"cover_wave_size": "3"})
    floor.planner.plan("2026-11-02,12:00,15:00,mail,3,,UTC", "2026-11-02,15:00,17:00,mail,1,,UTC")
    (spare,) = look(floor.deps, floor.caller("cora"))
    posts = key_of(spare.posts)
    offers = [
        lambda name=name: offer(floor.deps, floor.caller(name), posts, spare.interval, new_id())
        for name in ("cora", "carla")
    ]
    results = at_once(*offers)
    (offer_id,) = [each for each in results if isinstance(each, UUID)]
    assert sum(isinstance(each, OfferedAlready) for each in results) == 1
    floor.desk.shifts(
        "ana@example.com,2026-11-02,09:00,15:00,UTC,mail",
        *(f"{name}@example.com,2026-11-02,09:00,17:00,UTC,mail" for name in ("ben", "dev")),
    )
    with pytest.raises(NotOffered):
        take(floor.deps, floor.caller("ana"), offer_id, paid=False)


def test_nobody_is_asked_to_go_in_the_middle_of_their_shift(floor: DayDesk) -> None:
    cora = floor.caller("cora")
    floor.planner.plan("2026-11-02,12:00,14:00,mail,3,,UTC", "2026-11-02,14:00,17:00,mail,1,,UTC")
    (spare,) = look(floor.deps, cora)
    floor.planner.plan("2026-11-02,16:00,17:00,mail,3,,UTC")
    assert look(floor.deps, cora) == ()
    with pytest.raises(NobodyToAsk):
        offer(floor.deps, cora, key_of(spare.posts), spare.interval, new_id())
    with floor.deps.sessions.read("T1") as session:
        assert surplus_offers(session, State.OVER) == []


def test_time_off_by_ones_leave_is_taken_from_the_balance(floor: DayDesk) -> None:
    change_settings(floor.deps, "T1", OPERATOR, "workspace", {"leave_weeks": "5"})
    floor.planner.plan("2026-11-02,12:00,15:00,mail,3,,UTC", "2026-11-02,15:00,17:00,mail,2,,UTC")
    (spare,) = look(floor.deps, floor.caller("cora"))
    offer_id = offer(floor.deps, floor.caller("cora"), key_of(spare.posts), spare.interval, new_id())
    names = {floor.desk.member(name).id: name for name in ("ana", "ben", "dev")}
    with floor.deps.sessions.read("T1") as session:
        who = names[surplus_asks(session, offer_id)[0].member_id]
    gone = take(floor.deps, floor.caller(who), offer_id, paid=True)
    assert (gone.start.hour, gone.end.hour) == (15, 17)
    with floor.deps.sessions.read("T1") as session:
        (row,) = session.scalars(select(LeaveRequest).where(LeaveRequest.workspace_id == "T1"))
        assert (row.kind, row.ledger, row.days[0]["minutes"]) == ("paid leave", "paid leave", 120)
    assert take(floor.deps, floor.caller(who), offer_id, paid=True) == gone


def test_two_who_want_the_last_place_do_not_both_go(floor: DayDesk) -> None:
    change_settings(floor.deps, "T1", OPERATOR, "workspace", {"cover_wave_size": "3"})
    floor.planner.plan("2026-11-02,12:00,15:00,mail,3,,UTC", "2026-11-02,15:00,17:00,mail,2,,UTC")
    cora = floor.caller("cora")
    (spare,) = look(floor.deps, cora)
    assert (spare.heads, spare.interval.start.hour, spare.interval.end.hour) == (1, 15, 17)
    offer_id = offer(floor.deps, cora, key_of(spare.posts), spare.interval, new_id())
    takers = [
        lambda name=name: take(floor.deps, floor.caller(name), offer_id, paid=False) for name in ("ana", "ben")
    ]
    results = at_once(*takers)
    assert sorted(isinstance(each, Interval) for each in results) == [False, True]
    assert any(isinstance(each, NotOffered | Needed) for each in results)
    with floor.deps.sessions.read("T1") as session:
        rows = list(session.scalars(select(LeaveRequest).where(LeaveRequest.workspace_id == "T1")))
    assert [(row.kind, row.state, row.start.hour, row.end.hour) for row in rows] == [
        ("voluntary time off", "approved", 15, 17)
    ]
    assert look(floor.deps, cora) == ()
    with pytest.raises(NotOffered):
        offer(floor.deps, cora, key_of(spare.posts), spare.interval, new_id())
