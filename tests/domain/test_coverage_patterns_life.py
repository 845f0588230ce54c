"""Hours that are short week after week are proposed once, and silent while somebody lives with them."""

from datetime import date, time
from uuid import UUID

import pytest

from bot.domain.coverage_patterns import Recurring
from bot.domain.coverage_patterns_life import Kept, State, Turned, turn
from tests.domain.coverage_examples import posts

TODAY = date(2026, 11, 9)
ONE = UUID(int=1)


def hours(start: int = 14, end: int = 16, names: str = "mail", weekday: int = 3, heads: float = 2) -> Recurring:
    return Recurring(posts(names), weekday, time(start), time(end), ((date(2026, 11, 5), heads),))


def test_what_is_new_is_told_and_what_is_known_only_kept_up_to_date() -> None:
    assert list(turn([], [hours()], TODAY)) == [Turned(None, hours(), State.PROPOSED, told=True)]
    grown = hours(13, 16, heads=3)
    assert list(turn([Kept(ONE, hours())], [grown], TODAY)) == [Turned(ONE, grown, State.PROPOSED, told=False)]


@pytest.mark.parametrize("other", [hours(16, 18), hours(names="chat"), hours(weekday=4)])
def test_other_hours_posts_and_days_are_another_matter(other: Recurring) -> None:
    assert list(turn([Kept(ONE, hours())], [other], TODAY)) == [
        Turned(ONE, hours(), State.OVER, told=False),
        Turned(None, other, State.PROPOSED, told=True),
    ]


def test_what_is_accepted_is_silent_until_its_day_and_told_again_then() -> None:
    until = date(2026, 11, 16)
    kept = Kept(ONE, hours(), State.ACCEPTED, until)
    assert list(turn([kept], [hours()], TODAY)) == [Turned(ONE, hours(), State.ACCEPTED, told=False)]
    assert list(turn([kept], [hours()], until)) == [Turned(ONE, hours(), State.PROPOSED, told=True)]


@pytest.mark.parametrize("worse", [hours(heads=2.5), hours(13, 16)])
def test_what_got_worse_than_was_accepted_is_told_again_however_slowly(worse: Recurring) -> None:
    kept = Kept(ONE, hours(), State.ACCEPTED, date(2026, 11, 16))
    assert list(turn([kept], [hours(14, 15, heads=1)], TODAY)) == [
        Turned(ONE, hours(), State.ACCEPTED, told=False)
    ]
    assert list(turn([kept], [worse], TODAY)) == [Turned(ONE, worse, State.PROPOSED, told=True)]


def test_an_end_at_midnight_is_the_end_of_the_day() -> None:
    night = hours(22, 0)
    (turned,) = turn([Kept(ONE, night)], [hours(23, 0)], TODAY)
    assert turned.state is State.PROPOSED
