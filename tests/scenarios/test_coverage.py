"""Where people are missing, as who leads the floor reads it."""

from datetime import date
from pathlib import Path

import pytest

from tests.coverage_desk import Planner, weeks_of
from tests.scenarios.desks import home, opens, part, presses, titles
from tests.scenarios.swapping import BOT, Floor
from tests.workplace import Workplace, until

THURSDAY = "2026-11-26"
MONDAY = date(2026, 11, 23)


def planner(work: Workplace, folder: Path) -> Planner:
    """Monday morning, with the team on the roster."""
    work.at("2026-11-23 08:00")
    work.people()
    work.prefers(time_zone="Europe/Berlin")
    return Planner(work.deps, work.sandbox.team_id, folder)


def at_mail(*hours: str, names: str = "ana ben") -> list[str]:
    """Shifts of these people on Thursday."""
    return [
        f"{name}@example.com,{THURSDAY},{span.replace('-', ',')},Europe/Berlin,mail"
        for name in names.split()
        for span in hours
    ]


def test_a_gap_is_read_with_its_hours_and_heads_and_is_gone_once_it_is_filled(
    everywhere: Workplace, tmp_path: Path
) -> None:
    plan = planner(everywhere, tmp_path)
    everywhere.shifts(*at_mail("09:00-17:00"))
    plan.plan(f"{THURSDAY},09:00,14:00,mail,2", f"{THURSDAY},14:00,16:00,mail,4", f"{THURSDAY},16:00,17:00,mail,2")
    answer = everywhere.asks("cora", "/coverage thu mail")
    assert answer.text.splitlines() == [
        "Coverage · Thu, Nov 26 · mail · 1 gap",
        "• Thu, Nov 26, 14:00–16:00 · mail −2 (2 of 4)",
        "mail: an imported plan",
        "More: /coverage help · times in Europe/Berlin",
    ]
    assert answer.only_you
    filling = ["Find cover", "Ask overtime", "Accept risk"]
    looking = ["Earlier", "Later", "Heat map", "How many to roster", "How the day stands"]
    assert answer.buttons == [*filling, *looking]
    assert everywhere.presses("cora", "How the day stands", answer).text.splitlines()[0] == (
        "How the day stands · Mon, Nov 23"
    )
    week = everywhere.asks("cora", "/coverage week mail").text
    assert week.splitlines()[0] == "Coverage · Mon, Nov 23 – Sun, Nov 29 · mail · 1 gap"
    answer = everywhere.asks("cora", "/coverage thu mail")
    assert "I do not know how many people are needed then." in everywhere.presses("cora", "Later", answer).text

    everywhere.shifts(*at_mail("14:00-16:00", names="dev cleo"))
    assert everywhere.asks("cora", "/coverage thu").text.splitlines()[0] == (
        "Coverage · Thu, Nov 26 · Enough people are there."
    )


def test_breaks_absences_and_shares_of_people_are_not_there(work: Workplace, tmp_path: Path) -> None:
    plan = planner(work, tmp_path)
    work.people("email,name,capacity\nben@example.com,Ben Okafor,0.6\n")
    work.shifts(*at_mail("09:00-17:00"))
    plan.plan(f"{THURSDAY},09:00,17:00,mail,1.5")
    plan.activities(f"ana@example.com,{THURSDAY},12:00,13:00,training,Europe/Berlin")
    assert work.asks("cora", "/coverage thu").text.splitlines()[1:3] == [
        "• Thu, Nov 26, 12:00–13:00 · mail −0.9 (0.6 of 1.5)",
        "Whoever is new, or has less than the full capacity, counts as a part of a person",
    ]


def test_somebody_with_two_skills_is_counted_once(work: Workplace, tmp_path: Path) -> None:
    plan = planner(work, tmp_path)
    work.people("email,name,skills\nana@example.com,Ana Ruiz,mail;chat\nben@example.com,Ben Okafor,mail;chat\n")
    work.shifts(*(f"{name}@example.com,{THURSDAY},09:00,17:00,Europe/Berlin," for name in ("ana", "ben")))
    plan.plan(f"{THURSDAY},09:00,17:00,mail,2", f"{THURSDAY},09:00,17:00,chat,2")
    assert work.asks("cora", "/coverage thu").text.splitlines()[1] == (
        "• Thu, Nov 26, 09:00–17:00 · chat and mail −2 (2 of 4)"
    )


