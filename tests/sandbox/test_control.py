"""The control API, the business clock, the feed, and the sandbox's own beginning and end."""

import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import requests
from websockets.sync.client import connect

from bot.sandbox import Person, Sandbox
from tests.sandbox.bots import served, web


def test_the_clock_is_moved_and_runs_on(sandbox: Sandbox) -> None:
    christmas = datetime(2026, 12, 24, 9, tzinfo=UTC)
    sandbox.clock.set(christmas)
    sandbox.clock.move(timedelta(hours=2))
    assert timedelta(hours=2) <= sandbox.clock.now() - christmas < timedelta(hours=2, minutes=1)
    sandbox.clock.reset()
    assert abs(sandbox.clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
    with pytest.raises(ValueError, match="time zone"):
        sandbox.clock.set(datetime(2026, 12, 24))


def test_the_clock_is_moved_over_the_control_api_too(sandbox: Sandbox) -> None:
    address = f"{sandbox.url}/sandbox/clock"
    requests.post(address, json={"now": "2026-12-24T09:00:00+01:00"}, timeout=10).raise_for_status()
    requests.post(address, json={"seconds": 3600}, timeout=10).raise_for_status()
    read = datetime.fromisoformat(requests.get(address, timeout=10).json()["now"])
    assert timedelta(0) <= read - datetime(2026, 12, 24, 9, tzinfo=UTC) < timedelta(minutes=1)
    assert timedelta(0) <= sandbox.clock.now() - read < timedelta(minutes=1)


def test_message_ids_stay_on_real_time_when_the_clock_is_moved(sandbox: Sandbox) -> None:
    sandbox.clock.move(timedelta(days=365))
    posted = web(sandbox).chat_postMessage(channel="#general", text="x")
    assert abs(float(posted["ts"]) - time.time()) < 60


def test_everything_is_managed_over_the_control_api(sandbox: Sandbox) -> None:
    root = f"{sandbox.url}/sandbox"
    eva = requests.post(f"{root}/people", json={"name": "eva", "tz": "Asia/Tokyo"}, timeout=10).json()
    assert eva["tz"] == "Asia/Tokyo"
    channel = {"name": "#floor", "members": ["eva"], "bot": True}
    assert requests.post(f"{root}/channels", json=channel, timeout=10).json()["members"] == ["eva", "floorwalker"]
    change = {"add": ["ana"], "remove": ["eva"]}
    changed = requests.patch(f"{root}/channels/floor", json=change, timeout=10).json()
    assert changed["members"] == ["floorwalker", "ana"]
    listed = requests.get(f"{root}/channels", timeout=10).json()["channels"]
    assert [each["name"] for each in listed] == ["general", "floor"]
    about = requests.get(f"{root}/about", timeout=10).json()
    assert about["tokens"]["bot"] == sandbox.bot_token


@pytest.mark.parametrize(
    ("verb", "path", "body", "status", "words"),
    [
        ("POST", "people", {"name": "ana"}, 400, "there is a @ana already"),
        ("POST", "people", {"nickname": "x"}, 400, "nickname"),
        ("POST", "people", {"name": "eva", "tz": "Nowhere"}, 400, "there is no time zone Nowhere"),
        ("PATCH", "people/nobody", {}, 409, "There is nobody called @nobody."),
        ("PATCH", "people/ana", {"shoe_size": 42}, 400, "shoe_size"),
        ("PATCH", "people/ana", {"name": "@Ben"}, 400, "there is a @ben already"),
        ("PATCH", "people/ana", {"deleted": "no"}, 400, "deleted is to be of type bool"),
        ("POST", "channels", {"name": "general"}, 400, "there is a #general already"),
        ("PATCH", "channels/nowhere", {}, 409, "There is no such channel."),
        ("POST", "people/ana/types", {"text": "x", "where": "#nowhere"}, 409, "#nowhere does not exist for @ana."),
        ("POST", "people/ana/dances", {}, 404, "no such thing to do"),
        ("GET", "people/ana/future", {}, 404, "no such thing to see"),
        ("POST", "sockets", {"do": "sing"}, 400, "sockets cannot sing"),
        ("POST", "sockets", {"do": "drop", "which": 0}, 400, "there is no connection 0, but 0 of them"),
        ("POST", "sockets", {"do": "drop", "which": -1}, 400, "there is no connection -1"),
        ("POST", "clock", {"now": "2026-12-24T09:00"}, 400, "time zone"),
    ],
)
def test_what_cannot_be_done_is_said(
    sandbox: Sandbox, verb: str, path: str, body: dict[str, object], status: int, words: str
) -> None:
    answer = requests.request(verb, f"{sandbox.url}/sandbox/{path}", json=body, timeout=10)
    assert answer.status_code == status
    assert words in answer.json()["error"]


def test_a_change_that_is_refused_changes_nothing(sandbox: Sandbox) -> None:
    before = sandbox.people()
    change = {"real_name": "Anna", "tz": "Nowhere"}
    assert requests.patch(f"{sandbox.url}/sandbox/people/ana", json=change, timeout=10).status_code == 400
    assert sandbox.people() == before
    assert web(sandbox).users_list()["ok"]


def test_a_person_takes_another_handle(sandbox: Sandbox) -> None:
    ana = sandbox.user_id("ana")
    for name in ("@Ana Maria", "ana.maria"):
        change = {"name": name}
        requests.patch(f"{sandbox.url}/sandbox/people/{ana}", json=change, timeout=10).raise_for_status()
    assert sandbox.user_id("@ana.maria") == ana


def test_looking_at_a_direct_message_does_not_open_it(sandbox: Sandbox, ana: Person) -> None:
    assert ana.sees("@ben") == ana.sees("@floorwalker") == []
    listed = requests.get(f"{sandbox.url}/sandbox/people/ana/conversations", timeout=10).json()
    assert [each["name"] for each in listed["conversations"]] == ["#general"]


def test_private_channels_do_not_exist_for_others(sandbox: Sandbox, ben: Person) -> None:
    sandbox.channel("#desk", private=True, members=["ana"])
    with pytest.raises(AssertionError, match="#desk does not exist for @ben"):
        ben.sees("#desk")


def test_the_feed_tells_of_every_change_in_order(sandbox: Sandbox, ana: Person) -> None:
    with connect(sandbox.url.replace("http", "ws") + "/sandbox/feed") as feed:
        ana.types("one")
        sandbox.clock.move(timedelta(hours=1))
        sandbox.faults.latency(0.01)
        sandbox.invite("eva")
        changes = [json.loads(feed.recv(timeout=10)) for _ in range(5)]
    assert [change["kind"] for change in changes] == ["message", "clock", "faults", "user", "channel"]
    versions = [change["version"] for change in changes]
    assert versions == list(range(versions[0], versions[0] + 5))


def test_a_change_ends_the_waiting_for_it(sandbox: Sandbox, ana: Person) -> None:
    address = f"{sandbox.url}/sandbox/changes"
    version = requests.get(address, timeout=10).json()["version"]
    assert requests.get(address, params={"since": version}, timeout=10).json() == {"version": version}
    talking = threading.Timer(0.1, ana.types, ["hello"])
    talking.start()
    waited = requests.get(address, params={"since": version, "seconds": "60"}, timeout=10).json()
    talking.join()
    assert waited["version"] > version


def test_what_comes_later_is_waited_for(ana: Person, ben: Person) -> None:
    talking = threading.Timer(0.1, ana.types, ["hello"])
    talking.start()
    assert ben.reads("hello").author == "Ana Ruiz"
    talking.join()


def test_a_failure_of_the_sandbox_is_told_as_such() -> None:
    def broken(_environ: object, start: Callable[..., object]) -> list[bytes]:
        start("500 Internal Server Error", [("Content-Type", "text/plain")])
        return [b"it broke"]

    with served(broken) as root, pytest.raises(AssertionError, match="the sandbox failed with 500: it broke"):
        Person(root, "ana").sees()


def test_a_guest_and_somebody_from_outside_are_only_where_somebody_added_them(sandbox: Sandbox) -> None:
    for guest in (sandbox.invite("gus", guest=True), sandbox.invite("olga", outside=True)):
        with pytest.raises(AssertionError, match="is not in #general"):
            guest.sees()
        with pytest.raises(AssertionError, match=f"@{guest.name} is a guest here"):
            guest.joins("#general")
        add = {"add": [guest.name]}
        requests.patch(f"{sandbox.url}/sandbox/channels/general", json=add, timeout=10).raise_for_status()
        guest.types("hello")
        assert guest.last().text == "hello"


def test_nothing_is_left_after_the_end() -> None:
    before = set(threading.enumerate())
    with Sandbox() as sandbox:
        ana = sandbox.invite("ana")
        sandbox.faults.timeout("auth.test", seconds=600)
        hanging = threading.Thread(target=requests.get, args=[f"{sandbox.api_url}auth.test"])
        hanging.start()
        ana.types("hello")
        while sandbox.faults.listed():  # until it hangs
            time.sleep(0.01)
    hanging.join()
    assert set(threading.enumerate()) <= before
    with pytest.raises(requests.ConnectionError):
        requests.get(sandbox.url, timeout=3)


def test_a_workspace_that_never_started_leaves_nothing_either() -> None:
    sandbox = Sandbox()
    with pytest.raises(RuntimeError, match="the sandbox does not run"):
        sandbox.invite("ana")
    sandbox.stop()
    with pytest.raises(RuntimeError, match="the sandbox does not run"):
        sandbox.people()
    with pytest.raises(requests.ConnectionError):
        requests.get(sandbox.url, timeout=3)


def test_several_workspaces_do_not_know_of_each_other() -> None:
    with Sandbox() as one, Sandbox() as two:
        one.invite("ana").types("hello")
        two.invite("ana")
        assert len(one.person("ana").sees()) == 1
        assert two.person("ana").sees() == []
