"""What people type for dates, times and ranges. Where nothing else is said, today is Tuesday 24 November 2026."""

from datetime import date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.when import (
    Ambiguous,
    DateOrder,
    LeftoverDate,
    Meaning,
    NotUnderstood,
    Reading,
    ShortMonth,
    Understood,
    When,
    read_date,
    read_time,
    read_when,
)

BERLIN = ZoneInfo("Europe/Berlin")
ORDERS: tuple[DateOrder, ...] = get_args(DateOrder)
unhurried = settings(deadline=None)


def at(
    today: str = "2026-11-24",
    language: str = "en",
    order: DateOrder = "DMY",
    first_weekday: int = 0,
    leftover: LeftoverDate | None = None,
) -> Reading:
    now = datetime.fromisoformat(f"{today}T10:00").replace(tzinfo=BERLIN)
    return Reading(now, BERLIN, order, first_weekday, language, leftover)


def shown(meaning: Meaning) -> str:
    """2026-12-24..2027-01-02 09:00-17:00 MORNING; a question as "? this | that", the rest of a text as "- x"."""
    match meaning:
        case Understood(when):
            return _shown(when)
        case Ambiguous(choices):
            return "? " + " | ".join(_shown(when) for when in choices)
        case NotUnderstood(_, rest):
            return f"- {rest}"


def _shown(when: When) -> str:
    days = f"{when.first}" if when.first == when.last else f"{when.first}..{when.last}"
    hours = f" {when.start:%H:%M}" if when.start else ""
    ends = f"-{when.end:%H:%M}" if when.end else ""
    return days + hours + ends + (f" {when.part.name}" if when.part else "")


