"""What becomes of a warning where something else of the case changes before or after anybody is told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.actions.absences import Report, report
from bot.actions.cases_assign import assign
from bot.actions.nudges_snooze import snooze_case
from bot.actions.sla_follow import follow
from bot.deps import new_id
from bot.domain.absences import Kind as Absent
from bot.domain.cases import By, Kind
from bot.domain.intervals import Interval
from tests.actions.desk import account
from tests.nudge_desk import TEAM, NudgeDesk

TOLD_BEFORE = " · <@U0ANA> was told and has not seen to it"


@pytest.fixture
def floor(sqlite_url: str, tmp_path: Path) -> Iterator[NudgeDesk]:
    floor = NudgeDesk(sqlite_url, tmp_path)
    floor.works("ana", "ben", "lea", "max")
    yield floor
    floor.deps.sessions.close()


def heads(said: list[str]) -> list[str]:
    """When each message came, to whom, and of which case first."""
    return [each.partition(",")[0] for each in said]


def test_who_is_given_a_case_between_the_rung_and_the_message_hears_of_it_instead(floor: NudgeDesk) -> None:
    floor.opens("Parcel never came")
    floor.at(10, 10)
    second = floor.opens("Wrong size")
    floor.at(12, 59)
    assert heads(floor.waits(16)) == ["13:00 U0ANA: *Case 1"]  # the other waits for half an hour
    assign(floor.deps, floor.caller("cora"), second, floor.desk.member("ben").id)
    assert floor.waits(1) == [
        "13:16 U0BEN: *Case 2, “Wrong size”* · First reply: 75 % of the time is used, due Mon, Nov 2, 14:10"
    ]


def test_what_one_has_put_off_does_not_come_back_to_who_has_the_case_now(floor: NudgeDesk) -> None:
    case_id = floor.opens("Parcel never came")
    floor.at(12)
    snooze_case(floor.deps, floor.caller("ana"), case_id, new_id(), floor.now + timedelta(minutes=30), "Waits")
    assign(floor.deps, floor.caller("cora"), case_id, floor.desk.member("ben").id)
    assert heads(floor.waits(61)) == ["13:00 U0BEN: *Case 1"]


def test_a_breach_is_handed_on_although_the_deadline_of_another_clock_moves(floor: NudgeDesk) -> None:
    case_id = floor.opens("Parcel never came")
    floor.at(14)
    assert heads(floor.turns()) == ["U0ANA: *Case 1"]
    floor.at(14, 5)
    floor.happens(case_id, Kind.DEADLINE, By.HELPDESK, metric="resolution", due_at="2026-11-05T12:00:00+00:00")
    assert "is late" in floor.told()[0]
    (said,) = floor.waits(30)
    assert said.startswith("14:30 U0LEA: ")
    assert said.endswith(TOLD_BEFORE)


def test_a_breach_is_handed_on_although_a_priority_of_the_same_time_was_given(floor: NudgeDesk) -> None:
    floor.prefers(sla="all low: first reply 4h\nall normal: first reply 4h")
    case_id = floor.opens("Parcel never came")
    floor.at(14)
    floor.turns()
    floor.happens(case_id, Kind.PRIORITY, priority="low")
    assert heads(floor.waits(30)) == ["14:30 U0LEA: *Case 1"]


def test_a_deadline_that_moves_before_the_end_of_a_snooze_is_warned_of_in_time(floor: NudgeDesk) -> None:
    floor.prefers(sla="normal: resolution 7h\nhigh: resolution 3h")
    case_id = floor.opens("Parcel never came")
    floor.at(10, 30)
    snooze_case(floor.deps, floor.caller("ana"), case_id, new_id(), floor.now + timedelta(hours=4), "Waits")
    floor.at(11)
    floor.happens(case_id, Kind.PRIORITY, priority="high")
    assert heads(floor.waits(76)) == ["12:15 U0ANA: *Case 1"]


def test_by_when_to_act_is_counted_from_when_the_customer_has_answered(floor: NudgeDesk) -> None:
    floor.prefers(sla="normal: resolution 8h\nhigh: resolution 1h")
    floor.at(9)
    case_id = floor.opens("Parcel never came")
    floor.at(11)
    floor.happens(case_id, Kind.STATE, state="pending")
    floor.at(12)
    floor.happens(case_id, Kind.PRIORITY, priority="high")
    assert floor.turns() == []
    floor.at(10, day=4)
    floor.happens(case_id, Kind.STATE, By.CUSTOMER, state="open")
    (said,) = floor.turns()
    assert "breached at Mon, Nov 2, 10:00 by re-prioritisation, act by Wed, Nov 4, 11:00" in said


def test_a_case_of_which_two_clocks_are_late_is_one_thing_that_needs_somebody(floor: NudgeDesk) -> None:
    floor.prefers(sla="all normal: first reply 2h, resolution 3h")
    case_id = floor.opens("Parcel never came")
    floor.opens("Wrong size")
    floor.at(15)
    (said,) = floor.turns()
    assert said.startswith("U0ANA: 2 things need you, all of them late. First: *Case 1,")
    floor.happens(case_id, Kind.WORKING)
    (_, shown) = floor.messages()[0]
    assert sum("Seen to" in str(block) for block in shown["blocks"]) == 1


def test_who_has_called_in_sick_is_not_at_work_whatever_the_plan_says(floor: NudgeDesk) -> None:
    floor.opens("Parcel never came")
    floor.at(12)
    day = Interval(datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 3, tzinfo=UTC))
    report(floor.deps, floor.caller("ana"), Report(floor.deps.new_id(), Absent.SICK, day, None))
    floor.at(13)
    assert heads(floor.turns()) == ["U0LEA: *Case 1"]


def test_what_was_told_of_a_deadline_that_another_policy_moves_is_overtaken(floor: NudgeDesk) -> None:
    floor.prefers(sla="normal: resolution 2h")
    floor.opens("Parcel never came")
    floor.at(12)
    floor.turns()
    floor.prefers(sla="normal: resolution 40h")
    follow(floor.deps, "T1")
    assert floor.told() == ["U0ANA: Nothing of this needs you any more."]
    assert floor.waits(60) == []


def test_without_a_channel_the_only_coordinator_reads_everything_in_one_message(floor: NudgeDesk) -> None:
    floor.prefers(ops_channel="")
    floor.works("cora")
    floor.opens("Parcel never came", owner="cora")
    floor.opens("Wrong size", owner="ben")
    floor.at(13)
    (said,) = floor.turns()
    assert said.startswith("U0CORA: 2 things need you.")
    assert heads(floor.waits(36)) == ["13:36 U0CORA: 2 things need you. First: *Case 1"]


def test_without_a_channel_no_coordinator_is_told_twice_within_half_an_hour(floor: NudgeDesk) -> None:
    floor.prefers(ops_channel="")
    floor.desk.people(f"{TEAM}dora@example.com,Dora,coordinator,,UTC\n", [account("dora", time_zone="UTC")])
    floor.works("cora")
    floor.opens("Parcel never came", owner="cora")
    floor.opens("Wrong size", owner="ben")
    floor.at(13)
    assert sorted(heads(floor.turns())) == ["U0CORA: *Case 1", "U0DORA: *Case 2"]
    floor.opens("No refund", owner="ben", opened_at=floor.now - timedelta(hours=3))
    assert floor.waits(20) == []
