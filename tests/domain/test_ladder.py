"""What helps against a gap of today, in which order, and what each step does for it."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.coverage import Requirement, stretches
from bot.domain.coverage_supply import Boost, Doing, Hand, Post, Presence
from bot.domain.intervals import Interval
from bot.domain.ladder import Ladder, Relief, Rung, Short, Step
from bot.domain.ladder_moves import BREAK, places
from tests.domain.coverage_examples import NINE, hours, needs, posts, there

EARLY = NINE - timedelta(hours=1)
MAIL, CHAT = Post("mail"), Post("chat")


def hand(number: int, *shifts: Presence, able: str = "", **other: object) -> Hand:
    """Somebody on shift, with the skills for what they serve and more."""
    serves = frozenset[Post]().union(*(each.posts for each in shifts))
    return Hand(UUID(int=number), shifts, able=serves | posts(able), **other)  # type: ignore[arg-type]


def doing(start: float, end: float, kind: str = "training", number: int = 50) -> Doing:
    return Doing(UUID(int=number), hours(start, end), kind)


def ladder(hands: Sequence[Hand], *requirements: Requirement, start: float = 5, end: float = 6) -> Ladder:
    return Ladder(hands, requirements, Short(frozenset({MAIL}), hours(start, end)), EARLY)


def told(steps: Sequence[Step]) -> list[tuple[object, ...]]:
    return [(each.rung, each.who and each.who.int, each.interval, each.relief) for each in steps]


def test_each_step_says_what_it_does_for_the_gap_and_what_costs_least_comes_first() -> None:
    hands = [
        hand(1, there("mail"), doing=(doing(5, 6),)),
        hand(2, there("mail", heads=0.6)),
        hand(3, there("chat"), able="mail"),
        hand(4, there("chat")),
    ]
    steps = ladder(hands, needs("mail", 2, start=5, step=1), needs("chat", 1)).steps()
    assert told(steps) == [
        (Rung.MOVE, 1, hours(5, 6), Relief(1.4, 0.4, 1.0)),
        (Rung.SKILL, 3, hours(5, 6), Relief(1.4, 0.4, 1.0)),
        (Rung.WHOLE, 2, hours(5, 6), Relief(1.4, 1.0, 0.4)),
    ]
    assert steps[0].to == hours(6, 7)


def test_nobody_is_taken_from_where_they_are_missing_as_well() -> None:
    hands = [hand(1, there("mail")), hand(3, there("chat"), able="mail")]
    assert ladder(hands, needs("mail", 2), needs("chat", 1)).steps() == ()
    assert len(ladder(hands, needs("mail", 2), needs("chat", 0)).steps()) == 1


def test_training_goes_to_the_nearest_later_time_at_which_nobody_is_missing_or_is_put_off() -> None:
    hands = [hand(1, there("mail"), doing=(doing(5, 6),)), hand(2, there("mail"))]
    (step,) = ladder(hands, needs("mail", 2, step=6.5), needs("mail", 1, start=6.5, step=1.5)).steps()
    assert step.to == hours(6.5, 7.5)
    (step,) = ladder(hands, needs("mail", 2)).steps()
    assert step.to is None
    break_ = [hand(1, there("mail"), doing=(doing(5, 5.5, BREAK),)), hand(2, there("mail"))]
    assert ladder(break_, needs("mail", 2)).steps() == ()


def test_what_has_begun_is_not_moved() -> None:
    hands = [hand(1, there("mail"), doing=(doing(-1.5, 6),))]
    assert ladder(hands, needs("mail", 1)).steps() == ()


def test_a_break_stays_a_rest_within_the_shift() -> None:
    lunch = doing(4, 4.5, BREAK)
    somebody = hand(1, there("mail"), doing=(lunch, doing(2.5, 3.5, number=51)))
    found = places(somebody, lunch, hours(4, 5), EARLY)
    assert found[0] == hours(3.5, 4)
    assert all(each.end <= hours(0, 7).end and each.start >= hours(1, 2).start for each in found)
    # Not during the training, nor in the gap, nor so that anybody works for longer than six hours without one.
    assert all(not each.overlaps(hours(2.5, 3.5)) and not each.overlaps(hours(4, 5)) for each in found)
    assert min(found) == hours(1.5, 2)
    assert max(found) == hours(6, 6.5)


def test_whose_shift_meets_the_gap_could_work_longer() -> None:
    hands = [
        hand(1, there("mail", 0, 5)),
        hand(2, there("mail", 6, 8)),
        hand(3, there("mail", 0, 3)),
        hand(4, there("chat", 0, 5.5)),
        hand(5, there("mail", 0, 5), away=(hours(5, 8),)),
    ]
    steps = ladder(hands, needs("mail", 2))
    assert list(steps.extensions()) == [
        (UUID(int=1), hours(5, 6), "mail"),
        (UUID(int=2), hours(5, 6), "mail"),
    ]
    assert steps.extended(UUID(int=1), hours(5, 5.5), "mail") == Step(
        Rung.EXTEND, hours(5, 5.5), Relief(2, 1, 0.5), UUID(int=1), queue="mail"
    )
    assert steps.more(hours(5, 6), "mail", 2) == Step(
        Rung.OVERTIME, hours(5, 6), Relief(2, 0, 2.0), queue="mail", people=2
    )
    assert steps.more(hours(6, 7), "mail", 1) is not None
    assert ladder(hands, needs("mail", 0)).more(hours(5, 6), "mail", 1) is None


def test_what_was_changed_on_the_day_counts_until_it_is_over() -> None:
    boosts = (Boost(hours(1, 2), frozenset({MAIL})), Boost(hours(1.5, 3), whole=True))
    assert hand(1, there("chat", heads=0.5), boosts=boosts).present() == (
        Presence(hours(0, 1), posts("chat"), 0.5),
        Presence(hours(1, 1.5), posts("chat mail"), 0.5),
        Presence(hours(1.5, 2), posts("chat mail"), 1),
        Presence(hours(2, 3), posts("chat"), 1),
        Presence(hours(3, 8), posts("chat"), 0.5),
    )


QUARTERS = st.integers(0, 31).map(lambda each: each / 4)


@st.composite
def times(draw: st.DrawFn, shortest: float = 0.25) -> tuple[float, float]:
    start = draw(QUARTERS)
    return start, min(8, start + draw(st.sampled_from([shortest, 1, 4])))


@st.composite
def some_hands(draw: st.DrawFn) -> list[Hand]:
    found = []
    for number in range(draw(st.integers(1, 4))):
        start, end = draw(times(1))
        shift = there(
            draw(st.sampled_from(["mail", "chat", "mail chat"])), start, end, draw(st.sampled_from([0.5, 1]))
        )
        what = doing(*draw(times()), draw(st.sampled_from(["training", BREAK])), 50 + number)
        found.append(hand(number, shift, able=draw(st.sampled_from(["", "mail"])), doing=(what,)))
    return found


@given(some_hands(), st.integers(0, 3), st.integers(0, 3), times())
def test_no_step_does_harm_and_they_come_in_the_order_of_the_rungs(
    hands: list[Hand], mail: int, chat: int, time: tuple[float, float]
) -> None:
    requirements = [needs("mail", mail), needs("chat", chat)]
    short = Short(frozenset({MAIL}), hours(*time))
    steps = Ladder(hands, requirements, short, EARLY).steps()
    assert [each.rung for each in steps] == sorted((each.rung for each in steps), key=list(Rung).index)
    day = hours(0, 8)
    for step in steps:
        assert step.relief.before > step.relief.after >= 0
        assert step.relief.hours > 0
        done = [_done(each, step) if each.id == step.who else each for each in hands]
        # A put off training has no other time; all else makes nobody miss who was not missing.
        was, now = (_missing(those, requirements, day) for those in (hands, done))
        assert now < was


def _done(one: Hand, step: Step) -> Hand:
    rest = tuple(each for each in one.doing if each != step.doing)
    match step.rung:
        case Rung.MOVE:
            moved = (Doing(step.doing.id, step.to, step.doing.kind),) if step.to and step.doing else ()
            return Hand(one.id, one.shifts, doing=(*rest, *moved))
        case Rung.SKILL:
            boost = Boost(step.interval, frozenset({MAIL}))
        case _:
            boost = Boost(step.interval, whole=True)
    return Hand(one.id, one.shifts, doing=one.doing, boosts=(boost,), able=one.able, whole=one.whole)


def _missing(hands: list[Hand], requirements: Sequence[Requirement], within: Interval) -> float:
    found = stretches([each for one in hands for each in one.present()], requirements)
    hour = timedelta(hours=1)
    return round(
        sum(each.short * (part.length / hour) for each in found if (part := each.interval.intersection(within))), 3
    )
