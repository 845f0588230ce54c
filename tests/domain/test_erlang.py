"""What becomes of contacts when so many heads answer: published figures, other ways to count, a queue played."""

from collections.abc import Callable
from decimal import Decimal, localcontext
from heapq import heapreplace
from math import sqrt
from random import Random
from statistics import mean, stdev

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.domain.erlang import (
    Outcome,
    Target,
    Unstable,
    erlang_a,
    erlang_b,
    erlang_c,
    fewest_a,
    fewest_c,
    whole,
)

CALLS = 200 / 3600 * 180  # 200 an hour of 180 seconds: 10 Erlang
YEAR = 365 * 86400.0

loads = st.floats(0.01, 60)
shares = st.floats(0.05, 0.99)
patiences = st.floats(5, 3600)


def settled(outcome: Outcome | Unstable) -> Outcome:
    assert isinstance(outcome, Outcome)
    return outcome


@pytest.mark.parametrize(
    ("heads", "waits", "level"),
    [
        (11, 0.6821182, 0.3896138),
        (12, 0.4493882, 0.640158),
        (13, 0.2852705, 0.7955948),
        (14, 0.1741319, 0.88835),
    ],
)
def test_ten_erlang_of_calls_wait_as_published(heads: int, waits: float, level: float) -> None:
    outcome = settled(erlang_c(CALLS, 180, heads, 20))
    assert outcome.waits == pytest.approx(waits, abs=5e-8)
    assert outcome.service_level == pytest.approx(level, abs=5e-8)
    assert outcome.abandons == 0


def test_fourteen_heads_answer_ten_erlang_after_eight_seconds() -> None:
    outcome = settled(erlang_c(CALLS, 180, 14, 20))
    assert outcome.asa == pytest.approx(7.83594, abs=5e-6)
    assert outcome.occupancy == pytest.approx(10 / 14)


def test_nine_heads_for_ten_erlang_see_the_queue_grow_by_twenty_an_hour() -> None:
    assert erlang_c(CALLS, 180, 9, 20) == Unstable(grows=20)


def test_as_many_heads_as_the_load_never_settle() -> None:
    assert erlang_c(10, 180, 10, 20) == Unstable(grows=0)


@pytest.mark.parametrize(
    ("calls", "handled", "heads", "level"), [(200, 180, 14, 0.888), (210, 190, 13, 0.604), (210, 190, 14, 0.768)]
)
def test_more_calls_longer_calls_and_one_head_less_each_cost_their_part(
    calls: int, handled: int, heads: int, level: float
) -> None:
    outcome = settled(erlang_c(calls * handled / 3600, handled, heads, 20))
    assert round(outcome.service_level, 3) == level


def test_nobody_waits_where_nobody_calls() -> None:
    for outcome in (erlang_c(0, 0, 0, 20), erlang_c(0, 180, 5, 20), erlang_a(0, 180, 60, 5, 20)):
        assert outcome == Outcome(waits=0, service_level=1, asa=0, occupancy=0)


@pytest.mark.parametrize(("load", "heads", "blocked"), [(4.461, 10, 0.01), (84.06, 100, 0.01), (10, 10, 0.2146)])
def test_what_finds_everybody_busy_is_in_the_tables_of_erlang_b(load: float, heads: int, blocked: float) -> None:
    assert erlang_b(load, heads) == pytest.approx(blocked, abs=1e-4)


@pytest.mark.parametrize(("load", "heads"), [(1950.5, 2000), (10, 2000), (5000, 2000), (0.001, 3), (40, 45)])
def test_erlang_b_is_sound_to_two_thousand_heads(load: float, heads: int) -> None:
    with localcontext() as context:
        context.prec = 60
        inverse = Decimal(1)
        for head in range(1, heads + 1):
            inverse = 1 + inverse * head / Decimal(load)
        exact = float(1 / inverse)
    assert erlang_b(load, heads) == pytest.approx(exact, rel=1e-12)


def test_two_minutes_of_patience_shorten_the_wait_as_published() -> None:
    # Garnett, Mandelbaum and Reiman (2002), table 1: 48 calls a minute of a minute each, 50 heads.
    without, patient = settled(erlang_c(48, 60, 50, 20)), erlang_a(48, 60, 120, 50, 20)
    assert without.asa == pytest.approx(20.8, abs=0.05)
    assert without.occupancy == pytest.approx(0.96)
    assert patient.abandons == pytest.approx(0.031, abs=5e-4)
    assert patient.abandons * 120 == pytest.approx(3.7, abs=0.05)
    assert patient.occupancy == pytest.approx(0.93, abs=5e-3)


