"""Why a day was worse than planned, as who leads the floor reads it."""

from datetime import date
from pathlib import Path

from tests.coverage_desk import Planner, weeks_of
from tests.scenarios.swapping import Floor

MONDAY, THURSDAY = date(2026, 11, 23), "2026-11-26"
PEOPLE = [f"agent{number}@example.com" for number in range(13)]
HALVES = [f"{hour:02}:{minute:02}" for hour in range(9, 17) for minute in (0, 30)]


def test_a_thursday_is_split_among_contacts_handle_time_and_staff(floor: Floor, tmp_path: Path) -> None:
    work = floor.work
    work.at("2026-11-23 08:00")
    work.people("\n".join(["email,name,role", *(f"{each},{each.partition('@')[0]},agent" for each in PEOPLE)]))
    planner = Planner(work.deps, work.sandbox.team_id, tmp_path)
    nothing = work.asks("cleo", "/kpi why thu").text.splitlines()
    assert nothing[1] == "Nothing is known of what came, or of what was expected, in this time."
    # Two hundred contacts an hour of three minutes each are expected, and fourteen heads wanted for them.
    planner.volume(*weeks_of("voice", MONDAY, weeks=5, offered=100, aht=180))
    floor.needs("voice", shrinkage_unplanned_percent="0", shrinkage_planned_percent="0")
    # What has just come as history is looked back on as it would have been foretold.
    before = work.asks("cleo", "/kpi why")
    assert before.text.splitlines()[:3] == [
        "Why? · Fri, Nov 20 2026",
        "voice: service level 88.8 %, planned were 88.8 % (±0 points)",
        "• Contacts, 1,600 as planned: ±0 points",
    ]
    assert "as many people are taken to be there as were needed" in before.text
    assert "I can say why the service level of a queue" in work.asks("cleo", "/kpi why csat thu").text
    planner.plan(f"{THURSDAY},09:00,17:00,voice,14,,UTC")
    work.shifts(*(f"{each},{THURSDAY},09:00,17:00,UTC,voice" for each in PEOPLE))
    work.at("2026-11-27 08:00")
    said = work.asks("cleo", "/kpi why thu voice").text
    assert "voice: nothing says how many contacts came: import contact volumes" in said
    planner.volume(
        *(f"{THURSDAY} {each},voice,105,190,105,63" for each in HALVES),
        columns="interval_start,queue,offered,aht_seconds,answered,answered_in_target",
    )

    lines = work.asks("cleo", "/kpi why thu voice").text.splitlines()
    assert lines[:6] == [
        "Why? · Thu, Nov 26 2026",
        "voice: service level 60.4 %, planned were 88.8 % (−28.4 points)",
        "• Heads on contacts, 13 instead of 14: −12.7 points",
        "• Handle time, 3 min 10 s instead of 3 min: −8.4 points",
        "• Contacts, 1,680 instead of 1,600: −7.3 points",
        "• One more head all along: 76.8 %; as many as planned: 76.8 %",
    ]
    assert "• Measured: 60 % of 1,680 contacts answered within 20 s, 80 % wanted (missed)" in lines
    assert any(line.startswith("• Most waited too long at 04:00–04:30 (42 of 105)") for line in lines)
    assert work.asks("cora", "/kpi why yesterday").text.splitlines()[1] == lines[1]
    cora = work.person("cora")
    cora.presses("Why?", work.asks("cora", "/kpi service level voice thu"))
    assert cora.sees()[-1].text.splitlines()[:2] == lines[:2]
    assert "more than 7 days" in work.asks("cora", "/kpi why last month").text
    assert "Leads, coordinators and managers see why" in work.asks("ben", "/kpi why thu").text
