"""Who is asked to decide time off, and may: where coordinators are away or late, or a limit asks for more."""

import pytest

from bot.domain.timeoff_limits import Policy
from tests.scenarios.asking_off import OPS, TimeOff
from tests.scenarios.desks import home, opens
from tests.scenarios.swapping import Floor
from tests.timeoff_desk import blackout

HEAD = "email,name,role,team\n"
BUTTONS = ["Approve", "Decline…", "Ask…"]
DECIDES = "A manager decides this: a limit asks for it"
MANAGER, LEAD = "cleo@example.com,Cleo Hart,manager,", "cleo@example.com,Cleo Hart,lead,Mail"


@pytest.fixture
def off(floor: Floor) -> TimeOff:
    return TimeOff(floor)


def goes_on_leave(off: TimeOff, who: str, when: str = "today") -> None:
    """Somebody is away from now on, for the day; what they are sent arrives all the same."""
    off.work.prefers(leave_kinds='{"sick leave": {"contact": "usual"}}')
    off.work.presses(who, "Send", off.types(who, f"sick leave {when}"))
    off.floor.settles()


def no_more_of_that_day(off: TimeOff) -> None:
    """Only a manager lets anybody go on December 21."""
    day = off.work.instant("2026-12-21 12:00").date()
    with off.work.deps.sessions.write(off.work.sandbox.team_id) as session:
        session.add(blackout(session.workspace_id, day, Policy.APPROVAL, off.work.deps.clock()))


def cards(off: TimeOff, who: str) -> list[str]:
    """The cards that somebody has of what others ask for."""
    return [
        each.text.splitlines()[0] for each in off.work.person(who).sees("@floorwalker") if " of @" in each.text
    ]


@pytest.mark.parametrize("channel", [True, False])
@pytest.mark.parametrize("row", [MANAGER, LEAD])
def test_while_the_only_coordinator_is_away_who_stands_in_is_asked_and_decides(
    off: TimeOff, row: str, channel: bool
) -> None:
    off.work.people(f"{HEAD}{row}\n")
    if not channel:
        off.work.prefers(ops_channel="")
    goes_on_leave(off, "cora")
    off.asks("ana", "dec 21")
    opens(off.floor, "cleo")
    assert off.card("cleo").buttons == BUTTONS
    assert "Time off to decide · 1" in home(off.floor, "cleo").text
    assert cards(off, "cora") == []
    off.presses("cleo", "Approve")
    assert off.states()[-1] == "approved"


def test_a_lead_stands_in_where_coordinator_and_manager_are_away(off: TimeOff) -> None:
    off.work.people(f"{HEAD}{MANAGER}\nben@example.com,Ben Okafor,lead,Mail\n")
    goes_on_leave(off, "cora")
    goes_on_leave(off, "cleo")
    off.asks("ana", "dec 21")
    assert cards(off, "cleo") == []
    off.presses("ben", "Approve")
    assert off.states()[-1] == "approved"


def test_whoever_goes_on_leave_before_they_decide_is_stood_in_for_at_the_next_reminder(off: TimeOff) -> None:
    off.work.people(f"{HEAD}{MANAGER}\n")
    off.work.prefers(ops_channel="")
    off.asks("ana", "dec 21")
    assert (len(cards(off, "cora")), cards(off, "cleo")) == (1, [])
    goes_on_leave(off, "cora", "nov 2 to nov 6")
    off.passes("2026-11-03 12:05")
    off.presses("cleo", "Approve")
    assert off.states()[-1] == "approved"


def test_what_nobody_decides_in_time_the_next_level_may(off: TimeOff) -> None:
    off.work.people(f"{HEAD}{MANAGER}\ndev@example.com,Dev Patel,coordinator,Mail\n")
    off.asks("ana", "dec 21")
    assert "This is not for you" not in off.types("cleo", "1").text
    assert off.types("cleo", "1").buttons == ["Withdraw", "Change…"], "a coordinator decides it"
    off.passes("2026-11-05 12:05")
    assert off.told("cleo") == []
    off.passes("2026-11-06 12:05")
    assert off.told("cleo") == [
        "Time off 1 of @Ana Ruiz, Mon, Dec 21, still waits. It expires Wed, Dec 2, 06:00.",
    ]
    off.presses("cleo", "Approve")
    assert off.states() == ["approved"]
    assert off.card("cora", OPS).text.startswith("Time off 1 of @Ana Ruiz is approved by @Cleo Hart.")


def test_what_a_limit_leaves_to_a_manager_has_buttons_for_them_only(off: TimeOff) -> None:
    off.work.people(f"{HEAD}{MANAGER}\n")
    no_more_of_that_day(off)
    off.asks("ana", "dec 21")
    coordinators, manager = off.card("cora", OPS), off.card("cleo")
    assert (coordinators.buttons, manager.buttons) == ([], ["Approve anyway", "Decline…", "Ask…"])
    assert DECIDES in coordinators.text
    assert DECIDES in off.card("ana").text
    assert off.types("cora", "1").buttons == ["Withdraw", "Change…"]
    off.presses("cleo", "Approve anyway")
    assert off.states() == ["approved"]
    assert DECIDES not in off.work.person("cora").refreshed(coordinators).text


def test_a_coordinator_stands_in_for_the_only_manager_who_is_away(off: TimeOff) -> None:
    off.work.people(f"{HEAD}{MANAGER}\n")
    goes_on_leave(off, "cleo")
    no_more_of_that_day(off)
    off.asks("ana", "dec 21")
    off.presses("cora", "Approve anyway", OPS)
    assert off.states()[-1] == "approved"


def test_a_limit_that_comes_up_later_has_the_manager_asked(off: TimeOff) -> None:
    off.work.people(f"{HEAD}{MANAGER}\n")
    off.asks("ana", "dec 21")
    no_more_of_that_day(off)
    off.presses("cora", "Approve", OPS)
    assert "It meets a limit that it did not" in off.floor.only_to("cora", OPS)
    assert off.card("cora", OPS).buttons == []
    off.presses("cleo", "Approve anyway")
    assert off.states() == ["approved"]
