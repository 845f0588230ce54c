"""A balance is put right once, by somebody else, and its owner is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from bot.actions.people import Caller, caller_of
from bot.actions.timeoff_adjust import ADJUSTED, Adjustment, NotYet, OwnBalance, UnknownLedger, adjust
from bot.domain.permissions import NotPermitted
from bot.domain.timeoff_entries import Entry, ExpiresBefore
from tests.actions.desk import account
from tests.actions.leave import PAID, LeaveDesk

TODAY = date(2026, 9, 28)
PEOPLE = """\
email,name,role,team
ana@example.com,Ana Ruiz,agent,Mail
cora@example.com,Cora Lind,coordinator,
lea@example.com,Lea Stern,lead,Mail
"""


@pytest.fixture
def desk(leave: LeaveDesk) -> LeaveDesk:
    """Three people who have 30 days in a year."""
    leave.desk.people(PEOPLE, accounts=[account(name) for name in ("ana", "cora", "lea")])
    leave.prefers(leave_weeks="6")
    return leave


def caller(desk: LeaveDesk, name: str) -> Caller:
    row = desk.desk.member(name)
    with desk.desk.deps.sessions.read("T1") as session:
        return caller_of(session, row, str(row.slack_id))


def wanted(desk: LeaveDesk, entry: Entry, whose: str = "ana", ledger: str = PAID) -> Adjustment:
    return Adjustment(uuid4(), desk.desk.member(whose).id, ledger, entry)


@contextmanager
def refuses(desk: LeaveDesk, why: type[Exception]) -> Iterator[None]:
    before = desk.desk.everything()
    with pytest.raises(why):
        yield
    assert desk.desk.everything() == before


def test_the_same_form_sent_twice_is_entered_once(desk: LeaveDesk) -> None:
    form = wanted(desk, Entry(TODAY, 480, reason="call-out"))
    first = adjust(desk.desk.deps, caller(desk, "cora"), form)
    second = adjust(desk.desk.deps, caller(desk, "cora"), form)
    assert (first, first.after) == (second, 31 * 480)
    assert desk.days("ana") == 31
    assert [lane for lane, _ in desk.told(ADJUSTED)] == ["U0ANA"]


def test_what_expires_is_spent_before_the_rest_and_lapses_by_itself(desk: LeaveDesk) -> None:
    entry = Entry(TODAY, 960, expires=date(2026, 10, 31), reason="thanks")
    assert adjust(desk.desk.deps, caller(desk, "cora"), wanted(desk, entry)).after == 32 * 480
    desk.now = datetime(2026, 11, 1, 8, tzinfo=UTC)
    desk.night()
    assert desk.days("ana") == 30


def test_a_year_that_is_over_is_put_right_with_what_was_carried_of_it(desk: LeaveDesk) -> None:
    desk.prefers(leave_carried_days="40", leave_carried_months="0")
    desk.night()
    desk.now = datetime(2027, 1, 5, 8, tzinfo=UTC)
    desk.night()
    assert desk.days("ana") == 60
    entry = Entry(date(2026, 12, 24), -480, reason="was away")
    assert adjust(desk.desk.deps, caller(desk, "cora"), wanted(desk, entry)).after == 59 * 480
    assert desk.days("ana") == 59


def test_neither_leads_nor_agents_nor_its_owner_put_a_balance_right(desk: LeaveDesk) -> None:
    entry = Entry(TODAY, 480, reason="mine")
    for name, whose, why in (
        ("lea", "ana", NotPermitted),
        ("ana", "ana", NotPermitted),
        ("cora", "cora", OwnBalance),
    ):
        form = wanted(desk, entry, whose)
        with refuses(desk, why):
            adjust(desk.desk.deps, caller(desk, name), form)


@pytest.mark.parametrize(
    ("ledger", "entry", "why"),
    [
        (PAID, Entry(date(2026, 9, 29), 480, reason="soon"), NotYet),
        (PAID, Entry(TODAY, 480, date(2026, 9, 1), "late"), ExpiresBefore),
        ("sabbatical", Entry(TODAY, 480, reason="none"), UnknownLedger),
    ],
)
def test_what_cannot_be_entered_changes_nothing(
    desk: LeaveDesk, ledger: str, entry: Entry, why: type[Exception]
) -> None:
    form = wanted(desk, entry, ledger=ledger)
    with refuses(desk, why):
        adjust(desk.desk.deps, caller(desk, "cora"), form)