def read(text: str, reading: Reading | None = None) -> str:
    return shown(read_when(text, reading or at()))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("today", "2026-11-24"),
        ("tomorrow", "2026-11-25"),
        ("yesterday", "2026-11-23"),
        ("day after tomorrow", "2026-11-26"),
        ("the day after tomorrow", "2026-11-26"),
        ("fri", "2026-11-27"),
        ("tuesday", "2026-11-24"),
        ("this friday", "2026-11-27"),
        ("last friday", "2026-11-20"),
        ("from fri", "2026-11-27"),
        ("in 2 weeks", "2026-12-08"),
        ("in 3 days", "2026-11-27"),
        ("in 3 months", "2027-02-24"),
        ("24 nov", "2026-11-24"),
        ("Dec 24th, 2026", "2026-12-24"),
        ("24 december", "2026-12-24"),
        ("24th of december", "2026-12-24"),
        ("second of january", "2027-01-02"),
        ("24.12.", "2026-12-24"),
        ("24.12", "2026-12-24"),
        ("24.12.2026", "2026-12-24"),
        ("24-12-26", "2026-12-24"),
        ("24-Dec-26", "2026-12-24"),
        ("2026-12-24", "2026-12-24"),
        ("fri, dec 25", "2026-12-25"),
        ("christmas eve", "2026-12-24"),
        ("christmas", "2026-12-25"),
        ("boxing day", "2026-12-26"),
        ("new year's eve", "2026-12-31"),
        ("New Year’s Day", "2027-01-01"),
        ("christmas eve 2027", "2027-12-24"),
    ],
)
def test_a_single_day_is_understood(text: str, meaning: str) -> None:
    assert read(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("dec 24 to jan 2", "2026-12-24..2027-01-02"),
        ("dec 24 to jan 2 2027", "2026-12-24..2027-01-02"),
        ("nov 20 to nov 30 2026", "2026-11-20..2026-11-30"),
        ("2026-12-24..2026-12-28", "2026-12-24..2026-12-28"),
        ("24-28 dec", "2026-12-24..2026-12-28"),
        ("dec 24-28", "2026-12-24..2026-12-28"),
        ("24.-28.12.", "2026-12-24..2026-12-28"),
        ("nov 20-28", "2026-11-20..2026-11-28"),
        ("24 to 28 december 2027", "2027-12-24..2027-12-28"),
        ("mon-fri", "2026-11-30..2026-12-04"),
        ("mon to wed", "2026-11-30..2026-12-02"),
        ("fri to wed", "2026-11-27..2026-12-02"),
        ("today - fri", "2026-11-24..2026-11-27"),
        ("until fri", "2026-11-24..2026-11-27"),
        ("this week", "2026-11-23..2026-11-29"),
        ("next week", "2026-11-30..2026-12-06"),
        ("next week mon-wed", "2026-11-30..2026-12-02"),
        ("mon-wed next week", "2026-11-30..2026-12-02"),
        ("friday this week", "2026-11-27"),
        ("monday this week", "2026-11-23"),
        ("this weekend", "2026-11-28..2026-11-29"),
        ("this month", "2026-11-01..2026-11-30"),
        ("next month", "2026-12-01..2026-12-31"),
        ("november", "2026-11-01..2026-11-30"),
        ("october", "2027-10-01..2027-10-31"),
        ("february 2028", "2028-02-01..2028-02-29"),
        ("dec 28 to dec 24", "2026-12-28..2027-12-24"),
    ],
)
def test_a_range_of_days_is_understood(text: str, meaning: str) -> None:
    assert read(text) == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("tomorrow 9-5", "2026-11-25 09:00-17:00"),
        ("tomorrow from 9 to 5", "2026-11-25 09:00-17:00"),
        ("fri 14-18", "2026-11-27 14:00-18:00"),
        ("14-18 fri", "2026-11-27 14:00-18:00"),
        ("9-17 dec 24", "2026-12-24 09:00-17:00"),
        ("24 december 2026 10:00-14:00", "2026-12-24 10:00-14:00"),
        ("2026-12-24 22:00 to 06:00", "2026-12-24 22:00-06:00"),
        ("fri 22-6", "2026-11-27 22:00-06:00"),
        ("fri 10-2", "2026-11-27 10:00-14:00"),
        ("fri 9-12", "2026-11-27 09:00-12:00"),
        ("fri 18-24", "2026-11-27 18:00-00:00"),
        ("fri 6-14", "2026-11-27 06:00-14:00"),
        ("fri 9.30-17.30", "2026-11-27 09:30-17:30"),
        ("fri 0900-1700", "2026-11-27 09:00-17:00"),
        ("fri 1pm-3", "2026-11-27 13:00-15:00"),
        ("fri 10-2pm", "2026-11-27 10:00-14:00"),
        ("fri 9-5pm", "2026-11-27 09:00-17:00"),
        ("fri 10pm-6", "2026-11-27 22:00-06:00"),
        ("fri 8-6am", "2026-11-27 20:00-06:00"),
        ("fri 00:00-12:30", "2026-11-27 00:00-12:30"),
        ("fri 09:00-5:00", "2026-11-27 09:00-17:00"),
        ("fri 14-6", "2026-11-27 14:00-06:00"),
        ("fri 10-midnight", "2026-11-27 22:00-00:00"),
        ("fri 02:00-04:00", "2026-11-27 02:00-04:00"),
        ("fri 22:00 to sat 6:00", "2026-11-27 22:00-06:00"),
        ("next week mon-wed 9-5", "2026-11-30..2026-12-02 09:00-17:00"),
        ("from 3pm to 6pm today", "2026-11-24 15:00-18:00"),
        ("9:30 to 11", "2026-11-24 09:30-11:00"),
        ("noon to 3", "2026-11-24 12:00-15:00"),
        ("1pm-3", "2026-11-24 13:00-15:00"),
        ("14:00-18:00", "2026-11-24 14:00-18:00"),
        ("9am-5pm", "2026-11-24 09:00-17:00"),
        ("9 a.m. – 5 p.m.", "2026-11-24 09:00-17:00"),
        ("3pm", "2026-11-24 15:00"),
        ("9am", "2026-11-24 09:00"),
        ("fri at 9", "2026-11-27 09:00"),
        ("now", "2026-11-24 10:00"),
        ("tonight", "2026-11-24 NIGHT"),
        ("this morning", "2026-11-24 MORNING"),
        ("monday morning", "2026-11-30 MORNING"),
        ("half day thursday", "2026-11-26 HALF"),
        ("thursday half-day", "2026-11-26 HALF"),
        ("half day thursday afternoon", "2026-11-26 AFTERNOON"),
        ("all day thursday", "2026-11-26"),
        ("fri afternoon 2-4", "2026-11-27 14:00-16:00"),
        ("fri 8-10 in the evening", "2026-11-27 20:00-22:00"),
    ],
)
def test_times_of_day_are_understood_beside_a_day_or_for_today(text: str, meaning: str) -> None:
    assert read(text) == meaning


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("next friday", "? 2026-11-27 | 2026-12-04"),
        ("next weekend", "? 2026-11-28..2026-11-29 | 2026-12-05..2026-12-06"),
        ("next friday to sunday", "? 2026-11-27..2026-11-29 | 2026-12-04..2026-12-06"),
        ("fri 2-4", "? 2026-11-27 14:00-16:00 | 2026-11-27 02:00-04:00"),
        ("fri 5-1", "? 2026-11-27 17:00-01:00 | 2026-11-27 05:00-13:00"),
        ("fri 3:30", "? 2026-11-27 15:30 | 2026-11-27 03:30"),
        ("fri dec 24", "? 2026-12-24"),
        ("feb 29", "? 2028-02-29"),
    ],
)
def test_what_may_mean_several_things_is_asked_back(text: str, choices: str) -> None:
    assert read(text) == choices