def test_what_the_settings_say_holds_where_no_file_says_it(work: Workplace, tmp_path: Path) -> None:
    plan = planner(work, tmp_path)
    work.shifts(*at_mail("09:00-17:00"))
    cora = work.person("cora")
    cora.types("/floor settings mail work")
    cora.fills("People who need to be there", "mon-fri 09:00-17:00 3")
    cora.submits()
    plan.plan(f"{THURSDAY},09:00,12:00,mail,2")
    assert work.asks("cora", "/coverage thu").text.splitlines()[1:3] == [
        "• Thu, Nov 26, 12:00–17:00 · mail −1 (2 of 3)",
        "mail: an imported plan and the settings",
    ]


def test_a_forecast_says_what_is_needed_what_service_level_is_to_be_expected_and_how_good_it_is(
    work: Workplace, tmp_path: Path
) -> None:
    plan = planner(work, tmp_path)
    work.shifts(*at_mail("09:00-17:00"))
    plan.volume(*weeks_of("mail", MONDAY, 9, 10))
    # 10 contacts of 3 minutes in half an hour are 1 Erlang: 3 on contacts, which are 3 / 0.82 = 4 people.
    lines = work.asks("cora", "/coverage thu").text.splitlines()
    assert lines[1].startswith("• Thu, Nov 26, 09:00–17:00 · mail −2 (2 of 4) · ")
    assert lines[2] == (
        "mail: a forecast (the median of like weekdays up to Fri, Nov 20; off by 0 % over its last weeks)"
    )
    # Two people are 1.64 on contacts, which is one who can do as much as comes in.
    assert lines[1].endswith("the queue grows by 1 an hour")
    work.shifts(*at_mail("09:00-17:00", names="dev"))
    lines = work.asks("cora", "/coverage thu").text.splitlines()
    assert lines[1] == "• Thu, Nov 26, 09:00–17:00 · mail −1 (3 of 4) · service level 70 %"


def test_how_many_to_roster_is_read_by_day_and_for_one_queue_by_the_hour(work: Workplace, tmp_path: Path) -> None:
    plan = planner(work, tmp_path)
    plan.volume(*weeks_of("mail", MONDAY, 9, 100))
    plan.plan(f"{THURSDAY},09:00,17:00,chat,2")
    lines = work.asks("cora", "/coverage plan thu").text.splitlines()
    # RULES: 14 on contacts, 30 % of the time elsewhere: 20 people.
    assert lines[:5] == [
        "How many to roster · Thu, Nov 26",
        "chat",
        "• Thu, Nov 26: 16 hours, at most 2 at once",
        "mail",
        "• Thu, Nov 26: 160 hours, at most 20 at once",
    ]
    assert "• Thu, Nov 26: 09:00–17:00 20 · 160 hours" in work.asks("cora", "/coverage plan mail thu").text


def test_what_more_contacts_would_take_is_read_by_week_before_and_after(work: Workplace, tmp_path: Path) -> None:
    plan = planner(work, tmp_path)
    plan.volume(*weeks_of("mail", MONDAY, 9, 100))
    plan.plan("2026-12-03,09:00,17:00,chat,2")
    lines = work.asks("cora", "/coverage whatif +20% dec").text.splitlines()
    assert lines[:3] == [
        "If 20 % more contacts come · Tue, Dec 1 – Thu, Dec 31",
        "mail",
        "• Week of Mon, Nov 30: 640 → 736 hours, at most 20 → 23 people at once",
    ]
    assert lines[-1] == "Not reckoned, because there is no forecast: chat"
    assert (
        work.asks("cora", "/coverage whatif dec").text.splitlines()[0] == "Say how many more contacts, and when."
    )


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("foo", "I did not understand “foo”."),
        ("dec 1 to feb 1", "That is more than 35 days. Ask for fewer, such as `next week`."),
        ("whatif +10% 2026-12-01 to 2027-06-01", "That is more than 92 days. Ask for fewer, such as `next week`."),
        ("fri nov 26", "Is this what you mean?"),
        ("plan thu", "Nothing says how many people are needed, Thu, Nov 26."),
        ("whatif +10%", "If 10 % more contacts come, nobody can tell: there is no forecast"),
    ],
)
def test_what_makes_no_sense_or_is_not_known_is_answered_with_what_to_do(
    work: Workplace, tmp_path: Path, typed: str, said: str
) -> None:
    planner(work, tmp_path)
    assert said.replace("`", "") in work.asks("cora", f"/coverage {typed}").text


