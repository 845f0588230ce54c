"""Gaps where clocks change and between two sites, as those read of them whose floor it is."""

from pathlib import Path

import pytest

from jobs.absences import TURN
from jobs.coverage_gaps import LOOK
from jobs.standup import POST
from tests.coverage_desk import Planner
from tests.scenarios.swapping import BOT, Floor

OPS = "#ops"
NIGHT = "ana@example.com,2026-10-24,22:00,02:00,Europe/Berlin,mail"


class Sites:
    """The floor of the swaps, in Berlin, where files say how many are needed."""

    def __init__(self, floor: Floor, folder: Path) -> None:
        self.floor, self.work = floor, floor.work
        self.work.prefers(time_zone="Europe/Berlin")
        self.planner = Planner(self.work.deps, self.work.sandbox.team_id, folder)

    def looks(self, local: str, zone: str = "Europe/Berlin") -> None:
        """The clock goes on to then, and looks after absences and gaps."""
        self.work.at(local, zone)
        for job in (TURN, LOOK, POST):
            self.floor.runs(job)

    def gaps(self, who: str = "cora", where: str = OPS) -> list[str]:
        """What somebody reads of people who are missing."""
        seen = self.work.person(who).sees(where)
        return [each.text.splitlines()[0] for each in seen if each.text.startswith("People are missing")]


@pytest.fixture
def sites(floor: Floor, tmp_path: Path) -> Sites:
    return Sites(floor, tmp_path)


def test_the_repeated_hour_is_one_gap_of_two_hours_and_the_picture_of_the_night_can_be_drawn(sites: Sites) -> None:
    sites.work.at("2026-10-23 12:00")
    sites.work.shifts(NIGHT, "ben@example.com,2026-10-25,03:00,06:00,Europe/Berlin,mail")
    sites.planner.plan("2026-10-24,22:00,06:00,mail,1,,Europe/Berlin")
    sites.looks("2026-10-23 12:00")
    assert sites.gaps() == ["People are missing: Sun, Oct 25, 02:00–03:00 · mail: 1 short (0 of 1 there)"]
    answer = sites.work.asks("cora", "/coverage oct 25")
    sites.work.person("cora").presses("Heat map", answer)
    sites.work.person("cora").reads("Coverage · Sun, Oct 25", BOT)


def test_the_skipped_hour_is_no_gap(sites: Sites) -> None:
    sites.work.at("2027-03-26 12:00")
    sites.work.shifts("ana@example.com,2027-03-27,22:00,06:00,Europe/Berlin,mail")
    sites.planner.plan("2027-03-27,22:00,06:00,mail,1,,Europe/Berlin")
    sites.looks("2027-03-26 12:00")
    assert sites.gaps() == []
    answer = sites.work.asks("cora", "/coverage mar 27 to mar 28").text
    assert answer.splitlines()[0].endswith("Enough people are there.")


def test_the_lead_of_a_site_reads_of_its_gap_on_their_own_clock_when_somebody_there_falls_ill(
    sites: Sites,
) -> None:
    sites.planner.plan("2026-11-10,09:00,17:00,mail,1,,Asia/Kolkata")
    sites.looks("2026-11-09 20:00", "Asia/Kolkata")
    assert sites.gaps() == []
    asked = sites.work.asks("dev", "/sick tomorrow")
    assert asked.text.splitlines()[0] == "Away Tue, Nov 10, 09:00–17:00?"
    sites.work.presses("dev", "Yes", asked)
    sites.looks("2026-11-09 20:15", "Asia/Kolkata")
    assert sites.gaps() == ["People are missing: Tue, Nov 10, 04:30–12:30 · mail: 1 short (0 of 1 there)"]
    card = sites.work.person("cleo").reads("@Dev Rao is away", BOT).text.splitlines()
    assert card[1] == "Mon, Nov 9, 22:30–06:30 (Tue) · mail"
    assert "While nobody works it: mail 1 → 0 of 1 needed" in card[2]


def test_the_gap_of_new_years_night_lies_in_both_years_and_is_told_once(sites: Sites) -> None:
    sites.work.at("2026-12-30 12:00")
    sites.planner.plan("2026-12-31,22:00,06:00,mail,1,,Europe/Berlin")
    sites.looks("2026-12-30 12:00")
    sites.looks("2026-12-30 12:15")
    assert sites.gaps() == ["People are missing: Thu, Dec 31, 22:00–06:00 (Fri) · mail: 1 short (0 of 1 there)"]
