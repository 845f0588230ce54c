"""The matrix: which row counts for a case, what a change changes, and who may decide it."""

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.cases import Priority
from bot.domain.matrix import USUAL, Row, Severity, Times, from_documents, pick, times_of, to_documents, usual_rows
from bot.domain.matrix_change import (
    Difference,
    NoSuchRow,
    NothingChanged,
    NotProposed,
    OwnVersion,
    Proposed,
    ReasonMissing,
    State,
    decide,
    differences,
    propose,
    put,
    without,
)

BILLING, LOGISTICS = UUID(int=1), UUID(int=2)
ANA, BEN = UUID(int=11), UUID(int=12)
FAST = Times(timedelta(minutes=15), timedelta(hours=2), timedelta(minutes=30))


def test_the_row_that_asks_for_most_counts() -> None:
    general = Row(BILLING)
    refunds = Row(BILLING, "refunds")
    of_gold = Row(BILLING, "refunds", tier="gold", contact_id=ANA)
    rows = (general, refunds, of_gold)
    assert pick(rows, "Refunds", Severity.NORMAL, "Gold") == of_gold
    assert pick(rows, "refunds", Severity.NORMAL, None) == refunds
    assert pick(rows, "parcels", Severity.NORMAL, "gold") == general


def test_a_category_says_more_than_a_tier_and_a_tier_more_than_a_severity() -> None:
    by_severity, by_tier = Row(BILLING, severity=Severity.HIGH), Row(LOGISTICS, tier="gold")
    by_category = Row(BILLING, "parcels")
    assert pick((by_severity, by_tier), None, Severity.HIGH, "gold") == by_tier
    assert pick((by_severity, by_tier, by_category), "parcels", Severity.HIGH, "gold") == by_category


def test_nobody_is_named_for_what_no_row_speaks_of() -> None:
    assert pick((Row(BILLING, "refunds"),), "parcels", Severity.LOW, None) is None


def test_a_department_that_was_chosen_is_asked_even_without_a_row_of_its_own() -> None:
    row = pick((Row(BILLING, "refunds"),), "refunds", Severity.LOW, None, LOGISTICS)
    assert row == Row(LOGISTICS)
    assert times_of(row, Severity.LOW) == USUAL[Severity.LOW]


def test_without_a_matrix_what_is_about_a_department_by_name_goes_there() -> None:
    rows = usual_rows({BILLING: "Billing", LOGISTICS: "Logistics"})
    found = pick(rows, "billing", Severity.CRITICAL, None)
    assert found
    assert found.department_id == BILLING
    assert times_of(found, Severity.CRITICAL) == USUAL[Severity.CRITICAL]


def test_the_worse_it_is_the_less_time_each_step_has() -> None:
    for worse, better in zip(list(Severity), list(Severity)[1:], strict=False):
        assert USUAL[worse].own < USUAL[better].own
        assert USUAL[worse].answer < USUAL[better].answer
        assert USUAL[worse].step < USUAL[better].step


def test_a_case_is_asked_about_as_badly_as_its_priority_says() -> None:
    assert [Severity.of(each) for each in Priority] == [4, 3, 2, 1]


def test_a_row_takes_the_place_of_the_one_that_speaks_of_the_same() -> None:
    rows = (Row(BILLING, "refunds"), Row(LOGISTICS, "parcels"))
    assert put(rows, Row(LOGISTICS, "Refunds")) == (Row(LOGISTICS, "Refunds"), Row(LOGISTICS, "parcels"))
    assert put(rows, Row(BILLING, "invoices"), rows[0]) == (Row(BILLING, "invoices"), Row(LOGISTICS, "parcels"))
    assert put(rows, Row(BILLING, "parcels"), rows[0]) == (Row(BILLING, "parcels"),)
    with pytest.raises(NothingChanged):
        put(rows, Row(BILLING, "refunds"))
    with pytest.raises(NoSuchRow):
        put(rows, Row(BILLING), Row(BILLING, "gone"))


def test_a_row_that_is_gone_cannot_be_taken_out() -> None:
    rows = (Row(BILLING, "refunds"),)
    assert without(rows, rows[0]) == ()
    with pytest.raises(NoSuchRow):
        without((), rows[0])


def test_a_change_says_line_by_line_what_was_there_and_what_is_to_be() -> None:
    before = (Row(BILLING, "refunds"), Row(LOGISTICS, "parcels"))
    after = (Row(BILLING, "refunds", times=FAST), Row(BILLING, "invoices"))
    assert differences(before, after) == (
        Difference(before[0], after[0]),
        Difference(before[1], None),
        Difference(None, after[1]),
    )


def test_a_change_needs_a_reason_and_something_that_changes() -> None:
    rows = (Row(BILLING),)
    with pytest.raises(ReasonMissing):
        propose(rows, (), "  ", ANA, None)
    with pytest.raises(NothingChanged):
        propose(rows, rows, "because", ANA, None)
    propose(rows, (), "because", ANA, None)


def test_one_person_at_a_time_has_a_change_waiting() -> None:
    propose((Row(BILLING),), (), "because", ANA, (4, ANA))
    with pytest.raises(Proposed) as refused:
        propose((Row(BILLING),), (), "because", BEN, (4, ANA))
    assert refused.value.number == 4


def test_a_second_person_decides_and_only_once() -> None:
    decide(State.PROPOSED, ANA, BEN)
    with pytest.raises(OwnVersion):
        decide(State.PROPOSED, ANA, ANA)
    for state in set(State) - {State.PROPOSED}:
        with pytest.raises(NotProposed):
            decide(state, ANA, BEN)


_ROWS = st.builds(
    Row,
    st.sampled_from([BILLING, LOGISTICS]),
    st.sampled_from([None, "refunds", "parcels", "Straße"]),
    st.sampled_from([None, *Severity]),
    st.sampled_from([None, "gold"]),
    st.sampled_from([None, ANA]),
    st.sampled_from([None, FAST]),
)


@given(st.lists(_ROWS, max_size=8), st.lists(_ROWS, max_size=8))
def test_what_is_stored_is_what_was_meant_and_each_line_stands_once(first: list[Row], then: list[Row]) -> None:
    rows: tuple[Row, ...] = ()
    for row in first + then:
        if row not in rows:
            rows = put(rows, row)
    assert from_documents(to_documents(rows)) == rows
    assert len({row.wants for row in rows}) == len(rows)


@given(st.lists(_ROWS, max_size=8), st.sampled_from([None, "refunds", "STRASSE"]), st.sampled_from(list(Severity)))
def test_what_is_picked_fits_and_nothing_closer_does(rows: list[Row], category: str | None, bad: Severity) -> None:
    found = pick(rows, category, bad, "gold")
    fitting = [each for each in rows if each.fits(category, bad, "gold")]
    assert (found is None) == (not fitting)
    if found:
        assert found.fits(category, bad, "gold")
        assert all(each.closeness <= found.closeness for each in fitting)
