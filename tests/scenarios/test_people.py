"""Who may ask at all, and how the roster follows Slack."""

from typing import Any

import pytest
from sqlalchemy import func, select

from storage.tables import Audit
from tests.workplace import PEOPLE, Workplace, until

SHIFT = "ana@example.com,2026-11-03,09:00,17:00,Europe/Berlin"


def stranger(work: Workplace) -> str:
    """What Zoe reads, who is in Slack and not on the roster."""
    work.sandbox.invite("zoe", real_name="Zoe Quinn", tz="Europe/Paris")
    return work.asks("zoe", "/shifts").text


def button(action_id: str, value: str) -> list[dict[str, Any]]:
    """A button in a message that everybody in the channel can press."""
    label = {"type": "plain_text", "text": "Press"}
    return [
        {
            "type": "actions",
            "elements": [{"type": "button", "text": label, "action_id": action_id, "value": value}],
        }
    ]


def test_who_is_on_no_roster_reads_whom_to_ask_and_is_served_once_imported(everywhere: Workplace) -> None:
    everywhere.at("2026-11-02 12:00")
    everywhere.people()
    first = stranger(everywhere)
    assert first.startswith("You are not on the roster yet")
    assert "Ask @Cora Lind to add you" in first

    everywhere.people(f"{PEOPLE}zoe@example.com,Zoe Quinn,agent,Mail,,Europe/Paris\n")
    assert everywhere.asks("zoe", "/shifts").text.startswith("You have no shifts")


def test_the_ops_channel_is_named_where_no_coordinator_can_be(work: Workplace) -> None:
    work.people("\n".join(line for line in PEOPLE.splitlines() if "coordinator" not in line))
    work.prefers(ops_channel=work.sandbox.channel("#operations"))
    assert "Ask in #operations to be added" in stranger(work)


def test_without_a_coordinator_and_a_channel_the_planner_is_to_be_asked(work: Workplace) -> None:
    assert "Ask whoever plans your shifts to add you" in stranger(work)


def test_a_coordinator_who_has_left_is_not_named(work: Workplace) -> None:
    work.people()
    work.changes("cora", deleted=True)
    assert "Cora" not in stranger(work)


def test_an_account_that_comes_later_is_linked_at_the_first_command(work: Workplace) -> None:
    work.people(f"{PEOPLE}zoe@example.com,Zoe Quinn,agent,Mail,,Asia/Tokyo\n")
    assert work.member("zoe").slack_id is None
    assert stranger(work).endswith("times in Europe/Paris")
    assert work.member("zoe").slack_id == work.sandbox.user_id("zoe")


