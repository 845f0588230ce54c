from datetime import UTC, date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from bot.connectors.dates import leftover_date
from bot.domain.kpi import Cut, Figure, Split
from bot.domain.kpi_asked import Question, read_question
from bot.domain.kpi_periods import Span, month_of, week_of
from bot.domain.kpi_typed import Names, Typed, read_kpi_text
from bot.domain.kpi_when import Ahead, TooLong, alike, read_period, so_far, usual_period
from bot.domain.when import NotUnderstood, Reading

NAMES = Names(("billing", "billing emea", "calls"), ("Mail", "Phones", "Calls"), ("chat",))
SLA = (Figure.SLA_FIRST_REPLY, Figure.SLA_NEXT_REPLY, Figure.SLA_RESOLUTION)
# A Tuesday.
TODAY = date(2026, 11, 24)
READING = Reading(datetime(2026, 11, 24, 12, tzinfo=UTC), ZoneInfo("Europe/Berlin"), leftover=leftover_date("en"))


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("", Typed()),
        ("last week", Typed(period="last week")),
        ("csat last month billing", Typed((Figure.CSAT,), "billing", period="last month")),
        ("csat for billing in november", Typed((Figure.CSAT,), "billing", period="november")),
        ("billing emea csat", Typed((Figure.CSAT,), "billing emea")),
        ("sla week vs last week", Typed(SLA, period="week", against="last week")),
        ("week vs last week billing csat", Typed((Figure.CSAT,), "billing", period="week", against="last week")),
        ("nps vs october by team", Typed((Figure.NPS,), split=Split.TEAM, against="october")),
        # Two queues are not two times: the second one is said back as no period.
        ("csat billing vs billing emea", Typed((Figure.CSAT,), "billing", against="billing emea")),
        ("sla by queue last week", Typed(SLA, split=Split.QUEUE, period="last week")),
        ("CSAT and NPS by day", Typed((Figure.CSAT, Figure.NPS), split=Split.DAY)),
        ("service level phones", Typed((Figure.SERVICE_LEVEL,), team="Phones")),
        ("csat team calls last week", Typed((Figure.CSAT,), team="Calls", period="last week")),
        ("csat calls team phones", Typed((Figure.CSAT,), "calls", "Phones")),
        ("csat mail billing chat", Typed((Figure.CSAT,), "billing", "Mail", "chat")),
        # A queue that is called as somebody calls a figure is the queue.
        ("calls last week", Typed(queue="calls", period="last week")),
        ("contacts calls", Typed((Figure.CONTACTS,), "calls")),
        ("csat by moon phase", Typed((Figure.CSAT,), no_split="moon", period="phase")),
        ("csat compared to last year", Typed((Figure.CSAT,), against="last year")),
    ],
)
def test_figures_names_and_periods_are_told_apart_in_any_order(text: str, typed: Typed) -> None:
    assert read_kpi_text(text, NAMES) == typed


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("week", week_of(TODAY, 0)),
        ("last week", Span(date(2026, 11, 16), date(2026, 11, 23))),
        ("month", month_of(TODAY)),
        ("last month", month_of(date(2026, 10, 1))),
        ("today", Span(TODAY, date(2026, 11, 25))),
        ("thu", Span(date(2026, 11, 19), date(2026, 11, 20))),
        ("tue", Span(TODAY, date(2026, 11, 25))),
        ("mon to wed", Span(date(2026, 11, 23), date(2026, 11, 26))),
        ("dec 24", Span(date(2025, 12, 24), date(2025, 12, 25))),
        ("december", month_of(date(2025, 12, 1))),
        ("nov 2 to nov 8", Span(date(2026, 11, 2), date(2026, 11, 9))),
        ("2026-11-02..2026-11-08", Span(date(2026, 11, 2), date(2026, 11, 9))),
        ("week of nov 4", Span(date(2026, 11, 2), date(2026, 11, 9))),
        ("since monday", Span(date(2026, 11, 23), date(2026, 11, 25))),
        ("last 7 days", Span(date(2026, 11, 17), TODAY)),
        ("the last two weeks", Span(date(2026, 11, 10), TODAY)),
        ("last 3 months", Span(date(2026, 8, 1), date(2026, 11, 1))),
        ("last quarter", Span(date(2026, 7, 1), date(2026, 10, 1))),
        ("q4", Span(date(2026, 10, 1), date(2027, 1, 1))),
        ("q4 2025", Span(date(2025, 10, 1), date(2026, 1, 1))),
        ("last year", Span(date(2025, 1, 1), date(2026, 1, 1))),
    ],
)
def test_a_period_is_one_that_has_been(text: str, span: Span) -> None:
    assert read_period(text, READING) == span


def test_what_is_still_to_come_is_said_to_be() -> None:
    assert isinstance(read_period("next week", READING), Ahead)
    assert isinstance(read_period("tomorrow", READING), Ahead)
    assert isinstance(read_period("2027-01-04", READING), Ahead)


def test_what_makes_no_sense_is_said_back() -> None:
    found = read_period("bluing", READING)
    assert isinstance(found, NotUnderstood)
    assert found.rest == "bluing"
    assert isinstance(read_period("last 999 days", READING), TooLong)
    assert isinstance(read_period("since 2020-01-01", READING), TooLong)
    assert isinstance(read_period("since " * 2000 + "monday", READING), NotUnderstood)


def test_on_the_first_day_of_a_week_the_last_one_is_meant() -> None:
    monday = date(2026, 11, 23)
    assert usual_period(monday, 0) == week_of(date(2026, 11, 16), 0)
    assert usual_period(TODAY, 0) == week_of(TODAY, 0)


def test_a_week_that_is_not_over_is_put_beside_as_many_days_of_the_one_before() -> None:
    week = week_of(date(2026, 11, 26), 0)
    shown = so_far(week, date(2026, 11, 26))

    assert shown == Span(date(2026, 11, 23), date(2026, 11, 26))
    assert alike(week.before(), week, shown) == Span(date(2026, 11, 16), date(2026, 11, 19))
    assert so_far(Span(TODAY, date(2026, 11, 25)), TODAY) == Span(TODAY, date(2026, 11, 25))
    over = week_of(date(2026, 11, 16), 0)
    assert alike(over.before(), over, so_far(over, TODAY)) == over.before()


def test_a_question_comes_back_from_the_button_that_carries_it() -> None:
    full = Question(
        week_of(TODAY, 0),
        tuple(Figure),
        Cut(uuid4(), uuid4(), "chat", uuid4()),
        month_of(TODAY),
        Split.QUEUE,
    )
    for each in (full, Question(week_of(TODAY, 0))):
        assert read_question(each.value) == each
        assert len(each.value) <= 2000
