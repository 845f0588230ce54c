"""When an article has to be looked at, and what is typed for a release."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.domain.kb_typed import Typed, read_kb_text
from bot.domain.kb_upkeep import Standing, read_release, settled_by, standing

DUE = datetime(2026, 11, 2, 9, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (DUE - MOMENT, Standing.TRUE),
        (DUE, Standing.DUE),
        (DUE + timedelta(days=14) - MOMENT, Standing.DUE),
        (DUE + timedelta(days=14), Standing.OVERDUE),
    ],
)
def test_an_article_is_due_at_its_instant_and_overdue_so_many_days_later(
    now: datetime, expected: Standing
) -> None:
    assert standing(DUE, now, 14) is expected
    assert standing(None, now, 14) is Standing.TRUE


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ("", "")),
        ("5.2", ("5.2", "")),
        ("  5.2  New refund screen ", ("5.2", "New refund screen")),
        ('"spring sale" Two weeks', ("spring sale", "Two weeks")),
        ("“spring sale”", ("spring sale", "")),
        ('"5.2 beta', ('"5.2', "beta")),
    ],
)
def test_the_first_word_is_the_tag_of_a_release_and_the_rest_its_note(
    typed: str, expected: tuple[str, str]
) -> None:
    assert read_release(typed) == expected


def test_the_reports_that_a_version_answers_are_kept_with_it() -> None:
    report = UUID(int=7)
    assert settled_by({"reports": [str(report)]}) == (report,)
    assert settled_by(None) == settled_by({}) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("due", Typed("due")),
        ("Due overdue", Typed("due", "overdue")),
        ("due diligence", Typed(query="due diligence")),
        ("release list", Typed("release", "list")),
        ('release "spring sale" Two weeks', Typed("release", '"spring sale" Two weeks')),
        ("release the hold on a parcel", Typed(query="release the hold on a parcel")),
    ],
)
def test_what_is_typed_is_looked_for_unless_it_is_what_the_word_takes(text: str, expected: Typed) -> None:
    assert read_kb_text(text) == expected
