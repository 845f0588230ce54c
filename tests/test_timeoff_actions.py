"""Requests for time off: what is stored of them, who may decide, and two who do something at the same instant."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

import pytest

from bot.actions.timeoff_adjust import Adjustment, adjust
from bot.actions.timeoff_ask import Asked, ask
from bot.actions.timeoff_decide import approve
from bot.actions.timeoff_end import withdraw
from bot.deps import new_id
from bot.domain.approval import EnteredAsProxy, NotAnApprover, OwnRequest
from bot.domain.permissions import NotPermitted
from bot.domain.timeoff import NothingLeft, NotOpen
from bot.domain.timeoff_asked import AskedAlready, Blocked, OverAlready, TooLittle, Wish
from bot.domain.timeoff_entries import Entry
from bot.domain.timeoff_kinds import PAID
from bot.domain.timeoff_ledger import Cause
from bot.domain.timeoff_limits import Policy
from bot.domain.timeoff_play import play
from bot.domain.timeoff_statement import balance
from bot.domain.when_meaning import When
from tests.actions.desk import account
from tests.races import at_once
from tests.timeoff_desk import DAY, TimeOffDesk

FRIDAY = date(2026, 11, 6)
MONDAY = date(2026, 11, 9)
CHRISTMAS, NEW_YEAR = date(2026, 12, 21), date(2027, 1, 8)


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[TimeOffDesk]:
    desk = TimeOffDesk(sqlite_url, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def any_desk(database_url: str, tmp_path: Path) -> Iterator[TimeOffDesk]:
    desk = TimeOffDesk(database_url, tmp_path)
    yield desk
    desk.close()


def left(desk: TimeOffDesk, name: str = "ana", on: date = date(2026, 12, 31)) -> float:
    return balance(desk.book(name), on) / DAY


def test_of_two_approvers_at_once_one_approves_and_there_is_one_absence(any_desk: TimeOffDesk) -> None:
    desk = any_desk
    request = desk.asks("ana", FRIDAY)
    one, other = (partial(approve, desk.deps, desk.caller(name), request) for name in ("cora", "carla"))
    results = at_once(one, other)
    assert sorted(isinstance(each, NotOpen) for each in results) == [False, True], results
    assert desk.request(request).state == "approved"
    assert [row.state for row in desk.absences()] == ["in force"]
    assert left(desk) == 27


def test_approving_while_it_is_withdrawn_does_one_of_them(any_desk: TimeOffDesk) -> None:
    desk = any_desk
    cora, ana = desk.caller("cora"), desk.caller("ana")
    for _ in range(3):
        request = desk.asks("ana", FRIDAY)
        lost = at_once(partial(approve, desk.deps, cora, request), partial(withdraw, desk.deps, ana, request))
        assert sorted(isinstance(each, NotOpen) for each in lost) == [False, True], lost
        won = isinstance(lost[1], NotOpen)
        assert desk.request(request).state == ("approved" if won else "withdrawn")
        assert left(desk) == (27 if won else 28)
        if won:
            desk.cancels("ana", request)
        assert len(desk.held("ana")) == 2


def test_a_form_that_is_sent_twice_asks_once(desk: TimeOffDesk) -> None:
    asked = Asked(new_id(), Wish(PAID, When(FRIDAY, FRIDAY)))
    first, second = at_once(*(partial(ask, desk.deps, desk.caller("ana"), asked) for _ in range(2)))
    assert isinstance(first, UUID)
    assert first == second
    assert len(desk.requests()) == 1


def test_what_is_asked_for_twice_at_once_is_asked_for_once(any_desk: TimeOffDesk) -> None:
    desk = any_desk
    results = at_once(partial(desk.asks, "ana", FRIDAY), partial(desk.asks, "ana", FRIDAY))
    assert sorted(isinstance(each, AskedAlready) for each in results) == [False, True], results


def test_leave_that_spans_the_end_of_a_year_takes_from_both(desk: TimeOffDesk) -> None:
    request = desk.asks("ana", CHRISTMAS, NEW_YEAR)
    desk.approves(request)
    assert sum(each.minutes for each in desk.days(request)) == 15 * DAY
    assert left(desk, on=date(2026, 12, 31)) == 28 - 9
    desk.waits(90)
    assert left(desk, on=date(2027, 12, 31)) == 28 - 6


def test_nobody_decides_their_own_nor_what_they_entered_and_whoever_is_away_is_stood_in_for(
    desk: TimeOffDesk,
) -> None:
    own = desk.asks("cora", MONDAY)
    with pytest.raises(OwnRequest):
        desk.approves(own)
    entered = desk.asks("ana", FRIDAY, by="carla")
    with pytest.raises(EnteredAsProxy):
        desk.approves(entered, by="carla")
    with pytest.raises(NotPermitted):
        desk.approves(entered, by="ben")
    desk.desk.people("email,name,role\nmona@example.com,Mona,manager\n", [account("mona", "U0MONA")])
    with pytest.raises(NotAnApprover):
        desk.approves(entered, by="mona")
    desk.approves(own, by="carla")
    desk.now += timedelta(days=7)
    waiting = desk.asks("ana", date(2026, 11, 13))
    desk.approves(waiting, by="mona")
    assert desk.request(waiting).state == "approved", "Cora is on leave, so there is one coordinator only"


def test_what_is_reserved_cannot_be_asked_for_twice_and_it_says_when_there_is_enough(desk: TimeOffDesk) -> None:
    desk.prefers(leave_weeks="1", leave_granted="monthly", leave_carried_days="10")
    with pytest.raises(TooLittle) as refused:
        desk.asks("ana", date(2026, 11, 16), date(2026, 11, 20))
    assert refused.value.short == pytest.approx(0.83 * DAY, abs=10)
    assert refused.value.fits_on == date(2027, 1, 1)


def test_of_what_has_begun_the_rest_is_cancelled(desk: TimeOffDesk) -> None:
    desk.desk.shifts(*(f"ana@example.com,2026-11-{day},09:00,17:00,UTC,mail" for day in ("09", "10", "11", "12")))
    request = desk.asks("ana", MONDAY, date(2026, 11, 12))
    desk.approves(request)
    assert left(desk) == 24
    desk.now += timedelta(days=8)  # Tuesday at noon
    assert desk.cancels("ana", request) == 2
    assert [each.day.day for each in desk.days(request)] == [9, 10]
    assert [(row.state, row.end.day) for row in desk.absences()] == [("in force", 10)]
    assert left(desk) == 26
    with pytest.raises(NotOpen):
        desk.cancels("ana", request)


def test_all_of_which_has_begun_cannot_be_cancelled(desk: TimeOffDesk) -> None:
    request = desk.asks("ana", FRIDAY)
    desk.approves(request)
    desk.now += timedelta(days=4)
    with pytest.raises(NothingLeft):
        desk.cancels("ana", request)


def test_an_import_that_plans_who_is_on_leave_leaves_it_to_nobody(desk: TimeOffDesk) -> None:
    request = desk.asks("ana", date(2026, 11, 16))
    desk.approves(request)
    desk.desk.shifts("ana@example.com,2026-11-16,09:00,17:00,UTC,mail")
    assert [row.member_id for row in desk.assignments() if row.start.day == 16] == [None]
    desk.cancels("ana", request)
    assert [row.member_id for row in desk.assignments() if row.start.day == 16] == [desk.desk.member("ana").id]


def test_across_the_clock_change_leave_costs_what_is_rostered(desk: TimeOffDesk) -> None:
    desk.now = desk.now.replace(month=10, day=19)
    desk.desk.people("email,name,timezone\nana@example.com,Ana,Europe/Berlin\n")
    desk.desk.shifts("ana@example.com,2026-10-24,22:00,06:00,Europe/Berlin,mail")
    request = desk.asks("ana", date(2026, 10, 24))
    assert [each.minutes for each in desk.days(request)] == [DAY], "nine hours long, eight on the roster"


def test_a_swap_that_waits_for_what_is_taken_off_ends(desk: TimeOffDesk) -> None:
    desk.review()
    swap = desk.proposes("ana", "ben")
    request = desk.asks("ana", FRIDAY)
    desk.approves(request)
    assert desk.state(swap) == "superseded"


def test_what_waits_for_too_long_reaches_the_next_level_and_expires_once(desk: TimeOffDesk) -> None:
    desk.desk.people("email,name,role\nmona@example.com,Mona,manager\n", [account("mona", "U0MONA")])
    request = desk.asks("ana", date(2026, 12, 21))

    def lanes(card: str) -> list[str]:
        return [row.lane for row in desk.messages_of(card)]

    assert lanes("timeoff.request") == ["U0ANA", "C0OPS"]
    desk.waits(2)
    assert lanes("timeoff.request") == ["U0ANA", "C0OPS"]
    assert lanes("timeoff.news") == ["C0OPS"], "one reminder for the time that nobody looked"
    desk.waits(1)
    assert lanes("timeoff.request") == ["U0ANA", "C0OPS", "U0MONA"]
    desk.waits(27)
    assert desk.request(request).state == "expired"
    over = lanes("timeoff.news")
    desk.waits(1)
    assert lanes("timeoff.news") == over


def test_a_limit_that_asks_for_the_next_level_is_decided_by_a_manager(desk: TimeOffDesk) -> None:
    desk.desk.people("email,name,role\nmona@example.com,Mona,manager\n", [account("mona", "U0MONA")])
    desk.blackout(FRIDAY, Policy.APPROVAL)
    request = desk.asks("ana", FRIDAY)
    with pytest.raises(NotAnApprover):
        desk.approves(request)
    desk.approves(request, by="mona")
    assert desk.request(request).state == "approved"
    desk.blackout(date(2026, 11, 16), Policy.BLOCK)
    with pytest.raises(Blocked):
        desk.asks("ben", date(2026, 11, 16))


def test_nobody_reads_in_the_audit_which_kind_it_was_or_what_was_written(desk: TimeOffDesk) -> None:
    wish = Wish("sick leave", When(FRIDAY, FRIDAY))
    ask(desk.deps, desk.caller("ana"), Asked(new_id(), wish, note="the secret"))
    lines = str([(row.action, row.before, row.after) for row in desk.audit_lines()])
    assert "timeoff.ask" in lines
    assert "secret" not in lines
    assert "sick" not in lines


def test_a_change_of_a_change_still_takes_the_place_of_what_was_approved(desk: TimeOffDesk) -> None:
    first = desk.asks("ana", date(2026, 12, 21), date(2026, 12, 23))
    desk.approves(first)
    second = desk.asks("ana", date(2026, 12, 22), date(2026, 12, 24), replaces=first)
    assert left(desk) == 24, "what stands, and a day that is asked for besides"
    with pytest.raises(NotOpen):
        desk.asks("ana", date(2026, 12, 22), replaces=first)
    third = desk.asks("ana", date(2026, 12, 23), date(2026, 12, 24), replaces=second)
    assert [row.state for row in desk.requests()] == ["approved", "withdrawn", "needs approval"]
    desk.approves(third)
    assert [row.state for row in desk.requests()] == ["changed", "withdrawn", "approved"]
    assert left(desk) == 26


def test_what_expires_first_is_spent_first_and_the_rest_lapses(desk: TimeOffDesk) -> None:
    desk.prefers(leave_weeks="")
    desk.now = desk.now.replace(month=3, day=2)
    mona = [account("mona", "U0MONA")]
    desk.desk.people("email,name,role\nmona@example.com,Mona,manager\n", mona)
    ana, reason = desk.desk.member("ana").id, "brought"
    for entry in (
        Entry(date(2026, 3, 2), 24 * 60, date(2026, 3, 31), reason),
        Entry(date(2026, 3, 2), 80 * 60, None, reason),
    ):
        adjust(desk.deps, desk.caller("mona"), Adjustment(new_id(), ana, PAID, entry))
    request = desk.asks("ana", date(2026, 3, 30), date(2026, 4, 2))
    desk.approves(request)
    desk.now = desk.now.replace(month=4, day=3)
    desk.waits(0)
    book = desk.book("ana")
    old = next(lot for lot in book.lots if lot.last == date(2026, 3, 31))
    taken = [each.minutes for each in play(book).draws if each.lot == old.id]
    assert sum(taken) == 16 * 60
    assert [each.minutes for each in book.lines if each.cause is Cause.LAPSED] == [-8 * 60]
    assert balance(book, desk.now.date()) == 64 * 60


def test_without_a_channel_it_goes_to_those_coordinators_who_are_there_or_to_who_stands_in(
    desk: TimeOffDesk,
) -> None:
    desk.desk.people("email,name,role\nmona@example.com,Mona,manager\n", [account("mona", "U0MONA")])
    desk.prefers(ops_channel="")

    def asked() -> list[str]:
        request = desk.asks("ana", FRIDAY)
        found = [row.lane for row in desk.messages_of("timeoff.request") if row.subject_id == request]
        desk.withdraws_request("ana", request)
        return sorted(found)

    assert asked() == ["U0ANA", "U0CARLA", "U0CORA"]
    desk.goes_away_now("cora")
    assert asked() == ["U0ANA", "U0CARLA"]
    desk.goes_away_now("carla")
    assert asked() == ["U0ANA", "U0MONA"]


def test_a_balance_goes_as_far_below_zero_as_its_kind_allows(desk: TimeOffDesk) -> None:
    desk.prefers(leave_weeks="0.2", leave_kinds='{"paid leave": {"negative_hours": 8}}')
    desk.approves(desk.asks("ana", date(2026, 12, 21), date(2026, 12, 22)))
    assert left(desk) == -1
    with pytest.raises(TooLittle) as refused:
        desk.asks("ana", date(2026, 12, 23))
    assert refused.value.short == DAY
    wish = Wish("unpaid leave", When(date(2026, 12, 23), date(2026, 12, 23)))
    ask(desk.deps, desk.caller("ana"), Asked(new_id(), wish))
    assert left(desk) == -1, "it is only counted"


def test_some_days_are_approved_where_leave_is_earned_meanwhile(desk: TimeOffDesk) -> None:
    """On an earlier day less is earned than on the card, which is no reason to look again."""
    desk.prefers(leave_granted="monthly")
    request = desk.asks("ana", date(2026, 11, 23), date(2026, 12, 4))
    approve(desk.deps, desk.caller("cora"), request, [date(2026, 11, 23)])
    assert desk.request(request).state == "partly approved"


def test_a_change_does_not_reach_back_beyond_what_it_changes(desk: TimeOffDesk) -> None:
    request = desk.asks("ana", FRIDAY)
    desk.approves(request)
    with pytest.raises(OverAlready):
        desk.asks("ana", date(2026, 10, 30), replaces=request)
