"""What stands on a Home: what waits for the reader, what they wait for, and what changes on the floor."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.domain.approval import REGRET
from bot.domain.home import SwapSeen, Turnover, is_request, turnovers, waits_for
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody, WorkedShift
from bot.domain.swaps import State
from bot.domain.swaps_review import Review
from bot.domain.swaps_shown import Audience, Seat, SwapShift, SwapShown

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
ANA, BEN, CORA = (Somebody(UUID(int=each), name, None) for each, name in enumerate(("Ana", "Ben", "Cora"), 1))
ASKER, COLLEAGUE, PROXY = (Seat(each) for each in (Audience.ASKER, Audience.COLLEAGUE, Audience.PROXY))


def hours(start: float, end: float) -> Interval:
    return Interval(NOW + timedelta(hours=start), NOW + timedelta(hours=end))


def swap(state: State) -> SwapShown:
    given, returned = (SwapShift(UUID(int=20 + each), hours(24 * each, 24 * each + 8), "mail") for each in (1, 2))
    nothing = Review((), (), ())
    return SwapShown(UUID(int=14), 14, state, ANA, BEN, given, returned, nothing, NOW, NOW + timedelta(hours=12))


def stands(shown: SwapShown, now: datetime = NOW) -> dict[str, str]:
    """Where each of the three finds it on their Home."""
    found = {}
    for reader, seat in ((ANA, ASKER), (BEN, COLLEAGUE), (CORA, PROXY)):
        seen = SwapSeen(shown, seat)
        assert not (waits_for(reader, seen, now) and is_request(reader, seen, now))
        if waits_for(reader, seen, now):
            found[reader.name] = "waits"
        elif is_request(reader, seen, now):
            found[reader.name] = "request"
    return found


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (State.OPEN, {"Ana": "request", "Ben": "waits", "Cora": "request"}),
        (State.NEEDS_APPROVAL, {"Ana": "request", "Ben": "request", "Cora": "request"}),
        (State.DECLINED, {}),
        (State.WITHDRAWN, {}),
        (State.EXPIRED, {}),
        (State.SUPERSEDED, {}),
        (State.UNDONE, {}),
    ],
)
def test_a_swap_waits_for_the_colleague_and_the_others_wait(state: State, found: dict[str, str]) -> None:
    assert stands(swap(state)) == found


def test_what_was_settled_is_shown_as_long_as_either_can_undo_it() -> None:
    settled = replace(swap(State.APPROVED), settled_at=NOW)
    assert stands(settled, NOW + REGRET - MOMENT)["Ana"] == "request"
    assert stands(settled, NOW + REGRET) == {}


def test_an_undo_that_one_of_the_two_wants_waits_for_the_other_until_a_shift_begins() -> None:
    wanted = replace(swap(State.APPROVED), settled_at=NOW - REGRET, undo_wanted_by=ANA.member_id)
    assert {who: stands(wanted)[who] for who in ("Ana", "Ben")} == {"Ana": "request", "Ben": "waits"}
    begins = wanted.given.interval.start
    assert stands(wanted, begins - MOMENT)["Ben"] == "waits"
    assert stands(wanted, begins) == {}


def on(worker: Somebody | None, start: float, end: float, queue: str | None = "mail") -> WorkedShift:
    return WorkedShift(hours(start, end), worker, queue)


def test_changes_are_told_by_time_and_queue() -> None:
    shifts = [on(BEN, 2, 8), on(ANA, -2, 2), on(CORA, 2, 4, None), on(None, 1, 3)]
    two, four = (NOW + timedelta(hours=each) for each in (2, 4))
    assert turnovers(shifts, NOW, NOW + timedelta(hours=5)) == (
        Turnover(two, None, (CORA,), ()),
        Turnover(two, "mail", (BEN,), (ANA,)),
        Turnover(four, None, (), (CORA,)),
    )


def test_who_goes_on_at_once_on_the_same_queue_is_no_change() -> None:
    assert turnovers([on(ANA, -2, 2), on(ANA, 2, 4)], NOW, NOW + timedelta(hours=3)) == ()


def test_what_happens_now_or_at_the_end_is_no_coming_change() -> None:
    assert turnovers([on(ANA, 0, 5)], NOW, NOW + timedelta(hours=5)) == ()
