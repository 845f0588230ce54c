"""Limits, the waiting list and the calendar are within Slack's limits, whatever people have called things."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.shifts import Somebody
from bot.domain.timeoff_calendar import CalendarDay, TimeOffCalendar, month_after
from bot.domain.timeoff_holidays import Extent, OwnHoliday
from bot.domain.timeoff_limits import Hit, Limit, LimitKind, Policy
from bot.domain.timeoff_limits_shown import LimitChoices, LimitShown, LimitsShown
from bot.domain.timeoff_waitlist import State
from bot.domain.timeoff_waitlist_shown import WaitShown
from bot.sandbox.blocks import check_message, check_view
from bot.views import timeoff_calendar, timeoff_limits_form, timeoff_limits_list, timeoff_waitlist
from bot.views.formats import Formats
from bot.views.timeoff_limits import hit_lines, limit_words
from tests.views.test_shifts import LOCALES, RTL, WORST

NOW = datetime(2026, 11, 2, 11, tzinfo=UTC)
TODAY, LAST = NOW.date(), date(2027, 10, 31)
PLAIN = Formats(ZoneInfo("Europe/Berlin"))
BILLING = {UUID(int=1): "Billing"}
MANY = {UUID(int=number): f"{WORST}{RTL}{number}" for number in range(120)}
PEOPLE = tuple(Somebody(key, name, None) for key, name in MANY.items())
NAME = (WORST * 3)[:60].replace("\n", " ")


def limit(kind: LimitKind, policy: Policy = Policy.BLOCK, teams: dict[UUID, str] = MANY, **what: Any) -> Limit:
    usual: dict[str, Any] = {"name": NAME, "skills": MANY, "people": frozenset(MANY), "first": TODAY, "last": LAST}
    return Limit(UUID(int=7), kind, policy, teams=teams, **usual | what)


def every_limit() -> list[LimitShown]:
    kinds = [
        limit(kind, policy, in_percent=share) for kind in LimitKind for policy in Policy for share in (True, False)
    ]
    return [LimitShown(each, PEOPLE, 120, 24) for each in kinds]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_list_and_its_forms_can_be_opened(locale: str) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    holidays = tuple(OwnHoliday(LAST, NAME, extent, "DE-NW") for extent in Extent)
    for limits in ([], every_limit() * 3):
        shown = LimitsShown(tuple(limits), holidays if limits else (), TODAY, "DE-BY")
        for page in (0, 1, 9):
            for said in ([], timeoff_limits_list.removed(NAME, f"holiday {holidays[0].line}")):
                view = timeoff_limits_list.limits_list(shown, formats, "/timeoff", page, said)
                assert check_view(view) is None, check_view(view)
    for known in ({}, BILLING, MANY):
        for each in (None, *every_limit()):
            choices = LimitChoices(UUID(int=3), known, known, each)
            for kind in LimitKind:
                view = timeoff_limits_form.limit_form(kind, choices)
                assert check_view(view) is None, check_view(view)
    for holiday in (None, *holidays):
        view = timeoff_limits_form.holiday_form(holiday)
        assert check_view(view) is None, check_view(view)


@pytest.mark.parametrize("locale", LOCALES)
def test_what_stands_in_the_way_and_the_waiting_list_can_be_posted(locale: str) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    days = tuple(date(2026, 12, day) for day in range(1, 31, 2))
    found = [Hit(each.limit, days, tuple(MANY), True, 24) for each in every_limit()]
    for hits in (found, found[:1]):
        message = timeoff_waitlist.blocked(hits, "x" * 1900, formats, TODAY)
        assert check_message(message) is None, check_message(message)
    for line in hit_lines(found, formats, TODAY, dict(zip(MANY, PEOPLE, strict=True))):
        assert len(line) < 3000
    for state in State:
        for whose in (None, PEOPLE[0]):
            shown = WaitShown(UUID(int=1), whose, days, state, TODAY, 3, NOW, NOW)
            for message in (
                timeoff_waitlist.place(shown, formats, "/timeoff"),
                timeoff_waitlist.joined(shown, formats),
                timeoff_waitlist.declined(shown, formats),
                timeoff_waitlist.not_any_more(state),
            ):
                assert check_message(message) is None, check_message(message)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("number", [0, 1, 120])
def test_a_full_month_can_be_posted(locale: str, number: int) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    days = tuple(
        CalendarDay(WORST, day % 2 == 0, (WORST,) * 9, False, day, PEOPLE[:number], PEOPLE[:number], True, True)
        for day in range(31)
    )
    teams: dict[UUID | None, str] = {None: "Everybody", **dict(list(MANY.items())[:number])}
    wait = WaitShown(UUID(int=1), None, (LAST,), State.OFFERED, TODAY)
    for months in (-1, 0, 14):
        first = month_after(TODAY.replace(day=1), months)
        shown = TimeOffCalendar(first, TODAY, None, WORST, teams, number > 0, days, (wait,) * 9)
        message = timeoff_calendar.calendar_message(shown, formats, "/timeoff")
        assert check_message(message) is None, check_message(message)
    message = timeoff_calendar.unknown_team(WORST * 9, tuple(MANY.values()), "/timeoff")
    assert check_message(message) is None, check_message(message)


def test_a_month_names_people_as_long_as_there_is_room_and_counts_them_otherwise() -> None:
    def month(people: tuple[Somebody, ...]) -> str:
        days = tuple(CalendarDay(left=day, away=people) for day in range(28))
        shown = TimeOffCalendar(date(2027, 2, 1), TODAY, None, None, {}, True, days)
        return str(timeoff_calendar.calendar_message(shown, PLAIN, "/timeoff")["blocks"])

    ten = month(tuple(Somebody(UUID(int=each), f"Ana {each}", None) for each in range(10)))
    assert "*Mon 1* · away: Ana 0, Ana 1, Ana 2, Ana 3, Ana 4, Ana 5, Ana 6, Ana 7, and 2 more · full" in ten
    assert "*Tue 2* · away: 120 · 1 place left" in month(PEOPLE)


def test_limits_are_said_in_words() -> None:
    def words(one: Limit, size: int = 11, most: int = 2) -> str:
        return limit_words(LimitShown(one, (Somebody(UUID(int=1), "Ana Ruiz", None),), size, most), PLAIN, TODAY)

    always: dict[str, Any] = {"skills": {}, "first": None, "last": None}
    cap = limit(LimitKind.CAP, teams=BILLING, most=2, **always)
    assert words(cap) == "At most 2 of Billing away at once"
    share = limit(LimitKind.CAP, teams=BILLING, most=20, in_percent=True, **always | {"first": TODAY})
    assert words(share) == "At most 20\N{NO-BREAK SPACE}% of Billing (2 of 11) away at once · from Mon, Nov 2 on"
    skilled = limit(
        LimitKind.CAP,
        teams={},
        most=1,
        skills={UUID(int=5): "German"},
        first=None,
        last=LAST,
        weekdays=frozenset({4, 5}),
    )
    assert words(skilled) == "At most 1 with German away at once · until Sun, Oct 31, 2027 · Fri, Sat"
    assert words(limit(LimitKind.CAP, teams={}, most=1, **always)) == "At most 1 person away at once"
    assert words(limit(LimitKind.APART, **always)) == "Never away together: Ana Ruiz"
    closed = limit(LimitKind.BLACKOUT, teams={}, name="Peak", skills={})
    assert words(closed) == "Peak: nobody takes time off · Mon, Nov 2 – Sun, Oct 31, 2027"


def test_hits_are_said_in_words_and_name_people_to_approvers_only() -> None:
    days = tuple(date(2026, 12, day) for day in (24, 25, 26, 29))
    people = {
        each.member_id: each for each in (Somebody(UUID(int=4), "Ben", "U0BEN"), Somebody(UUID(int=5), "Cy", None))
    }
    when = "Thu, Dec 24 – Sat, Dec 26; Tue, Dec 29"

    def words(
        kind: LimitKind, *others: UUID, policy: Policy = Policy.WARN, undecided: bool = False, **what: Any
    ) -> list[str]:
        hit = Hit(limit(kind, policy, teams=BILLING, skills={}, **what), days, others, undecided, 2)
        return [hit_lines([hit], PLAIN, TODAY, known)[0] for known in (None, people)]

    both = words(LimitKind.CAP, *people, policy=Policy.APPROVAL)
    away = "2 of Billing are away already"
    then = "and at most 2 may be. The next level has to approve it."
    assert both == [f"{when}: {away}, {then}", f"{when}: {away} (<@U0BEN>, Cy), {then}"]
    assert words(LimitKind.CAP, UUID(int=4), undecided=True)[0] == (
        f"{when}: 1 of Billing is away already or asked first, and at most 2 may be."
    )
    assert words(LimitKind.APART, UUID(int=4)) == [
        f"{when}: a colleague who is to be there when you are not is away.",
        f"{when}: <@U0BEN> is away, and not to be away together.",
    ]
    closed = f"{when}: Peak, when nobody of Billing takes time off."
    assert words(LimitKind.BLACKOUT, name="Peak", policy=Policy.BLOCK) == [
        f"{closed} It cannot be asked for.",
        closed,
    ]