@pytest.mark.parametrize(
    ("order", "text", "meaning"),
    [
        ("DMY", "24/12", "2026-12-24"),
        ("MDY", "12/24", "2026-12-24"),
        ("YMD", "12/24", "2026-12-24"),
        ("DMY", "5/6", "2027-06-05"),
        ("MDY", "5/6", "2027-05-06"),
        ("DMY", "24/12/26", "2026-12-24"),
        ("MDY", "12/24/26", "2026-12-24"),
        ("YMD", "26/12/24", "2026-12-24"),
        ("MDY", "5.6.", "2027-06-05"),
        ("DMY", "12/24", "? 2026-12-24"),
        ("MDY", "24/12", "? 2026-12-24"),
        ("MDY", "24/12/26", "? 2026-12-24"),
        ("YMD", "24/12/2026", "2026-12-24"),
        ("YMD", "5/6/2027", "? 2027-06-05 | 2027-05-06"),
    ],
)
def test_the_order_of_the_date_decides_and_an_impossible_one_is_confirmed(
    order: DateOrder, text: str, meaning: str
) -> None:
    assert read(text, at(order=order)) == meaning


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("", ""),
        ("  ", ""),
        ("a", "a"),
        ("9", "9"),
        ("9-5", "9-5"),
        ("14-18", "14-18"),
        ("fri 9", "9"),
        ("fri 2026", "2026"),
        ("feb 30", "feb 30"),
        ("31/11", "31/11"),
        ("2026-02-29", "2026-02-29"),
        ("feb 29 2026", "feb 29 2026"),
        ("24-31 nov", "31 nov"),
        (".", "."),
        ("feb 30 to mar 2", "feb 30"),
        ("24/12/2124", "24/12/2124"),
        ("dec 28 2026 to dec 24 2026", "dec 28 2026 to dec 24 2026"),
        ("dec 28 to dec 24 2026", "dec 28 to dec 24 2026"),
        ("3pm EST", "EST"),
        ("tomorrow please", "please"),
        ("please tomorrow thanks", "please thanks"),
        ("mon, wed", "wed"),
        ("fri 14:00 to mon 12:00", "to mon 12:00"),
        ("in 99999 weeks", "in 99999 weeks"),
    ],
)
def test_what_makes_no_sense_is_named(text: str, rest: str) -> None:
    meaning = read_when(text, at())

    assert isinstance(meaning, NotUnderstood)
    assert meaning.rest == rest


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("feb 30", ShortMonth(2, 29)),
        ("31.2.", ShortMonth(2, 29)),
        ("2/30", ShortMonth(2, 29)),
        ("feb 29 2027", ShortMonth(2, 28, 2027)),
        ("2027-02-30", ShortMonth(2, 28, 2027)),
        ("30.2.2028", ShortMonth(2, 29, 2028)),
        ("nov 24 to nov 31", ShortMonth(11, 30)),
        ("31.13.", None),
        ("0.2.", None),
        ("24.12.1812", None),
        ("blah", None),
    ],
)
def test_a_day_that_a_month_does_not_have_is_told_from_what_is_no_date(
    text: str, short: ShortMonth | None
) -> None:
    meaning = read_when(text, at())
    assert isinstance(meaning, NotUnderstood)
    assert meaning.short == short


