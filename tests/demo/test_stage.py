"""The sample team and the bot in one process, kept from one start to the next."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import requests

from bot.demo import prelude
from bot.demo.cast import BOT, Cast
from bot.demo.greeting import greeting
from bot.demo.stage import Stage, staged
from bot.sandbox import Person
from bot.web import AlreadyServed
from tests.workplace import until

SUNDAY = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)


def command(folder: Path, *arguments: str) -> "subprocess.Popen[str]":
    """The command in a process of its own, which has only just been started."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SLACK", "FLOORWALKER"))}
    words = [sys.executable, "-m", "bot", "demo", "--port", "0", *arguments]
    return subprocess.Popen(words, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)


@contextmanager
def started(*arguments: str, folder: Path) -> Iterator[tuple["subprocess.Popen[str]", list[str]]]:
    """The command once it has said where it is; what it printed until then."""
    with command(folder, *arguments) as process:
        assert process.stdout
        printed: list[str] = []
        while not any("Ctrl+C" in line for line in printed):
            line = process.stdout.readline()
            assert line, printed
            printed.append(line)
        try:
            yield process, printed
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def address(printed: list[str]) -> str:
    return next(line for line in printed if "http://" in line).split()[-1].partition("/?")[0]


@pytest.mark.parametrize("day", range(7))
def test_the_first_morning_is_played_on_any_day_of_the_week(day: int, tmp_path: Path) -> None:
    with staged(tmp_path, at=SUNDAY + timedelta(days=day)) as stage:
        prelude.play(stage)
        cast = Cast(stage)
        assert cast("ana").reads("Swap 3", BOT).buttons == ["Accept", "Decline…"]
        waiting = cast("mina").reads("Swap 2", "#coordinators")
        assert "overtime" in waiting.text
        assert "Approve" in waiting.buttons
        assert "settled" in cast("wim").reads("Swap 1").text


def test_the_sample_was_brought_in_by_somebody_of_the_team(tmp_path: Path) -> None:
    with staged(tmp_path) as stage:
        ben = stage.sandbox.person("ben")
        for asked in ("/floor imports", "/floor audit"):
            ben.types(asked)
            said = ben.last().text
            assert "@Nora Lindqvist · " in said
            assert "operator" not in said


def test_a_second_start_continues_where_the_first_stopped(tmp_path: Path) -> None:
    with staged(tmp_path) as stage:
        assert stage.first
        cast = Cast(stage)
        cast("ana").types("good morning")
        monday, saturday = cast.day(3, 1), cast.day(3, 5)
        cast("felix").types(f"/swap {saturday} for {monday} with @gita")
        cast("felix").submits()
        cast("gita").reads("Swap 1", BOT)
    with staged(tmp_path) as stage:
        assert not stage.first
        cast = Cast(stage)
        cast("wim").reads("good morning")
        gita = cast("gita")
        gita.presses("Accept", gita.reads("Swap 1", BOT))
        cast("felix").reads("Swap 1 is settled", BOT)


def test_a_first_start_that_was_interrupted_begins_anew(tmp_path: Path) -> None:
    def interrupted(stage: Stage) -> None:
        Cast(stage)("ana").types("half of it")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), staged(tmp_path, begin=interrupted):
        pass
    with staged(tmp_path, begin=prelude.play) as stage:
        assert stage.first
        cast = Cast(stage)
        assert cast("ana").reads("is waiting for your answer", BOT).buttons == ["Accept", "Decline…"]
        assert not any("half of it" in shown.text for shown in stage.sandbox.person("ana").sees("#floor"))
    with staged(tmp_path) as stage:
        assert not stage.first


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_ends_while_the_team_comes_in_begins_anew(kind: signal.Signals, tmp_path: Path) -> None:
    with command(tmp_path) as process:
        assert process.stdout
        assert "comes in" in process.stdout.readline()
        process.send_signal(kind)
    assert process.returncode == 0
    log = (tmp_path / "floorwalker-demo" / "floorwalker.log").read_text(encoding="utf-8")
    assert [line for line in map(json.loads, log.splitlines()) if "exception" in line] == []
    with started(folder=tmp_path) as (_, printed):
        assert any("comes in" in line for line in printed)
        url = address(printed)
        assert Person(url, "ana").reads("is waiting for your answer", BOT).buttons == ["Accept", "Decline…"]


def nothing_waits(ben: Person) -> bool:
    """Whether every message has gone out, as a coordinator reads it."""
    ben.types("/floor health", "#floor")
    return "none waiting" in ben.last("#floor").text


