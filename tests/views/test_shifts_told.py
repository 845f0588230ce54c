"""What owners read of their planned shifts: old → new, and whose it was and is where that changes."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.intervals import Interval
from bot.domain.shifts import ShiftChange, Somebody, WorkedShift
from bot.views.formats import Formats
from bot.views.shifts_told import shifts_changed
from tests.views.test_shifts import BERLIN, NOW, formats, readable, shifts

HERE = Formats(BERLIN)
ANA, WITHOUT_ACCOUNT = Somebody(UUID(int=1), "", "U012AB3CD"), Somebody(UUID(int=2), "", None)
HOURS = Interval(NOW, NOW + timedelta(hours=8))
LATER = Interval(NOW + timedelta(hours=1), NOW + timedelta(hours=9))


def line(before: WorkedShift | None, after: WorkedShift | None) -> str:
    """The headline and the line about one change."""
    text: str = shifts_changed([ShiftChange(before, after)], HERE)["text"]
    return text


def test_a_shift_that_goes_to_somebody_else_is_one_line_with_both() -> None:
    was = WorkedShift(HOURS, ANA, "mail")
    when = line(None, was).partition("→ ")[2]
    for owner, name in ((WITHOUT_ACCOUNT, "a colleague"), (None, "nobody")):
        given = line(was, replace(was, worker=owner))
        assert given == f"A planned shift has changed hands. • {when}: <@U012AB3CD> → {name}"
        taken = line(replace(was, worker=owner), was)
        assert taken == f"A planned shift has changed hands. • {when}: {name} → <@U012AB3CD>"


def test_with_other_hours_both_are_said() -> None:
    was, then = WorkedShift(HOURS, ANA, "mail"), WorkedShift(LATER, WITHOUT_ACCOUNT, "mail")
    text = line(was, then)
    assert text.count(" → ") == 2
    assert text.endswith(": <@U012AB3CD> → a colleague")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.none() | shifts, shifts), min_size=1, max_size=60), formats)
def test_any_changes_are_fit_to_read(
    changes: list[tuple[WorkedShift | None, WorkedShift]], reader: Formats
) -> None:
    text = readable(shifts_changed([ShiftChange(*each) for each in changes], reader))
    assert (f"… and {len(changes) - 20} more." in text) is (len(changes) > 20)
