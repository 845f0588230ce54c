"""The sample workspace, its spreadsheets, and the terminal through which one plays with it."""

import csv
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import requests
from slack_bolt import Ack
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from bot.sandbox.actions import TROUBLE
from bot.sandbox.sample import WORKERS, populate, write_spreadsheets
from bot.sandbox.terminal import Desk
from tests.sandbox.bots import button, buttons, field, http_mode, modal, new_app, options, section, web

TODAY = date(2026, 11, 26)


@pytest.fixture
def floor() -> Iterator[Sandbox]:
    with Sandbox(rates="off") as sandbox:
        populate(sandbox)
        yield sandbox


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_people_of_the_spreadsheet_work_in_the_workspace(floor: Sandbox, tmp_path: Path) -> None:
    people, _ = write_spreadsheets(tmp_path, TODAY)
    there = {person["profile"].get("email"): person for person in floor.people().values()}
    for row in rows(people):
        assert there[row["email"]]["tz"] == row["timezone"]
        assert row["slack_id"] == ""
        assert row["role"] in ("agent", "lead", "coordinator", "manager", "contact")
        assert 0 <= float(row["capacity"]) <= 1
        ZoneInfo(row["timezone"])
    assert len(rows(people)) == len(WORKERS)


def test_the_shifts_are_six_weeks_around_today_with_awkward_ones(tmp_path: Path) -> None:
    people, shifts = (rows(path) for path in write_spreadsheets(tmp_path, TODAY))
    days = sorted({date.fromisoformat(row["date"]) for row in shifts})
    assert days[0] == date(2026, 11, 16)
    assert days[-1] - days[0] == timedelta(days=41)
    assert {row["email"] for row in shifts} - {""} < {row["email"] for row in people}
    assert [row for row in shifts if not row["email"]]
    assert [row for row in shifts if row["end"] <= row["start"]]


def test_the_workspace_has_a_private_desk_and_somebody_from_outside(floor: Sandbox) -> None:
    floor.person("ben").types("hello", "#coordinators")
    with pytest.raises(AssertionError, match="does not exist"):
        floor.person("ana").sees("#coordinators")
    outsider = floor.people()["olga"]
    assert outsider["team_id"] != floor.team_id
    assert floor.people()["nora"]["is_admin"]


def test_a_desk_shows_what_that_person_sees(floor: Sandbox) -> None:
    said: list[str] = []
    desk = Desk(floor, said.append)
    for line in ("hello", "as ben", "in #floor", "good morning", "as ghost", "in #nowhere"):
        desk.obey(line)
    assert said == [
        "Ana Ruiz: hello",
        "Ana Ruiz: hello",
        "Ben Okafor: good morning",
        "There is nobody called @ghost.",
        "#nowhere does not exist for @ben.",
    ]
    assert desk.prompt == "ben in #floor> "


def test_an_empty_line_shows_what_came_in_meanwhile(floor: Sandbox) -> None:
    said: list[str] = []
    desk = Desk(floor, said.append)
    floor.person("ben").types("anybody there?")
    for _ in range(2):
        desk.obey("")
    assert said == ["Ben Okafor: anybody there?"]


def test_a_terminal_that_nobody_types_into_serves_until_it_is_told_to_stop() -> None:
    program = "from bot.sandbox.terminal import run; run(0, None, None)"
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        exports: dict[str, str] = {}
        while "SLACK_SIGNING_SECRET" not in exports:
            name, _, value = process.stdout.readline().removeprefix("export ").strip().partition("=")
            exports[name] = value
        answer = requests.get(f"{exports['SLACK_API_URL']}api.test", timeout=10).json()
        process.send_signal(signal.SIGTERM)
    assert process.returncode == 0
    assert answer["ok"]
    assert exports["SLACK_BOT_TOKEN"] == Sandbox.bot_token


def test_a_terminal_with_somebody_at_it_is_told_to_stop_too() -> None:
    program = "from bot.sandbox.terminal import run; run(0, None, None)"
    keyboard, terminal = pty.openpty()
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal) as process:
        os.close(terminal)
        printed = b""
        while b"ana in #general> " not in printed:
            printed += os.read(keyboard, 4096)
        time.sleep(0.2)  # the prompt is printed a moment before the reading begins
        process.send_signal(signal.SIGTERM)
    os.close(keyboard)
    assert process.returncode == 0


