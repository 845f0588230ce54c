"""The same hours are short week after week: the coordinators read a proposal with its evidence."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.sandbox import Shown
from jobs.coverage_patterns import LOOK
from tests.coverage_desk import Planner
from tests.scenarios.swapping import Floor

OPS = "#ops"
THURSDAY = date(2026, 11, 26)


class Weeks:
    """Monday, November 30th, in Berlin: Ana is on mail on Thursdays from 9 to 17, and two are needed at two."""

    def __init__(self, floor: Floor, folder: Path) -> None:
        self.floor, self.work = floor, floor.work
        self.work.prefers(time_zone="Europe/Berlin")
        self.thursdays = [THURSDAY - timedelta(weeks=each) for each in (3, 2, 1, 0)]
        self.work.shifts(*(f"ana@example.com,{day},09:00,17:00,Europe/Berlin,mail" for day in self.thursdays))
        planner = Planner(self.work.deps, self.work.sandbox.team_id, folder)
        needed = {self.thursdays[0]: 2, self.thursdays[1]: 1, self.thursdays[2]: 3, self.thursdays[3]: 2}
        planner.plan(*(f"{day},14:00,16:00,mail,{heads},,Europe/Berlin" for day, heads in needed.items()))
        self.passes("2026-11-30 06:00")

    def passes(self, local: str) -> None:
        """The clock goes on to then."""
        self.work.at(local)
        self.floor.runs(LOOK)

    def told(self) -> list[Shown]:
        """The proposals."""
        return [each for each in self.work.person("cora").sees(OPS) if "week after week" in each.text]


@pytest.fixture
def everywhere(floor_everywhere: Floor, tmp_path: Path) -> Weeks:
    return Weeks(floor_everywhere, tmp_path)


@pytest.fixture
def weeks(floor: Floor, tmp_path: Path) -> Weeks:
    return Weeks(floor, tmp_path)


def test_it_is_proposed_once_with_its_evidence_and_silent_once_accepted(everywhere: Weeks) -> None:
    weeks = everywhere
    (told,) = weeks.told()
    assert told.text.splitlines() == [
        "Short week after week: Thu, 14:00–16:00 · mail −1",
        "In 3 of the last 4 weeks: Thu, Nov 5 −1, Thu, Nov 19 −2, Thu, Nov 26 −1",
        "Times in Europe/Berlin",
    ]
    assert told.buttons == ["Add shifts…", "Move a shift…"]
    weeks.passes("2026-12-01 06:00")
    assert len(weeks.told()) == 1

    cora = weeks.work.person("cora")
    cora.chooses("Accept it for…", "8 weeks", told)
    weeks.floor.settles()
    assert "Accepted by @Cora Lind until Tue, Jan 26" in cora.refreshed(told).text
    weeks.passes("2026-12-02 06:00")
    assert len(weeks.told()) == 1
    # Two of the four weeks that are looked at then are not short: nobody need live with it any more.
    weeks.passes("2026-12-14 06:00")
    (told,) = weeks.told()
    assert told.text.startswith("Not short any more week after week: Thu, 14:00–16:00 · mail −1.")


def test_shifts_are_added_and_moved_from_it(weeks: Weeks) -> None:
    (told,) = weeks.told()
    cora = weeks.work.person("cora")
    cora.presses("Add shifts…", told)
    form = cora.sees_modal()
    assert "2026-12-03" in str(form)
    cora.submits()
    weeks.floor.settles()
    assert "Thu, Dec 3, 14:00–16:00 · mail" in weeks.work.asks("cora", "/cover list").text
    cora.closes()
    cora.presses("Move a shift…", told)
    assert "Thu, Dec 3" in cora.sees_modal().text


def test_who_only_reads_it_cannot_accept_it(weeks: Weeks) -> None:
    (told,) = weeks.told()
    ana = weeks.work.person("ana")
    ana.chooses("Accept it for…", "4 weeks", told)
    assert ana.sees(OPS)[-1].text.startswith("Leads, coordinators and managers open shifts and accept")
