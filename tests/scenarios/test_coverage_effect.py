"""Whoever decides reads what it does to coverage: heads and service level before and after."""

import re
from datetime import date
from pathlib import Path

from tests.coverage_desk import Planner, weeks_of
from tests.scenarios.swapping import Floor
from tests.workplace import Workplace


def planner(work: Workplace, folder: Path) -> Planner:
    return Planner(work.deps, work.sandbox.team_id, folder)


def test_who_approves_a_swap_reads_what_is_left_with_the_service_level(
    floor_everywhere: Floor, tmp_path: Path
) -> None:
    floor = floor_everywhere
    floor.work.prefers(time_zone="Europe/Berlin")
    floor.work.people("email,name,capacity\nben@example.com,Ben Okafor,0.5\n")
    names = ("dev", "cleo", "cora")
    floor.work.shifts(*(f"{name}@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail" for name in names))
    planner(floor.work, tmp_path).volume(*weeks_of("mail", date(2026, 11, 2), 9, 10))
    floor.needs("mail", plan="sat 09:00-17:00 1")
    floor.proposes()
    floor.presses("ben", "Accept")
    read = floor.card("cora", "#ops").text
    # The forecast is for Friday; Saturday is in the settings, and nobody knows what comes then.
    assert "too few people (mail) 3.5 heads, at least 4 heads · Fri, Nov 6, 09:00–17:00" in read
    friday = re.search(r"Fri, Nov 6, 09:00–17:00 · mail 4 → 3.5 of 4 needed; service level (\d+) → (\d+)\s%", read)
    assert friday, read
    assert int(friday[1]) > int(friday[2])
    assert "Sat, Nov 7, 10:00–18:00 · mail 0.5 → 1 of 1 needed\n" in read
    # Neither of the two reads any of it.
    assert "needed" not in floor.card("ana").text + floor.card("ben").text


def test_a_language_is_needed_beside_the_queue_and_missed_when_its_speaker_goes(
    floor: Floor, tmp_path: Path
) -> None:
    floor.work.prefers(time_zone="Europe/Berlin")
    floor.work.people("email,name,skills\nana@example.com,Ana Ruiz,german\nben@example.com,Ben Okafor,english\n")
    floor.work.shifts("ben@example.com,2026-11-06,09:00,17:00,Europe/Berlin,mail")
    plan = planner(floor.work, tmp_path)
    plan.plan("2026-11-06,09:00,17:00,mail,1", "2026-11-06,10:00,12:00,mail,1,german")
    assert "Enough people are there." in floor.work.asks("cora", "/coverage fri").text
    floor.work.people("email,name,skills\nana@example.com,Ana Ruiz,french\n")
    answer = floor.work.asks("cora", "/coverage fri mail").text.splitlines()
    assert answer[1] == "• Fri, Nov 6, 10:00–12:00 · mail (german) −1 (0 of 1)"


def test_where_too_few_may_not_be_left_no_shift_is_offered_that_leaves_too_few(floor: Floor) -> None:
    floor.work.prefers(rules='{"coverage": {"effect": "deny"}}', time_zone="Europe/Berlin")
    floor.work.people("email,name,capacity\nben@example.com,Ben Okafor,0.5\n")
    ana = floor.work.person("ana")
    none = "None of @Ben Okafor's shifts can be swapped for this one."
    for needed, offered in (("0.5", True), ("1", False)):
        floor.needs("mail", plan=f"fri 09:00-17:00 {needed}")
        ana.types("/swap fri with @ben")
        assert (none not in ana.sees_modal().text) is offered
        ana.closes()