@given(loads, st.integers(1, 80), st.floats(30, 900), patiences)
def test_with_patience_everything_is_answered_or_given_up(
    load: float, heads: int, aht: float, patience: float
) -> None:
    outcome = erlang_a(load, aht, patience, heads, 20)
    waits, abandons = _by_states(load, aht, patience, heads)
    assert outcome.waits == pytest.approx(waits, rel=1e-8, abs=1e-12)
    assert outcome.abandons == pytest.approx(abandons, rel=1e-6, abs=1e-12)
    assert 0 <= outcome.service_level <= 1 - outcome.abandons + 1e-12
    assert erlang_a(load, aht, patience, heads, 10 * patience + 100 * aht).service_level == pytest.approx(
        1 - abandons, abs=1e-6
    )
    assert erlang_a(load, aht, patience, heads, 0).service_level == pytest.approx(1 - waits, abs=1e-9)


def _by_states(load: float, aht: float, patience: float, heads: int) -> tuple[float, float]:
    """Who waits and who gives up, from how often there are 0, 1, 2, … contacts."""
    weights, leaving = [1.0], 0.0
    while len(weights) <= heads or weights[-1] > 1e-18 * max(weights):
        number = len(weights)
        leaving = min(number, heads) / aht + max(0, number - heads) / patience
        weights.append(weights[-1] * load / aht / leaving)
        if weights[-1] > 1e200:
            weights = [each / 1e200 for each in weights]
    everything = sum(weights)
    queue = sum((number - heads) * weight for number, weight in enumerate(weights) if number > heads) / everything
    return sum(weights[heads:]) / everything, queue / patience / (load / aht)


@pytest.mark.parametrize(("load", "heads"), [(10.0, 14), (40.0, 48), (1900.0, 2000)])
def test_who_waits_for_a_year_waits_as_if_for_ever(load: float, heads: int) -> None:
    endless, long = settled(erlang_c(load, 180, heads, 20)), erlang_a(load, 180, YEAR, heads, 20)
    assert long.waits == pytest.approx(endless.waits, rel=1e-4)
    assert long.service_level == pytest.approx(endless.service_level, abs=1e-4)
    assert long.asa == pytest.approx(endless.asa, rel=1e-4)
    assert long.abandons < 1e-6


def test_who_hangs_up_at_once_is_lost_as_on_a_line_without_a_queue() -> None:
    outcome = erlang_a(10, 180, 0.001, 12, 20)
    assert outcome.abandons == pytest.approx(erlang_b(10, 12), rel=1e-4)
    assert outcome.service_level == pytest.approx(1 - erlang_b(10, 12), rel=1e-4)


def test_far_too_few_heads_answer_what_they_can() -> None:
    outcome = erlang_a(30_000, 180, 3600, 2000, 20)
    assert outcome.waits == pytest.approx(1)
    assert outcome.occupancy == pytest.approx(1)
    assert outcome.abandons == pytest.approx(28 / 30)
    assert outcome.service_level == pytest.approx(0, abs=1e-9)


def test_without_a_head_everybody_gives_up_and_nobody_is_answered() -> None:
    assert erlang_a(10, 180, 60, 0, 20) == Outcome(1, 0, None, 0, abandons=1)


@pytest.mark.parametrize(
    ("load", "aht", "patience", "heads"),
    [(10, 180, 60, 10), (10, 180, 600, 9), (24, 300, 90, 26), (5, 240, 20, 8)],
)
def test_a_queue_played_through_is_as_erlang_a_says(load: float, aht: float, patience: float, heads: int) -> None:
    random = Random(1957)
    runs = [_played(random, load, aht, patience, heads, within=20) for _ in range(20)]
    says = erlang_a(load, aht, patience, heads, 20)
    figures: list[tuple[Callable[[Outcome], float], float]] = [
        (lambda outcome: outcome.waits, 0.04),
        (lambda outcome: outcome.service_level, 0.04),
        (lambda outcome: outcome.abandons, 0.02),
        (lambda outcome: outcome.occupancy, 0.02),
        (lambda outcome: outcome.asa or 0, 0.1 * (says.asa or 0)),
    ]
    for figure, sharp in figures:
        seen = [figure(run) for run in runs]
        # Student's t for 19 degrees of freedom: 99.9 %.
        either_side = 3.883 * stdev(seen) / sqrt(len(seen))
        assert either_side < sharp
        assert abs(mean(seen) - figure(says)) < either_side