@pytest.mark.parametrize(
    ("text", "understood"), [("3pm EST", "3pm"), ("Mon, wed", "Mon"), ("feb 30 to Mar 2", "Mar 2")]
)
def test_what_was_understood_is_named_as_typed(text: str, understood: str) -> None:
    meaning = read_when(text, at())

    assert isinstance(meaning, NotUnderstood)
    assert meaning.understood == understood


@pytest.mark.parametrize(
    ("today", "text", "meaning"),
    [
        ("2026-11-27", "fri", "2026-11-27"),
        ("2026-11-27", "27 nov", "2026-11-27"),
        ("2026-11-28", "27 nov", "2027-11-27"),
        ("2026-11-27", "next friday", "2026-12-04"),
        ("2026-11-24", "the 24th", "2026-11-24"),
        ("2026-11-25", "the 24th", "2026-12-24"),
        ("2026-11-30", "the 31st", "2026-12-31"),
        ("2027-02-01", "the 30th", "2027-03-30"),
        ("2026-11-28", "this weekend", "2026-11-28..2026-11-29"),
        ("2026-11-29", "this weekend", "2026-11-28..2026-11-29"),
        ("2026-11-28", "next weekend", "2026-12-05..2026-12-06"),
        ("2026-12-26", "24-28 dec", "2026-12-24..2026-12-28"),
        ("2026-12-29", "24-28 dec", "2027-12-24..2027-12-28"),
        ("2026-12-31", "tomorrow", "2027-01-01"),
        ("2027-01-31", "in 1 months", "2027-02-28"),
        ("2026-12-15", "next month", "2027-01-01..2027-01-31"),
    ],
)
def test_the_day_it_is_typed_decides(today: str, text: str, meaning: str) -> None:
    assert read(text, at(today)) == meaning


def test_today_is_the_day_in_the_zone_of_the_person() -> None:
    now = datetime(2026, 11, 24, 23, 30, tzinfo=ZoneInfo("UTC"))

    assert read("today", Reading(now, ZoneInfo("America/New_York"))) == "2026-11-24"
    assert read("today", Reading(now, ZoneInfo("Pacific/Auckland"))) == "2026-11-25"
    assert read("now", Reading(now, ZoneInfo("Pacific/Auckland"))) == "2026-11-25 12:30"


def test_the_first_day_of_the_week_is_a_setting() -> None:
    assert read("this week", at(first_weekday=6)) == "2026-11-22..2026-11-28"
    assert read("sun-mon next week", at(first_weekday=6)) == "2026-11-29..2026-11-30"


class Leftovers:
    """A reader of dates that answers one day and remembers what it was asked."""

    def __init__(self, answer: date | None) -> None:
        self.answer = answer
        self.asked: list[tuple[str, date]] = []

    def __call__(self, text: str, today: date) -> date | None:
        self.asked.append((text, today))
        return self.answer


def test_a_date_that_the_grammar_does_not_know_is_left_to_the_other_parser() -> None:
    leftovers = Leftovers(date(2026, 12, 4))

    assert read("In ten days", at(leftover=leftovers)) == "2026-12-04"
    assert leftovers.asked == [("In ten days", date(2026, 11, 24))]


