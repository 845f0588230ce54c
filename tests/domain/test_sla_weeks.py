"""The clocks of a case in weeks out of the ordinary, each reckoned by hand."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.cases import Kind, Priority, State
from bot.domain.sla import Terms
from bot.domain.sla_calendar import BusinessHours, Calendar, FreeDays
from bot.domain.sla_policy import Metric, read_business_hours, read_pauses
from bot.domain.sla_replay import TermsOf
from tests.domain.sla_examples import BERLIN, Event, clock, hours

NEW_YORK = ZoneInfo("America/New_York")
OFFICE, EVENINGS = "mon-fri 09:00-17:00", "mon-sun 20:00-23:00"


def desk(
    text: str = OFFICE, zone: ZoneInfo = BERLIN, whole: Iterable[date] = (), half: Iterable[date] = ()
) -> Calendar:
    """The business time of a desk with holidays of its own."""
    free = FreeDays(frozenset(whole), frozenset(half))
    return Calendar(BusinessHours(read_business_hours(text)[0], zone), lambda _year: free)


def within(number: float, *desks: Calendar) -> TermsOf:
    """A case may take so many hours; a queue is named by the number of its desk."""
    targets, pauses = {Metric.RESOLUTION: hours(number)}, read_pauses("pending")

    def terms(queue: str | None, _tier: str | None, _priority: Priority) -> Terms:
        return Terms(desks[int(queue or 0)], targets, pauses)

    return terms


def begun(at: datetime) -> Event:
    return Event(Kind.OPENED, {"state": State.OPEN}, at=at)


def happened(kind: Kind, at: datetime, **data: Any) -> Event:
    return Event(kind, data, at=at)


def due(terms: TermsOf, *events: Event) -> datetime | None:
    return clock(Metric.RESOLUTION, terms, *events).due_at


def test_office_hours_are_by_the_wall_over_the_weekend_on_which_clocks_change() -> None:
    opened = begun(datetime(2026, 3, 6, 15, tzinfo=NEW_YORK))
    assert due(within(8, desk(zone=NEW_YORK)), opened) == datetime(2026, 3, 9, 15, tzinfo=NEW_YORK)


def test_around_the_clock_the_skipped_hour_is_none() -> None:
    always = Calendar(BusinessHours((), NEW_YORK))
    opened = begun(datetime(2026, 3, 7, 12, tzinfo=NEW_YORK))
    assert due(within(48, always), opened) == datetime(2026, 3, 9, 13, tzinfo=NEW_YORK)


def test_a_half_holiday_of_two_windows_and_a_whole_one_after_it() -> None:
    """8 h from Wed 15:00: two on Wednesday, four on the half day, none on Friday, two on Monday."""
    office = desk("mon-fri 08:00-12:00, 13:00-17:00", whole=[date(2026, 12, 25)], half=[date(2026, 12, 24)])
    found = clock(Metric.RESOLUTION, within(8, office), begun(datetime(2026, 12, 23, 15, tzinfo=BERLIN)))
    assert found.due_at == datetime(2026, 12, 28, 10, tzinfo=BERLIN)
    rungs = dict(found.rungs())
    assert rungs[50] == datetime(2026, 12, 24, 10, tzinfo=BERLIN)
    assert rungs[75] == datetime(2026, 12, 24, 12, tzinfo=BERLIN)
    assert rungs[90] == datetime(2026, 12, 28, 9, 12, tzinfo=BERLIN)


def test_a_week_without_an_hour_is_passed_over_in_both_directions() -> None:
    closed = [date(2026, 12, 28) + timedelta(days=each) for each in range(5)]
    terms = within(4, desk(whole=closed))
    found = clock(Metric.RESOLUTION, terms, begun(datetime(2026, 12, 25, 15, tzinfo=BERLIN)))
    assert found.due_at == datetime(2027, 1, 4, 11, tzinfo=BERLIN)
    assert dict(found.rungs())[50] == datetime(2026, 12, 25, 17, tzinfo=BERLIN)
    assert due(terms, begun(datetime(2026, 12, 30, 15, tzinfo=BERLIN))) == datetime(2027, 1, 4, 13, tzinfo=BERLIN)


def test_a_case_that_goes_to_a_queue_of_other_hours_and_back_keeps_what_it_has_used() -> None:
    terms = within(10, desk(), desk(EVENINGS))
    opened = begun(datetime(2026, 11, 2, 12, tzinfo=BERLIN))
    there = happened(Kind.QUEUE, datetime(2026, 11, 2, 16, tzinfo=BERLIN), queue="1")  # 4 h are used
    back = happened(Kind.QUEUE, datetime(2026, 11, 3, 10, tzinfo=BERLIN), queue="0")  # and 3 more
    assert due(terms, opened, there) == datetime(2026, 11, 3, 23, tzinfo=BERLIN)
    assert due(terms, opened, there, back) == datetime(2026, 11, 3, 13, tzinfo=BERLIN)


def test_eight_quarters_of_an_hour_are_two_hours() -> None:
    opened = begun(datetime(2026, 11, 2, 9, tzinfo=BERLIN))
    pauses = [
        happened(Kind.STATE, datetime(2026, 11, 2, hour, minute, tzinfo=BERLIN), state=state)
        for hour in range(9, 17)
        for minute, state in ((30, State.PENDING), (45, State.OPEN))
    ]
    assert due(within(6, desk()), opened, *pauses) == datetime(2026, 11, 2, 17, tzinfo=BERLIN)
    assert due(within(6.25, desk()), opened, *pauses) == datetime(2026, 11, 3, 9, 15, tzinfo=BERLIN)


def test_a_pause_in_the_very_minute_of_a_warning_leaves_it_where_it_was_used() -> None:
    opened = begun(datetime(2026, 11, 2, 9, tzinfo=BERLIN))
    paused = happened(Kind.STATE, datetime(2026, 11, 2, 15, tzinfo=BERLIN), state=State.PENDING)
    goes_on = happened(Kind.STATE, datetime(2026, 11, 4, 10, tzinfo=BERLIN), state=State.OPEN)
    found = clock(Metric.RESOLUTION, within(8, desk()), opened, paused, goes_on)
    assert found.due_at == datetime(2026, 11, 4, 12, tzinfo=BERLIN)
    assert dict(found.rungs())[75] == goes_on.at