def test_a_desk_moves_the_clock_in_that_persons_zone(floor: Sandbox) -> None:
    said: list[str] = []
    desk = Desk(floor, said.append)
    for line in ("clock 2026-12-24 09:00", "clock +2h", "clock +soon"):
        desk.obey(line)
    assert said == [
        "Thursday 2026-12-24 09:00 CET",
        "Thursday 2026-12-24 11:00 CET",
        "how far? for example +2h, -30m, +1d",
    ]


def test_a_desk_gets_through_a_form(floor: Sandbox) -> None:
    app = new_app(floor)

    @app.command("/leave")
    def ask(ack: Ack, client: WebClient, body: dict[str, str]) -> None:
        day = field("Day", "day", type="static_select", options=options("Friday", "Monday"))
        client.views_open(trigger_id=body["trigger_id"], view=modal(field("Reason", "why"), day))
        ack()

    @app.view("form")
    def submit(ack: Ack, client: WebClient) -> None:
        client.chat_postMessage(
            channel="#general", text="x", blocks=[section("Away"), buttons(button("Undo", "u"))]
        )
        ack()

    @app.action("u")
    def undo(ack: Ack, client: WebClient, body: dict[str, dict[str, str]]) -> None:
        client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="Undone", blocks=[])
        ack()

    said: list[str] = []
    desk = Desk(floor, said.append)
    with http_mode(floor, app):
        for line in ("/leave", "fill Reason = a wedding", "pick Day = Friday", "submit", "press Undo", "look"):
            desk.obey(line)
    assert "│ Reason = a wedding" in said[2]
    assert "│ Day = Friday" in said[2]
    assert said[3] == "floorwalker: Away\n  [Undo]"
    assert said[4] == said[5] == "floorwalker (edited): Undone"


def test_a_desk_says_people_by_name_and_what_a_menu_offers(floor: Sandbox) -> None:
    app = new_app(floor)

    @app.command("/leave")
    def ask(ack: Ack, client: WebClient, body: dict[str, str]) -> None:
        day = field("Day", "day", type="static_select", options=options("Friday", "Monday"))
        user = {"type": "users_select", "initial_user": floor.user_id("ben"), "action_id": "who"}
        whom = {
            "type": "input",
            "block_id": "who",
            "label": {"type": "plain_text", "text": "Who"},
            "element": user,
        }
        client.views_open(trigger_id=body["trigger_id"], view=modal(whom, day))
        ack()

    said: list[str] = []
    desk = Desk(floor, said.append)
    with http_mode(floor, app):
        for line in ("/leave", "pick Day ="):
            desk.obey(line)
    assert "│ Who = @Ben Okafor" in said[0]
    assert "│ Day = –" in said[0]
    assert said[1] == "“Day” offers no “”, but ['Friday', 'Monday']"


def test_a_desk_presses_one_of_several_buttons_of_a_name(floor: Sandbox) -> None:
    app = new_app(floor)

    @app.message("days")
    def offer(client: WebClient) -> None:
        days = [{**section(day), "accessory": button("Take", day)} for day in ("Friday", "Monday")]
        client.chat_postMessage(channel="#general", text="days", blocks=days)

    @app.action("Monday")
    def take(ack: Ack, client: WebClient) -> None:
        client.chat_postMessage(channel="#general", text="Monday it is")
        ack()

    said: list[str] = []
    desk = Desk(floor, said.append)
    with http_mode(floor, app):
        desk.obey("days")
        floor.person("ana").reads("Friday\nMonday")
        desk.obey("press Take beside Monday")
    assert said[-1] == "floorwalker: Monday it is"
    assert any(each.endswith("\n  [Take] × 2") for each in said)


def test_a_desk_shows_the_newest_of_many_messages_and_all_when_asked(floor: Sandbox) -> None:
    ben = floor.person("ben")
    for number in range(7):
        ben.types(f"number {number}")
    said: list[str] = []
    desk = Desk(floor, said.append)
    desk.obey("in #general")
    assert said[0] == "… 2 before that; look shows them too"
    assert said[1:] == [f"Ben Okafor: number {number}" for number in range(2, 7)]
    desk.obey("look")
    assert said[6:] == [f"Ben Okafor: number {number}" for number in range(7)]


def test_a_desk_says_that_nobody_answers_a_button(floor: Sandbox) -> None:
    card = [section("Settled"), buttons(button("Undo", "undo"))]
    web(floor).chat_postMessage(channel="#general", text="x", blocks=card)
    said: list[str] = []
    desk = Desk(floor, said.append)
    for line in ("press Undo", "", "look"):
        desk.obey(line)
    card_read = "floorwalker: Settled\n  [Undo]"
    assert said == [card_read, f"!! {TROUBLE}", card_read]
