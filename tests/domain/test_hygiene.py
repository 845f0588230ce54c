"""Two cases about the same."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.domain.hygiene import Record, duplicates, subject_of

OPENED = datetime(2026, 11, 2, 9, tzinfo=UTC)


def record(number: int, title: str, customer: str | None = "Acme", days: float = 0) -> Record:
    return Record(UUID(int=number), number, title, customer, OPENED + timedelta(days=days))


@pytest.mark.parametrize(
    "title", ["Refund for order 12", "RE: refund for order 12!", "Fwd: AW: Refund  for order 12"]
)
def test_what_mail_programs_add_makes_no_other_subject(title: str) -> None:
    assert subject_of(title) == "refund for order 12"


def test_the_same_of_one_customer_is_a_duplicate_of_the_one_before() -> None:
    rows = [record(1, "Refund"), record(3, "Re: refund", "ACME", 2), record(2, "refund!", days=1)]
    assert [(each.case.number, each.of.number) for each in duplicates(rows)] == [(2, 1), (3, 2)]


def test_other_customers_other_titles_and_long_ago_are_none() -> None:
    assert duplicates([record(1, "Refund"), record(2, "Refund", "Bolt")]) == ()
    assert duplicates([record(1, "Refund"), record(2, "Refund", None), record(3, "Refund", None)]) == ()
    assert duplicates([record(1, "Refund 1"), record(2, "Refund 2")]) == ()
    assert duplicates([record(1, "Refund"), record(2, "Refund", days=14.1)]) == ()
    assert duplicates([record(1, "???"), record(2, "!!!")]) == ()
    assert len(duplicates([record(1, "Refund"), record(2, "Refund", days=14)])) == 1