def test_an_account_that_comes_later_is_linked_when_a_colleague_names_it(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people(f"{PEOPLE}zoe@example.com,Zoe Quinn,agent,Mail,,Asia/Tokyo\n")
    work.shifts("zoe@example.com,2026-11-03,09:00,17:00,Europe/Berlin")
    work.sandbox.invite("zoe", real_name="Zoe Quinn")
    assert "Tue, Nov 3, 09:00–17:00" in work.asks("ana", "/shifts @zoe").text


def test_an_account_that_joins_is_linked_at_once(everywhere: Workplace) -> None:
    everywhere.people(f"{PEOPLE}zoe@example.com,Zoe Quinn,agent,Mail,,Asia/Tokyo\n")
    everywhere.sandbox.invite("zoe", real_name="Zoe Quinn", tz="Europe/Paris", announce=True)
    until(lambda: everywhere.member("zoe").slack_id == everywhere.sandbox.user_id("zoe"))
    assert everywhere.member("zoe").slack_time_zone == "Europe/Paris"


def test_a_new_zone_or_name_in_slack_holds_from_the_next_answer(everywhere: Workplace) -> None:
    everywhere.at("2026-11-02 12:00")
    everywhere.people()
    everywhere.shifts(SHIFT)
    assert "09:00–17:00" in everywhere.asks("ana", "/shifts").text

    everywhere.changes("ana", tz="America/New_York", real_name="Anita Ruiz")
    assert "Tue, Nov 3, 03:00–11:00" in everywhere.asks("ana", "/shifts").text
    assert everywhere.member("ana").slack_name == "Anita Ruiz"


def test_who_is_deactivated_and_comes_back_works_again(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts(SHIFT)
    work.changes("ana", deleted=True)
    assert work.member("ana").deactivated_at is not None
    assert "1 open shift" in work.asks("ben", "/shifts who tomorrow").text
    work.changes("ana", deleted=False)
    assert "open shift" not in work.asks("ben", "/shifts who tomorrow").text
    assert "09:00–17:00" in work.asks("ana", "/shifts").text


def zoe(work: Workplace, updated: int = 100, **profile: Any) -> dict[str, Any]:
    """Slack's account of Zoe."""
    return {
        "id": "U0ZOE",
        "team_id": work.sandbox.team_id,
        "name": "zoe",
        "tz": "Europe/Paris",
        "updated": updated,
        "profile": {"email": "Zoe@Example.com", "display_name": "zoe"},
    } | profile


def test_events_that_come_late_or_again_change_nothing(work: Workplace) -> None:
    work.people(f"{PEOPLE}zoe@example.com,Zoe Quinn,agent,Mail,,Asia/Tokyo\n")
    first = {"type": "user_change", "user": zoe(work, 100)}
    assert work.hears(first, "Ev1") == 200
    assert work.hears({"type": "user_change", "user": zoe(work, 300, tz="Europe/Rome")}, "Ev3") == 200
    assert work.hears({"type": "user_change", "user": zoe(work, 200, tz="Europe/Oslo")}, "Ev2") == 200
    assert work.member("zoe").slack_time_zone == "Europe/Rome"

    with work.deps.sessions.read(work.sandbox.team_id) as session:
        lines = session.scalar(select(func.count()).where(Audit.workspace_id == session.workspace_id))
    again = {"type": "user_change", "user": zoe(work, 400, tz="Europe/Oslo")}
    assert work.hears(again, "Ev3") == 200
    assert work.member("zoe").slack_time_zone == "Europe/Rome"
    with work.deps.sessions.read(work.sandbox.team_id) as session:
        assert session.scalar(select(func.count()).where(Audit.workspace_id == session.workspace_id)) == lines


def test_a_zone_that_nobody_knows_leaves_that_of_the_roster(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.shifts(SHIFT)
    account = zoe(work, 2_000_000_000, id=work.sandbox.user_id("ana"), tz="Mars/Olympus")
    assert work.hears({"type": "user_change", "user": account}, "Ev1") == 200
    assert "09:00–17:00" in work.asks("ana", "/shifts").text


REFUSAL = "I only work for the people of this workspace's support team"


@pytest.mark.parametrize("outside", [True, False])
def test_somebody_from_outside_is_refused_at_a_button(everywhere: Workplace, outside: bool) -> None:
    everywhere.people()
    everywhere.sandbox.invite("olga", outside=outside, guest=not outside)
    everywhere.sandbox.channel("#shared", members=["olga", "ana"], bot=True)
    everywhere.deps.slack.chat_postMessage(channel="#shared", text="?", blocks=button("shifts.show.0", "0 0 who"))
    olga = everywhere.person("olga")
    olga.presses("Press", olga.sees("#shared")[-1])
    assert REFUSAL in olga.last("#shared").text
    assert olga.last("#shared").only_you


def test_a_guest_is_refused_at_a_command(everywhere: Workplace) -> None:
    everywhere.people()
    everywhere.sandbox.invite("gus", guest=True)
    everywhere.sandbox.channel("#guests", members=["gus"])
    assert REFUSAL in everywhere.asks("gus", "/shifts", "#guests").text


def test_somebody_from_another_workspace_is_refused_at_a_command(work: Workplace) -> None:
    work.people()
    work.sandbox.invite("olga", outside=True)
    command = {"command": "/shifts", "text": "", "team_id": work.sandbox.team_id}
    answer = work.interacts(command | {"user_id": work.sandbox.user_id("olga")}).json()
    assert answer["text"].startswith(REFUSAL)
    assert answer["response_type"] == "ephemeral"


def test_a_guest_on_the_roster_is_served(work: Workplace) -> None:
    work.sandbox.invite("gus", guest=True)
    work.sandbox.channel("#guests", members=["gus"])
    work.people(f"{PEOPLE}gus@example.com,Gus,agent,Mail,,Europe/Paris\n")
    assert work.asks("gus", "/shifts", "#guests").text.startswith("You have no shifts")


def test_a_stranger_who_presses_a_button_reads_whom_to_ask(work: Workplace) -> None:
    work.people()
    work.sandbox.invite("zoe")
    work.sandbox.channel("#floor", members=["zoe"], bot=True)
    work.deps.slack.chat_postMessage(channel="#floor", text="?", blocks=button("shifts.show.0", "0 0 who"))
    person = work.person("zoe")
    person.presses("Press", person.sees("#floor")[-1])
    assert "Ask @Cora Lind to add you" in person.last("#floor").text
    assert person.last("#floor").only_you
