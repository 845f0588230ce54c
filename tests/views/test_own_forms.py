"""What people choose for themselves and what they are not given: forms that Slack takes, and read again alike."""

from datetime import date, time, timedelta
from uuid import UUID

import pytest

from bot.domain.availability import Available, read_availability
from bot.domain.day_list import read_days
from bot.domain.fairness import Burden, Hardship, Share
from bot.domain.limits_shown import Limits, LimitsShown
from bot.domain.own import Covering, OwnShown, QuietHours
from bot.domain.shifts import Somebody
from bot.domain.when import Reading
from bot.domain.wishes import Asking, Times, Wish
from bot.sandbox.blocks.views import check_options
from bot.views import limits, own, regions, settings, wishes
from bot.views.fairness import share_line
from bot.views.formats import Formats
from tests.views.test_desk_forms import begun, fits
from tests.views.test_shifts import BERLIN, LOCALES, NOW, WORST

# Every second day, which makes the most lines, and a fortnight at once.
DAYS = [NOW.date() + timedelta(days=each) for each in [*range(-4, 160, 2), *range(200, 214)]]
WORST_LIMITS = Limits((WORST,) * 30, (Available(frozenset(range(0, 7, 2)), time(23, 59), time()),) * 20)
COVERINGS = (
    None,
    Covering(Wish()),
    Covering(
        Wish(Asking.GLADLY, frozenset({WORST.casefold()}), frozenset(Times), frozenset(DAYS), at_any_hour=True),
        (WORST, *(f"queue {number}" for number in range(150))),
        WORST_LIMITS,
        Share(date(2025, 11, 1), Burden(dict.fromkeys(Hardship, 10_000)), dict.fromkeys(Hardship, 10_000.5)),
    ),
    Covering(Wish(Asking.NEVER), share=Share(date(2025, 11, 1), Burden(), None)),
)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("covering", COVERINGS)
def test_ones_own_form_and_what_came_of_it(locale: str, covering: Covering | None) -> None:
    formats = Formats(BERLIN, locale, "12", 6)
    reading = Reading(NOW, BERLIN, language=locale.split("_")[0])
    for quiet in (
        None,
        QuietHours(time(22), time(7), frozenset(range(7))),
        QuietHours(time(1), time(2), frozenset()),
    ):
        for zone in ("America/Argentina/Buenos_Aires", None):
            shown = OwnShown(zone, quiet, covering)
            fits(own.own_form(shown, formats, reading))
            fits(own.saved(shown, formats, NOW))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_days_that_stand_in_the_form_are_read_again_as_those_days(locale: str) -> None:
    reading = Reading(NOW, BERLIN, language=locale.split("_")[0])
    days = tuple(sorted(day for day in DAYS if day >= reading.today))
    assert read_days(wishes.days_text(days, Formats(BERLIN, locale), reading), reading) == days


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("mine", [Limits(), WORST_LIMITS])
def test_the_limits_of_somebody_and_what_came_of_them(locale: str, mine: Limits) -> None:
    formats = Formats(BERLIN, locale, "12", 6)
    known = tuple(f"no {number} {WORST}"[:150] for number in range(150))
    shown = LimitsShown(Somebody(UUID(int=1), WORST, None), mine, known, "America/Argentina/Buenos_Aires")
    form = limits.limits_form(shown)
    fits(form)
    fits(limits.saved(shown, formats))
    typed = begun(form)
    for language in ("en", "de", "fr", "es"):
        assert read_availability(limits.typed_availability(typed), language) == mine.available


@pytest.mark.parametrize("searched", ["", "a", "bayern", "nowhere"])
def test_no_more_regions_are_offered_than_slack_takes(searched: str) -> None:
    offered = regions.region_options(searched, settings.no_region())
    assert check_options({"options": offered}) is None


def test_a_share_says_what_is_usual_only_where_that_is_known() -> None:
    had = Burden({Hardship.NIGHT: 14, Hardship.LAST_MINUTE: 1})
    usual = {Hardship.NIGHT: 11.5, Hardship.WEEKEND: 2, Hardship.HOLIDAY: 0, Hardship.LAST_MINUTE: 0}
    since = date(2025, 11, 1)
    assert share_line(Share(since, had, usual), Formats(BERLIN)) == (
        "You worked 14 nights (usual: 11.5), no weekend shifts (usual: 2), 1 last-minute cover (usual: 0) "
        "since Sat, Nov 1, 2025. "
        "Usual on the floor: half of it had more, half less."
    )
    assert share_line(Share(since, had, None), Formats(BERLIN)) == (
        "You worked 14 nights, 1 last-minute cover since Sat, Nov 1, 2025."
    )
    assert share_line(Share(since, Burden(), None), Formats(BERLIN)) == (
        "You worked no nights, weekends, holidays or last-minute covers since Sat, Nov 1, 2025."
    )