@pytest.mark.parametrize("text", ["in ten days 9-5", "9-5 in ten days", "in ten days, at 9am to 5pm"])
def test_the_hours_beside_a_leftover_date_are_ours(text: str) -> None:
    assert read(text, at(leftover=Leftovers(date(2026, 12, 4)))) == "2026-12-04 09:00-17:00"


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "9",
        "9-5",
        "abc",
        "x 12",
        "3pm EST",
        "mon, wed",
        "tomorrow please",
        "feb 30 maybe",
        "31/11",
        "a, b, c, d",
    ],
)
def test_the_other_parser_is_never_asked_about_what_is_no_whole_date(text: str) -> None:
    leftovers = Leftovers(date(2026, 12, 4))

    assert read(text, at(leftover=leftovers)).startswith("- ")
    assert leftovers.asked == []


@pytest.mark.parametrize("answer", [None, date(2028, 1, 1), date(2025, 1, 1)])
def test_a_leftover_date_far_away_or_unknown_is_not_understood(answer: date | None) -> None:
    assert read("whenever it rains", at(leftover=Leftovers(answer))) == "- whenever it rains"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9:00", time(9)),
        ("09:00", time(9)),
        ("9.00", time(9)),
        ("09:00:00", time(9)),
        ("9am", time(9)),
        ("9:30 pm", time(21, 30)),
        ("12am", time(0)),
        ("12pm", time(12)),
        ("0900", time(9)),
        ("2030", time(20, 30)),
        ("17h", time(17)),
        ("9h30", time(9, 30)),
        ("17 uhr", time(17)),
        ("17 Uhr 30", time(17, 30)),
        ("noon", time(12)),
        ("midnight", time(0)),
        ("24:00", time(0)),
        ("3:30", time(3, 30)),
        ("9", None),
        ("", None),
        ("25:00", None),
        ("9:60", None),
        ("13pm", None),
        ("9-5", None),
        ("9:00 EST", None),
        ("fri", None),
    ],
)
def test_one_clock_time_is_read(text: str, expected: time | None) -> None:
    assert read_time(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-12-24", date(2026, 12, 24)),
        ("24.12.2026", date(2026, 12, 24)),
        ("24/12/2026", date(2026, 12, 24)),
        ("24-12-26", date(2026, 12, 24)),
        ("24 Dec 2026", date(2026, 12, 24)),
        ("24-Dec-2026", date(2026, 12, 24)),
        ("December 24, 2026", date(2026, 12, 24)),
        ("12/24/2026", None),
        ("24/12", None),
        ("24 Dec", None),
        ("30.02.2026", None),
        ("24/12/2124", None),
        ("24/12/2026 9:00", None),
        ("tomorrow", None),
        ("46380", None),
        ("", None),
    ],
)
def test_one_date_of_a_spreadsheet_is_read_strictly(text: str, expected: date | None) -> None:
    assert read_date(text, "DMY") == expected


def test_month_first_dates_are_read_where_that_is_the_order() -> None:
    assert read_date("12/24/2026", "MDY") == date(2026, 12, 24)
    assert read_date("24/12/2026", "MDY") is None


FORMATS: dict[DateOrder, tuple[str, ...]] = {
    "DMY": ("%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %b %Y", "%Y-%m-%d"),
    "MDY": ("%m/%d/%Y", "%m/%d/%y", "%m-%d-%Y", "%b %d, %Y", "%B %d %Y", "%Y-%m-%d"),
    "YMD": ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%y-%m-%d", "%d %B %Y"),
}
DAYS = st.dates(date(2026, 11, 24), date(2027, 11, 23))
WRITTEN = st.sampled_from([(order, form) for order, forms in FORMATS.items() for form in forms])


@unhurried
@given(day=DAYS, written=WRITTEN)
def test_a_written_date_reads_back_as_itself(day: date, written: tuple[DateOrder, str]) -> None:
    order, form = written

    assert read_when(day.strftime(form), at(order=order)) == Understood(When(day, day))
    assert read_date(day.strftime(form), order) == day


