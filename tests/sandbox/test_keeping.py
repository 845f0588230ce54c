"""A workspace that is kept in a file goes on where it stopped."""

from datetime import timedelta
from pathlib import Path

import pytest
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from bot.sandbox.keeping import NotKept
from tests.sandbox.bots import section


def kept_in(path: Path) -> Sandbox:
    return Sandbox(rates="off", kept=path)


def test_people_and_what_they_said_are_there_again(tmp_path: Path) -> None:
    with kept_in(tmp_path / "workspace.json") as sandbox:
        ana = sandbox.invite("ana", real_name="Ana Ruiz")
        sandbox.invite("ben")
        sandbox.channel("#desk", private=True, members=["ana"])
        ana.types("good morning", "#desk")
        ana.types("anybody?", "#desk", thread=ana.last("#desk"))
        ana.types("psst", "@ben")
    with kept_in(tmp_path / "workspace.json") as sandbox:
        assert sandbox.continued
        ana = sandbox.person("ana")
        root = ana.reads("good morning", "#desk")
        assert [(shown.author, shown.text) for shown in ana.thread(root)] == [
            ("Ana Ruiz", "good morning"),
            ("Ana Ruiz", "anybody?"),
        ]
        assert sandbox.person("ben").last("@ana").text == "psst"


def test_a_reply_after_the_restart_joins_its_thread(tmp_path: Path) -> None:
    with kept_in(tmp_path / "workspace.json") as sandbox:
        sandbox.invite("ana").types("one")
    with kept_in(tmp_path / "workspace.json") as sandbox:
        ana = sandbox.person("ana")
        ana.types("two", thread=ana.last())
        assert [shown.text for shown in ana.thread(ana.last())] == ["one", "two"]


def test_files_keep_every_byte(tmp_path: Path) -> None:
    content = bytes(range(256))
    with kept_in(tmp_path / "workspace.json") as sandbox:
        sandbox.invite("ana").uploads("all.bin", content)
    with kept_in(tmp_path / "workspace.json") as sandbox:
        ana = sandbox.person("ana")
        assert ana.downloads("all.bin", ana.last()) == content


def test_a_home_and_the_clock_are_kept_and_ids_are_not_given_twice(tmp_path: Path) -> None:
    with kept_in(tmp_path / "workspace.json") as sandbox:
        ana = sandbox.invite("ana")
        home = {"type": "home", "blocks": [section("your desk")]}
        WebClient(sandbox.bot_token, sandbox.api_url).views_publish(user_id=sandbox.user_id("ana"), view=home)
        sandbox.clock.move(timedelta(days=2))
        first = sandbox.user_id("ana")
        away = sandbox.clock.offset
    with kept_in(tmp_path / "workspace.json") as sandbox:
        ana = sandbox.person("ana")
        assert ana.home().text == "your desk"
        assert sandbox.clock.offset == away
        sandbox.invite("ben")
        assert len({first, sandbox.user_id("ben"), sandbox.bot_user_id}) == 3


def test_what_the_app_was_told_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "workspace.json"
    with kept_in(path) as sandbox:
        sandbox.invite("ana")
        slack = WebClient(sandbox.bot_token, sandbox.api_url)
        channel = slack.conversations_open(users=sandbox.user_id("ana"))["channel"]["id"]
        ts = slack.chat_postMessage(channel=channel, text="good morning")["ts"]
        at_that_moment = path.read_text(encoding="utf-8")
    (tmp_path / "killed.json").write_text(at_that_moment, encoding="utf-8")
    with kept_in(tmp_path / "killed.json") as sandbox:
        seen = sandbox.person("ana").last("@floorwalker")
        assert (seen.channel, seen.ts, seen.text) == (channel, ts, "good morning")


def test_a_workspace_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "workspace.json"
    path.write_text('{"users": 3}', encoding="utf-8")
    with pytest.raises(NotKept, match=r"workspace\.json"):
        kept_in(path)


def test_without_a_file_nothing_is_kept() -> None:
    with Sandbox(rates="off") as sandbox:
        assert not sandbox.continued