def _played(random: Random, load: float, aht: float, patience: float, heads: int, within: float) -> Outcome:
    """What becomes of contacts that are answered in turn by whoever is free first, once the queue has settled."""
    free_at, now, begun, busy = [0.0] * heads, 0.0, 0.0, 0.0
    offered, waited, in_time, gave_up, waits = 0, 0, 0, 0, []
    for contact in range(20_000):
        now += random.expovariate(load / aht)
        wait, handled = max(0.0, free_at[0] - now), random.expovariate(1 / aht)
        stays = wait < random.expovariate(1 / patience)
        if stays:
            heapreplace(free_at, now + wait + handled)
        if contact < 2000:
            begun = now
            continue
        offered += 1
        waited += wait > 0
        gave_up += not stays
        if stays:
            waits.append(wait)
            in_time += wait <= within
            busy += handled
    return Outcome(
        waited / offered, in_time / offered, mean(waits), busy / (now - begun) / heads, abandons=gave_up / offered
    )


@pytest.mark.parametrize(
    ("load", "aht", "target", "heads"),
    [
        (CALLS, 180, Target(0.8, 20), 14),
        (250 * 330 / 3600, 330, Target(0.8, 30), 28),
        (40, 180, Target(0.8, 20, occupancy=1), 45),
        (40, 180, Target(0.8, 20), 48),
        (8.5, 180, Target(0.5, 20), 10),
    ],
)
def test_the_fewest_heads_reach_the_service_level_and_the_cap(
    load: float, aht: float, target: Target, heads: int
) -> None:
    assert fewest_c(load, aht, target) == heads


@settings(max_examples=300)
@given(loads, st.floats(30, 900), shares, st.floats(0, 120), st.floats(0.3, 1))
@example(load=10.0, aht=180.0, share=0.7955947, within=20.0, occupancy=1.0)
@example(load=10.0, aht=180.0, share=0.7955949, within=20.0, occupancy=1.0)
@example(load=10.0, aht=180.0, share=0.8, within=20.0, occupancy=0.01)
def test_one_head_less_would_miss_the_target(
    load: float, aht: float, share: float, within: float, occupancy: float
) -> None:
    def reach(heads: int, spare: float) -> bool:
        outcome = erlang_c(load, aht, heads, within)
        return (
            isinstance(outcome, Outcome)
            and outcome.service_level >= share + spare
            and outcome.occupancy <= occupancy - spare
        )

    heads = fewest_c(load, aht, Target(share, within, occupancy))
    assert reach(heads, spare=-1e-9)
    assert not reach(heads - 1, spare=1e-9)


@settings(max_examples=60)
@given(loads, st.floats(30, 900), patiences, shares, st.floats(0.3, 1))
def test_no_fewer_heads_reach_the_target_with_patience(
    load: float, aht: float, patience: float, share: float, occupancy: float
) -> None:
    target = Target(share, 20, occupancy)

    def reach(heads: int) -> bool:
        outcome = erlang_a(load, aht, patience, heads, 20)
        return outcome.service_level >= share and outcome.occupancy <= occupancy

    heads = fewest_a(load, aht, patience, target)
    assert [number for number in range(heads + 1) if reach(number)] == [heads]


def test_patience_spares_heads() -> None:
    target = Target(0.8, 20, occupancy=1)
    assert fewest_c(100, 300, target) == 108
    assert fewest_a(100, 300, 60, target) == 92


@pytest.mark.parametrize(
    ("share", "within", "occupancy"), [(1, 20, 0.85), (0, 20, 0.85), (0.8, -1, 0.85), (0.8, 20, 0), (0.8, 20, 1.1)]
)
def test_a_target_that_nobody_can_reach_is_refused(share: float, within: float, occupancy: float) -> None:
    with pytest.raises(ValueError, match="nobody can reach"):
        Target(share, within, occupancy)


@pytest.mark.parametrize(("heads", "number"), [(20.000000000000004, 20), (20, 20), (20.001, 21), (0, 0)])
def test_what_is_only_a_rounding_is_no_head(heads: float, number: int) -> None:
    assert whole(heads) == number
