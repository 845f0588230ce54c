"""What people read when something is broken, and that the next thing they do works."""

import re
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest

from bot.settings import Mode
from bot.web import SOCKETS
from tests.databases import Cluster
from tests.scenarios.swapping import ANA_FRI, BOT, Floor
from tests.scenarios.test_people import button, zoe
from tests.workplace import Workplace, opened, until

SORRY = "Something went wrong on my side, and nothing was changed."
AWAY = "Slack did not answer me just now, so I could not do that. Please try again in a moment."


def reference(text: str) -> str:
    found = re.search(r"tell your coordinator this reference: (\w+)", text)
    assert found, text
    return found[1]


@pytest.fixture(params=list(Mode))
def on_postgresql(request: pytest.FixtureRequest, postgresql_url: str, tmp_path: Path) -> Iterator[Workplace]:
    with opened(postgresql_url, request.param, tmp_path) as work:
        work.at("2026-11-02 12:00")
        work.people()
        work.shifts(*(f"ana@example.com,2026-11-{day:02},09:00,17:00,Europe/Berlin" for day in range(2, 30)))
        yield work


def test_without_its_database_the_bot_says_so_and_recovers(
    on_postgresql: Workplace, cluster: Cluster, logged: list[MutableMapping[str, Any]]
) -> None:
    work = on_postgresql
    listed = work.asks("ana", "/shifts nov 2 to nov 29")
    cluster.stop()
    try:
        sorry = work.asks("ana", "/shifts")
        work.person("ana").presses("More", listed)
        pressed = work.person("ana").last()
    finally:
        cluster.start()
    assert sorry.text.startswith(SORRY)
    assert pressed.text.startswith(SORRY)
    assert pressed.only_you
    failed = [line["reference"] for line in logged if line["event"] == "request failed"]
    assert failed == [reference(sorry.text), reference(pressed.text)]

    assert work.asks("ana", "/shifts").text.startswith("Your shifts")
    assert "21–28 of 28" in work.presses("ana", "More", listed).text


def test_an_event_that_could_not_be_stored_is_taken_when_slack_sends_it_again(
    postgresql_url: str, tmp_path: Path, cluster: Cluster
) -> None:
    with opened(postgresql_url, Mode.HTTP, tmp_path) as work:
        work.people()
        joined = {"type": "user_change", "user": zoe(work, 2_000_000_000, id=work.sandbox.user_id("ana"))}
        cluster.stop()
        try:
            assert work.hears(joined, "Ev1") == 500
        finally:
            cluster.start()
        assert work.hears(joined, "Ev1") == 200
        assert work.member("ana").slack_time_zone == "Europe/Paris"


@pytest.mark.parametrize("code", [500, 429])
def test_a_person_whom_slack_cannot_tell_about_now_can_try_again(everywhere: Workplace, code: int) -> None:
    everywhere.sandbox.invite("zoe")
    everywhere.sandbox.faults.status(code, "users.info", times=None)
    assert everywhere.asks("zoe", "/shifts").text.startswith(AWAY)
    everywhere.sandbox.faults.clear()
    assert everywhere.asks("zoe", "/shifts").text.startswith("You are not on the roster yet")


def test_a_slack_that_does_not_answer_is_not_waited_for_longer_than_a_command_may_take(work: Workplace) -> None:
    work.sandbox.invite("zoe")
    work.sandbox.faults.timeout("users.info", seconds=5)
    assert work.asks("zoe", "/shifts").text.startswith(AWAY)


@pytest.mark.parametrize("fault", ["status", "timeout", "fatal_error", "rate_limit"])
def test_a_form_that_slack_does_not_open_is_not_called_a_fault_of_ours(
    floor: Floor, fault: str, logged: list[MutableMapping[str, Any]]
) -> None:
    method = {"method": "views.open"}
    how: dict[str, dict[str, Any]] = {"status": {"code": 503}, "timeout": {"seconds": 5}}
    getattr(floor.work.sandbox.faults, fault)(**method, **how.get(fault, {}))
    said = floor.work.asks("ana", "/swap").text
    assert said.startswith(AWAY)
    assert [line["reference"] for line in logged if line["event"] == "slack is away"] == [reference(said)]
    assert not [line for line in logged if line["log_level"] == "error"]
    floor.work.person("ana").types("/swap")
    assert floor.work.person("ana").sees_modal("Swap a shift").fields["Your shift"] is None


def test_who_pressed_a_button_while_slack_was_away_is_told_once_it_answers(floor_everywhere: Floor) -> None:
    floor = floor_everywhere
    ana, faults = floor.work.person("ana"), floor.work.sandbox.faults
    listed = floor.work.asks("ana", "/shifts")
    faults.status(500, times=None)
    ana.presses("Swap…", listed, beside="Nov 6")
    ana.presses("Swap…", listed, beside="Nov 13")
    assert ana.sees(BOT) == []
    faults.clear()
    floor.settles()
    told = [shown.text for shown in ana.sees(BOT)]
    assert told == [
        "Slack did not answer me at 12:00, so what you pressed then may have come to nothing. "
        "Please look, and try again if it is not done."
    ]
    ana.presses("Swap…", listed, beside="Nov 6")
    assert ana.sees_modal("Swap a shift").fields["Your shift"] == ANA_FRI


