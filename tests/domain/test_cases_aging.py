"""How old cases are: the table, its sums, and the edges of its ages."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cases_aging import Age, Counted, aging, opened_within

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ANA, BEN, BILLING = (UUID(int=number) for number in range(1, 4))


def age_of(opened_at: datetime, now: datetime) -> Age:
    """The age of a case that was opened then, by the words of the table."""
    return Age(sum(now - opened_at >= timedelta(days=each) for each in (1, 3, 7, 14, 30)))


def test_a_case_of_three_days_is_of_the_next_age() -> None:
    just = timedelta(microseconds=1)
    assert [age_of(NOW - timedelta(days=days), NOW) for days in (0, 1, 3, 7, 14, 30)] == list(Age)
    assert age_of(NOW - timedelta(days=3) + just, NOW) is Age.DAYS
    assert age_of(NOW + just, NOW) is Age.DAY


@given(st.timedeltas(min_value=timedelta(days=-1), max_value=timedelta(days=60)))
def test_the_edges_by_which_cases_are_found_agree_with_their_age(ago: timedelta) -> None:
    for age in Age:
        after, until = opened_within(age, NOW)
        inside = (after is None or NOW - ago > after) and (until is None or NOW - ago <= until)
        assert inside is (age_of(NOW - ago, NOW) is age)


@given(
    st.lists(
        st.builds(
            Counted,
            st.sampled_from([None, ANA, BEN]),
            st.sampled_from([None, BILLING]),
            st.sampled_from(Age),
            st.integers(1, 50),
        )
    )
)
def test_the_sums_agree_whichever_way_they_are_added_up(counted: list[Counted]) -> None:
    found = aging(counted)
    assert found.total.total == sum(each.number for each in counted) == sum(each.total for each in found.owners)
    for age in Age:
        assert found.total.by_age[age] == sum(each.by_age[age] for each in found.owners)
    waiting = sum(each.number for each in counted if each.waits_on_id)
    assert sum(each.total for each in found.departments) == waiting


def test_whoever_has_the_most_of_the_oldest_comes_first() -> None:
    found = aging(
        [
            Counted(ANA, None, Age.DAY, 40),
            Counted(BEN, BILLING, Age.OLDER, 1),
            Counted(None, None, Age.WEEK, 3),
            Counted(ANA, BILLING, Age.WEEK, 4),
        ]
    )
    assert [(each.of, each.total) for each in found.owners] == [(BEN, 1), (ANA, 44), (None, 3)]
    assert [(each.of, each.total) for each in found.departments] == [(BILLING, 5)]
