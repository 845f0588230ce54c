"""What somebody has of leave, line by line: their own, their team's, and putting it right."""

from pathlib import Path

import pytest

from bot.actions.timeoff_import import import_leave
from bot.actions.timeoff_turn import turn_ledgers
from bot.app import build_cards, build_sender
from bot.connectors.spreadsheets import read_table
from bot.domain import timeoff_import
from bot.domain.permissions import OPERATOR
from jobs.outbox_turn import Times
from tests.workplace import Workplace, until

COLUMNS = "email,kind,days,on,expires,reason"
TWELVE = "ana@example.com,paid leave,12,2026-06-30,,"
THREE = "ana@example.com,paid leave,3,2026-06-30,2026-12-15,"


@pytest.fixture
def desk(work: Workplace) -> Workplace:
    """Monday noon in November; there are 28 days in a year, 5 of which are carried over."""
    prepare(work)
    return work


def prepare(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.prefers(leave_weeks="5.6", leave_carried_days="5")


def enters(work: Workplace, folder: Path, *lines: str) -> None:
    path = folder / "leave.csv"
    path.write_text("\n".join([COLUMNS, *lines]), encoding="utf-8")
    rows = read_table(path.name, path, timeoff_import.REQUIRED)
    import_leave(work.deps, work.sandbox.team_id, OPERATOR, rows, files=path.name, dry_run=False)


def sends(work: Workplace) -> None:
    """The outbox is worked off once."""
    sender = build_sender(work.deps, build_cards(work.deps), Times(pace=0, poll=0.02))
    sender.start()
    try:
        until(lambda: bool(work.person("ana").sees("@Floorwalker")))
    finally:
        sender.close()


def test_a_balance_is_explained_line_by_line_today_and_for_a_day_to_come(
    everywhere: Workplace, tmp_path: Path
) -> None:
    prepare(everywhere)
    enters(everywhere, tmp_path, TWELVE, THREE)
    assert everywhere.asks("ana", "/timeoff balance").text.splitlines() == [
        "Your leave · Mon, Nov 2",
        "paid leave: 15 d",
        "3 d lapse unless taken by Tue, Dec 15",
        "7 d lapse unless taken by Thu, Dec 31",
        "• Thu, Jan 1: +28 d earned",
        "• Tue, Jun 30: +3 d brought here (to be taken by Tue, Dec 15)",
        "• Tue, Jun 30: −16 d brought here",
        "A day is 8 h here. As it will be: /timeoff balance 1 aug",
    ]
    assert everywhere.asks("ana", "/timeoff balance 1 aug").text.splitlines()[:7] == [
        "Your leave · Sun, Aug 1, 2027",
        "paid leave: 28 d",
        "• 12 d from before Fri, Jan 1, 2027",
        "• Fri, Jan 1, 2027: +28 d earned, to come",
        "• Fri, Jan 1, 2027: 5 d carried over (to be taken by Wed, Mar 31, 2027), to come",
        "• Fri, Jan 1, 2027: −7 d lapsed, to come",
        "• Thu, Apr 1, 2027: −5 d lapsed, to come",
    ]


def test_help_says_what_there_is_and_has_a_button_for_it(desk: Workplace) -> None:
    said = desk.asks("ana", "/timeoff help")
    assert "/timeoff balance 1 aug" in said.text
    assert "@colleague" not in said.text
    assert "paid leave: 28" in desk.presses("ana", "My leave", said).text
    assert "@colleague" in desk.asks("cleo", "/timeoff help").text


def test_before_anybody_has_said_how_much_there_is_it_says_who_can(work: Workplace) -> None:
    work.people()
    said = work.asks("ana", "/timeoff balance").text
    assert "No balance is kept yet." in said
    assert "A coordinator says how much there is" in said


def test_a_lead_sees_their_own_team_a_coordinator_everybody_and_an_agent_themselves(desk: Workplace) -> None:
    assert "Leave of @Dev Rao" in desk.asks("cleo", "/timeoff balance @dev").text
    assert "Leave of @Ana Ruiz" in desk.asks("cora", "/timeoff balance @ana").text
    for name, whom in (("cleo", "ana"), ("ana", "ben")):
        said = desk.asks(name, f"/timeoff balance @{whom}").text
        assert said.startswith("Only their lead, coordinators and managers see what")
        assert "earned" not in said
    assert "Leave is kept here for the support team" in desk.asks("carl", "/timeoff balance").text


def test_that_somebody_has_looked_stands_in_the_audit(desk: Workplace) -> None:
    desk.asks("cora", "/timeoff balance @ana")
    assert "@Cora Lind · looked at what @Ana Ruiz has of leave" in desk.asks("ana", "/floor audit me").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("balance nonsense", "“nonsense” is not a day on which I can tell a balance."),
        ("balance next week", "“next week” is not a day on which I can tell a balance."),
        ("balance 2031-01-01", "I foresee balances for 3 years, no further."),
        ("balance @nobody", "I cannot tell who “@nobody” is."),
        ("balance @ana @ben", "One person at a time, please."),
    ],
)
def test_what_cannot_be_answered_says_what_can(desk: Workplace, typed: str, said: str) -> None:
    answer = desk.asks("cora", f"/timeoff {typed}").text
    assert answer.startswith(said)
    assert "/timeoff" in answer