def test_what_was_pressed_long_before_slack_is_back_is_not_spoken_of(floor: Floor) -> None:
    listed = floor.work.asks("ana", "/shifts")
    floor.work.sandbox.faults.status(500, times=None)
    floor.work.person("ana").presses("Swap…", listed, beside="Nov 6")
    floor.work.at("2026-11-02 12:11")
    floor.work.sandbox.faults.clear()
    floor.settles()
    assert floor.work.person("ana").sees(BOT) == []


def test_who_is_known_needs_no_answer_from_slack(work: Workplace) -> None:
    work.people()
    assert work.asks("ana", "/shifts").text.startswith("You have no shifts")
    work.sandbox.faults.status(500, times=None)
    assert work.asks("ana", "/shifts").text.startswith("You have no shifts")


def test_a_bot_whom_slack_has_not_greeted_yet_says_so(everywhere: Workplace) -> None:
    everywhere.people()
    everywhere.sandbox.faults.status(500, "auth.test", times=None)
    assert everywhere.asks("ana", "/shifts").text.startswith("Slack does not answer me right now")
    everywhere.sandbox.faults.clear()
    assert everywhere.asks("ana", "/shifts").text.startswith("You have no shifts")


def test_a_button_from_before_a_restart_still_answers(everywhere: Workplace) -> None:
    everywhere.at("2026-11-04 12:00")
    everywhere.people()
    question = everywhere.asks("ana", "/shifts next friday")
    everywhere.disconnect()
    everywhere.connect()
    assert "Fri, Nov 13" in everywhere.presses("ana", "Fri, Nov 13", question).text


def test_an_unknown_button_is_nobodys_fault(everywhere: Workplace) -> None:
    everywhere.people()
    everywhere.sandbox.channel("#floor", members=["ana"], bot=True)
    everywhere.deps.slack.chat_postMessage(channel="#floor", text="?", blocks=button("nobody.knows", "7"))
    ana = everywhere.person("ana")
    ana.presses("Press", ana.sees("#floor")[-1])
    assert ana.notices == []
    assert len(ana.sees("#floor")) == 1
    assert everywhere.asks("ana", "/shifts").text.startswith("You have no shifts")


def test_a_response_url_that_is_used_up_breaks_nothing_else(work: Workplace) -> None:
    work.at("2026-11-04 12:00")
    work.people()
    question = work.asks("ana", "/shifts next friday")
    payload = {
        "type": "block_actions",
        "user": {"id": work.sandbox.user_id("ana"), "team_id": work.sandbox.team_id},
        "team": {"id": work.sandbox.team_id},
        "actions": [question.blocks[1]["elements"][0] | {"type": "button"}],
        "response_url": f"{work.sandbox.url}/hooks/actions/{work.sandbox.team_id}/gone",
    }
    assert work.interacts(payload).status_code == 200
    assert work.asks("ana", "/shifts").text.startswith("You have no shifts")


def test_what_is_unknown_is_answered_with_200(work: Workplace) -> None:
    work.people()
    who = {"team_id": work.sandbox.team_id, "user_id": work.sandbox.user_id("ana")}
    assert work.hears({"type": "reaction_added", "user": who["user_id"]}, "Ev1") == 200
    assert work.hears({"type": "never_heard_of"}, "Ev2") == 200
    assert work.interacts({"command": "/elsewhere", "text": "", **who}).status_code == 200
    user = {"user": {"id": who["user_id"]}, "team": {"id": who["team_id"]}}
    assert work.interacts({"type": "shortcut", "callback_id": "gone", **user}).status_code == 200


def test_a_forged_signature_is_refused(work: Workplace) -> None:
    body = '{"type":"event_callback"}'
    assert work.receives(body, "application/json", secret="not the secret").status_code == 401


def test_a_command_after_a_dropped_socket_is_answered(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url, Mode.SOCKET, tmp_path) as work:
        work.people()
        work.sandbox.sockets("drop", which=0)
        assert work.asks("ana", "/shifts").text.startswith("You have no shifts")
        until(lambda: work.sandbox.sockets() == SOCKETS)
        work.sandbox.sockets("drop")
        until(lambda: work.sandbox.sockets() == SOCKETS)
        assert work.asks("ana", "/shifts").text.startswith("You have no shifts")


def test_a_connection_that_slack_refreshes_is_followed_by_another(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url, Mode.SOCKET, tmp_path) as work:
        work.people()
        work.sandbox.sockets("refresh_requested", which=0, seconds=0.1)
        for _ in range(5):
            assert work.asks("ana", "/shifts").text.startswith("You have no shifts")