@unhurried
@given(day=DAYS, order=st.sampled_from(ORDERS))
def test_a_date_without_its_year_is_the_next_such_day(day: date, order: DateOrder) -> None:
    figures = day.strftime("%d/%m" if order == "DMY" else "%m/%d")

    assert read_when(figures, at(order=order)) == Understood(When(day, day))
    assert read_when(day.strftime("%B %d"), at(order=order)) == Understood(When(day, day))


@unhurried
@given(
    day=DAYS,
    length=st.integers(0, 120),
    written=WRITTEN,
    to=st.sampled_from([" to ", " - ", "..", " until ", " – "]),
)
def test_a_range_is_from_the_one_day_to_the_other(
    day: date, length: int, written: tuple[DateOrder, str], to: str
) -> None:
    order, form = written
    last = day + timedelta(length)

    assert read_when(f"{day:{form}}{to}{last:{form}}", at(order=order)) == Understood(When(day, last))


@unhurried
@given(start=st.times().filter(lambda start: not 10 <= start.hour <= 12), end=st.times())
def test_times_of_24_hours_are_taken_as_they_are(start: time, end: time) -> None:
    day = date(2026, 11, 25)
    expected = When(day, day, start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0))

    assert read_when(f"tomorrow {start:%H:%M}-{end:%H:%M}", at()) == Understood(expected)


FRAGMENTS = st.sampled_from(
    [
        *(
            "fri",
            "next",
            "week",
            "dec",
            "24",
            "24/12",
            "9-5",
            "to",
            "-",
            "..",
            ".",
            ",",
            "9",
            "pm",
            "until",
            "from",
        ),
        *(
            "in",
            "2",
            "weeks",
            "months",
            "the",
            "31st",
            "feb",
            "2026",
            "half day",
            "morning",
            "noon",
            "am",
            "h",
            "30",
        ),
        *(
            "demain",
            "mañana",
            "übermorgen",
            "du",
            "au",
            "last",
            "weekend",
            "at",
            "22:00",
            "24:00",
            "31.11.",
            "00/00",
        ),
    ]
)


@unhurried
@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=8).map(" ".join)), st.sampled_from(ORDERS))
def test_any_text_is_answered_and_no_range_runs_backwards(text: str, order: DateOrder) -> None:
    match read_when(text, at(order=order, leftover=lambda _text, today: today)):
        case Understood(when):
            choices: tuple[When, ...] = (when,)
        case Ambiguous(several):
            assert several
            choices = several
        case NotUnderstood(understood, rest):
            assert rest or not text.strip()
            assert len(understood) + len(rest) <= 2 * len(text) + 2
            choices = ()
    assert all(when.last >= when.first for when in choices)
    assert all(when.start or not when.end for when in choices)


@unhurried
@given(st.lists(FRAGMENTS, max_size=6), st.data())
def test_capitals_and_white_space_make_no_difference(fragments: list[str], data: st.DataObject) -> None:
    spaces = data.draw(st.lists(st.sampled_from([" ", "  ", "\t", "\u00a0"]), min_size=6, max_size=6))
    spaced = "".join(f"{space}{fragment}" for space, fragment in zip(spaces, fragments, strict=False))

    plain, changed = read_when(" ".join(fragments), at()), read_when(spaced.upper(), at())

    if isinstance(plain, NotUnderstood):
        assert isinstance(changed, NotUnderstood)
    else:
        assert changed == plain


@unhurried
@given(st.text())
def test_reading_a_spreadsheet_cell_never_fails(text: str) -> None:
    assert read_time(text) is None or isinstance(read_time(text), time)
    assert read_date(text, "DMY") is None or isinstance(read_date(text, "DMY"), date)


def test_a_text_as_long_as_a_letter_is_not_searched_for_dates() -> None:
    letter = "fri " * 1000

    assert read_when(letter, at()) == NotUnderstood("", letter.strip())
