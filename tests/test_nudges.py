"""Cases that are about to be late: who is told what, and when."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.actions.home import open_home
from bot.actions.nudges import end, nudge
from bot.actions.nudges_snooze import snooze_case, to_snooze
from bot.deps import new_id
from bot.domain.cases import By, Kind, Priority
from bot.domain.nudges import Ended, PastTheBreach
from bot.domain.nudges import Kind as Subject
from bot.domain.stuck import Why
from bot.views.formats import Formats
from bot.views.home_nudges import the_late
from storage.outbox import Priority as Outgoing
from storage.tables import Member
from tests.nudge_desk import NudgeDesk

PARCEL = "*Case 1, “Parcel never came”*"


@pytest.fixture
def floor(sqlite_url: str, tmp_path: Path) -> Iterator[NudgeDesk]:
    floor = NudgeDesk(sqlite_url, tmp_path)
    yield floor
    floor.deps.sessions.close()


def labels(shown: Any) -> list[str]:
    """The buttons of a message."""
    rows = [each["elements"] for each in shown["blocks"] if each["type"] == "actions"]
    return [each["text"]["text"] for row in rows for each in row]


def lines(shown: Any) -> list[str]:
    """The paragraphs of a message, line by line."""
    texts = [each["text"]["text"] for each in shown["blocks"] if each["type"] == "section"]
    return [line for text in texts for line in text.splitlines()]


def test_half_of_the_time_tells_nobody_and_the_owner_on_shift_hears_at_75_and_90_and_when_it_is_late(
    floor: NudgeDesk,
) -> None:
    floor.opens("Parcel never came")
    floor.at(11, 50)
    assert floor.waits(69) == []
    assert floor.waits(1) == [
        f"13:00 U0ANA: {PARCEL} · First reply: 75 % of the time is used, due Mon, Nov 2, 14:00"
    ]
    assert floor.waits(36) == [
        f"13:36 U0ANA: {PARCEL} · First reply: 90 % of the time is used, due Mon, Nov 2, 14:00"
    ]
    # Half an hour after the last message, in which nobody was told of anything else.
    late = f"14:06 U0ANA: {PARCEL} · First reply is late: it was due Mon, Nov 2, 14:00"
    assert floor.waits(31) == [late]
    assert floor.waits(20) == []
    assert labels(floor.messages()[0][1]) == ["Working", "Waiting on…", "Reassign…"]


def test_where_the_owner_is_not_on_a_lead_who_is_hears_else_who_answers_for_the_hour_else_the_coordinators(
    floor: NudgeDesk,
) -> None:
    floor.opens("Parcel never came", owner="ben")
    floor.at(13)
    assert floor.turns()[0].startswith("U0MAX: ")  # of Ben's team, which Lea is not
    floor.works("ana", "lea")
    floor.at(13, 36)
    assert floor.turns() == [
        f"U0LEA: {PARCEL} · First reply: 90 % of the time is used, due Mon, Nov 2, 14:00"
        " · <@U0BEN>'s, who is not on shift"
    ]
    floor.works("ana")
    floor.prefers(responsible="mon-fri 12:00-18:00 cora@example.com")
    floor.at(14)
    assert floor.turns()[0].startswith("U0CORA: ")
    floor.prefers(responsible="")
    floor.opens("Wrong size", owner=None, priority=Priority.URGENT)
    floor.at(14, 50)
    assert floor.turns() == [
        "C0OPS: *Case 2, “Wrong size”* · First reply: 75 % of the time is used, due Mon, Nov 2, 15:00 · nobody's"
    ]


def test_an_owner_in_their_quiet_hours_is_left_alone_and_a_lead_hears(floor: NudgeDesk) -> None:
    floor.rests("ana", 12, 14)
    floor.opens("Parcel never came")
    floor.at(13)
    assert floor.turns()[0].startswith("U0LEA: ")


def test_a_change_of_priority_that_makes_a_case_late_is_one_nudge_that_says_by_when_to_act(
    floor: NudgeDesk,
) -> None:
    floor.prefers(sla="normal: resolution 8h\nhigh: resolution 1h")
    floor.at(9)
    case_id = floor.opens("Parcel never came")
    floor.at(12)
    assert floor.turns() == []
    floor.happens(case_id, Kind.PRIORITY, priority="high")
    assert floor.turns() == [
        f"U0ANA: {PARCEL} · Resolution breached at Mon, Nov 2, 10:00 by re-prioritisation,"
        " act by Mon, Nov 2, 13:00"
    ]
    floor.happens(case_id, Kind.WORKING)
    assert floor.waits(180) == []


def test_what_comes_within_half_an_hour_of_a_message_joins_the_next(floor: NudgeDesk) -> None:
    floor.opens("Parcel never came")
    floor.at(10, 10)
    floor.opens("Wrong size")
    floor.at(10, 20)
    floor.opens("No refund")
    floor.at(12, 59)
    assert [each.partition("*")[0] for each in floor.waits(30)] == ["13:00 U0ANA: "]
    said = floor.waits(1)
    assert said[0].startswith("13:30 U0ANA: 2 things need you. First: *Case 2")
    assert lines(floor.messages()[1][1])[1:] == [
        "*Case 2, “Wrong size”* · First reply: 75 % of the time is used, due Mon, Nov 2, 14:10",
        "*Case 3, “No refund”* · First reply: 75 % of the time is used, due Mon, Nov 2, 14:20",
    ]


def test_many_at_once_are_one_list_of_which_the_first_have_buttons(floor: NudgeDesk) -> None:
    for number in range(30):
        floor.opens(f"Parcel {number}")
    floor.at(15)
    (said,) = floor.turns()
    assert said.startswith("U0ANA: 30 things need you, all of them late. First: *Case 1,")
    shown = floor.messages()[0][1]
    assert labels(shown).count("Working") == 5
    assert len([each for each in lines(shown) if each.startswith("• ")]) == 15
    assert lines(shown)[-1] == "and 10 more"
    assert floor.turns() == []


def test_after_hours_without_a_process_the_highest_rung_is_told_and_once(floor: NudgeDesk) -> None:
    floor.opens("Parcel never came")
    floor.at(13, 50)
    assert [each.partition(" · ")[2] for each in floor.turns()] == [
        "First reply: 90 % of the time is used, due Mon, Nov 2, 14:00"
    ]
    assert len(floor.nudges()) == 1


def test_what_waits_to_be_told_is_dropped_when_the_case_is_answered_or_its_clock_stands(floor: NudgeDesk) -> None:
    floor.prefers(sla="normal: first reply 4h\nhigh: resolution 4h")
    first = floor.opens("Parcel never came")
    answered = floor.opens("Wrong size", opened_at=floor.now + timedelta(0))
    floor.at(13)
    assert len(floor.turns()) == 1
    floor.at(13, 30)
    floor.happens(answered, Kind.MESSAGE)
    floor.happens(first, Kind.STATE, state="pending")
    assert floor.turns() == []
    assert floor.messages()[0][1]["text"] == "Nothing of this needs you any more."
    floor.at(14, 10)
    floor.happens(first, Kind.STATE, By.CUSTOMER, state="open")
    # 75 % are told already; the rest of the time begins to run.
    assert floor.waits(5) == []
    assert floor.waits(1)[0].endswith("90 % of the time is used, due Mon, Nov 2, 14:40")


def test_whoever_says_that_they_are_at_it_has_no_button_any_more_and_hears_of_the_next_rung(
    floor: NudgeDesk,
) -> None:
    case_id = floor.opens("Parcel never came")
    floor.at(13)
    floor.turns()
    floor.happens(case_id, Kind.WORKING)
    (_, shown) = floor.messages()[0]
    assert labels(shown) == []
    assert (
        lines(shown)[1] == f"~{PARCEL} · First reply: 75 % of the time is used, due Mon, Nov 2, 14:00~ · Seen to"
    )
    floor.at(13, 36)
    assert len(floor.turns()) == 1


def test_a_case_is_put_off_for_a_reason_and_comes_back_before_it_is_late(floor: NudgeDesk) -> None:
    case_id = floor.opens("Parcel never came")
    floor.at(13)
    floor.turns()
    _, until = to_snooze(floor.deps, floor.caller("ana"), case_id)
    assert [f"{each:%H:%M}" for each in until] == ["13:15", "13:30"]
    nonce = new_id()
    for _ in range(2):
        snooze_case(floor.deps, floor.caller("ana"), case_id, nonce, until[1], "The carrier calls back at two")
    assert lines(floor.messages()[0][1])[-1].endswith("~ · Put off")
    said = floor.waits(36)
    assert [each.partition(" · ")[0] for each in said] == [f"13:30 U0ANA: {PARCEL}"]
    assert said[0].endswith("put off until now")
    with pytest.raises(PastTheBreach):
        snooze_case(floor.deps, floor.caller("ana"), case_id, new_id(), floor.now + timedelta(hours=1), "Later")


def test_a_warning_waits_while_a_case_is_put_off_and_a_breach_does_not(floor: NudgeDesk) -> None:
    case_id = floor.opens("Parcel never came")
    floor.at(12, 45)
    snooze_case(floor.deps, floor.caller("ana"), case_id, new_id(), floor.now + timedelta(hours=1), "Waits")
    assert floor.waits(59) == []
    assert [each.partition(" · ")[2] for each in floor.waits(1)] == [
        "First reply: 90 % of the time is used, due Mon, Nov 2, 14:00"
    ]


def test_a_breach_is_told_although_the_case_is_put_off(floor: NudgeDesk) -> None:
    case_id = floor.opens("Parcel never came")
    floor.at(12)
    snooze_case(floor.deps, floor.caller("ana"), case_id, new_id(), floor.now + timedelta(hours=1), "Waits")
    floor.at(12, 30)
    floor.happens(case_id, Kind.PRIORITY, priority="high")
    assert [each.partition(" · ")[2] for each in floor.turns()] == [
        "First reply breached at Mon, Nov 2, 12:00 by re-prioritisation, act by Mon, Nov 2, 14:30"
    ]


def test_a_breach_of_an_urgent_case_does_not_wait_for_half_an_hour_and_takes_the_rest_along(
    floor: NudgeDesk,
) -> None:
    floor.opens("Parcel never came", priority=Priority.URGENT)
    said = floor.waits(61)
    assert [each[:12] for each in said] == ["10:45 U0ANA:", "11:00 U0ANA:"]
    assert "is late: it was due Mon, Nov 2, 11:00" in said[1]


def test_a_breach_that_its_owner_does_not_see_to_goes_to_the_lead_after_half_an_hour(floor: NudgeDesk) -> None:
    floor.opens("Parcel never came", priority=Priority.URGENT)
    floor.at(11)
    floor.turns()
    floor.at(11, 29)
    assert floor.turns() == []
    floor.at(11, 30)
    (said,) = floor.turns()
    assert said.startswith("U0LEA: ")
    assert said.endswith("is late: it was due Mon, Nov 2, 11:00 · <@U0ANA> was told and has not seen to it")
    assert floor.waits(120) == []


def test_half_of_the_time_shows_on_the_home_of_the_owner_and_of_who_leads_and_of_nobody_else(
    floor: NudgeDesk,
) -> None:
    floor.opens("Parcel never came")
    floor.at(11, 59)
    floor.turns()
    assert not floor.late_of("ana").total
    floor.at(12)
    floor.turns()
    for name, total in {"ana": 1, "lea": 1, "cora": 1, "max": 0, "ben": 0}.items():
        assert (name, floor.late_of(name).total) == (name, total)
    floor.opens("Wrong size", owner=None)
    floor.at(14, 5)
    floor.turns()
    late = floor.late_of("lea")
    assert [(each.case.number, each.percent, each.is_late) for each in late.first] == [
        (1, 100, True),
        (2, 50, False),
    ]
    assert (late.total, late.late) == (2, 1)
    blocks = list(the_late(late, Formats(ZoneInfo("UTC"))))
    assert blocks[0]["text"]["text"] == "Late · 1, about to be late · 1"
    assert blocks[1]["text"]["text"] == (
        f"{PARCEL} · <@U0ANA>'s\nFirst reply is late: it was due Mon, Nov 2, 14:00"
    )
    assert blocks[1]["accessory"]["text"]["text"] == "Show"


def test_a_home_on_which_a_case_is_about_to_be_late_is_drawn_anew_as_it_comes_to_be(floor: NudgeDesk) -> None:
    floor.opens("Parcel never came")
    open_home(floor.deps, floor.caller("ana"), "Ev1", blank=True)
    before = floor.home_of("ana")
    floor.at(12)
    floor.turns()
    assert floor.home_of("ana") == before + 1


def test_an_urgent_case_that_is_late_at_night_reaches_only_who_wants_that_and_nothing_else_does(
    floor: NudgeDesk,
) -> None:
    floor.prefers(business_hours="always")
    floor.rests("ana", 20, 8)
    floor.at(21)
    floor.opens("Parcel never came", priority=Priority.URGENT)
    assert [each[:12] for each in floor.waits(60)] == ["21:45 C0OPS:", "22:00 C0OPS:"]
    floor.rests("ana", 20, 8, at_any_hour=True)
    floor.opens("Wrong size", priority=Priority.URGENT)
    said = floor.waits(60)
    assert [each[:12] for each in said] == ["22:45 C0OPS:", "23:00 U0ANA:"]
    (message, _) = floor.messages()[-1]
    assert message.priority == Outgoing.PRESS  # her quiet hours do not hold it back


def test_what_is_for_somebody_at_rest_waits_and_for_somebody_who_has_left_the_coordinators_read_it(
    floor: NudgeDesk,
) -> None:
    case_id = floor.opens("Parcel never came")
    floor.rests("ana", 10, 12)
    ana, ben = (floor.desk.member(name) for name in ("ana", "ben"))
    with floor.deps.sessions.write("T1") as session:
        for member in (ana, ben):
            for _ in range(2):  # the key makes it the same
                key = f"promise:{member.name}"
                nudge(session, floor.deps, member.id, Subject.STUCK, case_id, key, {"why": Why.UNOWNED})
        session.get_one(Member, ("T1", ben.id)).deactivated_at = floor.now
    floor.turns()
    assert [message.lane for message, _ in floor.messages()] == ["C0OPS"]
    floor.at(12)
    floor.turns()
    assert [message.lane for message, _ in floor.messages()] == ["C0OPS", "U0ANA"]
    with floor.deps.sessions.write("T1") as session:
        end(session, floor.deps, case_id, None, Ended.SEEN)
    assert {row.ended for row in floor.nudges()} == {"seen"}
