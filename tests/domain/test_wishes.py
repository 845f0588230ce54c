"""What somebody wants of covers decides whether they are asked for one."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.rules_work import Piece
from bot.domain.wishes import Asking, Times, Wish, time_of
from tests.domain.rules_examples import BERLIN, NEW_YORK, shift

FRIDAY = shift(4, 9, 17, queue="Billing")


@pytest.mark.parametrize(
    ("piece", "times"),
    [
        (shift(0, 11.75, 20), Times.MORNINGS),
        (shift(0, 12, 20), Times.EVENINGS),
        (shift(4, 22, 30), Times.NIGHTS),
        (shift(5, 9, 17), Times.WEEKENDS),
        (shift(6, 22, 30), Times.NIGHTS),
    ],
)
def test_a_shift_is_of_one_kind(piece: Piece, times: Times) -> None:
    assert time_of(piece, BERLIN) is times


def test_the_kind_goes_by_the_clocks_of_the_person() -> None:
    assert time_of(shift(0, 14, 22), NEW_YORK) is Times.MORNINGS


@pytest.mark.parametrize("asking", list(Asking))
def test_who_has_no_other_wish_is_asked_for_anything_as_they_said(asking: Asking) -> None:
    assert Wish(asking).answers(FRIDAY, BERLIN) is asking


@pytest.mark.parametrize(
    ("fits", "other"),
    [
        (Wish(queues=frozenset({"billing"})), Wish(queues=frozenset({"mail"}))),
        (Wish(times=frozenset({Times.MORNINGS})), Wish(times=frozenset(Times) - {Times.MORNINGS})),
        (Wish(not_on=frozenset({date(2026, 11, 21)})), Wish(not_on=frozenset({date(2026, 11, 20)}))),
    ],
)
def test_what_does_not_fit_a_wish_is_not_asked_for(fits: Wish, other: Wish) -> None:
    assert fits.answers(FRIDAY, BERLIN) is Asking.UNSAID
    assert replace(other, asking=Asking.GLADLY).answers(FRIDAY, BERLIN) is Asking.NEVER


def test_work_without_a_queue_fits_nobody_who_named_queues() -> None:
    bare = replace(FRIDAY, queue=None)
    assert Wish(queues=frozenset({"billing"})).answers(bare, BERLIN) is Asking.NEVER


def test_in_an_emergency_only_those_are_asked_who_said_so_and_then_for_anything_but_on_their_days() -> None:
    narrow = Wish(Asking.NEVER, queues=frozenset({"mail"}), times=frozenset({Times.NIGHTS}), at_any_hour=True)
    assert narrow.in_emergency.answers(FRIDAY, BERLIN) is Asking.GLADLY
    away = replace(narrow, not_on=frozenset({date(2026, 11, 20)}))
    assert away.in_emergency.answers(FRIDAY, BERLIN) is Asking.NEVER
    assert Wish(Asking.GLADLY).in_emergency.answers(FRIDAY, BERLIN) is Asking.NEVER
