"""What the service level was on days that are over, also of a partner, as who leads the floor reads it."""

from pathlib import Path

from tests.coverage_desk import Planner
from tests.scenarios.swapping import Floor
from tests.workplace import Workplace

COLUMNS = "interval_start,queue,offered,aht_seconds,answered,answered_in_target"
PARTNER = """\
email,name,team,skills
ana@example.com,Ana Ruiz,Mail,voice
ben@example.com,Ben Okafor,Mail,voice
dev@example.com,Dev Rao,Partner,voice;support-partner
"""


def planner(work: Workplace, folder: Path) -> Planner:
    """On the Monday after, with a partner's people on the roster."""
    work.at("2026-11-02 12:00")
    work.people(PARTNER)
    work.prefers(time_zone="Europe/Berlin")
    return Planner(work.deps, work.sandbox.team_id, folder)


def test_last_week_says_per_queue_what_was_measured_and_which_is_a_partners(floor: Floor, tmp_path: Path) -> None:
    work = floor.work
    plan = planner(work, tmp_path)
    work.prefers("Partner", cover_asked="false")
    plan.volume(
        "2026-10-25 23:30,voice,900,180,900,0",  # the Sunday before
        "2026-10-26 00:00,voice,2210,180,2200,1610",
        "2026-11-01 23:30,voice,2000,180,1900,1800",
        "2026-11-02 00:00,voice,900,180,900,0",
        "2026-10-28 09:00,support-partner,903,180,900,670",
        "2026-10-28 09:30,support-partner,40,180,,",
        "2026-10-28 09:00,mail,300,180,,",
        columns=COLUMNS,
    )
    plan.volume("2026-10-28 09:00,chat,12,180,12,12", columns=COLUMNS)
    answer = work.asks("cora", "/coverage last week")
    assert answer.only_you
    assert answer.text.splitlines() == [
        "Coverage · Mon, Oct 26 – Sun, Nov 1 · over",
        "Measured:",
        "• chat: too few to say, 12 contacts",
        "• support-partner: 74 % of 903 contacts answered within 20 s, 80 % wanted (missed), "
        "not known of 40 more, all by a partner",
        "• voice: 80 % of 4,210 contacts answered within 20 s, 80 % wanted (met)",
        "Of all contacts offered, those who gave up among them; counted by the files of contact volumes",
        "More: /coverage help",
    ]
    assert answer.buttons[:2] == ["Earlier", "Later"]

    floor.needs("voice", service_level_percent="85", service_level_seconds="120")
    work.prefers(cover_asked="false")
    lines = work.asks("cora", "/coverage last week voice").text.splitlines()
    assert lines[0] == "Coverage · Mon, Oct 26 – Sun, Nov 1 · voice · over"
    assert lines[2] == "• voice: 80 % of 4,210 contacts answered within 2 min, 85 % wanted (missed)"
    # Where nobody at all is asked, nobody is a partner's for that.
    assert "partner:" in work.asks("cora", "/coverage last week").text
    assert "by a partner" not in work.asks("cora", "/coverage last week").text


def test_a_backlog_is_measured_by_its_deadline(floor: Floor, tmp_path: Path) -> None:
    plan = planner(floor.work, tmp_path)
    plan.volume("2026-10-28 09:00,mail,100,180,100,93", columns=COLUMNS)
    floor.needs("mail", channel="backlog", deadline_hours="8")
    assert (
        "• mail: 93 % of 100 contacts answered within 8 h\n"
        in floor.work.asks("cora", "/coverage 2026-10-28").text
    )


def test_days_that_are_over_say_how_it_would_be_known_and_today_is_not_over(floor: Floor, tmp_path: Path) -> None:
    work = floor.work
    plan = planner(work, tmp_path)
    plan.plan("2026-11-01,09:00,17:00,mail,2,,Europe/Berlin", "2026-11-02,09:00,17:00,mail,2,,Europe/Berlin")
    answer = work.asks("cora", "/coverage yesterday")
    assert answer.text.splitlines() == [
        "Coverage · Sun, Nov 1 · over",
        "Nothing says what was measured then. I learn it from contact volumes with the columns offered and "
        "answered_in_target.",
        "More: /coverage help",
    ]
    assert "Heat map" in answer.buttons
    today = work.presses("cora", "Later", answer).text.splitlines()[0]
    assert today == "Coverage · Mon, Nov 2 · 1 gap"
