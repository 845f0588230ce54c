"""What was measured fits into what Slack takes, however many queues there are and whatever they are called."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.coverage_measured import Counts, Measured
from bot.domain.coverage_shown import CoverageShown
from bot.domain.intervals import Interval
from bot.sandbox.blocks import check_message
from bot.views.coverage import Request
from bot.views.coverage_measured import over
from bot.views.formats import Formats

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = date(2026, 11, 20)
WORST = "&<>" * 26


def test_sixty_queues_with_the_longest_names_fit_into_a_message() -> None:
    counts = Counts(7_999_999, 9_999_999, 9_999_999)
    every = tuple(
        Measured(f"{WORST}{number}", counts, timedelta(seconds=86_399), 80, of_partner=True)
        for number in range(60)
    )
    whole = Interval(NOW - timedelta(days=3), NOW - timedelta(days=2))
    shown = CoverageShown(DAY, DAY, whole, every[0].queue, (), (), (), timedelta(hours=1), {}, measured=every)
    asked = Request("look", DAY, DAY, every[0].queue)
    said = over(shown, Formats(ZoneInfo("Europe/Berlin")), asked, "/coverage", NOW.date())
    assert check_message(said) is None, check_message(said)
    assert "Heat map" not in str(said)  # there is nothing to draw
    assert "more: ask for fewer days or one queue" in str(said)
