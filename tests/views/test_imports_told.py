"""What is said of a swap on a new schedule is within the limits, pings nobody else and keeps its secrets."""

from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.domain.imports_swaps import Why
from bot.domain.imports_told import Outcome, Slot, SlotChange
from bot.domain.intervals import Interval
from bot.domain.swaps_shown import Audience
from bot.views.formats import Formats
from bot.views.imports_told import swap_rescheduled
from tests.views.test_shifts import LOCALES, RTL, WORST, readable

START = datetime(2026, 11, 6, 8, tzinfo=UTC)
EARLY = Slot(Interval(START, START + timedelta(hours=8)), WORST * 5, "U012AB3CD")
LATE = Slot(Interval(START + timedelta(hours=13), START + timedelta(hours=21)), RTL * 20, None)
CHANGES = [SlotChange(EARLY, LATE), SlotChange(LATE, None), SlotChange(None, EARLY), SlotChange(EARLY, EARLY)]


@pytest.mark.parametrize(("outcome", "why", "audience"), list(product(Outcome, [None, *Why], Audience)))
def test_everything_that_can_be_said_is_readable(outcome: Outcome, why: Why | None, audience: Audience) -> None:
    for locale in LOCALES:
        formats = Formats(ZoneInfo("America/Argentina/Buenos_Aires"), locale)
        text = readable(swap_rescheduled(14, outcome, why, CHANGES, audience, formats))
        assert text.startswith("Swap 14 ")
        assert ("stands in the way" in text) is (why is Why.RULES and audience is Audience.APPROVERS)


def test_what_is_no_longer_planned_and_what_has_no_account_behind_it_is_said_in_words() -> None:
    formats = Formats(ZoneInfo("UTC"))
    queue = Slot(EARLY.interval, "mail", None)
    said = swap_rescheduled(
        14, Outcome.ENDED, None, [SlotChange(queue, None), SlotChange(queue, queue)], Audience.ASKER, formats
    )
    assert said["text"] == (
        "Swap 14 has ended: a new schedule leaves no room for it. "
        "• Fri, Nov 6, 08:00–16:00 · mail: no longer planned • Fri, Nov 6, 08:00–16:00 · mail: its owner works it"
    )
