"""What is said of swaps and covers on a new schedule is within the limits, and is said part by part."""

from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.domain.imports_standing import Kind, Why
from bot.domain.imports_told import Outcome, Slot, SlotChange, changes_between
from bot.domain.intervals import Interval
from bot.views.formats import Formats
from bot.views.imports_told import ending_words, rescheduled
from tests.views.test_shifts import LOCALES, RTL, WORST, readable

START, HOUR = datetime(2026, 11, 6, 8, tzinfo=UTC), timedelta(hours=1)
EARLY = Slot(Interval(START, START + 8 * HOUR), WORST * 5, "U012AB3CD")
LATE = Slot(Interval(START + 13 * HOUR, START + 21 * HOUR), RTL * 20, None)
CHANGES = [SlotChange(EARLY, LATE), SlotChange(LATE, None), SlotChange(None, EARLY), SlotChange(EARLY, EARLY)]


def slot(start: int, end: int, worker: str | None = None, queue: str = "mail", *, is_open: bool = False) -> Slot:
    """Some hours of the day, by the clock."""
    midnight = START - 8 * HOUR
    return Slot(Interval(midnight + start * HOUR, midnight + end * HOUR), queue, worker, is_open)


def said(before: tuple[Slot, ...], after: tuple[Slot, ...], kind: Kind = Kind.COVER) -> list[str]:
    """What is said of the shift, line by line."""
    changes = changes_between(before, after)
    text = rescheduled(kind, 7, Outcome.ENDED, None, changes, Formats(ZoneInfo("UTC")))["text"]
    return [line.strip() for line in text.split("• ")[1:]]


@pytest.mark.parametrize(("kind", "outcome", "why"), list(product(Kind, Outcome, [None, *Why])))
def test_everything_that_can_be_said_is_readable(kind: Kind, outcome: Outcome, why: Why | None) -> None:
    for locale in LOCALES:
        formats = Formats(ZoneInfo("America/Argentina/Buenos_Aires"), locale)
        text = readable(rescheduled(kind, 14, outcome, why, CHANGES, formats))
        assert text.startswith("Swap 14 " if kind is Kind.SWAP else f"What was taken of {kind} 14 ")
        assert ("stands in the way" in text) is (why is Why.RULES)


def test_what_is_no_longer_planned_and_what_has_no_account_behind_it_is_said_in_words() -> None:
    ended = rescheduled(
        Kind.SWAP, 7, Outcome.ENDED, None, changes_between((slot(8, 16),), ()), Formats(ZoneInfo("UTC"))
    )
    assert ended["text"] == (
        "Swap 7 has ended: a new schedule leaves no room for it. "
        "• Fri, Nov 6, 08:00–16:00 · mail: no longer planned"
    )
    assert said((slot(8, 16),), (slot(8, 16),)) == ["Fri, Nov 6, 08:00–16:00 · mail: its owner works it"]
    assert said((slot(8, 16, "U1"),), (slot(8, 16, is_open=True),)) == [
        "Fri, Nov 6, 08:00–16:00 · mail: nobody works it yet"
    ]


def test_what_several_people_work_of_it_is_said_part_by_part() -> None:
    parts = slot(10, 14, "U1"), slot(14, 18, "U2")
    assert said((slot(8, 16, "U1"),), parts) == [
        "Fri, Nov 6, 08:00–16:00 · mail → Fri, Nov 6, 10:00–14:00 · mail: <@U1> works it",
        "Fri, Nov 6, 14:00–18:00 · mail: <@U2> works it",
    ]
    assert said(parts, (slot(10, 18, "U1"),)) == ["Fri, Nov 6, 10:00–18:00 · mail: <@U1> works it"]
    assert said(parts, (slot(10, 18, "U1", "chat"),)) == [
        "Fri, Nov 6, 10:00–18:00 · mail → Fri, Nov 6, 10:00–18:00 · chat: <@U1> works it"
    ]


def test_what_ends_is_counted_by_what_it_is() -> None:
    told = "both people, the coordinators and the floor are told."
    assert ending_words({Kind.SWAP: 1}) == f"1 settled swap ends: {told}"
    assert ending_words({Kind.SWAP: 2, Kind.COVER: 1, Kind.OPEN_SHIFT: 3}) == (
        f"2 settled swaps, 1 part taken of a cover, 3 parts taken of open shifts end: {told}"
    )
