"""Where clocks, years and zones meet the work: nights, clock changes, part-timers, two sites."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.intervals import Interval
from bot.domain.periods import Period
from jobs import absences, attendance
from storage.shifts import worked
from tests.coverage_desk import Planner
from tests.workplace import Workplace

NIGHT_BACK = "ana@example.com,2026-10-24,22:00,06:00,Europe/Berlin,mail"  # clocks go back: nine hours
NIGHT_ON = "ana@example.com,2027-03-27,22:00,06:00,Europe/Berlin,mail"  # and on: seven hours


class Edges:
    """A workplace whose clock is moved on, with what is due by then."""

    def __init__(self, work: Workplace, folder: Path) -> None:
        self.work, self.folder = work, folder

    def begins(self, local: str, *shifts: str, zone: str = "Europe/Berlin") -> None:
        """The team comes in at this time, with these shifts."""
        self.work.at(local, zone)
        self.work.people()
        self.work.prefers(time_zone="Europe/Berlin")
        self.work.shifts(*shifts)

    def passes(self, local: str, zone: str = "Europe/Berlin", *, fold: int = 0) -> None:
        """The clock goes on to then, the second time with ``fold`` where it is repeated."""
        self.work.sandbox.clock.set(self.work.instant(local, zone).replace(fold=fold))
        for job in (absences.TURN, attendance.TURN):
            job.run(self.work.deps, self.work.sandbox.team_id, Period("now", self.work.deps.clock()))

    def says_yes(self, who: str, text: str) -> str:
        """Somebody types this, and says yes; what they were asked."""
        asked = self.work.asks(who, text)
        assert "Done." in self.work.presses(who, "Yes", asked).text
        return asked.text.splitlines()[0]

    def hours(self, who: str, around: str) -> list[float]:
        """How long each part is that somebody works within a day of a time."""
        at = self.work.instant(around)
        within = Interval(at - timedelta(days=1), at + timedelta(days=1))
        with self.work.deps.sessions.read(self.work.sandbox.team_id) as session:
            rows = worked(session, within.start, within.end, self.work.member(who).id)
        return [(row.end - row.start) / timedelta(hours=1) for row in rows]


@pytest.fixture
def edges(work: Workplace, tmp_path: Path) -> Edges:
    return Edges(work, tmp_path)


def test_a_night_in_which_clocks_go_back_is_called_off_whole_and_given_back_from_the_second_half_past_two(
    edges: Edges,
) -> None:
    edges.begins("2026-10-24 20:00", NIGHT_BACK)
    assert edges.hours("ana", "2026-10-25 00:00") == [9]
    assert edges.says_yes("ana", "/sick") == "Away Sat, Oct 24, 22:00–06:00 (Sun)?"
    edges.passes("2026-10-24 20:03")
    assert edges.hours("ana", "2026-10-25 00:00") == []
    edges.passes("2026-10-25 02:30", fold=1)
    assert edges.work.asks("ana", "/sick back").text.startswith("You are back. One shift is yours again")
    assert edges.hours("ana", "2026-10-25 00:00") == [pytest.approx(3.5, abs=0.01)]


def test_on_the_day_on_which_the_night_ends_sick_means_the_rest_of_that_night(edges: Edges) -> None:
    edges.begins("2026-10-25 01:00", NIGHT_BACK)
    assert edges.work.asks("ana", "/sick").text.splitlines()[0] == "Away Sun, Oct 25, 01:00–06:00?"


def test_whoever_comes_later_to_the_night_in_which_clocks_go_on_misses_as_long_as_they_say(edges: Edges) -> None:
    edges.begins("2027-03-27 20:00", NIGHT_ON)
    assert edges.hours("ana", "2027-03-28 00:00") == [7]
    assert edges.says_yes("ana", "/late 5h") == ("Begin 5 h later on Sat, Mar 27: at 04:00 instead of 22:00?")
    edges.passes("2027-03-27 20:03")
    assert edges.hours("ana", "2027-03-28 00:00") == [2]


def test_a_sign_is_asked_of_a_night_at_its_start_and_once_in_the_repeated_hour(edges: Edges) -> None:
    edges.begins("2026-10-24 20:00", "ana@example.com,2026-10-25,02:00,10:00,Europe/Berlin,mail")
    edges.work.prefers(attendance="here")
    edges.passes("2026-10-25 01:55")
    assert edges.work.asks("ana", "/here").text == "Noted: you are here. Your shift: Sun, Oct 25, 02:00–10:00."
    edges.passes("2026-10-25 02:00", fold=1)
    edges.passes("2026-10-25 02:11", fold=1)
    again = edges.work.asks("ana", "/here").text
    assert again == "Noted: you are here. Your shift: Sun, Oct 25, 02:00–10:00."


def test_days_across_the_year_end_are_away_whole_and_back_in_the_new_year(edges: Edges) -> None:
    days = ("2026-12-31", "2027-01-02")
    edges.begins("2026-12-31 07:00", *(f"ana@example.com,{day},09:00,17:00,Europe/Berlin,mail" for day in days))
    assert edges.says_yes("ana", "/sick until jan 2") == (
        "Away Thu, Dec 31, 09:00–17:00; Sat, Jan 2, 09:00–17:00?"
    )
    edges.passes("2026-12-31 07:03")
    assert edges.hours("ana", "2027-01-01 12:00") == []
    edges.passes("2027-01-01 12:00")
    who = edges.work.asks("cora", "/shifts who")
    assert "Away: @Ana Ruiz until the end of Sat, Jan 2" in who.text
    assert edges.work.asks("ana", "/sick back").text.startswith("You are back. One shift is yours again")
    assert edges.hours("ana", "2027-01-02 12:00") == [8]


def test_a_part_of_a_day_is_meant_where_hours_are_said_and_the_rest_is_worked(edges: Edges) -> None:
    edges.begins("2026-11-05 08:00", "ana@example.com,2026-11-06,09:00,13:00,Europe/Berlin,mail")
    assert edges.says_yes("ana", "/sick 12-18 fri") == "Away Fri, Nov 6, 12:00–13:00?"
    edges.passes("2026-11-05 08:03")
    assert edges.hours("ana", "2026-11-06 12:00") == [3]


SITES = (
    "ana@example.com,2026-10-26,09:00,17:00,Europe/Berlin,mail",
    "dev@example.com,2026-10-26,09:00,17:00,Asia/Kolkata,chat",
)


def test_two_sites_read_the_same_gap_each_on_their_own_clock(edges: Edges) -> None:
    edges.begins("2026-10-23 08:00", *SITES)
    plan = Planner(edges.work.deps, edges.work.sandbox.team_id, edges.folder)
    plan.plan(
        "2026-10-26,09:00,17:00,mail,1,,Europe/Berlin",
        "2026-10-26,09:00,17:00,chat,2,,Asia/Kolkata",
    )
    in_berlin = edges.work.asks("cora", "/coverage mon").text.splitlines()
    assert in_berlin[1] == "• Mon, Oct 26, 04:30–12:30 · chat −1 (1 of 2)"
    # New York's clocks still go by summer time that week, and Berlin's do not any more.
    in_new_york = edges.work.asks("cleo", "/coverage oct 25 to oct 26").text.splitlines()
    assert in_new_york[1].startswith("• Sun, Oct 25, 23:30–")
    edges.work.prefers("Phones", attendance="here")
    edges.work.at("2026-10-26 08:30", "Asia/Kolkata")
    assert edges.says_yes("dev", "/sick") == "Away Mon, Oct 26, 09:00–17:00?"
    edges.passes("2026-10-26 08:33", "Asia/Kolkata")
    assert edges.says_yes("ana", "/sick mon") == "Away Mon, Oct 26, 09:00–17:00?"
    who = edges.work.asks("cora", "/shifts who mon 11:00").text
    assert "Away: @Ana Ruiz until the end of Mon, Oct 26, @Dev Rao until Mon, Oct 26, 19:30" in who
    # Who leads Dev's team reads of him on a clock of their own, and of the other site's people nothing.
    who = edges.work.asks("cleo", "/shifts who mon 06:00").text
    assert "Away: @Dev Rao until Mon, Oct 26, 14:30" in who
    assert "@Ana Ruiz until" not in who
    assert edges.work.asks("cora", "/coverage mon").text.splitlines()[1].endswith("chat −2 (0 of 2)")


def test_the_night_in_which_clocks_go_back_is_covered_through_its_repeated_hour_or_short_in_it(
    edges: Edges,
) -> None:
    first = "ana@example.com,2026-10-24,22:00,02:00,Europe/Berlin,mail"
    second = "ben@example.com,2026-10-25,03:00,06:00,Europe/Berlin,mail"
    edges.begins("2026-10-23 08:00", first, second)
    plan = Planner(edges.work.deps, edges.work.sandbox.team_id, edges.folder)
    plan.plan("2026-10-24,22:00,06:00,mail,1,,Europe/Berlin")
    lines = edges.work.asks("cora", "/coverage oct 24 to oct 25").text.splitlines()
    assert lines[1] == "• Sun, Oct 25, 02:00–03:00 · mail −1 (0 of 1)"
    edges.work.shifts("cleo@example.com,2026-10-25,02:00,03:00,Europe/Berlin,mail")
    assert "Enough people are there." in edges.work.asks("cora", "/coverage oct 24 to oct 25").text
