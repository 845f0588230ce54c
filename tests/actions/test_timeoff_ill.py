"""Days of leave on which somebody was ill go back to the lots that they came from, once, or are kept."""

from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from bot.actions.timeoff_ask import Asked, ask
from bot.actions.timeoff_decide import approve
from bot.actions.timeoff_ill import Decided, Ill, KnownAlready, certify, report_ill
from bot.domain.approval import EnteredAsProxy
from bot.domain.permissions import NotPermitted
from bot.domain.timeoff_asked import Wish
from bot.domain.when import When
from tests.actions.desk import account
from tests.actions.leave import PAID, LeaveDesk
from tests.actions.test_timeoff_adjust import PEOPLE, caller

BROUGHT = (
    "ana@example.com,paid leave,12,2026-06-30,,",
    "ana@example.com,paid leave,3,2026-06-30,2026-09-30,",
)
TWO_DESKS = f"{PEOPLE}cleo@example.com,Cleo Hart,coordinator,\n"


@pytest.fixture
def desk(leave: LeaveDesk) -> LeaveDesk:
    """Ana has 15 days, 3 of which expire on September 30, and takes 4 from the 29th on; then it is October 12."""
    leave.desk.people(TWO_DESKS, accounts=[account(name) for name in ("ana", "cora", "lea", "cleo")])
    leave.prefers(leave_weeks="6")
    leave.leave(*BROUGHT)
    return leave


def on_leave(desk: LeaveDesk) -> UUID:
    """Asked for on September 28, approved, taken; the nights after that have passed."""
    deps = desk.desk.deps
    wish = Wish(PAID, When(date(2026, 9, 29), date(2026, 10, 2)))
    request_id = ask(deps, caller(desk, "ana"), Asked(uuid4(), wish))
    approve(deps, caller(desk, "cora"), request_id)
    desk.now = datetime(2026, 10, 12, 8, tzinfo=UTC)
    desk.night()
    return request_id


def ill(desk: LeaveDesk, request_id: UUID, first: date, last: date, says: str = "ana") -> UUID:
    return report_ill(desk.desk.deps, caller(desk, says), Ill(uuid4(), request_id, first, last))


def test_hours_of_a_lot_that_is_over_by_now_are_kept_and_what_had_lapsed_stays_so(desk: LeaveDesk) -> None:
    request_id = on_leave(desk)
    assert desk.days("ana") == 15 - 4 - 1
    illness = ill(desk, request_id, date(2026, 9, 29), date(2026, 9, 30))
    assert desk.days("ana") == 10
    certify(desk.desk.deps, caller(desk, "cora"), illness, certified=True)
    assert desk.days("ana") == 12
    assert [each for each in desk.causes("ana") if each[0] in ("lapsed", "kept")] == [
        ("lapsed", -1),
        ("kept", -2),
        ("kept", 2),
    ]
    desk.night()
    assert desk.days("ana") == 12


def test_the_same_days_go_back_once_and_others_beside_them(desk: LeaveDesk) -> None:
    request_id, cora = on_leave(desk), caller(desk, "cora")
    first = ill(desk, request_id, date(2026, 10, 1), date(2026, 10, 1))
    with pytest.raises(KnownAlready):
        ill(desk, request_id, date(2026, 10, 1), date(2026, 10, 1))
    certify(desk.desk.deps, cora, first, certified=True)
    with pytest.raises(Decided):
        certify(desk.desk.deps, cora, first, certified=False)
    with pytest.raises(KnownAlready):
        ill(desk, request_id, date(2026, 10, 1), date(2026, 10, 1))
    second = ill(desk, request_id, date(2026, 10, 1), date(2026, 10, 2))
    certify(desk.desk.deps, cora, second, certified=True)
    assert desk.days("ana") == 12


def test_a_form_sent_twice_is_one_illness(desk: LeaveDesk) -> None:
    said = Ill(uuid4(), on_leave(desk), date(2026, 10, 1), date(2026, 10, 1))
    assert len({report_ill(desk.desk.deps, caller(desk, "ana"), said) for _ in "12"}) == 1


def test_who_is_concerned_does_not_certify(desk: LeaveDesk) -> None:
    request_id, deps = on_leave(desk), desk.desk.deps
    illness = ill(desk, request_id, date(2026, 10, 1), date(2026, 10, 1), says="cora")
    for name, why in (("cora", EnteredAsProxy), ("lea", NotPermitted), ("ana", NotPermitted)):
        with pytest.raises(why):
            certify(deps, caller(desk, name), illness, certified=True)
    assert desk.days("ana") == 10
    certify(deps, caller(desk, "cleo"), illness, certified=True)
    assert desk.days("ana") == 11