def test_agents_and_contacts_read_who_sees_coverage_and_everybody_its_help(
    work: Workplace, tmp_path: Path
) -> None:
    planner(work, tmp_path)
    for name in ("ana", "carl"):
        assert work.asks(name, "/coverage thu").text.startswith("Leads, coordinators and managers see coverage.")
        assert "/coverage whatif +20% dec" in work.asks(name, "/coverage help").text
    assert "I do not know how many people are needed then." in work.asks("cleo", "/coverage").text


def test_the_heat_map_comes_as_a_direct_message_with_its_words_for_screen_readers(
    everywhere: Workplace, tmp_path: Path
) -> None:
    plan = planner(everywhere, tmp_path)
    everywhere.shifts(*at_mail("09:00-17:00"))
    plan.plan(f"{THURSDAY},09:00,14:00,mail,2", f"{THURSDAY},14:00,16:00,mail,4")
    cora = everywhere.person("cora")
    cora.presses("Heat map", everywhere.asks("cora", "/coverage thu"))
    until(lambda: any(shown.files for shown in cora.sees(BOT)))
    (sent,) = [shown for shown in cora.sees(BOT) if shown.files]
    assert sent.text == "Coverage · Thu, Nov 26"
    (file,) = sent.files
    assert file["alt_txt"] == "Heat map. Coverage · Thu, Nov 26: people are missing in 4 of 14 cells, at worst 2."
    assert cora.downloads("coverage-2026-11-26.png", sent).startswith(b"\x89PNG\r\n")


def test_where_slack_takes_no_file_the_words_stand(work: Workplace, tmp_path: Path) -> None:
    plan = planner(work, tmp_path)
    plan.plan(f"{THURSDAY},09:00,14:00,mail,2")
    answer = work.asks("cora", "/coverage thu")
    work.sandbox.faults.status(503, "files.getUploadURLExternal", times=None)
    cora = work.person("cora")
    cora.presses("Heat map", answer)
    until(lambda: "Slack does not take the heat map right now" in cora.sees()[-1].text)
    assert "mail −2 (0 of 2)" in cora.refreshed(answer).text


def test_who_leads_reads_on_home_what_is_needed_now_and_the_next_gap(floor: Floor, tmp_path: Path) -> None:
    work = floor.work
    plan = Planner(work.deps, work.sandbox.team_id, tmp_path)
    opens(floor, "cleo", "ana")
    assert not any("Needed now" in line for line in part(floor, "cleo", "The floor today"))
    plan.plan("2026-11-02,11:00,14:00,mail,2,,Europe/Berlin", "2026-11-02,18:00,20:00,chat,3,,Europe/Berlin")
    lines = part(floor, "cleo", "The floor today")
    assert [line for line in lines if line.startswith(("Needed", "Next gap"))] == [
        "Needed now · mail 0 of 2",
        "Next gap · Mon, Nov 2, 06:00–08:00 · mail −2 (0 of 2)",
    ]
    assert "The floor today" not in titles(floor, "ana")
    assert "Coverage" not in home(floor, "ana").buttons
    presses(floor, "cleo", "Coverage")
    assert work.person("cleo").sees_modal().text.startswith("Coverage · Mon, Nov 2 – Sun, Nov 8 · ")
    cleo = work.person("cleo")
    cleo.presses("Accept risk", work.asks("cleo", "/coverage today mail"))
    cleo.fills("Why it can stay so", "Quiet day")
    cleo.submits()
    floor.settles()
    lines = part(floor, "cleo", "The floor today")
    assert "Next gap · Mon, Nov 2, 06:00–08:00 · mail −2 (0 of 2) · risk accepted" in lines