def test_after_a_kill_the_bot_finds_every_message_that_it_has_posted(tmp_path: Path) -> None:
    with started(folder=tmp_path) as (process, printed):
        ana, ben = (Person(address(printed), name, patience=20) for name in ("ana", "ben"))
        ana.presses("Accept", ana.reads("Swap 3 is waiting", BOT))
        ana.reads("Swap 3 is settled", "#floor")
        until(lambda: nothing_waits(ben))
        process.kill()
    with started(folder=tmp_path) as (_, printed):
        assert any("as you left it" in line for line in printed)
        ana = Person(address(printed), "ana", patience=20)
        ana.presses("Undo", ana.reads("Swap 3 is settled", BOT))
        assert ana.reads("Swap 3 is undone", "#floor").edited


def test_who_starts_is_told_what_there_is_and_nothing_else(tmp_path: Path) -> None:
    waits = "answer the swap that waits for Ana"
    with staged(tmp_path, at=SUNDAY, begin=prelude.play) as stage:
        said = greeting(stage, Path("there"))
        assert waits in said
        assert "The team is kept in there" in said
        assert "schedule" not in said
        ana = Cast(stage)("ana")
        ana.presses("Accept", ana.reads("is waiting for your answer", BOT))
        stage.sandbox.clock.move(timedelta(days=22))
    with staged(tmp_path) as stage:
        said = greeting(stage, Path("there"))
        assert waits not in said
        assert "Everything is as you left it in there; --fresh begins anew." in said
        assert "The schedule there ends on Sun, Dec 20." in said


def test_whoever_moves_the_clock_by_a_week_still_has_two_weeks_ahead(tmp_path: Path) -> None:
    with staged(tmp_path, at=SUNDAY) as stage:
        stage.sandbox.clock.move(timedelta(weeks=1))
        ana = Cast(stage)("ana")
        ana.types("/shifts")
        assert "\nFri, Dec 11, " in ana.reads("Your shifts · Sun, Nov 29 – Sat, Dec 12").text
        assert "schedule" not in greeting(stage, tmp_path)


def test_a_fresh_start_forgets(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep me", encoding="utf-8")
    with staged(tmp_path) as stage:
        Cast(stage)("ana").types("good morning")
    with staged(tmp_path, fresh=True) as stage:
        assert stage.first
        assert not [each for each in stage.sandbox.person("ana").sees("#floor") if each.text == "good morning"]
    assert (tmp_path / "mine.txt").exists()


def test_a_folder_serves_one_demo_at_a_time(tmp_path: Path) -> None:
    with staged(tmp_path), pytest.raises(AlreadyServed), staged(tmp_path):
        pass


def test_the_command_prints_its_address_and_goes_on_at_the_next_start(tmp_path: Path) -> None:
    with started(folder=tmp_path) as (process, printed):
        url = address(printed)
        assert requests.get(url, timeout=10).status_code == 200
        said = {"text": "kept?", "where": "#floor"}
        requests.post(f"{url}/sandbox/people/ana/types", json=said, timeout=10).raise_for_status()
    assert process.returncode == 0
    with started(folder=tmp_path) as (_, printed):
        assert any("as you left it" in line for line in printed)
        seen = requests.get(f"{address(printed)}/sandbox/people/ana/messages?where=%23floor", timeout=10).json()
        assert seen["messages"][-1]["text"] == "kept?"
    log = (tmp_path / "floorwalker-demo" / "floorwalker.log").read_text(encoding="utf-8")
    assert [line for line in map(json.loads, log.splitlines()) if "exception" in line] == []


def test_a_folder_with_something_else_in_it_is_refused_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "floorwalker-demo"
    folder.mkdir()
    (folder / "workspace.json").write_text("{}", encoding="utf-8")
    command = [sys.executable, "-m", "bot", "demo", "--port", "0"]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "--fresh" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_sample_team_has_leave_takes_some_and_asks_for_more(tmp_path: Path) -> None:
    with staged(tmp_path, at=SUNDAY) as stage:
        cast = Cast(stage)
        cast("marek").types("/timeoff balance")
        cast("marek").reads("time in lieu: 1 d")
        cast("carla").types(f"/timeoff calendar {cast.day(6, 0):%B}")
        cast("carla").reads("away: @Marek Zelený · 1 place left")
        ben = stage.sandbox.person("ben")
        ben.opens_home()
        assert "Time off 4 of @Lucía Torres is waiting for approval." in ben.home().text
        waiting = cast("ben").reads("Time off 5 of @Jonah Price is waiting", "#coordinators")
        assert "Stocktaking, when nobody takes time off" in waiting.text
        assert "Approve anyway" in waiting.buttons
