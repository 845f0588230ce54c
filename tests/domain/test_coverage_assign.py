"""How far people with several skills reach: against what can be counted by hand, set by set."""

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coverage_assign import FEW, members, parts, shares, shortfall

_POSTS = 4
_crews = st.dictionaries(st.integers(1, (1 << _POSTS) - 1), st.integers(0, 9), max_size=6)
_needs = st.lists(st.integers(0, 9), min_size=_POSTS, max_size=_POSTS).map(tuple)
Crew = dict[int, int]
Needs = tuple[int, ...]


def lacking(crew: Crew, needs: Needs, chosen: int) -> int:
    reached = sum(heads for group, heads in crew.items() if group & chosen)
    return sum(needs[post] for post in members(chosen)) - reached


def found(crew: Crew, needs: Needs) -> tuple[int, int]:
    return shortfall(tuple(crew), tuple(crew.values()), needs)


def shared(groups: Sequence[int], crew: Sequence[int], needs: Sequence[int]) -> list[int | Fraction]:
    return list(shares(tuple(groups), tuple(crew), tuple(needs)))


@given(_crews, _needs)
def test_what_is_lacking_is_what_the_worst_set_of_posts_lacks_and_no_smaller_set_lacks_as_much(
    crew: Crew, needs: Needs
) -> None:
    most, fewest = found(crew, needs)
    everything = range(1 << _POSTS)
    assert most == max([lacking(crew, needs, chosen) for chosen in everything])
    assert lacking(crew, needs, fewest) == most
    assert not [each for each in everything if each & fewest != fewest and lacking(crew, needs, each) == most]


@given(_crews, _needs)
def test_many_posts_are_counted_like_few(crew: Crew, needs: Needs) -> None:
    assert found(crew, needs + (0,) * FEW) == found(crew, needs)


@given(st.booleans(), _crews, _needs)
def test_everybody_is_assigned_once_to_what_they_can_serve_and_nothing_more_could_be_covered(
    many: bool, crew: Crew, needs: Needs
) -> None:
    needs += (0,) * FEW * many
    heads = shares(tuple(crew), tuple(crew.values()), needs)
    assert sum(heads) == sum(crew.values())
    for chosen in range(1 << _POSTS):
        # By Hall's theorem these heads can be had at the same time.
        assert sum(heads[post] for post in members(chosen)) <= sum(crew[group] for group in crew if group & chosen)
    lacked = [need - has for need, has in zip(needs, heads, strict=True) if has < need]
    assert sum(lacked) == found(crew, needs)[0]


def test_who_can_do_both_is_shared_in_proportion_to_what_is_needed() -> None:
    assert shared((0b11,), (9,), (4, 2)) == [6, 3]
    assert shared((0b01, 0b11), (2, 2), (1, 1)) == [2, 2]
    assert shared((0b11, 0b10), (3, 1), (0, 3)) == [0, 4]
    assert shared((0b11,), (3,), (2, 2)) == [Fraction(3, 2), Fraction(3, 2)]


def test_posts_are_apart_where_nobody_serves_two() -> None:
    assert parts((0b011, 0b100), (1, 1), 0b111) == (0b011, 0b100)
    assert parts((0b011, 0b110), (0, 1), 0b111) == (0b001, 0b110)
    assert parts((), (), 0) == ()
