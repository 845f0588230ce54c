"""The lines in which a workspace says what its customers may expect."""

from datetime import timedelta

import pytest

from bot.domain.cases import Priority, State
from bot.domain.coverage_settings import BadLine
from bot.domain.sla_policy import (
    USUAL_HOURS,
    USUAL_PAUSES,
    USUAL_SLA,
    Metric,
    read_business_hours,
    read_pauses,
    read_sla,
    targets_of,
)


def test_the_most_precise_line_that_speaks_of_a_clock_holds() -> None:
    lines = read_sla(
        "all: resolution 40h; urgent: first reply 1h, resolution 8h\n"
        "Gold: first reply 30m; gold urgent: resolution 1h 30m\nlow: resolution none"
    )
    minute = timedelta(minutes=1)
    assert targets_of(lines, None, Priority.NORMAL) == {Metric.RESOLUTION: 40 * 60 * minute}
    assert targets_of(lines, "gold", Priority.URGENT) == {
        Metric.FIRST_REPLY: 30 * minute,
        Metric.RESOLUTION: 90 * minute,
    }
    assert targets_of(lines, "GOLD", Priority.NORMAL)[Metric.FIRST_REPLY] == 30 * minute
    assert targets_of(lines, "silver", Priority.LOW) == {}


def test_without_a_word_there_is_a_policy_for_every_priority() -> None:
    lines = read_sla(USUAL_SLA)
    assert all(targets_of(lines, None, each).keys() == set(Metric) for each in Priority)
    assert read_pauses(USUAL_PAUSES) == dict.fromkeys(Metric, frozenset({State.PENDING}))
    assert len(read_business_hours(USUAL_HOURS)[0]) == 1


def test_pauses_are_said_by_state_and_clock() -> None:
    pauses = read_pauses("pending\non hold: resolution, next reply")
    assert pauses[Metric.RESOLUTION] == {State.PENDING, State.ON_HOLD}
    assert pauses[Metric.FIRST_REPLY] == {State.PENDING}
    assert read_pauses("none") == dict.fromkeys(Metric, frozenset())


def test_hours_may_name_a_zone_or_be_always() -> None:
    windows, zone = read_business_hours("mon-fri 09:00-12:00, 13:00-17:00; sat 10:00-14:00; in Asia/Kolkata")
    assert (len(windows), zone) == (3, "Asia/Kolkata")
    assert read_business_hours("always") == ((), None)


@pytest.mark.parametrize(
    "line",
    [
        "urgent",
        "urgent: soon",
        "urgent: first reply 0h",
        "urgent: first answer 1h",
        ": resolution 1h",
        "gold: resolution",
    ],
)
def test_a_line_that_makes_no_sense_is_refused(line: str) -> None:
    with pytest.raises(BadLine):
        read_sla(line)


@pytest.mark.parametrize("line", ["solved", "pending: answer", "waiting"])
def test_only_states_of_live_cases_pause_and_only_clocks(line: str) -> None:
    with pytest.raises(BadLine):
        read_pauses(line)


@pytest.mark.parametrize("line", ["", "in Europe/Berlin", "in Nowhere; mon 9-17", "always; mon 9-17", "sometimes"])
def test_hours_without_hours_are_refused(line: str) -> None:
    with pytest.raises(BadLine):
        read_business_hours(line)
