"""A month of time off: who is away for those who may know it, how many more may be for everybody."""

import pytest

from tests.scenarios.asking_off import OPS, TimeOff
from tests.scenarios.desks import home, opens
from tests.scenarios.swapping import Floor
from tests.scenarios.test_timeoff_limits import adds, caps
from tests.workplace import PEOPLE


@pytest.fixture
def off(floor: Floor) -> TimeOff:
    return TimeOff(floor)


def days(text: str) -> list[str]:
    """The lines between the title and the hint."""
    return text.splitlines()[1:-1]


def test_a_month_is_read_by_coordinators_with_names_and_by_agents_with_numbers(off: TimeOff) -> None:
    off.work.prefers(holidays="DE")
    caps(off)
    adds(off, "Add a blackout", Name="Peak", From="2026-12-28", Until="2026-12-30", For=["Team Mail"])
    off.work.person("cora").closes()
    off.asks("ana", "unpaid dec 21 to dec 22")
    off.presses("cora", "Approve", OPS)
    off.asks("ben", "dec 23")
    assert days(off.types("cora", "calendar december mail").text) == [
        "Tue 1 – Sun 20 · 1 place left",
        "Mon 21 – Tue 22 · away: @Ana Ruiz · full",
        "Wed 23 · asked: @Ben Okafor · full",
        "Thu 24 · 1 place left",
        "Fri 25 · Christmas Day · 1 place left",
        "Sat 26 · Second Day of Christmas · 1 place left",
        "Sun 27 · 1 place left",
        "Mon 28 – Wed 30 · closed: Peak",
        "Thu 31 · 1 place left",
    ]
    ana = off.types("ana", "calendar dec")
    assert ana.text.splitlines()[0] == "Time off · December 2026 · Mail"
    assert days(ana.text)[:3] == [
        "Tue 1 – Sun 20 · 1 place left",
        "Mon 21 – Tue 22 · you are away · full",
        "Wed 23 · full",
    ]
    assert not [line for line in ana.text.splitlines() if "@" in line or "unpaid" in line]
    assert "full" not in off.types("dev", "calendar dec").text
    assert off.types("cleo", "calendar dec mail").text.startswith("“mail” is neither a month nor a team")


def test_months_are_turned_and_teams_chosen(off: TimeOff) -> None:
    off.asks("ana", "fri")
    off.presses("cora", "Approve", OPS)
    shown = off.types("cora", "calendar")
    assert shown.text.splitlines()[:2] == ["Time off · November 2026 · Everybody", "Fri 6 · away: @Ana Ruiz"]
    cora = off.work.person("cora")
    cora.chooses("Time off · November 2026 · Everybody", "Phones", shown)
    shown = cora.refreshed(shown)
    nobody = "Nobody is away, and nothing limits who may be."
    assert shown.text.splitlines()[:2] == ["Time off · November 2026 · Phones", nobody]
    assert shown.buttons == ["October 2026", "December 2026"]
    after = off.work.presses("cora", "December 2026", shown)
    assert after.text.splitlines()[:2] == ["Time off · December 2026 · Phones", nobody]
    assert off.types("cora", "calendar 2026").text.startswith("“2026” is neither a month nor a team")


def test_who_may_not_look_at_a_team_any_more_turns_to_what_they_may(off: TimeOff) -> None:
    shown = off.types("cora", "calendar december phones")
    off.work.people(
        PEOPLE.replace("Lind,coordinator,", "Lind,agent,Mail").replace("Hart,lead", "Hart,coordinator")
    )
    after = off.work.presses("cora", "January 2027", shown)
    assert after.text.splitlines()[0] == "Time off · January 2027 · Mail"


def test_departments_have_no_calendar(off: TimeOff) -> None:
    assert off.types("carl", "calendar").text.startswith("Leave is kept here for the support team.")


def test_home_has_doors_to_the_calendar_and_for_coordinators_to_the_limits(off: TimeOff) -> None:
    opens(off.floor, "ana")
    ana = off.work.person("ana")
    assert "Limits of time off…" not in home(off.floor, "ana").buttons
    ana.presses("Time off calendar", home(off.floor, "ana"))
    assert ana.sees_modal().text.splitlines()[0] == "Time off · November 2026 · Mail"
    ana.presses("December 2026")
    assert ana.sees_modal().text.splitlines()[0] == "Time off · December 2026 · Mail"
    opens(off.floor, "cora")
    off.work.person("cora").presses("Limits of time off…", home(off.floor, "cora"))
    off.work.person("cora").sees_modal("Limits of time off")
