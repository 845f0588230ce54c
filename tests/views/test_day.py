"""What is shown of the day itself fits into what Slack takes, whatever is in it; buttons say what they mean."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.coverage_gaps import Gap, Part
from bot.domain.coverage_levels import Level
from bot.domain.coverage_patterns import Recurring, Spare
from bot.domain.coverage_patterns_life import State as PatternState
from bot.domain.coverage_patterns_shown import PatternShown
from bot.domain.coverage_shown import GapShown
from bot.domain.coverage_supply import Doing, Post
from bot.domain.coverage_surplus import Answer, AskShown, OfferShown, State, key_of
from bot.domain.coverage_today_shown import Unexpected
from bot.domain.forecast_today import Deviation
from bot.domain.intervals import Interval
from bot.domain.ladder import Relief, Rung, Step
from bot.domain.ladder_shown import Against, LadderShown, Made, Offering
from bot.domain.shifts import Somebody
from bot.sandbox.blocks import check_message
from bot.views import coverage_patterns, coverage_surplus, coverage_today, ladder
from bot.views.formats import Formats
from bot.views.ladder_button import ladder_button, read_against

FORMATS = Formats(ZoneInfo("Europe/Berlin"))
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
WORST = "&<>" * 27
WIDE = "\N{GRINNING FACE}" * 80
POSTS = frozenset(Post(f"{WORST[:74]}{number}", "german") for number in range(30))
NORA = Somebody(UUID(int=1), WORST, None)
NONCE = UUID(int=9)


def at(hour: int, length: int = 2) -> Interval:
    return Interval(NOW + timedelta(hours=hour), NOW + timedelta(hours=hour + length))


GAP = GapShown(Gap((Part(at(2), POSTS, 9, 4),)), {each.queue: Level(None, 12) for each in POSTS})
AGAINST = Against(at(2), WIDE)


def step(rung: Rung, *, to: Interval | None = None) -> Step:
    doing = Doing(UUID(int=5), at(2, 1), "training") if rung is Rung.MOVE else None
    return Step(rung, at(2), Relief(2.5, 1, 1.5), UUID(int=1), doing, to, WIDE, 3)


@pytest.mark.parametrize("hurried", [True, False])
def test_a_long_ladder_fits_and_its_buttons_carry_their_steps(*, hurried: bool) -> None:
    offerings = tuple(
        Offering(step(rung, to=to), NORA, 4) for rung in Rung for to in (None, at(5, 1)) for _ in range(4)
    )
    made = tuple(
        Made(UUID(int=number), rung, NORA, at(2), NORA, None, WORST, "training", None)
        for number, rung in enumerate(tuple(Rung)[:3] * 5)
    )
    shown = LadderShown(AGAINST, NOW, GAP, offerings, made, tuple(range(20)), (GAP,) * 9, hurried)
    message = ladder.ladder(shown, FORMATS, NONCE)
    assert check_message(message) is None
    assert check_message(ladder.ladder(LadderShown(AGAINST, NOW, None, made=made), FORMATS, NONCE)) is None
    for each in offerings:
        against, read, nonce = ladder.read_step(ladder.write_step(AGAINST, each.step, NONCE))
        assert (against, nonce) == (AGAINST, NONCE)
        assert (read.rung, read.who, read.interval, read.doing, read.to, read.queue, read.people) == (
            *(each.step.rung, each.step.who, each.step.interval, each.step.doing, each.step.to),
            *(each.step.queue, each.step.people),
        )
    for done in made:
        assert check_message(ladder.told(done, FORMATS)) is None
        assert check_message(ladder.undone(done, FORMATS)) is None


def test_where_nothing_helps_that_is_said() -> None:
    message = ladder.ladder(LadderShown(AGAINST, NOW, GAP), FORMATS, NONCE)
    assert "Nothing that is at hand helps" in str(message["blocks"])


def test_a_button_asks_for_its_gap_and_its_queue_or_any() -> None:
    for queue in (WIDE, None):
        assert read_against(ladder_button(at(2), queue)["value"]) == Against(at(2), queue)


@pytest.mark.parametrize("rest", [at(4), None])
@pytest.mark.parametrize("needed", [(4.0, 9.0), (4.0, 4.0), None])
def test_what_was_not_expected_fits(rest: Interval | None, needed: tuple[float, float] | None) -> None:
    found = Deviation(NOW, NOW + timedelta(hours=2), 90, 60.4)
    shown = Unexpected(WORST, found, rest, needed, (GAP,) * 9)
    assert check_message(coverage_today.unexpected(shown, FORMATS, "/coverage", NOW)) is None


def test_contacts_where_none_were_expected_are_told_without_a_share() -> None:
    shown = Unexpected("mail", Deviation(NOW, NOW + timedelta(hours=2), 9, 0), None, None, ())
    text = coverage_today.unexpected(shown, FORMATS, "/coverage", NOW)["text"]
    assert text == "mail gets contacts where none were expected since Tue, Nov 24, 09:00: 9"


@pytest.mark.parametrize("state", list(PatternState))
def test_a_proposal_fits_in_every_state(state: PatternState) -> None:
    evidence = tuple((date(2026, 11, day), 2.5) for day in (2, 9, 16, 23))
    found = Recurring(POSTS, 0, time(14), time(0), evidence)
    shown = PatternShown(UUID(int=2), found, state, ZoneInfo("Europe/Berlin"), date(2027, 1, 4), NORA)
    assert check_message(coverage_patterns.pattern_card(shown, FORMATS)) is None


def test_many_times_with_too_many_people_fit_and_each_button_offers_its_own() -> None:
    found = [Spare(at(hour), POSTS, 2.0) for hour in range(20)]
    message = coverage_surplus.surplus(found, FORMATS, NOW, NONCE)
    assert check_message(message) is None
    pressed = [block["accessory"] for block in message["blocks"] if "accessory" in block]
    assert coverage_surplus.read_offer(pressed[3]["value"]) == (key_of(POSTS), at(3), NONCE)
    assert check_message(coverage_surplus.surplus((), FORMATS, NOW, NONCE)) is None


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("answer", [None, *Answer])
def test_an_offer_of_time_off_fits_for_everybody_in_every_state(state: State, answer: Answer | None) -> None:
    asked = tuple(AskShown(NORA, at(2), answer) for _ in range(150))
    queues = tuple(each.queue for each in POSTS)
    shown = OfferShown(UUID(int=3), state, at(2), queues, 99, NORA, asked)
    assert check_message(coverage_surplus.offer_card(shown, FORMATS)) is None
    message = coverage_surplus.ask_card(shown, NORA.member_id, FORMATS)
    assert message
    assert check_message(message) is None
    assert coverage_surplus.ask_card(shown, UUID(int=77), FORMATS) is None
