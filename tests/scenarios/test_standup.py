"""The post at stand-up, as the coordinators' channel reads it."""

from pathlib import Path

import pytest

from bot.sandbox import Shown
from jobs.absences import TURN
from jobs.coverage_gaps import LOOK
from jobs.standup import POST
from tests.coverage_desk import Planner
from tests.scenarios.covering import Covers
from tests.scenarios.swapping import Floor

OPS = "#ops"


class Morning(Covers):
    """The floor of the covers, in Berlin."""

    def __init__(self, floor: Floor) -> None:
        super().__init__(floor)
        self.work.prefers(time_zone="Europe/Berlin")

    def ticks(self, local: str) -> None:
        self.work.at(local)
        self.floor.runs(POST)

    def posts(self, who: str = "cora", where: str = OPS) -> list[Shown]:
        seen = self.work.person(who).sees(where)
        return [each for each in seen if any(line.startswith("On:") for line in each.text.splitlines())]


@pytest.fixture
def morning(floor: Floor) -> Morning:
    return Morning(floor)


def test_a_day_without_anything_says_so_once_at_ten_to_seven_and_only_where_anybody_works(
    floor_everywhere: Floor,
) -> None:
    morning = Morning(floor_everywhere)
    morning.ticks("2026-11-05 06:50")
    morning.ticks("2026-11-06 06:45")
    assert morning.posts() == []
    for local in ("2026-11-06 06:50", "2026-11-06 06:55", "2026-11-06 10:45"):
        morning.ticks(local)
    (post,) = morning.posts()
    assert post.text.splitlines() == [
        "How the day stands · Fri, Nov 6",
        "On: mail 1 person, 09:00–17:00",
        "Leads: none is on",
        "Nothing to report: no gap, nobody away, nothing open or waiting.",
        "Times in Europe/Berlin",
    ]


def test_everything_stands_in_one_message(morning: Morning, tmp_path: Path) -> None:
    work = morning.work
    work.shifts(
        "cleo@example.com,2026-11-06,10:00,18:00,Europe/Berlin,chat",
        "dev@example.com,2026-11-06,10:00,18:00,Europe/Berlin,chat",
        ",2026-11-06,12:00,16:00,Europe/Berlin,chat",
    )
    planner = Planner(work.deps, work.sandbox.team_id, tmp_path)
    planner.plan("2026-11-06,14:00,16:00,chat,4,,Europe/Berlin", "2026-11-07,12:00,14:00,mail,2,,Europe/Berlin")
    work.at("2026-11-05 20:00")
    work.presses("dev", "Yes", work.asks("dev", "/sick fri"))
    work.at("2026-11-05 20:03")
    morning.floor.runs(TURN)
    morning.floor.review()
    morning.opens("mail sat 10-14")
    morning.floor.proposes("ana", "nov 13 with @ben", "Sat, Nov 14, 10:00–18:00 · mail")
    morning.floor.presses("ben", "Accept")
    morning.floor.runs(LOOK)
    morning.ticks("2026-11-06 06:50")
    (post,) = morning.posts()
    assert post.text.splitlines() == [
        "How the day stands · Fri, Nov 6",
        "On: chat 1 person, 10:00–18:00; mail 1 person, 09:00–17:00",
        "Leads: @Cleo Hart 10:00–18:00",
        "Needs an owner: 2 shifts",
        "Gaps",
        "• Fri, Nov 6, 14:00–16:00 · chat −3 (1 of 4)",
        "• Sat, Nov 7, 12:00–14:00 · mail −1 (1 of 2)",
        "Away: Phones 1 (Dev Rao)",
        "Still to be taken: 1 open shift, the first Sat, Nov 7, 10:00–14:00",
        "Waiting for approval: 1 swap",
        "Times in Europe/Berlin",
    ]
    answer = work.asks("cleo", "/coverage standup")
    assert answer.text.splitlines()[5] == "• Fri, Nov 6, 08:00–10:00 · chat −3 (1 of 4)"
    assert work.asks("ana", "/coverage standup").text.startswith("Leads, coordinators and managers see coverage.")


def test_the_time_is_a_setting_and_off_is_none(morning: Morning) -> None:
    morning.work.prefers(standup_at="off")
    morning.ticks("2026-11-06 06:50")
    assert morning.posts() == []
    morning.work.prefers(standup_at="8:15")
    morning.ticks("2026-11-06 08:10")
    assert morning.posts() == []
    morning.ticks("2026-11-06 08:15")
    assert len(morning.posts()) == 1


def test_after_downtime_it_is_made_up_in_the_morning_and_not_in_the_afternoon(morning: Morning) -> None:
    morning.ticks("2026-11-06 10:50")
    assert morning.posts() == []
    morning.ticks("2026-11-13 10:45")
    assert len(morning.posts()) == 1
