"""More contacts come than were expected: the coordinators read it once, with what to do."""

from datetime import date
from pathlib import Path

import pytest

from bot.sandbox import Shown
from jobs.coverage_today import WATCH
from tests.coverage_desk import Planner, weeks_of
from tests.scenarios.swapping import Floor

MONDAY = date(2026, 11, 23)
OPS = "#ops"


class Day:
    """Monday in Berlin: ten contacts of three minutes are expected each half hour on mail, four people there."""

    def __init__(self, floor: Floor, folder: Path) -> None:
        self.floor, self.work = floor, floor.work
        self.work.at(f"{MONDAY} 08:00")
        self.work.prefers(time_zone="Europe/Berlin")
        self.work.shifts(
            *(
                f"{name}@example.com,{MONDAY},09:00,17:00,Europe/Berlin,mail"
                for name in ("ana", "ben", "dev", "cora")
            )
        )
        self.planner = Planner(self.work.deps, self.work.sandbox.team_id, folder)
        self.planner.volume(*weeks_of("mail", MONDAY, 9, 10))

    def comes(self, *offered: int, now: str) -> None:
        """So many in the half hours from nine on; then the clock looks."""
        times = [f"{9 + number // 2:02}:{number % 2 * 30:02}" for number in range(len(offered))]
        self.planner.volume(
            *(f"{MONDAY} {time},mail,{each},180" for time, each in zip(times, offered, strict=True))
        )
        self.work.at(f"{MONDAY} {now}")
        self.floor.runs(WATCH)

    def told(self) -> list[Shown]:
        """What the coordinators' channel reads of it."""
        return [each for each in self.work.person("cora").sees(OPS) if "contacts than expected" in each.text]


@pytest.fixture
def everywhere(floor_everywhere: Floor, tmp_path: Path) -> Day:
    return Day(floor_everywhere, tmp_path)


@pytest.fixture
def day(floor: Floor, tmp_path: Path) -> Day:
    return Day(floor, tmp_path)


def test_it_is_told_once_with_the_rest_of_the_day_and_what_helps(everywhere: Day) -> None:
    day = everywhere
    day.comes(10, 16, now="10:05")
    assert day.told() == []
    day.comes(10, 25, 25, 26, now="11:05")
    (told,) = day.told()
    assert told.text.splitlines() == [
        "mail gets 153 % more contacts than expected since Mon, Nov 23, 09:30: 76 instead of 30",
        "If it goes on like this, at most 5 people are needed at once, instead of 4.",
        "• Mon, Nov 23, 11:00–17:00 · mail −1 (4 of 5) · service level 70 %",
        "Where it stands: /coverage today · times in Europe/Berlin",
    ]
    assert told.buttons == ["What helps now", "Coverage of the day"]
    # The same is reckoned with wherever coverage is looked at.
    assert "mail −1 (4 of 5)" in day.work.asks("cora", "/coverage today").text
    person = day.work.person("cora")
    person.presses("What helps now", told)
    assert person.sees(OPS)[-1].only_you
    assert person.sees(OPS)[-1].text.startswith("What helps: Mon, Nov 23, 11:05–17:00 · mail −1 (4 of 5)")

    day.comes(10, 25, 25, 26, 25, now="11:35")
    assert len(day.told()) == 1


def test_it_is_told_again_when_it_turns(day: Day) -> None:
    day.comes(16, 16, 17, now="10:35")
    day.comes(16, 16, 17, 4, 4, 4, now="12:05")
    assert [each.text.splitlines()[0] for each in day.told()] == [
        "mail gets 63 % more contacts than expected since Mon, Nov 23, 09:00: 49 instead of 30",
        "mail gets 60 % fewer contacts than expected since Mon, Nov 23, 10:30: 12 instead of 30",
    ]
    assert day.told()[1].text.splitlines()[-2] == "Enough people are there for the rest of the day."
    assert day.told()[1].buttons == ["Offer time off…", "Coverage of the day"]


def test_what_a_plan_asks_for_stays_as_it_is(day: Day) -> None:
    day.planner.plan(f"{MONDAY},09:00,17:00,mail,4,,Europe/Berlin")
    day.comes(16, 16, 17, now="10:35")
    assert day.told()[0].text.splitlines()[1] == (
        "A plan or a setting says how many people are needed; it stays as it is. See whether it still fits."
    )


def test_a_queue_has_a_threshold_of_its_own(day: Day) -> None:
    day.floor.needs("mail", deviation_percent="80")
    day.comes(16, 16, 17, now="10:35")
    assert day.told() == []