def test_a_coordinator_puts_a_balance_right_and_the_person_reads_why(everywhere: Workplace) -> None:
    prepare(everywhere)
    cora = everywhere.person("cora")
    cora.presses("Adjust…", everywhere.asks("cora", "/timeoff balance @ana"))
    cora.fills("More or less by", "a lot")
    cora.fills("Reason", "Call-out on <Sunday>")
    cora.submits()
    assert cora.sees_modal("Adjust leave").errors == {
        "More or less by": "Write days and hours, such as +1 d, -4 h or 1 d 30 min."
    }
    cora.fills("More or less by", "+1 d 2 h")
    cora.submits()
    assert "+1 d 2 h on Mon, Nov 2, 2026" in cora.sees_modal("Adjust leave").text
    sends(everywhere)
    [told] = everywhere.person("ana").sees("@Floorwalker")
    assert "@Cora Lind has changed your paid leave by +1 d 2 h" in told.text
    assert "“Call-out on <Sunday>”" in told.text
    line = "• Mon, Nov 2: +1 d 2 h adjusted: “Call-out on <Sunday>”"
    assert line in everywhere.asks("ana", "/timeoff balance").text
    audit = everywhere.asks("ana", "/floor audit me").text
    assert "put right what @Ana Ruiz has of leave · paid leave +10 h" in audit
    assert "Call-out" not in audit


def test_nobody_puts_their_own_balance_right(desk: Workplace) -> None:
    assert desk.asks("cora", "/timeoff balance").buttons == []
    assert desk.asks("cleo", "/timeoff balance @dev").buttons == []


def test_whoever_is_to_lose_leave_is_told_in_time_and_once(desk: Workplace) -> None:
    for _ in range(2):
        turn_ledgers(desk.deps, desk.sandbox.team_id)
    sends(desk)
    [told] = desk.person("ana").sees("@Floorwalker")
    assert told.text.startswith("23 d of your paid leave will lapse. Thu, Dec 31, 2026 is the last")


def test_home_says_what_is_left_and_opens_the_rest(desk: Workplace) -> None:
    desk.asks("ana", "/timeoff balance")
    ana = desk.person("ana")
    ana.opens_home()
    sender = build_sender(desk.deps, build_cards(desk.deps), Times(pace=0, poll=0.02))
    sender.start()
    try:
        until(lambda: "Your leave: 28 d on Mon, Nov 2" in ana.home().text)
    finally:
        sender.close()
    ana.presses("My leave", ana.home())
    assert "paid leave: 28 d" in ana.sees_modal("Floorwalker").text


def test_in_the_uk_public_holidays_are_in_the_pool(desk: Workplace) -> None:
    desk.people(
        "email,name,role,timezone,weekly_hours,pattern\n"
        "ben@example.com,Ben Okafor,agent,Europe/London,22.5,mon-wed 7.5"
    )
    desk.prefers(
        holidays="GB-ENG",
        leave_weeks="5.6",
        leave_most_days="28",
        leave_kinds='{"paid leave": {"public_holidays": "in the pool"}}',
    )
    said = desk.asks("ben", "/timeoff balance dec 31").text.splitlines()
    assert "• Thu, Jan 1: +16 d 6 h earned" in said  # 126 hours
    assert [line for line in said if "public holiday" in line] == [
        "• Mon, Apr 6: −1 d public holiday",
        "• Mon, May 4: −1 d public holiday",
        "• Mon, May 25: −1 d public holiday",
        "• Mon, Aug 31: −1 d public holiday",
        "• Mon, Dec 28: −1 d public holiday, to come",
    ]
    assert said[1] == "paid leave: 11 d 6 h"  # 88.5 hours


def test_a_coordinator_says_in_the_settings_how_much_there_is(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    cora = work.person("cora")
    cora.types("/floor settings time off")
    cora.sees_modal("Settings")
    cora.fills("Weeks of paid leave in a year", "5.5")
    cora.picks("The leave of a year can be taken", "month by month, as it is earned")
    cora.submits()
    assert "Weeks of paid leave in a year: 5.5" in cora.sees_modal("Settings").text
    said = work.asks("ana", "/timeoff balance").text
    assert "paid leave: 22 d 7 h 14 min" in said  # January to October
    assert said.count("earned") == 10
