"""Requests for time off by themselves: what can become of one, and of which days."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from bot.domain.approval import (
    Approver,
    EnteredAsProxy,
    NotAnApprover,
    NotAParty,
    OwnRequest,
    ReasonMissing,
)
from bot.domain.intervals import Interval
from bot.domain.permissions import Role
from bot.domain.timeoff import (
    Approve,
    Cancel,
    Day,
    Decline,
    Event,
    Expire,
    GiveWay,
    NothingLeft,
    NothingToTake,
    NotOpen,
    NotYetExpired,
    Request,
    State,
    Withdraw,
    away,
    beyond,
    leave_of,
    only,
)
from bot.domain.timeoff_kinds import kinds
from bot.domain.timeoff_life import ask, can_be_cancelled, transition
from bot.domain.timeoff_said import read_kind

ANA, CORA, CARLA, LEAD = (UUID(int=number) for number in range(1, 5))
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
BEGINS = datetime(2026, 12, 24, tzinfo=UTC)
COORDINATORS = frozenset({CORA, CARLA})


def day(number: int, minutes: int = 480) -> Day:
    start = datetime(2026, 12, number, tzinfo=UTC)
    return Day(start.date(), minutes, (Interval(start, start + timedelta(days=1)),))


# Thursday to Tuesday, with a holiday and a weekend between.
DAYS = (day(24), day(25, 0), day(26, 0), day(27, 0), day(28), day(29))


def by(member: UUID = CORA, role: Role = Role.COORDINATOR) -> Approver:
    return Approver(member, frozenset({role}), COORDINATORS)


def asked(proxy: UUID | None = None, *, needs_approval: bool = True) -> Request:
    return ask(ANA, DAYS, NOW, BEGINS, proxy, needs_approval=needs_approval)


def after(*events: Event, at: datetime = NOW) -> Request:
    request = asked()
    for event in events:
        request = transition(request, event, at)
    return request


def test_it_waits_or_where_nobody_needs_to_approve_it_is_approved_at_once() -> None:
    assert asked().state is State.NEEDS_APPROVAL
    assert asked(needs_approval=False).state is State.APPROVED


def test_what_takes_nothing_or_would_be_over_is_not_asked_for() -> None:
    with pytest.raises(NothingToTake):
        ask(ANA, (day(26, 0),), NOW, BEGINS)
    with pytest.raises(NotOpen):
        ask(ANA, DAYS, BEGINS, BEGINS)


def test_all_of_it_or_some_days_are_approved_with_what_lies_between_them() -> None:
    assert after(Approve(by())).days == DAYS
    part = after(Approve(by(), frozenset({date(2026, 12, 24), date(2026, 12, 29)})))
    assert part.state is State.PARTLY_APPROVED
    assert [each.day.day for each in part.days] == [24, 29]
    both = after(Approve(by(), frozenset({date(2026, 12, 24), date(2026, 12, 28)})))
    assert [each.day.day for each in both.days] == [24, 25, 26, 27, 28]
    assert away(both.days) == (Interval(BEGINS, datetime(2026, 12, 29, tzinfo=UTC)),)
    with pytest.raises(NothingToTake):
        after(Approve(by(), frozenset({date(2026, 12, 25)})))


def test_it_is_declined_only_with_a_reason() -> None:
    with pytest.raises(ReasonMissing):
        after(Decline(by(), "  "))
    assert (after(Decline(by(), "No")).state, after(Decline(by(), "No")).days) == (State.DECLINED, ())


@pytest.mark.parametrize(
    ("approver", "refusal"),
    [
        (by(ANA), OwnRequest),
        (by(CARLA), EnteredAsProxy),
        (by(LEAD, Role.LEAD), NotAnApprover),
    ],
)
def test_nobody_decides_their_own_nor_what_they_entered(approver: Approver, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        transition(asked(CARLA), Approve(approver), NOW)
    assert transition(asked(CARLA), Approve(by()), NOW).state is State.APPROVED


def test_nothing_is_decided_from_the_instant_at_which_it_expires() -> None:
    last = BEGINS - timedelta(microseconds=1)
    assert transition(asked(), Approve(by()), last).state is State.APPROVED
    with pytest.raises(NotYetExpired):
        transition(asked(), Expire(), last)
    with pytest.raises(NotOpen):
        transition(asked(), Approve(by()), BEGINS)
    assert transition(asked(), Expire(), BEGINS).state is State.EXPIRED


def test_only_its_asker_or_who_acts_for_them_takes_it_back() -> None:
    with pytest.raises(NotAParty):
        after(Withdraw(CORA))
    assert after(Withdraw(ANA)).state is State.WITHDRAWN
    assert after(Withdraw(ANA, CORA)).proxies == {CORA}


def test_what_is_approved_is_cancelled_as_far_as_it_has_not_begun() -> None:
    approved = after(Approve(by()))
    assert transition(approved, Cancel(ANA), NOW).days == ()
    later = datetime(2026, 12, 28, tzinfo=UTC)
    assert can_be_cancelled(approved, later)
    assert [each.day.day for each in transition(approved, Cancel(ANA), later).days] == [24, 25, 26, 27, 28]
    over = datetime(2026, 12, 29, tzinfo=UTC)
    assert not can_be_cancelled(approved, over)
    with pytest.raises(NothingLeft):
        transition(approved, Cancel(ANA), over)
    given_way = transition(approved, GiveWay(), later)
    assert (given_way.state, len(given_way.days)) == (State.CHANGED, 5)


@pytest.mark.parametrize("event", [Approve(by()), Decline(by(), "No"), Withdraw(ANA), Expire()])
def test_what_is_settled_is_not_settled_again(event: Event) -> None:
    approved = after(Approve(by()))
    with pytest.raises(NotOpen):
        transition(approved, event, BEGINS)
    for ended in (after(Withdraw(ANA)), after(Decline(by(), "No")), transition(approved, Cancel(ANA), NOW)):
        with pytest.raises(NotOpen):
            transition(ended, Cancel(ANA), NOW)


def test_a_change_reserves_only_what_it_takes_beyond_what_stands() -> None:
    old = (day(24), day(28))
    new = (day(24, 240), day(28, 480), day(29, 300))
    assert [(each.day.day, each.minutes) for each in beyond(new, old)] == [(29, 300)]
    ill = (Day(date(2026, 12, 28), 480, (), given_back=480),)
    assert [(each.day.day, each.minutes) for each in beyond(new, ill)] == [(24, 240), (28, 480), (29, 300)]
    assert [each.day.day for each in leave_of(ANA, DAYS, pending=True).days] == [24, 28, 29]
    assert only(DAYS, ()) == ()


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("unpaid next week", "unpaid leave", "next week"),
        ("Unpaid Leave fri", "unpaid leave", "fri"),
        ("dec 24 to jan 2", None, "dec 24 to jan 2"),
        ("fri training", "training", "fri"),
        ("time in lieu 13-17 fri", "time in lieu", "13-17 fri"),
        ("paid leave", "paid leave", ""),
        ("my wedding fri", "wedding", "my fri"),
        ("unpaidly fri", None, "unpaidly fri"),
    ],
)
def test_a_kind_is_understood_among_other_words(text: str, kind: str | None, rest: str) -> None:
    assert read_kind(text, kinds({"Wedding": {}})) == (kind, rest)
