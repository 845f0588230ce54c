"""Requests for time off are within Slack's limits in every state, and say what they are to who may read it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.coverage_effect import Effect, EffectShown, Summary
from bot.domain.coverage_supply import Post
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody
from bot.domain.timeoff import Day, State
from bot.domain.timeoff_asked import AskedAlready, Balance, Echo, TooLittle, Wish
from bot.domain.timeoff_kinds import CountedIn
from bot.domain.timeoff_limits import Hit, Limit, LimitKind, Policy
from bot.domain.timeoff_seen import Audience, AwayToo, News, RequestList, RequestShown, Review, Said, Seat, Worse
from bot.domain.when_meaning import DayPart, When
from bot.sandbox.blocks import check_message, check_view
from bot.views import timeoff_answers as answers
from bot.views import timeoff_ask as asks
from bot.views import timeoff_form as forms
from bot.views import timeoff_requests as cards
from bot.views.formats import Formats
from bot.views.timeoff_days import day_lines
from tests.views.test_shifts import LOCALES, RTL, WORST

NOW = datetime(2026, 11, 2, 11, tzinfo=UTC)
TODAY = NOW.date()
ANA = Somebody(UUID(int=1), WORST, "U0ANA")
NOBODY = Somebody(UUID(int=2), RTL * 40, None)
FORMATS = Formats(ZoneInfo("UTC"))
LONG = WORST * 40
SEATS = [Seat(audience, reads_kind) for audience, reads_kind in product(Audience, (True, False))]


def days(number: int) -> tuple[Day, ...]:
    found = []
    for each in range(number):
        start = datetime(2026, 11, 6, tzinfo=UTC) + timedelta(days=each)
        halves = (
            Interval(start, start + timedelta(hours=4)),
            Interval(start + timedelta(hours=5), start + timedelta(hours=8)),
        )
        found.append(Day(start.date(), 240 + each % 7, halves, 30 if each % 3 else 0))
    return tuple(found)


def review(number: int, *, short: bool = False) -> Review:
    balance = Balance(WORST, TODAY, 4811, -389, 450)
    hit = Hit(Limit(UUID(int=7), LimitKind.BLACKOUT, Policy.APPROVAL, name=WORST), (TODAY,))
    span = Interval(NOW, NOW + timedelta(hours=8))
    effect = Effect(span, Post(WORST), 1, 0, 3)
    return Review(
        (balance, replace(balance, on=date(2027, 1, 8))),
        TooLittle(balance, 389, date(2027, 3, 1)) if short else None,
        tuple(AwayToo(ANA if each % 2 else NOBODY, TODAY, TODAY, bool(each % 2)) for each in range(number)),
        (hit,) * number,
        {ANA.member_id: ANA},
        EffectShown((Summary(span, effect, effect),) * number, (TODAY,)),
    )


def request(state: State, number: int, whose: Somebody = ANA, *, reviewed: Review | None = None) -> RequestShown:
    wanted = days(number)
    return RequestShown(
        UUID(int=3),
        12,
        state,
        whose,
        WORST,
        private=True,
        wanted=wanted,
        days=wanted[: (number + 1) // 2],
        today=TODAY,
        at=NOW,
        day_minutes=450,
        asked_at=NOW,
        expires_at=NOW + timedelta(days=4),
        note=LONG,
        reason=LONG,
        talk=tuple(Said(NOBODY if each % 2 else ANA, LONG) for each in range(9)),
        entered_by=NOBODY,
        decided_by=NOBODY,
        ended_by=NOBODY,
        replaces=11,
        changed_by=13,
        review=reviewed,
    )


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", State)
def test_every_card_can_be_posted_whoever_looks_at_it(state: State, locale: str) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    for number, whose, seat in product((1, 2, 400), (ANA, NOBODY), SEATS):
        for reviewed in (None, review(number % 50), review(1, short=True)):
            shown = request(state, number, whose, reviewed=reviewed)
            message = cards.request_card(shown, seat, formats)
            assert check_message(message) is None, check_message(message)
        listed = cards.request_list(RequestList(whose, (shown,) * 30), seat, formats, "/timeoff")
        assert check_message(listed) is None, check_message(listed)
        for news in News:
            told = cards.request_news(shown, news, seat.audience, formats)
            assert check_message(told) is None, check_message(told)
    assert check_view(forms.part_form(request(state, 400), formats)) is None


def test_who_may_not_read_the_kind_does_not_read_it_anywhere() -> None:
    reviewed = replace(review(1), hits=(), effect=EffectShown(()))
    shown = replace(
        request(State.NEEDS_APPROVAL, 2, reviewed=reviewed), kind="rehab", whose=replace(ANA, name="Ana")
    )
    shown = replace(shown, review=replace(reviewed, balances=(Balance("rehab", TODAY, 1, 0, 480),)))
    seen = {seat: str(cards.request_card(shown, seat, FORMATS)) for seat in SEATS}
    assert all(("rehab" in text) is seat.reads_kind for seat, text in seen.items())
    for news in News:
        assert "rehab" not in str(cards.request_news(shown, news, Audience.APPROVERS, FORMATS))


def test_what_the_balance_does_not_allow_has_no_button_that_approves_all_of_it() -> None:
    seat = Seat(Audience.APPROVERS)

    def labels(reviewed: Review) -> list[str]:
        shown = request(State.NEEDS_APPROVAL, 2, reviewed=reviewed)
        return [each["text"]["text"] for each in cards.offered(shown, seat)]

    assert labels(review(1)) == ["Approve anyway", "Approve part…", "Decline…", "Ask…"]
    assert labels(review(0)) == ["Approve", "Approve part…", "Decline…", "Ask…"]
    assert labels(review(0, short=True)) == ["Approve part…", "Decline…", "Ask…"]


@pytest.mark.parametrize(
    ("there", "least", "label"),
    [(3.8, 0.5, "Approve"), (3.5, 0.5, "Approve anyway"), (3.8, 0.1, "Approve anyway"), (3, 1.5, "Approve")],
)
def test_what_leaves_fewer_missing_than_are_a_gap_is_approved_without_more_ado(
    there: float, least: float, label: str
) -> None:
    span = Interval(NOW, NOW + timedelta(hours=8))
    effect = Effect(span, Post("mail"), 4.8, there, 4)
    reviewed = replace(
        review(0), effect=EffectShown((Summary(span, effect, effect),)), least_heads=least, hits=(), too=()
    )
    shown = request(State.NEEDS_APPROVAL, 2, reviewed=reviewed)
    assert cards.offered(shown, Seat(Audience.APPROVERS))[0]["text"]["text"] == label
    assert list(reviewed.digest["missing"].values()) == ([round(4 - there, 3)] if "anyway" in label else [])


def whole(day: date, minutes: int = 480, given_back: int = 0) -> Day:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Day(day, minutes, (Interval(start, start + timedelta(days=1)),) if minutes else (), given_back)


def morning(day: date) -> Day:
    start = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
    return Day(day, 240, (Interval(start, start + timedelta(hours=4)),))


def test_days_of_a_week_that_follow_each_other_and_take_the_same_are_one_line() -> None:
    def said(*days: Day) -> list[str]:
        return [line.replace("\N{NO-BREAK SPACE}", " ") for line in day_lines(days, FORMATS, 480)]

    december = [date(2026, 12, each) for each in range(1, 32)]
    weekdays = [whole(each, 480 if each.weekday() < 5 else 0) for each in december[13:23]]
    assert said(*weekdays) == ["• Mon, Dec 14 – Fri, Dec 18: 8 h a day", "• Mon, Dec 21 – Wed, Dec 23: 8 h a day"]
    every = [whole(each) for each in december[18:21]]
    assert said(*every) == ["• Sat, Dec 19 – Sun, Dec 20: 8 h a day", "• Mon, Dec 21: 8 h"], "a new week"
    monday, tuesday, wednesday, thursday = december[13:17]
    assert said(whole(monday), whole(tuesday, 0), whole(wednesday)) == [
        "• Mon, Dec 14: 8 h",
        "• Wed, Dec 16: 8 h",
    ], "a public holiday"
    assert said(whole(monday), whole(wednesday)) == ["• Mon, Dec 14: 8 h", "• Wed, Dec 16: 8 h"]
    assert said(whole(monday), whole(tuesday, 420), whole(wednesday, 480, 60), whole(thursday)) == [
        "• Mon, Dec 14: 8 h",
        "• Tue, Dec 15: 7 h",
        "• Wed, Dec 16: 8 h, 1 h of them given back",
        "• Thu, Dec 17: 8 h",
    ]
    assert said(*map(morning, (monday, tuesday)), whole(wednesday, 240)) == [
        "• Mon, Dec 14 – Tue, Dec 15: 4 h a day, 09:00–13:00",
        "• Wed, Dec 16: 4 h",
    ]


@pytest.mark.parametrize(("number", "more"), [(14, None), (15, "• and 1 more day"), (20, "• and 6 more days")])
def test_of_a_list_of_days_that_is_too_long_the_rest_is_counted(number: int, more: str | None) -> None:
    lines = list(day_lines([whole(TODAY + timedelta(days=2 * each)) for each in range(number)], FORMATS, 480))
    assert lines[14:] == ([more] if more else [])


@pytest.mark.parametrize(("number", "offered"), [(1, False), (2, True), (100, True), (101, False)])
def test_part_of_it_is_approved_only_where_the_form_can_offer_every_day(number: int, *, offered: bool) -> None:
    shown = request(State.NEEDS_APPROVAL, number, reviewed=review(0))
    labels = [each["text"]["text"] for each in cards.offered(shown, Seat(Audience.APPROVERS))]
    assert ("Approve part…" in labels) is offered


def test_what_a_limit_leaves_to_a_manager_has_no_buttons_for_others_who_decide() -> None:
    shown = replace(request(State.NEEDS_APPROVAL, 2, reviewed=review(1)), needs_manager=True)
    assert cards.offered(shown, Seat(Audience.APPROVERS)) == []
    assert cards.offered(shown, Seat(Audience.NEXT_LEVEL))
    for seat in SEATS:
        assert "A manager decides this" in str(cards.request_card(shown, seat, FORMATS))


def test_of_a_balance_that_does_not_suffice_the_ledger_is_not_named_to_who_may_not_read_it() -> None:
    short = replace(review(0), short=TooLittle(Balance("rehab", TODAY, 1, -2, 480), 2, None), balances=())
    shown = replace(request(State.NEEDS_APPROVAL, 2, reviewed=short), kind="rehab", whose=replace(ANA, name="Ana"))
    assert "rehab" not in str(cards.request_card(shown, Seat(Audience.APPROVERS, reads_kind=False), FORMATS))


@pytest.mark.parametrize("number", [1, 3, 1000])
def test_what_is_said_back_can_be_posted_and_shown(number: int) -> None:
    span = Interval(NOW, NOW + timedelta(hours=8))
    when = When(TODAY, TODAY + timedelta(days=number - 1), part=DayPart.AFTERNOON)
    wish = Wish(WORST, when, None, UUID(int=5))
    hit = Hit(Limit(UUID(int=7), LimitKind.BLACKOUT, Policy.WARN, name=WORST), (TODAY,))
    holidays = tuple(each.day for each in days(number))
    kept = asks.Kept(UUID(int=6), wish, "U0BEN", "n" * forms.LONGEST_NOTE)
    assert asks.read_kept(asks.keep(kept)) == kept
    for whose, asking, needs in product((None, NOBODY), (None, span), (True, False)):
        echo = Echo(
            wish,
            WORST,
            whose,
            TODAY,
            days(number),
            450,
            needs,
            (Balance(WORST, TODAY, 4811, -389, 450),),
            holidays,
            asking,
            (hit,) * 5,
            11,
        )
        view = asks.echo_view(echo, kept, FORMATS)
        assert check_view(view) is None, check_view(view)
        message = asks.echo_message(echo, replace(kept, note=""), FORMATS)
        assert check_message(message) is None, check_message(message)
    for each in (
        asks.which_half(replace(kept, note=""), FORMATS, TODAY),
        asks.which_days(replace(kept, note=""), [when] * 9, FORMATS, TODAY),
        asks.sent(12, State.NEEDS_APPROVAL, NOBODY),
        answers.cancelled(request(State.CANCELLED, 1), 3, own=False),
        answers.may_not_ask("U0BEN", "/timeoff"),
        answers.not_yours("/timeoff"),
        answers.unknown_request("/timeoff", 999_999_999),
    ):
        assert check_message(each) is None, check_message(each)


def test_the_form_begins_with_what_was_said_and_gives_it_back() -> None:
    kinds = [("paid leave", "paid leave"), *((f"kind {each}", WORST) for each in range(120))]
    for when in (
        When(TODAY, TODAY),
        When(TODAY, TODAY + timedelta(days=3), part=DayPart.MORNING),
        When(TODAY, TODAY, start=NOW.time(), end=(NOW + timedelta(hours=2)).time()),
        When(TODAY, TODAY, part=DayPart.EVENING),
    ):
        kept = asks.Kept(UUID(int=6), Wish("paid leave", when, None, UUID(int=5)), "U0BEN", "note")
        view = forms.timeoff_form(forms.TimeoffForm(kept, kinds, 11), FORMATS)
        assert check_view(view) is None, check_view(view)


def test_every_refusal_says_what_to_do_next() -> None:
    short = TooLittle(Balance("paid leave", date(2026, 12, 24), 240, -240, 480), 240, date(2027, 1, 1))
    assert asks.too_little(short, FORMATS).replace("\N{NO-BREAK SPACE}", " ") == (
        "There is too little paid leave: 4 h on Thu, Dec 24, so 4 h are missing. "
        "It would fit from Fri, Jan 1, 2027 on. Nothing was sent."
    )
    known = AskedAlready(12, State.APPROVED, TODAY, TODAY)
    assert asks.asked_already(known, FORMATS).startswith("Time off 12 (Mon, Nov 2) is approved")
    assert asks.wrong_pieces("parental leave", CountedIn.DAYS) == (
        "Parental leave is taken in whole days. Nothing was sent."
    )
    worse = answers.got_worse(request(State.NEEDS_APPROVAL, 1), Worse)
    assert worse.splitlines()[-1] == "Look again, then decide."
