"""Leave where clocks, years and holidays meet it, and for who works less than others."""

import pytest

from jobs import attendance
from tests.scenarios.asking_off import OPS, TimeOff
from tests.scenarios.swapping import BOT, Floor

HALF = "2026-12-24 half Christmas Eve; 2026-12-31 half New Year's Eve"


@pytest.fixture
def off(floor: Floor) -> TimeOff:
    return TimeOff(floor)


def echo(off: TimeOff, text: str, who: str = "ana") -> list[str]:
    """What somebody reads before they send it, but for where it goes."""
    return [line for line in off.types(who, text).text.splitlines() if not line.startswith("It goes")]


def test_a_night_of_nine_hours_costs_the_eight_on_the_wall(off: TimeOff) -> None:
    off.work.at("2026-10-20 12:00")
    off.work.shifts("ana@example.com,2026-10-24,22:00,06:00,Europe/Berlin,mail")
    assert echo(off, "oct 24")[0] == "Paid leave: Sat, Oct 24, 1 d"
    off.work.at("2027-03-20 12:00")
    off.work.shifts("ana@example.com,2027-03-27,22:00,06:00,Europe/Berlin,mail")
    assert echo(off, "mar 27")[0] == "Paid leave: Sat, Mar 27, 1 d"


def test_half_a_holiday_costs_the_other_half_also_of_a_short_day(off: TimeOff) -> None:
    off.work.prefers(own_holidays=HALF)
    off.work.people(
        "email,name,role,weekly_hours,pattern\n"
        "ana@example.com,Ana Ruiz,agent,40,mon-fri 8\n"
        "ben@example.com,Ben Okafor,agent,20,mon 8; tue 8; thu 4\n"
    )
    assert echo(off, "dec 24")[0] == "Paid leave: Thu, Dec 24, 4 h"
    assert echo(off, "dec 24", "ben")[0] == "Paid leave: Thu, Dec 24, 2 h"
    assert echo(off, "dec 23", "ben")[0] != "Paid leave: Wed, Dec 23, 1 d"


def test_leave_across_the_year_end_takes_each_day_from_the_year_it_lies_in(off: TimeOff) -> None:
    off.work.prefers(holidays="DE-BE")
    assert echo(off, "dec 30 to jan 4")[0] == "Paid leave: Wed, Dec 30 – Mon, Jan 4, 2027, 3 d"
    off.asks("ana", "dec 30 to jan 4")
    off.presses("cora", "Approve", OPS)
    lines = off.work.asks("ana", "/timeoff balance 31 dec").text.splitlines()
    assert "paid leave: 26 d" in lines
    lines = off.work.asks("ana", "/timeoff balance 5 jan 2027").text.splitlines()
    assert "paid leave: 27 d" in lines
    assert off.states() == ["approved"]


def test_of_who_is_on_leave_no_sign_is_wanted(off: TimeOff) -> None:
    off.work.prefers(attendance="here")
    off.asks("ana", "fri")
    off.presses("cora", "Approve", OPS)
    for time in ("08:55", "09:10", "09:20"):
        off.work.at(f"2026-11-06 {time}")
        off.floor.runs(attendance.TURN)
    assert not any("Your shift be" in each.text for each in off.work.person("ana").sees(BOT))
    answer = off.work.asks("ana", "/here").text
    assert answer == "You are away until the end of Fri, Nov 6. To end that, type /timeoff cancel."
