"""A gap in every state fits into what Slack takes, whatever is in it; so does the post at stand-up."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.coverage_gaps import Gap, Part
from bot.domain.coverage_gaps_shown import Filling, GapCard, GapRef, Risk, Way
from bot.domain.coverage_levels import Level
from bot.domain.coverage_shown import GapShown
from bot.domain.coverage_supply import Post
from bot.domain.coverage_watch import Said, State
from bot.domain.covers import State as CoverState
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody
from bot.domain.standup_shown import FloorOfDay, GapsAhead, OpenToday, QueueToday, TeamAway, Undecided
from bot.sandbox.blocks import check_message, check_view
from bot.views import coverage_gaps as views
from bot.views import standup
from bot.views.coverage_buttons import read_ref, write_ref
from bot.views.formats import Formats
from tests.views.test_covers import cover, part

FORMATS = Formats(ZoneInfo("Europe/Berlin"))
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
WORST = "&<>" * 27
POSTS = tuple(Post(f"{WORST[:74]}{number}", "german") for number in range(12))
NORA = Somebody(UUID(int=1), WORST, None)


def at(hour: int, length: int = 2) -> Interval:
    start = NOW + timedelta(hours=hour)
    return Interval(start, start + timedelta(hours=length))


def short(*parts: tuple[int, float, float], posts: tuple[Post, ...] = (Post("billing"),)) -> Gap:
    return Gap(tuple(Part(at(hour, 1), frozenset(posts), need, there) for hour, need, there in parts))


BILLING = GapCard(UUID(int=7), State.OPEN, short((5, 5, 4), (6, 5, 3)), {"billing": Level(0.61)}, {"billing": 80})


def card(state: State) -> GapCard:
    """One with the longest of everything."""
    gap = short((5, 9, 4), (6, 9, 3.2), posts=POSTS)
    levels = {post.queue: Level(None, 12) for post in POSTS}
    risk = Risk(NORA, WORST * 6, NOW) if state is State.ACCEPTED else None
    return GapCard(UUID(int=7), state, gap, levels, dict.fromkeys(levels, 80), (), risk)


@pytest.mark.parametrize("state", list(State))
def test_a_card_fits_in_every_state(state: State) -> None:
    message = views.gap_card(card(state), FORMATS)
    assert check_message(message) is None
    for said in Said:
        assert check_message(views.gap_news(card(state), said, FORMATS)) is None


def test_what_became_void_before_anybody_took_it_is_not_told_of() -> None:
    void = cover(CoverState.SUPERSEDED, number=1, owner=None)
    taken = replace(void, number=2, parts=(part(),))
    left = cover(number=3, owner=None)
    said = str(views.gap_card(replace(BILLING, covers=(void, taken, left)), FORMATS)["blocks"])
    assert "pen shift 1" not in said
    assert "pen shift 2" in said
    assert "pen shift 3" in said


def test_a_gap_says_how_many_are_missing_when_it_is_worst_and_what_that_does() -> None:
    assert views.gap_card(BILLING, FORMATS)["text"] == (
        "People are missing: Tue, Nov 24, 14:00–16:00 · billing: 2 short (worst 15:00: 3 of 5 there) · "
        "service level about 61\N{NO-BREAK SPACE}%, 80\N{NO-BREAK SPACE}% wanted"
    )


def test_forty_gaps_that_were_found_at_once_fit_into_one_message() -> None:
    message = views.many_gaps([card(State.OPEN)] * 40, "/coverage", FORMATS)
    assert check_message(message) is None
    assert message["text"] == "40 gaps were found in the days ahead, 40 are left."


def test_a_button_finds_its_gap_again_whether_people_were_told_of_it_or_not() -> None:
    gap = BILLING.gap
    assert read_ref(write_ref(gap, BILLING.id)) == BILLING.id
    assert read_ref(write_ref(gap)) == GapRef(at(6, 1), Post("billing"))
    assert read_ref(write_ref(short((5, 9, 4), posts=POSTS))) == GapRef(at(5, 1), POSTS[0])


def test_the_form_offers_only_times_that_are_ahead() -> None:
    form = views.accept_form(str(BILLING.id), UUID(int=3), BILLING.gap, NOW, FORMATS)
    assert check_view(form) is None
    menu = next(block["element"] for block in form["blocks"] if block.get("block_id") == views.UNTIL)
    assert [each["text"]["text"] for each in menu["options"]] == [
        "Only if it gets worse",
        "Tue, Nov 24, 10:00",
        "Tue, Nov 24, 13:00",
    ]
    assert check_view(views.accept_form(str(BILLING.id), UUID(int=3), card(State.OPEN).gap, NOW, FORMATS)) is None


@pytest.mark.parametrize(
    ("done", "way", "said"),
    [
        (Filling(2, 2, 5), Way.COVER, "5 people are asked now: 2 open shifts."),
        (Filling(1, 1, 1), Way.OVERTIME, "One person is asked now whether they can work longer: one open shift."),
        (Filling(1, 1, 0), Way.COVER, "Offered as one open shift, but nobody can be asked now."),
        (Filling(1, 0, 0), Way.COVER, "All that is missing is offered already: one open shift."),
    ],
)
def test_what_came_of_an_offer_is_said(done: Filling, way: Way, said: str) -> None:
    assert views.filling(done, way)["text"].startswith(said)


def test_a_stand_up_with_the_longest_of_everything_fits() -> None:
    gaps = GapsAhead((GapShown(card(State.OPEN).gap, card(State.OPEN).levels),) * 40)
    floor = FloorOfDay(
        tuple(QueueToday(post.queue, 150, at(0, 8)) for post in POSTS * 3), ((NORA, at(0, 8)),) * 20, 7
    )
    away = (TeamAway(WORST, (WORST,) * 30),) * 20
    others = [
        standup.gap_lines(gaps, FORMATS),
        standup.away_lines(away, FORMATS),
        standup.open_lines(OpenToday(3, 1, at(5)), FORMATS),
        standup.undecided_lines(Undecided(2, 1, 3, 1), FORMATS),
    ]
    message = standup.standup(NOW.date(), standup.floor_lines(floor, FORMATS), others, FORMATS)
    assert check_message(message) is None, check_message(message)
    assert others[2:] == [
        ["*Still to be taken*: 1 open shift and 3 covers, the first Tue, Nov 24, 14:00–16:00"],
        ["*Waiting for approval*: 2 swaps, 1 cover, 3 requests for time off, 1 exception"],
    ]
